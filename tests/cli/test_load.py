"""A landlord of two homes and a garage, written by hand, loaded by command."""

import openpyxl
import pytest

SHEETS = {
    "Properties": [
        "property_ref uprn type address_1 address_2 town postcode bedrooms area rent_group linked_tenancy near_dwelling",
        ["P001", None, "dwelling", "1 Sample Street", None, "Testford", "ZZ1 1AA", 2, "North", "General", None, None],
        ["P002", None, "dwelling", "2 Sample Street", None, "Testford", "ZZ1 1AA", 3, "North", "General", None, None],
        ["G001", None, "garage", "Garage 1", None, "Testford", "ZZ1 1AA", None, "North", "Garages", "T0001", "yes"],
    ],
    "People": [
        "person_ref title first_name last_name date_of_birth email mobile",
        ["N1", "Ms", "Ada", "Sample", "03/02/1980", "ada@example.com", "07700900001"],
        ["N2", "Mr", "Bo", "Specimen", None, None, None],
    ],
    "Tenancies": [
        "tenancy_ref property_ref tenure start_date end_date payment_reference payment_method people",
        ["T0001", "P001", "secure", "05/04/2021", None, "0070001", "direct debit", "N1"],
        ["T0002", "P002", "introductory", "2025-09-01", None, "0070002", "cash", "N2; N1"],
        ["T0003", "G001", "garage", "2022-01-03", None, "0070003", "direct debit", "N1"],
    ],
    "Charges": [
        "tenancy_ref code amount from_date",
        ["T0001", "rent", "£118.42", "06/04/2026"],
        ["T0001", "service", 4.10, "06/04/2026"],
        ["T0002", "rent", 101.5, "06/04/2026"],
        ["T0003", "garage", "17.80", "06/04/2026"],
    ],
    "Balances": [
        "tenancy_ref account amount as_at",
        ["T0001", "rent", "250.00", "15/11/2026"],
        ["T0002", "rent", "12.00 CR", "15/11/2026"],
        ["T0003", "garage", 0, "15/11/2026"],
    ],
}
ROWS = {"Properties": 3, "People": 2, "Tenancies": 3, "Charges": 4, "Balances": 3}


@pytest.fixture
def workbook(tmp_path):
    """Writes the landlord's workbook, with single cells changed where a test wants: {(sheet, row, column): value}."""

    def write(changes=None):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, (heads, *rows) in SHEETS.items():
            sheet = book.create_sheet(name)
            sheet.append(heads.split())
            for row in rows:
                sheet.append(row)
        for (name, row, column), value in (changes or {}).items():
            book[name].cell(row, SHEETS[name][0].split().index(column) + 1, value)
        book.save(tmp_path / "landlord.xlsx")
        return tmp_path / "landlord.xlsx"

    return write


def test_a_landlord_is_loaded(office, workbook):
    answer = office("load", workbook(), "--json")
    assert (answer.code, answer.data["loaded"], answer.data["errors"]) == (0, ROWS, [])
    assert answer.data["reconciliation"]["agrees"] is True
    assert answer.data["reconciliation"]["ledger_pence"] == 23800
    assert office("balance", "0070001", "--json").data["balance_pence"] == 25000
    assert office("balance", "T0002", "--json").data["balance_pence"] == -1200
    assert office("check").code == 0


def test_a_dry_run_changes_nothing(office, workbook):
    answer = office("load", workbook(), "--dry-run", "--json")
    assert (answer.code, answer.data["would_load"], set(answer.data["loaded"].values())) == (0, ROWS, {0})
    assert office("find", "sample", "--json").data["results"] == []


def test_the_same_file_twice_loads_nothing(office, workbook):
    office("load", workbook())
    answer = office("load", workbook(), "--json")
    assert (answer.code, set(answer.data["loaded"].values()), answer.data["recognised"]) == (0, {0}, ROWS)


def test_the_reconciliation_is_written_and_signed_once(office, workbook, tmp_path):
    loaded = office("load", workbook(), "--reconciliation", tmp_path / "signed.pdf", "--json").data
    assert (tmp_path / "signed.pdf").read_bytes().startswith(b"%PDF-")
    signed = office("load", "--sign", loaded["load"], "--json")
    assert (signed.code, signed.data) == (0, {"load": loaded["load"], "signed_by": "Test Officer"})
    assert office("load", "--sign", loaded["load"]).code == 1


def test_errors_are_told_with_their_place_and_nothing_is_loaded(office, workbook):
    path = workbook({("Charges", 3, "amount"): "about a fiver", ("Tenancies", 4, "property_ref"): "P999"})
    answer = office("load", path, "--json")
    assert answer.code == 1
    assert set(answer.data["loaded"].values()) == {0}
    places = {(error["sheet"], error["row"], error["column"]) for error in answer.data["errors"]}
    assert {("Charges", 3, "amount"), ("Tenancies", 4, "property_ref")} <= places
    assert all(error["message"] for error in answer.data["errors"])
    assert office("find", "sample", "--json").data["results"] == []
    assert "error: Charges row 3, amount: " in office("load", path).out


