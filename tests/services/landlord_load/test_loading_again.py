"""What comes after the first file: the same file, a few new lines, new charges, history, balances."""

from datetime import date

from sqlalchemy import func, select

from app.models.charges import Charge
from app.models.imports import LoadBatch
from app.models.people import Person, Tenant
from app.models.search import AccountSearch
from app.models.tenancies import Tenancy
from app.models.values import AccountKind
from app.services.landlord_load import commands
from app.services.ledger import checks
from app.services.people.merging.commands import merge_people
from app.services.people.merging.dto import MergePeople
from tests.factories import landlord_files as files


def test_the_same_file_twice_is_recognised_line_by_line(desk, load, every, account):
    first = load(files.small())
    again = load(files.small())
    assert again.load_id is None
    assert not any(again.loaded.values())
    assert again.recognised == first.loaded
    assert every(select(func.count()).select_from(LoadBatch)) == [(1,)]
    assert account("T1", AccountKind.RENT).balance_pence == 41286


def test_a_file_with_a_few_new_lines_loads_those(desk, load, every, account):
    load(files.small())

    def change(sheets):
        sheets["Properties"].append(["P9", "", "dwelling", "9 Example Road", "", "", "", 1, "", "Housing", "", ""])
        sheets["People"].append(["H9", "", "Cy", "Instance", "", "", ""])
        sheets["Tenancies"].append(["T9", "P9", "secure", "02/11/2026", "", "0100000059", "cash", "H9;H1"])
        sheets["Balances"].append(["T9", "rent", 10, "15/11/2026"])

    loaded = load(files.changed(change))
    assert loaded.loaded == {"Properties": 1, "People": 1, "Tenancies": 1, "Charges": 0, "Balances": 1}
    assert loaded.recognised == {"Properties": 3, "People": 3, "Tenancies": 4, "Charges": 4, "Balances": 5}
    assert account("T9", AccountKind.RENT).name == "Cy Instance and Ms Ann Example"
    assert loaded.new_rent_groups == ()
    assert loaded.reconciliation.agrees
    assert every(select(func.count()).select_from(AccountSearch)) == [(7,)]
    assert desk.ask(checks.check) == ()


def test_an_increase_arrives_as_charges_alone(desk, load, every, account):
    load(files.small())
    rows = [
        ["T1", "rent", 99.90, "05/04/2027"],
        ["T1", "rent", 97.00, "07/12/2026"],
        ["T2", "rent", 92.20, "05/04/2027"],
    ]
    loaded = load({"Charges": [files.HEADINGS["Charges"].split(), *rows]}, "increase.xlsx")
    assert loaded.loaded == {"Charges": 3}
    rent = account("T1", AccountKind.RENT).id
    statement = (
        select(Charge.amount_pence, Charge.from_on, Charge.to_on)
        .where(Charge.account_id == rent, Charge.code == "DBR")
        .order_by(Charge.from_on)
    )
    assert every(statement) == [
        (9532, date(2026, 4, 6), date(2026, 12, 6)),
        (9700, date(2026, 12, 7), date(2027, 4, 4)),
        (9990, date(2027, 4, 5), None),
    ]


def test_a_charge_that_is_there_already_under_another_word_is_left_as_it_is(desk, load, every):
    load(files.small())
    load({"Charges": [files.HEADINGS["Charges"].split(), ["t1", "Basic Rent", "£95.32", "2026-04-06"]]}, "b.xlsx")
    assert every(select(func.count()).select_from(Charge)) == [(4,)]


def test_two_equal_payments_on_one_day_are_two_payments(desk, load, account):
    payments = [["T2", "", "10/11/2026", "cash", -7.5, ""]] * 2
    load(files.with_sheet("Transactions", *payments))
    assert account("T2", AccountKind.RENT).balance_pence == -1500
    again = load(files.with_sheet("Transactions", *payments, payments[0], sheets={}), "more.xlsx")
    assert (again.loaded, again.recognised) == ({"Transactions": 1}, {"Transactions": 2})
    assert account("T2", AccountKind.RENT).balance_pence == -2250


def test_a_balance_that_comes_later_is_compared_and_not_posted(desk, load, account):
    load(files.small())
    load({"Balances": [files.HEADINGS["Balances"].split(), ["T1", "rent", 412.86, "20/11/2026"]]}, "b.xlsx")
    assert account("T1", AccountKind.RENT).balance_pence == 41286


def test_one_text_file_alone_is_known_by_its_headings(desk, load, tmp_path):
    load(files.small())
    (tmp_path / "october.csv").write_text("Tenancy ref,Charge code,Amount,From date\nT1,heating,3.50,05/10/2026\n")
    loaded = desk.do(commands.load, tmp_path / "october.csv")
    assert loaded.loaded == {"Charges": 1}


def test_a_tenancy_of_a_record_that_was_merged_goes_to_the_one_that_was_kept(desk, load, every):
    load(files.small())
    number = dict(every(select(Person.ref, Person.id)))
    desk.do(merge_people, MergePeople(number["H2"], number["H1"], "Spoken to"))

    def change(sheets):
        sheets["Properties"].append(["P9", "", "dwelling", "9 Example Road", "", "", "", 1, "", "Housing", "", ""])
        sheets["Tenancies"].append(["T9", "P9", "secure", "02/11/2026", "", "0100000059", "cash", "H1"])

    load(files.changed(change))
    holders = select(Tenant.person_id).join(Tenancy, Tenancy.id == Tenant.tenancy_id).where(Tenancy.ref == "T9")
    assert every(holders) == [(number["H2"],)]
