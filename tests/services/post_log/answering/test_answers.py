"""Acknowledging in the sender's channel and format, answering, closing, opening again."""

from dataclasses import replace
from datetime import date

import pytest

from app.models.letters import Outgoing
from app.models.post_log import PostItem
from app.models.values import FormatNeed, HoldKind, PostChannel, PostState, Subject
from app.services.core.errors import ChangedMeanwhile, UserError
from app.services.documents import queries as documents
from app.services.holds import commands as holds
from app.services.holds.dto import PlaceHold
from app.services.letters.queries import queue
from app.services.post_log.answering import keeping, queries
from app.services.post_log.answering.commands import answers
from app.services.post_log.answering.dto import AnswerBy, NewAnswer
from app.services.post_log.answering.keeping import Sent
from tests.services.post_log.answering.conftest import tenant


def written(desk, item_id):
    """The register's lines that belong to an item."""
    return [row for row in desk.ask(lambda ctx: ctx.session.query(Outgoing).all()) if row.subject_id == item_id]


def test_a_selection_is_acknowledged_each_in_its_own_way(desk, account, arrive, item_of, steps):
    letter = arrive(account_id=account, sender="Alex Sample")
    mail = arrive(PostChannel.EMAIL, account_id=account, sender="A Sample", sender_address="alex@example.com")
    call = arrive(PostChannel.TELEPHONE, account_id=account, sender="Alex Sample", sender_address="07700 900123")
    other = arrive(sender="Citizens Advice", sender_address="2 Sample Road\nTestford\nZZ1 2BB")
    done = desk.do(answers.acknowledge, [letter, mail, call, other])
    assert done.left_out == ()
    rows = {row.subject_id: row for row in desk.ask(lambda ctx: ctx.session.query(Outgoing).all())}
    assert [rows[each].channel for each in (letter, mail, call, other)] == ["letter", "email", "text", "letter"]
    assert rows[mail].address == "alex@example.com"
    assert rows[call].body.startswith("Sample District Council: thank you for your telephone call of 21 November 2026.")
    assert (rows[other].account_id, rows[other].addressee) == (None, "Citizens Advice")
    assert rows[other].address == "2 Sample Road\nTestford\nZZ1 2BB"
    assert "answer you by **4 December 2026**" in rows[letter].body
    assert item_of(letter).acknowledged_on == date(2026, 11, 21)
    assert steps(letter)[-1] == ("acknowledged", "By letter")
    file = desk.ask(documents.listed, Subject.POST_ITEM, letter)
    assert [each.title for each in file] == ["Post: acknowledgement"]
    assert desk.ask(queue.letter_file, rows[other].id).content.startswith(b"%PDF")


def test_what_is_left_out_says_why(desk, account, arrive, needs):
    unchecked = arrive(account_id=account, sender="Alex Sample", guessed=frozenset({"account_id"}))
    bill = arrive(category="invoice", sender="Sample Supplies")
    nobody = arrive(sender="")
    nowhere = arrive(sender="Pat Nowhere")
    twice = arrive(account_id=account, sender="Alex Sample")
    desk.do(answers.acknowledge, [twice])
    braille = arrive(account_id=account, sender="Alex Sample", format=FormatNeed.BRAILLE)
    done = desk.do(answers.acknowledge, [unchecked, bill, nobody, nowhere, twice, braille])
    assert [each.why for each in done.left_out] == [
        "Unchecked: confirm its account first.",
        "Nothing is sent for 'Supplier invoice'.",
        "Nobody to write to: say who sent it.",
        "No address to post to.",
        "It was acknowledged on 21 Nov 2026.",
        "Needs braille: make it by hand.",
    ]
    assert done.sent == {}


def test_an_account_whose_letters_are_on_hold_is_left_out(desk, account, arrive):
    item = arrive(account_id=account, sender="Alex Sample")
    desk.do(holds.place, PlaceHold(account, HoldKind.BREATHING_SPACE, "Notice", desk.clock.today()))
    (left,) = desk.do(answers.acknowledge, [item]).left_out
    assert left.why.startswith("Letters are stopped: ")


