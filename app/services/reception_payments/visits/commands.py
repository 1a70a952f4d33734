"""Visitors and callers from when they come until what came of it; appointments."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from app.models.officers import Officer
from app.models.reception_payments.visits import (
    Appointment,
    Signpost,
    Visit,
    VisitReason,
    VisitSignpost,
)
from app.models.values import AppointmentState, Handed, Subject, VisitKind, VisitState
from app.services.core import access
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.core.records import record
from app.services.diary.dto import NewTask
from app.services.diary.keeping import add_task, checked_text
from app.services.ledger import numbering
from app.services.reception_payments.visits import cautions, telling
from app.services.reception_payments.visits.dto import AREAS, EndVisit, NewAppointment, NewVisit
from app.services.reception_payments.visits.logging import COUNTER

_MOST_NAME, _MOST_WORDS = 120, 400
_LONGEST = timedelta(hours=4)


@requires(Permission.LOG_VISITS)
def log(ctx: Context, new: NewVisit) -> int:
    """Log somebody who came or called and waits; returns the visit's id.

    Raises:
        UserError: nothing says who they are, there is no such reason, a name is too long or holds a card number, or the
            account is one that the officer may not open.
    """
    name = checked_text(ctx, new.name, "name", "name", _MOST_NAME)
    if not name and new.person_id is None and new.account_id is None:
        raise UserError("Say who they are.", "Give a name, or find their account.", "name")
    if new.account_id is not None:
        access.open_account(ctx, new.account_id)
    reason = record(ctx, VisitReason, new.reason_id, "reason")
    visit = Visit(
        number=numbering.take(ctx, COUNTER),
        kind=new.kind,
        state=VisitState.WAITING,
        reason_id=reason.id,
        desk_id=new.desk_id,
        arrived_at=ctx.clock.now(),
        logged_by=ctx.officer.id,
        name=name,
        person_id=new.person_id,
        account_id=new.account_id,
        accompanied_by=checked_text(ctx, new.accompanied_by, "name", "accompanied_by", _MOST_NAME),
    )
    ctx.session.add(visit)
    ctx.session.flush()
    if new.appointment_id is not None:
        _came(ctx, new.appointment_id, visit)
    return visit.id


@requires(Permission.LOG_VISITS)
def see(ctx: Context, visit_id: int, with_officer_id: int | None = None) -> Changes:
    """Take somebody who waits. Whom a safety flag is about is seen by two, whose names are kept.

    Raises:
        UserError: they don't wait any more, or a second officer is needed and isn't named.
    """
    numbering.move(ctx, COUNTER, 0)  # Holds off every other writer: one visitor is taken by one officer.
    visit = record(ctx, Visit, visit_id, "visit")
    if visit.state is not VisitState.WAITING:
        raise UserError("They don't wait any more.", "A colleague is with them, or they left.")
    if cautions.needs_two(ctx, visit):
        other = None if with_officer_id is None else ctx.session.get(Officer, with_officer_id)
        if other is None or other.id == ctx.officer.id or not other.active:
            raise UserError(
                "They are seen by two officers: a safety flag says so.", "Choose who is with you.", "with_officer_id"
            )
        visit.safe_with = other.id
    visit.state = VisitState.SEEN
    visit.seen_by, visit.seen_at = ctx.officer.id, ctx.clock.now()
    ctx.session.flush()
    return Changes(AREAS)


@requires(Permission.LOG_VISITS)
def finish(ctx: Context, new: EndVisit) -> Changes:
    """Say what came of a visit or call, where they were sent, and whether they are called back (a task).

    Raises:
        UserError: it is over already, nothing says what came of it, a signpost isn't there or can't be texted, or the day has
            passed.
    """
    visit = record(ctx, Visit, new.visit_id, "visit")
    if visit.state not in {VisitState.WAITING, VisitState.SEEN}:
        raise UserError("This visit is over already.", "Look at it again.")
    outcome = checked_text(ctx, new.outcome, "outcome", "outcome", _MOST_WORDS)
    if not outcome:
        raise UserError("Say what came of it.", field="outcome")
    if visit.seen_at is None:
        if cautions.needs_two(ctx, visit):
            raise UserError(
                "They are seen by two officers: a safety flag says so.", "Take them first, with a colleague."
            )
        visit.seen_by, visit.seen_at = ctx.officer.id, ctx.clock.now()
    for each in new.sent:
        signpost = record(ctx, Signpost, each.signpost_id, "signpost")
        ctx.session.add(VisitSignpost(visit_id=visit.id, signpost_id=signpost.id, handed=each.handed))
        if each.handed is Handed.TEXTED:
            telling.text(ctx, visit, signpost, new.mobile)
    if new.call_back_on is not None:
        visit.task_id = _call_back(ctx, visit, new)
    visit.state, visit.ended_at = VisitState.DONE, ctx.clock.now()
    visit.outcome, visit.told = outcome, new.told
    ctx.session.flush()
    return Changes(AREAS, frozenset() if visit.account_id is None else frozenset({visit.account_id}))


@requires(Permission.LOG_VISITS)
def left(ctx: Context, visit_id: int) -> Changes:
    """Say that somebody didn't wait.

    Raises:
        UserError: they don't wait any more.
    """
    visit = record(ctx, Visit, visit_id, "visit")
    if visit.state is not VisitState.WAITING:
        raise UserError("They don't wait any more.", "Look at it again.")
    visit.state, visit.ended_at = VisitState.LEFT, ctx.clock.now()
    ctx.session.flush()
    return Changes(AREAS)


@requires(Permission.LOG_VISITS)
def book(ctx: Context, new: NewAppointment) -> int:
    """Book an appointment; returns its id.

    Raises:
        UserError: it is in the past, too long, nobody is named, or the officer has another one then.
    """
    numbering.move(ctx, COUNTER, 0)  # Holds off every other writer: an officer is booked once.
    name = checked_text(ctx, new.name, "name", "name", _MOST_NAME)
    if not name and new.person_id is None and new.account_id is None:
        raise UserError("Say who comes.", "Give a name, or find their account.", "name")
    if new.at < ctx.clock.now():
        raise UserError("That time has passed.", "Choose a later one.", "at")
    if not timedelta() < timedelta(minutes=new.minutes) <= _LONGEST:
        raise UserError("An appointment takes from a minute to four hours.", field="minutes")
    record(ctx, VisitReason, new.reason_id, "reason")
    _refuse_booked(ctx, new)
    made = Appointment(
        at=new.at,
        minutes=new.minutes,
        state=AppointmentState.BOOKED,
        reason_id=new.reason_id,
        desk_id=new.desk_id,
        with_officer_id=new.with_officer_id,
        name=name,
        person_id=new.person_id,
        account_id=new.account_id,
        made_by=ctx.officer.id,
        made_at=ctx.clock.now(),
        note=checked_text(ctx, new.note, "note", "note", _MOST_WORDS),
    )
    ctx.session.add(made)
    ctx.session.flush()
    return made.id


@requires(Permission.LOG_VISITS)
def came(ctx: Context, appointment_id: int) -> Changes:
    """Log whoever came for an appointment: they wait for the officer.

    Raises:
        UserError: it is over, or its account is one that the officer may not open.
    """
    row = record(ctx, Appointment, appointment_id, "appointment")
    new = NewVisit(row.reason_id, VisitKind.VISIT, row.name, row.account_id, row.person_id, row.desk_id)
    log(ctx, replace(new, appointment_id=appointment_id))
    return Changes(AREAS)


@requires(Permission.LOG_VISITS)
def call_off(ctx: Context, appointment_id: int, *, missed: bool = False) -> Changes:
    """Say that an appointment is cancelled, or that nobody came.

    Raises:
        UserError: they came, or it was called off already, or it is still to come and nobody can have missed it.
    """
    row = record(ctx, Appointment, appointment_id, "appointment")
    if row.state is not AppointmentState.BOOKED:
        raise UserError("This appointment is over.", "Look at it again.")
    if missed and row.at > ctx.clock.now():
        raise UserError("It is still to come.", "Cancel it instead.")
    row.state = AppointmentState.MISSED if missed else AppointmentState.CANCELLED
    ctx.session.flush()
    return Changes(AREAS)


def _came(ctx: Context, appointment_id: int, visit: Visit) -> None:
    row = record(ctx, Appointment, appointment_id, "appointment")
    if row.state is not AppointmentState.BOOKED:
        raise UserError("This appointment is over.", "Log them without it.", "appointment_id")
    row.state, row.visit_id = AppointmentState.CAME, visit.id
    ctx.session.flush()


def _call_back(ctx: Context, visit: Visit, new: EndVisit) -> int:
    on = new.call_back_on or ctx.clock.today()
    if on < ctx.clock.today():
        raise UserError("That day has passed.", "Choose today or a later one.", "call_back_on")
    about = (Subject.ACCOUNT, visit.account_id) if visit.account_id is not None else (Subject.VISIT, visit.id)
    officer_id = new.call_back_officer_id or ctx.officer.id
    details = f"{new.outcome.strip()} (visit {visit.number})"
    return add_task(ctx, NewTask("Call back", on, details, about[0], about[1], "call_back", officer_id=officer_id))


def _refuse_booked(ctx: Context, new: NewAppointment) -> None:
    if new.with_officer_id is None:
        return
    near = select(Appointment).where(
        Appointment.with_officer_id == new.with_officer_id,
        Appointment.state == AppointmentState.BOOKED,
        Appointment.at > new.at - _LONGEST,
        Appointment.at < new.at + timedelta(minutes=new.minutes),
    )
    if any(each.at + timedelta(minutes=each.minutes) > new.at for each in ctx.session.scalars(near)):
        raise UserError("They have another appointment then.", "Choose another time, or another officer.", "at")
