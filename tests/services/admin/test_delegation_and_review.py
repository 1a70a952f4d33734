"""Dated delegation of approvals, the yearly access review, and who reads the sign-in log."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.models.diary import Task
from app.models.values import ReviewDecision
from app.services.admin import access_review, delegations, officers, sign_in_log
from app.services.admin.delegations import NewDelegation
from app.services.approvals.commands import approve
from app.services.core.clock import FixedClock
from app.services.core.errors import UserError
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.core.session import Desk
from tests.prepared import prepared

TODAY = date(2026, 11, 21)


@prepared
def reception(desk, colleague):
    """The desk of a receptionist, who may not open restricted records."""
    desk.do(add, NewOfficer("reception", "Test Reception", frozenset({Role.RECEPTION.value})))
    return Desk.sit_down(desk.database, "reception", desk.clock)


def test_a_delegate_approves_for_those_days_and_neither_their_own(desk, colleague, reception):
    manager = Desk.sit_down(desk.database, "manager", desk.clock)
    new = NewOfficer("newcomer", "Newcomer", frozenset({"reception"}))
    request = manager.do(officers.add, new, "A new post").request_id
    with pytest.raises(UserError):
        reception.do(approve, [request])
    colleague.do(delegations.delegate, NewDelegation(reception.officer.id, TODAY, TODAY + timedelta(days=5), "Leave"))
    reception.do(approve, [request])
    page = colleague.ask(delegations.page)
    assert [(row.to_name, row.state, row.may_end) for row in page.lines] == [("Test Reception", "in force", True)]
    colleague.do(delegations.end, page.lines[0].delegation_id)
    assert colleague.ask(delegations.page).lines[0].state == "ended"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"to_on": TODAY - timedelta(days=1)}, "to_on"),
        ({"from_on": TODAY - timedelta(days=3)}, "from_on"),
        ({"to_on": TODAY + timedelta(days=400)}, "to_on"),
        ({"reason": " "}, "reason"),
        ({"kinds": frozenset({"nothing"})}, "kinds"),
    ],
)
def test_what_can_not_be_delegated(colleague, desk, changes, field):
    new = {"to_id": desk.officer.id, "from_on": TODAY, "to_on": TODAY, "reason": "Leave"} | changes
    with pytest.raises(UserError) as refused:
        colleague.do(delegations.delegate, NewDelegation(**new))
    assert refused.value.field == field


# The yearly review


def test_a_review_lists_everybody_and_nobody_signs_their_own_line(desk, colleague):
    assert colleague.ask(access_review.page).overdue
    colleague.do(access_review.start)
    page = colleague.ask(access_review.page)
    assert {row.name for row in page.lines} == {"Test Officer", "Test Colleague", "Test Manager"}
    with pytest.raises(UserError, match="your own access"):
        colleague.do(access_review.sign, colleague.officer.id, ReviewDecision.KEEP)
    for row in page.lines:
        by = desk if row.officer_id == colleague.officer.id else colleague
        by.do(access_review.sign, row.officer_id, ReviewDecision.KEEP)
    page = colleague.ask(access_review.page)
    assert not page.open
    assert page.due_on == date(2027, 11, 21)


def test_a_change_becomes_a_task_and_a_removal_a_leaver(desk, colleague):
    manager = Desk.sit_down(desk.database, "manager", desk.clock)
    desk.do(access_review.start)
    with pytest.raises(UserError, match="what should change"):
        desk.do(access_review.sign, colleague.officer.id, ReviewDecision.CHANGE)
    desk.do(access_review.sign, colleague.officer.id, ReviewDecision.CHANGE, "No longer leads a team")
    task = desk.ask(lambda ctx: ctx.session.scalars(select(Task)).one())
    assert (task.officer_id, task.subject_id) == (manager.officer.id, colleague.officer.id)
    with pytest.raises(UserError, match="only one left"):
        desk.do(access_review.sign, manager.officer.id, ReviewDecision.REMOVE, "Gone")
    colleague.do(access_review.sign, desk.officer.id, ReviewDecision.REMOVE, "Moved to another council")
    with pytest.raises(UserError, match="has left"):
        Desk.sit_down(desk.database, "officer", desk.clock)


def test_an_unfinished_review_is_overdue(colleague, clock):
    colleague.do(access_review.start)
    later = Desk(colleague.database, colleague.officer, FixedClock(TODAY + timedelta(days=29)))
    assert later.ask(access_review.page).overdue
    with pytest.raises(UserError, match="under way"):
        later.do(access_review.start)


def test_the_sign_in_log_is_for_administrators_and_auditors(colleague, reception):
    assert colleague.ask(sign_in_log.page) == ()
    with pytest.raises(UserError, match="may not"):
        reception.ask(sign_in_log.page)
