"""The one way in for a file that somebody sends: found, checked, and opened as sheets of rows."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from app.services.core.errors import UserError
from app.services.imports.delimited import TextFiles
from app.services.imports.workbook import Workbook

_TEXT: Final = {".csv", ".txt", ".tsv"}

Source = Workbook | TextFiles


def open_source(path: Path) -> Source:
    """A workbook, a .csv file or a folder of .csv files, to be used in a `with`.

    Raises:
        UserError: there is no such file, it may not be read, or it is nothing that is read here.
    """
    try:
        if path.is_dir() or path.suffix.lower() in _TEXT:
            return TextFiles(path)
        return Workbook(path)
    except FileNotFoundError as error:
        raise UserError(f"There is no file {path}.", "Check the name and the folder.", "path") from error
    except PermissionError as error:
        raise UserError(
            f"{path.name} may not be read.",
            "Close it if Excel has it open; otherwise ask for permission to read it.",
            "path",
        ) from error
