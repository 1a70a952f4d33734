"""A short table is sorted by a click on a title; figures and orders by hand."""

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from app.models.values import Money
from app.views.common.columns import Column, ListModel
from app.views.common.data_table import DataTable
from app.views.common.ordering import places


@dataclass(frozen=True)
class Row:
    words: str
    on: date | None = None
    amount: Money | None = None


WORDS = Column("words", "When", lambda row: row.words, 150)
ON = Column("on", "Date", lambda row: row.on, 100)
AMOUNT = Column("amount", "Amount", lambda row: row.amount, 90)
BARE = Column("bare", "", lambda row: row.words[:1], 60)
ROWS = (
    Row("10 weeks before", date(2026, 11, 16), Money(-500)),
    Row("9 weeks before", None, Money(10_000)),
    Row("First Monday", date(2025, 4, 7), None),
    Row("on the day", date(2026, 4, 6), Money(2_000)),
)


@pytest.fixture
def table(qtbot):
    made = DataTable("Short", ListModel((WORDS, ON, AMOUNT, BARE)), stretch="words")
    qtbot.addWidget(made)
    made.resize(500, 300)
    made.columns.show_rows(ROWS)
    made.show()
    return made


def shown(table):
    return [ROWS.index(row) for row in table.columns.rows]


@pytest.mark.parametrize(
    ("column", "rising", "falling"),
    [(WORDS, [1, 0, 2, 3], [3, 2, 0, 1]), (ON, [2, 3, 0, 1], [0, 3, 2, 1]), (AMOUNT, [0, 3, 1, 2], [1, 3, 0, 2])],
)
def test_amounts_and_dates_by_value_words_with_their_numbers_what_is_empty_last(column, rising, falling):
    assert places(ROWS, column, descending=False) == rising
    assert places(ROWS, column, descending=True) == falling


@given(st.lists(st.text(max_size=6) | st.none() | st.integers() | st.dates()), st.booleans())
def test_whatever_a_column_holds_every_row_is_shown_once(values, descending):
    column = Column("any", "Any", lambda value: value)
    assert sorted(places(values, column, descending=descending)) == list(range(len(values)))


def test_a_click_on_a_title_sorts_and_once_more_the_other_way(table):
    table.sort_by(2)
    assert shown(table) == [0, 3, 1, 2]
    assert table.columns.headerData(2, Qt.Orientation.Horizontal) == "Amount  ↑"
    table.sort_by(2)
    assert shown(table) == [1, 3, 0, 2]
    assert table.order_in_words() == "Amount, largest first"
    table.sort_by(3)
    assert shown(table) == [1, 3, 0, 2], "a column without a title sorts nothing"


def test_the_officer_stays_on_the_row_and_new_rows_come_in_the_same_order(table):
    table.go_to(1)
    chosen = []
    table.chosen.connect(chosen.append)
    table.sort_by(0)
    assert table.row() is ROWS[1]
    assert table.currentIndex().row() == 0
    assert table.places() == [(0, 0)]
    assert not chosen
    table.columns.show_rows(ROWS[1:])
    assert shown(table) == [1, 2, 3]


def test_rows_that_follow_from_one_another_are_not_sorted(qtbot):
    made = DataTable("Ledger", ListModel((WORDS, AMOUNT), in_turn=True))
    qtbot.addWidget(made)
    made.columns.show_rows(ROWS)
    made.sort_by(1)
    assert shown(made) == [0, 1, 2, 3]
    assert "&Sort by" not in {each.text() for each in made.menu().actions()}


def test_the_menu_sorts_too(table):
    menu = next(each.menu() for each in table.menu().actions() if each.text() == "&Sort by")
    assert [each.text() for each in menu.actions()] == ["When", "Date", "Amount"]
    menu.actions()[1].trigger()
    assert shown(table) == [2, 3, 0, 1]
