"""What can be wrong in a file beside what was loaded before."""

from datetime import date

from sqlalchemy import select

from app.models.accounts import Account
from app.models.values import PeriodState
from app.services.admin.periods import commands as changing
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.core.session import Desk
from app.services.landlord_load import commands
from app.services.ledger import queries as ledger
from tests.factories import landlord_files as files

MONDAY = files.MONDAY


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


def test_closed_months_are_accounted_for_in_the_open_one(desk, colleague, tmp_path):

    officer = Desk.sit_down(colleague.database, "colleague", colleague.clock)
    desk.do(add, NewOfficer("third", "Third Officer", frozenset({Role.RENTS_OFFICER})))
    third = Desk.sit_down(desk.database, "third", desk.clock)
    first = files.changed(lambda s: [row.__setitem__(3, "25/10/2026") for row in s["Balances"][1:]])
    assert third.do(commands.load, files.write(tmp_path / "a.xlsx", first)).errors == ()
    third.do(changing.request_change, "2026-10", PeriodState.CLOSED)
    officer.do(changing.authorise_change, "2026-10")
    late = files.with_sheet("Transactions", ["T1", "", "28/10/2026", "cash", -5, ""], sheets={})
    loaded = third.do(commands.load, files.write(tmp_path / "b.xlsx", late))
    assert loaded.errors == ()
    rent = third.ask(
        lambda ctx: ctx.session.scalars(select(Account).where(Account.payment_reference == "0100000017")).one()
    )
    line = third.ask(ledger.ledger_page, rent.id).lines[-1]
    assert (line.effective_on, line.accounting_on) == (date(2026, 10, 28), date(2026, 11, 1))
