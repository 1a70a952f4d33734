"""What a recharge comes to, what is left of an invoice, and what is wrong with one that is asked for. Pure functions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from app.models.values import ZERO, AccountKind, AdjustmentSheet, LimitKind, Money, RechargeKind, VatTreatment, WorkTime
from app.services.core.errors import UserError
from app.services.recharges.dto import Amounts, NewCosts, NewRecharge, PriceRow

MOST: Final = Money(100_000_00)
"""No recharge is for more: a figure like that is a slip of the hand."""
MOST_OF_ONE: Final = 99
VAT_CODE: Final = "DVA"
VAT_CREDIT: Final = "RVA"
CREDIT_CODES: Final = {RechargeKind.REPAIR: "RRP", RechargeKind.COURT_COSTS: "RCR"}
"""What a credit note posts by, by the kind of its invoice: the same control account as the invoice (rules.md 2.1)."""
COSTS_CODE: Final = "DCC"
SUBS: Final = {RechargeKind.REPAIR: AccountKind.RECHARGE, RechargeKind.COURT_COSTS: AccountKind.COURT_COSTS}
"""The kind of sub-account that an invoice stands on."""
SHEETS: Final = {
    RechargeKind.REPAIR: AdjustmentSheet.RECHARGE,
    RechargeKind.COURT_COSTS: AdjustmentSheet.COURT_COSTS,
}
TITLES: Final = {
    RechargeKind.REPAIR: "Rechargeable repair",
    RechargeKind.COURT_COSTS: "Court costs",
    RechargeKind.CREDIT_NOTE: "Credit note",
}
TIMES: Final = {
    WorkTime.NORMAL: "not an emergency",
    WorkTime.EMERGENCY: "emergency by day",
    WorkTime.OUT_OF_HOURS: "emergency out of hours",
}
TREATMENTS: Final = {
    VatTreatment.OUTSIDE: "Outside the scope of VAT",
    VatTreatment.EXEMPT: "Exempt from VAT",
    VatTreatment.STANDARD: "Standard rate of VAT",
}
_LONGEST: Final = {"description": 200, "job": 60, "note": 400, "reason": 400}


def limit_of(kind: RechargeKind) -> LimitKind:
    """The limit that it falls under."""
    credit = kind is RechargeKind.CREDIT_NOTE
    return LimitKind.ADJUSTMENT_CREDIT if credit else LimitKind.ADJUSTMENT_DEBIT


def repair(new: NewRecharge, row: PriceRow, vat_basis_points: int) -> Amounts:
    """What a repair comes to: price times quantity, or what was given instead, and the VAT on the sum, rounded once.

    The rate, in basis points, is that of the day of the work.

    Raises:
        UserError: the line has no price for that time and no amount is given.
    """
    if new.net is not None:
        net = new.net
        step = f"By its cost: {net}"
    else:
        price = row.prices.get(new.at)
        if price is None:
            raise UserError(
                f"The price list has no price for '{row.title}', {TIMES[new.at]}.",
                "Give the amount, and say in the note how it was worked out.",
                "net",
            )
        net = price * new.quantity
        step = f"{row.title}, {TIMES[new.at]}: {new.quantity} x {price} = {net}"
    return _with_vat(net, row.vat, vat_basis_points, step)


def costs(new: NewCosts) -> Amounts:
    """What an order awards; court costs bear no VAT."""
    steps = [f"{what}: {amount}" for what, amount in (("Court fee", new.fee), ("Fixed costs", new.fixed)) if amount]
    return Amounts(new.fee + new.fixed, ZERO, (*steps, f"Awarded by the order of {_day(new.order_on)}"))


def left(invoice: Amounts, credited: Amounts) -> Amounts:
    """What is left of an invoice after its credit notes."""
    return Amounts(invoice.net - credited.net, invoice.vat - credited.vat)


def credit(invoice: Amounts, credited: Amounts, net: Money | None) -> Amounts:
    """A credit note over `net` of an invoice, or over all that is left: its VAT in proportion, so that all of them add up.

    Raises:
        UserError: nothing is left, or less than that.
    """
    rest = left(invoice, credited)
    if rest.net <= ZERO:
        raise UserError("Nothing is left of this invoice to be credited.", "Look at its credit notes.")
    if net is None:
        net = rest.net
    if net <= ZERO:
        raise UserError("A credit note of £0.00 does nothing.", "Give an amount.", "net")
    if net > rest.net:
        raise UserError(f"Only {rest.net} before VAT is left of this invoice.", "Give that or less.", "net")
    upto = invoice.vat.times((credited.net + net).pence, invoice.net.pence)
    vat = upto - credited.vat
    whole = "All that is left" if net == rest.net else f"{net} of {rest.net} that is left"
    return Amounts(net, vat, (whole, *((f"VAT in proportion: {vat}",) if vat else ())))


def faults(new: NewRecharge | NewCosts, today: date) -> list[UserError]:
    """What is wrong with what is asked for, by itself; the amount is looked at by `amount_fault`."""
    found: list[UserError] = []
    if isinstance(new, NewRecharge):
        found += _repair_faults(new, today)
        texts = {"description": new.description, "job": new.job, "note": new.note}
    else:
        found += _costs_faults(new, today)
        texts = {"claim": new.claim, "note": new.note}
    for name, text in texts.items():
        most = _LONGEST["job" if name == "claim" else name]
        if len(text.strip()) > most:
            found.append(UserError(f"It has {len(text.strip()):,} characters; {most} is the most.", field=name))
    terms = new.terms
    if terms is not None and terms.amount <= ZERO:
        found.append(UserError("An instalment of £0.00 pays nothing off.", "Give an amount.", "terms"))
    return found


def amount_fault(amounts: Amounts, name: str) -> UserError | None:
    """What is wrong with the sum; `name` is the field that it came from."""
    if amounts.net <= ZERO:
        return UserError("A recharge of £0.00 does nothing.", "Give an amount.", name)
    if amounts.gross > MOST:
        return UserError(f"{amounts.gross} is more than a recharge may be ({MOST}).", "Look at the figure.", name)
    return None


def second_needed(
    title: str, gross: Money, threshold: Money, line: Money, batch: Money, *, always: bool, credit_note: bool
) -> str:
    """Why a second officer has to approve it, as a sentence; empty where the officer raises it alone."""
    if always:
        return f"{title} is always approved by a second officer."
    if gross >= threshold:
        return f"{title} of {threshold} or more is approved by a second officer."
    if gross > line or gross > batch:
        word = "credits" if credit_note else "debits"
        return f"It is above your limit for {word}, {min(line, batch)}, so a second officer approves it."
    return ""


def fee_on(changes: tuple[tuple[date, Money], ...], on: date) -> Money | None:
    """A court fee on a day, from its changes, latest first; None before the first of them."""
    return next((amount for day, amount in changes if day <= on), None)


def priced(row: PriceRow) -> str:
    """The prices of a line in words; empty where it is charged by its cost."""
    return ", ".join(f"{row.prices[at]} {TIMES[at]}" for at in WorkTime if at in row.prices)


def _with_vat(net: Money, treatment: VatTreatment, vat_basis_points: int, step: str) -> Amounts:
    if treatment is not VatTreatment.STANDARD:
        return Amounts(net, ZERO, (step, f"{TREATMENTS[treatment]}: no VAT"))
    vat = net.times(vat_basis_points, 10_000)
    rate = f"{(Decimal(vat_basis_points) / 100).normalize():f}"
    return Amounts(net, vat, (step, f"VAT at {rate}% of {net}: {vat}", f"In all {net + vat}"))


def _repair_faults(new: NewRecharge, today: date) -> list[UserError]:
    found = []
    if not 1 <= new.quantity <= MOST_OF_ONE:
        found.append(UserError(f"How many: a number from 1 to {MOST_OF_ONE}.", field="quantity"))
    if new.done_on > today:
        found.append(UserError("The work is invoiced once it is done.", "Give the day it was done.", "done_on"))
    if new.net is not None and not new.note.strip():
        found.append(UserError("Say how the amount was worked out.", "The officer who approves it reads it.", "note"))
    return found


def _costs_faults(new: NewCosts, today: date) -> list[UserError]:
    found = []
    if not new.claim.strip():
        found.append(UserError("Give the number of the claim.", "It is on the order.", "claim"))
    if new.order_on > today:
        found.append(UserError("Costs are posted once an order awards them.", "Give the day of the order.", "order_on"))
    for name, amount in (("fee", new.fee), ("fixed", new.fixed)):
        if amount < ZERO:
            found.append(UserError("An amount that is awarded is not less than nothing.", field=name))
    return found


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
