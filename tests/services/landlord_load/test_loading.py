"""A landlord's file, loaded whole: what stands in the database and the ledger afterwards."""

from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.models.accounts import Account
from app.models.charges import Charge
from app.models.imports import LoadLine
from app.models.people import Person, Tenant
from app.models.properties import Property, RentGroup
from app.models.search import AccountSearch
from app.models.tenancies import GarageHome, Tenancy
from app.models.values import AccountKind, Fund, Money, PaymentMethod, PropertyType, Subject, Tenure
from app.services.core.errors import UserError
from app.services.documents import queries as documents
from app.services.landlord_load import commands, queries, reconciliation
from app.services.ledger import checks
from app.services.ledger import queries as ledger
from tests.factories import landlord_files as files


def test_everything_in_the_file_is_in_the_database(desk, load, one, every):
    loaded = load(files.small())
    assert loaded.loaded == {"Properties": 3, "People": 3, "Tenancies": 4, "Charges": 4, "Balances": 5}
    assert loaded.new_rent_groups == ("Housing", "Garages")
    home = one(select(Property).where(Property.ref == "P1"))[0]
    assert (home.uprn, home.type, home.bedrooms, home.postcode) == ("100000000001", PropertyType.DWELLING, 2, "ZZ1 1AA")
    person = one(select(Person).where(Person.ref == "H1"))[0]
    assert (person.title, person.last_name, person.date_of_birth) == ("Ms", "Example", date(1962, 4, 1))
    tenancy = one(select(Tenancy).where(Tenancy.ref == "T0"))[0]
    assert (tenancy.tenure, tenancy.start_on, tenancy.end_on) == (Tenure.SECURE, date(2002, 4, 1), date(2026, 7, 5))
    assert one(select(Tenancy.payment_method).where(Tenancy.ref == "T2"))[0] is PaymentMethod.CASH
    assert every(select(RentGroup.code, RentGroup.fund).order_by(RentGroup.id)) == [
        ("HOUSING", Fund.HRA),
        ("GARAGES", Fund.HRA),
    ]


def test_joint_tenants_keep_their_order(desk, load, every):
    load(files.small())
    statement = (
        select(Person.ref, Tenant.position)
        .join(Person, Person.id == Tenant.person_id)
        .join(Tenancy, Tenancy.id == Tenant.tenancy_id)
        .where(Tenancy.ref == "T1")
        .order_by(Tenant.position)
    )
    assert every(statement) == [("H1", 1), ("H2", 2)]


def test_each_tenancy_has_its_main_account_under_its_own_reference(desk, load, every):
    load(files.small())
    statement = (
        select(Tenancy.ref, Account.kind, Account.payment_reference, Account.reference_key, Account.closed_on)
        .join(Tenancy, Tenancy.id == Account.tenancy_id)
        .where(Account.kind.in_([AccountKind.RENT, AccountKind.GARAGE]))
        .order_by(Tenancy.ref)
    )
    assert every(statement) == [
        ("T0", AccountKind.RENT, "0100000033", "0100000033", date(2026, 7, 5)),
        ("T1", AccountKind.RENT, "0100000017", "0100000017", None),
        ("T2", AccountKind.RENT, "0100000025", "0100000025", None),
        ("T3", AccountKind.GARAGE, "0100000041", "0100000041", None),
    ]


def test_an_account_is_named_after_its_tenants_and_a_sub_account_has_a_reference_of_its_own(desk, load, account):
    load(files.small())
    recharge = account("T1", AccountKind.RECHARGE)
    assert recharge.name == "Ms Ann Example and Mr Bob Sample"
    assert recharge.payment_reference
    assert recharge.payment_reference != "0100000017"
    assert account("T2", AccountKind.RENT).name == "Example Lettings"


def test_a_garage_knows_its_dwelling(desk, load, every):
    load(files.small())
    letting = aliased(Tenancy)
    statement = (
        select(letting.ref, Tenancy.ref, GarageHome.near)
        .join(letting, letting.id == GarageHome.tenancy_id)
        .join(Tenancy, Tenancy.id == GarageHome.home_id)
    )
    assert every(statement) == [("T3", "T1", True)]


def test_a_garage_that_is_not_let_goes_with_no_home_and_that_is_said(desk, load, every):
    sheets = files.small()
    sheets["Tenancies"] = [row for row in sheets["Tenancies"] if row[0] != "T3"]
    for name in ("Charges", "Balances", "Transactions", "Arrangements", "Flags", "Notes"):
        sheets[name] = [row for row in sheets.get(name, []) if row[0] != "T3"]
    loaded = load(sheets)
    assert [each.message for each in loaded.warnings if each.column == "linked_tenancy"] == [
        "It isn't let, so that it goes with a tenancy is left out. It is asked for when it is let."
    ]
    assert every(select(GarageHome.tenancy_id)) == []


