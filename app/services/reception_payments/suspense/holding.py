"""Money put into suspense: posted on the suspense account, and kept as items that somebody looks after."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import insert, select

from app.models.reception_payments.suspense import SuspenseItem
from app.models.values import Fund, Subject, SuspenseState
from app.services.core import audit, search_index
from app.services.core.calendars import week_monday
from app.services.core.card_refusal import refuse_card_number
from app.services.core.context import Context
from app.services.ledger import numbering, posting
from app.services.ledger.controls import control
from app.services.ledger.dto import JournalHeader, Line, Posted
from app.services.reception_payments.suspense.dto import NewSuspense

COUNTER: Final = "suspense_item"
NARRATIVE: Final = "In suspense"
_CONTROL: Final = "suspense"
_REFERENCE, _NAME, _NARRATIVE = 60, 120, 200


def account_id(ctx: Context, fund: Fund = Fund.HRA) -> int:
    """The suspense account of a fund."""
    return control(ctx, _CONTROL, fund)


def hold(ctx: Context, header: JournalHeader, items: Sequence[NewSuspense], fund: Fund = Fund.HRA) -> Posted:
    """Post amounts on the suspense account, one journal of them all, and keep them as items.

    The permission is asked for by whoever takes the money.

    Raises:
        UserError: as `ledger.posting.append`, or what the payer said holds a card number; nothing is posted.
    """
    account = account_id(ctx, fund)
    lines = [
        Line(account, each.code, -each.pence, each.received_on, week_monday(each.received_on), NARRATIVE)
        for each in items
    ]
    posted = posting.append(ctx, header, lines)
    if not posted.duplicate:
        keep(ctx, posted.journal, items, fund)
    return posted


def keep(ctx: Context, journal: int, items: Sequence[NewSuspense], fund: Fund = Fund.HRA) -> None:
    """Keep as items what a journal put on the suspense account, each with a line of its own there by the item's code.

    Raises:
        UserError: what a payer said holds a card number.
    """
    if not items:
        return
    for each in (item for item in items if not item.looked_at):
        for text in (each.reference_given, each.payer_name, each.narrative):
            refuse_card_number(ctx, text, "line", "file")
    first = numbering.take(ctx, COUNTER, len(items))
    account = account_id(ctx, fund)
    ctx.session.execute(
        insert(SuspenseItem),
        [
            {
                "number": number,
                "source": each.source,
                "source_id": each.source_id,
                "source_line": each.source_line,
                "state": SuspenseState.OPEN,
                "pence": each.pence,
                "left_pence": each.pence,
                "code": each.code,
                "account_id": account,
                "received_on": each.received_on,
                "reference_given": each.reference_given[:_REFERENCE],
                "payer_name": each.payer_name[:_NAME],
                "narrative": each.narrative[:_NARRATIVE],
                "journal": journal,
                "recorded_at": ctx.clock.now(),
            }
            for number, each in enumerate(items, first)
        ],
    )
    _index(ctx, first, len(items))
    audit.record_bulk(ctx, "suspense_item", "insert", journal=journal, count=len(items))


def _index(ctx: Context, first: int, count: int) -> None:
    """They are found by their number and by what the payer said."""
    new = select(SuspenseItem).where(SuspenseItem.number.between(first, first + count - 1))
    said: dict[int, Iterable[str | None]] = {
        each.id: (f"suspense {each.number}", each.reference_given, each.payer_name, each.narrative)
        for each in ctx.session.scalars(new)
    }
    search_index.fill(ctx, Subject.SUSPENSE_ITEM, said)
