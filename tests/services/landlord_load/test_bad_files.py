"""Everything that can be wrong in a landlord's file: a sentence with sheet, row and column, and nothing loaded."""

from datetime import date

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import func, select

from app.models.accounts import Account
from app.models.imports import LoadBatch
from app.models.properties import Property
from app.models.values import AccountKind, PeriodState
from app.services.core.errors import Cancelled, UserError
from app.services.core.officers import add_officer
from app.services.core.permissions import Role
from app.services.core.progress import CancelToken, no_progress
from app.services.core.session import Desk
from app.services.documents import queries as documents
from app.services.documents.dto import Subject
from app.services.landlord_load import commands, corrected, queries, template
from app.services.ledger import periods
from app.services.ledger import queries as ledger
from tests.factories import landlord_files as files

MONDAY = files.MONDAY


def faults_of(desk, path):
    rehearsal = desk.ask(queries.rehearse, path)
    loaded = desk.do(commands.load, path)
    assert loaded.errors == rehearsal.errors
    assert loaded.errors
    assert loaded.load_id is None
    assert set(loaded.loaded.values()) == {0}
    assert desk.ask(lambda ctx: ctx.session.scalar(select(func.count()).select_from(LoadBatch))) == 0
    assert desk.ask(lambda ctx: ctx.session.scalar(select(func.count()).select_from(Property))) == 0
    return [(p.sheet, p.row, p.column, p.message) for p in rehearsal.errors]


