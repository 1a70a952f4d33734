"""The section of coding: what is shown, and a line moved in one step."""

import pytest

from app.models.values import Money, Subject
from app.services.purchase_orders.budgets.dto import CodeChoice
from app.shots.purchase_coding import _report, _suspect
from app.views.purchase_orders.coding_sheets import RuleSheet, TransferSheet
from app.views.purchase_orders.controller.coding import CodingController
from tests.views.desktop import wait


@pytest.fixture
def section(office, tasks, qtbot):
    """The section over a landlord that has bought nothing yet, and what its lines open."""
    opened = []
    object.__setattr__(office, "open_record", lambda *about: opened.append(about))
    made = CodingController(office)
    qtbot.addWidget(made.page)
    made.page.show()
    wait(qtbot, lambda: not tasks.busy)
    made.page.show_report(_report())
    return made.page, opened


def test_every_figure_says_what_it_counts_and_a_line_opens_what_is_behind_it(section):
    page, opened = section
    assert [each.accessibleName() for each in page._sums] == [
        "To look at 9",
        "Amount £4,310.46",
        "Transfers waiting 1",
        "Rules in use 1",
    ]
    page.suspects.opened.emit(_report().suspects[1])
    page.transfers.opened.emit(_report().transfers[0])
    page.transfers.opened.emit(_report().transfers[1])
    assert opened == [(Subject.SUPPLIER_INVOICE, 1), (Subject.APPROVAL, 4), (Subject.SUPPLIER_INVOICE, 3)]


def test_the_sheet_of_a_transfer_is_filled_in_so_that_one_key_asks_for_it(qtbot, section):
    page, _opened = section
    codes = (CodeChoice(2, "HR100 4130", "Heating", "Repairs", Money(1_000_00)),)
    sheet = TransferSheet(page, (_suspect(0),), codes)
    qtbot.addWidget(sheet)
    asked = sheet.command()
    assert (asked.split_id, asked.to_id, asked.amount) == (0, 2, Money(182_50))
    assert asked.reason.startswith("A rule: heating")
    assert sheet.command().entry_key == asked.entry_key


def test_a_rule_keeps_what_it_names(qtbot, section):
    page, _opened = section
    shown = _report().rules[0]
    sheet = RuleSheet(page, shown, lambda _text, then: then(()), [(1, "Repairs and maintenance")])
    qtbot.addWidget(sheet)
    asked = sheet.command()
    assert (asked.rule_id, asked.version, asked.words, asked.subjective, asked.active) == (1, 1, "boiler", "4130", True)