def test_balances_open_the_ledger(desk, load, account):
    loaded = load(files.small())
    balances = {
        ("T1", AccountKind.RENT): 41286,
        ("T1", AccountKind.RECHARGE): 6000,
        ("T2", AccountKind.RENT): -1500,
        ("T0", AccountKind.FORMER_TENANT): 23010,
        ("T0", AccountKind.RENT): 0,
        ("T3", AccountKind.GARAGE): 0,
    }
    assert {key: account(*key).balance_pence for key in balances} == balances
    found = account("T1", AccountKind.RENT)
    (line,) = desk.ask(ledger.ledger_page, found.id).lines
    assert (line.code, line.amount, line.effective_on, line.accounting_on) == (
        "ROB",
        Money(41286),
        files.AS_AT,
        files.AS_AT,
    )
    assert desk.ask(ledger.balance, found.id, date(2026, 11, 14)) == Money(0)
    assert len(loaded.journals) == 1
    assert desk.ask(checks.check) == ()


def test_charges_are_dated_elements_of_the_main_account(desk, load, every):
    load(files.small())
    statement = (
        select(Tenancy.ref, Charge.code, Charge.amount_pence, Charge.from_on, Charge.to_on)
        .join(Account, Account.id == Charge.account_id)
        .join(Tenancy, Tenancy.id == Account.tenancy_id)
        .order_by(Tenancy.ref, Charge.code)
    )
    assert every(statement) == [
        ("T1", "DBR", 9532, date(2026, 4, 6), None),
        ("T1", "DWR", 710, date(2026, 4, 6), None),
        ("T2", "DBR", 8800, date(2026, 9, 7), None),
        ("T3", "DGA", 1250, date(2026, 4, 6), None),
    ]


def test_the_reconciliation_agrees_and_is_signed(desk, load, tmp_path):
    loaded = load(files.small())
    groups = {
        (g.rent_group, g.kind, g.tenure): (g.file_accounts, g.file_total.pence) for g in loaded.reconciliation.groups
    }
    assert groups == {
        ("Garages", AccountKind.GARAGE, Tenure.GARAGE): (1, 0),
        ("Housing", AccountKind.FORMER_TENANT, Tenure.SECURE): (1, 23010),
        ("Housing", AccountKind.RECHARGE, Tenure.SECURE): (1, 6000),
        ("Housing", AccountKind.RENT, Tenure.INTRODUCTORY): (1, -1500),
        ("Housing", AccountKind.RENT, Tenure.SECURE): (2, 41286),
    }
    assert loaded.reconciliation.agrees
    assert loaded.reconciliation.ledger_total == Money(23010 + 6000 - 1500 + 41286)
    assert desk.ask(queries.reconciliation, loaded.load_id) == loaded.reconciliation
    desk.do(commands.sign, loaded.load_id)
    with pytest.raises(UserError, match="signed already"):
        desk.do(commands.sign, loaded.load_id)
    (row,) = desk.ask(queries.loads)
    assert (row.rows, row.agrees, row.signed_by) == (19, True, "Test Officer")
    for name in ("r.pdf", "r.xlsx"):
        desk.ask(reconciliation.save, loaded.load_id, tmp_path / name)
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF")
    kept = desk.ask(documents.listed, Subject.LOAD, loaded.load_id)
    assert {document.kind for document in kept} == {"load", "reconciliation"}


def test_the_file_is_kept_as_it_came(desk, load, tmp_path):
    loaded = load(files.small())
    (document,) = desk.ask(documents.listed, Subject.LOAD, loaded.load_id)
    assert document.size == (tmp_path / "landlord.xlsx").stat().st_size
    assert document.file_name == "landlord.xlsx"


def test_every_account_can_be_found(desk, load, every):
    load(files.small())
    assert every(select(func.count()).select_from(AccountSearch)) == [(6,)]


def test_history_that_adds_up_is_posted_on_its_own_days(desk, load, account):
    def change(sheets):
        sheets["Balances"][1] = ["T1", "rent", 100.64, "15/11/2026"]

    history = [
        ["T1", "rent", "01/11/2026", "ROB", 10, "Balance at 1 November"],
        ["T1", "rent", "02/11/2026", "rent", 95.32, ""],
        ["T1", "rent", "09/11/2026", "rent", 95.32, ""],
        ["T1", "rent", "10/11/2026", "direct debit", -100, "Collection from Ms Example"],
        ["T1", "rent", "16/11/2026", "rent", 95.32, ""],
    ]
    loaded = load(files.with_sheet("Transactions", *history, sheets=files.changed(change)))
    assert loaded.loaded["Transactions"] == 5
    page = desk.ask(ledger.ledger_page, account("T1", AccountKind.RENT).id)
    assert [(line.effective_on.day, line.accounting_on.day, line.code, line.balance.pence) for line in page.lines] == [
        (1, 1, "ROB", 1000),
        (2, 2, "DBR", 10532),
        (9, 9, "DBR", 20064),
        (10, 10, "RDD", 10064),
        (16, 16, "DBR", 19596),
    ]
    assert page.lines[1].rent_week == date(2026, 11, 2)
    assert page.lines[3].narrative == "Collection from Ms …"
    assert loaded.reconciliation.agrees
    assert desk.ask(checks.check) == ()


