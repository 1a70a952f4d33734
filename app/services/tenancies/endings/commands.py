"""Noting an ending, finishing it, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.models.endings import STANDING, Ending
from app.models.values import ZERO, EndingState, Money
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import ChangedMeanwhile, UserError
from app.services.core.permissions import Permission, requires
from app.services.core.versions import refuse_old
from app.services.diary.keeping import checked_text, written
from app.services.tenancies.endings import bulk, confirming, finishing, keeping, noting, reading, undoing
from app.services.tenancies.endings.bulk import BulkDone, BulkLine, BulkRow
from app.services.tenancies.endings.dto import EndingSaved, NoteEnding, TakeBack
from app.services.tenancies.many import do_rows

AREAS: Final = frozenset({"rent", "ledger", "charges", "diary", "documents", "letters", "tenancies"})
_LONGEST: Final = 400


@requires(Permission.KEEP_TENANCIES)
def save(ctx: Context, wanted: NoteEnding) -> EndingSaved:
    """Note an ending, and where it says so end the tenancy at once: all of it is saved, or nothing.

    The tenancy lasts to the day that comes out of the notice, the keys and the policy. Weeks that were charged beyond it are
    credited, weeks that late keys add are charged, and a property that was empty after all is charged to the void.

    Raises:
        UserError: something about it can't be taken; it was noted, changed or finished by somebody else meanwhile; a week up
            to the end hasn't been charged yet; or the officer may not work on an account.
    """
    noted = noting.note(ctx, wanted)
    ending = noted.ending
    if wanted.finish is None:
        told = f"The tenancy ends on {written(ending.ends_on)}."
        fault = confirming.confirm(ctx, noted.found, ending) if wanted.letter else ""
        return _saved(ctx, ending, told=f"{told} No letter was written: {fault}" if fault else told)
    done = finishing.finish(ctx, ending, wanted.finish)
    assert done.former is not None
    told = f"The tenancy ended on {written(ending.ends_on)}; {done.former.payment_reference} is the former tenant's account."
    return _saved(ctx, ending, balance=Money(done.former.balance_pence), told=told)


@requires(Permission.KEEP_TENANCIES)
def save_many(ctx: Context, rows: Sequence[BulkRow], *, keep: bool) -> BulkDone:
    """Note, and where they say so finish, the endings of a spreadsheet: all of them, or none where any row is wrong.

    `keep`: save them; else nothing is kept, and what would become of each is told.
    """

    def does(row: BulkRow) -> BulkLine:
        return BulkLine(row.row, row.reference, save(ctx, bulk.wanted_of(ctx, row)))

    return do_rows(ctx, rows, does, bulk.problems_of, "Ending tenancies", keep=keep, areas=AREAS)


@requires(Permission.KEEP_TENANCIES)
def take_back(ctx: Context, wanted: TakeBack) -> EndingSaved:
    """Withdraw a notice, or reverse an ending: the tenancy goes on as if it had never been.

    Raises:
        UserError: no reason is given, it was taken back or changed by somebody else meanwhile, or the property is let again.
    """
    reason = checked_text(ctx, wanted.reason, "reason", "reason", _LONGEST)
    if not reason:
        raise UserError("Say why it is taken back.", "Such as 'notice withdrawn by letter', 'wrong account'.", "reason")
    ending = reading.ending(ctx, wanted.ending_id)
    if ending.state not in STANDING:
        raise ChangedMeanwhile("This ending has been taken back already.", "Open the account again.")
    refuse_old(ending.version, wanted.version)
    if ending.with_id is not None:
        raise UserError(
            "This garage ends with the home that it goes with.",
            "Take it out of the home's ending, or take that one back.",
        )
    if ending.state is EndingState.NOTICE:
        noting.withdraw(ctx, ending, reason)
        return _saved(ctx, ending, told="The notice is withdrawn: the tenancy goes on.")
    undoing.reverse(ctx, ending, reason)
    return _saved(ctx, ending, told="The ending is reversed: the tenancy goes on.")


@requires(Permission.KEEP_TENANCIES)
def carry_over(ctx: Context, ending_id: int) -> EndingSaved:
    """Move what has come onto the rent account since the end to the former tenant's account: benefit taken back, late receipts.

    Raises:
        UserError: the tenancy hasn't ended, nothing stands on the account, or the officer may not work on it.
    """
    ending = reading.ending(ctx, ending_id)
    if ending.state is not EndingState.ENDED or ending.former_account_id is None:
        raise UserError("That tenancy has no former tenant's account.", "Finish its ending first.")
    former = keeping.carry_rest(ctx, ending)
    if former is None:
        raise UserError("Nothing stands on the rent account.", "Look at the list again.")
    told = f"{former.payment_reference} stands at {Money(former.balance_pence).dr_cr()} now."
    return _saved(ctx, ending, balance=Money(former.balance_pence), told=told)


def _saved(ctx: Context, ending: Ending, *, told: str, balance: Money = ZERO) -> EndingSaved:
    ctx.session.flush()
    return EndingSaved(
        ending_id=ending.id,
        version=ending.version,
        state=ending.state,
        ends_on=ending.ends_on,
        changes=Changes(AREAS),
        former_account_id=ending.former_account_id if ending.state is EndingState.ENDED else None,
        balance=balance,
        journal=ending.journal,
        told=told,
    )
