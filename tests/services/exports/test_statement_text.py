"""The statement as plain text and as a workbook."""

import io
from datetime import datetime

from openpyxl import load_workbook

from app.services.exports.statement.text import statement_text
from app.services.exports.statement.workbook import statement_xlsx
from tests.factories.statements import SENDER, statement


def test_plain_text_reads_as_sentences():
    text = statement_text(statement(), SENDER)
    words = " ".join(text.split())
    assert "29 June 2026: Basic rent for the week of 29 June 2026. Debit £118.42. Balance £143.42 DR." in words
    assert "30 June 2026: Direct Debit. Credit £50.00. Balance £93.42 DR." in words
    assert "Brought forward: £25.00 DR" in text
    assert "You owed £93.42 on 27 September 2026." in text
    assert "Always quote your account reference: 70000001." in text


def test_plain_text_is_narrow_and_has_windows_line_ends():
    text = statement_text(statement([100] * 30), SENDER)
    assert all(len(line) <= 72 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    assert "\f" not in text


def test_workbook_of_a_statement():
    sheet = load_workbook(io.BytesIO(statement_xlsx(statement(), SENDER))).active
    assert sheet["A1"].value == "Rent account statement 70000001"
    head = [cell.value for cell in sheet[7]]
    assert head == ["Date", "For week of", "What", "Debit", "Credit", "Balance", "DR or CR"]
    monday = datetime(2026, 6, 29)  # noqa: DTZ001
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=8, max_row=12)] == [
        [monday, None, "Brought forward", None, None, 25, "DR"],
        [monday, monday, "Basic rent", 118.42, None, 143.42, "DR"],
        [datetime(2026, 6, 30), None, "Direct Debit", None, 50, 93.42, "DR"],  # noqa: DTZ001
        [datetime(2026, 9, 27), None, "Carried forward", None, None, 93.42, "DR"],  # noqa: DTZ001
        ["Total", None, None, "=SUM(D8:D11)", "=SUM(E8:E11)", None, None],
    ]
