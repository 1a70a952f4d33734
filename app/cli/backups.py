"""`rentbook db backup | backups | restore`: backups made, tried and listed, and one put back after a rehearsal."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from app.cli.frame import FILE, REFUSED, Command, answer, long_work, open_desk, place, spell, table
from app.registered import register
from app.services.backups import jobs, queries, rehearsing, restoring
from app.services.backups.dto import BackupRow, By, Rehearsal
from app.services.backups.rules import size
from app.services.core import database as databases
from app.services.core.clock import SystemClock
from app.services.core.errors import UserError
from app.services.core.permissions import Permission
from app.services.core.sign_in import system_user

_PLAIN: Final = "It was not tried, since you are not an officer who may make backups. The key that opens what is encrypted is not in it."


@click.command(cls=Command)
@click.argument("file", type=FILE, required=False)
def backup(file: Path | None) -> int:
    """Back up a SQLite database while others may be using it, and try it by restoring it to a scratch file.

    Without FILE it goes into the office's folder, and older ones are cleared away as policy says. A shared server makes its
    own: then this says when the last one was.
    """
    if file is not None and not _may_make():
        databases.backup(place(), file)
        answer({"file": str(file), "good": None, "key_included": False}, [f"Copied to {file}.", _PLAIN])
        return 0
    with open_desk() as desk, long_work("Backup") as (progress, cancel):
        made = jobs.make(desk, progress, cancel, file)
    answer(
        {
            "file": made.file and str(made.file),
            "size_bytes": made.file and made.file.stat().st_size,
            "good": made.good,
            "key_included": False,
            "removed": list(made.removed),
        },
        made.told,
    )
    return 0 if made.good or made.file is None else REFUSED


@click.command(cls=Command)
def backups() -> int:
    """List the backups, and say whether there is one that is new enough."""
    with open_desk() as desk:
        board = desk.ask(queries.board)
    words = board.standing.warning or board.standing.told
    answer(
        {
            "warning": board.standing.warning,
            "folder": board.folder,
            "key": board.key,
            "backups": [_plain(row) for row in board.rows],
        },
        [*table(("Made", "State", "Size", "File"), map(_cells, board.rows), frozenset({2})), words, board.key],
    )
    return REFUSED if board.standing.warning else 0


@click.command(cls=Command)
@click.argument("file", type=FILE)
@click.option("--rehearse", is_flag=True, help="Only say what it would bring back, and what would be lost.")
@click.option("--even-if-changed", is_flag=True, help="Also a backup that was changed since it was made.")
@click.option("--reason", metavar="WORDS", default="", help="Why; it is kept in what is put back.")
def restore(file: Path, *, rehearse: bool, even_if_changed: bool, reason: str) -> int:
    """Put the backup FILE in the place of a SQLite database, keeping a copy of what was there.

    Nobody may have the database open. Who did it, when and why is written into what is put back.
    """
    url = databases.database_url(place())
    if url.get_backend_name() != "sqlite":
        raise UserError("A shared server is restored by its own tools.", "Ask its administrator.")
    path = Path(url.database or "").absolute()
    register()
    if rehearse:
        with long_work("Rehearsal") as (progress, cancel):
            found = rehearsing.rehearse(file, path, SystemClock(), progress, cancel)
        answer(_rehearsed(found), [*found.told, *_differences(found)])
        return 0 if found.good else REFUSED
    by = By(system_user()[0], reason.strip())
    with long_work("Restore") as (progress, cancel):
        done = restoring.restore(path, file, SystemClock(), by, progress, cancel, even_if_changed=even_if_changed)
    answer(
        {
            "restored_from": str(file),
            "kept": done.kept and str(done.kept),
            "doubt": done.doubt,
            "messages_to_look_up": done.to_look_up,
        },
        [f"Restored from {file}.", *restoring.told(done)],
    )
    return 0


def _may_make() -> bool:
    """Whether the user is an officer who may make backups; a plain copy of the file is anybody's who may read it."""
    try:
        with open_desk() as desk:
            return Permission.MAKE_BACKUPS in desk.officer.permissions
    except UserError:
        return False


def _cells(row: BackupRow) -> tuple[str, str, str, str]:
    at = row.made_at.astimezone()
    state = "cleared away" if row.removed_at else row.state.value
    return f"{spell(at.date())} {at:%H:%M}", state, size(row.size_bytes), row.file_name


def _plain(row: BackupRow) -> dict[str, object]:
    return {
        "file": str(row.path),
        "made_at": row.made_at,
        "state": row.state,
        "words": row.words,
        "size_bytes": row.size_bytes,
        "sha256": row.sha256,
        "last_journal": row.last_journal,
        "removed_at": row.removed_at,
    }


def _rehearsed(found: Rehearsal) -> dict[str, object]:
    return {
        "file": str(found.file),
        "made_at": found.made_at,
        "state": found.tried.state,
        "faults": list(found.tried.faults),
        "same_past": found.same,
        "last_journal": found.facts.last_journal,
        "last_journal_now": found.now_journal,
        "lost_from": found.lost_from,
        "differences": [{"what": each.what, "now": each.now, "then": each.then} for each in found.differences],
        "key": found.key,
        "doubt": found.doubt,
        "told": list(found.told),
    }


def _differences(found: Rehearsal) -> list[str]:
    if not found.differences:
        return []
    rows = [(each.what, f"{each.now:,}", f"{each.then:,}") for each in found.differences]
    return ["", *table(("Rows of", "Now", "After a restore"), rows, frozenset({1, 2}))]
