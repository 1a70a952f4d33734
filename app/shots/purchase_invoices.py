"""Scenes of invoices over made-up ones: the register, the match, what is logged, disputes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QPainter, QPdfWriter
from PySide6.QtWidgets import QWidget

from app.models.values import (
    ZERO,
    DisputeReason,
    InvoiceKind,
    InvoiceState,
    MatchFault,
    Money,
    PurchaseVat,
)
from app.services.purchase_orders.invoices.dto import (
    NO_CIS,
    Act,
    Clock,
    CodeShare,
    Difference,
    DisputeRow,
    InvoiceDetail,
    InvoiceRow,
    InvoiceStep,
    Match,
    MatchLine,
)
from app.shots.stage import Scene, Stage
from app.views.purchase_orders.match_sheet import MatchSheet

QUANTITY: Final = Difference(MatchFault.QUANTITY, 1, "10 are charged, 8 were received: 2 more than came.")
PRICE: Final = Difference(MatchFault.PRICE, 2, "£45.00 is charged for one, £42.50 was ordered: £2.50 more, 5.9 %.")
CODES: Final = (CodeShare(1, "HR100 4120", "Responsive repairs", Money(200_00)),)


def row(**other: Any) -> InvoiceRow:
    """IN00012 of £480.00 with VAT, received on 3 November, its last day 3 December."""
    made = InvoiceRow(
        invoice_id=12,
        version=1,
        number="IN00012",
        kind=InvoiceKind.INVOICE,
        state=InvoiceState.LOGGED,
        supplier_id=3,
        supplier="Sample Heating Supplies Ltd",
        supplier_number="SH-4471",
        invoice_on=date(2026, 11, 2),
        received_on=date(2026, 11, 3),
        pay_by_on=date(2026, 12, 3),
        left_days=12,
        left="12 days left",
        order_id=7,
        order_number="PO00007",
        order_quoted="PO 7",
        category="Repairs and maintenance",
        net=Money(400_00),
        vat=Money(80_00),
        gross=Money(480_00),
        payable=Money(480_00),
        retention=ZERO,
        retention_on=None,
        disputed=False,
        disputed_told=False,
        document_sha256=None,
        logged_by="Test Officer",
        logged_by_id=1,
        approved_by="",
        paid_on=None,
    )
    return replace(made, **other)


def line(place: int | None, description: str, **other: Any) -> MatchLine:
    """A line of ten at £20.00, all received and charged."""
    made = MatchLine(
        place=place,
        line_id=place,
        order_line_id=place or 9,
        order_place=place or 3,
        description=description,
        order_description=description,
        unit="each",
        labour=False,
        ordered=10_000,
        received=10_000,
        invoiced_before=0,
        invoiced=10_000,
        order_price=20_00_000,
        price=20_00_000,
        order_net=Money(200_00),
        net=Money(200_00),
        difference=ZERO,
        vat_kind=PurchaseVat.STANDARD,
        vat_expected=Money(40_00),
        vat=Money(40_00),
        vat_recovered=True,
        codes=CODES,
    )
    return replace(made, **other)


def match(*differences: Difference) -> Match:
    """Two lines that are charged, and one that isn't: valves too many, and pumps too dear unless told otherwise."""
    lines = (
        line(1, "Radiator valves", received=8_000, faults=(MatchFault.QUANTITY,)),
        line(
            2,
            "Circulation pumps",
            ordered=4_000,
            received=4_000,
            invoiced=4_000,
            order_price=42_50_000,
            price=45_00_000,
            order_net=Money(170_00),
            net=Money(180_00),
            difference=Money(10_00),
            vat_expected=Money(36_00),
            vat=Money(36_00),
            faults=(MatchFault.PRICE,),
        ),
        line(None, "Delivery", invoiced=0, ordered=1_000, received=1_000, price=None, net=ZERO, vat=ZERO),
    )
    found = differences or (QUANTITY, PRICE)
    return Match(lines, found, Money(380_00), Money(76_00), Money(400_00), Money(80_00))


def clock(**other: Any) -> Clock:
    """Twelve days left."""
    made = Clock(
        date(2026, 11, 3),
        date(2026, 12, 3),
        0,
        12,
        held=False,
        words=("Received 3 Nov 2026, 30 days to pay: the last day is 3 Dec 2026.",),
    )
    return replace(made, **other)


