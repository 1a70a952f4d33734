"""The columns of payments to suppliers: the runs, what each supplier gets and for what, what is left out, and the way of a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.models.values import SupplierRunState
from app.services.purchase_orders.payments.dto import (
    WAYS,
    LateRow,
    LeftOutRow,
    PaidLine,
    PaymentRow,
    RunRow,
    RunStep,
)
from app.services.workbench.listing import Holds
from app.views.common import formats
from app.views.common.columns import Column, money_column

TONES: Final = {
    SupplierRunState.WAITING: "warning",
    SupplierRunState.MADE: "warning",
    SupplierRunState.SENT: "",
    SupplierRunState.PAID: "good",
    SupplierRunState.REFUSED: "bad",
    SupplierRunState.CANCELLED: "muted",
    SupplierRunState.WITHDRAWN: "muted",
}
_BRIEF: Final = {SupplierRunState.WAITING: "To be approved", SupplierRunState.MADE: "To be sent"}


@dataclass(frozen=True, slots=True)
class FileLine:
    """A line of a run's file as it would be, the digits of accounts masked."""

    number: int
    text: str


def _brief(row: RunRow) -> tuple[str, ...]:
    return (_BRIEF.get(row.state, row.words),)


RUNS: tuple[Column[RunRow], ...] = (
    Column("number", "Run", lambda each: each.number, 76, firm=True),
    Column(
        "words",
        "State",
        lambda each: each.words,
        180,
        tone=lambda each: TONES[each.state],
        floor=100,
        shorter=_brief,
    ),
    Column("pay_on", "Paid on", lambda each: each.pay_on, 96, firm=True),
    Column(
        "by",
        "By",
        lambda each: WAYS[each.by],
        110,
        floor=70,
        least=3,
        shorter=lambda each: (each.by.value.capitalize(),),
    ),
    Column("count", "Suppliers", lambda each: each.count, 80, right=True, holds=Holds.NUMBER, total=True, least=2),
    money_column("total", "Amount", lambda each: each.total, 104, total=True),
    Column("due_to_on", "Due by", lambda each: each.due_to_on, 96, least=4),
    Column("made_by", "Asked by", lambda each: each.made_by, 130, floor=90, least=5),
)


def _remarks(row: PaymentRow) -> str:
    if row.returned_on is not None:
        return f"Came back on {formats.day(row.returned_on)}: {row.returned_why}"
    return " ".join(row.remarks)


def payments(*, made: bool) -> tuple[Column[PaymentRow], ...]:
    """What each supplier gets; of a run that is `made` with the reference and the remittance advice."""
    after: tuple[Column[PaymentRow], ...] = (
        Column("reference", "Reference", lambda each: each.reference, 110, firm=True, least=2),
        Column("remittance", "Remittance", lambda each: each.remittance or "none yet", 150, floor=90, least=1),
    )
    return (
        Column("supplier", "Supplier", lambda each: each.supplier, 190, floor=110),
        Column("number", "Number", lambda each: each.supplier_number, 66, least=4, firm=True),
        money_column("amount", "Amount", lambda each: each.amount, 100, total=True),
        Column("bank", "Bank account", lambda each: each.bank.removeprefix("account "), 92, least=3),
        *(after if made else ()),
        Column(
            "remarks",
            "To look at",
            _remarks,
            220,
            tone=lambda each: "bad" if each.returned_on is not None else "warning",
            floor=110,
        ),
    )


LINES: tuple[Column[PaidLine], ...] = (
    Column("words", "For", lambda each: each.words, 130, floor=90),
    Column("number", "Ours", lambda each: each.number, 76, firm=True),
    Column("theirs", "Theirs", lambda each: each.supplier_number, 110, floor=70),
    Column(
        "pay_by_on",
        "Pay by",
        lambda each: each.pay_by_on if each.amount.pence > 0 else None,
        96,
        tone=lambda each: "warning" if each.early else "",
    ),
    money_column("gross", "Gross", lambda each: each.gross or None, 96),
    money_column("cis", "Less CIS", lambda each: each.cis or None, 84),
    money_column("retention", "Kept back", lambda each: each.retention or None, 84),
    money_column("amount", "Paid", lambda each: each.amount, 96, total=True),
)
LEFT_OUT: tuple[Column[LeftOutRow], ...] = (
    Column("heading", "Why", lambda each: each.heading, 170, tone=lambda _each: "bad", floor=150),
    Column("supplier", "Supplier", lambda each: each.supplier, 170, floor=100),
    Column("number", "Invoice", lambda each: each.number, 78, firm=True),
    money_column("amount", "Amount", lambda each: each.amount, 96, total=True),
    Column("words", "What is wrong", lambda each: each.words, 240, floor=120, least=1),
    Column("todo", "What to do", lambda each: each.todo, 240, floor=120),
)
STEPS: tuple[Column[RunStep], ...] = (
    Column("words", "Step", lambda each: each.words, 180, floor=120, tone=lambda each: "" if each.at else "muted"),
    Column(
        "at",
        "When",
        lambda each: each.at or each.on,
        140,
        shown=lambda each: formats.moment(each.at) or formats.day(each.on) or "to come",
        firm=True,
    ),
    Column("officer", "Who", lambda each: each.officer, 160, floor=100),
)
FILE: tuple[Column[FileLine], ...] = (
    Column("number", "No.", lambda each: each.number, 46, right=True, firm=True),
    Column("text", "Line of the file", lambda each: each.text, 700, firm=True),
)


@dataclass(frozen=True, slots=True)
class Owed:
    """What is owed for paying an invoice late; `added` to the new run."""

    row: LateRow
    added: bool


OWED: tuple[Column[Owed], ...] = (
    Column("added", "Added", lambda each: "yes" if each.added else "", 60, tone=lambda _each: "good", firm=True),
    Column("supplier", "Supplier", lambda each: each.row.supplier, 170, floor=110),
    Column("number", "Invoice", lambda each: each.row.number, 78, firm=True),
    Column("days", "Days late", lambda each: each.row.days, 76, right=True, holds=Holds.NUMBER),
    money_column("interest", "Interest", lambda each: each.row.interest, 84, total=True),
    money_column("compensation", "Compensation", lambda each: each.row.compensation, 104, total=True),
    money_column("total", "Together", lambda each: each.row.total, 90, total=True),
    Column("explained", "How it is worked out", lambda each: each.row.explained, 280, floor=120, least=1),
)
