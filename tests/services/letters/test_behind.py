"""A statement that goes with a letter: it is queued or waits as the letter does, goes with it, and is cancelled with it."""

from datetime import date

from sqlalchemy import select

from app.models.letters import Outgoing
from app.services.approvals import commands as approvals
from app.services.letters.commands import queue as commands
from app.services.letters.dto import NewLetter
from app.services.statements import keeping
from tests.prepared import prepared
from tests.services.letters.test_writing import ANSWERS, REFUND


def sent_with(desk, account, template, answers):
    """The numbers of a letter and of the statement behind it."""
    letter = desk.do(commands.write, NewLetter(template, account, answers)).outgoing_id
    days = date(2026, 4, 6), date(2026, 11, 21)
    return letter, desk.do(lambda ctx: keeping.make(ctx, account, *days, behind=letter)).outgoing_id


@prepared
def waiting(desk, account, second):
    return sent_with(desk, account, "refund_decision", REFUND)


@prepared
def queued(desk, account):
    return sent_with(desk, account, "general_letter", ANSWERS)


def states(desk):
    rows = select(Outgoing.state, Outgoing.approved_by).order_by(Outgoing.id)
    return [(state, by is not None) for state, by in desk.ask(lambda ctx: ctx.session.execute(rows).all())]


def test_it_waits_with_its_letter_and_goes_with_it(desk, waiting, second):
    assert states(desk) == [("waiting", False)] * 2
    second.do(commands.approve, waiting[1:])
    assert states(desk) == [("queued", True)] * 2


def test_it_is_refused_with_its_letter(desk, waiting, second):
    request = desk.ask(lambda ctx: ctx.session.get_one(Outgoing, waiting[0]).request_id)
    second.do(approvals.refuse, [request], "The sum is wrong")
    assert states(desk) == [("cancelled", False)] * 2


def test_it_is_cancelled_with_its_letter(desk, waiting):
    desk.do(commands.cancel, waiting[:1], "The wrong account")
    why = desk.ask(lambda ctx: ctx.session.scalars(select(Outgoing.error)).all())
    assert (states(desk), why) == ([("cancelled", False)] * 2, ["The wrong account"] * 2)


def test_it_may_be_cancelled_and_the_letter_still_waits(desk, waiting, second):
    desk.do(commands.cancel, waiting[1:])
    assert [state for state, _ in states(desk)] == ["waiting", "cancelled"]
    second.do(commands.approve, waiting[:1])
    assert [state for state, _ in states(desk)] == ["queued", "cancelled"]


def test_a_queued_one_is_cancelled_with_its_letter_too(desk, queued):
    assert [state for state, _ in states(desk)] == ["queued"] * 2
    desk.do(commands.cancel, queued[:1])
    assert [state for state, _ in states(desk)] == ["cancelled"] * 2


def test_a_printed_one_stays_what_it_is(desk, queued):
    desk.do(commands.mark_printed, queued[1:])
    desk.do(commands.cancel, queued[:1])
    assert [state for state, _ in states(desk)] == ["cancelled", "printed"]
