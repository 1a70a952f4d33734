"""The outbox against a stand-in of GOV.UK Notify: nothing is sent twice, nothing is lost, and failures are told in words."""

import base64
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app.models.landlord import Setting
from app.models.letters import Outgoing
from app.models.values import Subject
from app.services.core.errors import UserError
from app.services.documents import keeping as documents
from app.services.documents.dto import NewLink
from app.services.letters import jobs, keeping
from app.services.letters.commands import queue, sending
from app.services.letters.dto import NewLetter, OutgoingState
from app.services.letters.provider import Notify as Client
from app.services.letters.provider import looks_like_key
from app.services.letters.queries import queue as register
from app.services.letters.sending import LEASE, MOST_TRIES, Outcome, OutcomeKind, SendingSettings, next_try
from tests.services.letters.conftest import Hands, tenant
from tests.services.letters.notify_standin import EMAIL_TEMPLATE, KEY, TEXT_TEMPLATE, Notify


@pytest.fixture
def notify():
    made = Notify()
    yield made
    made.close()


@pytest.fixture
def hands():
    return Hands()


@pytest.fixture
def office(desk, account, hands, notify):
    """The desk with a key and templates, at the stand-in."""

    def point(ctx):
        ctx.session.add(Setting(key="notify.url", value=notify.url))
        ctx.session.flush()

    desk.do(sending.set_sending, SendingSettings(EMAIL_TEMPLATE, TEXT_TEMPLATE), KEY)
    desk.do(point)
    return replace(desk, clock=hands)


def write(desk, account, template="email_balance", **more):
    return desk.do(keeping.queue_letter, NewLetter(template, account, **more))


def row(desk, outgoing_id):
    return desk.ask(lambda ctx: ctx.session.get(Outgoing, outgoing_id))


def test_messages_are_handed_over_with_their_words_and_then_known_to_be_delivered(office, account, notify, hands):
    mail, text = write(office, account), write(office, account, "text_call_us")
    result = jobs.send(office)
    assert (result.sent, result.failed, result.delivered, result.left, result.stopped) == (2, 0, 2, 0, "")
    first, second = notify.messages
    assert (first["email_address"], first["template_id"]) == ("alex@example.com", EMAIL_TEMPLATE)
    assert first["personalisation"]["subject"] == "The balance of your account"
    assert "Nothing is owed." in first["personalisation"]["message"]
    assert (second["phone_number"], second["template_id"]) == ("+447700900123", TEXT_TEMPLATE)
    assert second["personalisation"]["message"].startswith("Sample District Council: please call us")
    assert {row(office, each).state for each in (mail, text)} == {OutgoingState.DELIVERED}
    assert row(office, mail).provider_id == first["id"]


def test_without_a_key_nothing_is_sent_and_each_says_so(desk, account):
    mail = write(desk, account)
    result = jobs.send(desk)
    assert (result.sent, result.left, result.stopped) == (0, 1, sending.NO_KEY)
    assert (row(desk, mail).state, row(desk, mail).error) == (OutgoingState.QUEUED, sending.NO_KEY)


@pytest.mark.parametrize("word", ["taken, no answer", "taken, fault", "nonsense"])
def test_an_unknown_outcome_is_looked_up_and_never_sent_twice(office, account, notify, hands, word):
    notify.plan.append(word)
    mail = write(office, account)
    assert jobs.send(office).sent == 0
    assert row(office, mail).state == OutgoingState.SENDING
    assert jobs.send(office).sent == 0  # its time has not come: nobody touches it
    hands.wait(minutes=10)
    assert jobs.send(office).sent == 1
    assert len(notify.messages) == 1
    assert [call[0] for call in notify.calls].count("send") == 1
    assert row(office, mail).provider_id == notify.messages[0]["id"]


def test_a_call_that_never_arrived_is_sent_after_the_look_up_says_so(office, account, notify, hands):
    notify.plan.append("no answer")
    mail = write(office, account)
    jobs.send(office)
    hands.wait(minutes=10)
    assert jobs.send(office).sent == 1
    assert [call[0] for call in notify.calls[:3]] == ["send", "look", "send"]
    assert len(notify.messages) == 1
    assert row(office, mail).tries == 2