def detail(**other: Any) -> InvoiceDetail:
    """That invoice whole, with two differences."""
    made = InvoiceDetail(
        row=row(),
        clock=clock(),
        match=match(),
        cis=NO_CIS,
        disputes=(),
        suspects=(),
        readings=(),
        history=(
            InvoiceStep(datetime(2026, 11, 3, 9, 12, tzinfo=UTC), None, "Test Officer", "Logged", "From post 2026/41"),
        ),
        acts=frozenset({Act.CHANGE, Act.ACCEPT, Act.DISPUTE, Act.CANCEL, Act.TAKE_LINES}),
        why_not="2 differences are open: accept them with a reason, put them right, or dispute the invoice.",
        note="",
        due_on=None,
        category_id=1,
        credits_id=None,
        credits="",
        credited_by=(),
        post_item_id=41,
        post_item="2026/41",
        request_id=None,
        labour=ZERO,
        finance_reference="",
        settled_why="",
    )
    return replace(made, **other)


def dispute(**other: Any) -> DisputeRow:
    """Two valves are disputed, and the supplier isn't told yet."""
    made = DisputeRow(
        dispute_id=5,
        invoice_id=12,
        reason=DisputeReason.QUANTITY,
        words="10 are charged, 8 were received.",
        found_on=date(2026, 11, 5),
        notified_on=None,
        notified_how="",
        outgoing_id=None,
        closed_on=None,
        outcome="",
        made_by="Test Officer",
        closed_by="",
        holds=False,
        holds_why="The time to pay runs on until the supplier is told.",
    )
    return replace(made, **other)


def document(words: str) -> bytes:
    """A page with a few words, as a supplier might send it."""
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    painter = QPainter(writer)
    for at, line in enumerate(words.splitlines()):
        painter.drawText(600, 900 + 360 * at, line)
    painter.end()
    buffer.close()
    return bytes(kept.data())


PAPER: Final = (
    "Sample Heating Supplies Ltd\nInvoice SH-4471\n10 radiator valves at 20.00\n4 pumps at 45.00\nTotal 480.00"
)


def opened(stage: Stage) -> Any:
    """The section, with what it asked for."""
    page = stage.controller("purchase_orders").section("invoices").page
    stage.settle()
    return page


def _card(stage: Stage, part: int = 0, **other: Any) -> QWidget:
    page = opened(stage)
    page.show_invoice(detail(**other))
    page.card.parts.open_part(part)
    return stage.window


def _disputed(stage: Stage) -> QWidget:
    told = dispute(notified_on=date(2026, 11, 6), holds=True, holds_why="It holds the time to pay since 6 Nov 2026.")
    held = clock(held=True, words=("Received 3 Nov 2026, 30 days to pay.", "Held since 6 Nov 2026 by a dispute."))
    acts = frozenset({Act.SETTLE, Act.CREDIT})
    return _card(
        stage,
        1,
        row=row(disputed=True, disputed_told=True, left="Held: disputed"),
        disputes=(told,),
        clock=held,
        acts=acts,
    )


def _match(stage: Stage, *, paper: bool = False, done: bool = False) -> QWidget:
    found = detail(row=row(document_sha256="x")) if paper else detail()
    if done:
        taken = replace(PRICE, accepted_why="New price list of October", accepted_by="Test Officer")
        acts = frozenset({Act.CHANGE, Act.ASK, Act.DISPUTE, Act.CANCEL})
        found = detail(match=match(taken), acts=acts, why_not="")
    sheet = MatchSheet(opened(stage), found)
    sheet.open()
    if paper:
        sheet.paper.show_kept("SH-4471 of Sample Heating Supplies Ltd", document(PAPER))
    return stage.fresh(MatchSheet)


def _with_paper(stage: Stage) -> QWidget:
    return _match(stage, paper=True)


def _matched(stage: Stage) -> QWidget:
    return _match(stage, done=True)


SCENES = (
    Scene("purchase-invoices", _card),
    Scene("purchase-invoices-disputed", _disputed),
    Scene("purchase-match", _match),
    Scene("purchase-match-paper", _with_paper),
    Scene("purchase-match-done", _matched),
)
