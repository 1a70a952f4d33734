"""A long table over a database: what it shows, what it comes to, its saved filters, and files of exactly that."""

import csv
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from app.bootstrap import doors
from app.models.values import AccountKind, Money
from app.services.rent import queries
from app.services.rent.listed_dto import AccountFilter, AccountSort
from app.services.workbench import exporting
from app.services.workbench.filters import commands
from app.services.workbench.filters.queries import saved_filters
from app.services.workbench.listing import FileKind
from app.views.common.data_table import DataTable
from app.views.common.export_sheet import ExportSheet
from app.views.common.filter_sheets import AmountSheet, NameSheet
from app.views.common.paged_model import PagedModel
from app.views.common.print_preview import PreviewSheet
from app.views.common.table_desk import TableDesk, desk_of
from app.views.rent.controller import AccountsController
from app.views.rent.finder import COLUMNS
from tests.views.desktop import answer_file, press, wait

CTRL = Qt.KeyboardModifier.ControlModifier
PAGE = "rent.accounts"


@pytest.fixture
def opened(office, accounts, qtbot):
    """The Accounts page alone, its first accounts on the screen: its controller and its office."""
    whole = replace(office, tables=doors.tables("landlord.db"))
    controller = AccountsController(whole)
    TableDesk(controller.page, whole)
    qtbot.addWidget(controller.page)
    controller.page.resize(1300, 800)
    controller.page.show()
    wait(qtbot, lambda: controller.header is not None and "DR" in controller.page.finder.list.foot.in_words())
    wait(qtbot, lambda: not whole.tasks.busy)
    yield controller, whole
    whole.tasks.drain()


@pytest.fixture
def page(opened):
    return opened[0].page


@pytest.fixture
def listed(page):
    return page.finder.list


def names(listed):
    return [listed.model.row_at(place).reference for place in range(listed.model.rowCount())]


def act(menu: QMenu, *words):
    """Choose an action in a menu and its menus."""
    for word in words[:-1]:
        menu = next(each for each in menu.actions() if each.text().replace("&", "") == word).menu()
    next(each for each in menu.actions() if each.text().replace("&", "").startswith(words[-1])).trigger()


def test_the_totals_are_those_of_the_filter(listed, qtbot):
    assert listed.foot.in_words() == "4 accounts   £242.50 DR   £60.00 CR"
    act(listed.bar.menu(), "Balance", "In credit")
    wait(qtbot, lambda: listed.foot.in_words() == "1 account   £60.00 CR")
    assert listed.in_words() == ("In credit",)
    listed.bar.ask(AccountFilter())
    wait(qtbot, lambda: listed.foot.in_words().startswith("4 accounts"))


def test_what_is_chosen_is_counted_and_summed(listed, qtbot):
    listed.table.selectAll()
    wait(qtbot, lambda: "Chosen: 4 accounts   £242.50 DR   £60.00 CR" in listed.foot.in_words())
    flags = QItemSelectionModel.SelectionFlag
    listed.table.selectionModel().select(listed.model.index(0, 0), flags.Deselect | flags.Rows)
    wait(qtbot, lambda: listed.foot.in_words().startswith("Chosen: 3 accounts   £162.50 DR   £60.00 CR"))
    listed.table.selectionModel().select(listed.model.index(1, 0), flags.Deselect | flags.Rows)
    wait(qtbot, lambda: listed.foot.in_words().startswith("Chosen: 2 accounts   £162.50 DR"))
    listed.table.go_to(0)
    wait(qtbot, lambda: listed.foot.in_words().startswith("4 accounts"))


def test_any_amount_may_be_filtered_by(listed, qtbot):
    act(listed.bar.menu(), "Balance of at least", "Another amount")
    sheet = listed.findChild(AmountSheet)
    sheet.field.setText("12.345")
    press(sheet, Qt.Key.Key_Return, CTRL)
    assert sheet.isVisible()
    sheet.field.setText("100")
    press(sheet, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: listed.foot.in_words() == "1 account   £150.00 DR")
    assert listed.in_words() == ("Balance of at least £100.00",)
    (chip,) = listed.bar._chips
    chip.click()
    wait(qtbot, lambda: listed.foot.in_words().startswith("4 accounts"))


