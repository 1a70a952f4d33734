"""Files as people send them: what can be read is read, the rest gets a sentence."""

import io
import re
import zipfile
from datetime import UTC, date, datetime

import pytest
from openpyxl import Workbook, load_workbook

from app.services.core.errors import UserError
from app.services.imports import archive
from app.services.imports.reading import open_source
from app.services.imports.values import UNSAVED_FORMULA

MONDAY = datetime(2026, 4, 6, tzinfo=UTC).replace(tzinfo=None)
"""As openpyxl gives a date cell: without a zone."""


def book(path, rows, name="Sheet"):
    made = Workbook()
    made.active.title = name
    for row in rows:
        made.active.append(row)
    made.save(path)
    return path


def rows_of(path, sheet=None):
    with open_source(path) as source:
        return [(number, tuple(row)) for number, row in source.rows(sheet or source.sheets[0])]


def refusal(path):
    with pytest.raises(UserError) as refused:
        rows_of(path)
    return refused.value


def with_part(path, name, change):
    """Rewrite one part of a workbook."""
    with zipfile.ZipFile(path) as old:
        parts = {part: old.read(part) for part in old.namelist()}
    parts[name] = change(parts[name])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for part, content in parts.items():
            new.writestr(part, content)
    return path


def test_a_workbook_gives_the_rows_that_are_not_blank_under_their_numbers(tmp_path):
    path = book(tmp_path / "a.xlsx", [["ref", "on"], [], ["1", MONDAY], *[[None, None]] * 1_000, ["2", None]])
    assert rows_of(path) == [
        (1, ("ref", "on")),
        (3, ("1", MONDAY)),
        (1004, ("2",)),
    ]


def test_blank_formatted_columns_at_the_end_are_no_values(tmp_path):
    made = Workbook()
    made.active.append(["ref", "on"])
    made.active.append(["1"])
    for column in range(3, 60):
        made.active.cell(2, column).number_format = "0.00"
    made.save(tmp_path / "a.xlsx")
    (_, row) = rows_of(tmp_path / "a.xlsx")[1]
    assert [value for value in row if value is not None] == ["1"]


def test_a_number_under_a_format_of_zeros_gives_them_back(tmp_path):
    made = Workbook()
    for at, (value, shown) in enumerate(
        ((42, "00000"), (7, '"T"0000'), (123456, "00-00-00"), (42, "0"), (1.5, "00.00")), 1
    ):
        made.active.cell(1, at, value).number_format = shown
    made.save(tmp_path / "a.xlsx")
    (_, row) = rows_of(tmp_path / "a.xlsx")[0]
    assert [getattr(value, "shown", value) for value in row] == ["00042", "T0007", "12-34-56", 42, 1.5]


def test_a_formula_without_a_result_is_not_a_blank(tmp_path):
    path = book(tmp_path / "a.xlsx", [["ref", "amount"], ["1", "=2*3"], [None, "=1+1"]])
    assert rows_of(path)[1:] == [(2, ("1", UNSAVED_FORMULA)), (3, (None, UNSAVED_FORMULA))]


def test_a_formula_gives_its_saved_result(tmp_path):
    path = book(tmp_path / "a.xlsx", [["ref", "amount"], ["1", "=2*3"]])
    with_part(path, "xl/worksheets/sheet1.xml", lambda part: re.sub(rb"<v ?/>|<v></v>", b"<v>6</v>", part))
    assert rows_of(path)[1] == (2, ("1", 6))


def test_sheets_that_are_hidden_are_sheets(tmp_path):
    made = Workbook()
    made.create_sheet("People").sheet_state = "hidden"
    made.save(tmp_path / "a.xlsx")
    with open_source(tmp_path / "a.xlsx") as source:
        assert source.sheets == ("Sheet", "People")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "a.xlsx is empty"),
        (b"ref,on\n1,2\n", "a.xlsx is not an Excel workbook"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "a.xlsx is a web page saved under a workbook's name"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600, "a.xlsx is in the old Excel format"),
        (
            bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
            "a.xlsx is protected by a password",
        ),
        (b"PK\x03\x04 and nothing more", "a.xlsx is damaged"),
    ],
)
def test_what_is_no_workbook_is_told_by_what_it_is(tmp_path, content, reason):
    (tmp_path / "a.xlsx").write_bytes(content)
    refused = refusal(tmp_path / "a.xlsx")
    assert refused.message.startswith(reason)
    assert refused.hint


def test_a_file_that_is_not_there(tmp_path):
    assert refusal(tmp_path / "none.xlsx").message == f"There is no file {tmp_path / 'none.xlsx'}."


def test_a_zip_of_something_else_is_no_workbook(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as made:
        made.writestr("word/document.xml", "<x/>")
    assert "is not an Excel workbook" in refusal(tmp_path / "a.xlsx").message


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.95])
def test_a_truncated_workbook_is_damaged(tmp_path, kept):
    path = book(tmp_path / "a.xlsx", [["ref", f"text {n}"] for n in range(500)])
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * kept)])
    assert "a.xlsx is damaged" in refusal(path).message