def test_a_word_or_heading_of_the_landlords_own_is_mapped(office, workbook):
    path = workbook({("Charges", 2, "code"): "WIBBLE", ("Balances", 1, "as_at"): "Stood on"})
    refused = office("load", path)
    assert (refused.code, "--map" in refused.err) == (1, True)
    mapped = office("load", path, "--map", "code:WIBBLE=rent", "--map", "balances:Stood on=as_at", "--json")
    assert (mapped.code, mapped.data["loaded"]) == (0, ROWS)


def test_the_rows_with_errors_are_written_to_be_put_right(office, workbook, tmp_path):
    answer = office("load", workbook({("Charges", 3, "amount"): "about a fiver"}), "--errors", tmp_path / "wrong.xlsx")
    assert answer.code == 1
    assert "1 rows with errors are written to" in answer.err
    sheet = openpyxl.load_workbook(tmp_path / "wrong.xlsx")["Charges"]
    assert "about a fiver" in [cell.value for row in sheet.iter_rows() for cell in row]


def test_the_template_needs_no_database_and_loads_as_it_is(rentbook, office, tmp_path):
    written = rentbook("load", "--template", tmp_path / "template.xlsx", "--db", tmp_path / "none.db", "--json")
    assert (written.code, written.data) == (0, {"template": str(tmp_path / "template.xlsx")})
    assert {"Properties", "People", "Tenancies", "Charges", "Balances"} <= set(
        openpyxl.load_workbook(tmp_path / "template.xlsx").sheetnames
    )
    assert office("load", tmp_path / "template.xlsx", "--dry-run").code == 0


def test_a_file_that_is_no_workbook_is_refused(office, tmp_path):
    (tmp_path / "letter.xlsx").write_text("Dear Sir or Madam")
    answer = office("load", tmp_path / "letter.xlsx", "--json")
    assert (answer.code, answer.data["loaded"]) == (1, {})
    (error,) = answer.data["errors"]
    assert (error["row"], "letter.xlsx is not an Excel workbook" in error["message"]) == (0, True)
    assert "letter.xlsx" in answer.err


def test_a_file_that_is_not_there_is_refused(office, tmp_path):
    assert office("load", tmp_path / "none.xlsx").code == 1


@pytest.mark.parametrize(
    "arguments",
    [[], ["a.xlsx", "--template", "b.xlsx"], ["a.xlsx", "--sign", "1"], ["--sign", "first"], ["a.xlsx", "--map", "x"]],
)
def test_wrong_usage(office, arguments):
    assert office("load", *arguments).code == 2


@pytest.mark.parametrize("reference", ["0070001", "T0001"])
def test_a_statement_in_every_form(office, workbook, tmp_path, reference):
    office("load", workbook())
    days = ["--from", "2026-11-01", "--to", "2026-11-30"]
    files = ["--pdf", tmp_path / "s.pdf", "--xlsx", tmp_path / "s.xlsx"]
    told = office("statement", reference, *days, *files, "--json").data
    assert (told["reference"], told["brought_forward_pence"], told["carried_forward_pence"]) == ("0070001", 0, 25000)
    assert [line["amount_pence"] for line in told["lines"]] == [25000]
    assert (tmp_path / "s.pdf").read_bytes().startswith(b"%PDF-")
    assert openpyxl.load_workbook(tmp_path / "s.xlsx").active.max_row > 5
    assert "Carried forward" in office("statement", reference, *days).out


def test_a_run_of_statements(office, workbook, tmp_path):
    office("load", workbook())
    days = ["--from", "2026-11-01", "--to", "2026-11-30", "--out", tmp_path / "run"]
    rehearsed = office("statements", *days, "--rehearse", "--json").data
    assert not (tmp_path / "run").exists()
    made = office("statements", *days, "--json").data
    assert (made["sent"], made["carried_on"]) == (rehearsed["sent"], False)
    assert made["sent"] >= 2
    assert all(file.startswith(str(tmp_path / "run")) for file in made["files"])
    assert {"reference", "reason", "sent"} <= set(made["exceptions"][0]) if made["exceptions"] else True
    again = office("statements", *days)
    assert (again.code, "again" in again.err) == (1, True)
    assert office("statements", *days, "--again").code == 0


def test_a_statement_that_ends_before_it_starts_is_wrong_usage(office):
    assert office("statement", "T0001", "--from", "2026-12-01", "--to", "2026-11-30").code == 2
    assert office("statement", "T0001", "--from", "2026-12-01").code == 2
