from dataclasses import dataclass
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from app.models.values import Money
from app.views.common.columns import RAW_ROLE, Column, ListModel, money_column
from app.views.common.data_table import DataTable
from app.views.common.paged_table import PAGE, PAGES_KEPT, PagedModel


@dataclass(frozen=True)
class Row:
    number: int
    on: date
    balance: Money


COLUMNS = (
    Column("number", "Number", lambda row: row.number, 80, sorts=True),
    Column("on", "Date", lambda row: row.on, 100),
    money_column("balance", "Balance", lambda row: row.balance, balance=True),
)


def row(number: int) -> Row:
    return Row(number, date(2026, 11, 16), Money(number * -100 - 1))


@pytest.fixture
def asked():
    return []


@pytest.fixture
def model(qapp, asked):
    made = PagedModel(COLUMNS)
    made.page_wanted.connect(lambda *question: asked.append(question))
    return made


def test_only_the_pages_looked_at_are_asked_for_and_once(model, asked):
    model.show_ids(model.ask_anew(), range(1_000_000))
    assert model.rowCount() == 1_000_000
    for place in (0, 1, 99, 999_999):
        assert model.index(place, 0).data() == "…"
    assert [(page, ids[0], ids[-1]) for _, page, ids in asked] == [(0, 0, 99), (9_999, 999_900, 999_999)]


def test_a_page_that_comes_is_shown(model):
    generation = model.ask_anew()
    model.show_ids(generation, range(150))
    assert model.row_at(120) is None
    assert model.show_page(generation, 1, [row(number) for number in range(100, 150)])
    assert model.index(120, 0).data() == "120"
    assert model.index(120, 1).data() == "16 Nov 2026"
    assert model.index(120, 2).data() == "120.01 CR"
    assert model.index(120, 2).data(RAW_ROLE) == Money(-12_001)


def test_late_answers_are_dropped(model):
    first = model.ask_anew()
    model.show_ids(first, range(10))
    second = model.ask_anew()
    assert not model.show_ids(first, range(99))
    assert not model.show_page(first, 0, [row(number) for number in range(10)])
    assert model.rowCount() == 10
    assert model.show_ids(second, range(3))
    assert model.rowCount() == 3
    assert model.row_at(0) is None


def test_the_cache_is_bounded_and_keeps_what_was_looked_at_last(model):
    generation = model.ask_anew()
    model.show_ids(generation, range(PAGE * (PAGES_KEPT + 5)))
    for page in range(PAGES_KEPT + 5):
        model.show_page(generation, page, [row(number) for number in range(PAGE)])
        model.row_at(0)
    assert model.row_at(0) is not None
    assert model.row_at(PAGE) is None


def test_refreshing_keeps_the_rows_and_fetches_them_anew(model, asked):
    generation = model.ask_anew()
    model.show_ids(generation, range(5))
    model.show_page(generation, 0, [row(number) for number in range(5)])
    model.refresh()
    assert model.rowCount() == 5
    assert model.row_at(2) == row(2)  # what was there stands until the answer comes
    assert not model.show_page(generation, 0, [row(9)] * 5)
    assert asked[-1][0] == model.generation


def test_a_row_that_has_gone_meanwhile_is_empty(model):
    generation = model.ask_anew()
    model.show_ids(generation, [7, 8])
    model.show_page(generation, 0, [row(7), None])
    assert model.index(1, 1).data() is None


@pytest.fixture
def table(qtbot):
    model = ListModel(COLUMNS)
    model.show_rows([row(1), row(2)])
    made = DataTable("Rows", model, stretch="on")
    qtbot.addWidget(made)
    made.show()
    return made


def test_ctrl_c_copies_true_values(table, qtbot):
    table.go_to(1)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Number\tDate\tBalance\n2\t2026-11-16\t-2.01"


def test_ctrl_c_copies_rows_of_a_long_table_that_are_in_sight_without_reading_them(model, qtbot):
    generation = model.ask_anew()
    model.show_ids(generation, [1, 2])
    model.show_page(generation, 0, [row(1), row(2)])
    model.fetch = lambda ctx, ids: ctx.session.get(ids)
    long_table = DataTable("Rows", model, stretch="on")
    qtbot.addWidget(long_table)
    long_table.show()
    long_table.go_to(1)
    qtbot.keyClick(long_table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Number\tDate\tBalance\n2\t2026-11-16\t-2.01"


def test_enter_opens_the_row(table, qtbot):
    table.go_to(0)
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert opened.args == [row(1)]


def test_a_title_asks_for_another_order_and_shows_it(model, qtbot):
    table = DataTable("Rows", model, stretch="on")
    qtbot.addWidget(table)
    orders = []
    table.sort_wanted.connect(lambda key, descending: orders.append((key, descending)))
    for _ in range(2):
        table.horizontalHeader().sectionClicked.emit(0)
    table.horizontalHeader().sectionClicked.emit(1)
    assert orders == [("number", False), ("number", True)], "a column that doesn't sort asks for nothing"
    assert table.columns.headerData(0, Qt.Orientation.Horizontal) == "Number  ↓"


def test_columns_that_hold_nothing_are_left_out(qtbot):
    columns = (*COLUMNS, Column("none", "None", lambda _row: None))
    model = ListModel(columns)
    model.show_rows([row(1)])
    made = DataTable("Rows", model)
    qtbot.addWidget(made)
    made.hide_empty_columns()
    assert [made.isColumnHidden(at) for at in range(4)] == [False, False, False, True]