def test_a_filter_is_saved_shown_by_name_opened_with_and_deleted(listed, qtbot, opened, landlord_desk):
    saved = opened[0].filters
    listed.bar.quick["owing", True].click()
    act(saved.menu(), "Save this filter")
    sheet = listed.findChild(NameSheet)
    sheet.name.setText("Owing")
    sheet.shared.setChecked(True)
    press(sheet, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: listed.bar.saved.text() == "Saved: Owing")
    (kept,) = landlord_desk.ask(saved_filters, PAGE)
    assert (kept.name, kept.text, kept.shared) == ("Owing", '{"owing":true}', True)

    listed.bar.quick["kinds", AccountKind.GARAGE].click()
    wait(qtbot, lambda: listed.bar.saved.text() == "Saved: Owing, changed")
    act(saved.menu(), "Owing")
    wait(qtbot, lambda: listed.filter == AccountFilter(owing=True))
    act(saved.menu(), "The filter Owing", "Open the page with it")
    wait(qtbot, lambda: landlord_desk.ask(saved_filters, PAGE)[0].default)
    wait(qtbot, lambda: not opened[1].tasks.busy)

    listed.bar.ask(AccountFilter())
    act(saved.menu(), "Owing")
    act(saved.menu(), "The filter Owing", "Delete")
    sheet = next(each for each in listed.bar.children() if getattr(each, "primary", None) is not None)
    press(sheet, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: landlord_desk.ask(saved_filters, PAGE) == ())
    wait(qtbot, lambda: listed.bar.saved.text() == "S&aved")


def test_a_name_taken_meanwhile_is_told_in_the_sheet_and_nothing_typed_is_lost(listed, qtbot, opened, landlord_desk):
    saved = opened[0].filters
    listed.bar.quick["owing", True].click()
    act(saved.menu(), "Save this filter")
    landlord_desk.do(commands.save_filter, PAGE, "Owing", "{}")
    sheet = listed.findChild(NameSheet)
    sheet.name.setText("Owing")
    press(sheet, Qt.Key.Key_Return, CTRL)
    wait(qtbot, sheet.primary.isEnabled)
    assert sheet.name.text() == "Owing"
    assert "called Owing already" in sheet._form.error_of("name")
    sheet.reject()


def test_the_menu_shows_what_a_colleague_shared_meanwhile(listed, qtbot, opened, landlord_desk):
    landlord_desk.do(commands.save_filter, PAGE, "Theirs", "{}", shared=True)
    listed.bar.saved.click()
    wait(qtbot, lambda: [each for each in listed.bar.findChildren(QMenu) if each.isVisible()])
    (menu,) = [each for each in listed.bar.findChildren(QMenu) if each.isVisible()]
    assert menu.actions()[0].text() == "Theirs"
    menu.close()


def test_ten_megabytes_pasted_into_the_field_are_cut(listed, qtbot, opened):
    QGuiApplication.clipboard().setText("rent arrears 0012 " * 600_000)
    listed.bar.text.paste()
    wait(qtbot, lambda: listed.empty.isVisible() and not opened[1].tasks.busy)
    assert len(listed.bar.text.text()) == 120
    QGuiApplication.clipboard().setText("")


def test_the_page_opens_with_its_filter_also_one_of_an_older_version(program, landlord_desk, landlord_file, qtbot):
    kept = landlord_desk.do(commands.save_filter, PAGE, "Old", '{"colour":"red","owing":true}')
    landlord_desk.do(commands.open_with, PAGE, kept.filter_id)
    program.begin(str(landlord_file))
    wait(qtbot, lambda: program.office is not None)
    listed = program.controllers["rent"].page.finder.list
    program.window.go_to(program.controllers["rent"].page)
    wait(qtbot, lambda: listed.foot.in_words() == "3 accounts   £242.50 DR")
    assert listed.bar.quick["owing", True].isChecked()
    assert listed.bar.saved.text() == "Saved: Old, changed"
    assert "colour is no longer there" in program.window.messages.text
    wait(qtbot, lambda: not program.tasks.busy)


def test_control_e_exports_exactly_what_is_shown(listed, page, qtbot, opened, tmp_path):
    listed.bar.quick["owing", True].click()
    wait(qtbot, lambda: listed.model.rowCount() == 3)
    listed.table.horizontalHeader().sectionClicked.emit(len(COLUMNS) - 1)
    wait(qtbot, lambda: not opened[1].tasks.busy and names(listed)[0] == "0071 0033 12")
    listed.table.setFocus()
    press(page, Qt.Key.Key_E, CTRL)
    sheet = page.findChild(ExportSheet)
    press(sheet, Qt.Key.Key_Return, CTRL)
    answer_file(qtbot, sheet, tmp_path / "accounts.xlsx")
    wait(qtbot, (tmp_path / "accounts.xlsx").is_file)
    rows = [[cell.value for cell in row] for row in load_workbook(tmp_path / "accounts.xlsx").active.iter_rows()]
    head = rows.index(["Reference", "Name", "Address", "Balance"])
    assert rows[1][0] == "In arrears"
    assert rows[2][0] == "Sorted by Balance, smallest first"
    assert [row[3] for row in rows[head + 1 : head + 4]] == [12.5, 80, 150]
    assert [row[0] for row in rows[head + 1 : head + 4]] == names(listed)
    wait(qtbot, lambda: "3 rows exported" in opened[1].messages.text)


