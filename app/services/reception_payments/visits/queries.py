"""Visits, appointments, signposts and incidents as pages show them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import aliased

from app.models.accounts import Account
from app.models.officers import Officer
from app.models.people import Person
from app.models.reception_payments.desks import PaymentDesk
from app.models.reception_payments.visits import Appointment, Signpost, Visit, VisitReason
from app.models.values import AppointmentState, VisitState
from app.services.core import access
from app.services.core.clock import midnight
from app.services.core.context import Context
from app.services.reception_payments.visits import cautions
from app.services.reception_payments.visits.dto import AppointmentRow, Caution, VisitRow
from app.services.rent.rules import full_name

_MOST = 1_000
_HERE = (VisitState.WAITING, VisitState.SEEN)


def waiting(ctx: Context, desk_id: int | None = None) -> tuple[VisitRow, ...]:
    """Who waits or is with an officer, whoever came first first."""
    of_desk = () if desk_id is None else (Visit.desk_id == desk_id,)
    return _visits(ctx, Visit.state.in_(_HERE), *of_desk, newest=False)


def of_days(ctx: Context, first: date, last: date) -> tuple[VisitRow, ...]:
    """The visits and calls of some days, both included, the newest first."""
    since, until = midnight(first), midnight(last + timedelta(days=1))
    return _visits(ctx, Visit.arrived_at >= since, Visit.arrived_at < until)


def of_account(ctx: Context, account_id: int) -> tuple[VisitRow, ...]:
    """The visits and calls about an account, the newest first.

    Raises:
        UserError: the officer may not open it.
    """
    access.open_account(ctx, account_id)
    return _visits(ctx, Visit.account_id == account_id)


def row(ctx: Context, visit_id: int) -> VisitRow:
    """One visit or call."""
    return _visits(ctx, Visit.id == visit_id)[0]


def reasons(ctx: Context, *, every: bool = False) -> Sequence[VisitReason]:
    """Why people come, in the office's order; those out of use too if `every`."""
    where = () if every else (VisitReason.active == true(),)
    return ctx.session.scalars(select(VisitReason).where(*where).order_by(VisitReason.place, VisitReason.name)).all()


def signposts(ctx: Context, *, every: bool = False) -> Sequence[Signpost]:
    """Where people may be sent, in the office's order; those out of use too if `every`."""
    where = () if every else (Signpost.active == true(),)
    return ctx.session.scalars(select(Signpost).where(*where).order_by(Signpost.place, Signpost.title)).all()


def appointments(ctx: Context, first: date, last: date) -> tuple[AppointmentRow, ...]:
    """The appointments of some days, both included, the earliest first; cancelled ones are left out."""
    rows = (
        select(Appointment, VisitReason.name, PaymentDesk.name, Officer.name, Person, Account.name.label("account"))
        .join(VisitReason, VisitReason.id == Appointment.reason_id)
        .outerjoin(PaymentDesk, PaymentDesk.id == Appointment.desk_id)
        .outerjoin(Officer, Officer.id == Appointment.with_officer_id)
        .outerjoin(Person, Person.id == Appointment.person_id)
        .outerjoin(Account, Account.id == Appointment.account_id)
        .where(
            Appointment.at >= midnight(first),
            Appointment.at < midnight(last + timedelta(days=1)),
            Appointment.state != AppointmentState.CANCELLED,
        )
        .order_by(Appointment.at, Appointment.id)
    )
    closed, people = access.closed_accounts(ctx), access.closed_people(ctx)
    return tuple(
        AppointmentRow(
            one.id,
            one.at,
            one.minutes,
            one.state,
            reason,
            desk or "",
            "Restricted" if _is_shut(one, closed, people) else one.name or _name(person) or account or "",
            officer or "",
            one.account_id,
            "" if _is_shut(one, closed, people) else one.note,
        )
        for one, reason, desk, officer, person, account in ctx.session.execute(rows)
    )


def _visits(ctx: Context, *where: ColumnElement[bool], newest: bool = True) -> tuple[VisitRow, ...]:
    seer = aliased(Officer)
    rows = (
        select(
            Visit,
            VisitReason.name.label("reason"),
            PaymentDesk.name.label("desk"),
            Account.payment_reference.label("reference"),
            Account.name.label("account"),
            Person,
            seer.name.label("seer"),
        )
        .join(VisitReason, VisitReason.id == Visit.reason_id)
        .outerjoin(PaymentDesk, PaymentDesk.id == Visit.desk_id)
        .outerjoin(Account, Account.id == Visit.account_id)
        .outerjoin(Person, Person.id == Visit.person_id)
        .outerjoin(seer, seer.id == Visit.seen_by)
        .where(*where)
        .order_by(Visit.arrived_at.desc() if newest else Visit.arrived_at, Visit.id)
        .limit(_MOST)
    )
    found = ctx.session.execute(rows).all()
    people = cautions.of_people(ctx, [row.Visit.person_id for row in found if row.Visit.person_id is not None])
    about = {row.Visit.account_id for row in found if row.Visit.account_id is not None}
    accounts, marks = cautions.of_accounts(ctx, about), cautions.on_accounts(ctx, about)
    closed, shut = access.closed_accounts(ctx), access.closed_people(ctx)
    now = ctx.clock.now()
    return tuple(
        _row(row, _flags(row.Visit, people, accounts, marks), now, shut=_is_shut(row.Visit, closed, shut))
        for row in found
    )


def _flags(
    visit: Visit,
    people: dict[int, tuple[Caution, ...]],
    accounts: dict[int, tuple[Caution, ...]],
    marks: dict[int, tuple[Caution, ...]],
) -> tuple[Caution, ...]:
    """What stands on whoever came, or on everybody of the account where nobody said who, and then on the account itself."""
    on_account = visit.account_id or 0
    of_them = people.get(visit.person_id, ()) if visit.person_id is not None else accounts.get(on_account, ())
    return of_them + marks.get(on_account, ())


def _row(
    found: Any,
    flags: tuple[Caution, ...],
    now: datetime,
    *,
    shut: bool,
) -> VisitRow:
    one = found.Visit
    until = one.seen_at or one.ended_at or now
    return VisitRow(
        visit_id=one.id,
        number=one.number,
        kind=one.kind,
        state=one.state,
        reason=found.reason,
        desk=found.desk or "",
        who="Restricted" if shut else one.name or _name(found.Person) or found.account or "",
        account_id=one.account_id,
        account_reference="" if shut else found.reference or "",
        person_id=one.person_id,
        arrived_at=one.arrived_at,
        waited=max(0, int((until - one.arrived_at).total_seconds() // 60)),
        seen_by=found.seer or "",
        outcome="" if shut else one.outcome,
        cautions=flags,
        accompanied_by="" if shut else one.accompanied_by,
        shut=shut,
    )


def _is_shut(one: Visit | Appointment, accounts: Collection[int], people: Collection[int]) -> bool:
    """Whether somebody's visit or appointment is of a restricted record that the officer may not open."""
    return one.account_id in accounts or one.person_id in people


def _name(person: Person | None) -> str:
    return "" if person is None else full_name(person.title, person.first_name, person.last_name)
