"""The checks of the refund gate by name, and how each says that it is clear or stops the refund. Pure functions."""

from __future__ import annotations

from typing import Final

from app.models.values import GateState
from app.services.adjustments.refunds.dto import Check

DEBT: Final = "debt:"
"""The key of a check of a debt begins so; the number of the account follows."""
TITLES: Final = {
    "credit": "The credit covers it",
    "hold": "Refunds are not stopped",
    "debts": "No debt on another account",
    "hb_overpayment": "Housing Benefit overpaid",
    "benefit_transit": "Benefit not settled",
    "benefit_cause": "What made the credit",
    "advance": "Rent in advance kept",
    "cheque": "Cheques cleared",
    "direct_debit": "Direct Debits past return",
    "direct_debit_claim": "No Direct Debit claimed back",
    "card": "Card payments go back",
    "payee": "The payee's right",
    "evidence": "Evidence",
    "bank": "Bank details",
    "name": "The name is checked",
    "new_details": "Known bank details",
    "same": "Not paid before",
}
"""Each check by its key, in the order in which they are listed; debts are listed where `debts` stands."""
_DEBT_TITLE: Final = "Debt on another account"


def title(key: str) -> str:
    """What a check is called."""
    return _DEBT_TITLE if key.startswith(DEBT) else TITLES[key]


def clear(key: str, words: str) -> Check:
    """A check that stops nothing; `words` say what was found."""
    return Check(key, title(key), GateState.CLEAR, words)


def stop(
    key: str,
    words: str,
    todo: str,
    *,
    may_waive: bool = False,
    account_id: int | None = None,
    pence: int | None = None,
) -> Check:
    """A check that stops the refund; `todo` says what to do. Of a debt, the account that owes and the pence."""
    return Check(key, title(key), GateState.STOP, words, todo, may_waive, account_id, pence)
