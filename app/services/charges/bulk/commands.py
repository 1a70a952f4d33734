"""Rehearsing, giving notice of, applying and cancelling bulk changes."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Unicode, insert, literal, select

from app.models.charges import RentNotice
from app.models.letters import LetterBatchItem
from app.models.values import ChargeChangeState
from app.services.charges.bulk import keeping, requests
from app.services.charges.bulk.dto import Applied, Apply, ChangeDetail, NewChange
from app.services.charges.bulk.queries import detail
from app.services.charges.notices import keeping as notices
from app.services.charges.weeks import number
from app.services.core import audit
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.permissions import Permission, requires

_SECOND_PERSON = "charges.bulk_change_needs_second_person"


@requires(Permission.CHANGE_CHARGES)
def rehearse(ctx: Context, new: NewChange) -> int:
    """Work out a bulk change and keep its difference list; returns it. Nobody's charge is touched.

    Raises:
        UserError: a field won't do, a row of the spreadsheet is wrong, or nothing would change.
    """
    return keeping.rehearse(ctx, new).id


@requires(Permission.CHANGE_CHARGES)
def try_out(ctx: Context, new: NewChange) -> ChangeDetail:
    """What a bulk change would be; nothing of it is kept.

    Raises:
        UserError: as `rehearse`.
    """
    trial = ctx.session.begin_nested()
    found = detail(ctx, keeping.rehearse(ctx, new).id)
    trial.rollback()
    return found


@requires(Permission.CHANGE_CHARGES)
def cancel(ctx: Context, change_id: int) -> Changes:
    """Give up a bulk change that wasn't applied; letters that were made stay where they are.

    Raises:
        UserError: it was applied or cancelled.
    """
    keeping.open_change(ctx, change_id).state = ChargeChangeState.CANCELLED
    ctx.session.flush()
    return Changes(keeping.AREAS)


@requires(Permission.CHANGE_CHARGES)
def begin_notice(ctx: Context, change_id: int) -> tuple[int, ...]:
    """Begin to give notice of a bulk change: its letters say what it will be from now on; returns its accounts.

    Raises:
        UserError: it was applied or cancelled.
    """
    change = keeping.open_change(ctx, change_id)
    change.state = ChargeChangeState.NOTICED
    ctx.session.flush()
    return tuple(keeping.accounts_of(ctx, change))


@requires(Permission.CHANGE_CHARGES)
def note_notice(ctx: Context, change_id: int, batch_id: int, letter_date: date) -> date:
    """Keep that notice was given by a batch of letters; returns the day it counts as served."""
    change = keeping.open_change(ctx, change_id)
    served = notices.terms(ctx, ctx.clock.today()).served(letter_date)
    change.served_on, change.batch_id = served, batch_id
    known = select(RentNotice.letter_id).where(RentNotice.change_id == change_id, RentNotice.letter_id.is_not(None))
    facts = {
        "change_id": number(change.id),
        "effective_on": literal(change.effective_on),
        "served_on": literal(served),
        "excuse": literal("", Unicode(400)),
        "made_at": literal(ctx.clock.now(), RentNotice.made_at.type),
        "made_by": number(ctx.officer.id),
    }
    made = select(LetterBatchItem.account_id, LetterBatchItem.outgoing_id, *facts.values()).where(
        LetterBatchItem.batch_id == batch_id,
        LetterBatchItem.outgoing_id.is_not(None),
        LetterBatchItem.outgoing_id.not_in(known),
    )
    ctx.session.execute(insert(RentNotice).from_select(["account_id", "letter_id", *facts], made))
    audit.record_bulk(ctx, RentNotice.__tablename__, "insert", change=change.id, batch=batch_id)
    ctx.session.flush()
    return served


@requires(Permission.CHANGE_CHARGES)
def apply(ctx: Context, wanted: Apply) -> Applied:
    """Apply a bulk change, or ask for it to be approved where the office wants a second officer.

    Raises:
        UserError: charges moved since it was rehearsed, accounts without a notice in time are neither excused nor left
            out, or it needs a second officer and the office has one.
    """
    change = keeping.open_change(ctx, wanted.change_id)
    if ctx.policy.value(_SECOND_PERSON, ctx.clock.today()) == "no":
        return keeping.apply(ctx, wanted)
    keeping.refuse_unready(ctx, change, wanted)
    request = requests.ask(ctx, change, wanted)
    return Applied(change.id, change.lines, Changes(keeping.AREAS | {"approvals"}), request_id=request)
