"""What the section of the reception log shows, and what its sheets are made of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from sqlalchemy import func, select, true

from app.models.people import Person
from app.models.reception_payments.desks import PaymentDesk
from app.models.reception_payments.visits import Visit
from app.models.values import AppointmentState, FormatNeed, PersonFlagKind, VisitState
from app.services.core import officers
from app.services.core.context import Context
from app.services.core.records import record
from app.services.letters import gathering
from app.services.reception_payments.callers import queries as callers
from app.services.reception_payments.callers.dto import Way
from app.services.reception_payments.visits import cautions, queries
from app.services.reception_payments.visits.dto import (
    AppointmentRow,
    AppointmentView,
    Choices,
    VisitFilter,
    VisitForm,
    VisitRow,
    VisitView,
    Who,
)
from app.services.reception_payments.visits.registers.dto import SignpostRow

_WEEK: Final = timedelta(days=6)
_MONTH: Final = timedelta(days=28)


def listed(ctx: Context, wanted: VisitFilter) -> tuple[VisitRow, ...]:
    """The visits and calls that a filter asks for. Words find nothing of a restricted account."""
    today = ctx.clock.today()
    if wanted.view is VisitView.HERE:
        rows = queries.waiting(ctx)
    else:
        rows = queries.of_days(ctx, today - _WEEK if wanted.view is VisitView.WEEK else today, today)
    words = wanted.words.casefold().split()
    return tuple(row for row in rows if not words or (not row.shut and all(each in _said(row) for each in words)))


def counts(ctx: Context) -> Mapping[VisitView, int]:
    """How many wait, or are with an officer."""
    here = select(func.count()).where(Visit.state.in_((VisitState.WAITING, VisitState.SEEN)))
    return {VisitView.HERE: ctx.session.execute(here).scalar_one()}


def appointments(ctx: Context, view: AppointmentView) -> tuple[AppointmentRow, ...]:
    """The appointments of a view, the earliest first."""
    today = ctx.clock.today()
    days = {
        AppointmentView.TODAY: (today, today),
        AppointmentView.COMING: (today, today + _MONTH),
        AppointmentView.PAST: (today - _MONTH, today - timedelta(days=1)),
    }
    return queries.appointments(ctx, *days[view])


def choices(ctx: Context) -> Choices:
    """What the sheets that log and book offer."""
    desks = select(PaymentDesk.id, PaymentDesk.name).where(PaymentDesk.active == true()).order_by(PaymentDesk.name)
    booked = appointments(ctx, AppointmentView.TODAY)
    return Choices(
        tuple((row.id, row.name) for row in queries.reasons(ctx)),
        tuple((key, name) for key, name in ctx.session.execute(desks)),
        _officers(ctx),
        tuple(row for row in booked if row.state is AppointmentState.BOOKED),
    )


def who(ctx: Context, account_id: int) -> Who:
    """Who may have come about an account, and what must be known before they are seen.

    Raises:
        UserError: there is no such account.
    """
    found = callers.caller(ctx, account_id, Way.COUNTER)
    flags = cautions.of_accounts(ctx, [account_id]).get(account_id, ())
    flags += cautions.on_accounts(ctx, [account_id]).get(account_id, ())
    people = tuple((each.person_id, each.name) for each in found.people)
    return Who(account_id, found.reference, found.name, people, flags, found.shut)


def form(ctx: Context, visit_id: int) -> VisitForm:
    """What the sheets that take and end a visit show."""
    visit = record(ctx, Visit, visit_id, "visit")
    row = queries.row(ctx, visit_id)
    others = tuple(each for each in _officers(ctx) if each[0] != ctx.officer.id)
    signposts = tuple(
        (one.id, one.title, SignpostRow(one.id, one.title, one.words, one.telephone, one.link).told)
        for one in queries.signposts(ctx)
    )
    return VisitForm(row, cautions.needs_two(ctx, visit), others, signposts, _mobile(ctx, row), _large(ctx, row))


def _mobile(ctx: Context, row: VisitRow) -> str:
    """The number of whoever came; none where a safety flag is set, or the record is not the officer's to open."""
    if row.person_id is None or row.shut or any(each.kind is PersonFlagKind.SAFETY for each in row.cautions):
        return ""
    return ctx.session.get_one(Person, row.person_id).mobile


def _large(ctx: Context, row: VisitRow) -> bool:
    """Whether somebody of the account needs large print."""
    if row.account_id is None or row.shut:
        return False
    return FormatNeed.LARGE_PRINT in gathering.recipient(ctx, row.account_id).needs


def _officers(ctx: Context) -> tuple[tuple[int, str], ...]:
    return tuple((each.id, each.name) for each in officers.working(ctx.session))


def _said(row: VisitRow) -> str:
    return (
        f"{row.number} {row.who} {row.account_reference} {row.reason} {row.desk} {row.seen_by} {row.outcome}".casefold()
    )
