"""A landlord, an item that came by e-mail, and servers that take the answers."""

import pytest
from sqlalchemy import select

from app.models.letters import Outgoing
from app.models.post_log import PostItem
from app.models.values import MailboxKind, MailSecurity, SignIn
from app.services.post_log.answering.commands import answers
from app.services.post_log.answering.dto import AnswerBy, NewAnswer
from app.services.post_log.logging.commands import confirm
from app.services.post_log.mail.commands import take_in
from app.services.post_log.mail.dto import Original
from app.services.post_log.mail.reading import read
from app.services.post_log.mailboxes import commands as mailboxes
from app.services.post_log.mailboxes.dto import MailboxForm
from tests.prepared import prepared
from tests.services.letters.conftest import Hands
from tests.services.letters.conftest import landlord as _landlord
from tests.services.post_log.answering.conftest import item_of as _item_of
from tests.services.post_log.answering.conftest import steps as _steps
from tests.services.post_log.mail.messages import eml, pdf
from tests.services.post_log.mailboxes.certificates import certificate
from tests.services.post_log.sending.smtp_office import PASSWORD, USER, SmtpOffice

landlord, item_of, steps = _landlord, _item_of, _steps


@pytest.fixture
def hands():
    return Hands()


@pytest.fixture
def secured(tmp_path, monkeypatch):
    """What a server needs to speak TLS; this test's programs trust it."""
    context, trust = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(trust))
    return context


@pytest.fixture
def smtp(secured):
    with SmtpOffice(secured) as made:
        yield made


def mailbox(desk, smtp, **more):
    """The team's mailbox, whose answers go out by a server."""
    whole = {"name": "Rents", "kind": MailboxKind.IMAP, "address": USER, "host": "127.0.0.1", "port": 1, "security": MailSecurity.NONE, "sign_in": SignIn.PASSWORD, "secret": PASSWORD, "sends": True, "smtp_host": "127.0.0.1", "smtp_port": smtp.port, "smtp_security": MailSecurity.STARTTLS}  # fmt: skip
    desk.do(mailboxes.save, MailboxForm(**whole | more))


def arrive(desk, *messages, at=0):
    """Bring e-mails in and confirm what was guessed of the first item; returns it."""
    originals = [Original(str(number), each) for number, each in enumerate(messages)]
    found = desk.do(take_in, [(each, read(each)) for each in originals])
    item_id = found.taken[at].item_id
    desk.do(confirm, [item_id])
    return item_id


def answer(desk, item_id, text="Nothing is owed.", key="k", **more):
    version = desk.ask(lambda ctx: ctx.session.get_one(PostItem, item_id).version)
    return desk.do(answers.answer, NewAnswer(item_id, AnswerBy.EMAIL, text, version, key=key, mailbox_id=1, **more))


def line(desk, outgoing_id):
    return desk.ask(lambda ctx: ctx.session.scalars(select(Outgoing).where(Outgoing.id == outgoing_id)).one())


@prepared
def item(desk, landlord):
    """An e-mail about the rent with a file, in a conversation."""
    return arrive(
        desk, eml(2, "Please look.\nAda", subject="My rent", answers="<m0@example.org>", files=(("a.pdf", pdf()),))
    )


__all__ = ["eml"]
