"""An export, whole or not at all: one state of the database in files that prove themselves."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path
from typing import Any, Final

from sqlalchemy import func, select

import app
from app.models.tables import metadata
from app.services.backups.files import left_behind
from app.services.core import schema
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.progress import CancelToken, Progress
from app.services.core.session import Desk
from app.services.exit_export import commands, describing, writing
from app.services.exit_export.dto import Exported, TableTotals
from app.services.moving.jobs import read_one_state

MANIFEST: Final = "manifest.json"
SUMS: Final = "SHA256SUMS"
_READ_ME: Final = """Everything that this Rentbook database held
===========================================

tables/         one CSV file for each table: UTF-8, commas, the names of the columns in the first line
documents/      every document as a file; documents.csv says which is which, document_link.csv what each belongs to
schema.json     every table and column, for programs; schema.md the same for people
manifest.json   how many rows each file has, the sums of its amounts, and the SHA-256 of every file
SHA256SUMS      the SHA-256 of every file and of the manifest: `sha256sum -c SHA256SUMS`

Reading the files in
- Text stands in quotation marks and is exactly what was stored. No value is nothing between two commas; an empty text is "".
- Amounts are whole pence. Days are 2026-11-22, moments are UTC. 1 is yes and 0 is no. Bytes are Base64.
- Import the files as text (in Excel: Data, From Text/CSV, every column as text). Opened by a double click, a cell that begins
  like a formula would be run; the manifest counts such cells by table. They are not changed, so that nothing is lost.

Is it whole?
- Each account's balance_pence in account.csv is the sum of its pence in entry.csv; all entries add up to nothing, and so do
  those of each journal. The journals are numbered without gaps, and each digest is chained to the one before.

"""
_SEALED: Final = "What is sealed (bank details, incidents) is still sealed: it opens in Rentbook with the office's key, and nowhere else.\n"
_OPENED: Final = "Bank details and incidents stand in it in plain text. Keep it as you would keep cash.\n"
_ALWAYS: Final = (
    "Passwords of officers and of mailboxes, and the private keys of certificates, are in no readable form in it. Kept payment "
    "files and bank reports that are marked sealed in documents.csv stay sealed.\n"
)


def export(desk: Desk, folder: Path, progress: Progress, cancel: CancelToken, *, opened: bool = False) -> Exported:
    """Write everything to a folder that isn't there yet.

    Raises:
        UserError: the officer may not, the folder is there, it can't be written, or what was written isn't whole.
        Cancelled: it was stopped; nothing is left.
    """
    folder = folder.absolute()
    if folder.exists():
        raise UserError(f"There is something at {folder} already.", "Name a folder that isn't there.", "folder")
    desk.do(commands.begin, str(folder), opened)
    read_one_state(desk.database)
    unfinished = folder.with_name(f".{folder.name}.{os.getpid()}.unfinished")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        _clear_away(folder.parent)
        unfinished.mkdir(mode=0o700)
        totals, count = desk.watch(_write, progress, cancel, unfinished, opened)
        digest = _sums(unfinished)
        unfinished.replace(folder)
    except OSError as error:
        raise UserError(
            f"{folder} can't be written: {error.strerror}; nothing was kept.", "Choose another place, with more room."
        ) from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    rows = sum(each.rows for each in totals)
    desk.do(commands.note_done, rows, opened, digest)
    told = (
        f"{rows:,} rows of {len(totals)} tables and {count:,} documents were written to {folder}.",
        "Every file agrees with what the database counts and adds up.",
        (_OPENED if opened else _SEALED).strip(),
    )
    return Exported(folder, len(totals), rows, count, opened, digest, told)


def _clear_away(parent: Path) -> None:
    """Whatever an export that was killed left in the same folder goes: it holds everybody's data."""
    for left in left_behind(parent, ".*.unfinished"):
        if (left / "tables").is_dir():
            shutil.rmtree(left, ignore_errors=True)


def _write(ctx: Context, folder: Path, opened: bool) -> tuple[list[TableTotals], int]:
    done, total = 0, _all(ctx)

    def tick(rows: int, what: str) -> None:
        nonlocal done
        done += rows
        ctx.progress(done, max(total, done), f"writing {what}")

    totals = writing.tables(ctx, folder, opened, tick)
    count = writing.documents(ctx, folder, tick)
    told = describing.described()
    _json(folder / "schema.json", told)
    (folder / "schema.md").write_text(describing.readable(told), "utf-8")
    (folder / "READ ME.txt").write_text(_READ_ME + (_OPENED if opened else _SEALED) + _ALWAYS, "utf-8")
    _json(folder / MANIFEST, _manifest(ctx, folder, totals, count, opened))
    return totals, count


def _all(ctx: Context) -> int:
    found = (ctx.session.scalar(select(func.count()).select_from(each)) for each in metadata.tables.values())
    return sum(each or 0 for each in found)


def _manifest(ctx: Context, folder: Path, totals: list[TableTotals], count: int, opened: bool) -> dict[str, Any]:
    journal = metadata.tables["journal"].c
    last = ctx.session.execute(select(journal.number, journal.digest).order_by(journal.number.desc()).limit(1)).first()
    return {
        "program": f"Rentbook {app.__version__}",
        "schema": schema.revision(ctx.session),
        "made_at": ctx.clock.now().isoformat(),
        "made_by": ctx.officer.name,
        "opened": opened,
        "documents": count,
        "last_journal": last.number if last else 0,
        "last_digest": last.digest if last else "",
        "tables": {
            each.name: {"rows": each.rows, "pence": each.pence, "formula_like": each.formula_like} for each in totals
        },
        "sha256": {str(path.relative_to(folder).as_posix()): _sha256(path) for path in _files(folder)},
    }


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _sums(folder: Path) -> str:
    """Write the sums in the form that `sha256sum -c` reads; the manifest's own."""
    told: dict[str, str] = json.loads((folder / MANIFEST).read_text("utf-8"))["sha256"]
    digest = _sha256(folder / MANIFEST)
    lines = [f"{each}  {name}\n" for name, each in [*told.items(), (MANIFEST, digest)]]
    (folder / SUMS).write_text("".join(lines), "utf-8", newline="\n")
    return digest


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _json(path: Path, data: object) -> None:
    path.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", "utf-8")
