"""`rentbook tenancy start`, `rentbook debit-control`."""

import csv
from datetime import date

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select

from app.models.accounts import Account
from app.models.people import Person
from app.models.tenancies import Tenancy
from app.services.charges.commands import charge_week
from tests.factories import lettings
from tests.prepared import prepared

MONDAY = date(2026, 11, 16)
NEXT = date(2026, 11, 23)


@prepared
def homes(desk, office):
    """Two empty homes, let at 90.00 and 80.00 with 4.50 before, and somebody who is there."""

    def build(ctx):
        return (
            lettings.letting(ctx, "90.00", end_on=date(2026, 11, 1)).property.ref,
            lettings.letting(ctx, "80.00", DSC="4.50", end_on=date(2026, 11, 8)).property.ref,
            lettings.person(ctx, "Kim", "There").ref,
        )

    return desk.do(build)


def workbook(path, *rows):
    book = Workbook()
    sheet = book.active
    sheet.title = "Lets"
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def count(desk, model):
    return desk.ask(lambda ctx: ctx.session.scalar(select(func.count()).select_from(model)))


HEAD = (
    "Property ref",
    "Start date",
    "Tenure",
    "People",
    "First names",
    "Surname",
    "DOB",
    "Pays by",
    "Rent",
    "DSC",
    "Welcome",
)


def test_lets_are_started_from_a_workbook(office, desk, homes, tmp_path):
    first, second, kim = homes
    file = workbook(
        tmp_path / "lets.xlsx",
        HEAD,
        (first, NEXT, "introductory", None, "Robin", "Newcome", "3/2/1990", "direct debit", 95.0, 3.2, "no"),
        (second, NEXT, None, kim, None, None, None, None, None, None, "no"),
    )
    tried = office("tenancy", "start", file, "--dry-run", "--json")
    assert (tried.code, [each["weekly_pence"] for each in tried.data["started"]]) == (0, [9_820, 8_450])
    assert count(desk, Tenancy) == 2

    done = office("tenancy", "start", file, "--json")
    assert done.code == 0
    assert [each["tenancy"] for each in done.data["started"]] == ["T000003", "T000004"]
    assert count(desk, Tenancy) == 4
    assert count(desk, Person) == 4
    references = desk.ask(lambda ctx: set(ctx.session.scalars(select(Account.payment_reference))))
    assert {each["reference"] for each in done.data["started"]} <= references


def test_any_fault_and_nothing_is_started(office, desk, homes, tmp_path):
    first, second, _ = homes
    file = workbook(
        tmp_path / "lets.xlsx",
        HEAD,
        (first, NEXT, None, None, None, "Newcome", None, None, None, None, "no"),
        (first, NEXT, None, None, None, "Second", None, None, None, None, "no"),
        ("P9", NEXT, None, None, None, "Third", None, None, None, None, "no"),
        (second, date(2036, 11, 24), None, None, None, None, None, None, None, None, "no"),
    )
    done = office("tenancy", "start", file, "--json")
    assert done.code == 1
    assert done.data["started"] == []
    found = {(each["row"], each["column"]) for each in done.data["errors"]}
    assert found == {(3, "start"), (4, "property"), (5, "start"), (5, "last_name")}
    assert count(desk, Tenancy) == 2
    assert count(desk, Person) == 3
    assert "nothing was done" in office("tenancy", "start", file).out


def test_a_file_of_something_else_is_refused(office, homes, tmp_path):
    file = tmp_path / "other.csv"
    with file.open("w", newline="") as out:
        csv.writer(out).writerows([("Colour", "Size"), ("red", "9")])
    done = office("tenancy", "start", file)
    assert done.code == 1
    assert "no sheet of new lets" in done.err


def test_the_debit_control_of_a_week(office, desk, homes):
    desk.do(charge_week, MONDAY)
    answer = office("debit-control", "--week", "2026-11-18", "--json").data
    assert (answer["week"], answer["state"], answer["charged"]) == ("2026-11-16", "open", True)
    total = answer["total"]
    assert (total["closing_pence"], total["run_pence"], total["difference_pence"]) == (17_450, 17_450, 0)
    assert (total["let"], total["void"], total["stock"]) == (0, 2, 2)
    assert answer["movements"] == []
    said = office("debit-control", "--week", "2026-11-16")
    assert "174.50" in said.out
    assert said.code == 0


def test_one_officer_cant_sign_alone(office, desk, homes):
    desk.do(charge_week, MONDAY)
    done = office("debit-control", "--week", "2026-11-16", "--sign")
    assert done.code == 1
    assert "takes two officers" in done.err


@pytest.mark.parametrize(
    ("work", "headings"),
    [
        ("start", ("Property ref", "Start date")),
        ("end", ("Tenancy", "Reason", "Notice")),
        ("change", ("Tenancy", "Change", "Day")),
    ],
)
def test_a_file_with_headings_only_is_refused(office, desk, tmp_path, work, headings):
    file = workbook(tmp_path / "headings.xlsx", headings)
    told = office("tenancy", work, file)
    assert (told.code, told.out) == (1, "")
    assert "headings.xlsx holds no rows, only headings: nothing was done." in told.err


@pytest.mark.parametrize("week", ["1066-10-14", "9999-12-31"])
@pytest.mark.parametrize("command", [("debit-control",), ("charge", "--rehearse")])
def test_a_week_of_another_age_is_wrong_usage(office, desk, command, week):
    told = office(*command, "--week", week)
    assert (told.code, told.out) == (2, "")
    assert f"The year of {week} can't be right: a date lies between 1900 and 2199." in told.err
