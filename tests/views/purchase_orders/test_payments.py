"""Payments on screen: from what is due to a payment that came back, by keyboard; and the figures."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt

from app.models.values import Money, PaidBy, Subject, SupplierRunState
from app.services.core.clock import FixedClock
from app.services.purchase_orders.payments import commands, daily, queries
from app.shots import purchase_payments as sample
from app.views.common.changes import ChangeBus
from app.views.common.message_bar import MessageBar
from app.views.common.office import Office
from app.views.purchase_orders.controller.figures import FiguresController
from app.views.purchase_orders.controller.payments import PaymentsController
from app.views.purchase_orders.handed import PayInvoices
from app.views.purchase_orders.payment_card import Step, fitting, next_step
from app.views.purchase_orders.payment_layouts import LayoutSheet
from app.views.purchase_orders.payment_parts import OwedPart
from app.views.purchase_orders.payment_sheets import BackSheet, SentSheet
from app.views.purchase_orders.payment_tables import Owed
from tests.services.adjustments.payments.test_returns import item
from tests.services.bacs.test_arucs import report
from tests.services.purchase_orders.payments.conftest import PAY_ON, made, office, owed, paints
from tests.views.desktop import answer_file, press, sheet_of, type_text, wait

__all__ = ["office", "paints"]
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def opened():
    """The records that the section asks another page to show."""
    return []


@pytest.fixture
def begin(tasks, qtbot, crashes, opened):
    """A section over a desk."""

    def begin(desk, kind=PaymentsController):
        messages = MessageBar()
        qtbot.addWidget(messages)

        def show(subject, record_id):
            opened.append((subject, record_id))

        made_ = kind(Office(desk, tasks, ChangeBus(), messages, crashes.append, open_record=show))
        made_.office.bus.changed.connect(made_.page.take_changes)
        qtbot.addWidget(made_.page)
        made_.page.resize(1400, 800)
        made_.page.show()
        made_.page.activateWindow()
        wait(qtbot, lambda: not tasks.busy)
        return made_

    yield begin
    tasks.drain()


def test_a_run_is_asked_for_by_keyboard_and_what_is_declared_must_be_what_is_paid(
    desk, office, paints, begin, tasks, qtbot, opened
):
    """£120.00 and £60.00 are due on Friday: £180.00 to one supplier; £170.00 is declared first."""
    page = begin(desk).page
    press(page, Qt.Key.Key_N, CONTROL)
    wait(qtbot, lambda: page.asks and page.asking.preview is not None and not tasks.busy)
    assert page.asking.come_to.text().startswith("Nothing is paid.")
    type_text(page, "30/11/26")
    press(page, Qt.Key.Key_Tab)
    wait(qtbot, lambda: page.asking.preview.payments and not tasks.busy)
    assert page.asking.come_to.text() == "1 supplier, £180.00 in all. 1 to look at."
    page.asking.declared.field("declared_count").setFocus()
    type_text(page, "1")
    press(page, Qt.Key.Key_Tab)
    type_text(page, "170")
    press(page, Qt.Key.Key_Return, CONTROL)
    wait(qtbot, lambda: page.asking.declared.error_of("declared_total") and not tasks.busy)
    page.asking.declared.fill({"declared_total": Money(180_00)})
    press(page, Qt.Key.Key_Return, CONTROL)
    wait(qtbot, lambda: page.card.detail is not None and not tasks.busy)
    assert page.card.detail.row.words == "Waits for a second officer"
    press(page, Qt.Key.Key_Return, CONTROL)
    assert opened == [(Subject.APPROVAL, page.card.detail.row.request_id)]


def test_the_file_is_saved_sent_remitted_and_a_payment_comes_back(desk, office, paints, begin, tasks, qtbot, tmp_path):
    made(desk, office)
    section = begin(desk)
    page = section.page
    wait(qtbot, lambda: page.card.detail is not None and not tasks.busy)
    press(page, Qt.Key.Key_Return, CONTROL)
    answer_file(qtbot, page, tmp_path)
    wait(qtbot, lambda: section.office.messages.text.startswith("The file of PR00001") and not tasks.busy)
    (saved,) = [path for path in tmp_path.rglob("*") if path.suffix == ".txt"]
    assert saved.stat().st_mode & 0o077 == saved.parent.stat().st_mode & 0o077 == 0
    press(page, Qt.Key.Key_Return, CONTROL)
    sheet = sheet_of(qtbot, SentSheet)
    type_text(sheet, "4711")
    press(sheet, Qt.Key.Key_Return, CONTROL)
    wait(qtbot, lambda: page.card.detail.row.state is SupplierRunState.SENT and not tasks.busy)
    press(page, Qt.Key.Key_Return, CONTROL)
    wait(qtbot, lambda: page.card.detail.remitted == 1 and not tasks.busy)
    press(page, Qt.Key.Key_B, CONTROL)
    back = sheet_of(qtbot, BackSheet)
    back.fields.fill({"returned_on": date(2026, 11, 21), "why": "Account closed"})
    press(back, Qt.Key.Key_Return, CONTROL)
    wait(qtbot, lambda: page.card.detail.payments[0].returned_on is not None and not tasks.busy)


def test_a_report_of_the_bank_puts_back_what_it_names(desk, office, paints, begin, tasks, qtbot, tmp_path):
    made(desk, office)
    section = begin(desk)
    path = tmp_path / "arucs.xml"
    path.write_bytes(report(item("PR00001-001", "180.00") + item("REFUND 7", "5.00")))
    press(section.page, Qt.Key.Key_I, CONTROL)
    answer_file(qtbot, section.page, path)
    wait(qtbot, lambda: section.office.messages.text and not tasks.busy)
    assert section.office.messages.text.startswith("1 payment of £180.00 came back; to be paid again. 1 in the report")
    assert "REFUND 7, £5.00" in section.office.messages.text


def test_invoices_that_are_handed_over_are_looked_at_alone(desk, office, paints, begin, tasks, qtbot):
    """£40.00 isn't due before January: it is chosen, and said."""
    desk.do(owed, paints[0], 40, pay_by_on=date(2027, 1, 5))
    section = begin(desk)
    section.take(PayInvoices(("IN00003",)))
    wait(qtbot, lambda: section.page.asking.preview is not None and not tasks.busy)
    assert section.page.asking.preview.total == Money(40_00)
    section.page.asking._only.setText("IN00009")
    section.page.asking._look()
    wait(qtbot, lambda: section.page.asking.form.error_of("invoices") and not tasks.busy)
    assert section.page.asking.preview is None


