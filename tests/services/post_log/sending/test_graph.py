"""Answers go out through Microsoft Graph as drafts that are sent: looked up under their Message-ID before anything goes again."""

from dataclasses import replace
from email import message_from_bytes, policy

import pytest

from app.models.values import MailboxKind, SignIn
from app.services.letters.dto import OutgoingState
from app.services.post_log.mailboxes import commands as mailboxes
from app.services.post_log.mailboxes.dto import MailboxForm
from app.services.post_log.sending import commands, queries
from app.services.post_log.sending.jobs import send
from tests.services.post_log.mailboxes.graph_standin import ADDRESS, SECRET, TENANT, GraphOffice
from tests.services.post_log.sending.conftest import answer, arrive, eml, line


@pytest.fixture
def office(tmp_path, monkeypatch, desk):
    with GraphOffice(tmp_path) as made:
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(made.trust))
        monkeypatch.setattr("app.services.post_log.mailboxes.tokens.AUTHORITY", made.url)
        monkeypatch.setattr("app.services.post_log.mailboxes.graph.BASE", f"{made.url}/v1.0")
        desk.do(mailboxes.save, MailboxForm("Rents", MailboxKind.GRAPH, ADDRESS, sign_in=SignIn.APP, tenant=TENANT, client_id="app", secret=SECRET, sends=True))  # fmt: skip
        yield made


def test_an_answer_is_a_draft_that_is_sent(desk, office, item):
    done = answer(desk, item)
    assert send(desk).sent == 1
    (content,) = office.sent.values()
    mail = message_from_bytes(content, policy=policy.default)
    assert (mail["To"], mail["In-Reply-To"], mail["Subject"]) == ("ada@example.org", "<m2@example.org>", "Re: My rent")
    assert office.drafts == {}
    assert line(desk, done.outgoing_id).state == OutgoingState.SENT
    assert desk.ask(queries.unfiled) == ()


@pytest.mark.parametrize("cut", [1, 2, 3])
def test_hung_up_on_at_every_call_it_goes_once(desk, office, item, hands, cut):
    desk = replace(desk, clock=hands)
    done = answer(desk, item)
    office.cut_at = cut
    assert send(desk).sent == 0
    hands.wait(minutes=10)
    assert send(desk).sent == 1
    assert len(office.sent) == 1
    assert office.drafts == {}
    assert line(desk, done.outgoing_id).state == OutgoingState.SENT


def test_sent_and_no_answer_given_it_is_found_and_not_sent_again(desk, office, item, hands):
    desk = replace(desk, clock=hands)
    done = answer(desk, item)
    office.loses = True
    assert send(desk).sent == 0
    assert line(desk, done.outgoing_id).state == OutgoingState.SENDING
    hands.wait(minutes=10)
    assert send(desk).sent == 1
    assert len(office.sent) == 1


def test_where_microsoft_has_nothing_of_it_an_officer_decides(desk, office, item, hands):
    desk = replace(desk, clock=hands)
    done = answer(desk, item)
    office.loses = True
    send(desk)
    office.sent.clear()
    hands.wait(minutes=10)
    assert send(desk).failed == 1
    assert desk.ask(queries.of_item, item)[0].doubtful
    office.loses = False
    desk.do(commands.send_again, done.outgoing_id)
    assert send(desk).sent == 1


def test_what_microsoft_says_of_an_address_is_told(desk, office, landlord):
    item = arrive(desk, eml(1, sender="Nobody <nobody@example.org>"))
    done = answer(desk, item)
    assert "At least one recipient is not valid" in send(desk).said
    assert line(desk, done.outgoing_id).state == OutgoingState.FAILED
