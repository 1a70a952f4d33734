"""A mailbox is fetched from a real server: whole, once, and in whatever pieces the network leaves it."""

import pytest
from sqlalchemy import select

from app.models.audit import AuditEntry
from app.models.post_log import PostItem, PostMailbox, PostMessage
from app.models.values import MailboxKind, MailSecurity
from app.services.core.errors import UserError
from app.services.core.session import Database
from app.services.post_log.mail.dto import TakenState, Why
from app.services.post_log.mailboxes import commands, queries
from app.services.post_log.mailboxes.dto import MailboxForm
from app.services.post_log.mailboxes.jobs import fetch, fetch_due, log_blanked
from tests.services.post_log.mail.messages import CARD, eml
from tests.services.post_log.mailboxes.imap_office import PASSWORD, USER, Cutting, ImapOffice


@pytest.fixture(scope="module")
def office():
    with ImapOffice() as made:
        yield made


def mailbox(desk, port, folder, name="Rents", **more):
    desk.do(
        commands.save,
        MailboxForm(
            name, MailboxKind.IMAP, USER, "127.0.0.1", port, MailSecurity.NONE, "", folder, secret=PASSWORD, **more
        ),
    )


def ids(desk):
    return sorted(desk.ask(lambda ctx: ctx.session.scalars(select(PostMessage.message_id)).all()))


def box(desk):
    return desk.ask(lambda ctx: ctx.session.scalars(select(PostMailbox)).one())


@pytest.mark.parametrize("answered", [False, True], ids=["before the command", "before its answer"])
def test_cut_at_every_command_nothing_is_lost_twice_or_marked_unstored(desk, office, monkeypatch, answered):
    monkeypatch.setattr("app.services.post_log.mailboxes.imap.PORTION", 2)
    monkeypatch.setattr("app.services.post_log.mailboxes.jobs._TRIES", 1)
    folder = f"cut{answered}"
    office.put(*(eml(each) for each in range(3)), folder=folder)
    wanted = sorted(f"m{each}@example.org" for each in range(3))
    with Cutting(office.port, 1, answered=answered) as proxy:
        mailbox(desk, proxy.port, folder)
        for cut in range(1, 40):
            proxy.at = cut
            found = fetch(desk).boxes[0]
            assert set(office.seen(folder)) <= set(ids(desk))
            assert len(set(ids(desk))) == len(ids(desk)) == len(desk.ask(_items))
            if not found.error:
                break
        assert not found.error
        assert cut > 6
    assert ids(desk) == wanted == office.seen(folder)
    assert fetch(desk).boxes[0].imported.taken == ()


def _items(ctx):
    return ctx.session.scalars(select(PostItem.id)).all()


def test_within_one_fetch_a_lost_connection_is_made_again(desk, office, monkeypatch):
    monkeypatch.setattr("app.services.post_log.mailboxes.imap.PORTION", 2)
    office.put(*(eml(each) for each in range(5)), folder="again")
    with Cutting(office.port, 9) as proxy:
        mailbox(desk, proxy.port, "again")
        found = fetch(desk).boxes[0]
        assert b"EXPUNGE" not in proxy.commands  # what colleagues have marked as deleted stays
    assert (found.error, len(ids(desk)), len(office.seen("again"))) == ("", 5, 5)


def test_what_may_not_be_kept_waits_unread_until_it_is_settled(desk, office):
    office.put(eml(1), eml(2, f"card {CARD}"), b"\r\nno message at all", folder="held")
    mailbox(desk, office.port, "held")
    found = fetch(desk).imported
    assert (found.count(TakenState.LOGGED), [each.why for each in found.left]) == (1, [Why.UNREADABLE, Why.CARD])
    assert office.seen("held") == ["m1@example.org"]
    assert fetch(desk).imported.left == ()
    unreadable, card = desk.ask(queries.left)
    log_blanked(desk, card)
    desk.do(commands.settle, unreadable.left_id)
    assert desk.ask(queries.left) == ()
    assert ids(desk) == ["m1@example.org", "m2@example.org"]
    with pytest.raises(UserError, match="settled already"):
        desk.do(commands.settle, card.left_id)


def test_numbers_that_mean_nothing_any_more_are_asked_for_anew(desk, office):
    office.put(eml(1), folder="renumbered")
    mailbox(desk, office.port, "renumbered")
    fetch(desk)
    client = office.client()
    client.delete("renumbered")
    client.logout()
    office.put(eml(1), eml(2), folder="renumbered")
    found = fetch(desk).imported
    assert (found.count(TakenState.KNOWN), found.count(TakenState.LOGGED)) == (1, 1)


def test_why_a_fetch_failed_is_told(desk, office):
    mailbox(desk, office.port, "no such folder")
    assert "no folder" in fetch(desk).boxes[0].error
    assert "no folder" in box(desk).error
    shown = desk.ask(queries.listed)[0]
    desk.do(commands.save, MailboxForm("Rents", MailboxKind.IMAP, USER, "127.0.0.1", office.port, MailSecurity.NONE, secret="wrong", mailbox_id=shown.mailbox_id, version=shown.version))  # fmt: skip
    assert "user name and password" in fetch(desk).boxes[0].error
    with pytest.raises(UserError, match="no mailbox 'Other'"):
        fetch(desk, ["Other"])


def test_secrets_are_sealed_and_nowhere_else(desk, database_file):
    mailbox(desk, 143, "INBOX")
    assert PASSWORD.encode() not in database_file.read_bytes()
    audited = desk.ask(lambda ctx: "".join(ctx.session.scalars(select(AuditEntry.after))))
    assert PASSWORD not in audited
    assert '"sealed"' not in audited
    assert desk.ask(queries.listed)[0].form.secret == ""


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"security": MailSecurity.NONE, "host": "mail.council.example"}, "security"),
        ({"kind": MailboxKind.GRAPH}, "sign_in"),
        ({"host": " "}, "host"),
        ({"secret": ""}, "secret"),
        ({"address": "rents"}, "address"),
    ],
)
def test_what_a_mailbox_needs(desk, change, field):
    whole = {"name": "Rents", "kind": MailboxKind.IMAP, "address": USER, "host": "127.0.0.1", "secret": "s"} | change
    with pytest.raises(UserError) as refused:
        desk.do(commands.save, MailboxForm(**whole))
    assert refused.value.field == field


def test_those_whose_time_has_come(desk, office, clock):
    office.put(eml(1), folder="timed")
    mailbox(desk, office.port, "timed", every_minutes=15)
    mailbox(desk, office.port, "timed", name="By hand")
    assert [each.name for each in fetch_due(desk).boxes] == ["Rents"]
    assert fetch_due(desk).boxes == ()
    assert isinstance(desk.database, Database)
