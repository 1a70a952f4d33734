"""Layouts of the finance system's files: kept, written as they say, and nothing in them runs as a formula."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from app.models.values import FinanceFileKind, Money
from app.services.core.errors import UserError
from app.services.purchase_orders.finance import profiles
from app.services.purchase_orders.finance.layouts import Profile

KIND = FinanceFileKind.PAYMENTS
OURS = Profile("", "Sample ledger", "csv", ";", "%Y%m%d", (("supplier", "Name"), ("pay_on", "Day"), ("amount", "Sum")))
ROWS = [{"supplier": "=HYPERLINK(1)", "pay_on": date(2026, 11, 25), "amount": Money(-1_234_50)}, {"supplier": "A;B"}]


def test_a_file_is_written_as_its_layout_says(desk):
    kept = desk.do(profiles.keep, KIND, OURS)
    assert kept.key == "sample_ledger"
    text = profiles.write(kept, KIND, "Sample", ROWS).decode("utf-8-sig")
    assert text.splitlines() == ["Name;Day;Sum", "'=HYPERLINK(1);20261125;-1234.50", '"A;B";;']
    book = load_workbook(BytesIO(profiles.write(replace(kept, format="xlsx"), KIND, "Sample", ROWS)))
    cells = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert any(row[0] == "=HYPERLINK(1)" and row[2] == -1234.5 for row in cells)
    assert not any(cell.data_type == "f" for row in book.active.iter_rows() for cell in row if cell.column == 1)


def test_layouts_are_kept_beside_the_shipped_one_which_stays(desk):
    shipped = desk.ask(profiles.profile, KIND)
    first = desk.do(profiles.keep, KIND, replace(shipped, title="Payments, as shipped, ours"))
    again = desk.do(profiles.keep, KIND, replace(first, columns=OURS.columns))
    assert (again.key, again.columns, again.version) == (first.key, OURS.columns, first.version + 1)
    with pytest.raises(UserError, match="changed this layout meanwhile"):
        desk.do(profiles.keep, KIND, first)
    assert [each.shipped for each in desk.ask(profiles.profiles, KIND)] == [True, False]
    assert desk.ask(profiles.profile, KIND) == shipped


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": " "}, "title"),
        ({"format": "pdf"}, "format"),
        ({"columns": ()}, "columns"),
        ({"columns": (("nothing", "Nothing"),)}, "columns"),
        ({"columns": (("supplier", "A"), ("supplier", "B"))}, "columns"),
        ({"columns": (("supplier", " "),)}, "columns"),
    ],
)
def test_what_a_layout_cannot_be(desk, wrong, field):
    with pytest.raises(UserError) as refused:
        desk.do(profiles.keep, KIND, replace(OURS, **wrong))
    assert refused.value.field == field
