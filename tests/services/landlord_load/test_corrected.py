"""The bad rows of a file in a workbook of their own: their errors beside them, and loaded once they are put right."""

import pytest
from openpyxl import load_workbook

from app.models.values import Subject
from app.services.core.errors import UserError
from app.services.documents import queries as documents
from app.services.landlord_load import commands, corrected, queries
from tests.factories import landlord_files as files

MONDAY = files.MONDAY


def test_the_bad_rows_come_back_with_their_errors_beside_them(desk, tmp_path):
    def spoil(sheets):
        sheets["Charges"][3][1] = "hetaing"
        sheets["Balances"][1][2] = "#N/A"
        sheets["Balances"][3][3] = "soon"
        sheets["People"][2][2] = "4111 1111 1111 1111"

    rehearsal = desk.ask(queries.rehearse, files.write(tmp_path / "bad.xlsx", files.changed(spoil)))
    assert corrected.write(tmp_path / "errors.xlsx", rehearsal) == 4
    book = load_workbook(tmp_path / "errors.xlsx")
    assert book.sheetnames == ["People", "Charges", "Balances", "Errors"]
    rows = [[cell.value for cell in row] for row in book["Balances"]]
    assert rows[0][:4] == ["row_in_file", "what_is_wrong", "tenancy_ref", "account"]
    assert [row[0] for row in rows[1:]] == [2, 4]
    assert rows[1][1] == "The cell holds Excel's error #N/A. Put the value itself there."
    assert rows[2][2:] == ["T2", "rent", "15.00 CR", "soon"]
    assert book["Charges"]["D2"].value == "hetaing"
    assert book["Charges"]["D2"].fill.fgColor.rgb == "00F6C9C0"
    assert book["People"]["E2"].value == "(a card number, left out)"
    assert [cell.value for cell in book["Errors"][2]][:3] == ["People", 3, "first_name"]


def put_right(path, *cells):
    """Change cells of a workbook, named by sheet and place; None deletes the row."""
    book = load_workbook(path)
    for sheet, place, value in cells:
        if value is None:
            book[sheet].delete_rows(book[sheet][place].row)
        else:
            book[sheet][place] = value
    book.save(path)
    return path


def test_the_bad_rows_once_put_right_are_loaded_in_place_of_the_file(desk, tmp_path):
    def spoil(sheets):
        sheets["Charges"][3][1] = "hetaing"
        sheets["Properties"].append(["P1", "", "dwelling", "1 Other Road", *[""] * 8])
        sheets["Balances"][1][2] = "#N/A"

    rehearsal = desk.ask(queries.rehearse, files.write(tmp_path / "bad.xlsx", files.changed(spoil)))
    errors = tmp_path / "errors.xlsx"
    assert corrected.write(errors, rehearsal) == 3
    put_right(errors, ("Charges", "D2", "heating"), ("Properties", "C2", None))
    again = desk.ask(queries.rehearse, errors)
    assert [(p.sheet, p.row, p.column) for p in again.errors] == [("Balances", 2, "amount")]
    assert corrected.write(tmp_path / "errors2.xlsx", again) == 1
    put_right(tmp_path / "errors2.xlsx", ("Balances", "E2", 412.86))
    loaded = desk.do(commands.load, tmp_path / "errors2.xlsx")
    assert loaded.errors == ()
    assert loaded.loaded == {"Properties": 3, "People": 3, "Tenancies": 4, "Charges": 4, "Balances": 5}
    kept = desk.ask(documents.listed, Subject.LOAD, loaded.load_id)
    assert {document.file_name for document in kept} == {"bad.xlsx", "errors.xlsx", "errors2.xlsx"}


def test_bad_rows_of_a_file_that_changed_are_not_loaded(desk, tmp_path):
    path = files.write(tmp_path / "bad.xlsx", files.changed(lambda s: s["Charges"][3].__setitem__(1, "hetaing")))
    corrected.write(tmp_path / "errors.xlsx", desk.ask(queries.rehearse, path))
    files.write(path, files.small())
    with pytest.raises(UserError, match=r"holds rows of bad\.xlsx, which has changed or is no longer at"):
        desk.ask(queries.rehearse, tmp_path / "errors.xlsx")


def test_bad_rows_of_text_files_are_put_right_in_a_workbook(desk, tmp_path):
    sheets = files.changed(lambda s: s["Charges"][3].__setitem__(1, "hetaing"))
    folder = files.write_csv(tmp_path / "csv", sheets)
    corrected.write(tmp_path / "errors.xlsx", desk.ask(queries.rehearse, folder))
    put_right(tmp_path / "errors.xlsx", ("charges", "D2", "heating"))
    assert desk.do(commands.load, tmp_path / "errors.xlsx").errors == ()


def test_a_fault_is_told_by_the_sheets_own_name_and_row(desk, tmp_path):
    head = files.HEADINGS["Charges"].split()
    sheets = files.small()
    del sheets["Charges"]
    sheets["Charges 1"] = [head, ["T1", "rent", 95.32, "06/04/2026"]]
    sheets["Charges 2"] = [
        head,
        ["T1", "water", 7.1, "06/04/2026"],
        ["T1", "rent", 1, "06/04/2026"],
        ["T2", "x", 1, MONDAY],
    ]
    sheets["Rent balances"] = sheets.pop("Balances")
    sheets["Rent balances"][1][0] = "T77"
    rehearsal = desk.ask(queries.rehearse, files.write(tmp_path / "a.xlsx", sheets))
    assert [(p.sheet, p.row, p.column) for p in rehearsal.errors] == [
        ("Charges 2", 3, "code"),
        ("Charges 2", 4, "code"),
        ("Rent balances", 2, "tenancy_ref"),
    ]
    assert "in row 2 already" in rehearsal.errors[0].message
    assert corrected.write(tmp_path / "errors.xlsx", rehearsal) == 3
    put_right(
        tmp_path / "errors.xlsx",
        ("Charges 2", "D3", "rent"),
        ("Charges 2", "D2", "service"),
        ("Rent balances", "C2", "T1"),
    )
    loaded = desk.do(commands.load, tmp_path / "errors.xlsx")
    assert loaded.errors == ()
    assert loaded.loaded["Charges"] == 4


def test_a_file_with_a_card_number_is_not_kept_once_its_row_is_put_right(desk, tmp_path):
    path = files.write(
        tmp_path / "bad.xlsx", files.changed(lambda s: s["Properties"][1].__setitem__(4, "4111 1111 1111 1111"))
    )
    corrected.write(tmp_path / "errors.xlsx", desk.ask(queries.rehearse, path))
    loaded = desk.do(commands.load, put_right(tmp_path / "errors.xlsx", ("Properties", "G2", "")))
    assert loaded.errors == ()
    kept = desk.ask(documents.listed, Subject.LOAD, loaded.load_id)
    assert [document.file_name for document in kept] == ["errors.xlsx"]
