"""The card of payments to suppliers: invoices that are late or soon late, and runs to be approved or sent."""

from __future__ import annotations

from typing import Final

from app.models.values import Subject
from app.services.core.context import Context
from app.services.core.permissions import Permission
from app.services.home.dto import CardLine, Opens, Tone
from app.services.purchase_orders.figures import queries

_SHOWN_TO: Final = frozenset({Permission.PAY_SUPPLIERS, Permission.APPROVE_SUPPLIER_PAYMENTS, Permission.LOG_INVOICES})
_RUNS: Final = Opens("purchase_orders", "payments")
_INVOICES: Final = Opens("purchase_orders", "invoices")


def payments(ctx: Context) -> tuple[CardLine, ...]:
    """Invoices whose last day to pay has passed or is near, and runs that wait; nothing for whoever has no part in it."""
    if not ctx.officer.permissions & _SHOWN_TO:
        return ()
    found = queries.waiting(ctx)
    send = Opens(subject=Subject.SUPPLIER_RUN, subject_id=found.run_id or 0) if found.to_send == 1 else _RUNS
    lines = (
        ("Invoices late", found.late, f"{found.late:,}, {found.late_total}", Tone.BAD, _INVOICES),
        ("Invoices soon late", found.soon, f"{found.soon:,}, {found.soon_total}", Tone.WARNING, _INVOICES),
        ("Payment runs to approve", found.to_approve, f"{found.to_approve:,}", Tone.WARNING, _RUNS),
        ("Payment runs to send", found.to_send, f"{found.to_send:,}", Tone.WARNING, send),
    )
    return tuple(CardLine(title, words, tone, opens) for title, count, words, tone, opens in lines if count)
