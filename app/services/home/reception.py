"""The card of the reception: how often one took money today, voids that wait, and money in the post that no receipt has yet.

What one took comes to isn't told: whoever holds a till counts it blind.
"""

from __future__ import annotations

from app.services.core.context import Context
from app.services.core.permissions import Permission
from app.services.home.dto import CardLine, Opens, Tone
from app.services.reception_payments.receipts import beginning, queries
from app.services.reception_payments.receipts.dto.shown import ReceiptFilter, ReceiptView


def lines(ctx: Context) -> tuple[CardLine, ...]:
    """What of receipts concerns them; nothing for whoever neither takes payments nor approves voids."""
    if not ctx.officer.permissions & {Permission.TAKE_PAYMENTS, Permission.APPROVE_RECEIPTS}:
        return ()
    found = []
    mine = ReceiptFilter(view=ReceiptView.MINE)
    taken = queries.totals(ctx, mine)
    if taken.count:
        many = "1 payment" if taken.count == 1 else f"{taken.count:,} payments"
        found.append(CardLine("I took today", many, Tone.PLAIN, Opens("reception_payments", mine)))
    if waiting := queries.counts(ctx)[ReceiptView.WAITING]:
        voids = Opens("reception_payments", ReceiptFilter(view=ReceiptView.WAITING))
        found.append(CardLine("Voids that wait for approval", f"{waiting:,}", Tone.WARNING, voids))
    if Permission.TAKE_PAYMENTS in ctx.officer.permissions and (post := len(beginning.valuables(ctx))):
        found.append(CardLine("Money in the post", f"{post:,}", Tone.WARNING, Opens("post_log", "valuables")))
    return tuple(found)
