"""Scenes of payments to suppliers: the runs with their card, a new run, its sheets, and the figures, over made-up ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from app.models.values import FinanceFileKind, Money, NotPaid, PaidBy, PaidPart, PaymentFileState, SupplierRunState
from app.services.purchase_orders.finance.layouts import FIELDS, SHIPPED
from app.services.purchase_orders.payments.dto import (
    LateRow,
    LeftOutRow,
    PaidLine,
    PaymentRow,
    RunDetail,
    RunForm,
    RunPreview,
    RunQuestion,
    RunRow,
    RunStep,
)
from app.shots.stage import Scene, Stage
from app.views.purchase_orders.payment_card import Step
from app.views.purchase_orders.payment_layouts import LayoutSheet
from app.views.purchase_orders.payment_sheets import BackSheet, SentSheet, WhySheet

PAY_ON: Final = date(2026, 11, 25)
_DUE: Final = date(2026, 11, 30)
NAMES: Final = (
    "Sample Heating Services Limited",
    "Madeup Roofing Limited",
    "Specimen Cleaning Limited",
    "Placeholder Paints",
    "Demonstration Lifts and Escalators (Southern) Limited",
    "Example Electrical",
)
_AT: Final = datetime(2026, 11, 20, 10, 15, tzinfo=UTC)


def _line(at: int, part: PaidPart = PaidPart.INVOICE, *, credit: bool = False, early: bool = False) -> PaidLine:
    gross = 42_000 + at * 31_750
    cis = 4_800 if at % 3 == 1 and not credit else 0
    kept = 2_100 if at % 5 == 1 and not credit else 0
    sign = -1 if credit else 1
    whole = part is PaidPart.INVOICE
    return PaidLine(
        at,
        f"IN{200 + at:05}",
        f"SI-{7_000 + at}",
        date(2026, 10, 28) + timedelta(days=at),
        date(2026, 11, 27) + timedelta(days=at),
        part,
        Money(sign * gross * whole),
        Money(cis * whole),
        Money(kept * whole),
        Money(sign * (gross - cis - kept) if whole else 3_500),
        early,
        credit,
    )


def _payment(at: int, *, made: bool) -> PaymentRow:
    lines = [_line(at * 2), _line(at * 2 + 1, early=at == 2)]
    if at == 1:
        lines.append(_line(at * 2 + 2, PaidPart.RETENTION))
    if at == 3:
        lines.append(_line(0, credit=True))
    remarks = {
        0: ("The first payment to these bank details, others in force since 9 Nov 2026.",),
        2: ("Before its day: IN00205.",),
        4: ("The same amount, £1,187.50, is in PR00011 of 11 Nov 2026 too.",),
    }
    return PaymentRow(
        at if made else None,
        at,
        NAMES[at],
        f"S{at + 11:05}",
        f"••••••{17 + at * 13:02}",
        sum((line.amount for line in lines), Money(0)),
        f"PR00012-{at + 1:03}" if made else "",
        tuple(lines),
        remarks.get(at, ()),
        ("E-mail, sent", "Letter, to be sent", "")[at % 3] if made else "",
        date(2026, 11, 26) if made and at == 5 else None,
        "Account closed" if made and at == 5 else "",
    )


def _left_out() -> tuple[LeftOutRow, ...]:
    said = (
        (NotPaid.NOT_APPROVED, "It isn't approved, and is to be paid by 26 Nov 2026.", 84_000),
        (NotPaid.DISPUTED, "Disputed: two radiators were damaged on arrival", 61_200),
        (NotPaid.NO_BANK, "It has no bank details in force.", 12_500),
        (NotPaid.NOTHING, "Credit notes of £30.00 are left once what is due is set off.", -3_000),
    )
    return tuple(
        LeftOutRow(at, NAMES[at], at, f"IN{230 + at:05}", reason, words, Money(pence))
        for at, (reason, words, pence) in enumerate(said)
    )


def _runs() -> tuple[RunRow, ...]:
    states = (
        SupplierRunState.WAITING,
        SupplierRunState.MADE,
        SupplierRunState.SENT,
        SupplierRunState.PAID,
        SupplierRunState.PAID,
        SupplierRunState.CANCELLED,
        SupplierRunState.PAID,
    )
    return tuple(
        RunRow(
            13 - at,
            f"PR{13 - at:05}",
            state,
            PaidBy.FINANCE if at % 3 == 0 else PaidBy.BACS,
            _DUE - timedelta(days=at * 7),
            PAY_ON - timedelta(days=at * 7),
            6 + at,
            Money(741_235 + at * 61_117),
            "Officer One",
            _AT - timedelta(days=at * 7),
            "" if at == 0 else "Team Leader Two",
            1,
            at + 40,
        )
        for at, state in enumerate(states)
    )


def _detail(row: RunRow) -> RunDetail:
    payments = tuple(_payment(at, made=True) for at in range(6))
    gone = row.state in {SupplierRunState.SENT, SupplierRunState.PAID}
    return RunDetail(
        row,
        (
            RunStep("Asked for", _AT, "Officer One"),
            RunStep("Approved, file made", _AT + timedelta(hours=2), "Team Leader Two"),
            RunStep("Sent", _AT + timedelta(hours=3) if gone else None, "Officer One" if gone else ""),
            RunStep("Suppliers have the money", on=row.pay_on),
        ),
        payments,
        _left_out(),
        "The roofers asked for theirs a week early.",
        "",
        "Bacs 000118 suppliers 2026-11-25.txt",
        PaymentFileState.SENT if gone else PaymentFileState.MADE,
        "BACS 4711-208" if gone else "",
        4,
        "Save the file, send it, and mark the run as sent with the reference that you are given."
        if not gone
        else "On its day its invoices are paid by themselves. Make the remittance advices; Letters sends them.",
    )


def _preview() -> RunPreview:
    payments = tuple(_payment(at, made=False) for at in range(6))
    total = sum((each.amount for each in payments), Money(0))
    lines = tuple(
        f"** ** ** ****{each.bank[-2:]}       99  {each.amount.pence:011}  PR00014-{at:03}         {each.supplier[:18].upper()}"
        for at, each in enumerate(payments, 1)
    )
    return RunPreview(RunQuestion(_DUE, PAY_ON, PaidBy.BACS), payments, _left_out(), total, lines)


_NO_RATE: Final = (
    "No base rate is entered for the half year from 1 Jul 2026: in Admin, Policy values, enter the Bank of England's rate of "
    "30 Jun 2026 from 1 Jul 2026. Compensation is £100.00."
)


def late() -> tuple[LateRow, ...]:
    """What is owed for paying late; of the last one no rate is known."""
    found = tuple(
        LateRow(
            at,
            f"IN{150 + at:05}",
            f"SI-{at}",
            at,
            NAMES[at],
            date(2026, 9, 14),
            date(2026, 9, 14) + timedelta(days=days),
            days,
            Money(owed),
            "11.75",
            Money(interest),
            Money(fixed),
            f"{Money(owed)} x 11.75% x {days} days / 365, and {Money(fixed)}",
            "PR00009" if at == 2 else "",
        )
        for at, (days, owed, interest, fixed) in enumerate(
            ((15, 120_000, 579, 7_000), (4, 84_000, 108, 4_000), (31, 1_250_000, 12_474, 10_000))
        )
    )
    return (*found[:-1], replace(found[-1], percent="", interest=None, explained=_NO_RATE, run=""))


def _page(stage: Stage) -> Any:
    page = stage.controller("purchase_orders").section("payments").page
    stage.settle()
    page.show_list()
    return page


def _listed(stage: Stage, at: int = 1) -> Any:
    page = _page(stage)
    page.show_found(_runs())
    page.table.go_to(at)
    stage.settle()
    page.show_run(_detail(_runs()[at]))
    return page


def _made(stage: Stage) -> QWidget:
    _listed(stage)
    return stage.window


def _sent(stage: Stage) -> QWidget:
    _listed(stage, 2).card.payments.table.go_to(5)
    return stage.window


def _left(stage: Stage) -> QWidget:
    _listed(stage).card.parts.open_part(1)
    return stage.window


def _way(stage: Stage) -> QWidget:
    _listed(stage).card.parts.open_part(2)
    return stage.window


def _new(stage: Stage, part: int = 0) -> QWidget:
    page = _page(stage)
    form = RunForm(date(2026, 11, 22), PAY_ON, PAY_ON, PaidBy.BACS, True, "", (("payments_standard", "As shipped"),))
    page.show_new(form)
    stage.settle()
    page.asking.show_late(late())
    page.asking.show_preview(_preview())
    page.asking.messages.clear()
    page.asking.parts.open_part(part)
    return stage.window


def _new_left_out(stage: Stage) -> QWidget:
    return _new(stage, 1)


def _new_file(stage: Stage) -> QWidget:
    return _new(stage, 2)


def _new_owed(stage: Stage) -> QWidget:
    return _new(stage, 3)


def _sheet_sent(stage: Stage) -> QWidget:
    SentSheet(_listed(stage), _runs()[1]).open()
    return stage.fresh(SentSheet)


def _sheet_cancel(stage: Stage) -> QWidget:
    WhySheet(_listed(stage), _runs()[1], Step.CANCEL).open()
    return stage.fresh(WhySheet)


def _sheet_back(stage: Stage) -> QWidget:
    BackSheet(_listed(stage, 2), _runs()[2], _payment(1, made=True), lambda: date(2026, 11, 27)).open()
    return stage.fresh(BackSheet)


def _sheet_layout(stage: Stage) -> QWidget:
    kind = FinanceFileKind.PAYMENTS
    LayoutSheet(_listed(stage), (SHIPPED[kind],), FIELDS[kind]).open()
    return stage.fresh(LayoutSheet)


SCENES = (
    Scene("purchase-payments", _made),
    Scene("purchase-payments-sent", _sent),
    Scene("purchase-payments-left-out", _left),
    Scene("purchase-payments-way", _way),
    Scene("purchase-payments-new", _new),
    Scene("purchase-payments-new-left-out", _new_left_out),
    Scene("purchase-payments-new-file", _new_file),
    Scene("purchase-payments-new-owed", _new_owed),
    Scene("purchase-payments-sheet-sent", _sheet_sent),
    Scene("purchase-payments-sheet-cancel", _sheet_cancel),
    Scene("purchase-payments-sheet-back", _sheet_back),
    Scene("purchase-payments-sheet-layout", _sheet_layout),
)
