"""A mailbox of Microsoft 365 is fetched by Graph's mail calls, from a stand-in on this computer."""

import pytest
from sqlalchemy import select

from app.models.post_log import PostMessage
from app.models.values import MailboxKind, SignIn
from app.services.post_log.mail.dto import TakenState, Why
from app.services.post_log.mailboxes import commands, queries
from app.services.post_log.mailboxes.dto import MailboxForm
from app.services.post_log.mailboxes.jobs import fetch
from tests.services.post_log.mail.messages import CARD, eml
from tests.services.post_log.mailboxes.graph_standin import ADDRESS, SECRET, TENANT, GraphOffice


@pytest.fixture
def office(tmp_path, monkeypatch):
    with GraphOffice(tmp_path) as made:
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(made.trust))
        monkeypatch.setattr("app.services.post_log.mailboxes.tokens.AUTHORITY", made.url)
        monkeypatch.setattr("app.services.post_log.mailboxes.graph.BASE", f"{made.url}/v1.0")
        yield made


def mailbox(desk, secret=SECRET):
    desk.do(
        commands.save,
        MailboxForm(
            "Rents", MailboxKind.GRAPH, ADDRESS, sign_in=SignIn.APP, tenant=TENANT, client_id="app", secret=secret
        ),
    )


def ids(desk):
    return sorted(desk.ask(lambda ctx: ctx.session.scalars(select(PostMessage.message_id)).all()))


def test_only_what_is_new_is_fetched_and_marked(desk, office):
    office.put(eml(1), eml(2), eml(3, f"card {CARD}"))
    mailbox(desk)
    found = fetch(desk)
    assert (found.boxes[0].error, found.imported.count(TakenState.LOGGED)) == ("", 2)
    assert [each.why for each in found.imported.left] == [Why.CARD]
    assert len(office.read) == 2
    office.asked.clear()
    office.put(eml(4))
    assert fetch(desk).imported.count(TakenState.LOGGED) == 1
    assert sum("$value" in each for each in office.asked) == 1
    assert desk.ask(queries.left)[0].why is Why.CARD


def test_hung_up_on_at_every_call_nothing_is_lost_twice_or_marked_unstored(desk, office, monkeypatch):
    monkeypatch.setattr("app.services.post_log.mailboxes.jobs._TRIES", 1)
    office.put(eml(1), eml(2), eml(3))
    mailbox(desk)
    names = {f"m{at}@example.org": name for at, name in enumerate(office.messages, start=1)}
    for cut in range(1, 30):
        office.asked.clear()
        office.cut_at = cut
        error = fetch(desk).boxes[0].error
        assert office.read <= {names[each] for each in ids(desk)}
        if not error:
            break
    assert cut > 5
    assert ids(desk) == sorted(names)
    assert office.read == set(names.values())


def test_where_to_go_on_is_forgotten_at_microsoft(desk, office):
    office.put(eml(1))
    mailbox(desk)
    fetch(desk)
    office.forgotten = True
    office.put(eml(2))
    found = fetch(desk).imported
    assert (found.count(TakenState.KNOWN), found.count(TakenState.LOGGED)) == (1, 1)


def test_a_wrong_secret_is_told(desk, office):
    mailbox(desk, "another")
    error = fetch(desk).boxes[0].error
    assert "AADSTS7000215" in error
    assert "another" not in error
