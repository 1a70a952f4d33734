"""Adding, changing and ending charges from a day."""

from __future__ import annotations

from dataclasses import replace

from app.models.properties import Property
from app.services.charges.elements import keeping, requests
from app.services.charges.elements.checking import amount_faults, charge_code
from app.services.charges.elements.dto import ChargeSet, RentNoticeWanted, SetCharge, SetPropertyCharge
from app.services.charges.notices import keeping as notices
from app.services.core import access
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError, UserErrors
from app.services.core.permissions import Permission, requires


@requires(Permission.CHANGE_CHARGES)
def set_charge(ctx: Context, new: SetCharge) -> ChargeSet:
    """Set what a code costs an account from a day on; weeks charged already are put right by an adjustment.

    An adjustment above the officer's limit makes the whole of it a request: nothing is changed until it is approved.

    Raises:
        UserError: a field won't do, a dearer charge has no notice in time and no excuse, the account isn't theirs to work
            on, or it needs a second officer and the office has one.
    """
    new = replace(new, code=new.code.strip().upper())
    access.touch(ctx, (new.account_id,))
    ready = keeping.plan(ctx, new)
    keeping.refuse_without_notice(new, ready)
    if not ready.over_limit:
        return keeping.carry_out(ctx, new, ready)
    request = requests.ask(ctx, new, ready)
    told = f"Asked for approval, as request {request}: nothing has changed yet. {ready.over_limit}"
    return ChargeSet(new.account_id, told, Changes(frozenset({"approvals"})), request_id=request)


@requires(Permission.CHANGE_CHARGES)
def set_property_charge(ctx: Context, new: SetPropertyCharge) -> Changes:
    """Set what a property is let at from a day on: proposed when it is next let; nobody who lives there is charged more.

    Raises:
        UserError: there is no such property, or a field won't do.
    """
    if ctx.session.get(Property, new.property_id) is None:
        raise UserError("There is no such property.", "Find it again.")
    code = charge_code(ctx, new.code)
    faults = list(amount_faults(code, new.weekly))
    if new.to_on is not None and new.to_on < new.from_on:
        faults.append(UserError("The last day is before the first.", "Type a later one.", "to_on"))
    if faults:
        raise UserErrors(faults)
    keeping.set_property(ctx, new.property_id, SetCharge(0, code.code, new.weekly, new.from_on, new.to_on))
    return Changes(frozenset({"rent", "charges"}))


@requires(Permission.CHANGE_CHARGES)
def give_rent_notice(ctx: Context, wanted: RentNoticeWanted) -> notices.Given:
    """Make a rent notice on demand: of the next change of the account's charges, or without one of those in force.

    Raises:
        UserError: nothing is charged to it, the words hold a card number, or the account isn't theirs to work on.
    """
    access.touch(ctx, (wanted.account_id,))
    refuse_card_number(ctx, wanted.why, "explanation", "why")
    effective_on = notices.next_change(ctx, wanted.account_id)
    return notices.give(ctx, wanted.account_id, effective_on, why=wanted.why.strip())
