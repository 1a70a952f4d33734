from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.imports import values
from app.services.imports.dto import Column, Kind, Layout, Names
from app.services.imports.tables import CHUNK, TableReader, is_tidy

LAYOUT = Layout(
    "Charges",
    (
        Column("tenancy_ref", Kind.CODE, required=True, length=10),
        Column("code", Kind.CHOICE, words={"rent": "DBR", "dbr": "DBR"}),
        Column("amount", Kind.MONEY, required=True),
        Column("from_date", Kind.DATE),
        Column("note", length=30),
        Column("payment_reference", Kind.CODE, may_look_like_card=True),
    ),
)
HEAD = ("tenancy_ref", "code", "amount", "from_date", "note", "payment_reference")
CARD = "4111 1111 1111 1111"


def read(*rows, names=None, references=(), head=HEAD):
    reader = TableReader(LAYOUT, names or Names(), references, lambda _: None)
    reader.read(iter(enumerate([head, *rows], 1)))
    return reader.table


def faults(table):
    return [(problem.row, problem.column, problem.message) for problem in table.problems]


def test_columns_are_read_by_their_kind():
    table = read(("007", "Rent", 95.32, date(2026, 4, 6), " a  b ", None), (8, "DBR", "7.10 CR", "6/4/26"))
    assert table.columns["tenancy_ref"] == ["007", "8"]
    assert table.columns["code"] == ["DBR", "DBR"]
    assert table.columns["amount"] == [9532, -710]
    assert table.columns["from_date"] == [date(2026, 4, 6)] * 2
    assert table.columns["note"] == ["a b", None]
    assert list(table.rows) == [2, 3]
    assert not table.problems


def test_every_fault_is_found_in_one_pass_with_its_row_and_column():
    table = read(("1", "rint", "x", "31/02/2026"), (None, "rent", 5), ("2", "rent", None), ("3", "rent", "#N/A"))
    assert [(row, column) for row, column, _ in faults(table)] == [
        (2, "code"),
        (2, "amount"),
        (5, "amount"),
        (2, "from_date"),
        (3, "tenancy_ref"),
        (4, "amount"),
    ]
    assert faults(table)[0][2] == "'rint' is not known here. Did you mean rent (DBR)?"
    assert faults(table)[-1][2] == "amount is empty. Every row needs one."


def test_rows_of_spaces_are_blank_rows():
    table = read(("1", None, 5), ("  ", " ", "", None, "\u00a0"), ("2", None, 6))
    assert table.columns["tenancy_ref"] == ["1", "2"]
    assert list(table.rows) == [2, 4]
    assert not table.problems


def test_faults_are_found_beyond_the_first_chunk():
    table = read(*((str(n), "rent", 1.5) for n in range(CHUNK + 50)), ("last", "rent", "bad"))
    assert [(row, column) for row, column, _ in faults(table)] == [(CHUNK + 52, "amount")]
    assert len(table) == CHUNK + 51


def test_a_card_number_is_refused_and_not_repeated():
    table = read(("1", "rent", 5, None, f"paid {CARD}"))
    ((row, column, message),) = faults(table)
    assert (row, column) == (2, "note")
    assert "payment card number" in message
    assert "4111" not in message
    assert table.columns["note"] == [None]


def test_a_card_number_is_refused_in_a_heading_and_above_the_headings_too():
    reader = TableReader(LAYOUT, Names(), (), lambda _: None)
    rows = ("Paid by", CARD), (*HEAD, f"Card {CARD}"), ("007", "Rent", 95.32)
    reader.read(iter(enumerate(rows, 1)))
    assert [(row, column) for row, column, _ in faults(reader.table)] == [(1, "B"), (2, "G")]


def test_payment_references_are_not_card_numbers():
    number = CARD.replace(" ", "")
    assert not faults(read(("1", "rent", 5, None, None, number)))
    assert not faults(read(("1", "rent", 5, None, number, None), references={number}))


def test_a_date_that_stands_for_none_is_a_blank():
    table = read(("1", "rent", 1, "31/12/9999"), ("2", "rent", 1, "n/a"), ("3", "rent", 1, date(1900, 1, 1)))
    assert table.columns["from_date"] == [None] * 3
    assert not table.problems


def test_true_is_not_one_pound():
    table = read(("1", "rent", 1), ("2", "rent", True), ("3", "rent", 1))
    assert [(row, column) for row, column, _ in faults(table)] == [(3, "amount")]
    assert table.columns["amount"] == [100, None, 100]


def test_a_column_without_a_heading_is_told_once():
    table = read(("1", "rent", 5, None, None, None, "stray"), ("2", "rent", 5, None, None, None, "stray"))
    assert [(warning.row, warning.column) for warning in table.warnings] == [(1, "G")]


def test_a_column_that_is_not_ours_is_told_and_left_out():
    table = read(("1", 5, "x"), head=("tenancy_ref", "amount", "Colour"))
    assert [warning.column for warning in table.warnings] == ["Colour"]


def test_a_sheet_without_headings_and_an_empty_one():
    reader = TableReader(LAYOUT, Names(), (), lambda _: None)
    reader.read(iter([(1, ("some", "thing")), (2, ("else", 1))]))
    assert "No row of headings was found" in reader.table.problems[0].message
    empty = TableReader(LAYOUT, Names(), (), lambda _: None)
    empty.read(iter(()))
    assert not empty.table.problems
    assert empty.table.warnings[0].message == "The sheet has no rows."


def test_a_missing_column_stops_the_sheet_and_not_the_others():
    table = read(("1", "rent"), head=("tenancy_ref", "code"))
    assert [(row, column) for row, column, _ in faults(table)] == [(1, "amount")]
    assert len(table) == 0


def test_the_landlords_words_are_understood():
    table = read(("1", "GARDEN", 5), names=Names(words={"Code": {"garden": "rent"}}))
    assert table.columns["code"] == ["DBR"]


@given(st.lists(st.one_of(st.none(), st.text("aA0 \t\u00a0#¦-é", max_size=4)), min_size=1, max_size=6))
def test_texts_taken_whole_are_texts_that_reading_one_by_one_leaves_as_they_are(texts):
    if any(text is not None for text in texts) and is_tidy(texts, 4):
        assert [text if text is None else values.read_text(text, 4) for text in texts] == texts


@pytest.mark.parametrize("keep", [[True, False], [False, False]])
def test_rows_may_be_left_out_of_a_table(keep):
    table = read(("1", "rent", 5), ("2", "rent", 6))
    kept = table.kept(keep)
    assert kept.columns["amount"] == [500][: sum(keep)]
    assert len(kept) == sum(keep)
