"""The reporting views: their figures are those of the services, and no tenant can be found in them."""

import re
from datetime import date

import pytest
from sqlalchemy import Column, Unicode, text
from sqlalchemy.dialects import mssql
from sqlalchemy.sql.visitors import iterate

from app.models.db import Word
from app.models.reporting import making
from app.models.reporting.views import declared
from app.models.values import AccountKind
from app.services.core import calendars
from app.services.core.database import open_database
from app.services.core.resources import resource
from app.services.core.session import Desk
from app.services.core.sign_in import system_user
from app.services.ledger import explaining, queries
from app.services.moving.anonymous.classes import Fate, fates
from app.services.reporting.documentation import described, markdown
from app.services.servers import grants
from tests.architecture import server_sql
from tests.conftest import TODAY
from tests.factories import lettings
from tests.prepared import copy_of, prepared

VIEWS = {each.name: each for each in declared()}
MAY_BE_READ = {Fate.KEPT, Fate.REFERENCE}
"""Words of the office, and references, which name nobody."""
BESIDE = {"officer.name", "supplier.name", "team.name", "payment_desk.name", "property.area"}
"""Who works in the office, whom it buys from, its desks, and the estates."""


@pytest.fixture(scope="module")
def landlord(demonstration, tmp_path_factory):
    """The demonstration landlord as it stands; nothing here changes it."""
    from app.services.core.clock import FixedClock

    clock = FixedClock(TODAY)
    database = open_database(copy_of(demonstration, tmp_path_factory.mktemp("reporting") / "copy.db"), clock)
    yield Desk.sit_down(database, system_user()[0], clock)
    database.close()


@prepared
def home_of_two(desk):
    """A tenancy with its first tenant and its account."""

    def build(ctx):
        made = lettings.letting(ctx, "98.10", who=("Zoe", "Sample"))
        return made.tenancy.id, made.person.id, made.account.id

    return desk.do(build)


def rows(desk, sql):
    return desk.database.read(lambda session: session.execute(text(sql)).all())


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_can_be_read_and_has_the_columns_that_are_promised(landlord, name):
    shown = [each.name for each in VIEWS[name].shown]
    found = landlord.database.read(lambda session: session.execute(text(f"SELECT * FROM {name}")))
    assert list(found.keys()) == shown


def test_balances_are_those_of_the_ledger(landlord):
    kept = {row.account_id: row for row in rows(landlord, "SELECT * FROM report_account")}
    ours = landlord.ask(queries.balances, list(kept), TODAY.replace(year=TODAY.year + 1))
    assert {each: row.balance_pence for each, row in kept.items()} == {each: ours[each].pence for each in kept}
    assert sum(row.balance_pence for row in kept.values()) == 0
    lines = "SELECT account_id, SUM(amount_pence) AS pence FROM report_transaction GROUP BY account_id"
    posted = {row.account_id: row.pence for row in rows(landlord, lines)}
    assert {each: posted.get(each, 0) for each in kept} == {each: row.balance_pence for each, row in kept.items()}
    owed = sum(row.balance_pence for row in kept.values() if row.balance_pence > 0 and row.account_kind != "control")
    assert owed > 0
    assert rows(landlord, "SELECT SUM(owed_pence) FROM report_arrears") == [(owed,)]
    theirs = "SELECT SUM(balance_pence) FROM account WHERE tenancy_id IS NOT NULL"
    assert rows(landlord, "SELECT SUM(balance_pence) FROM report_tenancy") == rows(landlord, theirs)


def test_pounds_are_pence_with_two_decimals(landlord):
    found = rows(landlord, "SELECT balance_pence, balance_pounds FROM report_account WHERE balance_pence % 100 <> 0")
    assert found
    assert all(f"{row.balance_pounds:.2f}" == f"{row.balance_pence / 100:.2f}" for row in found)


def test_lines_are_those_that_explain_a_balance_and_the_sums_are_theirs(landlord):
    first = TODAY.replace(year=TODAY.year - 5)
    own = "SELECT account_id FROM report_account WHERE account_kind = 'rent' AND balance_pence <> 0 ORDER BY 1 LIMIT 3"
    for (account,) in rows(landlord, own):
        parts = landlord.ask(explaining.explain, account, TODAY, from_on=first).parts
        lines = "SELECT code, SUM(amount_pence) FROM report_transaction WHERE account_id = {} AND effective_on <= '{}' GROUP BY code"
        assert dict(rows(landlord, lines.format(account, TODAY))) == {each.code: each.amount.pence for each in parts}
    sums = "SELECT -SUM(amount_pence), COUNT(*) FROM report_transaction WHERE code_kind = 'receipt'"
    assert rows(landlord, "SELECT SUM(received_pence), SUM(lines) FROM report_receipt_day") == rows(landlord, sums)
    sums = "SELECT SUM(amount_pence), COUNT(*) FROM report_transaction WHERE code_kind = 'charge' AND account_kind <> 'control'"
    assert rows(landlord, "SELECT SUM(charged_pence), SUM(lines) FROM report_charged_week") == rows(landlord, sums)


