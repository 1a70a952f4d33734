"""Writing to the sender that the time is longer, or asking what the clock waits for."""

from datetime import date

import pytest
from sqlalchemy import select

from app.models.letters import Outgoing
from app.models.post_log import PostEvent
from app.models.values import Pausing, PostChannel, PostStep
from app.services.core.errors import UserError
from app.services.letters import shipped
from app.services.post_log.standards import commands, previewing
from app.services.post_log.standards.dto import ExtendClock, PauseClock

SURVEY = "The surveyor comes on 2 December."


def sent(desk):
    """What went out, the only thing."""
    (row,) = desk.ask(lambda ctx: ctx.session.scalars(select(Outgoing)).all())
    return row


def told(desk, step):
    statement = select(PostEvent).where(PostEvent.step == step)
    (event,) = desk.ask(lambda ctx: ctx.session.scalars(statement).all())
    return event


def test_a_complaint_that_is_extended_is_told_why_the_new_day_and_the_ombudsman(desk, account, arrive, item_of):
    item = arrive(category="complaint_1", account_id=account, sender="Mx Alex Sample")
    desk.do(commands.extend, ExtendClock(item, 10, SURVEY, tell=True))
    letter, kept = sent(desk), item_of(item)
    assert (letter.channel, letter.addressee, letter.subject, letter.subject_id) == (
        "letter",
        "Mx Alex Sample",
        "post_item",
        item,
    )
    assert SURVEY in letter.body
    # received Sat 21 Nov 2026, to be acknowledged by Fri 27 Nov; 20 working days later
    assert kept.reply_by == date(2026, 12, 29)
    assert "**29 December 2026**" in letter.body
    assert "Housing Ombudsman" in letter.body
    assert "0300 111 3000" in letter.body
    event = told(desk, PostStep.EXTENDED)
    assert (event.outgoing_id, event.words) == (
        letter.id,
        f"By letter. By 10 working days, to Tue 29 Dec 2026: {SURVEY}",
    )


@pytest.mark.parametrize(
    ("category", "kind", "title"),
    [
        ("foi", Pausing.CLARIFICATION, "Post: please tell us more, by e-mail"),
        ("subject_access", Pausing.IDENTITY, "Post: please show us who you are, by e-mail"),
    ],
)
def test_what_a_clock_waits_for_is_asked_in_the_way_that_the_item_came(desk, arrive, category, kind, title):
    item = arrive(
        PostChannel.EMAIL, category, sender="Jo Asker", sender_address="jo@example.com", subject_line="Your records"
    )
    desk.do(commands.pause, PauseClock(item, kind, "Which years do you mean?", tell=True))
    message = sent(desk)
    assert (message.title, message.channel, message.address) == (title, "email", "jo@example.com")
    assert message.subject_line == "Re: Your records"
    assert "Which years do you mean?" in message.body
    assert told(desk, PostStep.PAUSED).outgoing_id == message.id


def test_it_is_shown_before_it_goes_word_by_word(desk, account, arrive):
    item = arrive(category="complaint_2", account_id=account, sender="Mx Alex Sample")
    shown = desk.ask(previewing.preview_extend, ExtendClock(item, 5, SURVEY, tell=True))
    letter = [each.text for each in shown if each.group == "The letter"]
    assert letter[0] == "By letter to Mx Alex Sample, 1 Sample Close, Testford, ZZ11 1AA"
    assert SURVEY in letter
    assert any("0300 111 3000" in each for each in letter)
    asked = desk.ask(previewing.preview_extend, ExtendClock(item, 5, " ", tell=True))
    assert "[What you write as the reason]" in [each.text for each in asked]


def test_who_cant_be_written_to_is_said_and_nothing_is_changed(desk, arrive, item_of):
    item = arrive(category="foi", sender="Somebody")
    before = item_of(item).reply_by
    pause = PauseClock(item, Pausing.CLARIFICATION, "Which years?", tell=True)
    shown = desk.ask(previewing.preview_pause, pause)
    assert shown[-1].warns
    assert shown[-1].text.startswith("They can't be written to. ")
    with pytest.raises(UserError, match="can't be written to") as caught:
        desk.do(commands.pause, pause)
    assert caught.value.field == "tell"
    assert item_of(item).reply_by == before
    desk.do(commands.pause, PauseClock(item, Pausing.CLARIFICATION, "Which years?"))
    assert item_of(item).reply_by is None


def test_each_wording_says_why_and_the_longer_time_by_when():
    for key in ("post_extension", "post_extension_complaint", "post_clarification", "post_identity"):
        for each in (shipped.shipped()[key], shipped.shipped()[f"{key}_email"]):
            assert "{{ ask.reason }}" in each.wording.body
            assert ("{{ post.reply_by }}" in each.wording.body) == ("extension" in key)
