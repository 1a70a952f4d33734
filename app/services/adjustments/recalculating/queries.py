"""What the sheet of a recalculation asks: what it begins with, and the weeks worked out as it is typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from app.services.adjustments import previewing
from app.services.adjustments.dto import Preview
from app.services.adjustments.recalculating import proposing
from app.services.adjustments.recalculating.dto import Proposal, Recalculation, RecalculationForm
from app.services.adjustments.recalculating.reading import charged_days, worked
from app.services.charges.elements.queries import charge_form
from app.services.core.context import Context
from app.services.core.effects import Effect
from app.services.rent.header import account_header


def form(ctx: Context, account_id: int) -> RecalculationForm:
    """What the sheet begins with.

    Raises:
        UserError: nothing is charged to the account week by week, or it is restricted and not theirs to open.
    """
    charges = charge_form(ctx, account_id)
    header = account_header(ctx, account_id)
    known = charged_days(ctx)
    return RecalculationForm(
        account_id=account_id,
        account=f"Account {header.reference}, {header.name}",
        codes=charges.codes,
        rows=charges.rows,
        charged_from=known[0] if known else None,
        charged_to=known[1] if known else None,
        reasons=proposing.reasons(ctx),
    )


def work_out(ctx: Context, wanted: Recalculation) -> Proposal:
    """Every week with its working, the lines that put it right, and what submitting them does.

    Raises:
        UserError: a code, an amount, a day or the account won't do; each beside its field.
    """
    ready = worked(ctx, wanted)
    told = [*proposing.of_weeks(ready)]
    if any(each.difference for each in ready.weeks):
        reason = wanted.reason or next(iter(proposing.reasons(ctx))).key
        looked_at = replace(wanted, reason=reason)
        told += _standing(previewing.preview(ctx, proposing.adjustment(ready, looked_at)))
    told += proposing.effects(ctx, ready, wanted)
    return proposing.proposal(ready, wanted, told)


def _standing(found: Preview) -> Iterator[Effect]:
    """The accounts before and after, what to look at, and who approves it.

    That its weeks look like earlier lines says nothing: what was put right before counts as charged.
    """
    for each in found.effects:
        words = f"{each.reference} {each.name}".strip()
        after = "" if each.linked else each.after.dr_cr()
        yield Effect("Linked accounts" if each.linked else "Balances", words, each.before.dr_cr(), after)
    for told in found.warnings:
        yield Effect("To look at", told, warns=True)
    yield Effect("Approval", found.needs or "It is posted at once, by you.", warns=bool(found.needs))
