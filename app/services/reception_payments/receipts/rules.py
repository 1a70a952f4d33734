"""What may be taken how, as facts and pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from app.models.values import Money, TakenBy
from app.services.reception_payments.receipts.dto.new import NewReceipt

CODES: Final[Mapping[TakenBy, str]] = {
    TakenBy.CASH: "RCO",
    TakenBy.CHEQUE: "RQP",
    TakenBy.POSTAL_ORDER: "RPO",
    TakenBy.TERMINAL: "RCP",
    TakenBy.CARD: "RCP",
}
"""The receipt code that a payment is posted with (rules.md 2.1)."""
BACK_CODES: Final[Mapping[TakenBy, str]] = {
    TakenBy.CHEQUE: "RRC",
    TakenBy.POSTAL_ORDER: "RRC",
    TakenBy.TERMINAL: "RCP",
    TakenBy.CARD: "RCP",
}
"""The code of what comes back later: a cheque unpaid, a card payment charged back. Cash never does."""
METHODS: Final[Mapping[TakenBy, str]] = {
    TakenBy.CASH: "Cash",
    TakenBy.CHEQUE: "Cheque",
    TakenBy.POSTAL_ORDER: "Postal order",
    TakenBy.TERMINAL: "Card at the terminal",
    TakenBy.CARD: "Card by telephone",
}
"""How it was taken, as officers read it."""
FLAGS: Final[Mapping[TakenBy, str]] = {
    TakenBy.CASH: "takes_cash",
    TakenBy.CHEQUE: "takes_cheques",
    TakenBy.POSTAL_ORDER: "takes_cheques",
    TakenBy.TERMINAL: "takes_terminal",
    TakenBy.CARD: "takes_telephone",
}
"""What a desk must take for it."""
_PAPER: Final = frozenset({TakenBy.CHEQUE, TakenBy.POSTAL_ORDER})
_MOST_PENCE: Final = 10_000_000_00
"""A payment above it is a slip of the finger."""


def numbered(prefix: str, number: int) -> str:
    """The number of a receipt as it is written: `WGC000123`."""
    return f"{prefix}{number:06}"


def change_of(pence: int, tendered_pence: int | None) -> int:
    """What is given back of the cash that was handed over, in pence."""
    return 0 if tendered_pence is None else tendered_pence - pence


def spelt(on: date) -> str:
    """A day as it is written in a sentence: `16 Nov 2026`."""
    return f"{on.day} {on:%b %Y}"


def faults(new: NewReceipt, today: date) -> list[tuple[str, str, str]]:
    """What is wrong with a payment by itself: the field, what is wrong, what to do."""
    return [*_share_faults(new), *_day_faults(new, today), *_method_faults(new)]


def _share_faults(new: NewReceipt) -> list[tuple[str, str, str]]:
    if not new.shares:
        return [("pence", "No amount is given.", "Give what is paid, and to which account.")]
    if any(share.pence <= 0 for share in new.shares):
        return [("pence", "An amount isn't more than nothing.", "Give what goes to each account, or leave it empty.")]
    if new.pence > _MOST_PENCE:
        return [("pence", f"{Money(new.pence)} is more than can be taken at once.", "Look at the amount again.")]
    places = [(share.account_id, share.stream_id) for share in new.shares]
    if any((account is None) == (stream is None) for account, stream in places):
        return [("pence", "An amount goes nowhere.", "Choose an account or an income for each amount.")]
    if len({each for each in places if each[0]}) < sum(1 for each in places if each[0]):
        return [("pence", "One account is named twice.", "Give what goes to it once.")]
    return []


def _day_faults(new: NewReceipt, today: date) -> list[tuple[str, str, str]]:
    if new.taken_on > today:
        return [("taken_on", f"{spelt(new.taken_on)} is still to come.", "Give the day on which it was paid.")]
    backdated = new.book_number.strip() or new.valuable_id is not None or new.taken_by is TakenBy.CARD
    if new.taken_on < today and not backdated:
        return [
            (
                "taken_on",
                "A payment of an earlier day is keyed in from the manual receipt book, or from the post.",
                "Give the number in the receipt book, or take it for today.",
            )
        ]
    return []


def _method_faults(new: NewReceipt) -> list[tuple[str, str, str]]:
    found = []
    tendered = new.tendered_pence
    if tendered is not None and new.taken_by is not TakenBy.CASH:
        found.append(("tendered", "Change is given of cash only.", "Leave empty what was handed over."))
    elif tendered is not None and tendered < new.pence:
        short = f"{Money(tendered)} was handed over for {Money(new.pence)}."
        found.append(("tendered", short, "Take the rest, or take a smaller payment."))
    number = new.cheque.number.strip()
    if new.taken_by in _PAPER and not number:
        found.append(("cheque_number", f"The {METHODS[new.taken_by].lower()} has a number.", "Give it."))
    if new.taken_by is TakenBy.CHEQUE and not new.cheque.drawer.strip():
        found.append(("cheque_drawer", "A cheque says whose it is.", "Give the name printed on it."))
    if new.taken_by not in _PAPER and (number or new.cheque.drawer.strip() or new.cheque.bank.strip()):
        found.append(("cheque_number", "Only a cheque or a postal order has a number.", "Leave it empty."))
    if new.taken_by in {TakenBy.TERMINAL, TakenBy.CARD} and not new.slip.strip():
        found.append(("slip", "The slip of the terminal has a reference.", "Give the one printed on this slip."))
    if new.taken_by not in {TakenBy.TERMINAL, TakenBy.CARD} and new.slip.strip():
        found.append(("slip", "Only a card payment has a slip.", "Leave it empty."))
    return found
