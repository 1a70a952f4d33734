"""Tables as workbooks, CSV and PDF: real dates, numeric pounds, codes as text, nothing that runs, and stamped."""

import csv
import io
import tempfile
import zipfile
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from pypdf import PdfReader

from app.models.values import Money
from app.services.core.errors import Cancelled, UserError
from app.services.core.progress import CancelToken, no_progress
from app.services.exports import workbooks
from app.services.exports.csv import csv_bytes, write_csv
from app.services.exports.dto import Column, Kind, Table
from app.services.exports.pdf import pdf_bytes, write_pdf
from app.services.exports.xlsx import write_xlsx, xlsx_bytes

COLUMNS = (
    Column("Reference"),
    Column("Started", Kind.DATE),
    Column("Weeks", Kind.INT, total=True),
    Column("Balance", Kind.POUNDS, total=True),
)
ROWS = (
    ("0012300456", date(2026, 4, 6), 3, Money(123_456)),
    ("12345678901234567890", date(2026, 12, 1), None, -500),
    ("01/02/03", None, 1_000, Money(0)),
)
STAMPS = ("Area North, in arrears", "Made 21 Nov 2026 12:00 by Test Officer")
ATTACKS = ["=1+1", "+44", "-2+3", "@SUM(A1)", "\tx", "\rx", "=cmd|'/c calc'!A0", "＝1+1"]


def table(rows=ROWS, columns=COLUMNS, title="Accounts"):
    return Table(title, STAMPS, columns, rows)


def sheet(content):
    return load_workbook(io.BytesIO(content)).active


def test_workbook_cells_are_what_they_are():
    written = sheet(xlsx_bytes(table()))
    assert [cell.value for cell in written[5]] == ["Reference", "Started", "Weeks", "Balance"]
    first, second, third = written[6], written[7], written[8]
    assert [cell.value for cell in first] == ["0012300456", datetime(2026, 4, 6), 3, 1234.56]  # noqa: DTZ001
    assert [cell.data_type for cell in first] == ["s", "d", "n", "n"]
    assert [cell.number_format for cell in first] == ["@", "dd mmm yyyy", "#,##0", "#,##0.00"]
    assert [cell.value for cell in second] == ["12345678901234567890", datetime(2026, 12, 1), None, -5]  # noqa: DTZ001
    assert [cell.value for cell in third] == ["01/02/03", None, 1000, 0]


def test_workbook_has_its_stamp_frozen_headings_totals_and_filter():
    written = sheet(xlsx_bytes(table()))
    assert [written.cell(row, 1).value for row in (1, 2, 3)] == ["Accounts", *STAMPS]
    assert written.freeze_panes == "A6"
    assert written.print_title_rows == "$5:$5"
    assert written.auto_filter.ref == "A5:D8"
    assert [cell.value for cell in written[9]] == ["Total", None, "=SUM(C6:C8)", "=SUM(D6:D8)"]


def test_an_empty_table_is_its_headings():
    written = sheet(xlsx_bytes(table(())))
    assert written.max_row == 5


@pytest.mark.parametrize("text", ATTACKS)
def test_text_that_looks_like_a_formula_is_text_in_a_workbook(text):
    content = xlsx_bytes(table([(text, None, None, None)]))
    cell = sheet(content)["A6"]
    assert (cell.data_type, cell.value.strip(), cell.quotePrefix) == ("s", text.strip(), True)
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        xml = book.read("xl/worksheets/sheet1.xml").decode()
    assert xml.count("<f>") == 2


@pytest.mark.parametrize("text", ATTACKS)
def test_text_that_looks_like_a_formula_is_text_in_csv(text):
    rows = list(csv.reader(io.StringIO(csv_bytes(table([(text, None, None, None)])).decode("utf-8-sig"), newline="")))
    assert rows[1][0] == f"'{text}"


def test_titles_and_stamps_do_not_run_either():
    written = sheet(xlsx_bytes(Table("=1+1", ("=2+2",), (Column("=3+3"),), [("x",)])))
    assert [written.cell(row, 1).data_type for row in (1, 2, 4)] == ["s", "s", "s"]


@pytest.mark.parametrize("text", ["#N/A", "#REF!", "a\x00b\x1fc", "x" * 40_000, "<b>&amp;</b>", "TRUE", "1E5"])
def test_any_text_can_be_written(text):
    cell = sheet(xlsx_bytes(table([(text, None, None, None)])))["A6"]
    assert cell.data_type == "s"
    assert cell.value == text.replace("\x00", "").replace("\x1f", "")[:32_767]


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_pounds_keep_every_penny(pence):
    value = sheet(xlsx_bytes(table([("x", None, None, pence)])))["D6"].value
    assert round(value * 100) == pence


