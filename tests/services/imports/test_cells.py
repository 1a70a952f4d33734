"""Our reader of cells against openpyxl's own: the same values from the same files."""

import zipfile
from datetime import date, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from app.services.imports.cells import Cells
from app.services.imports.values import UNSAVED_FORMULA

TEXT = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=12)
CELLS = st.one_of(
    st.none(),
    TEXT.filter(lambda text: not text.startswith("=")),
    st.integers(-(10**9), 10**9),
    st.floats(-1e9, 1e9, allow_nan=False),
    st.booleans(),
    st.dates(date(1901, 1, 1), date(2199, 1, 1)),
    st.just(time(9, 30)),
    st.just(timedelta(hours=30)),
    st.just("#N/A"),
)
NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
BY_HAND = f"""<?xml version="1.0" encoding="UTF-8"?>
<worksheet xmlns="{NAMESPACE}"><dimension ref="A1:B2"/><sheetData>
<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="D1" t="s"><v>2</v></c></row>
<row r="4" ht="20"><c r="B4"><v>1.5E3</v></c><c r="C4" t="b"><v>1</v></c><c r="E4" t="e"><v>#DIV/0!</v></c></row>
<row><c><v>-3</v></c><c t="str"><f>A1</f><v>text</v></c><c t="d"><v>2026-04-06</v></c><c t="inlineStr"><is><r><t>ri</t></r><r><t>ch</t></r></is></c></row>
<row r="7"><c r="AB7" s="1"><v>46113</v></c><c r="AC7" s="1"><v>99999999999</v></c></row>
<row r="8"/><row r="9"><c r="A9" s="1"/><c r="B9"><f>1+1</f><v>2</v></c></row>
</sheetData></worksheet>"""
STRINGS = f"""<sst xmlns="{NAMESPACE}"><si><t>plain</t></si><si><r><t xml:space="preserve">two </t></r><r><t>runs</t></r></si>
<si><t>kanji</t><rPh sb="0" eb="1"><t>reading</t></rPh></si></sst>"""


def ours(path):
    with path.open("rb") as stream:
        cells = Cells(stream)
        return {name: {at: trimmed(row) for at, row in cells.rows(name) if trimmed(row)} for name in cells.parts}


def theirs(path):
    book = load_workbook(path, read_only=True, data_only=True)
    found = {}
    for sheet in book.worksheets:
        sheet.reset_dimensions()
        rows = enumerate(sheet.iter_rows(values_only=True), 1)
        found[sheet.title] = {at: trimmed(row) for at, row in rows if trimmed(row)}
    book.close()
    return found


def trimmed(row):
    values = list(row)
    while values and values[-1] is None:
        values.pop()
    return values


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.lists(st.lists(CELLS, max_size=5), max_size=6))
def test_what_openpyxl_wrote_is_read_as_openpyxl_reads_it(tmp_path, rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.create_sheet("Other").append(["x"])
    path = tmp_path / "a.xlsx"
    book.save(path)
    assert ours(path) == theirs(path)


@pytest.mark.filterwarnings("ignore:Cell AC7 is marked as a date")
@pytest.mark.parametrize("date1904", [False, True])
def test_what_other_programs_write_is_read_as_openpyxl_reads_it(tmp_path, date1904):
    book = Workbook()
    book.active.cell(1, 1, date(2026, 4, 6)).number_format = "dd/mm/yyyy"
    book.save(tmp_path / "plain.xlsx")
    with zipfile.ZipFile(tmp_path / "plain.xlsx") as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts["xl/worksheets/sheet1.xml"] = BY_HAND.encode()
    parts["xl/sharedStrings.xml"] = STRINGS.encode()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"</Types>", f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'.encode()
    )
    if date1904:
        parts["xl/workbook.xml"] = (
            parts["xl/workbook.xml"]
            .replace(b"<workbookPr/>", b'<workbookPr date1904="1"/>')
            .replace(b"<workbookPr />", b'<workbookPr date1904="1"/>')
        )
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content)
    assert (b"date1904" in parts["xl/workbook.xml"]) == date1904
    found = ours(path)
    assert found == theirs(path)
    assert found["Sheet"][1] == ["plain", "two runs", None, "kanji"]


def test_a_formula_without_a_result_is_told_from_a_saved_blank(tmp_path):
    book = Workbook()
    book.active.append(["=1+1", '=""'])
    book.save(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as old:
        parts = {name: old.read(name) for name in old.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b'<c r="B1"', b'<c r="B1" t="str"')
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as new:
        for name, content in parts.items():
            new.writestr(name, content)
    assert ours(tmp_path / "a.xlsx")["Sheet"] == {1: [UNSAVED_FORMULA]}
