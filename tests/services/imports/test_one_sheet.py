"""A file with one sheet of ours: the first that fits is read, and what keeps it from being read is said."""

import pytest
from openpyxl import Workbook

from app.services.core.errors import UserError
from app.services.core.progress import CancelToken, no_progress
from app.services.imports.dto import Column, Kind, Layout, Mistake
from app.services.imports.one_sheet import Wanted, read, refusal

LAYOUT = Layout("Sums", (Column("account", Kind.CODE, required=True), Column("amount", Kind.MONEY)))
WANTED = Wanted(LAYOUT, {"account", "amount"}.issubset, "account and amount", most=2)


def book(path, **sheets):
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(path)
    return path


def found(path, columns=None):
    return read(path, WANTED, columns or {}, no_progress, CancelToken())


def test_the_first_sheet_that_fits_is_read_with_what_each_heading_meant(tmp_path):
    sheets = {"Cover": [("Account", "Who")], "March": [("Account", "Pounds", "By"), ("0012", "5.00", "Sam")]}
    table, columns = found(book(tmp_path / "sums.xlsx", **sheets), {"Pounds": "amount"})
    assert table.columns == {"account": ["0012"], "amount": [5_00]}
    assert columns == (("Account", "account"), ("Pounds", "amount"), ("By", ""))


@pytest.mark.parametrize(
    ("rows", "columns", "words", "hint"),
    [
        ([("Account", "Who")], {}, "no sheet of sums", "at least account and amount"),
        ([("Account", "Amount"), *[("1", "1.00")] * 3], {}, "has 3 rows; 2 is the most", "in parts"),
        ([("Account", "Amount")], {"Amount": "pounds"}, "no column pounds", "account, amount"),
    ],
)
def test_what_keeps_it_from_being_read_is_said(tmp_path, rows, columns, words, hint):
    with pytest.raises(UserError, match=words) as refused:
        found(book(tmp_path / "sums.xlsx", Sums=rows), columns)
    assert hint in refused.value.hint


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(UserError, match="is a folder"):
        found(tmp_path)


def test_mistakes_refuse_with_their_rows_and_of_many_the_first_are_told():
    one = refusal([Mistake(3, "amount", "It isn't an amount.", "Write 5.00."), Mistake(0, "file", "It is empty.")])
    assert [(each.message, each.hint, each.field) for each in one.errors] == [
        ("Row 3: It isn't an amount.", "Write 5.00.", "rows.3.amount"),
        ("It is empty.", "", "file"),
    ]
    many = refusal([Mistake(row, "amount", "Wrong.") for row in range(1, 24)], {"amount": "the amount"})
    assert [each.message for each in many.errors][-2:] == ["Row 20, the amount: Wrong.", "And 3 more."]
