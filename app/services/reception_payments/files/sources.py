"""What the finder shows of files of receipts: by their number and their name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select

from app.models.reception_payments.files import ReceiptFile
from app.models.values import Money, Subject
from app.services.core import finding
from app.services.core.context import Context
from app.services.core.finding import Found, Source
from app.services.core.permissions import Permission
from app.services.reception_payments.files import rules
from app.services.reception_payments.files.dto import FILE_STATES
from app.services.reception_payments.files.layouts import CHANNELS

_NEEDS: Final = frozenset({Permission.LOAD_RECEIPTS})


def register() -> None:
    """Plug files of receipts into the finder."""
    finding.register(Source(Subject.RECEIPT_FILE, "Files of receipts", _found, order=72, needs=_NEEDS))


def _found(ctx: Context, ids: Sequence[int]) -> tuple[Found, ...]:
    rows = ctx.session.scalars(select(ReceiptFile).where(ReceiptFile.id.in_(ids)))
    by_id = {row.id: row for row in rows}
    return tuple(_line(by_id[each]) for each in ids if each in by_id)


def _line(row: ReceiptFile) -> Found:
    state = FILE_STATES[row.state]
    days = rules.spelt(row.last_on) if row.last_on is not None else ""
    detail = "  ".join(each for each in (row.file_name, CHANNELS[row.channel], days, state) if each)
    return Found(Subject.RECEIPT_FILE, row.id, f"Receipt file {row.number}", detail, Money(row.pence))