CASES = {
    "a tenancy that ends before it starts": (
        lambda s: s["Tenancies"][3].__setitem__(4, "01/01/2001"),
        (
            "Tenancies",
            4,
            "end_date",
            "The tenancy ends on 1 Jan 2001, before it starts on 1 Apr 2002. Correct one of the dates.",
        ),
    ),
    "two live tenancies on one dwelling": (
        lambda s: s["Tenancies"][3].__setitem__(4, ""),
        (
            "Tenancies",
            4,
            "property_ref",
            (
                "Tenancy T2 on P2 is live as well, and a dwelling has one at a time. "
                "Give the earlier one its end date, or correct the property."
            ),
        ),
    ),
    "an unknown charge code": (
        lambda s: s["Charges"][1].__setitem__(1, "hetaing"),
        ("Charges", 2, "code", "'hetaing' is not known here. Did you mean heating (DHE)?"),
    ),
    "a negative rent": (
        lambda s: s["Charges"][1].__setitem__(2, -95.32),
        (
            "Charges",
            2,
            "amount",
            (
                "Rent (DBR) may not be negative, and this is -£95.32. "
                "Give the amount without a minus; a reduction has its own code, such as DWW."
            ),
        ),
    ),
    "the same property twice": (
        lambda s: s["Properties"].append(["p1", "", "dwelling", "1 Other Road", *[""] * 8]),
        (
            "Properties",
            5,
            "property_ref",
            "'P1' stands in row 2 already. A reference is used once: delete or correct one.",
        ),
    ),
    "the same tenancy twice": (
        lambda s: s["Tenancies"].append(["T1", "G1", "garage", "01/04/2002", "05/07/2026", "", "cash", "H2"]),
        (
            "Tenancies",
            6,
            "tenancy_ref",
            "'T1' stands in row 2 already. A reference is used once: delete or correct one.",
        ),
    ),
    "the same payment reference twice": (
        lambda s: s["Tenancies"][2].__setitem__(5, "01000 00017"),
        (
            "Tenancies",
            3,
            "payment_reference",
            "'0100000017' stands in row 2 already. A reference is used once: delete or correct one.",
        ),
    ),
    "an unknown property": (
        lambda s: s["Tenancies"][1].__setitem__(1, "P001"),
        (
            "Tenancies",
            2,
            "property_ref",
            "There is no property 'P001' in the sheet Properties or in the database. Is it 'P1'?",
        ),
    ),
    "an unknown person": (
        lambda s: s["Tenancies"][1].__setitem__(7, "H1; H8"),
        ("Tenancies", 2, "people", "There is no person 'H8' in the sheet People or in the database."),
    ),
    "an unknown tenancy in charges": (
        lambda s: s["Charges"][1].__setitem__(0, "T77"),
        ("Charges", 2, "tenancy_ref", "There is no tenancy 'T77' in the sheet Tenancies or in the database."),
    ),
    "a balance for an unknown tenancy": (
        lambda s: s["Balances"][1].__setitem__(0, "T77"),
        ("Balances", 2, "tenancy_ref", "There is no tenancy 'T77' in the sheet Tenancies or in the database."),
    ),
    "an unknown kind of account": (
        lambda s: s["Balances"][1].__setitem__(1, "savings"),
        (
            "Balances",
            2,
            "account",
            (
                "'savings' is not known here. It can be: rent, garage, recharge, court_costs, hb_overpayment, "
                "former_tenant, leasehold, sundry."
            ),
        ),
    ),
    "two balances for an account": (
        lambda s: s["Balances"].append(["T1", "main", 1, "15/11/2026"]),
        ("Balances", 7, "account", "The rent account of T1 has a balance in row 2 already. Delete one."),
    ),
    "a balance far ahead": (
        lambda s: s["Balances"][1].__setitem__(3, "15/11/2027"),
        (
            "Balances",
            2,
            "as_at",
            "15 Nov 2027 is too far ahead: a balance is as at a day that is over. Check the date.",
        ),
    ),
    "a date that can't be": (
        lambda s: s["Tenancies"][1].__setitem__(3, "31/04/2020"),
        ("Tenancies", 2, "start_date", "'31/04/2020' is not a date: April 2020 has 30 days."),
    ),
    "an Excel error in a cell": (
        lambda s: s["Balances"][1].__setitem__(2, "#N/A"),
        ("Balances", 2, "amount", "The cell holds Excel's error #N/A. Put the value itself there."),
    ),
    "a formula without a result": (
        lambda s: s["Balances"][1].__setitem__(2, "=400+12.86"),
        (
            "Balances",
            2,
            "amount",
            "The formula has no saved result. Open the workbook in Excel, save it, and load it again.",
        ),
    ),
    "a part of a penny": (
        lambda s: s["Charges"][1].__setitem__(2, 95.325),
        ("Charges", 2, "amount", "95.325 has a part of a penny. Round it to pounds and pence."),
    ),
    "an empty cell that must be filled": (
        lambda s: s["People"][1].__setitem__(3, ""),
        ("People", 2, "last_name", "last_name is empty. Every row needs one."),
    ),
    "a column that is missing": (
        lambda s: [row.pop(2) for row in s["Charges"]],
        (
            "Charges",
            1,
            "amount",
            "There is no column amount. The headings found are: tenancy_ref, code, from_date.",
        ),
    ),
    "the same charge twice": (
        lambda s: s["Charges"].append(["T1", "DBR", 1, "06/04/2026"]),
        (
            "Charges",
            6,
            "code",
            "T1 has DBR from 6 Apr 2026 in row 2 already. Add the two together, or give one another code or date.",
        ),
    ),
    "a charge after the tenancy": (
        lambda s: s["Charges"].append(["T0", "DBR", 1, "06/07/2026"]),
        (
            "Charges",
            6,
            "from_date",
            "The charge begins on 6 Jul 2026 and the tenancy ended on 5 Jul 2026. Correct or delete it.",
        ),
    ),
    "a UPRN of letters": (
        lambda s: s["Properties"][1].__setitem__(1, "unknown"),
        ("Properties", 2, "uprn", "'unknown' is not a UPRN, which is a number of up to 12 digits."),
    ),
    "a dwelling linked to a tenancy": (
        lambda s: s["Properties"][1].__setitem__(10, "T2"),
        (
            "Properties",
            2,
            "linked_tenancy",
            "A dwelling is not linked to a tenancy: only a garage or other letting is. Empty the cell.",
        ),
    ),
    "somebody born tomorrow": (
        lambda s: s["People"][1].__setitem__(4, "22/11/2026"),
        ("People", 2, "date_of_birth", "22 Nov 2026 is still to come. Check the date of birth."),
    ),
    "somebody born too long ago": (
        lambda s: s["People"][1].__setitem__(4, "01/01/1900"),
        ("People", 2, "date_of_birth", "1 Jan 1900 can't be a date of birth. Check the year."),
    ),
    "a card number": (
        lambda s: s["Properties"][1].__setitem__(4, "card 4111 1111 1111 1111"),
        (
            "Properties",
            2,
            "address_2",
            "The cell holds what looks like a payment card number, which may not be kept. Remove it.",
        ),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_each_fault_is_told_with_its_place_and_what_would_be_right(desk, tmp_path, case):
    change, fault = CASES[case]
    assert faults_of(desk, files.write(tmp_path / "bad.xlsx", files.changed(change))) == [fault]


def history(*rows):
    return files.with_sheet("Transactions", *rows)


HISTORIES = {
    "history that does not add up": (
        history(["T1", "rent", "09/11/2026", "rent", 95.32, ""], ["T1", "rent", "16/11/2026", "rent", 95.32, ""]),
        (
            "Balances",
            2,
            "amount",
            (
                "The history of the rent account of T1 comes to £95.32 DR at 15 Nov 2026 and the balance is £412.86 DR: "
                "£317.54 DR is missing. Correct the balance or the lines; what stood before the first line is a line of its "
                "own, with code ROB."
            ),
        ),
    ),
    "a receipt that is a debit among others": (
        history(["T2", "", "09/11/2026", "dd", 5, ""], ["T2", "", "09/11/2026", "cash", -20, ""]),
        (
            "Transactions",
            2,
            "amount",
            "Direct Debit (RDD) is money in: write it with a minus or CR. One that came back has its own code, RDN or RRC.",
        ),
    ),
    "a charge that is a credit": (
        history(["T2", "", "09/11/2026", "rent", -15, ""]),
        (
            "Transactions",
            2,
            "amount",
            "Rent (DBR) is a charge and may not be negative. Take the minus off, or use ADJ for an adjustment.",
        ),
    ),
    "history far ahead": (
        history(["T2", "", "09/11/2026", "ADJ", -15, ""], ["T2", "", "09/11/2027", "rent", 15, ""]),
        ("Transactions", 3, "effective_on", "9 Nov 2027 is too far ahead. Check the date."),
    ),
    "an arrangement that ends before it begins": (
        files.with_sheet("Arrangements", ["T1", "", 5, "weekly", "09/11/2026", "01/11/2026", ""]),
        (
            "Arrangements",
            2,
            "end_date",
            "It ends on 1 Nov 2026, before it begins on 9 Nov 2026. Correct one of the dates.",
        ),
    ),
    "an instalment of nothing": (
        files.with_sheet("Arrangements", ["T1", "", 0, "weekly", "09/11/2026", "", ""]),
        ("Arrangements", 2, "amount", "An instalment is more than nothing. Give the amount without a minus."),
    ),
    "a note on an unknown tenancy": (
        files.with_sheet("Notes", ["T5", "09/11/2026", "x"]),
        ("Notes", 2, "tenancy_ref", "There is no tenancy 'T5' in the sheet Tenancies or in the database."),
    ),
}


@pytest.mark.parametrize("case", HISTORIES)
def test_each_fault_in_history_and_the_rest_is_told(desk, tmp_path, case):
    sheets, fault = HISTORIES[case]
    assert faults_of(desk, files.write(tmp_path / "bad.xlsx", sheets)) == [fault]


def test_all_faults_are_found_in_one_dry_run(desk, tmp_path):
    def spoil(sheets):
        for case, (change, _) in CASES.items():
            if case in (
                "a tenancy that ends before it starts",
                "an unknown charge code",
                "a balance far ahead",
                "a UPRN of letters",
            ):
                change(sheets)

    found = faults_of(desk, files.write(tmp_path / "bad.xlsx", files.changed(spoil)))
    assert [fault[:3] for fault in found] == [
        ("Properties", 2, "uprn"),
        ("Tenancies", 4, "end_date"),
        ("Charges", 2, "code"),
        ("Balances", 2, "as_at"),
    ]


def test_merged_headings_a_title_and_a_thousand_blank_rows_are_no_trouble(desk, tmp_path):
    book = Workbook()
    book.remove(book.active)
    for name, rows in files.small().items():
        sheet = book.create_sheet(name)
        sheet.append(["The landlord's list"])
        sheet.merge_cells("A1:D1")
        sheet.append([None] * 3)
        for row in rows[:2]:
            sheet.append([None if cell == "" else cell for cell in row])
        for row in rows[2:]:
            for _ in range(300):
                sheet.append([None, None])
            sheet.append([None if cell == "" else cell for cell in row])
    book.save(tmp_path / "a.xlsx")
    loaded = desk.do(commands.load, tmp_path / "a.xlsx")
    assert loaded.errors == ()
    assert loaded.loaded["Tenancies"] == 4


def test_a_heading_merged_over_two_columns_counts_for_the_first(desk, tmp_path):
    def change(sheets):
        for row in sheets["People"]:
            row.append("stray")
        sheets["People"][0][-1] = ""

    rehearsal = desk.ask(queries.rehearse, files.write(tmp_path / "a.xlsx", files.changed(change)))
    assert rehearsal.errors == ()
    assert [(w.sheet, w.row, w.column) for w in rehearsal.warnings if w.sheet == "People"] == [("People", 1, "H")]


def test_a_new_rent_group_and_a_sheet_that_is_left_out_are_reported(desk, tmp_path):
    sheets = {**files.small(), "Lookups": [["a", "b"], [1, 2]]}
    rehearsal = desk.ask(queries.rehearse, files.write(tmp_path / "a.xlsx", sheets))
    assert rehearsal.new_rent_groups == ("Housing", "Garages")
    messages = [warning.message for warning in rehearsal.warnings]
    assert "The sheet 'Lookups' is none that is loaded and was left out." in messages
    assert any("'Housing' is new and will be made" in message for message in messages)


def test_no_sheet_of_ours(desk, tmp_path):
    path = files.write(tmp_path / "a.xlsx", {"Book": [["a", "b"], [1, 2]]})
    with pytest.raises(UserError) as refused:
        desk.ask(queries.rehearse, path)
    assert refused.value.message == "a.xlsx has no sheet that is loaded: it has Book."
    assert "--template" in refused.value.hint


def test_what_was_loaded_with_other_details_is_not_changed(desk, tmp_path):
    desk.do(commands.load, files.write(tmp_path / "a.xlsx", files.small()))

    def change(sheets):
        sheets["Properties"][1][3] = "1 Changed Road"
        sheets["Tenancies"][2][5] = "0100000017"

    loaded = desk.do(commands.load, files.write(tmp_path / "b.xlsx", files.changed(change)))
    assert [(p.sheet, p.row, p.column) for p in loaded.errors] == [
        ("Properties", 2, "property_ref"),
        ("Tenancies", 3, "tenancy_ref"),
        ("Tenancies", 3, "payment_reference"),
    ]
    assert "was loaded before, with other details" in loaded.errors[0].message
    assert loaded.errors[2].message == "The payment reference '0100000017' belongs to T1. Each account has its own."


def test_a_second_live_tenancy_on_a_dwelling_of_the_database(desk, tmp_path):
    desk.do(commands.load, files.write(tmp_path / "a.xlsx", files.small()))
    tenancy = [files.HEADINGS["Tenancies"].split(), ["T8", "P1", "secure", "16/11/2026", "", "", "cash", "H3"]]
    loaded = desk.do(commands.load, files.write(tmp_path / "b.xlsx", {"Tenancies": tenancy}))
    assert [(p.row, p.column) for p in loaded.errors] == [(2, "property_ref")]
    assert "Tenancy T1 on P1 is live as well" in loaded.errors[0].message


def test_history_within_a_loaded_opening_balance_and_a_balance_that_disagrees(desk, tmp_path):
    desk.do(commands.load, files.write(tmp_path / "a.xlsx", files.small()))
    sheets = files.with_sheet("Transactions", ["T1", "", "15/11/2026", "cash", -5, ""], sheets={})
    sheets = files.with_sheet("Balances", ["T2", "", "16.00 CR", "20/11/2026"], sheets=sheets)
    loaded = desk.do(commands.load, files.write(tmp_path / "b.xlsx", sheets))
    assert [(p.sheet, p.row, p.column) for p in loaded.errors] == [
        ("Balances", 2, "amount"),
        ("Transactions", 2, "effective_on"),
    ]
    messages = {problem.sheet: problem.message for problem in loaded.errors}
    assert "£1.00 CR is missing" in messages["Balances"]
    assert "The opening balance of 15 Nov 2026 includes this line already" in messages["Transactions"]


def test_another_amount_for_a_charge_of_the_same_day(desk, tmp_path):
    desk.do(commands.load, files.write(tmp_path / "a.xlsx", files.small()))
    charges = [files.HEADINGS["Charges"].split(), ["T1", "rent", 96, "06/04/2026"]]
    loaded = desk.do(commands.load, files.write(tmp_path / "b.xlsx", {"Charges": charges}))
    (problem,) = loaded.errors
    assert problem.message == "T1 has DBR of £95.32 from 6 Apr 2026 already. Give the new amount a later date."


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


def test_a_file_that_changed_since_it_was_rehearsed(desk, tmp_path):
    path = files.write(tmp_path / "a.xlsx", files.small())
    rehearsal = desk.ask(queries.rehearse, path)
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(UserError, match="has changed since it was read"):
        desk.do(commands.load, rehearsal.file)
    with pytest.raises(UserError, match="has changed or gone"):
        corrected.write(tmp_path / "errors.xlsx", rehearsal)
    assert desk.ask(lambda ctx: ctx.session.scalar(select(func.count()).select_from(Property))) == 0


def test_a_load_that_is_cancelled_leaves_nothing(desk, tmp_path):
    path = files.write(tmp_path / "a.xlsx", files.small())
    cancel = CancelToken()

    def stop(done, total, text=""):
        if text.startswith("Writing charge"):
            cancel.cancel()

    with pytest.raises(Cancelled):
        desk.run(commands.load, stop, cancel, path)
    assert desk.ask(lambda ctx: ctx.session.scalar(select(func.count()).select_from(Property))) == 0


def test_an_administrator_loads_nothing(desk, tmp_path):
    desk.do(add_officer, "second", "Second Officer", frozenset({Role.RENTS_OFFICER}))
    administrator = Desk.sit_down(desk.database, desk.officer.username, desk.clock)
    path = files.write(tmp_path / "a.xlsx", files.small())
    with pytest.raises(UserError, match="may not load a landlord's spreadsheet"):
        administrator.run(commands.load, no_progress, CancelToken(), path)
    second = Desk.sit_down(desk.database, "second", desk.clock)
    assert second.do(commands.load, path).errors == ()


def test_the_template_is_a_file_that_loads(desk, tmp_path):
    template.write(tmp_path / "template.xlsx")
    book = load_workbook(tmp_path / "template.xlsx")
    assert book.sheetnames[0] == "Read me"
    for name, headings in files.HEADINGS.items():
        assert [cell.value for cell in book[name][1]] == headings.split()
    for name, rows in files.small().items():
        for row in rows[1:]:
            book[name].append([None if cell == "" else cell for cell in row])
    book.save(tmp_path / "filled.xlsx")
    loaded = desk.do(commands.load, tmp_path / "filled.xlsx")
    assert loaded.errors == ()
    assert [w for w in loaded.warnings if w.column != "rent_group"] == []
    assert loaded.loaded["Tenancies"] == 4
    rent = desk.ask(lambda ctx: ctx.session.scalars(select(Account).where(Account.kind == AccountKind.RENT)).all())
    assert sum(account.balance_pence for account in rent) == 41286 - 1500


def test_the_template_offers_fixed_words_and_keeps_references_as_text(tmp_path):
    template.write(tmp_path / "template.xlsx")
    book = load_workbook(tmp_path / "template.xlsx")
    assert book["Tenancies"].column_dimensions["F"].number_format == "@"
    assert book["Charges"].column_dimensions["C"].number_format == "0.00"
    offered = {str(rule.sqref): rule.formula1 for rule in book["Tenancies"].data_validations.dataValidation}
    words = [cell.value for (cell,) in book["Words"][offered["C2:C200000"].removeprefix("'Words'!").replace("$", "")]]
    assert words[:3] == ["secure", "introductory", "flexible"]


def test_closed_months_are_accounted_for_in_the_open_one(desk, colleague, tmp_path):

    officer = Desk.sit_down(colleague.database, "colleague", colleague.clock)
    desk.do(add_officer, "third", "Third Officer", frozenset({Role.RENTS_OFFICER}))
    third = Desk.sit_down(desk.database, "third", desk.clock)
    first = files.changed(lambda s: [row.__setitem__(3, "25/10/2026") for row in s["Balances"][1:]])
    assert third.do(commands.load, files.write(tmp_path / "a.xlsx", first)).errors == ()
    third.do(periods.request_change, "2026-10", PeriodState.CLOSED)
    officer.do(periods.authorise_change, "2026-10")
    late = files.with_sheet("Transactions", ["T1", "", "28/10/2026", "cash", -5, ""], sheets={})
    loaded = third.do(commands.load, files.write(tmp_path / "b.xlsx", late))
    assert loaded.errors == ()
    rent = third.ask(
        lambda ctx: ctx.session.scalars(select(Account).where(Account.payment_reference == "0100000017")).one()
    )
    line = third.ask(ledger.ledger_page, rent.id).lines[-1]
    assert (line.effective_on, line.accounting_on) == (date(2026, 10, 28), date(2026, 11, 1))
