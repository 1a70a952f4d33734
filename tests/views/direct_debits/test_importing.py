"""Mandates from a spreadsheet on screen: what is wrong stands with its row, and what is right is loaded whole."""

import pytest
from openpyxl import Workbook

from app.models.values import MandateState
from app.services.direct_debits.mandates import queries
from app.views.common.headings_sheet import HeadingsSheet
from app.views.direct_debits.controller.importing import LoadController, TemplateController
from app.views.direct_debits.importing import LoadSheet
from app.views.direct_debits.page import DirectDebitsPage
from tests.views.desktop import answer_file, sheet_of, wait

HEAD = ("Account", "Payer name", "Sort code", "Account number")


@pytest.fixture
def page(qtbot, theme):
    """The page by itself."""
    made = DirectDebitsPage()
    qtbot.addWidget(made)
    made.resize(1300, 860)
    made.show()
    return made


def book(path, *rows, head=HEAD):
    made = Workbook()
    for row in (head, *rows):
        made.active.append(row)
    made.save(path)
    return path


def test_a_file_with_another_heading_is_mapped_counted_and_loaded(office, accounts, page, qtbot, tmp_path):
    rows = (
        ("0012 4471 03", "Maria Testerton", "089999", "66374958"),
        ("0012 4502 17", "Sam Specimen", "107999", "88837491"),
    )
    path = book(tmp_path / "ddi.xlsx", *rows, head=("Our tenant's key", *HEAD[1:]))
    LoadController(office, page)
    answer_file(qtbot, page, path)
    headings = sheet_of(qtbot, HeadingsSheet)
    assert "remembers" in headings.explained
    headings.fields.fill({"0": "account"})
    headings.confirm_action.trigger()
    sheet = sheet_of(qtbot, LoadSheet)
    wait(qtbot, lambda: sheet.preview.rows and not office.tasks.busy)
    assert [(each.account, each.bank) for each in sheet.preview.rows] == [
        ("0012 4471 03", "••••••58"),
        ("0012 4502 17", "••••••91"),
    ]
    sheet.fields.fill({"declared_count": 3})
    wait(qtbot, lambda: [each.field for each in sheet.mistakes.rows] == ["declared_count"])
    sheet.fields.fill({"declared_count": 2})
    wait(qtbot, lambda: not sheet.mistakes.rows and not office.tasks.busy)
    sheet.confirm_action.trigger()
    wait(qtbot, lambda: "2 mandates" in office.messages.text and not office.tasks.busy)
    (made,) = office.desk.ask(queries.of_account, accounts["Testerton"])
    assert made.state is MandateState.LIVE


def test_what_is_wrong_stands_with_its_row_and_nothing_is_loaded(office, accounts, page, qtbot, tmp_path):
    path = book(tmp_path / "ddi.xlsx", ("0012 4471 03", "Maria Testerton", "08999", "66374958"))
    LoadController(office, page)
    answer_file(qtbot, page, path)
    sheet = sheet_of(qtbot, LoadSheet)
    wait(qtbot, lambda: sheet.mistakes.rows)
    assert [(each.row, each.field) for each in sheet.mistakes.rows] == [(2, "sort_code")]
    assert "66374958" not in sheet.effects.text()
    sheet.fields.fill({"declared_count": 1})
    sheet.confirm_action.trigger()
    wait(qtbot, lambda: sheet.messages.text and not office.tasks.busy)
    assert office.desk.ask(queries.of_account, accounts["Testerton"]) == ()
    sheet.reject()


def test_the_empty_workbook_is_written(office, page, qtbot, tmp_path):
    TemplateController(office, page)
    answer_file(qtbot, page, tmp_path / "Mandates.xlsx")
    wait(qtbot, lambda: (tmp_path / "Mandates.xlsx").is_file() and not office.tasks.busy)
    assert office.messages.text.startswith("Saved as Mandates.xlsx")