DROPPED = {*range(32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF} - {ord(letter) for letter in "\t\n\r"}


@given(st.text(max_size=60))
def test_any_text_reads_back_as_it_was(text):
    value = sheet(xlsx_bytes(table([(text, None, None, None)])))["A6"].value or ""
    kept = "".join(letter for letter in text if ord(letter) not in DROPPED)
    assert one_newline(value) == one_newline(kept)


def one_newline(text):
    """XML keeps one kind of line end (XML 1.0, 2.11)."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def test_programs_that_stream_the_sheet_see_every_row():
    streamed = load_workbook(io.BytesIO(xlsx_bytes(table([ROWS[0]] * 2_500))), read_only=True).active
    assert sum(1 for row in streamed.iter_rows(min_row=6, values_only=True) if row[0] == "0012300456") == 2_500


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch):
    monkeypatch.setattr(workbooks, "MOST_ROWS", 3_000)
    with pytest.raises(UserError, match="more rows than a sheet can hold"):
        xlsx_bytes(table(ROWS[0] for _ in range(10_000)))


@pytest.mark.parametrize("title", ["a/b:c", "'quoted'", "x" * 60, "[]", "History"])
def test_any_title_makes_a_sheet(title):
    assert sheet(xlsx_bytes(Table(title, (), (Column("x"),), [("y",)])))["A1"].value == title


def test_what_a_column_cannot_hold_is_refused():
    with pytest.raises(TypeError, match="holds dates"):
        xlsx_bytes(table([("x", "6 April", None, None)]))
    with pytest.raises(TypeError, match="Money or whole pence"):
        xlsx_bytes(table([("x", None, None, "12.00")]))


def test_csv_as_excel_reads_it():
    content = csv_bytes(table())
    assert content.startswith(b"\xef\xbb\xbfReference,Started,Weeks,Balance\r\n")
    lines = content.decode("utf-8-sig").splitlines()
    assert lines[1:] == [
        "0012300456,06/04/2026,3,1234.56",
        "12345678901234567890,01/12/2026,,-5.00",
        "01/02/03,,1000,0.00",
    ]


def test_pdf_repeats_its_headings_and_numbers_its_pages():
    rows = [(f"{n:010}", date(2026, 4, 6), n, n) for n in range(200)]
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf_bytes(table(rows))), strict=True).pages]
    assert len(pages) > 2
    for number, text in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in text
        assert "Reference" in text
        assert "Balance" in text
    found = [line.split()[0] for text in pages for line in text.splitlines() if line[:2] == "00"]
    assert found == [row[0] for row in rows]
    # 0 + 1 + ... + 199 = 19,900 weeks, and as many pence
    assert "Total" in pages[-1]
    assert "19,900" in pages[-1]
    assert "199.00" in pages[-1]
    assert STAMPS[0] in pages[0]


def test_a_wide_pdf_lies_on_its_side_and_nothing_is_cut():
    columns = tuple(Column(f"Column {n}", width=20) for n in range(14))
    rows = [tuple(f"cell {n} with several words and Averylongwordthatfitsnowhere" for n in range(14))]
    page = PdfReader(io.BytesIO(pdf_bytes(Table("Wide", (), columns, rows)))).pages[0]
    assert page.mediabox.width > page.mediabox.height
    text = "".join(page.extract_text().split())
    for n in range(14):
        assert f"cell{n}" in text
    assert text.count("fitsnowhere") == 14


def test_a_long_stamp_is_whole_beside_the_panel_and_above_the_table():
    decided = "Decided: minute CAB/26/118 " + "with a condition " * 9 + "of 12 Nov 2026, recorded by Test Officer"
    made = Table("Write-off schedule 4", (decided, *STAMPS * 4), COLUMNS, ROWS)
    places = {}

    def note(text, _cm, tm, *_):
        places.setdefault(" ".join(text.split()), tm[5])

    page = PdfReader(io.BytesIO(pdf_bytes(made, panel=("To be signed by hand", "Name: ....")))).pages[0]
    text = " ".join(page.extract_text(visitor_text=note).split())
    assert all(word in text for word in decided.split())
    assert "recorded by Test Officer" in text
    lowest = min(y for said, y in places.items() if said in STAMPS)
    assert lowest > places["Reference"]


def test_an_empty_pdf_has_its_headings():
    assert "Reference" in PdfReader(io.BytesIO(pdf_bytes(table(())))).pages[0].extract_text()


def test_a_cancelled_workbook_leaves_no_file(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        write_xlsx(tmp_path / "t.xlsx", table([ROWS[0]] * 3_000), no_progress, cancel)
    assert [each for each in tmp_path.iterdir() if each.name != "home"] == [], "openpyxl's own neither"


def test_a_long_workbook_reports_how_far_it_is(tmp_path):
    reports = []
    write_xlsx(tmp_path / "t.xlsx", table([ROWS[0]] * 4_500), lambda *report: reports.append(report), total=4_500)
    assert reports == [(2_000, 4_500, "Accounts"), (4_000, 4_500, "Accounts")]


@pytest.mark.parametrize(("write", "name"), [(write_xlsx, "t.xlsx"), (write_csv, "t.csv"), (write_pdf, "t.pdf")])
def test_a_failure_half_way_leaves_the_file_that_was_there(tmp_path, write, name):
    def rows():
        yield ROWS[0]
        raise RuntimeError("half way")

    path = tmp_path / name
    path.write_text("before")
    with pytest.raises(RuntimeError, match="half way"):
        write(path, table(rows()))
    assert path.read_text() == "before"
    assert [each for each in tmp_path.iterdir() if each.name != "home"] == [path]


def test_what_the_bank_pays_out_has_a_minus_on_paper_and_a_credit_says_so():
    columns = (Column("Moved", Kind.POUNDS, total=True, signed=True), Column("Charged", Kind.POUNDS))
    content = pdf_bytes(Table("Bank", STAMPS, columns, ((Money(-10_420), Money(-500)), (Money(2_000), Money(0)))))
    words = PdfReader(io.BytesIO(content)).pages[0].extract_text().split()
    assert {"-104.20", "20.00", "-84.20"} <= set(words)
    assert words.count("CR") == 1
