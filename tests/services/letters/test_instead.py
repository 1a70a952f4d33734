"""What could not be sent is printed instead: once, with the same words, and is sent no more."""

import pytest
from sqlalchemy import select

from app.models.letters import Outgoing
from app.services.core.errors import UserError
from app.services.letters import keeping
from app.services.letters.commands import queue, sending
from app.services.letters.dto import NewLetter, OutgoingState
from tests.prepared import prepared


@prepared
def message(desk, account):
    """An e-mail that failed."""

    def fail(ctx):
        made = ctx.session.get_one(Outgoing, keeping.queue_letter(ctx, NewLetter("email_balance", account)))
        made.state, made.error = OutgoingState.FAILED.value, "The mailbox is full."
        ctx.session.flush()
        return made.id

    return desk.do(fail)


def rows(desk, channel):
    return desk.ask(
        lambda ctx: ctx.session.scalars(select(Outgoing).where(Outgoing.channel == channel).order_by(Outgoing.id)).all()
    )


def test_what_failed_becomes_a_letter_of_the_same_words(desk, account, message):
    desk.do(queue.print_instead, [message])
    (mail,), (letter,) = rows(desk, "email"), rows(desk, "letter")
    assert (letter.state, letter.account_id) == (OutgoingState.QUEUED, account)
    assert (letter.subject_line, letter.body) == ("The balance of your account", mail.body)
    assert letter.pages == 1
    assert mail.state == OutgoingState.CANCELLED
    assert mail.error == f"The mailbox is full. Printed as letter {letter.id} instead."
    assert desk.ask(sending.waiting) == 0


def test_it_happens_once(desk, message):
    desk.do(queue.print_instead, [message])
    with pytest.raises(UserError, match="no letter takes its place; nothing was made"):
        desk.do(queue.print_instead, [message])
    assert len(rows(desk, "letter")) == 1


def test_what_still_waits_may_be_printed_and_has_the_title_where_it_has_no_heading(desk, account):
    text = desk.do(keeping.queue_letter, NewLetter("text_call_us", account))
    desk.do(queue.print_instead, [text])
    (letter,) = rows(desk, "letter")
    assert letter.subject_line == letter.title
    assert "please call us" in letter.body


@pytest.mark.parametrize("state", [OutgoingState.SENDING, OutgoingState.SENT, OutgoingState.CANCELLED])
def test_what_was_or_may_have_been_sent_is_not_printed(desk, message, state):
    def become(ctx):
        ctx.session.get_one(Outgoing, message).state = state.value
        ctx.session.flush()

    desk.do(become)
    with pytest.raises(UserError, match="no letter takes its place"):
        desk.do(queue.print_instead, [message])
    assert rows(desk, "letter") == []
