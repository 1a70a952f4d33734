"""The card of the reception: what one took today, voids that wait, and money in the post that no receipt has yet."""

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
        found.append(CardLine("I took today", str(taken.amount), Tone.PLAIN, Opens("reception_payments", mine)))
    if waiting := queries.counts(ctx)[ReceiptView.WAITING]:
        voids = Opens("reception_payments", ReceiptFilter(view=ReceiptView.WAITING))
        found.append(CardLine("Voids that wait for approval", f"{waiting:,}", Tone.WARNING, voids))
    if Permission.TAKE_PAYMENTS in ctx.officer.permissions and (post := len(beginning.valuables(ctx))):
        found.append(CardLine("Money in the post", f"{post:,}", Tone.WARNING, Opens("post_log", "valuables")))
    return tuple(found)
