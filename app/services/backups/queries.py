"""The backups listed, where they go, and whether there is one that is new enough."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.backups import DatabaseBackup, DatabaseRestore
from app.models.landlord import Setting
from app.models.officers import Officer
from app.models.values.backups import BackupState
from app.services.backups import facts, server
from app.services.backups.dto import BackupRow, Board, Keep, Noted, RestoreRow, Standing
from app.services.backups.rules import NEVER
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, require

FOLDER: Final = "backups.folder"
"""The key of the setting that names the folder."""
_LISTED: Final = 500
_CLOCKS_DIFFER: Final = timedelta(hours=1)
"""What is dated later than this from now was made by a clock that was wrong, and says nothing about today."""
_NO_FILE: Final = "A shared server is backed up by its own tools."


def board(ctx: Context) -> Board:
    """What the section of Admin shows, the latest backup first."""
    folder, chosen = folder_of(ctx)
    told, missing = facts.key_words(ctx.session), bool(facts.missing_keys(ctx.session))
    return Board(listed(ctx), standing(ctx), folder, chosen, keep(ctx), told, missing, put_back_last(ctx))


def put_back_last(ctx: Context) -> RestoreRow | None:
    """The last backup that was put back in the place of this database, if any was."""
    rows = (
        select(DatabaseRestore, Officer)
        .join(Officer, Officer.id == DatabaseRestore.restored_by)
        .order_by(DatabaseRestore.id.desc())
        .limit(1)
    )
    found = ctx.session.execute(rows).first()
    if found is None:
        return None
    row, officer = found
    by = officer.name if officer.username.casefold() == row.username.casefold() else row.username
    return RestoreRow(row.restored_at, by, row.reason, row.file_name, row.last_journal, row.journal_before, row.kept_as)


def listed(ctx: Context) -> tuple[BackupRow, ...]:
    """The backups that were made, the latest first; of those that were cleared away the newest too."""
    rows = (
        select(DatabaseBackup, Officer.name)
        .join(Officer, Officer.id == DatabaseBackup.made_by)
        .order_by(DatabaseBackup.made_at.desc(), DatabaseBackup.id.desc())
        .limit(_LISTED)
    )
    return tuple(_row(row, name) for row, name in ctx.session.execute(rows))


def one(ctx: Context, backup_id: int) -> BackupRow:
    """One backup.

    Raises:
        UserError: there is none of this number.
    """
    row = ctx.session.get(DatabaseBackup, backup_id)
    if row is None:
        raise UserError("There is no such backup.", "Look at the list again.")
    return _row(row, "")


def noted(session: Session) -> tuple[Noted, ...]:
    """Every backup that was made of this database, by which one is known again whatever it is called now."""
    columns = (
        DatabaseBackup.file_name,
        DatabaseBackup.made_at,
        DatabaseBackup.last_journal,
        DatabaseBackup.sha256,
    )
    return tuple(
        Noted(*row) for row in session.execute(select(*columns).where(DatabaseBackup.state != BackupState.FAILED))
    )


def standing(ctx: Context) -> Standing:
    """Whether there is a good backup that is new enough, by policy; of a shared server by what it says of itself."""
    days = ctx.policy.number("backups.warn_days", ctx.clock.today())
    if ctx.session.get_bind().dialect.name != "sqlite":
        return server.standing(ctx, days)
    good = select(func.max(DatabaseBackup.made_at)).where(DatabaseBackup.state == BackupState.GOOD)
    last = ctx.session.scalar(good.where(DatabaseBackup.made_at <= ctx.clock.now() + _CLOCKS_DIFFER))
    to_come = ctx.session.scalar(good.where(DatabaseBackup.made_at > ctx.clock.now() + _CLOCKS_DIFFER))
    wrong = f" One bears a day to come, {to_come:%d %b %Y}: a clock was wrong." if to_come else ""
    latest = ctx.session.scalars(select(DatabaseBackup).order_by(DatabaseBackup.id.desc()).limit(1)).first()
    if last is None and to_come:
        words = "A clock was wrong: no backup is good but those that bear a day to come, the latest"
        return Standing(None, f"{words} {to_come:%d %b %Y}.", "")
    if last is None:
        return Standing(None, f"{NEVER}." if latest is None else f"No backup is good: {latest.words}", "")
    old = (ctx.clock.now() - last).days
    if old >= days:
        return Standing(last, f"The last good backup is {old} day{'' if old == 1 else 's'} old.{wrong}", "")
    if latest is not None and latest.state is not BackupState.GOOD:
        return Standing(last, f"The last backup is not good: {latest.words}", "")
    return Standing(last, "", "The last backup was restored to a scratch file and found whole.")


def folder_of(ctx: Context) -> tuple[str, bool]:
    """Where backups go, and whether the office chose it; beside the database where it hasn't, nowhere on a server."""
    row = ctx.session.get(Setting, FOLDER)
    if row is not None and row.value:
        return row.value, True
    return ("", False) if ctx.session.get_bind().dialect.name != "sqlite" else (str(own_folder(file_of(ctx))), False)


def own_folder(database: Path) -> Path:
    """The folder beside a database, where backups go until the office chooses another."""
    return database.parent / f"{database.stem} backups"


def keep(ctx: Context) -> Keep:
    """How many stay, by policy."""
    today = ctx.clock.today()
    daily, weekly, monthly = (ctx.policy.number(f"backups.{each}", today) for each in ("daily", "weekly", "monthly"))
    return Keep(daily, weekly, monthly)


def file_of(ctx: Context) -> Path:
    """The database's own file.

    Raises:
        UserError: it is a shared server.
    """
    url = ctx.session.connection().engine.url
    if url.get_backend_name() != "sqlite":
        raise UserError(_NO_FILE, "Ask its administrator.")
    return Path(url.database or "").absolute()


def may_make(ctx: Context) -> None:
    """Refuse whoever may not make backups.

    Raises:
        UserError: the officer may not.
    """
    require(ctx, Permission.MAKE_BACKUPS)


def _row(row: DatabaseBackup, name: str) -> BackupRow:
    return BackupRow(
        row.id,
        row.made_at,
        name,
        row.folder,
        row.file_name,
        row.regular,
        row.size_bytes,
        row.sha256,
        row.last_journal,
        row.state,
        row.words,
        row.seconds,
        row.checked_at,
        row.removed_at,
    )
