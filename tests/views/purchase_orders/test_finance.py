"""The section of the finance system: what is shown, what a line opens, what its sheets ask for."""

import pytest
from PySide6.QtCore import Qt

from app.models.values import FinanceFileKind, Money, Subject
from app.services.imports.dto import Mistake
from app.services.purchase_orders.finance.transactions.dto import LoadCheck, TransactionFile
from app.shots.purchase_finance import _held, _report
from app.views.purchase_orders.controller.finance import FinanceController
from app.views.purchase_orders.finance_sheets import HandSheet, LoadSheet, SettleSheet
from tests.views.desktop import press, wait


@pytest.fixture
def section(office, tasks, qtbot):
    """The section over a landlord that has bought nothing yet, and what its lines open."""
    opened = []
    object.__setattr__(office, "open_record", lambda *about: opened.append(about))
    made = FinanceController(office)
    qtbot.addWidget(made.page)
    made.page.show()
    wait(qtbot, lambda: not tasks.busy)
    made.page.show_report(_report())
    return made.page, opened


def test_a_period_is_told_in_figures_and_in_words(section):
    page, opened = section
    assert [each.accessibleName() for each in page._sums] == [
        "Ours £25,800.00",
        "Theirs £25,306.00",
        "Matched £25,220.01",
        "To look at 5",
        "Reconciliation To be signed",
    ]
    page.invoice_opened.emit(_held().ours_only[0])
    assert opened == [(Subject.SUPPLIER_INVOICE, 30)]


def test_what_is_open_is_matched_again_by_a_key(section, office, tasks, qtbot):
    page, _opened = section
    press(page, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    wait(qtbot, lambda: not tasks.busy and office.messages.text)
    assert office.messages.text == "No open transaction of these days is one of our documents."


def test_a_transaction_is_a_document_or_explained(qtbot, section):
    """An open one is of the only document on its code that no other is of; a pair that is explained keeps its document."""
    page, _opened = section
    held = _held()
    open_one = SettleSheet(page, held.theirs_only[0], held.ours_only, None)
    qtbot.addWidget(open_one)
    assert (open_one.command().subject, open_one.command().words) == (None, "")
    pair = SettleSheet(page, held.differs[0].theirs, held.ours_only, held.differs[0])
    qtbot.addWidget(pair)
    assert (pair.command().subject, pair.command().subject_id) == (Subject.SUPPLIER_INVOICE, 20)
    pair.fields.fill({"words": "Carriage, agreed"})
    assert (pair.command().subject, pair.command().words) == (None, "Carriage, agreed")


def test_a_file_with_mistakes_is_shown_and_cannot_be_loaded(qtbot, section):
    page, _opened = section
    file = TransactionFile("ledger.csv", "", (), (), (), Money(0))
    wrong = LoadSheet(page, file, LoadCheck(0, 0, Money(0), {}, (Mistake(3, "code", "It has no code."),)))
    right = LoadSheet(page, file, LoadCheck(2, 0, Money(0), {}, ()))
    for sheet in (wrong, right):
        qtbot.addWidget(sheet)
    assert (wrong.primary, right.command()) == (None, file)


def test_what_has_something_to_go_is_offered_first_with_its_own_layouts(qtbot, section):
    page, _opened = section
    layouts = [(FinanceFileKind.SUPPLIERS, "s", "Suppliers, as shipped"), (FinanceFileKind.RECEIPTS, "r", "Receipts")]
    sheet = HandSheet(page, _report().to_hand, layouts)
    qtbot.addWidget(sheet)
    assert sheet.command() == (FinanceFileKind.SUPPLIERS, "s")
    sheet.fields.fill({"kind": FinanceFileKind.RECEIPTS})
    assert sheet.command() == (FinanceFileKind.RECEIPTS, "r")