def test_only_the_chosen_rows(listed, page, qtbot, opened, tmp_path):
    listed.table.setFocus()
    listed.table.go_to(1)
    press(listed.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    chosen = names(listed)[1:3]
    desk_of(listed.table).export(listed.table)
    sheet = page.findChild(ExportSheet)
    sheet.choose(FileKind.CSV, only_chosen=True)
    press(sheet, Qt.Key.Key_Return, CTRL)
    answer_file(qtbot, sheet, tmp_path / "two.csv")
    wait(qtbot, (tmp_path / "two.csv").is_file)
    rows = list(csv.reader((tmp_path / "two.csv").read_text("utf-8-sig").splitlines()))
    assert [row[0] for row in rows[1:3]] == chosen
    assert ["Only the chosen rows"] in rows
    wait(qtbot, lambda: not opened[1].tasks.busy)


def test_control_p_shows_the_pages(listed, page, qtbot, opened, tmp_path):
    listed.table.setFocus()
    press(page, Qt.Key.Key_P, CTRL)
    sheet = page.findChild(PreviewSheet)
    wait(qtbot, lambda: sheet.document.pageCount() == 1)
    assert "Testerton" in sheet.document.getAllText(0).text()
    press(sheet, Qt.Key.Key_Plus, CTRL)
    (tmp_path / "file").write_text("no folder")
    sheet.save_wanted.emit()
    answer_file(qtbot, sheet, tmp_path / "file" / "pages.pdf")
    wait(qtbot, lambda: "could not be saved" in sheet.messages.text)
    sheet.save_wanted.emit()
    answer_file(qtbot, sheet, tmp_path / "pages.pdf")
    wait(qtbot, lambda: "saved as pages.pdf" in sheet.messages.text)
    assert (tmp_path / "pages.pdf").read_bytes() == sheet.content
    sheet.reject()


def test_the_ledger_is_exported_from_the_head_of_its_card(page, listed, qtbot, opened):
    tables = [each for each in page.findChildren(DataTable) if each.isVisible()]
    assert page.account.ledger.table in tables
    page.account.ledger.tools.children()[1].click()
    sheet = page.findChild(ExportSheet)
    assert sheet.windowTitle().startswith("Export Ledger of 00")
    assert "This rent year" in sheet.listing().shown[0]
    sheet.reject()
    page.account.ledger.open_part(3)
    assert page.account.ledger.tools.isHidden()


def test_rows_that_are_not_in_memory_are_read_to_be_copied(listed, qtbot, opened):
    wait(qtbot, lambda: not opened[1].tasks.busy)
    listed.model._pages.clear()
    listed.table.selectAll()
    QGuiApplication.clipboard().setText("")
    listed.table.copy()
    wait(qtbot, lambda: len(QGuiApplication.clipboard().text().splitlines()) == 5)
    assert "4 rows are copied" in opened[1].messages.text


def test_a_file_that_can_not_be_written_is_a_sentence(listed, page, qtbot, opened, tmp_path):
    (tmp_path / "file").write_text("no folder")
    desk_of(listed.table).export(listed.table)
    sheet = page.findChild(ExportSheet)
    press(sheet, Qt.Key.Key_Return, CTRL)
    answer_file(qtbot, sheet, tmp_path / "file" / "a.xlsx")
    wait(qtbot, lambda: "could not be written" in opened[1].messages.text)


wanted = st.builds(
    AccountFilter,
    text=st.sampled_from(["", "test", "0012", "erin", "nobody"]),
    kinds=st.frozensets(st.sampled_from([AccountKind.RENT, AccountKind.GARAGE])),
    live=st.none() | st.booleans(),
    owing=st.none() | st.booleans(),
    at_least=st.none() | st.sampled_from([Money(6_000), Money(10_000)]),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(filter_=wanted, sort=st.sampled_from(AccountSort), descending=st.booleans(), kind=st.sampled_from(FileKind))
def test_an_export_is_what_the_filter_shows(landlord_desk, qapp, tmp_path, filter_, sort, descending, kind):
    model = PagedModel(COLUMNS)
    model.fetch = queries.account_rows
    table = DataTable("Accounts", model)
    ids = landlord_desk.ask(queries.account_ids, filter_, sort, descending=descending)
    model.show_ids(model.ask_anew(), ids)
    path = tmp_path / f"a.{kind}"
    with ThreadPoolExecutor(1) as worker:
        count = worker.submit(landlord_desk.ask, exporting.export, path, kind, table.listing()).result()
    shown = [row.reference for row in landlord_desk.ask(queries.account_rows, ids)]
    assert count == len(shown)
    if kind is FileKind.CSV:
        rows = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
        assert [row[0] for row in rows[1 : count + 1]] == shown
    elif kind is FileKind.XLSX:
        cells = [row[0].value for row in load_workbook(path).active.iter_rows()]
        head = cells.index("Reference")
        assert cells[head + 1 : head + 1 + count] == shown
    table.deleteLater()
