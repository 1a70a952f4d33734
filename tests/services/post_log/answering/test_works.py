"""Links, the work that an item starts, and letters that came back."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.models.diary import Task
from app.models.holds import Flag
from app.models.letters import Outgoing
from app.models.people import Tenant
from app.models.post_log import PostLink
from app.models.values import EndReason, HoldKind, LifeEvent, PostChannel, PostState, Subject
from app.services.core import finding
from app.services.core.errors import UserError
from app.services.core.officers import NewOfficer, add
from app.services.core.roles import Role
from app.services.core.session import Desk
from app.services.holds.cases import commands as cases
from app.services.holds.cases.dto import OpenCase
from app.services.letters.commands import queue
from app.services.letters.dto import NewLetter
from app.services.post_log.answering import returned
from app.services.post_log.answering.commands import links, returns, works
from app.services.post_log.answering.dto import NewLink, NoteReturn
from tests.services.post_log.answering.conftest import tenant

DAY = timedelta(days=1)


def tied(desk, item):
    wanted = select(PostLink.subject, PostLink.subject_id).where(PostLink.item_id == item).order_by(PostLink.subject)
    return [tuple(row) for row in desk.ask(lambda ctx: ctx.session.execute(wanted).all())]


def test_a_notice_begins_the_ending_with_the_day_that_it_came(desk, account, arrive, steps):
    item = arrive(category="notice", account_id=account, sender="Alex Sample", received_on=date(2026, 11, 19))
    begun = desk.do(works.begin_work, item)
    assert (begun.area, begun.work, begun.account_id) == ("rent", "end_tenancy", account)
    assert begun.known == {"reason": EndReason.TENANT_NOTICE, "notice_on": date(2026, 11, 19)}
    desk.do(works.begin_work, item)
    assert [words for step, words in steps(item) if step == "work_started"] == ["End the tenancy"]


def test_a_death_begins_the_life_event_with_who_told_us(desk, account, arrive):
    where = "9 Other Street\nTestford\nZZ1 9ZZ"
    item = arrive(category="death", account_id=account, sender="Kim Sample", sender_address=where)
    known = desk.do(works.begin_work, item).known
    assert (known["kind"], known["told_on"], known["told_by"]) == (LifeEvent.DEATH, date(2026, 11, 21), "Kim Sample")
    assert (known["contact_name"], known["address"]) == ("Kim Sample", where)


def test_a_breathing_space_begins_the_case_with_its_reference(desk, account, arrive):
    item = arrive(
        PostChannel.EMAIL,
        "breathing_space",
        account_id=account,
        sender="Sample Debt Advice",
        sender_address="notices@example.org",
        reference="BS-1001",
    )
    begun = desk.do(works.begin_work, item)
    assert begun.work == "hold_case"
    assert begun.known["kind"] is HoldKind.BREATHING_SPACE
    assert (begun.known["reference"], begun.known["adviser"]) == ("BS-1001", "Sample Debt Advice, notices@example.org")


def test_an_invoice_is_logged_in_purchase_orders_whosoever_account_it_names(desk, account, arrive, steps):
    item = arrive(category="invoice", sender="Sample Supplies", reference="INV-7", account_id=account)
    begun = [desk.do(works.begin_work, item) for _ in range(2)][1]
    assert (begun.area, begun.work, begun.account_id, begun.item_id) == ("purchase_orders", "log_invoice", None, item)
    assert [words for step, words in steps(item) if step == "work_started"] == ["Log the invoice"]


def test_whoever_may_not_log_invoices_leaves_one_task(desk, arrive, item_of):
    desk.do(add, NewOfficer("reception", "Test Reception", frozenset({Role.RECEPTION})))
    reception = Desk.sit_down(desk.database, "reception", desk.clock)
    item = arrive(category="invoice", sender="Sample Supplies", reference="INV-7")
    told = [reception.do(works.begin_work, item).told for _ in range(2)]
    assert told[1] == "The task for this invoice is there already."
    (task,) = desk.ask(lambda ctx: ctx.session.scalars(select(Task).where(Task.kind == works.INVOICE_TASK)).all())
    assert (task.title, task.subject, task.due_on) == (
        "Log invoice INV-7 of Sample Supplies",
        Subject.POST_ITEM,
        item_of(item).reply_by,
    )
    assert "received 21 Nov 2026" in task.details
    assert tied(desk, item) == [(Subject.TASK, task.id)]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"category": "general"}, "starts no work"),
        ({"category": "notice"}, "whose account"),
        ({"category": "notice", "guessed": frozenset({"account_id"})}, "guess that nobody has confirmed"),
    ],
)
def test_work_that_cannot_begin_says_why(desk, arrive, said, words):
    with pytest.raises(UserError, match=words):
        desk.do(works.begin_work, arrive(**said))


def test_an_item_is_linked_and_the_link_taken_back(desk, account, arrive, item_of):
    other = desk.do(tenant, ("Kim", "Other"))
    item = arrive()
    desk.do(links.link, item, NewLink(Subject.ACCOUNT, account))
    assert item_of(item).account_id == account
    desk.do(links.link, item, NewLink(Subject.ACCOUNT, other))
    assert tied(desk, item) == [(Subject.ACCOUNT, other)]
    with pytest.raises(UserError, match="already"):
        desk.do(links.link, item, NewLink(Subject.ACCOUNT, other))
    with pytest.raises(UserError, match="no longer there"):
        desk.do(links.link, item, NewLink(Subject.TASK, 999))
    desk.do(links.unlink, item, NewLink(Subject.ACCOUNT, other))
    assert tied(desk, item) == []


def test_an_item_is_linked_to_its_case_which_the_finder_knows(desk, account, arrive):
    today = desk.clock.today()
    people = desk.ask(lambda ctx: ctx.session.scalars(select(Tenant.person_id)).all())
    new = OpenCase(HoldKind.BREATHING_SPACE, "BS-1001", tuple(people), today, today, today + DAY, named=(account,))
    case = desk.do(cases.open_case, new).case_id
    groups = desk.ask(finding.find, "BS-1001")
    (found,) = next(group.found for group in groups if group.title == "Cases")
    assert (found.subject, found.title, found.detail) == (
        Subject.HOLD_CASE,
        "Breathing space BS-1001",
        "Mx Alex Sample  since 22 Nov 2026",
    )
    item = arrive(category="breathing_space", account_id=account)
    desk.do(links.link, item, NewLink(Subject.HOLD_CASE, case))
    assert tied(desk, item) == [(Subject.HOLD_CASE, case)]


@pytest.fixture
def went(desk, account):
    """A letter that went out with today's post."""
    made = desk.do(queue.write, NewLetter("general_letter", account, {"subject": "Your tenancy", "text": "Thank you."}))
    desk.do(queue.mark_printed, [made.outgoing_id])
    return made.outgoing_id


