"""The audit answers who changed what, when; names and figures by hand."""

from datetime import date

import pytest

from app.models.approvals import ApprovalDetail, ApprovalEvent, ApprovalRequest
from app.models.audit import AuditEntry
from app.models.charges import Charge
from app.models.diary import Absence
from app.models.letters import Outgoing
from app.models.officers import Team
from app.models.people import Person
from app.models.tables import metadata
from app.models.values import ApprovalState, LimitKind, Money, Subject
from app.services.admin import limits, restricted
from app.services.admin.audit import kinds, words
from app.services.admin.audit.dto import AuditFilter, AuditSort, Did, FieldChange
from app.services.admin.audit.queries import audit_count, audit_ids, audit_rows, choices, history
from app.services.admin.restricted import NewRestriction
from app.services.core import audit
from app.services.core.access import RESTRICTED_NAME
from app.services.core.clock import FixedClock
from app.services.core.errors import UserError
from app.services.core.limits import Limit
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.core.session import Desk
from tests.factories import lettings
from tests.prepared import prepared

TODAY = date(2026, 11, 21)
_LETTER = {
    "title": "Decision",
    "subject": "account",
    "subject_id": 1,
    "channel": "letter",
    "format": "standard",
    "letter_date": TODAY,
    "subject_line": "Our decision",
    "body": "Made up",
    "state": "waiting",
}
_REQUEST = {
    "kind": "letter",
    "summary": "To Maria",
    "reason": "A made-up reason",
    "payload": "{}",
    "digest": "",
    "state": ApprovalState.WAITING,
    "expires_on": date(2026, 12, 21),
}


@prepared
def let(desk):
    """An account 0012 4471 03 of Ms Maria Testerton, and the changes that made it."""
    return desk.do(lettings.letting, "100.00", who=("Maria", "Testerton"), reference="0012 4471 03")


def rows(desk, wanted=AuditFilter(), **order):  # noqa: B008  frozen
    return desk.ask(audit_rows, list(desk.ask(audit_ids, wanted, **order)))


def change(desk, table, key, **values):
    def work(ctx):
        row = ctx.session.get(table, key)
        for name, value in values.items():
            setattr(row, name, value)
        ctx.session.flush()

    desk.do(work)


def test_a_change_is_told_field_by_field_in_plain_words(desk, let):
    change(desk, Person, let.person.id, mobile="01632 960001", do_not_contact=True, date_of_birth=date(1980, 5, 12))
    (row,) = rows(desk, AuditFilter(action=Did.CHANGED))
    assert (row.officer, row.action, row.kind) == ("Test Officer", "changed", "Person")
    assert "Maria Testerton" in row.record
    assert set(row.fields) == {
        FieldChange("Mobile", "nothing", "01632 960001"),
        FieldChange("Don't contact", "no", "yes"),
        FieldChange("Date of birth", "nothing", "12 May 1980"),
    }
    assert "Mobile: nothing to 01632 960001" in row.summary


def test_amounts_words_and_whatever_a_field_points_to_are_named(desk, let):
    charge = desk.ask(lambda ctx: ctx.session.query(Charge.id).first())[0]
    change(desk, Charge, charge, amount_pence=11_050)
    (row,) = rows(desk, AuditFilter(kind="charge", action=Did.CHANGED))
    assert row.record == "Account 0012 4471 03"
    assert row.account_id == let.account.id
    assert row.fields == (FieldChange("Amount", "£100.00", "£110.50"),)
    (made,) = rows(desk, AuditFilter(kind="charge", action=Did.ADDED))
    assert ("Account", "", "0012 4471 03") in {(each.label, each.before, each.after) for each in made.fields}