def test_receipts_written_without_a_minus_are_money_in(desk, load, account):
    history = [["T2", "", "09/11/2026", "rent", 88, ""], ["T2", "", "10/11/2026", "cash", 103, ""]]
    loaded = load(files.with_sheet("Transactions", *history))
    assert account("T2", AccountKind.RENT).balance_pence == -1500
    assert [w.message for w in loaded.warnings if w.sheet == "Transactions"] == [
        "All 1 receipts are written without a minus; they were read as money in."
    ]


def test_receipts_that_nothing_proves_are_taken_as_written(load, account):
    sheets = files.small()
    sheets["Balances"] = [row for row in sheets["Balances"] if row[0] != "T2"]
    loaded = load(files.with_sheet("Transactions", ["T2", "", "09/11/2026", "hb", 20, "clawback"], sheets=sheets))
    assert account("T2", AccountKind.RENT).balance_pence == 2000
    assert "read as money that went back" in next(w.message for w in loaded.warnings if w.sheet == "Transactions")


def test_arrangements_flags_and_notes(desk, load):
    sheets = files.with_sheet("Arrangements", ["T1", "recharge", 5, "weekly", "02/11/2026", "", "agreed by phone"])
    sheets = files.with_sheet(
        "Flags", ["T1", "vulnerable", "", "", ""], ["T2", "disputed", "01/11/2026", "", "x"], sheets=sheets
    )
    sheets = files.with_sheet("Notes", ["T1", "10/11/2026", "Called about the recharge."], sheets=sheets)
    loaded = load(sheets)
    assert [loaded.loaded[name] for name in ("Arrangements", "Flags", "Notes")] == [1, 2, 1]


def test_a_folder_of_text_files_loads_as_the_workbook_does(desk, tmp_path, load, account):
    folder = files.write_csv(tmp_path / "csv", files.small(), delimiter=";", encoding="utf-16")
    loaded = desk.do(commands.load, folder)
    assert loaded.errors == ()
    assert account("T1", AccountKind.RENT).balance_pence == 41286
    assert len(desk.ask(documents.listed, Subject.LOAD, loaded.load_id)) == 5
    again = load(files.small())
    assert not any(again.loaded.values())


def test_words_of_the_landlords_own_are_explained_in_the_file(desk, load, every):
    def change(sheets):
        sheets["Charges"][0] = ["tenancy_ref", "What for", "amount", "from_date"]
        sheets["Charges"].append(["T2", "WARDEN", 4.2, "07/09/2026"])
        sheets["Mapping"] = [
            ["sheet", "column", "yours", "ours"],
            ["", "code", "Warden", "service"],
            ["Charges", "", "What for", "code"],
        ]

    load(files.changed(change))
    assert (420,) in every(select(Charge.amount_pence).where(Charge.code == "DSC"))


def test_several_hundred_tenancies_in_another_hand(desk, tmp_path, one, every):
    total = files.another_hand(tmp_path / "other.xlsx")
    rehearsal = desk.ask(queries.rehearse, tmp_path / "other.xlsx")
    assert [(p.sheet, p.row, p.column, p.message) for p in rehearsal.errors] == []
    assert {count.sheet: count.new for count in rehearsal.sheets} == {
        "Properties": 300,
        "People": 300,
        "Tenancies": 300,
        "Charges": 600,
        "Balances": 300,
    }
    loaded = desk.do(commands.load, rehearsal.file)
    assert loaded.reconciliation.ledger_total == Money(total)
    assert loaded.reconciliation.agrees
    assert one(select(Account.payment_reference).join(Tenancy).where(Tenancy.ref == "00001")) == ("7000001",)
    assert one(select(Property.postcode, Property.bedrooms).where(Property.ref == "00003")) == ("ZZ4 3AB", 3)
    assert every(select(func.count()).select_from(LoadLine)) == [(1_800,)]
    assert desk.ask(checks.check) == ()


def test_a_load_takes_the_same_number_of_statements_however_many_rows_there_are(desk, tmp_path, query_log):
    counts = []
    for tenancies in (30, 60):
        path = tmp_path / f"{tenancies}.xlsx"
        files.another_hand(path, tenancies)
        rehearsal = desk.ask(queries.rehearse, path)
        query_log.clear()
        desk.ask(queries.rehearse, rehearsal.file)
        counts.append(len(query_log))
    assert counts[0] == counts[1]
