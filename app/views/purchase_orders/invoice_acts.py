"""What can be done with an invoice, as data: the same words and keys on its card and in the match."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.services.purchase_orders.invoices.dto import Act


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that can be done: its words, its key and its icon; `matching`: only the match offers it."""

    act: Act
    words: str
    keys: str
    icon: str
    matching: bool = False


OFFERS: Final = (
    Offer(Act.ACCEPT, "Accept the difference", "Ctrl+Shift+A", "check-decagram-outline", matching=True),
    Offer(Act.TAKE_LINES, "Take over the order's lines", "Ctrl+Shift+T", "table-arrow-left", matching=True),
    Offer(Act.CHANGE, "Change", "F2", "pencil-outline"),
    Offer(Act.DISPUTE, "Dispute", "F7", "scale-unbalanced"),
    Offer(Act.TELL, "Tell the supplier", "F9", "email-outline"),
    Offer(Act.SETTLE, "Settle the dispute", "Shift+F7", "handshake-outline"),
    Offer(Act.CREDIT, "Log a credit note", "Ctrl+Shift+C", "file-document-minus-outline"),
    Offer(Act.WITHDRAW, "Withdraw the request", "Ctrl+F7", "undo-variant"),
    Offer(Act.DECIDE, "Decide", "Ctrl+Shift+V", "check-all"),
    Offer(Act.CANCEL, "Cancel", "Ctrl+Shift+X", "close-circle-outline"),
)
