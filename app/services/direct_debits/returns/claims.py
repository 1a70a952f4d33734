"""Claims that the bank reports, and those that it takes back: the cases they begin and end."""

from __future__ import annotations

from datetime import date

from app.models.direct_debits.mandates import Mandate
from app.models.direct_debits.reports import BankReport, BankReportItem
from app.models.values import MandateEvent, Money, ToldBy
from app.services.bacs import reports
from app.services.bacs.dto import ReportItem
from app.services.bacs.own import own_number
from app.services.core.closures import bacs_days
from app.services.core.context import Context
from app.services.direct_debits.mandates import keeping as mandates
from app.services.direct_debits.returns import claiming, matching, reading


def begin(ctx: Context, item: BankReportItem, report: BankReport, mandate: Mandate) -> str:
    """Open the case of a claim, about the collections that its advice names; or join the one that stands about them.

    Raises:
        UserError: the claim comes to nothing, or doesn't agree with a case that stands about its collections.
    """
    advice = _advice(ctx, item, report)
    named = [(each.on, each.amount.pence if each.amount else None) for each in advice.debits] if advice else []
    found = matching.claimed(ctx, mandate.id, named)
    told_on = _advised_on(ctx, item.effective_on)
    claim = claiming.NewClaim(
        entry_key=f"bank-report-item:{item.id}",
        mandate_id=mandate.id,
        collections=found.parts,
        others=tuple(found.others),
        others_words=" ".join(found.others.values()),
        told_on=told_on,
        debit_on=item.effective_on,
        reason_code=item.reason_code,
        words=item.words,
        pence=item.pence or 0,
        bank_reference=advice.bank_reference if advice else "",
    )
    opened = claiming.open_claim(ctx, claim)
    item.case_id = opened.case_id
    words = f"{Money(item.pence or 0)}: {item.words}"
    how = {"on": told_on, "told_by": ToldBy.BANK, "report_item_id": item.id}
    mandates.move(ctx, mandate, mandate.state, MandateEvent.CLAIMED, words, **how)  # type: ignore[arg-type]
    return opened.told


def take_back(ctx: Context, item: BankReportItem, report: BankReport, mandate: Mandate) -> str:
    """End the case of a claim that the bank cancelled, by the bank's own reference; empty where none is found for sure."""
    advice = _advice(ctx, item, report)
    if advice is None or not advice.bank_reference:
        return ""
    closed = claiming.end_claim(ctx, claiming.EndedClaim(mandate.id, advice.bank_reference, item.pence))
    if closed is None:
        return ""
    item.case_id = closed.case_id
    return closed.told


def _advice(ctx: Context, item: BankReportItem, report: BankReport) -> ReportItem | None:
    """What the kept report says of an item."""
    found = reports.read(reading.opened(ctx, report), own_number(ctx))
    return next((each for each in found.items if each.place == item.place), None)


def _advised_on(ctx: Context, debit_on: date | None) -> date:
    """The day of the advice, which has none itself: so many working days before the council is debited, and never to come."""
    today = ctx.clock.today()
    if debit_on is None:
        return today
    days = ctx.policy.number("direct_debits.claim_days", today)
    return min(today, bacs_days(ctx.policy, today).add(debit_on, -days))
