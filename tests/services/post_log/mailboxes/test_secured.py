"""A mailbox over TLS with a certificate of its own, and with a token instead of a password."""

import pytest

from app.models.values import MailboxKind, MailSecurity, SignIn
from app.services.post_log.mail.dto import TakenState
from app.services.post_log.mailboxes import commands, queries
from app.services.post_log.mailboxes.dto import MailboxForm
from app.services.post_log.mailboxes.jobs import fetch
from tests.services.post_log.mail.messages import eml
from tests.services.post_log.mailboxes.certificates import certificate
from tests.services.post_log.mailboxes.imap_office import PASSWORD, USER, ImapOffice

BEARER = "made-up token"


@pytest.fixture
def secured(tmp_path, monkeypatch):
    context, trust = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(trust))
    return context


def mailbox(desk, port, **more):
    whole = {"host": "127.0.0.1", "port": port, "security": MailSecurity.TLS, "secret": PASSWORD} | more
    desk.do(commands.save, MailboxForm("Rents", MailboxKind.IMAP, USER, **whole))


def test_over_tls_and_nothing_is_said_to_a_server_that_nobody_vouches_for(desk, secured, monkeypatch):
    with ImapOffice(secured) as office:
        office.put(eml(1))
        mailbox(desk, office.port)
        found = fetch(desk)
        assert (found.boxes[0].error, found.imported.count(TakenState.LOGGED)) == ("", 1)
        monkeypatch.delenv("SSL_CERT_FILE")
        assert "certificate of 127.0.0.1 is not valid" in fetch(desk).boxes[0].error


def test_with_a_token_instead_of_a_password(desk, secured, monkeypatch):
    token = "app.services.post_log.mailboxes.imap.token"
    monkeypatch.setattr(token, lambda *_: BEARER)
    with ImapOffice(secured, BEARER) as office:
        office.put(eml(1))
        mailbox(desk, office.port, sign_in=SignIn.APP, tenant="t", client_id="c")
        found = fetch(desk)
        assert (found.boxes[0].error, found.imported.count(TakenState.LOGGED)) == ("", 1)
        monkeypatch.setattr(token, lambda *_: "run out")
        assert "doesn't take" in fetch(desk).boxes[0].error
        assert BEARER not in repr(desk.ask(queries.listed))
