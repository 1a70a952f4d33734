"""What stands in a database, and whether its keys are at this desk."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import func, inspect, literal, select, union_all
from sqlalchemy.orm import Session

from app.models.drafts import EncryptionKey
from app.models.tables import metadata
from app.services.backups.dto import Facts
from app.services.core import keys, schema
from app.services.core.chunks import in_chunks
from app.services.core.errors import UserError

_TOGETHER: Final = 50
"""Tables that are counted by one statement."""


def read(session: Session) -> Facts:
    """The facts of a database, also of one of an older version: what it hasn't is left out."""
    there = set(inspect(session.connection()).get_table_names())
    names = [table.name for table in metadata.sorted_tables if table.name in there]
    number, digest = _last(session) if "journal" in there else (0, "")
    return Facts(schema.revision(session), number, digest or "0" * 64, _counted(session, names), key_names(session))


def last_journal(session: Session) -> tuple[int, str]:
    """Number and digest of the last journal; 0 and zeros where nothing is posted."""
    number, digest = _last(session)
    return number, digest or "0" * 64


def digest_of(session: Session, number: int) -> str:
    """The digest of one journal; nothing where there is none of that number."""
    journal = metadata.tables["journal"].c
    found: str | None = session.scalar(select(journal.digest).where(journal.number == number))
    return found or ""


def recorded_after(session: Session, number: int) -> datetime | None:
    """When the first journal after this number was recorded (UTC); none if there is none."""
    journal = metadata.tables["journal"].c
    found: datetime | None = session.scalar(select(func.min(journal.recorded_at)).where(journal.number > number))
    return found


def key_names(session: Session) -> tuple[str, ...]:
    """The names of the database's keys, the first first."""
    if not inspect(session.connection()).has_table(EncryptionKey.__tablename__):
        return ()
    return keys.names(session)


def key_words(session: Session) -> str:
    """About the key that no backup holds, and whether this desk has it, as a sentence or two."""
    names = key_names(session)
    missing = missing_keys(session)
    apart = "The key isn't in a backup: keep that apart (rentbook key export)."
    if not names:
        return "The database has no key yet: nothing in it is encrypted."
    if missing:
        return (
            f"This desk doesn't have the key {missing[0]}: bank details and drafts stay shut until whoever has its file reads "
            "it in here (rentbook key import)."
        )
    return f"{apart} This desk has it."


def missing_keys(session: Session) -> list[str]:
    """The names of the database's keys that this desk hasn't."""
    return [name for name in key_names(session) if not keys.is_held(session, name)]


def seal(session: Session, names: Sequence[str], text: str) -> str:
    """A seal under a text that only whoever has the database's first key can make; nothing where this desk hasn't it."""
    if not names:
        return ""
    try:
        key = keys.held(session, names[0])
    except UserError:
        return ""
    return hmac.new(key.secret, f"Rentbook backup {text}".encode(), hashlib.sha256).hexdigest()


def _last(session: Session) -> tuple[int, str | None]:
    journal = metadata.tables["journal"].c
    number = session.scalar(select(func.max(journal.number))) or 0
    return number, session.scalar(select(journal.digest).where(journal.number == number))


def _counted(session: Session, names: Sequence[str]) -> dict[str, int]:
    """Rows by table, fifty tables to a statement."""
    counts: dict[str, int] = {}
    for some in in_chunks(list(enumerate(names)), _TOGETHER):
        parts: list[Any] = [
            select(literal(at).label("place"), func.count().label("rows")).select_from(metadata.tables[name])
            for at, name in some
        ]
        counts.update((names[at], count) for at, count in session.execute(union_all(*parts)))
    return counts
