"""Records that two officers may have open: the version that a form was filled from, and who saved since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.audit import AuditEntry
from app.models.officers import Officer
from app.services.core.errors import ChangedMeanwhile


@dataclass(frozen=True, slots=True)
class Kept:
    """A record as a form is filled from it.

    Attributes:
        values: by field of the form.
        version: of the row; 0 where there is none yet.
        by, at: who saved it last and when, as the audit knows; nobody for what was loaded.
    """

    values: Mapping[str, object]
    version: int
    by: str = ""
    at: datetime | None = None


def refuse_old(version: int, expected: int) -> None:
    """Refuse a save that was made against an older version than the record's own.

    Raises:
        ChangedMeanwhile: somebody else saved in between.
    """
    if version != expected:
        raise ChangedMeanwhile(
            "Somebody else changed this record while you had it open; nothing was saved.",
            "Look at what they changed, then save again.",
        )


def last_change(session: Session, table: str, key: str | int) -> tuple[str, datetime | None]:
    """Who changed a row last and when, by the audit."""
    found = session.execute(
        select(Officer.name, AuditEntry.at)
        .join(Officer, Officer.id == AuditEntry.officer_id)
        .where(AuditEntry.table_name == table, AuditEntry.row_key == str(key))
        .order_by(AuditEntry.id.desc())
        .limit(1)
    ).one_or_none()
    return (found.name, found.at) if found else ("", None)