def test_by_officer_by_day_by_kind(desk, colleague, let):
    later = Desk.sit_down(desk.database, "colleague", FixedClock(date(2026, 11, 24)))
    later.do(lambda ctx: ctx.session.add(Team(name="Income")))
    reader = colleague
    (team,) = rows(reader, AuditFilter(kind="team"))
    assert (team.officer, team.record, team.action) == ("Test Colleague", "Income", "added")
    assert rows(reader, AuditFilter(officer_id=colleague.officer.id)) == (team,)
    assert rows(reader, AuditFilter(first_on=date(2026, 11, 24))) == (team,)
    assert team not in rows(reader, AuditFilter(last_on=date(2026, 11, 23)))
    assert rows(reader, AuditFilter(first_on=date(2026, 11, 25))) == ()


def test_the_whole_history_of_an_account_holds_what_hangs_on_it(desk, let):
    other = desk.do(lettings.letting, "80.00", who=("Sam", "Specimen"), reference="0012 4502 17")
    change(desk, Person, let.person.id, mobile="01632 960001")
    change(desk, Person, other.person.id, mobile="01632 960002")
    by_filter = rows(desk, AuditFilter(text="0012447103"))
    assert by_filter == desk.ask(history, Subject.ACCOUNT, let.account.id)
    assert {row.kind for row in by_filter} >= {"Account", "Tenancy", "Person", "Charge", "Property"}
    assert [row.summary for row in by_filter if row.action == "changed"] == ["Mobile: nothing to 01632 960001"]
    assert rows(desk, AuditFilter(text="999")) == ()
    assert {row.kind for row in rows(desk, AuditFilter(text="test off"))} == {"Officer", "Role of an officer"}


def test_the_home_that_a_garage_goes_with_is_in_the_history_of_both(desk, let):
    garage = desk.do(lambda ctx: lettings.garage_letting(ctx, home=let))
    for account in (let.account, garage.account):
        found = desk.ask(history, Subject.ACCOUNT, account.id)
        (row,) = [row for row in found if row.kind == "Home that a garage goes with"]
        fields = {field.label: field.after for field in row.fields}
        assert fields["Home that it goes with"] == let.tenancy.ref
        assert fields["Near the home"] == "yes"


def test_one_record_by_its_key(desk, let):
    change(desk, Person, let.person.id, mobile="01632 960001")
    (row, made) = rows(desk, AuditFilter(record=f"person|{let.person.id}"))
    assert (row.action, made.action) == ("changed", "added")
    assert row.record_key == f"person|{let.person.id}"


def test_a_part_is_named_after_the_whole_in_words(desk, colleague, let):
    officer_id = desk.officer.id
    limit = Limit(LimitKind.REFUND, Money(15_000), Money(50_000))
    desk.do(add, NewOfficer("admin", "Test Administrator", frozenset({Role.ADMINISTRATOR.value})))
    administrator = Desk.sit_down(desk.database, "admin", desk.clock)
    administrator.do(limits.change, colleague.officer.id, (limit,), "A made-up reason")
    desk.do(lambda ctx: ctx.session.add(Absence(officer_id=officer_id, from_on=TODAY, to_on=TODAY)))
    change(desk, Absence, 1, to_on=date(2026, 11, 25))
    named = {(row.kind, row.record) for row in rows(colleague)}
    summary = "Limits of Test Colleague: refunds"
    assert ("Request for approval", summary) in named
    assert ("Step of a request", summary) in named
    assert ("Detail of a request", f"{summary}: Refunds, one line") in named
    (later,) = rows(colleague, AuditFilter(kind="absence", action=Did.CHANGED))
    assert later.record == "Test Officer"
    assert later.summary == "To: 21 Nov 2026 to 25 Nov 2026"


