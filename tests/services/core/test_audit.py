"""Every change of a mapped row is written down with who, when, before and after, and goes with the change."""

import json
from datetime import date

import pytest
from sqlalchemy import select

from app.models.audit import AuditEntry
from app.models.people import Person
from app.services.core.audit import record_bulk
from tests.factories import lettings


def entries(desk, table):
    statement = select(AuditEntry).where(AuditEntry.table_name == table).order_by(AuditEntry.id)
    return desk.ask(lambda ctx: ctx.session.scalars(statement).all())


def test_a_new_row_is_written_with_its_values_and_officer(desk):
    made = desk.do(lambda ctx: lettings.person(ctx, "Alex", "Sample", date_of_birth=date(1980, 2, 29)).id)
    (entry,) = entries(desk, "person")
    after = json.loads(entry.after)
    assert (entry.action, entry.row_key, entry.officer_id, entry.before) == ("insert", str(made), desk.officer.id, "")
    assert (after["last_name"], after["date_of_birth"]) == ("Sample", "1980-02-29")
    assert entry.at == desk.clock.now()


def test_a_change_is_written_with_only_what_changed(desk):
    made = desk.do(lambda ctx: lettings.person(ctx).id)

    def rename(ctx):
        ctx.session.get_one(Person, made).email = "new@example.invalid"

    desk.do(rename)
    entry = entries(desk, "person")[-1]
    assert (entry.action, json.loads(entry.before), json.loads(entry.after)) == (
        "update",
        {"email": ""},
        {"email": "new@example.invalid"},
    )


def test_a_deletion_keeps_what_was_there(desk):
    made = desk.do(lambda ctx: lettings.person(ctx).id)
    desk.do(lambda ctx: ctx.session.delete(ctx.session.get_one(Person, made)))
    entry = entries(desk, "person")[-1]
    assert (entry.action, json.loads(entry.before)["first_name"], entry.after) == ("delete", "Alex", "")


def test_a_change_that_fails_leaves_no_entry(desk):
    def fail(ctx):
        lettings.person(ctx)
        ctx.session.flush()
        raise RuntimeError("after the flush")

    with pytest.raises(RuntimeError):
        desk.do(fail)
    assert entries(desk, "person") == []


def test_a_bulk_change_is_one_entry_that_counts(desk):
    desk.do(lambda ctx: record_bulk(ctx, "charge", "insert", rows=3, load=7))
    (entry,) = entries(desk, "charge")
    assert json.loads(entry.after) == {"rows": 3, "load": 7}