@pytest.mark.parametrize(
    "change",
    [
        lambda part: part[: len(part) // 2],
        lambda part: part.replace(b't="inlineStr"', b't="s"').replace(b"<is><t>1</t></is>", b"<v>77777</v>"),
        lambda part: b"not xml",
    ],
)
def test_a_workbook_whose_sheet_is_spoiled_is_damaged(tmp_path, change):
    path = with_part(book(tmp_path / "a.xlsx", [["ref"], ["1"]]), "xl/worksheets/sheet1.xml", change)
    assert "a.xlsx is damaged" in refusal(path).message


def test_a_zip_bomb_is_not_opened(tmp_path, monkeypatch):
    path = book(tmp_path / "a.xlsx", [["ref"]])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/media/pad.bin", bytes(archive.RATIO_FROM + 1))
    monkeypatch.setattr("app.services.imports.workbook.Cells", lambda *_, **__: pytest.fail("it was opened"))
    assert "would unpack to" in refusal(path).message


def test_a_workbook_that_unpacks_to_too_much_is_not_opened(tmp_path, monkeypatch):
    path = book(tmp_path / "a.xlsx", [["ref", "text"]] * 200)
    monkeypatch.setattr(archive, "UNPACKED_LIMIT", 1_000)
    assert "would unpack to" in refusal(path).message


def test_a_file_that_is_too_large_is_not_read(tmp_path, monkeypatch):
    path = book(tmp_path / "a.xlsx", [["ref"]])
    monkeypatch.setattr(archive, "FILE_LIMIT", 100)
    assert "is too large" in refusal(path).message


def test_entities_are_not_expanded(tmp_path):
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    path = book(tmp_path / "a.xlsx", [["name"]])
    with_part(path, "xl/worksheets/sheet1.xml", lambda part: bomb + part.replace(b"<t>name</t>", b"<t>&b;</t>"))
    assert "a.xlsx is damaged" in refusal(path).message


def test_a_strict_workbook_is_told_by_what_it_is(tmp_path):
    path = book(tmp_path / "a.xlsx", [["name"]])
    strict = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    usual = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    with_part(path, "xl/workbook.xml", lambda part: part.replace(usual, strict))
    assert "'Strict Open XML' workbook" in refusal(path).message


def test_a_forged_row_number_does_not_keep_us_busy(tmp_path):
    path = book(tmp_path / "a.xlsx", [["ref"], ["1"]])
    with_part(
        path,
        "xl/worksheets/sheet1.xml",
        lambda part: part.replace(b'r="2"', b'r="999999999"').replace(b'"A2"', b'"A999999999"'),
    )
    assert "larger than a workbook can be" in refusal(path).message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_text_files_in_any_encoding_and_delimiter(tmp_path, encoding, delimiter):
    lines = [
        ["ref", "name", "amount"],
        ["001", "Zoë O’Example", "£1,234.50"],
        ["", "", ""],
        ["002", "two\nlines", "-5"],
    ]
    text = "\r\n".join(delimiter.join(f'"{cell}"' for cell in line) for line in lines)
    (tmp_path / "people.csv").write_bytes(text.encode(encoding))
    assert rows_of(tmp_path / "people.csv") == [
        (1, ("ref", "name", "amount")),
        (2, ("001", "Zoë O’Example", "£1,234.50")),
        (4, ("002", "two\nlines", "-5")),
    ]


def test_a_text_file_may_name_its_delimiter(tmp_path):
    (tmp_path / "people.csv").write_text("sep=|\nref|a,b\n1|c,d\n")
    assert rows_of(tmp_path / "people.csv") == [(2, ("ref", "a,b")), (3, ("1", "c,d"))]


def test_a_folder_of_text_files_is_a_workbook(tmp_path):
    for name in ("people", "tenancies"):
        (tmp_path / f"{name}.csv").write_text("ref\n1\n")
    (tmp_path / "readme.md").write_text("x")
    with open_source(tmp_path) as source:
        assert source.sheets == ("people", "tenancies")


def test_an_empty_folder(tmp_path):
    assert "holds no .csv files" in refusal(tmp_path).message


def test_a_workbook_under_a_text_name(tmp_path):
    buffer = io.BytesIO()
    Workbook().save(buffer)
    (tmp_path / "a.csv").write_bytes(buffer.getvalue())
    assert "is not a text file" in refusal(tmp_path / "a.csv").message


def test_an_empty_text_file(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"")
    assert "a.csv is empty" in refusal(tmp_path / "a.csv").message


def test_a_quotation_mark_that_is_not_closed(tmp_path):
    (tmp_path / "a.csv").write_text('ref,name\n1,"open\n' + "2,x\n" * 60_000)
    refused = refusal(tmp_path / "a.csv")
    assert "can't be read past row 1" in refused.message
    assert "quotation mark" in refused.hint


def test_no_cell_of_a_workbook_is_run(tmp_path):
    path = book(tmp_path / "a.xlsx", [["ref"], ['=HYPERLINK("http://example.org")']])
    assert load_workbook(path).active["A2"].data_type == "f"
    assert rows_of(path)[1] == (2, (UNSAVED_FORMULA,))


def test_dates_of_the_1904_calendar(tmp_path):
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    made = Workbook()
    made.epoch = CALENDAR_MAC_1904
    made.active.append([date(2026, 4, 6)])
    made.save(tmp_path / "a.xlsx")
    assert rows_of(tmp_path / "a.xlsx") == [(1, (MONDAY,))]
