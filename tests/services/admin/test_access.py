"""Declared accounts are not worked on, restricted records not opened."""

from datetime import date

import pytest
from sqlalchemy import select

from app.models.access import RecordView
from app.models.approvals import ApprovalRequest
from app.models.values import AccountKind, ApprovalState, HoldKind, JournalKind, Relation, Subject
from app.services.admin import declared, restricted
from app.services.admin.declared import NewDeclaration
from app.services.admin.restricted import NewRestriction
from app.services.approvals import queries as approvals
from app.services.approvals.dto import NewRequest, View
from app.services.core.access import RESTRICTED_NAME
from app.services.core.errors import UserError
from app.services.core.finding import find
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.core.session import Desk
from app.services.diary import commands as diary
from app.services.diary import queries as notes
from app.services.diary.dto import NewTask, Shown, TaskFilter, Whose
from app.services.diary.keeping import add_task
from app.services.documents import queries as documents
from app.services.holds import commands as holds
from app.services.holds.dto import PlaceHold
from app.services.holds.queries import listed as listed_holds
from app.services.ledger.commands import post, reverse
from app.services.ledger.dto import JournalHeader, Line
from app.services.letters import keeping as letters
from app.services.letters.dto import NewLetter
from app.services.rent import header as headers
from app.services.rent import queries as rent
from app.services.rent.search import refresh_search
from app.services.statements import commands as statements
from app.services.statements import queries as statement_queries
from tests.factories import lettings
from tests.prepared import prepared

TODAY = date(2026, 11, 21)
MONDAY = date(2026, 11, 16)


@prepared
def home(desk):
    """A let dwelling whose name, phone and address can be found."""
    made = desk.do(lettings.letting, who=("Alex", "Testerton"))
    desk.do(refresh_search)
    return made


@pytest.fixture
def reference(home):
    return home.account.payment_reference


@prepared
def reception(desk, colleague):
    """The desk of a receptionist, who may not open restricted records."""
    desk.do(add, NewOfficer("reception", "Test Reception", frozenset({Role.RECEPTION.value})))
    return Desk.sit_down(desk.database, "reception", desk.clock)


@prepared
def own(desk, home, reference):
    """The first officer's own account."""
    desk.do(declared.declare, NewDeclaration(desk.officer.id, reference, Relation.OWN))
    return home.account


def line(account, pence=100):
    return Line(account.id, "DBR", pence, MONDAY, MONDAY)


def header(key="k"):
    return JournalHeader(JournalKind.ADJUSTMENT, TODAY, "test", key)


TOUCHES = {
    "post": lambda desk, account: desk.do(post, header(), [line(account)]),
    "note": lambda desk, account: desk.do(diary.add_note, Subject.ACCOUNT, account.id, "a note"),
    "tenancy note": lambda desk, account: desk.do(diary.add_note, Subject.TENANCY, account.tenancy_id, "a note"),
    "hold": lambda desk, account: desk.do(holds.place, PlaceHold(account.id, HoldKind.DO_NOT_CONTACT, "a reason")),
    "letter": lambda desk, account: desk.do(letters.queue_letter, NewLetter("acknowledgement", account.id, {})),
}


@pytest.mark.parametrize("what", sorted(TOUCHES))
def test_an_officer_does_not_work_on_their_own_account(desk, own, what):
    with pytest.raises(UserError, match="your own account"):
        TOUCHES[what](desk, own)


@pytest.mark.parametrize("what", ["post", "note", "hold"])
def test_a_colleague_does(desk, colleague, own, what):
    TOUCHES[what](colleague, own)


def test_a_journal_on_their_own_account_is_not_reversed_but_a_charge_run_is(desk, colleague, own, home):
    posted = colleague.do(post, header("a"), [line(own)])
    run = colleague.do(post, JournalHeader(JournalKind.CHARGE_RUN, TODAY, "run", "b"), [line(own)])
    with pytest.raises(UserError, match="your own account"):
        desk.do(reverse, posted.journal, "Wrong", "r1")
    desk.do(reverse, run.journal, "Wrong week", "r2")


def test_it_covers_every_account_of_the_tenancy_and_the_page_says_so(desk, own, home):
    other = desk.do(lettings.account, home.tenancy, AccountKind.SUNDRY)
    with pytest.raises(UserError, match="your own account"):
        desk.do(post, header(), [line(other)])
    assert "your own account" in desk.ask(headers.account_header, own.id).declared
    assert "your own account" in desk.ask(headers.account_header, other.id).declared


def test_looking_is_allowed(desk, own):
    assert desk.ask(headers.account_header, own.id).name


def test_a_colleague_declares_nothing_for_others_without_the_permission_and_nobody_ends_their_own(
    desk, colleague, reception, own, reference
):
    with pytest.raises(UserError, match="may not"):
        reception.do(declared.declare, NewDeclaration(desk.officer.id, reference, Relation.OWN))
    line_ = colleague.ask(declared.page).lines[0]
    with pytest.raises(UserError, match="your own declaration"):
        desk.do(declared.end, line_.declared_id)
    assert reception.ask(declared.page).lines == ()
    colleague.do(declared.end, line_.declared_id)
    desk.do(post, header(), [line(own)])


def test_what_can_not_be_declared(desk, own, reference):
    for new, field in (
        (NewDeclaration(desk.officer.id, reference, Relation.OWN), "reference"),
        (NewDeclaration(desk.officer.id, "nowhere", Relation.OWN), "reference"),
        (NewDeclaration(desk.officer.id, reference, Relation.OTHER), "reason"),
    ):
        with pytest.raises(UserError) as refused:
            desk.do(declared.declare, new)
        assert refused.value.field == field


# Restricted records