def test_large_print_that_the_item_asks_for_comes_before_the_record(desk, account, arrive):
    item = arrive(account_id=account, sender="Alex Sample", format=FormatNeed.LARGE_PRINT)
    desk.do(answers.acknowledge, [item])
    assert written(desk, item)[0].format == "large_print"


def test_the_time_to_answer_a_complaint_runs_from_its_acknowledgement(desk, account, arrive, item_of):
    item = arrive(category="complaint_1", account_id=account, sender="Alex Sample", received_on=date(2026, 11, 16))
    desk.do(answers.acknowledge, [item])
    row = written(desk, item)[0]
    by = item_of(item).reply_by
    assert by == date(2026, 12, 4)
    assert f"**{by.day} December 2026**" in row.body
    assert row.title == "Post: acknowledgement of a complaint"


def test_a_letter_in_a_tenants_name_from_elsewhere_is_answered_to_the_address_on_the_account(desk, account, arrive):
    item = arrive(account_id=account, sender="Alex Sample", sender_address="9 Other Street\nTestford\nZZ1 9ZZ")
    (draft,) = desk.ask(queries.drafts, [item])
    assert draft.where == "1 Sample Close, Testford, ZZ11 1AA"
    assert draft.look == (
        "They wrote from 9 Other Street, Testford, ZZ1 9ZZ; letters go to the address on the account.",
    )


def test_nobody_tells_us_of_their_own_death(desk, account, arrive):
    item = arrive(
        category="death", account_id=account, sender="A Sample", sender_address="9 Other Street\nTestford\nZZ1 9ZZ"
    )
    desk.do(answers.acknowledge, [item])
    row = written(desk, item)[0]
    assert (row.title, row.addressee, row.person_id) == ("Post: acknowledgement of a death", "A Sample", None)
    assert row.address.startswith("9 Other Street")


def answer_of(item, version=1, **more):
    return NewAnswer(item, more.pop("by", AnswerBy.LETTER), more.pop("text", "Your refund was paid."), version, **more)


def test_an_answer_is_written_tied_and_closes_the_item(desk, account, arrive, item_of, steps):
    item = arrive(account_id=account, sender="Alex Sample")
    new = answer_of(item, item_of(item).version, outcome="Refund paid", key="answer-1")
    done = desk.do(answers.answer, new)
    assert done.closed
    (row,) = written(desk, item)
    assert "Your refund was paid." in row.body
    kept = item_of(item)
    assert (kept.state, kept.replied_on, kept.acknowledged_on) == (
        PostState.CLOSED,
        date(2026, 11, 21),
        date(2026, 11, 21),
    )
    assert [step for step, _ in steps(item)][-2:] == ["replied", "closed"]
    with pytest.raises(UserError, match="is closed"):
        desk.do(answers.answer, new)
    desk.do(answers.reopen, item, "They wrote again")
    assert (item_of(item).state, item_of(item).replied_on, item_of(item).outcome) == (PostState.OPEN, None, "")


def test_an_answer_by_telephone_is_a_note_on_the_account(desk, account, arrive, item_of, steps):
    from app.services.diary import queries as diary

    item = arrive(PostChannel.TELEPHONE, account_id=account, sender="Alex Sample")
    desk.do(answers.answer, answer_of(item, item_of(item).version, by=AnswerBy.CALL, text="Told the balance."))
    (note,) = desk.ask(diary.notes, Subject.ACCOUNT, account)
    assert note.text == "By telephone: Told the balance.\n(Answer to post 2026/0001)"
    assert steps(item)[-1] == ("replied", "By telephone: Told the balance.")
    assert item_of(item).replied_on == date(2026, 11, 21)


