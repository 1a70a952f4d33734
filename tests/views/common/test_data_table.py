"""The table: keys, what is chosen, what is copied, how columns share the width and are remembered."""

from dataclasses import dataclass
from datetime import date

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from app.models.values import Money
from app.services.workbench.listing import Holds
from app.views.common import data_table
from app.views.common.columns import Column, ListModel, money_column
from app.views.common.data_table import DataTable
from app.views.common.paged_model import PagedModel
from app.views.common.table_foot import ListFoot
from app.views.common.theme import Scheme, dress, load_tokens

MANY = 1_000_000


@dataclass(frozen=True)
class Row:
    name: str
    on: date | None
    balance: Money


COLUMNS = (
    Column("name", "Name", lambda row: row.name, 150, sorts=True),
    Column("on", "Date", lambda row: row.on, 100, sorts=True, least=1),
    money_column("balance", "Balance", lambda row: row.balance, 90, balance=True, sorts=True, total=True),
    Column("secret", "Spare", lambda row: len(row.name), 60, spare=True),
)
ROWS = tuple(Row(f"{letter} Person", date(2026, 11, 16), Money(100 * at - 50)) for at, letter in enumerate("ABCDE"))


@pytest.fixture
def table(qtbot):
    model = ListModel(COLUMNS)
    made = DataTable("People", model, stretch="name")
    qtbot.addWidget(made)
    made.resize(500, 300)
    model.show_rows(ROWS)
    made.show()
    return made


@pytest.fixture
def million(qtbot):
    model = PagedModel(COLUMNS)
    made = DataTable("Many", model, stretch="name")
    qtbot.addWidget(made)
    made.resize(500, 300)
    model.show_ids(model.ask_anew(), range(MANY))
    made.show()
    return made


