"""Small SQL pieces that the ledger's modules share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Select

from app.models.accounts import Account
from app.models.ledger import Entry, Journal, Snapshot
from app.models.periods import Period

AnySelect = Select[*tuple[Any, ...]]
"""A select of whatever columns."""

ACCOUNT: Final[Any] = Account.__table__
ENTRY: Final[Any] = Entry.__table__
JOURNAL: Final[Any] = Journal.__table__
SNAPSHOT: Final[Any] = Snapshot.__table__
PERIOD: Final[Any] = Period.__table__

_MOST_IN: Final = 900
"""SQLite takes 999 values in an IN, the design 1,000."""


def in_chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """Ids in portions that an IN may hold."""
    for start in range(0, len(ids), _MOST_IN):
        yield ids[start : start + _MOST_IN]
