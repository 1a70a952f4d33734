"""Ending a tenancy as a part of something else, for commands that have asked for a permission of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.models.accounts import Account
from app.models.endings import Ending
from app.models.values import ZERO, EndReason, Money, VoidReason
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.diary.keeping import written
from app.services.ledger.queries import newest_journal
from app.services.tenancies import keeping
from app.services.tenancies.endings import finishing, noting, reading, settling
from app.services.tenancies.endings.dto import Carry, EndingSaved, Finish, NoteEnding
from app.services.tenancies.endings.noting import NOTHING, Follows


@dataclass(frozen=True, slots=True)
class EndHere:
    """A tenancy that ends because of a transfer, an exchange, a succession, a death or a sale.

    Attributes:
        ends_on: its last day.
        void: why the property is empty from the next day; None where somebody else holds it then.
        former: its balance goes to a former tenant's account; else it stays where it is.
        garages: tenancies of garages that end with it.
        arrangements: whether repayment arrangements end, or go on for what is left.
        excused: why there was no notice, or no keys came back.
    """

    tenancy_id: int
    reason: EndReason
    ends_on: date
    void: VoidReason | None = VoidReason.TO_LET
    former: bool = True
    garages: tuple[int, ...] = ()
    arrangements: Carry = Carry.END
    excused: str = "The last day follows from what else was done"
    contact_name: str = ""
    contact_details: str = ""
    forwarding_address: str = ""


def end_here(ctx: Context, wanted: EndHere, follows: Follows = NOTHING) -> EndingSaved:
    """End a tenancy on a day that is known; what was charged beyond it is credited. No closing letter is written.

    Raises:
        UserError: it has ended, the day is before its first or too far off, or the officer may not work on it.
    """
    noted = noting.note(
        ctx,
        NoteEnding(
            wanted.tenancy_id,
            wanted.reason,
            agreed_on=wanted.ends_on,
            excused=wanted.excused,
            garages=wanted.garages,
            contact_name=wanted.contact_name,
            contact_details=wanted.contact_details,
            forwarding_address=wanted.forwarding_address,
        ),
        follows=follows,
    )
    how = Finish(void=wanted.void, arrangements=wanted.arrangements, statement=False)
    done = finishing.finish(ctx, noted.ending, how, former=wanted.former)
    ending = done.ending
    return EndingSaved(
        ending.id,
        ending.version,
        ending.state,
        ending.ends_on,
        Changes(frozenset({"rent", "ledger", "tenancies"})),
        ending.former_account_id,
        Money(done.former.balance_pence) if done.former else ZERO,
        noted.posted.journal if noted.posted else None,
        f"The tenancy ended on {written(ending.ends_on)}.",
    )


def carry_rest(ctx: Context, ending: Ending) -> Account | None:
    """Move what stands on the account of an ended tenancy to its former tenant's account, once more; None for nothing.

    Whoever posts to an account whose tenancy has ended calls this after; charges that are put right are moved by themselves.

    Raises:
        UserError: the officer may not work on an account.
    """
    reading.case(ctx, ending.tenancy_id)
    return carry_on(ctx, ending)


def carry_on(ctx: Context, ending: Ending) -> Account | None:
    """As `carry_rest`, for whoever has changed the account already and so was allowed to."""
    account = keeping.main_account(ctx, ending.tenancy_id)
    former = ctx.session.get(Account, ending.former_account_id or 0)
    ctx.session.refresh(account)
    if former is None or not account.balance_pence:
        return None
    on = settling.carried_on(ctx, account, ending.ends_on)
    why = f"Tenancy {keeping.tenancy(ctx, ending.tenancy_id).ref} ended on {written(ending.ends_on)}"
    newest = newest_journal(ctx, account.id)
    settling.carry(ctx, account, former, on, why, f"former:{ending.id}:after {newest}")
    return former