def press(widget, key, held=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(widget, key, held)


def test_home_and_end_are_the_first_and_last_row(million):
    press(million, Qt.Key.Key_End)
    assert million.currentIndex().row() == MANY - 1
    press(million, Qt.Key.Key_Home)
    assert million.currentIndex().row() == 0
    press(million, Qt.Key.Key_PageDown)
    assert 3 < million.currentIndex().row() < 20


def test_enter_opens_the_row_that_is_chosen_and_nothing_of_an_empty_table(table):
    opened = []
    table.opened.connect(opened.append)
    table.go_to(1)
    press(table, Qt.Key.Key_Return)
    press(table, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    table.columns.show_rows(())
    press(table, Qt.Key.Key_Return)
    assert opened == [ROWS[1], ROWS[1]]


def test_shift_and_control_choose_rows(table):
    table.go_to(1)
    press(table, Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    assert table.places() == [(1, 4)]
    press(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert table.chosen_count() == 5
    press(table, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    press(table, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert table.chosen_count() == 4


def test_typing_goes_to_the_next_row_that_begins_so(table):
    table.go_to(0)
    QTest.keyClicks(table, "d")
    assert table.row().name == "D Person"


def test_typing_in_a_long_table_is_handed_on_and_reads_no_row(million, qtbot):
    asked = []
    million.columns.page_wanted.connect(lambda *_: asked.append(_))
    with qtbot.waitSignal(million.typed) as typed:
        QTest.keyClicks(million, "q")
    assert typed.args == ["q"]
    assert len(asked) <= 2


def test_copied_are_the_true_values_of_the_columns_shown(table):
    table.go_to(0)
    press(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    press(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().splitlines() == [
        "Name\tDate\tBalance",
        "A Person\t2026-11-16\t-0.50",
        "B Person\t2026-11-16\t0.50",
    ]


def test_a_copy_is_bounded(table, monkeypatch):
    monkeypatch.setattr(data_table, "MOST_COPIED", 3)
    table.selectAll()
    table.copy()
    assert len(QGuiApplication.clipboard().text().splitlines()) == 4


def test_choosing_a_million_rows_takes_no_list_of_them(million):
    million.selectAll()
    assert million.places() == [(0, MANY - 1)]
    million.selectionModel().select(
        million.columns.index(5, 0),
        QItemSelectionModel.SelectionFlag.Deselect | QItemSelectionModel.SelectionFlag.Rows,
    )
    assert million.places() == [(0, 4), (6, MANY - 1)]
    assert million.chosen_count() == MANY - 1


def test_a_million_chosen_rows_are_not_walked_through_to_be_painted(qtbot, qapp):
    class Counting(PagedModel):
        asked = 0

        def flags(self, index):
            self.asked += 1
            return super().flags(index)

    model = Counting(COLUMNS)
    table = DataTable("Counted", model)
    qtbot.addWidget(table)
    model.show_ids(model.ask_anew(), range(MANY))
    table.show()
    table.selectAll()
    qapp.processEvents()
    assert table.chosen_count() == MANY
    assert model.asked < 1_000


def test_a_listing_says_what_its_columns_hold_and_how_it_is_sorted(table):
    table.show_order("balance", descending=True)
    listing = table.listing()
    assert [(head.title, head.holds) for head in listing.headings] == [
        ("Name", Holds.TEXT),
        ("Date", Holds.DATE),
        ("Balance", Holds.POUNDS),
    ]
    assert listing.order == "Balance, largest first"
    assert [row[0] for row in listing.rows(None)] == [row.name for row in reversed(ROWS)]
    assert listing.count == 5


def test_a_listing_is_what_the_table_showed_when_it_was_asked_for(table):
    listing = table.listing([(1, 2)])
    table.columns.show_rows(())
    assert [row[0] for row in listing.rows(None)] == ["B Person", "C Person"]
    assert listing.shown == ("Only the chosen rows",)


def test_columns_are_hidden_moved_and_remembered(table, qtbot):
    columns = table.layout_of_columns
    menu = columns.menu()
    shown = {action.text(): action.isChecked() for action in menu.actions() if action.isCheckable()}
    assert shown == {"Name": True, "Date": True, "Balance": True, "Spare": False}
    by_name = {action.text(): action for action in menu.actions()}
    by_name["Date"].trigger()
    by_name["Spare"].trigger()
    table.horizontalHeader().moveSection(0, 3)
    titles = ["Balance", "Spare", "Name"]
    assert [head.title for head in table.listing().headings] == titles

    model = ListModel(COLUMNS)
    again = DataTable("People", model, stretch="name")
    qtbot.addWidget(again)
    again.show()
    assert [head.title for head in again.listing().headings] == titles
    again.layout_of_columns.forget()
    assert [head.title for head in again.listing().headings] == ["Name", "Date", "Balance"]


def test_what_is_remembered_wrongly_does_no_harm(qtbot):
    from app.views.common.remembered import memory

    for kept in ("{", "[1]", '{"widths": {"name": "wide"}}', '{"order": ["gone"], "hidden": ["gone"]}'):
        memory().write("tables//Odd", kept)
        made = DataTable("Odd", ListModel(COLUMNS), stretch="name")
        qtbot.addWidget(made)
        made.show()
        assert len(made.listing().headings) == 3


def test_a_narrow_table_leaves_out_what_may_go_and_exports_it_all_the_same(table):
    table.resize(240, 300)
    assert table.isColumnHidden(1)
    assert not table.horizontalScrollBar().isVisible()
    assert [head.title for head in table.listing().headings] == ["Name", "Date", "Balance"]
    table.resize(500, 300)
    assert not table.isColumnHidden(1)


def test_a_column_that_needs_next_to_nothing_makes_no_sideways_scroll_bar(qtbot):
    """It is narrower than a section may be while nothing stands in it."""
    tick = Column("tick", "", lambda _row: "", 60, firm=True)
    model = ListModel((tick, *COLUMNS[:3]))
    made = DataTable("Ticked people", model, stretch="name")
    qtbot.addWidget(made)
    made.resize(290, 300)
    model.show_rows(ROWS)
    made.show()
    qtbot.waitUntil(lambda: sum(made.columnWidth(at) for at in range(4)) == made.viewport().width())
    qtbot.waitUntil(lambda: made.horizontalScrollBar().maximum() == 0)


def test_keys_move_also_where_the_first_column_has_no_room(qtbot):
    model = ListModel((Column("first", "First", lambda row: row.name, 150, least=1, firm=True), *COLUMNS))
    table = DataTable("Narrow", model, stretch="name")
    qtbot.addWidget(table)
    table.resize(600, 300)
    model.show_rows(ROWS)
    table.show()
    table.go_to(0)
    table.resize(300, 300)
    assert table.isColumnHidden(0)
    press(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert table.places() == [(0, 1)]
    table.go_to(3)
    press(table, Qt.Key.Key_Down)
    assert table.row() == ROWS[4]


def test_the_same_ids_again_leave_what_is_chosen_and_shown(million):
    generation = million.columns.ask_anew()
    million.columns.show_ids(generation, range(MANY))
    million.columns.show_page(generation, 0, [ROWS[0]] * 100)
    million.selectAll()
    generation = million.columns.ask_anew()
    assert million.columns.show_ids(generation, range(MANY))
    assert million.chosen_count() == MANY
    assert million.columns.row_at(0) == ROWS[0]
    million.columns.show_page(generation, 0, [ROWS[1]] * 100)
    assert million.columns.row_at(0) == ROWS[1]


def test_the_foot_of_a_short_table_adds_up(table):
    foot = ListFoot(table, ("person", "people"))
    table.columns.show_rows(ROWS)
    assert foot.in_words() == "5 people   Balance £7.50 DR"
    table.selectRow(0)
    press(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert foot.in_words() == "Chosen: 2 people   Balance £0.00"
    foot.deleteLater()


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_the_table_that_has_the_keys_has_a_ring(table, qtbot, theme, scheme):
    """WCAG 2.2, 2.4.7: which of several lists the keys move in is seen."""
    theme.choose(scheme)
    dress(table)
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    ring = table.grab().toImage().pixelColor(0, table.height() // 2).name().upper()
    assert ring == load_tokens(scheme).focus
