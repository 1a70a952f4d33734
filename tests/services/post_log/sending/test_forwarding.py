"""What was meant for somebody else is passed on with the e-mail as it came, and closed by it."""

from email import message_from_bytes, policy

import pytest

from app.models.letters import Outgoing
from app.models.post_log import PostItem
from app.models.values import HoldKind, PostChannel, PostState
from app.services.core.errors import ChangedMeanwhile, UserError
from app.services.holds import commands as holds
from app.services.holds.dto import PlaceHold
from app.services.letters.commands import queue
from app.services.post_log.answering.commands import answers
from app.services.post_log.answering.commands.forwarding import forward
from app.services.post_log.sending import queries
from app.services.post_log.sending.dto import NewForward
from app.services.post_log.sending.jobs import send
from tests.services.post_log.answering.conftest import account as _account
from tests.services.post_log.answering.conftest import arrive as _log
from tests.services.post_log.mail.messages import CARD
from tests.services.post_log.sending.conftest import arrive, eml, line, mailbox

account, log = _account, _log
TEAM = "repairs@council.example"


def passed(desk, item_id, **more):
    version = desk.ask(lambda ctx: ctx.session.get_one(PostItem, item_id).version)
    whole = {"mailbox_id": 1, "to": TEAM, "text": "This is for repairs.", "version": version, "key": "f"}
    return desk.do(forward, NewForward(item_id, **whole | more))


def test_the_e_mail_goes_on_as_it_came_and_the_item_is_closed(desk, smtp, item, item_of, steps):
    mailbox(desk, smtp)
    done = passed(desk, item)
    assert passed(desk, item).outgoing_id == done.outgoing_id
    assert send(desk).sent == 1
    ((_, to, content),) = smtp.messages
    mail = message_from_bytes(content, policy=policy.default)
    assert (to, mail["Subject"], mail["In-Reply-To"]) == (TEAM, "Fwd: My rent", None)
    assert mail.get_body().get_content().strip() == "This is for repairs."
    (original,) = mail.iter_attachments()
    assert original.get_content_type() == "message/rfc822"
    assert original.get_content()["Message-ID"] == "<m2@example.org>"
    assert [each.get_filename() for each in original.get_content().iter_attachments()] == ["a.pdf"]
    assert (item_of(item).state, item_of(item).outcome) == (PostState.FORWARDED, f"Passed on to {TEAM}")
    assert steps(item)[-1] == ("forwarded", f"To {TEAM}")
    assert line(desk, done.outgoing_id).title == "Post passed on"
    assert desk.ask(queries.forward_form, item).earlier == (TEAM,)


def test_one_that_does_not_go_is_open_again(desk, smtp, item, item_of, steps):
    mailbox(desk, smtp)
    smtp.answers = {"RCPT": "550 no such user"}
    passed(desk, item)
    assert send(desk).failed == 1
    assert (item_of(item).state, item_of(item).outcome) == (PostState.OPEN, "")
    assert steps(item)[-1][0] == "reopened"
    assert "no such user" in steps(item)[-1][1]


def test_one_that_is_cancelled_before_it_went_is_open_again(desk, smtp, item, item_of, steps):
    mailbox(desk, smtp)
    done = passed(desk, item)
    desk.do(queue.cancel, [done.outgoing_id], "The wrong team")
    assert item_of(item).state is PostState.OPEN
    assert steps(item)[-1] == ("reopened", f"The e-mail to {TEAM} did not go: cancelled. The wrong team")
    assert send(desk).sent == 0
    assert smtp.messages == []


def test_a_letter_goes_on_with_what_was_noted_though_letters_to_its_account_are_stopped(desk, smtp, account, log):
    mailbox(desk, smtp)
    item = log(PostChannel.LETTER, account_id=account, sender="Alex Sample", text="My tap drips.", subject_line="Tap")
    desk.do(holds.place, PlaceHold(account, HoldKind.BREATHING_SPACE, "Notice", desk.clock.today()))
    passed(desk, item)
    assert send(desk).sent == 1
    text = message_from_bytes(smtp.messages[0][2], policy=policy.default).get_body().get_content()
    assert "From: Alex Sample" in text
    assert "My tap drips." in text


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"to": "repairs"}, "to", "not an e-mail address"),
        ({"to": ""}, "to", "Write the address"),
        ({"text": " "}, "text", "Write a sentence"),
        ({"to": "x@elsewhere.example"}, "outside", "outside the council"),
        ({"text": f"Card {CARD}"}, "text", "card"),
        ({"mailbox_id": 7}, "mailbox", "Nothing goes out"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(desk, smtp, item, item_of, change, field, words):
    mailbox(desk, smtp)
    with pytest.raises(UserError, match=words) as refused:
        passed(desk, item, **change)
    assert refused.value.field == field
    assert item_of(item).state is PostState.OPEN
    assert desk.ask(lambda ctx: ctx.session.query(Outgoing).count()) == 0


def test_it_may_leave_the_council_where_an_officer_says_so(desk, smtp, item):
    mailbox(desk, smtp)
    passed(desk, item, to="x@elsewhere.example", outside=True)
    assert send(desk).sent == 1


def test_a_card_number_is_not_sent_on(desk, smtp, item, item_of, monkeypatch):
    mailbox(desk, smtp)
    item = arrive(desk, eml(7, "Please take 12 pounds."))
    kept = "app.services.post_log.mail.reading.card_numbers"
    monkeypatch.setattr(kept, lambda text: ["4111111111111111"] if "12 pounds" in text else [])
    with pytest.raises(UserError, match="It isn't passed on: it holds what looks like a card number"):
        passed(desk, item)
    assert item_of(item).state is PostState.OPEN


def test_two_officers_on_one_item_and_one_that_is_closed(desk, smtp, item):
    mailbox(desk, smtp)
    with pytest.raises(ChangedMeanwhile):
        passed(desk, item, version=99)
    desk.do(answers.close, [item], "Done")
    with pytest.raises(UserError, match="is closed"):
        passed(desk, item)