def test_an_answer_goes_to_whoever_is_named_instead(desk, account, arrive, item_of):
    item = arrive(account_id=account, sender="Alex Sample")
    new = answer_of(item, item_of(item).version, addressee="Pat Helper", address=("5 Help Lane", "Testford", "ZZ1 5HH"))
    desk.do(answers.answer, new)
    assert (written(desk, item)[0].addressee, written(desk, item)[0].address) == (
        "Pat Helper",
        "5 Help Lane\nTestford\nZZ1 5HH",
    )


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": " "}, "text"),
        ({"text": "My card is 4111 1111 1111 1111"}, "text"),
        ({"by": AnswerBy.EMAIL, "recipient": "nowhere"}, "by"),
        ({"template": "email_general"}, "template"),
    ],
)
def test_what_is_wrong_with_an_answer_is_said_at_its_field(desk, account, arrive, item_of, change, field):
    item = arrive(account_id=account, sender="Alex Sample")
    with pytest.raises(UserError) as error:
        desk.do(answers.answer, replace(answer_of(item, item_of(item).version), **change))
    assert error.value.field == field
    assert written(desk, item) == []


def test_nothing_is_written_to_an_account_that_is_a_guess(desk, account, arrive, item_of):
    item = arrive(account_id=account, sender="Alex Sample", guessed=frozenset({"account_id"}))
    with pytest.raises(UserError, match="confirm its account first"):
        desk.do(answers.answer, answer_of(item, item_of(item).version))
    desk.do(answers.answer, answer_of(item, item_of(item).version, by=AnswerBy.CALL, text="Told whom to ask."))


def test_what_goes_out_by_another_way_stands_in_the_register_once(desk, account, arrive, item_of, steps):
    item = arrive(PostChannel.EMAIL, account_id=account, sender="Alex Sample", sender_address="alex@example.com")
    sent = Sent("E-mail", "Alex Sample", "alex@example.com", "Re: My account", "Nothing is owed.", key="mail-1")

    def send(ctx):
        row = ctx.session.get_one(PostItem, item)
        outgoing_id = keeping.note_sent(ctx, row, sent).id
        keeping.note_answered(ctx, row, "By e-mail from the team's mailbox", outgoing_id)
        return outgoing_id

    assert desk.do(send) == desk.do(send)
    (row,) = written(desk, item)
    assert (row.channel, row.state, row.reference) == ("email", "sent", "2026/0001")
    assert item_of(item).replied_on == date(2026, 11, 21)


def test_two_officers_on_one_item(desk, account, arrive, item_of):
    item = arrive(account_id=account, sender="Alex Sample")
    old = item_of(item).version
    desk.do(answers.mark_acknowledged, item, "Told at the counter")
    with pytest.raises(ChangedMeanwhile):
        desk.do(answers.answer, answer_of(item, old))


def test_many_are_closed_with_one_outcome_or_none_is(desk, arrive, item_of):
    first, second = arrive(sender="One"), arrive(sender="Two")
    desk.do(answers.close, [first], "No reply needed")
    with pytest.raises(UserError, match="is closed"):
        desk.do(answers.close, [second, first], "No reply needed")
    assert item_of(second).state is PostState.OPEN
    with pytest.raises(UserError, match="what came of it"):
        desk.do(answers.close, [second], " ")


def test_a_batch_asks_about_all_of_them_together(desk, landlord, arrive, query_log):
    ids = [arrive(account_id=desk.do(tenant, ("Kim", f"Sample{n}")), sender=f"Kim Sample{n}") for n in range(6)]
    desk.ask(queries.drafts, ids[:1])
    query_log.clear()
    desk.ask(queries.drafts, ids[:1])
    one = len(query_log)
    query_log.clear()
    assert len(desk.ask(queries.drafts, ids)) == 6
    assert len(query_log) == one


def test_many_are_closed_with_no_more_questions_than_a_few(desk, arrive, query_log):
    def asked(count):
        items = [arrive() for _ in range(count)]
        query_log.clear()
        desk.do(answers.close, items, "No reply needed")
        return sum(each.startswith("SELECT") for each in query_log)

    assert asked(12) == asked(2)
