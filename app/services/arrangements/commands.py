"""Making and ending arrangements, and the daily test of all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select

from app.models.accounts import Account
from app.models.arrangements import Arrangement
from app.models.officers import Officer
from app.models.values import ArrangementState, Money, Stop, Subject
from app.services.arrangements import keeping, reading, rules
from app.services.arrangements.dto import (
    ArrangementSaved,
    EndArrangement,
    Kept,
    NewArrangement,
    Progress,
    Tested,
)
from app.services.core import access
from app.services.core.changes import Changes
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import ChangedMeanwhile, UserError
from app.services.core.permissions import Permission, requires
from app.services.diary import keeping as diary
from app.services.diary.dto import NewTask
from app.services.holds.queries import stops

_SOON: Final = 1


@requires(Permission.KEEP_ARRANGEMENTS)
def make(ctx: Context, new: NewArrangement) -> ArrangementSaved:
    """Agree an arrangement: its end is worked out, it takes the place of the one in force, and a letter confirms it.

    Raises:
        UserError: nothing is owed, the instalment never clears the debt, its first day won't do, another arrangement was
            made meanwhile, or an account isn't theirs to work on.
    """
    return keeping.agree(ctx, new)


@requires(Permission.KEEP_ARRANGEMENTS)
def end(ctx: Context, wanted: EndArrangement) -> ArrangementSaved:
    """Cancel an arrangement, with the reason.

    Raises:
        UserError: it has ended already, somebody changed it meanwhile, no reason is given, or the account isn't theirs.
    """
    row = _current(ctx, wanted.arrangement_id, wanted.version)
    access.touch(ctx, {row.account_id})
    reason = diary.checked_text(ctx, wanted.reason, "reason", "reason", keeping.LONGEST)
    if not reason:
        raise UserError("Say why it is cancelled.", "It stays on the history of the account.", "reason")
    keeping.close(ctx, row, ArrangementState.CANCELLED, reason)
    diary.finish_for(ctx, Subject.ACCOUNT, row.account_id, keeping.BROKEN, "The arrangement was cancelled")
    ctx.session.flush()
    told = f"The arrangement of {Money(row.amount_pence)} {rules.EVERY[row.frequency]} is cancelled."
    return ArrangementSaved(row.id, row.account_id, told, Changes(keeping.AREAS, frozenset({row.account_id})))


@requires(Permission.KEEP_TASKS)
def test_all(ctx: Context) -> Tested:
    """Test every arrangement in force: what is paid off is completed, what is broken by the policy is so and asks for a call.

    While a hold stops what is collected of arrears, nothing is broken. Done daily, by whoever opens Rentbook first or by a scheduled job; done twice it changes nothing more.
    """
    rows = ctx.session.scalars(select(Arrangement).where(Arrangement.state == ArrangementState.LIVE)).all()
    progress = reading.measured(ctx, rows)
    stopped = stops(ctx, None, Stop.ARREARS_COLLECTION)
    broken = [row for row in rows if progress[row.id].kept is Kept.BROKEN and row.account_id not in stopped]
    done = [row for row in rows if progress[row.id].kept is Kept.COMPLETED]
    for row in done:
        keeping.close(ctx, row, ArrangementState.COMPLETED, "The debt is paid off")
    for row in broken:
        keeping.close(ctx, row, ArrangementState.BROKEN, _broken_words(progress[row.id]))
    _ask_for_calls(ctx, broken, progress)
    ctx.session.flush()
    touched = frozenset(row.account_id for row in (*broken, *done))
    behind = sum(each.kept is Kept.BEHIND for each in progress.values())
    live = len(rows) - len(touched)
    return Tested(live, behind, len(broken), len(done), Changes(keeping.AREAS if touched else frozenset(), touched))


def _broken_words(progress: Progress) -> str:
    """Why an arrangement is broken, as a sentence."""
    assert progress.tested_on is not None
    paid = progress.paid
    said = f"{paid} was paid off" if paid.pence >= 0 else f"the debt has grown by {abs(paid)}"
    return f"{progress.short} behind: {progress.due} was due by {diary.written(progress.tested_on)}, {said}"


def _ask_for_calls(ctx: Context, broken: Sequence[Arrangement], progress: dict[int, Progress]) -> None:
    if not broken:
        return
    active = set(ctx.session.scalars(select(Officer.id).where(Officer.active)))
    due = diary.due_in(ctx, _SOON)
    references = _references(ctx, sorted({row.account_id for row in broken}))
    for row in broken:
        reference = references.get(row.account_id) or f"account {row.account_id}"
        task = NewTask(
            f"The arrangement of {reference} is broken: get in touch",
            due,
            f"{_broken_words(progress[row.id])}. Ask what happened, and agree what can be kept.",
            Subject.ACCOUNT,
            row.account_id,
            keeping.BROKEN,
            officer_id=row.made_by if row.made_by in active else None,
        )
        diary.add_task(ctx, task)


def _references(ctx: Context, account_ids: Sequence[int]) -> dict[int, str | None]:
    found: dict[int, str | None] = {}
    for chunk in in_chunks(account_ids):
        statement = select(Account.id, Account.payment_reference).where(Account.id.in_(chunk))
        found.update((row[0], row[1]) for row in ctx.session.execute(statement))
    return found


def _current(ctx: Context, arrangement_id: int, version: int) -> Arrangement:
    row = ctx.session.get(Arrangement, arrangement_id)
    if row is None or row.state not in {ArrangementState.LIVE, ArrangementState.BROKEN}:
        raise UserError("This arrangement has ended already.", "Look at the account again.")
    if row.version != version:
        raise ChangedMeanwhile(
            "Somebody else changed this arrangement while you had it open; nothing was saved.",
            "Close the sheet and open it again.",
        )
    return row
