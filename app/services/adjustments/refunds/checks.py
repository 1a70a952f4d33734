"""The checks of the refund gate (rules.md 2.9): each says of some facts whether it is clear, and if not what to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from app.models.values import (
    ZERO,
    AccountKind,
    RefundMethod,
)
from app.services.adjustments.refunds import payee_checks
from app.services.adjustments.refunds.dto import Cause, Check
from app.services.adjustments.refunds.facts import Debt, Facts, Lately
from app.services.adjustments.refunds.saying import DEBT, clear, stop


def checks(facts: Facts) -> tuple[Check, ...]:
    """Every check, in the order of the list."""
    found: list[Check] = []
    for check in _CHECKS:
        made = check(facts)
        found += [made] if isinstance(made, Check) else made
    return tuple(found)


def _credit(facts: Facts) -> Check:
    free = max(facts.credit - facts.promised, ZERO)
    said = f"{facts.credit} stands to the credit of the account"
    said += f", of which other refunds take {facts.promised}." if facts.promised else "."
    if facts.not_back:
        return stop("credit", f"{said} {facts.not_back}", "Withdraw this, and begin again under Written on.")
    if facts.awaited:
        return stop("credit", f"{said} {facts.awaited}", "Have that adjustment approved and posted first.")
    if facts.asked.amount > free:
        return stop("credit", f"{said} {facts.asked.amount} is more than that.", f"Lower the refund to {free} or less.")
    return clear("credit", said)


def _hold(facts: Facts) -> Check:
    if not facts.hold:
        return clear("hold", "No hold stops refunds of this account.")
    return stop("hold", f"Refunds are stopped: {facts.hold}.", "Release the hold, or wait until it ends.")


def _debts(facts: Facts) -> list[Check]:
    if not facts.debts:
        return [clear("debts", "No linked or former account owes anything.")]
    return [_debt(debt) for debt in facts.debts]


def _debt(debt: Debt) -> Check:
    kind = (
        "Housing Benefit overpayment" if debt.kind is AccountKind.HB_OVERPAYMENT else debt.kind.value.replace("_", " ")
    )
    when = "former tenancy, " if debt.former and debt.kind is not AccountKind.FORMER_TENANT else ""
    words = f"{kind[0].upper()}{kind[1:]} account {debt.reference} ({when}{debt.where}) owes {debt.owed}."
    todo = "Pay it from the credit by a transfer, or waive it with the reason."
    if debt.protected:
        words += f" It is protected: {debt.protected}."
        todo = "Nothing may be taken for a protected debt without consent: waive it with that reason."
    key = f"{DEBT}{debt.account_id}"
    payable = None if debt.protected else debt.account_id
    return stop(key, words, todo, may_waive=True, account_id=payable, pence=debt.owed.pence)


def _hb_overpayment(facts: Facts) -> Check:
    if not facts.claims:
        return clear("hb_overpayment", "No claim to Housing Benefit goes on or ended lately.")
    return stop(
        "hb_overpayment",
        " ".join(facts.claims),
        "Ask the benefit office whether anything is owed back, and waive this with its answer.",
        may_waive=True,
    )


def _benefit_transit(facts: Facts) -> Check:
    if not facts.undecided:
        return clear("benefit_transit", "No claim waits for a decision, and what was awarded has come.")
    todo = "Wait until it is settled, or waive it with the reason."
    return stop("benefit_transit", " ".join(facts.undecided), todo, may_waive=True)


def _benefit_cause(facts: Facts) -> Check:
    housing = facts.shares.get(Cause.HOUSING_BENEFIT, ZERO)
    universal = facts.shares.get(Cause.UNIVERSAL_CREDIT, ZERO)
    if not housing and not universal:
        return clear("benefit_cause", "No benefit made this credit.")
    parts = [(housing, "Housing Benefit"), (universal, "Universal Credit")]
    came = " and ".join(f"{amount} came from {name}" for amount, name in parts if amount)
    more = " A discretionary payment was awarded too: it may be among it." if facts.discretionary and housing else ""
    return stop(
        "benefit_cause",
        f"Of the credit {came}.{more}",
        "Ask whether the benefit has to be paid back first, and waive this with the answer.",
        may_waive=True,
    )


def _advance(facts: Facts) -> Check:
    if not facts.kept:
        return clear("advance", "Nothing is kept of this account.")
    left = facts.credit - facts.promised - facts.asked.amount
    if left >= facts.kept:
        return clear("advance", f"{left} stays on the account, and the policy keeps {facts.kept}.")
    most = max(facts.credit - facts.promised - facts.kept, ZERO)
    return stop(
        "advance",
        f"Rent is due in advance: the policy keeps {facts.kept}, and {max(left, ZERO)} would stay.",
        f"Lower the refund to {most} or less, or waive it with the reason.",
        may_waive=True,
    )


def _cheque(facts: Facts) -> Check:
    return _returnable("cheque", "cheque", facts.cheques, facts)


def _direct_debit(facts: Facts) -> Check:
    return _returnable("direct_debit", "Direct Debit", facts.collections, facts)


def _returnable(key: str, name: str, came: Lately, facts: Facts) -> Check:
    if not came.amount or came.last_on is None:
        return clear(key, f"Nothing came by {name} that may still come back.")
    said = f"{came.amount} came by {name}, the last on {_day(came)}, and may still come back"
    if facts.credit - facts.promised - facts.asked.amount >= came.amount:
        return clear(key, f"{said}; what stays on the account covers it.")
    return stop(key, f"{said}.", "Wait until it can't come back, or waive it with the reason.", may_waive=True)


def _direct_debit_claim(facts: Facts) -> Check:
    if not facts.claimed_back:
        return clear("direct_debit_claim", "No bank claims a Direct Debit of this account back.")
    todo = "Wait until the case is closed and what the bank takes is posted: the bank pays the payer."
    return stop("direct_debit_claim", facts.claimed_back, todo)


def _card(facts: Facts) -> Check:
    by_card = facts.card.amount
    if facts.asked.method is RefundMethod.CARD:
        if facts.asked.amount > by_card:
            said = f"{by_card} came by card lately, and no more than that goes back to a card."
            return stop("card", said, "Choose another way of paying, or lower the refund.")
        return clear("card", f"It goes back to the card that paid {by_card}.")
    share = min(facts.shares.get(Cause.CARD_MISTAKE, ZERO), by_card)
    if not share:
        return clear("card", "The credit didn't come by card lately.")
    return stop(
        "card",
        f"{share} of the credit came by card, the last on {_day(facts.card)}.",
        "Pay it back to that card, or waive it with the reason.",
        may_waive=True,
    )


def _day(came: Lately) -> str:
    assert came.last_on is not None
    return f"{came.last_on.day} {came.last_on:%b %Y}"


_CHECKS: Final[tuple[Callable[[Facts], Check | list[Check]], ...]] = (
    _credit,
    _hold,
    _debts,
    _hb_overpayment,
    _benefit_transit,
    _benefit_cause,
    _advance,
    _cheque,
    _direct_debit,
    _direct_debit_claim,
    _card,
    payee_checks.payee,
    payee_checks.evidence,
    payee_checks.bank,
    payee_checks.name,
    payee_checks.new_details,
    payee_checks.same,
)