def test_killed_between_the_call_and_the_commit(office, account, notify, hands, monkeypatch):
    mail = write(office, account)

    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(sending, "settle", killed)
        with pytest.raises(KeyboardInterrupt):
            jobs.send(office)
    assert row(office, mail).state == OutgoingState.SENDING
    assert len(notify.messages) == 1
    hands.wait(seconds=LEASE.total_seconds() + 1)
    assert jobs.send(office).sent == 1
    assert len(notify.messages) == 1


@pytest.mark.parametrize("kind", [OutcomeKind.BUSY, OutcomeKind.UNKNOWN, OutcomeKind.REFUSED])
def test_a_desk_that_slept_through_its_lease_does_not_have_it_sent_again(office, account, notify, hands, kind):
    mail = write(office, account)
    slept = office.do(sending.take)
    hands.wait(seconds=LEASE.total_seconds() + 1)
    assert jobs.send(office).sent == 1
    office.do(sending.settle, mail, Outcome(kind, "It was asleep."), slept.turn)
    assert row(office, mail).state in {OutgoingState.SENT, OutgoingState.DELIVERED}
    hands.wait(hours=5)
    jobs.send(office)
    assert len(notify.messages) == 1


def test_while_the_look_up_fails_nothing_is_sent(office, account, notify, hands):
    notify.plan.append("taken, no answer")
    write(office, account)
    jobs.send(office)
    for word in ("rate", "fault", "no answer", "key"):
        notify.looking.append(word)
        hands.wait(hours=5)
        jobs.send(office)
    hands.wait(hours=5)
    assert jobs.send(office).sent == 1
    assert len(notify.messages) == 1


def test_an_outcome_that_can_no_longer_be_looked_up_is_left_to_an_officer(office, account, notify, hands):
    notify.plan.append("taken, no answer")
    mail = write(office, account)
    jobs.send(office)
    notify.messages.clear()
    hands.wait(days=8)
    assert jobs.send(office).failed == 1
    assert row(office, mail).error.startswith("Nobody knows whether it was sent")
    assert notify.messages == []


def test_too_quick_is_tried_again_later_and_not_for_ever(office, account, notify, hands):
    notify.plan.extend(["rate"] * MOST_TRIES)
    mail = write(office, account)
    assert jobs.send(office).sent == 0
    assert (row(office, mail).state, row(office, mail).error) == (
        OutgoingState.QUEUED,
        "GOV.UK Notify asks us to go slower.",
    )
    for _ in range(MOST_TRIES - 1):
        hands.wait(hours=5)
        jobs.send(office)
    assert row(office, mail).state == OutgoingState.FAILED
    assert row(office, mail).error == "Tried 8 times. GOV.UK Notify asks us to go slower."
    office.do(queue.try_again, [mail])
    assert jobs.send(office).sent == 1


def test_a_busy_provider_is_left_alone_after_three(office, account, notify):
    notify.plan.extend(["rate"] * 3)
    for each in range(5):
        write(office, account, idempotency_key=str(each))
    result = jobs.send(office)
    assert (result.sent, result.left) == (0, 5)
    assert result.stopped == "Stopped for now: GOV.UK Notify asks us to go slower."


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("team", "The key is for tests: it only sends to the office's own team."),
        ("trial", "The key is for tests: it only sends to the office's own team."),
        ("number", "GOV.UK Notify refused it: phone_number Not enough digits"),
    ],
)
def test_what_will_never_be_taken_fails_in_words_and_the_rest_goes(office, account, notify, word, sentence):
    notify.plan.append(word)
    bad, good = write(office, account), write(office, account, "text_call_us")
    result = jobs.send(office)
    assert (result.sent, result.failed) == (1, 1)
    assert (row(office, bad).state, row(office, bad).error) == (OutgoingState.FAILED, sentence)
    assert row(office, good).state == OutgoingState.DELIVERED


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("key", "GOV.UK Notify doesn't take our key: Invalid token: API key not found"),
        ("template", "The template in GOV.UK Notify doesn't fit: Template not found"),
        ("day", "The office has reached what GOV.UK Notify sends for it in a day. The rest goes tomorrow."),
    ],
)
def test_what_concerns_every_message_stops_the_run_and_counts_against_none(office, account, notify, word, sentence):
    notify.plan.append(word)
    first, second = write(office, account), write(office, account, "text_call_us")
    result = jobs.send(office)
    assert (result.sent, result.failed, result.left, result.stopped) == (0, 0, 2, sentence)
    assert (row(office, first).tries, row(office, first).state) == (0, OutgoingState.QUEUED)
    assert (row(office, second).tries, row(office, second).error) == (0, "")


