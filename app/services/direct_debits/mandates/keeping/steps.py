"""A mandate by its id, and each step that it takes."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import Date, insert, literal, null, select

from app.models.direct_debits.mandates import Mandate, MandateAccount, MandateStep
from app.models.values import MandateEvent, MandateState, ToldBy
from app.services.core import access
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.records import record
from app.services.direct_debits.mandates import ended
from app.services.direct_debits.mandates.rules import MOST_WORDS, STOPPED

AREAS: Final = frozenset({"direct_debits", "rent", "diary", "letters", "home"})
_SEEN: Final = frozenset(
    {MandateEvent.LODGED, MandateEvent.TRANSFERRED, MandateEvent.REINSTATED, MandateEvent.COLLECTED}
)
"""What the bank sees of a mandate: it begins the months after which it is dormant anew."""


def found(ctx: Context, mandate_id: int) -> Mandate:
    """A mandate by its id, if the officer may work on all accounts that it is on.

    Raises:
        UserError: there is none, or one of the accounts isn't theirs to work on.
    """
    row = record(ctx, Mandate, mandate_id, "mandate")
    access.touch(ctx, accounts_of(ctx, row))
    return row


def accounts_of(ctx: Context, mandate: Mandate) -> set[int]:
    """The accounts that a mandate is on and pays."""
    paid = select(MandateAccount.account_id).where(MandateAccount.mandate_id == mandate.id)
    return {mandate.account_id, *ctx.session.scalars(paid)}


def changes(ctx: Context, mandate: Mandate) -> Changes:
    """What a change of a mandate touches."""
    return Changes(AREAS, frozenset(accounts_of(ctx, mandate)))


def move(
    ctx: Context,
    mandate: Mandate,
    to_state: MandateState,
    event: MandateEvent,
    words: str = "",
    *,
    on: date | None = None,
    told_by: ToldBy = ToldBy.OFFICER,
    run_id: int | None = None,
    report_item_id: int | None = None,
) -> None:
    """Write a step of a mandate, on a day or today, and bring the row to it; the state may stay as it is.

    What plugs into `ended` is told when collecting stops or goes on again by it.
    """
    day = on or ctx.clock.today()
    was = None if event is MandateEvent.SET_UP else mandate.state
    if to_state is not was:
        mandate.state, mandate.state_on = to_state, day
    if to_state is not was or event is MandateEvent.SUSPENDED:
        mandate.state_why = words[:MOST_WORDS] if to_state in STOPPED else ""
    if to_state is not MandateState.SUSPENDED:
        mandate.resume_on = None
    if event in _SEEN:
        mandate.last_bank_on = max(day, mandate.last_bank_on or day)
    if event is MandateEvent.COLLECTED and mandate.first_collected_on is None:
        mandate.first_collected_on = day
    step = MandateStep(mandate_id=mandate.id, event=event, from_state=was, to_state=to_state, effective_on=day)
    step.told_by, step.words, step.run_id, step.report_item_id = told_by, words[:MOST_WORDS], run_id, report_item_id
    step.officer_id, step.recorded_at = ctx.officer.id, ctx.clock.now()
    ctx.session.add(step)
    ctx.session.flush()
    if was is not None and to_state is not was and (was in STOPPED or to_state in STOPPED):
        ended.tell(ctx, [ended.Turned(mandate.id, mandate.account_id, was, to_state, words)])


def said(ctx: Context, typed: str, what: str, field: str = "reason", most: int = MOST_WORDS) -> str:
    """A reason as it is kept.

    Raises:
        UserError: none is given, it is long, or it holds a card number.
    """
    words = " ".join(typed.split())
    if not words or len(words) > most:
        raise UserError(f"Say why it is {what}, in up to {most} characters.", field=field)
    refuse_card_number(ctx, words, "reason", field)
    return words


def insert_steps(
    ctx: Context,
    where: tuple[object, ...],
    to_state: MandateState | None,
    event: MandateEvent,
    on: date,
    told_by: ToldBy,
    run_id: int | None = None,
    report_item_id: int | None = None,
) -> None:
    """One step of each of some mandates; None leaves their state as it is."""
    table = MandateStep.__table__.c
    rows = select(
        Mandate.id,
        literal(event, table.event.type),
        Mandate.state,
        Mandate.state if to_state is None else literal(to_state, table.to_state.type),
        literal(on, Date),
        literal(told_by, table.told_by.type),
        literal("", table.words.type),
        null() if run_id is None else literal(run_id, table.run_id.type),
        null() if report_item_id is None else literal(report_item_id, table.report_item_id.type),
        literal(ctx.officer.id, table.officer_id.type),
        literal(ctx.clock.now(), table.recorded_at.type),
    ).where(*where)  # type: ignore[arg-type]
    names = (
        "mandate_id",
        "event",
        "from_state",
        "to_state",
        "effective_on",
        "told_by",
        "words",
        "run_id",
        "report_item_id",
        "officer_id",
        "recorded_at",
    )
    ctx.session.execute(insert(MandateStep).from_select(names, rows.order_by(Mandate.id)))


def in_bulk(ctx: Context, statement: object) -> None:
    """Run a set-based change without looking at what is loaded."""
    ctx.session.execute(statement.execution_options(synchronize_session=False))  # type: ignore[attr-defined]
