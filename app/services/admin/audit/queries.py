"""Questions to the audit: who changed what, when, and the whole history of one record."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import Select, and_, false, func, or_, select

from app.models.audit import AuditEntry
from app.models.officers import Officer
from app.models.values import Subject
from app.services.admin.audit.dto import EVERYTHING, AuditChoices, AuditFilter, AuditRow, AuditSort
from app.services.admin.audit.kinds import KINDS
from app.services.admin.audit.reading import read_rows
from app.services.admin.audit.related import account_of, related
from app.services.core import access
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.folding import like_pattern
from app.services.core.ids import read_ids
from app.services.core.permissions import Permission, require
from app.services.workbench.listing import Totals

_MOST_HISTORY: Final = 500
_MOST_OFFICERS: Final = 20
_OPEN_TO_ALL: Final = {Subject.ACCOUNT, Subject.TENANCY, Subject.PERSON, Subject.PROPERTY}


def audit_ids(
    ctx: Context, wanted: AuditFilter = EVERYTHING, sort: AuditSort = AuditSort.AT, *, descending: bool = True
) -> array[int]:
    """The ids of every change that fits, in order; `audit_rows` reads the page that is looked at.

    Raises:
        UserError: the officer may not read the audit.
    """
    require(ctx, Permission.VIEW_AUDIT)
    statement = _narrowed(ctx, wanted)
    order = {
        AuditSort.AT: [],
        AuditSort.OFFICER: [Officer.name],
        AuditSort.KIND: [AuditEntry.table_name],
        AuditSort.ACTION: [AuditEntry.action],
    }[sort]
    if sort is AuditSort.OFFICER:
        statement = statement.join(Officer, Officer.id == AuditEntry.officer_id, isouter=True)
    by: list[Any] = [*order, AuditEntry.id]
    statement = statement.order_by(*(each.desc() if descending else each.asc() for each in by))
    return read_ids(ctx.session, statement, ctx.cancel)


def audit_count(ctx: Context, wanted: AuditFilter = EVERYTHING) -> Totals:
    """How many changes fit; they have no amounts."""
    require(ctx, Permission.VIEW_AUDIT)
    count = select(func.count()).select_from(_narrowed(ctx, wanted).subquery())
    return Totals(ctx.session.scalar(count) or 0)


def audit_rows(ctx: Context, ids: Sequence[int]) -> tuple[AuditRow, ...]:
    """The changes with these ids, in their order."""
    require(ctx, Permission.VIEW_AUDIT)
    entries: dict[int, AuditEntry] = {}
    for part in in_chunks(ids):
        entries |= {each.id: each for each in ctx.session.scalars(select(AuditEntry).where(AuditEntry.id.in_(part)))}
    rows = {row.id: row for row in read_rows(ctx, list(entries.values()))}
    return tuple(rows[each] for each in ids if each in rows)


def history(ctx: Context, subject: Subject, subject_id: int) -> tuple[AuditRow, ...]:
    """Who changed a record and all that hangs on it, the latest first, at most 500 changes.

    Whoever may open a tenant's record sees its history; other kinds of record need the permission to read the audit.

    Raises:
        UserError: the officer may not see it.
    """
    if subject not in _OPEN_TO_ALL:
        require(ctx, Permission.VIEW_AUDIT)
    access.open_subject(ctx, subject, subject_id)
    statement = (
        select(AuditEntry)
        .where(_among(related(ctx.session, subject.value, subject_id)))
        .order_by(AuditEntry.id.desc())
        .limit(_MOST_HISTORY)
    )
    return tuple(read_rows(ctx, list(ctx.session.scalars(statement))))


def choices(ctx: Context) -> AuditChoices:
    """What the filters offer."""
    require(ctx, Permission.VIEW_AUDIT)
    officers = ctx.session.execute(select(Officer.id, Officer.name).order_by(Officer.name))
    kinds = sorted(KINDS.items(), key=lambda kind: kind[1])
    return AuditChoices(tuple((row.id, row.name) for row in officers), tuple(kinds))


def _narrowed(ctx: Context, wanted: AuditFilter) -> Select[Any]:
    statement: Select[Any] = select(AuditEntry.id)
    if wanted.officer_id is not None:
        statement = statement.where(AuditEntry.officer_id == wanted.officer_id)
    if wanted.kind is not None:
        statement = statement.where(AuditEntry.table_name == wanted.kind)
    if wanted.action is not None:
        statement = statement.where(AuditEntry.action == wanted.action.value)
    if wanted.first_on is not None:
        statement = statement.where(AuditEntry.at >= _midnight(wanted.first_on))
    if wanted.last_on is not None:
        statement = statement.where(AuditEntry.at < _midnight(wanted.last_on + timedelta(days=1)))
    if wanted.text.strip():
        statement = statement.where(_among(_meant(ctx, wanted.text)))
    if wanted.record is not None:
        table, _, key = wanted.record.partition("|")
        statement = statement.where(AuditEntry.table_name == table, AuditEntry.row_key == key)
    return statement


def _meant(ctx: Context, text: str) -> dict[str, list[str]]:
    """The records that a text names: an account by its payment reference, else officers by the beginning of a name."""
    account_id = account_of(ctx.session, text)
    if account_id is not None:
        return related(ctx.session, Subject.ACCOUNT.value, account_id)
    begins = like_pattern(" ".join(text.split())).removeprefix("%")
    named = select(Officer.id).where(Officer.name.ilike(begins, escape="/")).order_by(Officer.id).limit(_MOST_OFFICERS)
    found: dict[str, list[str]] = {}
    for officer_id in ctx.session.scalars(named):
        for table, keys in related(ctx.session, Subject.OFFICER.value, officer_id).items():
            found.setdefault(table, []).extend(keys)
    return found


def _among(records: dict[str, list[str]]) -> Any:
    """The entries about any of these records, by table."""
    parts = [
        and_(AuditEntry.table_name == table, AuditEntry.row_key.in_(some))
        for table, keys in records.items()
        for some in in_chunks(keys)
    ]
    return or_(*parts) if parts else false()


def _midnight(day: date) -> datetime:
    """The moment a day begins at the office."""
    return datetime.combine(day, time()).astimezone()