def test_a_message_that_did_not_arrive_is_listed_as_failed(office, account, notify):
    notify.status = "permanent-failure"
    mail = write(office, account)
    result = jobs.send(office)
    assert (result.sent, result.failed, result.delivered) == (1, 1, 0)
    assert row(office, mail).state == OutgoingState.FAILED
    assert row(office, mail).error.startswith("The address or number doesn't exist")


def test_a_delivery_that_is_still_under_way_is_asked_about_again(office, account, notify):
    notify.status = "sending"
    mail = write(office, account)
    jobs.send(office)
    assert row(office, mail).state == OutgoingState.SENT
    notify.status = "delivered"
    assert jobs.send(office).delivered == 1


def test_two_desks_never_take_the_same_message(office, account):
    write(office, account)
    assert office.do(sending.take) is not None
    assert office.do(sending.take) is None


def test_the_key_is_kept_encrypted_and_looked_over(office, desk):
    kept = desk.ask(lambda ctx: [each.value for each in ctx.session.scalars(select(Setting))])
    assert not [value for value in kept if "3d844edf" in value]
    assert desk.ask(sending.settings).has_key
    with pytest.raises(UserError, match="That is not a key"):
        desk.do(sending.set_sending, SendingSettings(), "1234")
    desk.do(sending.set_sending, SendingSettings(EMAIL_TEMPLATE), "")
    assert desk.ask(sending.settings) == SendingSettings(EMAIL_TEMPLATE)
    assert desk.ask(sending.provider) is None
    assert looks_like_key(f"  {KEY} ")


def test_a_template_that_is_not_set_stops_with_a_sentence(desk, account, notify):
    write(desk, account)
    with Client(KEY, "", "", url=notify.url) as client:
        result = jobs.send(desk, provider=client)
    assert result.stopped == "The template for e-mails in GOV.UK Notify isn't set."


def test_waits_grow_and_end():
    now = datetime(2026, 11, 21, tzinfo=UTC)
    assert [(next_try(n, now) - now) // timedelta(minutes=1) for n in (1, 2, 3, 8, 30)] == [1, 2, 4, 128, 240]


def test_somebody_without_an_address_is_refused_before_anything_is_queued(desk, landlord):
    bare = desk.do(tenant)
    with pytest.raises(UserError, match="No e-mail address"):
        write(desk, bare)
    assert write(desk, bare, recipient="other@example.com")


def test_an_email_goes_with_its_file_by_a_template_of_its_own(office, account, notify):
    office.do(sending.set_sending, SendingSettings(EMAIL_TEMPLATE, TEXT_TEMPLATE, file_template="with-file"), None)
    assert office.ask(sending.settings).takes_files
    paper = office.do(documents.put, b"%PDF-1.4 a sample", "application/pdf")
    office.do(documents.link, paper, NewLink(Subject.ACCOUNT, account, "order", "Order 1", "order 1.pdf"))
    mail = write(office, account, attached=paper)
    assert jobs.send(office).sent == 1
    assert notify.messages[0]["template_id"] == "with-file"
    file = notify.messages[0]["personalisation"]["file"]
    assert (base64.b64decode(file["file"]), file["filename"]) == (b"%PDF-1.4 a sample", "order 1.pdf")
    assert office.ask(register.detail, mail).text.endswith("With a file to download.")


@pytest.mark.parametrize(
    ("content", "named", "why"),
    [(b"a", "", "template for e-mails with a file"), (b"a" * 2_100_000, "with-file", "larger than the 2 MB")],
    ids=["no template", "too large"],
)
def test_a_file_that_cannot_go_is_told_of_its_email_alone(office, account, notify, content, named, why):
    office.do(sending.set_sending, SendingSettings(EMAIL_TEMPLATE, TEXT_TEMPLATE, file_template=named), None)
    paper = office.do(lambda ctx: documents.put(ctx, content, "application/pdf"))
    mail, other = write(office, account, attached=paper), write(office, account)
    result = jobs.send(office)
    assert (result.sent, result.failed) == (1, 1)
    assert why in row(office, mail).error
    assert row(office, other).state == OutgoingState.DELIVERED
