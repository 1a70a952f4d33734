"""Which accounts have lines in the ledger, and from which day their opening balance is."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import case, func, select

from app.models.codes import TransactionCode
from app.models.ledger import Entry
from app.models.values import CodeKind
from app.services.core.chunks import in_chunks
from app.services.core.context import Context


def opened(ctx: Context, account_ids: Collection[int]) -> dict[int, date | None]:
    """Those of the accounts that have lines, with the day of their latest opening balance (None: they have none)."""
    found: dict[int, date | None] = {}
    opening = case((TransactionCode.kind == CodeKind.OPENING, Entry.effective_on))
    for chunk in in_chunks(sorted(account_ids)):
        statement = (
            select(Entry.account_id, func.max(opening).label("opened_on"))
            .join(TransactionCode, TransactionCode.code == Entry.code)
            .where(Entry.account_id.in_(chunk))
            .group_by(Entry.account_id)
        )
        found.update((row.account_id, row.opened_on) for row in ctx.session.execute(statement))
    return found
