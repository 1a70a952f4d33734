"""Changes of budgets, asked for and posted: a virement moves money between codes, a revision gives or takes it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import insert, select

from app.models.purchase_orders.budgets import BudgetMove, BudgetMoveLine
from app.models.values import BudgetKind, BudgetMoveKind, BudgetMoveState, Money, Subject
from app.services.approvals import keeping as approvals
from app.services.approvals.dto import NewRequest
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.effects import Effect
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.ledger import numbering
from app.services.purchase_orders.budgets import keeping, rules
from app.services.purchase_orders.budgets.dto import AREAS, MOVES, NewMove, Saved
from app.services.purchase_orders.budgets.sql import BUDGET, CENTRE, CODE, GIVEN, LEFT

KIND: Final = "budget_move"
CHANGES: Final = Changes(AREAS | {"approvals"})
LINES: Final[Any] = BudgetMoveLine.__table__
_LONGEST: Final = 400
_MOST_LINES: Final = 5_000


def spelt(number: int) -> str:
    """The number of a change as it is written: `BM00012`."""
    return f"BM{number:05}"


@requires(Permission.KEEP_BUDGETS)
def ask(ctx: Context, new: NewMove) -> Saved:
    """Ask a second officer, whose limit covers it, for a change of budgets; the same `entry_key` again asks nothing more.

    Raises:
        UserError: no line, a line of nothing or a code twice; a virement that doesn't come to nothing; codes of another year;
            no reason; or the office has one officer.
    """
    there = ctx.session.scalars(select(BudgetMove).where(BudgetMove.entry_key == new.entry_key)).one_or_none()
    if there is not None:
        return Saved(there.id, f"{spelt(there.number)} is asked for already.", CHANGES)
    approvals.refuse_alone(ctx)
    _check(ctx, new)
    row = BudgetMove(
        number=numbering.take(ctx, "budget_move"),
        entry_key=new.entry_key,
        kind=new.kind,
        state=BudgetMoveState.WAITING,
        year=new.year,
        reason=" ".join(new.reason.split()),
        made_by=ctx.officer.id,
        made_at=ctx.clock.now(),
    )
    ctx.session.add(row)
    ctx.session.flush()
    lines = [{"move_id": row.id, "budget_id": budget_id, "pence": amount.pence} for budget_id, amount in new.lines]
    ctx.session.execute(insert(LINES), lines)
    row.request_id = approvals.ask(ctx, _request(row, new))
    ctx.session.flush()
    return Saved(row.id, f"{MOVES[new.kind]} {spelt(row.number)} waits for a second officer.", CHANGES)


def _request(row: BudgetMove, new: NewMove) -> NewRequest:
    given = sum(amount.pence for _, amount in new.lines if amount.pence > 0)
    taken = -sum(amount.pence for _, amount in new.lines if amount.pence < 0)
    total = Money(max(given, taken))
    return NewRequest(
        kind=KIND,
        subject=Subject.BUDGET_MOVE,
        subject_id=row.id,
        summary=f"{MOVES[new.kind]} {spelt(row.number)} of {total} in {rules.spelt_year(new.year)}",
        reason=row.reason,
        payload={"move_id": row.id},
        total=total,
        largest=Money(max(abs(amount.pence) for _, amount in new.lines)),
        count=len(new.lines),
    )


def preview(ctx: Context, new: NewMove) -> tuple[Effect, ...]:
    """What a change would do to each code, and which it would leave overspent; nothing is changed."""
    told: list[Effect] = []
    amounts = {budget_id: amount.pence for budget_id, amount in new.lines}
    for row in _codes(ctx, amounts):
        after = row.left + amounts[row.id]
        code = f"{rules.spelt_code(row.code, row.subjective)} {row.name}"
        left = f"{code}: {_left(after)}"
        told.append(
            Effect("Budgets", left, str(Money(row.given)), str(Money(row.given + amounts[row.id])), warns=after < 0)
        )
    off = sum(amounts.values())
    if new.kind is BudgetMoveKind.VIREMENT and off:
        told.append(
            Effect("Virement", f"It is out by {abs(Money(off))}: what is given and taken must agree.", warns=True)
        )
    elif off:
        does = "gives" if off > 0 else "takes"
        told.append(Effect("Revision", f"It {does} {abs(Money(off))} in all."))
    if not told:
        told.append(Effect("Budgets", "Choose codes, and what each is given or gives up."))
    return tuple(told)


def give(ctx: Context, given: Mapping[int, int], year: int) -> None:
    """Write original budgets into the book, in pence: of the first day of their year."""
    on = rules.first_day(year)
    keeping.post(
        ctx,
        (
            keeping.entry(ctx, budget_id, BudgetKind.ORIGINAL, pence, on, (Subject.BUDGET, budget_id))
            | {"words": f"Original budget of {rules.spelt_year(year)}"}
            for budget_id, pence in given.items()
        ),
    )


def post(ctx: Context, row: BudgetMove) -> None:
    """Write a change that was approved into the book."""
    today = ctx.clock.today()
    row.state, row.posted_by, row.posted_on = BudgetMoveState.POSTED, ctx.officer.id, today
    if row.kind is BudgetMoveKind.ORIGINAL:
        asked = ctx.session.execute(select(LINES.c.budget_id, LINES.c.pence).where(LINES.c.move_id == row.id)).all()
        give(ctx, {line.budget_id: line.pence for line in asked}, row.year)
        return
    on = min(max(today, rules.first_day(row.year)), rules.last_day(row.year))
    about = (Subject.BUDGET_MOVE, row.id)
    lines = ctx.session.execute(select(LINES.c.budget_id, LINES.c.pence).where(LINES.c.move_id == row.id)).all()
    words = f"{MOVES[row.kind]} {spelt(row.number)}: {row.reason}"[:200]
    keeping.post(
        ctx,
        (
            keeping.entry(ctx, line.budget_id, BudgetKind.REVISED, line.pence, on, about) | {"words": words}
            for line in lines
        ),
    )
    ctx.session.flush()


def _left(pence: int) -> str:
    return f"{Money(-pence)} over" if pence < 0 else f"{Money(pence)} left"


def _codes(ctx: Context, amounts: dict[int, int]) -> list[Any]:
    found: list[Any] = []
    for chunk in in_chunks(sorted(amounts)):
        rows = (
            select(
                BUDGET.c.id,
                BUDGET.c.year,
                CENTRE.c.code,
                CODE.c.code.label("subjective"),
                CODE.c.name,
                GIVEN.label("given"),
                LEFT.label("left"),
            )
            .join(CENTRE, CENTRE.c.id == BUDGET.c.cost_centre_id)
            .join(CODE, CODE.c.id == BUDGET.c.subjective_id)
            .where(BUDGET.c.id.in_(chunk))
        )
        found += ctx.session.execute(rows).all()
    return sorted(found, key=lambda row: (row.code, row.subjective))


def _check(ctx: Context, new: NewMove) -> None:
    if not new.lines:
        raise UserError("Choose codes, and what each is given or gives up.", field="lines")
    if len(new.lines) > _MOST_LINES:
        raise UserError(f"A change has at most {_MOST_LINES:,} codes.", "Ask for it in parts.", "lines")
    if any(not amount for _, amount in new.lines):
        raise UserError("A code is given or gives up something: leave out those with nothing.", field="lines")
    found = _codes(ctx, {budget_id: amount.pence for budget_id, amount in new.lines})
    _check_codes(new, found)
    off = sum(amount.pence for _, amount in new.lines)
    if new.kind is BudgetMoveKind.VIREMENT and off:
        raise UserError(
            f"The virement is out by {abs(Money(off))}.", "What is given and what is taken must agree.", "lines"
        )
    reason = " ".join(new.reason.split())
    if not reason:
        raise UserError("Say why, for the officer who decides.", field="reason")
    if len(reason) > _LONGEST:
        raise UserError(f"The reason has over {_LONGEST} characters.", "Shorten it.", "reason")
    refuse_card_number(ctx, reason, "reason", "reason")


def _check_codes(new: NewMove, found: list[Any]) -> None:
    """Each code once, of the year, and not given less than nothing."""
    codes = {row.id: rules.spelt_code(row.code, row.subjective) for row in found}
    twice = [budget_id for budget_id, count in Counter(each for each, _ in new.lines).items() if count > 1]
    if twice:
        raise UserError(f"{codes.get(twice[0], 'A code')} is there twice.", "Put both in one.", "lines")
    if len(found) != len(new.lines) or any(row.year != new.year for row in found):
        raise UserError(f"A change is of budgets of {rules.spelt_year(new.year)} alone.", "Look again.", "lines")
    amounts = dict(new.lines)
    for row in found:
        if row.given + amounts[row.id].pence < 0:
            raise UserError(f"{codes[row.id]} has {Money(row.given)}: it can't give up more.", field="lines")
