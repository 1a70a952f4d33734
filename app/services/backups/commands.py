"""Backups noted, looked at again and cleared away, and the folder in which they lie."""

from __future__ import annotations

import os
from pathlib import Path

from app.models.backups import DatabaseBackup, DatabaseRestore
from app.models.landlord import Setting
from app.models.values.backups import BackupState
from app.services.backups import files, queries
from app.services.backups.dto import AREAS, NewBackup, Tried
from app.services.core import audit
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires


@requires(Permission.MAKE_BACKUPS)
def note(ctx: Context, new: NewBackup) -> int:
    """Keep what became of a backup; its number."""
    row = DatabaseBackup(
        made_at=new.made_at,
        made_by=ctx.officer.id,
        folder=str(new.file.parent)[:400],
        file_name=new.file.name[:200],
        regular=new.regular,
        size_bytes=new.size_bytes,
        sha256=new.sha256,
        revision=new.facts.revision,
        last_journal=new.facts.last_journal,
        last_digest=new.facts.last_digest,
        state=new.tried.state,
        words=new.tried.words[:400],
        seconds=new.seconds,
        checked_at=None if new.tried.state is BackupState.FAILED else ctx.clock.now(),
    )
    ctx.session.add(row)
    ctx.session.flush()
    return row.id


@requires(Permission.MAKE_BACKUPS)
def note_try(ctx: Context, backup_id: int, tried: Tried) -> Changes:
    """Keep what came of trying a backup again.

    Raises:
        UserError: there is no such backup.
    """
    row = ctx.session.get(DatabaseBackup, backup_id)
    if row is None:
        raise UserError("There is no such backup.", "Look at the list again.")
    row.state, row.words, row.checked_at = tried.state, tried.words[:400], ctx.clock.now()
    ctx.session.flush()
    return Changes(AREAS)


@requires(Permission.MAKE_BACKUPS)
def note_removed(ctx: Context, backup_ids: frozenset[int]) -> Changes:
    """Keep that these were cleared away."""
    for backup_id in sorted(backup_ids):
        row = ctx.session.get(DatabaseBackup, backup_id)
        if row is not None:
            row.removed_at = ctx.clock.now()
    ctx.session.flush()
    return Changes(AREAS)


@requires(Permission.MAKE_BACKUPS)
def choose_folder(ctx: Context, folder: str) -> str:
    """Choose where backups go, tried at once by writing there; empty is the folder beside the database again.

    Returns:
        A warning where it lies on the database's own disk; nothing otherwise.

    Raises:
        UserError: it isn't a whole path, is a file, can't be made, or may not be written to; or this is a shared server.
    """
    database = queries.file_of(ctx)
    path = Path(folder.strip()) if folder.strip() else None
    if path is not None:
        _prove(path)
    row = ctx.session.get(Setting, queries.FOLDER)
    value = "" if path is None else str(path)
    if row is None:
        ctx.session.add(Setting(key=queries.FOLDER, value=value))
    else:
        row.value = value
    ctx.session.flush()
    return files.disk_warning(path or queries.own_folder(database), database)


@requires(Permission.RESTORE_BACKUPS)
def begin_restore(ctx: Context, file_name: str, reason: str) -> Changes:
    """Write down that a backup is about to take the place of this database, in what will be kept of it.

    Raises:
        UserError: no reason is given, or this is a shared server.
    """
    queries.file_of(ctx)
    if not reason.strip():
        raise UserError("Say why.", "It is kept in the audit, and in what is put back.", "reason")
    audit.record(ctx, DatabaseRestore.__tablename__, "", "begun", file=file_name, reason=reason.strip())
    return Changes(AREAS)


def _prove(path: Path) -> None:
    if not path.is_absolute():
        raise UserError(f"'{path}' is not a whole path.", "Name the folder from its disk or share on.", "folder")
    if len(str(path)) > 400:
        raise UserError("The path is longer than 400 characters.", "Choose another folder.", "folder")
    probe = path / f".{os.getpid()}.trial"
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe.write_bytes(b"trial")
        probe.unlink()
    except OSError as error:
        fault = files.place_fault(error, path)
        raise UserError(fault.message, fault.hint, "folder") from error
