"""The columns of what is held against the finance system."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, Final

from app.models.values import FinanceLineState, Money, ReconciliationState
from app.services.purchase_orders.finance.handing.dto import TITLES, FileRow, ItemRow
from app.services.purchase_orders.finance.transactions.dto import CodeSums, Ours, Pair, ReconciliationRow, Theirs
from app.services.workbench.listing import Holds
from app.views.common import formats
from app.views.common.columns import Column, money_column

STATES: Final = {ReconciliationState.PREPARED: "To be signed", ReconciliationState.SIGNED: "Signed"}


def _day(key: str, title: str, of: Callable[[Any], date | None], least: int = 0) -> Column[Any]:
    return Column(key, title, of, 96, shown=lambda each: formats.day(on) if (on := of(each)) else "", least=least)


def _money(key: str, title: str, of: Callable[[Any], Money], width: int = 100, least: int = 0) -> Column[Any]:
    return replace(money_column(key, title, of, width, total=True), least=least)


def _count(key: str, title: str, of: Callable[[Any], int]) -> Column[Any]:
    return Column(key, title, of, 80, right=True, holds=Holds.NUMBER)


CODES: tuple[Column[CodeSums], ...] = (
    Column("code", "Code", lambda each: each.code, 110, firm=True),
    Column("agrees", "", lambda each: "Agrees" if each.agrees else "To look at", 90, firm=True),
    _money("ours", "Ours", lambda each: each.ours),
    _money("theirs", "Theirs", lambda each: each.theirs),
    _money("matched", "Matched", lambda each: each.matched),
    _money("ours_only", "Ours only", lambda each: each.ours_only, least=1),
    _money("theirs_only", "Theirs only", lambda each: each.theirs_only, least=2),
    _money("explained", "Explained", lambda each: each.explained, 90, least=3),
    _money("differs", "Differs by", lambda each: each.differs, 90),
)
DIFFERS: tuple[Column[Pair], ...] = (
    Column("number", "Ours", lambda each: each.ours.number, 80, firm=True),
    Column("supplier", "Supplier", lambda each: each.ours.supplier, 170, floor=120),
    Column("code", "Code", lambda each: each.ours.code, 100, firm=True),
    _money("ours", "Ours", lambda each: each.ours.amount),
    _money("theirs", "Theirs", lambda each: each.theirs.amount),
    _money("difference", "More", lambda each: each.difference, 90),
    Column("reference", "Their reference", lambda each: each.theirs.reference, 120, floor=110, least=2),
    _day("posted", "Posted", lambda each: each.theirs.posted_on, least=3),
    Column("explained", "Explained", lambda each: each.theirs.explained, 180, floor=100, least=1),
)
OURS: tuple[Column[Ours], ...] = (
    Column("number", "Document", lambda each: each.number, 90, firm=True),
    Column("supplier", "Supplier", lambda each: each.supplier, 200, floor=130),
    Column("code", "Code", lambda each: each.code, 100, firm=True),
    _day("on", "Reported", lambda each: each.on),
    _money("amount", "Amount", lambda each: each.amount),
)
THEIRS: tuple[Column[Theirs], ...] = (
    _day("posted", "Posted", lambda each: each.posted_on),
    Column("code", "Code", lambda each: each.code, 100, firm=True),
    Column("reference", "Reference", lambda each: each.reference, 110, floor=90),
    Column("supplier", "Supplier", lambda each: each.supplier, 150, floor=100),
    Column("description", "Text", lambda each: each.description, 180, floor=110, least=2),
    _money("amount", "Amount", lambda each: each.amount),
    Column(
        "explained",
        "Explained",
        lambda each: each.explained if each.state is FinanceLineState.EXPLAINED else "",
        200,
        floor=120,
    ),
    Column("file", "File", lambda each: f"{each.file_name}, row {each.row}", 150, floor=90, least=1),
)
MATCHED: tuple[Column[Pair], ...] = (
    Column("number", "Ours", lambda each: each.ours.number, 80, firm=True),
    Column("supplier", "Supplier", lambda each: each.ours.supplier, 190, floor=120),
    Column("code", "Code", lambda each: each.ours.code, 100, firm=True),
    _money("amount", "Amount", lambda each: each.ours.amount),
    Column("reference", "Their reference", lambda each: each.theirs.reference, 130, floor=90),
    _day("posted", "Posted", lambda each: each.theirs.posted_on),
)
SIGNED: tuple[Column[ReconciliationRow], ...] = (
    _day("from", "From", lambda each: each.from_on),
    _day("to", "To", lambda each: each.to_on),
    Column("state", "State", lambda each: STATES[each.state], 96, firm=True),
    _money("ours", "Ours", lambda each: each.ours),
    _money("theirs", "Theirs", lambda each: each.theirs),
    _money("matched", "Matched", lambda each: each.matched),
    Column("prepared", "Prepared by", lambda each: each.prepared_by, 130, floor=90),
    Column("signed", "Signed by", lambda each: each.signed_by, 130, floor=90),
    Column("note", "Note", lambda each: each.note, 160, floor=80, least=1),
)
FILES: tuple[Column[FileRow], ...] = (
    Column("number", "File", lambda each: f"{each.number:05}", 70, firm=True),
    Column("kind", "What", lambda each: TITLES[each.kind], 110),
    Column("name", "Name", lambda each: each.file_name, 190, floor=120),
    _count("count", "Records", lambda each: each.count),
    _count("answered", "Replied to", lambda each: each.answered),
    _count("rejected", "Rejected", lambda each: each.rejected),
    Column("officer", "By", lambda each: each.officer, 130, floor=90),
    Column("at", "When", lambda each: each.at, 130, shown=lambda each: formats.moment(each.at)),
)


def _reply(each: ItemRow) -> str:
    if each.rejected:
        return "Rejected"
    return "Taken" if each.answered_on else "None yet"


ITEMS: tuple[Column[ItemRow], ...] = (
    Column("number", "Number", lambda each: each.number, 90, firm=True),
    Column("what", "What", lambda each: each.what, 220, floor=140),
    Column("state", "Reply", _reply, 90),
    Column("answer", "What it says", lambda each: each.answer, 220, floor=120),
    _day("answered", "On", lambda each: each.answered_on),
)
