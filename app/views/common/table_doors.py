"""What tables need of the services, handed in by bootstrap: files, pages to print, and saved filters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Query = Callable[..., Any]
"""A query or command as the services have it: its context first."""


@dataclass(frozen=True, slots=True)
class TableDoors:
    """The services behind every table.

    Attributes:
        database: what the window calls the open database, for the stamp of exports.
        export, pages: a listing as a file, and as a PDF to be seen and printed.
        filters: the saved filters of a table.
        save, rename, share, delete, open_with: the commands on them.
    """

    database: str
    export: Query
    pages: Query
    filters: Query
    save: Query
    rename: Query
    share: Query
    delete: Query
    open_with: Query
