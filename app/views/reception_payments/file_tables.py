"""Files of receipts: the columns of the list, of a file's lines, and of what a file would do."""

from __future__ import annotations

from typing import Final

from app.models.values import ReceiptFileState, ReceiptLineState
from app.services.imports.dto import Mistake
from app.services.reception_payments.files.dto import (
    FILE_STATES,
    LINE_STATES,
    FileRow,
    LineRow,
    PreviewLine,
    PreviewPart,
)
from app.services.reception_payments.files.layouts import CHANNELS, Profile
from app.services.workbench.listing import Holds
from app.views.common import formats
from app.views.common.columns import Column
from app.views.common.signed_columns import signed_column

LINE_TONES: Final = {
    ReceiptLineState.SUSPECT: "warning",
    ReceiptLineState.SUSPENSE: "warning",
    ReceiptLineState.KNOWN: "muted",
    ReceiptLineState.LEFT_OUT: "muted",
    ReceiptLineState.TAKEN_BACK: "muted",
}
FILE_TONES: Final = {
    ReceiptFileState.LOADED: "good",
    ReceiptFileState.QUARANTINED: "bad",
    ReceiptFileState.REJECTED: "",
    ReceiptFileState.TAKEN_BACK: "",
}


def days(row: FileRow) -> str:
    """The days of payment: one, or from the first to the last."""
    if row.first_on is None or row.last_on is None:
        return ""
    first, last = formats.day(row.first_on), formats.day(row.last_on)
    return first if first == last else f"{first} to {last}"


def _shorter_days(row: FileRow) -> tuple[str, ...]:
    """The days with their month and year said once, where both have the same."""
    first, last = row.first_on, row.last_on
    if first is None or last is None or first == last:
        return ()
    if (first.year, first.month) == (last.year, last.month):
        return (f"{first.day} to {formats.day(last)}",)
    return (f"{formats.day(first).rsplit(' ', 1)[0]} to {formats.day(last)}",) if first.year == last.year else ()


def _state(row: FileRow) -> str:
    return f"{row.waiting:,} to decide" if row.waiting else FILE_STATES[row.state]


def _standing(row: Profile) -> str:
    if not row.active:
        return "Out of use"
    if row.unseen:
        return f"To be looked at by somebody else: {row.unseen}"
    return "Made up, to be copied" if row.shipped else ""


FILES: tuple[Column[FileRow], ...] = (
    Column("number", "File", lambda row: row.number, 52, right=True, holds=Holds.NUMBER),
    Column("file_name", "Name", lambda row: row.file_name, 210, floor=140),
    Column("channel", "What came", lambda row: CHANNELS[row.channel], 150, least=2, floor=110),
    Column("days", "Paid on", days, 138, least=4, floor=138, shorter=_shorter_days),
    Column("count", "Lines", lambda row: row.count or None, 64, right=True, least=3, holds=Holds.NUMBER, total=True),
    signed_column("total", "Amount", lambda row: row.total if row.count else None, 100),
    Column(
        "state", "State", _state, 110, firm=True, tone=lambda row: "warning" if row.waiting else FILE_TONES[row.state]
    ),
    Column("loaded_at", "Loaded", lambda row: row.loaded_at, 128, least=5),
    Column("officer", "By", lambda row: row.officer, 160, least=6, floor=160),
)
LINES: tuple[Column[LineRow], ...] = (
    Column("place", "Line", lambda row: row.place, 52, right=True),
    Column("account", "Account", lambda row: row.account, 96, firm=True),
    Column("given", "Reference given", lambda row: row.given, 130, floor=124, least=2),
    Column("paid_on", "Paid on", lambda row: row.paid_on, 92, least=3),
    Column("code", "Code", lambda row: row.code, 50, firm=True, least=4),
    signed_column("amount", "Amount", lambda row: row.amount, 86),
    Column(
        "state",
        "State",
        lambda row: LINE_STATES[row.state],
        130,
        firm=True,
        tone=lambda row: LINE_TONES.get(row.state, ""),
    ),
    Column("payer", "Payer", lambda row: row.payer, 120, least=5, floor=80),
    Column("why", "Why", lambda row: row.why, 230, least=1, floor=210),
)
PREVIEW: tuple[Column[PreviewLine], ...] = (
    Column("place", "Line", lambda row: row.place, 52, right=True),
    Column("given", "Reference given", lambda row: row.given, 136, floor=130),
    Column("account", "Account", lambda row: row.account, 96, firm=True),
    Column("paid_on", "Paid on", lambda row: row.paid_on, 92, least=2),
    Column("code", "Code", lambda row: row.code, 50, firm=True, least=3),
    signed_column("amount", "Amount", lambda row: row.amount, 86),
    Column(
        "state",
        "State",
        lambda row: LINE_STATES[row.state],
        130,
        firm=True,
        tone=lambda row: LINE_TONES.get(row.state, ""),
    ),
    Column("why", "Why", lambda row: row.why, 200, floor=178, least=1),
)
PARTS: tuple[Column[PreviewPart], ...] = (
    Column("what", "What becomes of them", lambda row: row.what, 240, floor=140),
    Column("count", "Lines", lambda row: row.count, 80, right=True, holds=Holds.NUMBER, total=True),
    signed_column("amount", "Amount", lambda row: row.amount, 110),
)
FAULTS: tuple[Column[Mistake], ...] = (
    Column("row", "Line", lambda row: row.row or None, 56, right=True),
    Column("message", "What is wrong", lambda row: row.message, 340, floor=200),
    Column("hint", "What to do", lambda row: row.hint, 220, floor=140, least=1),
)
PROFILES: tuple[Column[Profile], ...] = (
    Column("name", "Profile", lambda row: row.name, 280, floor=180),
    Column("channel", "What comes by it", lambda row: CHANNELS[row.layout.channel], 180, floor=120, least=2),
    Column("edition", "Edition", lambda row: "Example" if row.shipped else f"{row.edition}", 80, firm=True),
    Column(
        "state",
        "State",
        _standing,
        420,
        floor=160,
        tone=lambda row: "warning" if row.unseen else "muted",
    ),
)