def test_a_layout_of_ones_own_is_kept_and_offered(desk, office, begin, tasks, qtbot):
    section = begin(desk)
    press(section.page, Qt.Key.Key_Y, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    sheet = sheet_of(qtbot, LayoutSheet)
    sheet.fields.fill({"title": "Sample ledger", "columns": "Supplier = Name\nNothing"})
    press(sheet, Qt.Key.Key_Return, CONTROL)
    assert sheet.fields.error_of("columns") == "There is no field 'Nothing'. Write it as in the list under the columns."
    sheet.fields.fill({"columns": "Supplier = Name\nAmount to pay"})
    press(sheet, Qt.Key.Key_Return, CONTROL)
    wait(qtbot, lambda: not tasks.busy and section.office.messages.text == "The layout is kept.")
    kept = desk.ask(queries.layouts)[0][-1]
    assert (kept.title, kept.columns) == ("Sample ledger", (("supplier", "Name"), ("amount", "Amount to pay")))


@pytest.mark.parametrize(
    ("at", "saved", "step"),
    [(0, False, Step.DECIDE), (1, False, Step.SAVE), (1, True, Step.SEND), (2, True, Step.REMIT), (5, True, None)],
)
def test_the_primary_button_is_the_one_next_step(at, saved, step):
    """Of runs that wait, whose file is made, that were sent, and that were cancelled."""
    found = sample._detail(sample._runs()[at])
    assert next_step(found, may=True, saved=saved) is step
    assert (next_step(found, may=False, saved=saved) is Step.DECIDE) == (at == 0)
    assert not fitting(found, None, may=False)


def test_the_figures_say_how_soon_and_open_what_is_behind_them(desk, office, paints, begin, tasks, qtbot, opened):
    """Received on 3 November and paid on the 21st: 18 days."""
    run = made(desk, office, by=PaidBy.FINANCE)
    desk.do(commands.mark_sent, run.run_id, "4711")
    desk.do(commands.mark_paid, run.run_id, date(2026, 11, 21))
    page = begin(desk, FiguresController).page
    wait(qtbot, lambda: page.models[0].rows and not tasks.busy)
    half = page.models[0].rows[0]
    assert (half.paid.average_days, half.paid.within_30) == (18, 2)
    page.parts.open_part(3)
    page.parts.stack.currentWidget().opened.emit(page.models[3].rows[0])
    assert opened == [(Subject.SUPPLIER_RUN, run.run_id)]


def test_a_section_that_is_shown_again_on_another_day_says_what_is_so_by_then(
    desk, office, paints, begin, tasks, qtbot
):
    """What the day does by itself, at night and from another desk, is seen without a key."""
    run = made(desk, office)
    desk.do(commands.mark_sent, run.run_id, "4711")
    page = begin(desk).page
    wait(qtbot, lambda: page.card.detail is not None and not tasks.busy)
    assert page.card.detail.row.state is SupplierRunState.SENT
    page.hide()
    replace(desk, clock=FixedClock(PAY_ON)).do(daily.each_day)
    page.show()
    wait(qtbot, lambda: not page.model.rows and not tasks.busy)  # it is done, so it isn't among what is to do


def test_a_late_payment_without_a_base_rate_says_in_full_what_is_to_be_entered(qtbot):
    part = OwedPart()
    qtbot.addWidget(part)
    part.show_rows([Owed(each, added=False) for each in sample.late()])
    part._table.go_to(0)
    assert part.said.text().startswith("Enter adds the chosen line")
    part._table.go_to(2)
    assert part.said.text().startswith(
        "No base rate is entered for the half year from 1 Jul 2026: in Admin, Policy values"
    )
