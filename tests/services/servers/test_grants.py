"""The script of rights: every table is in it, and gives no more than the program needs."""

import re

import pytest

from app.models.migrations.guards import records, server
from app.models.tables import metadata
from app.services.core.errors import UserError
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.servers import grants
from app.services.servers.grant_tables import FIXED, USES, Use
from tests.prepared import prepared

WITHOUT_MODEL = {"alembic_version"}


@prepared
def people(desk, colleague):
    """An officer, a team leader, an administrator, an auditor, and one who left."""
    for username, name, role in (("check", "O'Hara]", Role.AUDITOR), ("gone", "Test Gone", Role.RENTS_OFFICER)):
        desk.do(add, NewOfficer(username, name, frozenset({role})))
    desk.do(
        lambda ctx: ctx.session.connection().exec_driver_sql("UPDATE officer SET active = 0 WHERE username = 'gone'")
    )
    return desk


def rights(script, table, role):
    """What a role may do with a table, and what it is denied."""
    granted = re.search(rf"^GRANT ([A-Z, ]+) ON dbo\.\[{table}\] TO {role};$", script, re.MULTILINE)
    denied = re.search(rf"^DENY ([A-Z, ]+) ON dbo\.\[{table}\] TO .*{role}", script, re.MULTILINE)
    return granted and granted[1], denied and denied[1]


@pytest.fixture(scope="module")
def whole():
    """The part about tables alone, which hangs on nothing in the database."""
    return "\n".join(grants._rights())


def test_every_table_has_a_use():
    forgotten = set(metadata.tables) - set(USES)
    assert forgotten == set(), f"Say in app/services/servers/grant_tables.py what logins may do with {forgotten}."


def test_no_use_is_of_a_table_that_is_gone_nor_a_fixed_column():
    assert set(USES) - set(metadata.tables) == WITHOUT_MODEL
    for table, columns in FIXED.items():
        assert set(columns) <= set(metadata.tables[table].c.keys())


def test_a_table_that_nobody_named_is_told(monkeypatch):
    monkeypatch.delitem(USES, "journal")
    with pytest.raises(UserError, match="The table journal has no rights yet"):
        list(grants._rights())


@pytest.mark.parametrize("table", ["journal", "entry"])
def test_the_ledger_is_posted_to_by_officers_and_changed_by_nobody(whole, table):
    assert rights(whole, table, "rentbook_officer") == ("SELECT, INSERT", "UPDATE, DELETE")
    assert rights(whole, table, "rentbook_administrator") == ("SELECT", "UPDATE, DELETE")
    assert rights(whole, table, "rentbook_auditor") == ("SELECT", "UPDATE, DELETE")
    assert rights(whole, table, "rentbook_reader") == (None, None)


def test_whatever_a_trigger_keeps_from_changes_is_denied_too(whole):
    """What is append only on SQLite is found there, so that none is forgotten."""
    only = {name for name, use in USES.items() if use in {Use.LEDGER, Use.ADDED}} | {"journal_guard"}
    assert only == {
        "approval_event",
        "audit_entry",
        "budget_entry",
        "entry",
        "journal",
        "journal_guard",
        "record_view",
    } | {
        "sign_in_event",
        "task_step",
    }
    for table in only:
        for role in ("rentbook_officer", "rentbook_administrator", "rentbook_auditor"):
            assert rights(whole, table, role)[1].endswith("UPDATE, DELETE")


def test_what_is_append_only_in_a_file_is_so_on_the_server(desk):
    def found(ctx):
        names = ctx.session.connection().exec_driver_sql(
            "SELECT tbl_name FROM sqlite_master WHERE name LIKE '%_no_update'"
        )
        return set(names.scalars())

    append = {name for name, use in USES.items() if use in {Use.LEDGER, Use.ADDED}}
    assert desk.ask(found) == append | {"journal_guard"}


@pytest.mark.parametrize("table", ["officer_role", "officer_limit", "policy_value", "role_permission", "officer"])
def test_what_takes_two_people_is_written_by_administrators_alone(whole, table):
    assert rights(whole, table, "rentbook_officer") == ("SELECT", None)
    assert rights(whole, table, "rentbook_administrator") == ("SELECT, INSERT, UPDATE, DELETE", None)


@pytest.mark.parametrize("table", ["officer_login", "journal_guard", "transaction_code", "alembic_version"])
def test_what_the_guards_go_by_is_the_owners(whole, table):
    assert rights(whole, table, "rentbook_administrator") == ("SELECT", "INSERT, UPDATE, DELETE")


def test_a_receipt_keeps_its_journal(whole):
    assert "DENY UPDATE ([journal], [pence]) ON dbo.[receipt] TO rentbook_officer, " in whole


def test_whoever_has_more_by_another_role_is_denied_it_all_the_same(whole):
    """Denied is what counts; a column's denial comes after the grant of its table, which would take it back."""
    lines = whole.splitlines()
    for table in FIXED:
        about = [at for at, line in enumerate(lines) if f"ON dbo.[{table}] " in line]
        assert lines[about[0]].startswith("REVOKE")
        assert lines[about[-1]].startswith("DENY UPDATE (")


def test_logins_are_tied_to_officers_by_what_they_may_do(people):
    script = people.ask(grants.script, grants.Logins("COUNCIL", r"COUNCIL\svc_rentbook"))

    def member(login):
        return set(re.findall(rf"ALTER ROLE (\w+) ADD MEMBER \[{re.escape(login)}\]", script))

    assert member(r"COUNCIL\officer") == {"rentbook_officer", "rentbook_administrator"}
    assert member(r"COUNCIL\colleague") == {"rentbook_officer", "rentbook_administrator"}
    assert member(r"COUNCIL\manager") == {"rentbook_administrator"}
    assert member(r"COUNCIL\check") == {"rentbook_auditor"}
    assert member(r"COUNCIL\svc_rentbook") == {"rentbook_officer"}
    assert member(r"COUNCIL\gone") == set()
    assert r"ALTER ROLE rentbook_officer DROP MEMBER [COUNCIL\gone]" in script
    assert "-- O'Hara]\n" in script


def test_without_logins_two_officers_count_by_their_rows(people):
    script = people.ask(grants.script, None)
    assert "INSERT INTO dbo.officer_login" not in script
    assert "No logins were asked for" in script


def test_names_are_quoted():
    assert grants.quoted("a]b") == "[a]]b]"
    assert grants.text("O'Hara") == "N'O''Hara'"


def test_two_officers_never_share_a_login(people):
    people.do(add, NewOfficer(r"COUNCIL\check", "Test Twin", frozenset({Role.RENTS_OFFICER})))
    with pytest.raises(UserError, match="the same login"):
        people.ask(grants.script, grants.Logins("COUNCIL"))


def test_what_another_officer_approves_is_looked_at_when_a_row_is_new_too():
    looked_at = {
        each.split(" ", 5)[4]
        for each in server.triggers()
        if "_by_two ON" in each and "AFTER INSERT, UPDATE AS" in each
    }
    assert {each.table for each in records.RECORDS} <= looked_at


def test_a_table_with_a_trigger_on_inserts_is_read_back_without_output():
    """SQL Server refuses OUTPUT on a table with a trigger for the same action (error 334)."""
    for text in (*server.triggers(), *server.added()):
        made = re.match(r"CREATE TRIGGER \w+ ON \[?(\w+)\]? (AFTER|INSTEAD OF) ([A-Z, ]+) AS", text)
        assert made is not None, text[:80]
        table = metadata.tables[made[1]]
        if "INSERT" in made[3] and table.autoincrement_column is not None:
            assert table.implicit_returning is False, table.name
