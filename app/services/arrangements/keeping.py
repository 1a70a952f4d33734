"""Making arrangements, for commands of other services that have asked for a permission of their own."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select

from app.models.arrangements import Arrangement, ArrangementDebt
from app.models.values import ArrangementState, Subject
from app.services.arrangements import letters, rules, telling
from app.services.arrangements.dto import ArrangementSaved, NewArrangement
from app.services.arrangements.queries import form
from app.services.core import access
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import ChangedMeanwhile
from app.services.diary import keeping as diary

AREAS: Final = frozenset({"rent", "arrangements", "diary"})
BROKEN: Final = "arrangement_broken"
"""The kind of task that a broken arrangement asks for a call by."""
LONGEST: Final = 400


def agree(ctx: Context, new: NewArrangement) -> ArrangementSaved:
    """What `commands.make` does.

    Raises:
        UserError: as `commands.make`.
    """
    shown = form(ctx, new.account_id)
    accounts = telling.covered(shown, new)
    access.touch(ctx, {new.account_id, *accounts})
    note = diary.checked_text(ctx, new.note, "note", "note", LONGEST)
    plan = telling.agreed(shown, new)
    _replace(ctx, new)
    made = Arrangement(
        account_id=new.account_id,
        amount_pence=new.amount.pence,
        frequency=new.every,
        first_pence=new.first.pence if new.first else None,
        debt_pence=plan.debt.pence,
        direct_debit=new.direct_debit,
        agreed_on=ctx.clock.today(),
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        state=ArrangementState.LIVE,
        made_at=ctx.clock.now(),
        made_by=ctx.officer.id,
        note=note,
    )
    ctx.session.add(made)
    ctx.session.flush()
    owed = {row.account_id: row.owed.pence for row in shown.debts}
    ctx.session.add_all(
        [ArrangementDebt(arrangement_id=made.id, account_id=each, pence=owed[each]) for each in sorted(accounts)]
    )
    diary.finish_for(ctx, Subject.ACCOUNT, new.account_id, BROKEN, "A new arrangement was made")
    ctx.session.flush()
    told = f"Arrangement made: {rules.words_of(plan)}."
    if new.letter:
        told += f" {letters.confirm(ctx, made, plan)}"
    return ArrangementSaved(made.id, new.account_id, told, Changes(AREAS | {"letters"}, frozenset(accounts)))


def _replace(ctx: Context, new: NewArrangement) -> None:
    """The arrangement in force is cancelled; one that the officer hadn't seen is told of first."""
    statement = select(Arrangement).where(
        Arrangement.account_id == new.account_id, Arrangement.state == ArrangementState.LIVE
    )
    for row in ctx.session.scalars(statement).all():
        runs = row.debt_pence is not None or row.ends_on is None or row.ends_on >= ctx.clock.today()
        if runs and (row.id != new.replaces or row.version != new.version):
            raise ChangedMeanwhile(
                "There is an arrangement on this account that the sheet doesn't show; nothing was saved.",
                "Close the sheet and open it again.",
            )
        close(ctx, row, ArrangementState.CANCELLED, "A new arrangement took its place")


def close(ctx: Context, row: Arrangement, state: ArrangementState, reason: str) -> None:
    """End an arrangement in a state, today, with the reason."""
    row.state, row.state_on, row.state_reason = state, ctx.clock.today(), reason[:LONGEST]