def test_the_calendar_is_that_of_the_program(landlord):
    weeks = rows(landlord, "SELECT DISTINCT rent_year, week, week_on, weeks_in_year FROM report_rent_week")
    years = {row.rent_year for row in weeks}
    assert years
    for name in years:
        those = sorted(row.week_on for row in weeks if row.rent_year == name)
        assert len(those) == next(row.weeks_in_year for row in weeks if row.rent_year == name)
        assert those == sorted({f"{calendars.week_monday(calendars.date.fromisoformat(day))}" for day in those})
    charged = {row.week_on for row in rows(landlord, "SELECT week_on FROM report_rent_week WHERE charged = 1")}
    assert charged == {row.week_on for row in rows(landlord, "SELECT week_on FROM charge_run")}


def test_restricted_records_are_counted_but_not_told(desk, home_of_two):
    tenancy, person, account = home_of_two
    before = rows(desk, "SELECT SUM(balance_pence), COUNT(*) FROM report_account")
    for subject, key in (("person", person), ("tenancy", tenancy), ("account", account)):
        with desk.database.engine.begin() as connection:
            connection.exec_driver_sql("DELETE FROM restricted_record")
            connection.exec_driver_sql(
                "INSERT INTO restricted_record (subject, subject_id, reason, restricted_by, restricted_at, version) "
                f"VALUES ('{subject}', {key}, 'fled', 1, '2026-11-20 10:00:00.000000', 1)"
            )
        told = rows(desk, "SELECT * FROM report_account WHERE restricted = 1")
        assert {row.account_id for row in told} >= {account}
        assert {(row.payment_reference, row.tenancy) for row in told} == {(None, None)}
        home = rows(desk, "SELECT tenancy, property, area, bedrooms FROM report_tenancy WHERE restricted = 1")
        assert set(home) == {(None, None, None, None)}
        assert rows(desk, "SELECT SUM(balance_pence), COUNT(*) FROM report_account") == before


def test_no_text_of_a_view_is_about_a_tenant():
    kinds = fates()
    seen = set()
    for view in declared():
        for shown in view.shown:
            for part in iterate(shown.source):
                column = getattr(part, "base_columns", None) and next(iter(part.base_columns))
                if not isinstance(column, Column) or isinstance(column.type, Word):
                    continue
                if isinstance(column.type, Unicode):
                    table = getattr(column.table, "element", column.table).name
                    seen.add(f"{table}.{column.name}")
    assert "account.payment_reference" in seen
    assert "account.name" not in seen
    wrong = {each for each in seen if kinds[tuple(each.split("."))] not in MAY_BE_READ}
    assert wrong == BESIDE


@pytest.mark.parametrize("name", VIEWS)
def test_a_server_takes_a_view(name):
    """Compiled for it, not run on one."""
    made = making.created(VIEWS[name], mssql.dialect())
    assert made.startswith(f"CREATE OR ALTER VIEW {name} AS\nSELECT")
    assert not re.search(
        r"\bLIMIT\b|\bIS (NOT )?[01]\b|\|\||\?|[^N(]'", re.sub(r"N'[^']*'|CAST\('[^']*' AS NVARCHAR", "", made)
    )
    server_sql.refuse_queries_in_sums(VIEWS[name].statement)
    server_sql.refuse_conditions_as_columns(VIEWS[name].statement)
    server_sql.refuse_values_as_conditions(VIEWS[name].statement)


def test_the_views_are_made_anew(desk):
    """A view that is no longer declared goes, and one that is changed follows."""

    def work(session):
        connection = session.connection()
        connection.exec_driver_sql("DROP VIEW report_account")
        connection.exec_driver_sql("CREATE VIEW report_account AS SELECT 1 AS old")
        connection.exec_driver_sql("CREATE VIEW report_old AS SELECT 1 AS old")
        making.take_away(connection)
        assert making.standing(connection) == []
        making.make(connection)
        assert making.standing(connection) == sorted(VIEWS)

    desk.database.transact(work, turn=False)
    assert rows(desk, "SELECT COUNT(*) FROM report_account")


def test_the_script_of_rights_knows_them():
    """It gives the reader's role every view whose name begins so."""
    assert all(name.startswith(grants.VIEWS) for name in VIEWS)


def test_the_page_about_them_says_what_they_are():
    assert resource("guides", "reporting.md").read_text("utf-8") == markdown(), (
        "python3 build/dev.py guides --reporting"
    )
    words = {each.name: each for each in described()}
    kinds = {each.name: each.kind for each in words["report_account"].columns}
    assert kinds["account_kind"] == f"one of {', '.join(AccountKind)}"
    assert (kinds["balance_pence"], kinds["balance_pounds"], kinds["opened_on"]) == ("pence", "pounds", "day")


@pytest.mark.parametrize("stated", [(), ((date(2026, 3, 30), 52),)])
def test_the_calendar_is_there_where_no_year_is_stated(desk, home_of_two, stated):
    """The years by the rule, and those next to a stated one cut to meet it, as the program reckons them."""
    with desk.database.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM rent_year")
        for first, weeks in stated:
            values = f"'{first}', {weeks}, 'Ours', 1"
            connection.exec_driver_sql(f"INSERT INTO rent_year (first_week_on, weeks, name, version) VALUES ({values})")
    years = rows(
        desk,
        "SELECT MIN(week_on), COUNT(DISTINCT week_on), MAX(weeks_in_year) FROM report_rent_week GROUP BY rent_year",
    )
    assert years
    known = [calendars.RentYear(*each) for each in stated]
    for first, weeks, told in years:
        year = calendars.rent_year(date.fromisoformat(first), known)
        assert (f"{year.first_week_on}", year.weeks) == (first, weeks)
        assert told == weeks
