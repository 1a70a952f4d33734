"""What a recalculation proposes: the lines that are to be posted, and everything that submitting them does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from sqlalchemy import or_, select

from app.models.adjustments import Adjustment, AdjustmentLine
from app.models.values import Money
from app.services.adjustments import fixing, kinds
from app.services.adjustments.dto import NewAdjustment, ReasonRow
from app.services.adjustments.recalculating import rules
from app.services.adjustments.recalculating.dto import Proposal, Recalculation
from app.services.adjustments.recalculating.reading import Worked, charged_days
from app.services.benefits.keeping import live_kinds
from app.services.charges.elements.rules import amount_on
from app.services.charges.notices.rules import needs_notice
from app.services.core.context import Context
from app.services.core.effects import Effect

_DAY = timedelta(days=1)
_FEW = 5


def adjustment(ready: Worked, wanted: Recalculation) -> NewAdjustment:
    """A recalculation as an adjustment that can be kept and submitted."""
    return NewAdjustment(
        entry_key=wanted.entry_key,
        title=rules.title(wanted, ready.code.name),
        lines=rules.lines(wanted, ready.weeks),
        note=wanted.note,
    )


def reasons(ctx: Context) -> tuple[ReasonRow, ...]:
    """The reasons in use that fit a recalculation."""
    fitting = (each for each in kinds.reasons(ctx).values() if not each.kinds or rules.KIND in each.kinds)
    return tuple(each for each in fitting if each.active)


def proposal(ready: Worked, wanted: Recalculation, told: Iterable[Effect]) -> Proposal:
    """The weeks, the lines and what is told of them."""
    return Proposal(ready.weeks, rules.lines(wanted, ready.weeks), tuple(told))


def effects(ctx: Context, ready: Worked, wanted: Recalculation) -> Iterator[Effect]:
    """What putting it right means, beside what it comes to, what it does to the accounts and who approves it."""
    yield from _uncharged(ctx, ready, wanted)
    yield from _of_records(ready, wanted)
    yield from _of_notice(ready, wanted)
    tenancy = ready.tenancy.id
    for kind in live_kinds(ctx, (tenancy,)).get(tenancy, ()):
        name = kind.value.replace("_", " ").title()
        yield Effect("Benefits", f"{name} is claimed: a task asks to tell them of the change")
    yield from _others(ctx, wanted)


def of_weeks(ready: Worked) -> Iterator[Effect]:
    """What the weeks come to."""
    differing = [each for each in ready.weeks if each.difference]
    if not differing:
        yield Effect("Weeks charged already", "Nothing that was charged differs from this: there is nothing to post")
        return
    total = Money(sum(each.difference.pence for each in differing))
    weeks, of = len({each.week for each in differing}), len(ready.mondays)
    words = f"{weeks} of {of} {'week differs' if of == 1 else 'weeks differ'}, in all"
    yield Effect("Weeks charged already", words, after=total.dr_cr())
    tax = sum(each.difference.pence for each in differing if rules.is_vat(each.code))
    if tax:
        yield Effect("Weeks charged already", "The VAT in it", after=Money(tax).dr_cr())


def _uncharged(ctx: Context, ready: Worked, wanted: Recalculation) -> Iterator[Effect]:
    known = charged_days(ctx)
    if known is not None and wanted.from_on < known[0]:
        words = f"What was charged before {rules.said(known[0])} came with the balances and isn't known by week"
        yield Effect("Weeks charged already", f"{words}: put it right by a debit or a credit", warns=True)
    elif not ready.mondays:
        yield Effect("Weeks charged already", "No week of these days was charged", warns=True)


def _of_records(ready: Worked, wanted: Recalculation) -> Iterator[Effect]:
    for each in rules.spans(wanted.rates, wanted.to_on):
        assert each.span.last is not None
        before = amount_on(ready.before, each.span.first)
        words = f"{ready.code.name} a week from {rules.said(each.span.first)} to {rules.said(each.span.last)}"
        yield Effect("Recorded from now on", words, "nothing" if before is None else str(before), str(each.weekly))
    after = amount_on(ready.before, wanted.to_on + _DAY)
    ends = ready.tenancy.end_on is not None and ready.tenancy.end_on <= wanted.to_on
    if after is not None and after != wanted.rates[-1].weekly and not ends:
        words = f"From {rules.said(wanted.to_on + _DAY)} on {after} is charged, as recorded: is that right?"
        yield Effect("Recorded from now on", words, warns=True)


def _of_notice(ready: Worked, wanted: Recalculation) -> Iterator[Effect]:
    """A rent can't be raised for days that have gone by without a notice of it."""
    dearer = (
        needs_notice(ready.tenancy.tenure, amount_on(ready.before, rate.from_on), rate.weekly) for rate in wanted.rates
    )
    if any(dearer):
        words = "A higher rent is owed for days gone by only where notice of it was served then"
        yield Effect("Notice", f"{words} (Housing Act 1985 s.103): say in the note how it was", warns=True)


def _others(ctx: Context, wanted: Recalculation) -> Iterator[Effect]:
    """Other adjustments of the account for days in this time, which may put the same mistake right already."""
    rows = ctx.session.execute(
        select(Adjustment.number, Adjustment.title, Adjustment.state)
        .join(AdjustmentLine, AdjustmentLine.adjustment_id == Adjustment.id)
        .where(
            AdjustmentLine.account_id == wanted.account_id,
            Adjustment.state.in_(fixing.STANDING),
            or_(AdjustmentLine.from_on.is_(None), AdjustmentLine.from_on <= wanted.to_on),
            or_(AdjustmentLine.to_on.is_(None), AdjustmentLine.to_on >= wanted.from_on),
            AdjustmentLine.effective_on >= wanted.from_on,
            AdjustmentLine.effective_on <= wanted.to_on,
        )
        .distinct()
        .order_by(Adjustment.number.desc())
        .limit(_FEW)
    )
    for number, title, state in rows:
        yield Effect("For the same days", f"Adjustment {number}, {state.value}: {title}", warns=True)