@prepared
def shut(colleague, home, reference):
    """The home, open to team leaders only."""
    colleague.do(restricted.restrict, NewRestriction(reference, "A councillor", frozenset({"team_leader"})))
    return home.account


OPENINGS = {
    "header": lambda desk, account: desk.ask(headers.account_header, account.id),
    "notes": lambda desk, account: desk.ask(notes.notes, Subject.ACCOUNT, account.id),
    "documents": lambda desk, account: desk.ask(documents.listed, Subject.ACCOUNT, account.id),
    "statement": lambda desk, account: desk.ask(statement_queries.statement, account.id, MONDAY, TODAY),
    "issue": lambda desk, account: desk.do(statements.issue, account.id, MONDAY, TODAY),
}


@pytest.mark.parametrize("what", sorted(OPENINGS))
def test_only_named_officers_open_a_restricted_record_and_each_view_is_logged(colleague, reception, shut, what):
    with pytest.raises(UserError, match="restricted record"):
        OPENINGS[what](reception, shut)
    OPENINGS[what](colleague, shut)
    OPENINGS[what](colleague, shut)
    views = colleague.ask(lambda ctx: ctx.session.scalars(select(RecordView)).all())
    assert [(view.officer_id, view.subject_id) for view in views] == [(colleague.officer.id, shut.id)]


@pytest.mark.parametrize("what", ["note", "tenancy note"])
def test_nor_does_anybody_else_work_on_it(reception, shut, what):
    with pytest.raises(UserError, match="restricted record"):
        TOUCHES[what](reception, shut)


def test_what_hangs_on_it_by_a_person_a_task_or_a_request_is_shut_with_it(desk, colleague, reception, home, shut):
    asked = NewRequest("accounting_period", Subject.PERSON, home.person.id, "Testerton's request", "Her illness", {})
    task_id = colleague.do(add_task, NewTask("Ring Testerton", TODAY, subject=Subject.ACCOUNT, subject_id=shut.id))

    def put(ctx):
        row = ApprovalRequest(kind="test", subject=asked.subject, subject_id=asked.subject_id, asked_by=desk.officer.id)
        row.summary, row.reason, row.payload, row.digest = asked.summary, asked.reason, "{}", "x"
        row.state, row.asked_at, row.expires_on = ApprovalState.WAITING, ctx.clock.now(), TODAY
        ctx.session.add(row)
        ctx.session.flush()
        return row.id

    request_id = desk.do(put)
    openings = (
        (notes.notes, Subject.PERSON, home.person.id),
        (notes.notes, Subject.TENANCY, home.tenancy.id),
        (notes.task, task_id),
        (documents.listed, Subject.PERSON, home.person.id),
        (documents.listed, Subject.TASK, task_id),
        (documents.listed, Subject.APPROVAL, request_id),
        (approvals.request, request_id),
        (headers.charge_history, shut.id),
        (listed_holds, shut.id),
    )
    for opening in openings:
        with pytest.raises(UserError, match="restricted record"):
            reception.ask(*opening)
        colleague.ask(*opening)
    everything = TaskFilter(Whose.ALL, Shown.OPEN)
    listed = reception.ask(notes.tasks, everything), reception.ask(approvals.queue, View.WAITING)
    assert "Testerton" not in repr(listed)
    assert "illness" not in repr(listed)
    assert [row.title for row in colleague.ask(notes.tasks, everything)] == ["Ring Testerton"]


def test_lists_show_its_reference_alone_and_it_is_found_by_nothing_else(desk, colleague, reception, home, shut):
    address = home.property.address_1
    for each in (reception, colleague):
        (row,) = each.ask(rent.account_rows, [shut.id])
        assert (row.name, row.address, row.postcode) == (RESTRICTED_NAME, "", "")
        assert row.reference == shut.payment_reference
        assert each.ask(rent.find, "testerton") == ()
        assert [found.account_id for found in each.ask(rent.find, shut.payment_reference)] == [shut.id]
        shown = repr(each.ask(find, shut.payment_reference)) + repr(each.ask(find, "testerton"))
        assert "Testerton" not in shown
        found = repr(each.ask(find, address))
        assert "Testerton" not in found
        assert RESTRICTED_NAME in found
        assert "Nobody lives here" not in found


def test_another_account_of_the_same_people_is_restricted_too(desk, colleague, reception, home, shut):
    other = desk.do(lettings.letting, people=[home.person])
    with pytest.raises(UserError, match="restricted record"):
        reception.ask(headers.account_header, other.account.id)


def test_named_officers_open_it_whatever_their_role(colleague, reception, home, reference):
    colleague.do(
        restricted.restrict,
        NewRestriction(reference, "A colleague's home", officer_ids=frozenset({reception.officer.id})),
    )
    assert reception.ask(headers.account_header, home.account.id).restricted
    with pytest.raises(UserError, match="restricted record"):
        colleague.ask(headers.account_header, home.account.id)
    record = colleague.ask(restricted.page).lines[0]
    with pytest.raises(UserError, match="not one of those"):
        colleague.do(restricted.release, record.restricted_id)


def test_a_released_record_is_found_again(colleague, reception, shut):
    record = colleague.ask(restricted.page).lines[0]
    colleague.do(restricted.release, record.restricted_id)
    assert [row.account_id for row in reception.ask(rent.find, "testerton")] == [shut.id]
    assert not reception.ask(headers.account_header, shut.id).restricted


def test_views_can_not_be_taken_out_of_the_log(colleague, shut):
    OPENINGS["header"](colleague, shut)
    for statement in ("UPDATE record_view SET officer_id = 1", "DELETE FROM record_view"):
        with pytest.raises(Exception, match="append only"):
            colleague.database.transact(lambda session, text=statement: session.connection().exec_driver_sql(text))