def test_a_returned_letter_finds_the_one_that_went_out_and_comes_back_as_a_task(desk, account, arrive, item_of, went):
    item = arrive(
        PostChannel.RETURNED, "returned", sender="A Sample", sender_address="1 Sample Close\nTestford\nZZ11 1AA"
    )
    form = desk.ask(returned.return_form, item)
    (found,) = form.candidates
    assert (found.outgoing_id, found.found_by) == (went, "Name, postcode")
    desk.do(returns.note_return, NoteReturn(item, went, "gone away", form.version))
    row = desk.ask(lambda ctx: ctx.session.get_one(Outgoing, went))
    assert (row.state, row.returned_on) == ("returned", date(2026, 11, 21))
    (task,) = desk.ask(lambda ctx: ctx.session.scalars(select(Task).where(Task.kind == queue.RETURNED_TASK)).all())
    assert desk.ask(lambda ctx: ctx.session.scalars(select(Flag.account_id)).all()) == [account]
    assert tied(desk, item) == [(Subject.LETTER, went), (Subject.TASK, task.id)]
    kept = item_of(item)
    assert (kept.state, kept.account_id) == (PostState.CLOSED, account)
    assert kept.outcome == "Came back (gone away); the right address is looked for in a task."


def test_a_returned_letter_is_looked_for_by_what_is_typed(desk, arrive, went):
    item = arrive(PostChannel.RETURNED, "returned")
    assert desk.ask(returned.return_form, item).candidates == ()
    assert [each.outgoing_id for each in desk.ask(returned.return_form, item, "zz111aa").candidates] == [went]
    assert desk.ask(returned.return_form, item, "Nobody").candidates == ()


def test_a_return_without_a_reason_changes_nothing(desk, arrive, went, item_of):
    item = arrive(PostChannel.RETURNED, "returned", sender="A Sample")
    with pytest.raises(UserError, match="Say why"):
        desk.do(returns.note_return, NoteReturn(item, went, " ", item_of(item).version))
    assert (item_of(item).state, tied(desk, item)) == (PostState.OPEN, [])


def test_an_item_is_linked_only_to_what_the_finder_finds(desk, account, arrive):
    desk.ask(finding.find, "anything")
    assert set(finding._SOURCES) >= links.LINKED
    item = arrive(account_id=account)
    with pytest.raises(UserError, match="isn't linked to a letter"):
        desk.do(links.link, item, NewLink(Subject.LETTER, 1))
