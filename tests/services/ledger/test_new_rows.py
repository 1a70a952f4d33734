"""A row that somebody writes with a database tool: it counts for nothing that another officer has to say, and puts none out of its place."""

import sqlite3
from contextlib import closing

import pytest

from app.models.values import Subject
from tests.factories import adjusting, approving
from tests.services.ledger.by_hand import control

pytestmark = pytest.mark.sqlite_file
FIRST = "is approved by another officer first"
STAYS = "stays as it was approved"
STATES = {
    "refund": ("approved", "sent"),
    "card_refund": ("approved", "sending", "submitted", "success", "failed"),
    "debit_run": ("made", "sent", "matched", "posted"),
    "supplier_run": ("made", "sent", "paid"),
    "write_off_schedule": ("approved", "posted"),
}


def insert(client, table, way="INSERT", **values):
    """A statement that adds a row, of what a table has of the values; what must be something else is 1, or no provider."""
    with closing(sqlite3.connect(client.path)) as there:
        columns = there.execute(f"PRAGMA table_info({table})").fetchall()
    row = {name: 1 for _at, name, _kind, needed, _else, key in columns if needed and not key} | {"provider_id": ""}
    row = {name: value for name, value in (row | values).items() if name in {each[1] for each in columns}}
    names = ", ".join(f'"{name}"' for name in row)
    return f"{way} INTO {table} ({names}) VALUES ({', '.join('?' * len(row))})", tuple(row.values())


@pytest.mark.parametrize("table", STATES)
def test_no_row_begins_as_approved(client, table):
    for state in STATES[table]:
        said = client.run(insert(client, table, state=state))
        assert said == f"{table} {FIRST}", state


@pytest.mark.parametrize("table", STATES)
def test_no_row_takes_the_place_of_another(client, table):
    assert client.run(insert(client, table, id=70, state="waiting")) == ""
    for way in ("INSERT OR REPLACE", "REPLACE"):
        assert client.run(insert(client, table, way, id=70, state="waiting", entry_key="other")) == f"{table} {STAYS}"
    assert client.run(insert(client, table, id=71, state="waiting", entry_key="71", number=71)) == ""


def test_a_refund_that_another_officer_approved_is_not_made_a_second_time(client, desk, colleague, home):
    """Its request was for one row, and is decided."""
    me = colleague.officer.id
    request = colleague.do(lambda ctx: approving.approved(ctx, "refund", Subject.REFUND, 70, 10**6).approval)
    own = {"id": 70, "state": "approved", "request_id": request, "approved_by": me}
    assert client.run(insert(client, "refund", **own)) == f"refund {FIRST}"


def test_an_approved_refund_keeps_its_place(client, desk, home):
    found = desk.do(adjusting.refund, home.account.id)
    assert client.run(("UPDATE OR REPLACE refund SET id = 99 WHERE id = ?", (found,))) == f"refund {STAYS}"
    copied = "INSERT OR REPLACE INTO refund SELECT * FROM refund WHERE id = ?"
    assert client.run((copied, (found,))) == f"refund {STAYS}"


def test_what_the_provider_gave_back_is_written_down_but_never_sent(client):
    """It has no request: the money left without this office, and nothing more leaves by it."""
    made = {"id": 70, "state": "submitted", "provider_id": "p1"}
    assert client.run(insert(client, "card_refund", **made)) == ""
    for state in ("approved", "sending"):
        again = f"UPDATE card_refund SET state = '{state}' WHERE id = 70"
        assert client.run(again) == f"card_refund {FIRST}"
        assert client.run(insert(client, "card_refund", **made | {"id": 71, "state": state})) == f"card_refund {FIRST}"
    assert client.run("UPDATE card_refund SET state = 'success' WHERE id = 70") == ""
    assert client.run("UPDATE card_refund SET state = 'failed' WHERE id = 70") == ""
    assert client.run("UPDATE card_refund SET request_id = 1 WHERE id = 70") == f"card_refund {STAYS}"


def test_no_account_is_put_out_of_its_place(client, desk, home):
    suspense, mine = control(desk, "suspense"), home.account.id
    stays = "a control account stays one, and no other account becomes one"
    other = {"kind": "rent", "fund": "hra", "opened_on": "2026-11-21"}
    for statement in (
        insert(client, "account", "INSERT OR REPLACE", id=suspense, **other),
        ("INSERT OR REPLACE INTO account SELECT * FROM account WHERE id = ?", (suspense,)),
        ("DELETE FROM account WHERE id = ?", (suspense,)),
        ("DELETE FROM account WHERE id = ?", (mine,)),
        ("UPDATE OR REPLACE account SET id = ? WHERE id = ?", (suspense, mine)),
        ("UPDATE account SET reference_key = 'X' WHERE id = ?", (suspense,)),
    ):
        assert client.run(statement) == stays, statement
    assert client.run(insert(client, "account", **other)) == ""


def test_no_receipt_is_put_out_of_its_place(client):
    """Else the reversal of its journal would be no void, which another officer approves."""
    stays = "a receipt stays with its journal"
    own = {"taken_on": "2026-11-21", "slip": "s", "book_number": "b", "desk_id": 1, "journal": 1}
    assert client.run(insert(client, "receipt", id=70, number=7, entry_key="a", **own)) == ""
    free = own | {"slip": "t", "book_number": "c", "number": 8, "entry_key": "b"}
    for same in ({"id": 70}, {"entry_key": "a"}, {"number": 7}, {"slip": "s"}, {"book_number": "b"}):
        assert client.run(insert(client, "receipt", "INSERT OR REPLACE", **free | same)) == stays, same
    assert client.run(insert(client, "receipt", id=71, **free)) == ""
    for change in ("id = 70", "entry_key = 'a'", "number = 7", "slip = 's'", "book_number = 'b'", "journal = 2"):
        assert client.run(f"UPDATE OR REPLACE receipt SET {change} WHERE id = 71") == stays, change
    assert client.run("DELETE FROM receipt WHERE id = 70") == stays
    assert client.run("UPDATE receipt SET state = 'void' WHERE id = 70") == ""
