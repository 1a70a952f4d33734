"""The home page's own cards, and the proofs of recurring tasks: plugged in by `app/registered.py`.

What they need is read when they are first asked, not when the program starts.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

from app.services.diary.proofs import Proof
from app.services.diary.proofs import register as prove
from app.services.home.cards import Card
from app.services.home.cards import register as plug_in


def register() -> None:
    """Plug in the proofs and the cards."""
    prove(
        Proof("weekly_charge", "The week is charged and agrees to the control accounts", _of("proofs", "weekly_charge"))
    )
    prove(Proof("period_closed", "The month before is closed", _of("proofs", "period_closed")))
    plug_in(Card("approvals", "Waiting for your approval", frozenset({"approvals"}), _of("lines", "waiting")))
    plug_in(Card("adjustments", "Adjustments", frozenset({"adjustments", "approvals"}), _of("lines", "adjustments")))
    plug_in(Card("post", "Post", frozenset({"post_log"}), _of("lines", "post")))
    plug_in(Card("drafts", "Drafts you left", frozenset({"drafts"}), _of("lines", "drafts")))
    plug_in(Card("letters", "Letters to go out", frozenset({"letters"}), _of("lines", "letters")))
    debits = frozenset({"direct_debits", "approvals"})
    plug_in(Card("mandates", "Mandates", frozenset({"direct_debits"}), _of("debits", "mandates")))
    plug_in(Card("debit_runs", "Direct Debit runs", debits, _of("debits", "runs")))
    plug_in(Card("bank_reports", "What the bank sent back", debits, _of("debits", "returned")))
    plug_in(Card("debit_claims", "Claims under the Guarantee", debits, _of("debits", "claims")))
    suppliers = frozenset({"purchase_orders", "approvals"})
    plug_in(Card("purchase_orders", "Purchase orders", suppliers, _of("orders", "lines")))
    plug_in(Card("supplier_payments", "Paying suppliers", suppliers, _of("paying", "payments")))
    reception = frozenset({"reception_payments", "approvals"})
    plug_in(Card("reception", "Reception", reception | {"post_log"}, _of("reception", "lines")))
    plug_in(Card("bank", "Bank and daily board", reception, _of("bank", "lines")))
    plug_in(Card("suspense", "Suspense", reception, _of("suspense", "lines")))
    runs = frozenset({"charges", "statements", "admin", "ledger"})
    plug_in(Card("runs", "How the runs stand", runs, _of("lines", "runs")))


def _of(module: str, name: str) -> Callable[..., Any]:
    """A function of this area, its module read when it is first called."""

    def call(*args: Any) -> Any:
        return getattr(importlib.import_module(f"app.services.home.{module}"), name)(*args)

    return call