def test_a_request_about_a_letter_to_a_restricted_account_says_only_that(desk, colleague, let):
    """The letter hangs on the account, the request on the letter, its steps on the request."""

    def write(ctx):
        now = ctx.clock.now()
        letter = Outgoing(**_LETTER, account_id=let.account.id, asked_by=ctx.officer.id, asked_at=now)
        ctx.session.add(letter)
        ctx.session.flush()
        about = {"subject": Subject.LETTER, "subject_id": letter.id, "asked_by": ctx.officer.id, "asked_at": now}
        request = ApprovalRequest(**_REQUEST, **about)
        ctx.session.add(request)
        ctx.session.flush()
        event = {"request_id": request.id, "action": "asked", "officer_id": ctx.officer.id, "digest": ""}
        ctx.session.add(ApprovalEvent(**event, at=now))
        ctx.session.add(ApprovalDetail(request_id=request.id, place=0, label="Text", after="To Maria Testerton"))

    desk.do(write)
    kinds = ("approval_request", "approval_event", "approval_detail")
    before = [row for kind in kinds for row in rows(desk, AuditFilter(kind=kind))]
    assert [row.record for row in before] == ["To Maria", "To Maria", "To Maria: Text"]
    assert {row.account_id for row in before} == {let.account.id}
    colleague.do(
        restricted.restrict, NewRestriction(let.account.payment_reference, "A councillor", frozenset({"team_leader"}))
    )
    desk.do(add, NewOfficer("auditor", "Test Auditor", frozenset({Role.AUDITOR.value})))
    reader = Desk.sit_down(desk.database, "auditor", desk.clock)
    after = [row for kind in kinds for row in rows(reader, AuditFilter(kind=kind))]
    assert {(row.record, row.fields, row.account_id) for row in after} == {(RESTRICTED_NAME, (), None)}


def test_a_bulk_load_is_explained(desk):
    desk.do(lambda ctx: audit.record_bulk(ctx, "account", "insert", rows=1_200, load=3))
    (row,) = rows(desk, AuditFilter(kind="account"))
    assert (row.bulk, row.record_key, row.record) == (True, None, "Many")
    assert row.summary == "1,200 records came in with load 3; the file is kept with it"


def test_sorted_both_ways(desk, let):
    by_time = list(desk.ask(audit_ids))
    assert by_time == sorted(by_time, reverse=True)
    assert list(desk.ask(audit_ids, descending=False)) == sorted(by_time)
    kinds = [row.kind for row in rows(desk, sort=AuditSort.KIND, descending=False)]
    assert len(kinds) == len(by_time) == desk.ask(audit_count).count


def test_a_page_asks_a_question_a_kind_not_one_a_line(desk, let, query_log):
    ids = list(desk.ask(audit_ids))
    query_log.clear()
    desk.ask(audit_rows, ids)
    few = len(query_log)
    for number in range(30):
        desk.do(lettings.letting, "80.00", reference=f"9000 {number:04}")
    ids = list(desk.ask(audit_ids))[:100]
    query_log.clear()
    desk.ask(audit_rows, ids)
    assert len(query_log) <= few + 2


def test_who_may_read(desk, colleague, let):
    officer = Desk.sit_down(desk.database, "officer", desk.clock)
    assert officer.ask(history, Subject.ACCOUNT, let.account.id)
    for question, given in ((audit_ids, ()), (history, (Subject.OFFICER, 1)), (choices, ())):
        if "view_audit" not in officer.officer.permissions:
            with pytest.raises(UserError, match="may not read the audit"):
                officer.ask(question, *given)
    assert ("charge", "Charge") in colleague.ask(choices).kinds


def test_every_audited_table_and_field_has_words():
    for table in metadata.sorted_tables:
        if table.name in audit._NOT_AUDITED:
            continue
        assert table.name in kinds.KINDS, table.name
        for column in table.c:
            label = words.label_of(column.key)
            assert "_" not in label
            assert label[:1].isupper(), (table.name, column.key)


def test_what_is_no_json_of_fields_is_read_as_nothing(desk):
    entry = {"at": desk.clock.now(), "officer_id": 1, "action": "update", "table_name": "gone", "row_key": "1"}
    desk.do(lambda ctx: ctx.session.add(AuditEntry(**entry, before="[]", after='{"odd": [1, 2]}')))
    row = rows(desk)[0]
    assert (row.kind, row.record) == ("Gone", "1")
    assert row.fields[0].after == "1, 2"
