"""Restricted records: opened by named roles and officers only, and each view logged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from app.models.access import RecordView, RestrictedReader, RestrictedRecord
from app.models.accounts import Account
from app.models.people import Person
from app.models.tenancies import Tenancy
from app.models.values import Subject
from app.services.admin.standing import working
from app.services.core import access, officers
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, require, requires
from app.services.rent.queries import account_by_reference
from app.services.rent.search import refresh_search

_CHANGED = Changes(frozenset({"admin", "rent"}))
_MOST_VIEWS = 500


@dataclass(frozen=True, slots=True)
class NewRestriction:
    """A tenancy to be restricted, by a payment or tenancy reference: all its accounts are.

    Attributes:
        roles, officer_ids: who may open it; with none, every role that may open restricted records.
        review_on: the day to ask whether it is still needed.
    """

    reference: str
    reason: str
    roles: frozenset[str] = frozenset()
    officer_ids: frozenset[int] = frozenset()
    review_on: date | None = None


@dataclass(frozen=True, slots=True)
class RestrictedLine:
    """A restricted record as listed: its reference, never its name."""

    restricted_id: int
    reference: str
    reason: str
    readers: str
    restricted_by: str
    restricted_at: datetime
    review_on: date | None
    overdue: bool
    views: int
    released_at: datetime | None


@dataclass(frozen=True, slots=True)
class ViewLine:
    """Somebody opened a restricted account; the moment is UTC."""

    at: datetime
    officer: str
    reference: str


@dataclass(frozen=True, slots=True)
class RestrictedPage:
    """What the page shows: the records, who opened them lately, and roles and colleagues to name."""

    lines: tuple[RestrictedLine, ...]
    views: tuple[ViewLine, ...]
    roles: tuple[tuple[str, str], ...]
    people: tuple[tuple[int, str], ...]


def page(ctx: Context) -> RestrictedPage:
    """The restricted records, those in force first, and the latest views of them.

    Raises:
        UserError: the officer may neither restrict records, open them, nor read the audit.
    """
    if not ctx.officer.permissions & {Permission.RESTRICT_RECORDS, Permission.VIEW_RESTRICTED, Permission.VIEW_AUDIT}:
        require(ctx, Permission.RESTRICT_RECORDS)
    names = {row.id: row.name for row in officers.list_officers(ctx)}
    roles = officers.role_names(ctx.session)
    readers: dict[int, list[str]] = {}
    for reader in ctx.session.scalars(select(RestrictedReader).order_by(RestrictedReader.id)):
        words = names[reader.officer_id] if reader.officer_id else roles.get(reader.role, reader.role)
        readers.setdefault(reader.restricted_id, []).append(words)
    records = ctx.session.scalars(select(RestrictedRecord).order_by(RestrictedRecord.id.desc()))
    lines = sorted(
        (_line(ctx, row, names, readers.get(row.id, [])) for row in records), key=lambda each: bool(each.released_at)
    )
    people = tuple((each.id, each.name) for each in officers.working(ctx.session))
    return RestrictedPage(tuple(lines), _views(ctx, names), tuple(roles.items()), people)


@requires(Permission.RESTRICT_RECORDS)
def restrict(ctx: Context, new: NewRestriction) -> Changes:
    """Restrict the tenancy that a reference names: from now on only named officers open it, and each view is logged.

    Raises:
        UserError: there is no such tenancy, it is restricted already, no reason is given, or nobody named may be named.
    """
    account_id = account_by_reference(ctx, new.reference)
    account = ctx.session.get(Account, account_id)
    if account is None or account.tenancy_id is None:
        raise UserError("That account is of no tenancy.", "Give the reference of a tenancy.", "reference")
    if not new.reason.strip():
        raise UserError("Say why, without details that a list may not show.", field="reason")
    refuse_card_number(ctx, new.reason, "reason", "reason")
    if account_id in access.restricted_accounts(ctx):
        raise UserError("This record is restricted already.", field="reference")
    if new.review_on is not None and new.review_on <= ctx.clock.today():
        raise UserError("The day to look at it again is still to come.", field="review_on")
    for officer_id in new.officer_ids:
        working(ctx, officer_id)
    officers.check_roles(ctx, new.roles or {"team_leader"})
    made = RestrictedRecord(
        subject=Subject.TENANCY,
        subject_id=account.tenancy_id,
        reason=new.reason.strip()[:400],
        review_on=new.review_on,
        restricted_by=ctx.officer.id,
        restricted_at=ctx.clock.now(),
    )
    ctx.session.add(made)
    ctx.session.flush()
    named = [RestrictedReader(restricted_id=made.id, role=role) for role in sorted(new.roles)]
    named += [RestrictedReader(restricted_id=made.id, officer_id=each) for each in sorted(new.officer_ids)]
    ctx.session.add_all(named)
    ctx.session.flush()
    access.changed(ctx)
    refresh_search(ctx, access.accounts_of(ctx, made))
    return _CHANGED


@requires(Permission.RESTRICT_RECORDS)
def release(ctx: Context, restricted_id: int) -> Changes:
    """Open a restricted record to everybody again; the views stay in the log.

    Raises:
        UserError: it is open already, or the officer is not one of those who may open it.
    """
    row = ctx.session.get(RestrictedRecord, restricted_id)
    if row is None or row.released_at is not None:
        raise UserError("This record is not restricted any more.", "Look at the list again.")
    if row.id not in {record.id for record in access.open_records(ctx)}:
        raise UserError("You are not one of those who may open this record.", "Somebody who is releases it.")
    row.released_at, row.released_by = ctx.clock.now(), ctx.officer.id
    ctx.session.flush()
    access.changed(ctx)
    refresh_search(ctx, access.accounts_of(ctx, row))
    return _CHANGED


def _line(ctx: Context, row: RestrictedRecord, names: dict[int, str], readers: list[str]) -> RestrictedLine:
    accounts = access.accounts_of(ctx, row)
    seen = 0
    if accounts:
        seen = (
            ctx.session.scalar(
                select(func.count())
                .select_from(RecordView)
                .where(RecordView.subject == Subject.ACCOUNT, RecordView.subject_id.in_(sorted(accounts)[:900]))
            )
            or 0
        )
    return RestrictedLine(
        row.id,
        _reference(ctx, row),
        row.reason,
        ", ".join(readers) or "Whoever may open restricted records",
        names[row.restricted_by],
        row.restricted_at,
        row.review_on,
        row.released_at is None and row.review_on is not None and row.review_on <= ctx.clock.today(),
        seen,
        row.released_at,
    )


def _reference(ctx: Context, row: RestrictedRecord) -> str:
    tables = {Subject.TENANCY: (Tenancy.ref, Tenancy.id), Subject.PERSON: (Person.ref, Person.id)}
    if row.subject is Subject.ACCOUNT:
        return ctx.session.scalar(select(Account.payment_reference).where(Account.id == row.subject_id)) or ""
    what, key = tables[row.subject]
    return ctx.session.scalar(select(what).where(key == row.subject_id)) or ""


def _views(ctx: Context, names: dict[int, str]) -> tuple[ViewLine, ...]:
    statement = (
        select(RecordView, Account.payment_reference)
        .outerjoin(Account, Account.id == RecordView.subject_id)
        .order_by(RecordView.id.desc())
        .limit(_MOST_VIEWS)
    )
    return tuple(
        ViewLine(view.at, names[view.officer_id], reference or "") for view, reference in ctx.session.execute(statement)
    )
