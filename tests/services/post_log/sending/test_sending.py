"""Answers go out from the team's mailbox by a real server: in the thread, once, and where nobody knows an officer decides."""

from dataclasses import replace
from email import message_from_bytes, policy

import pytest
from sqlalchemy import select

from app.models.documents import Document
from app.models.values import MailboxKind, MailSecurity, PostState, SignIn
from app.services.core.errors import UserError
from app.services.letters import jobs as notify
from app.services.letters.commands import queue
from app.services.letters.dto import OutgoingState
from app.services.letters.sending import LEASE
from app.services.post_log.answering import queries as answering
from app.services.post_log.answering.commands import answers
from app.services.post_log.answering.dto import AnswerBy, NewAnswer
from app.services.post_log.mail.commands import take_in
from app.services.post_log.mail.dto import Original, TakenState
from app.services.post_log.mail.reading import read as read_mail
from app.services.post_log.mailboxes import commands as boxes
from app.services.post_log.mailboxes.jobs import fetch
from app.services.post_log.mailboxes.queries import listed
from app.services.post_log.retention import deleting
from app.services.post_log.sending import commands, queries
from app.services.post_log.sending.jobs import send, send_in_background
from tests.factories import approving
from tests.services.post_log.mailboxes.imap_office import ImapOffice
from tests.services.post_log.sending.conftest import answer, arrive, eml, line, mailbox
from tests.services.post_log.sending.smtp_office import PASSWORD, USER, SmtpOffice


def read(content):
    return message_from_bytes(content, policy=policy.default)


def test_an_answer_goes_in_the_thread_from_the_teams_address(desk, smtp, item, item_of, steps):
    mailbox(desk, smtp)
    form = desk.ask(answering.answer_form, item)
    assert [box.address for box in form.boxes] == [USER]
    ((link, words),) = form.documents
    assert words.startswith("a.pdf, ")
    wanted = NewAnswer(item, AnswerBy.EMAIL, "Nothing is owed.", form.version, mailbox_id=1)
    assert "> Please look." in desk.ask(answering.preview_answer, wanted).text
    elsewhere = replace(wanted, recipient="other@example.org")
    assert "goes to the address that came from" in desk.ask(answering.preview_answer, elsewhere).stops[0]
    done = answer(desk, item, documents=(link,), outcome="Told them")
    assert done.mailed
    assert (line(desk, done.outgoing_id).state, smtp.messages) == (OutgoingState.QUEUED, [])
    assert send_in_background(desk).sent == 1
    ((sender, to, content),) = smtp.messages
    assert (sender, to) == (USER, "ada@example.org")
    mail = read(content)
    assert (mail["From"], mail["Subject"]) == (f"Rents <{USER}>", "Re: My rent")
    assert (mail["In-Reply-To"], mail["References"]) == ("<m2@example.org>", "<m0@example.org> <m2@example.org>")
    text = mail.get_body().get_content()
    assert "Nothing is owed." in text
    assert "Ada Sample wrote:\n> Please look.\n> Ada" in text.replace("\r\n", "\n")
    assert [each.get_filename() for each in mail.iter_attachments()] == ["a.pdf"]
    row = line(desk, done.outgoing_id)
    assert (row.state, row.subject_line, row.provider) == (OutgoingState.SENT, "Re: My rent", "mailbox")
    assert item_of(item).state is PostState.CLOSED
    assert ("replied", f"By e-mail from {USER}") in steps(item)
    assert send(desk).sent == 0
    assert len(smtp.messages) == 1


def test_what_answers_our_answer_joins_its_item(desk, smtp, item, item_of):
    mailbox(desk, smtp)
    answer(desk, item)
    send(desk)
    ours = read(smtp.messages[0][2])["Message-ID"]
    desk.do(answers.close, [item], "Done")
    desk.do(answers.reopen, item, "They wrote again")

    original = Original("x", eml(9, answers=ours))
    found = desk.do(take_in, [(original, read_mail(original))])
    assert [(each.item_id, each.state) for each in found.taken] == [(item, TakenState.JOINED)]


@pytest.mark.parametrize("lost", ["taken", "lost"])
def test_cut_after_the_message_it_is_never_sent_again_by_itself(desk, smtp, item, item_of, steps, hands, lost):
    desk = replace(desk, clock=hands)
    mailbox(desk, smtp)
    smtp.cut = lost
    done = answer(desk, item, outcome="Told them")
    result = send(desk)
    assert (result.sent, result.failed) == (0, 1)
    assert "Nobody knows whether it went" in result.said
    smtp.cut = ""
    hands.wait(hours=8)
    assert send(desk).sent == 0
    assert len(smtp.messages) == (lost == "taken")
    (shown,) = desk.ask(queries.of_item, item)
    assert (shown.state, shown.doubtful) == (OutgoingState.FAILED, True)
    assert (item_of(item).state, item_of(item).replied_on) == (PostState.OPEN, None)
    assert steps(item)[-1][0] == "reopened"
    if lost == "taken":
        desk.do(commands.note_it_went, done.outgoing_id)
    else:
        desk.do(commands.send_again, done.outgoing_id)
        assert send(desk).sent == 1
    assert len(smtp.messages) == 1
    assert line(desk, done.outgoing_id).state == OutgoingState.SENT
    assert item_of(item).replied_on == hands.today()
    with pytest.raises(UserError, match="has not failed"):
        desk.do(commands.send_again, done.outgoing_id)


@pytest.mark.parametrize("cut", ["EHLO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA"])
def test_cut_before_the_message_it_waits_and_goes_once(desk, smtp, item, hands, cut):
    desk = replace(desk, clock=hands)
    mailbox(desk, smtp)
    smtp.cut = cut
    done = answer(desk, item)
    assert "was lost" in send(desk).said
    assert line(desk, done.outgoing_id).state == OutgoingState.QUEUED
    smtp.cut = ""
    assert send(desk).sent == 0  # its time has not come
    hands.wait(minutes=2)
    assert send(desk).sent == 1
    assert len(smtp.messages) == 1


@pytest.mark.parametrize(
    ("answers_", "state", "words"),
    [
        ({"RCPT": "550 no such user"}, OutgoingState.FAILED, "doesn't take ada@example.org: no such user"),
        ({"RCPT": "451 later"}, OutgoingState.QUEUED, "later"),
        ({"END": "554 spam"}, OutgoingState.FAILED, "doesn't take it: spam"),
        ({"END": "452 full"}, OutgoingState.QUEUED, "full"),
        ({"MAIL": "550 not yours"}, OutgoingState.QUEUED, "doesn't send from rents@council.example"),
        ({"AUTH": "535 no"}, OutgoingState.QUEUED, "user name and password"),
    ],
)
def test_why_it_did_not_go_is_told(desk, smtp, item, answers_, state, words):
    mailbox(desk, smtp)
    smtp.answers = answers_
    done = answer(desk, item)
    assert words in send(desk).said
    row = line(desk, done.outgoing_id)
    assert row.state == state
    assert words in row.error
    assert smtp.messages == [] or "END" in answers_


def test_killed_while_it_was_handed_over_an_officer_decides(desk, smtp, item, hands, monkeypatch):
    desk = replace(desk, clock=hands)
    mailbox(desk, smtp)
    done = answer(desk, item)

    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(commands, "settle", killed)
        with pytest.raises(KeyboardInterrupt):
            send(desk)
    assert (line(desk, done.outgoing_id).state, len(smtp.messages)) == (OutgoingState.SENDING, 1)
    hands.wait(seconds=LEASE.total_seconds() + 1)
    assert send(desk).failed == 1
    assert desk.ask(queries.of_item, item)[0].doubtful
    assert len(smtp.messages) == 1


def test_the_copy_is_put_among_what_was_sent_once(desk, smtp, item, secured):
    with ImapOffice() as imap:
        imap.put(eml(50), folder="Sent Items")
        mailbox(desk, smtp, port=imap.port, folder="INBOX")
        answer(desk, item)
        send(desk)
        send(desk)
        assert desk.ask(queries.unfiled) == ()
        copies = [each for each in imap.all("Sent Items") if b"Nothing is owed." in each]
        assert len(copies) == 1
        assert read(copies[0])["Subject"] == "Re: My rent"
        assert fetch(desk).boxes[0].error == ""


def test_without_its_folder_or_its_server_the_answer_goes_all_the_same(desk, smtp, item):
    mailbox(desk, smtp, port=1)
    answer(desk, item)
    assert send(desk).sent == 1
    assert len(desk.ask(queries.unfiled)) == 1


def test_tls_from_the_first_byte_and_a_token_instead_of_a_password(desk, secured, item, monkeypatch):

    monkeypatch.setattr("app.services.post_log.sending.smtp.token", lambda *_: "made-up token")
    with SmtpOffice(secured, tls=True, bearer="made-up token") as smtp:
        mailbox(desk, smtp, smtp_security=MailSecurity.TLS, sign_in=SignIn.APP, tenant="t", client_id="c")
        answer(desk, item)
        assert send(desk).sent == 1
        smtp.bearer = "another"
        answer(desk, item, key="again")
        assert "user name and password" in send(desk).said


def test_a_certificate_that_nobody_vouches_for_gets_nothing(desk, smtp, item, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    mailbox(desk, smtp)
    answer(desk, item)
    assert "certificate of 127.0.0.1 is not valid" in send(desk).said
    assert "AUTH" not in smtp.commands
    assert PASSWORD not in repr(smtp.commands)


def test_an_answer_in_the_thread_goes_nowhere_but_back(desk, smtp, item):
    mailbox(desk, smtp)
    with pytest.raises(UserError, match="quotes their e-mail") as refused:
        answer(desk, item, recipient="other@example.org")
    assert refused.value.field == "recipient"
    with pytest.raises(UserError, match="no longer with the item"):
        answer(desk, item, documents=(9_999,))


def test_what_is_too_large_is_refused_before_it_is_queued(desk, smtp, item, monkeypatch):

    mailbox(desk, smtp)
    monkeypatch.setattr("app.services.post_log.sending.keeping._MOST", {MailboxKind.IMAP: 100})
    with pytest.raises(UserError, match="at most 0 MB"):
        answer(desk, item)
    assert desk.ask(queries.of_item, item) == ()


def test_what_goes_from_a_mailbox_is_not_for_notify(desk, smtp, item):
    mailbox(desk, smtp)
    done = answer(desk, item)
    assert notify.send(desk).left == 0
    assert line(desk, done.outgoing_id).error == ""
    desk.do(queue.cancel, [done.outgoing_id])
    assert send(desk).sent == 0
    assert smtp.messages == []


def test_a_mailbox_that_is_removed_meanwhile_says_so(desk, smtp, item):

    mailbox(desk, smtp)
    answer(desk, item)
    desk.do(boxes.remove, 1, desk.ask(listed)[0].version)
    assert "Nothing goes out from the mailbox" in send(desk).said
    assert desk.ask(answering.answer_form, item).boxes == ()


def test_two_e_mails_to_one_item_and_none_where_none_is_kept(desk, smtp, landlord):
    item = arrive(desk, eml(1, "first"), eml(2, "second", answers="<m1@example.org>"))
    mailbox(desk, smtp)
    answer(desk, item)
    send(desk)
    assert read(smtp.messages[0][2])["In-Reply-To"] == "<m2@example.org>"


def gone(ctx, item):
    """The content of an item deleted, as two officers have."""
    with approving.carried_out(ctx, "post_deletion", 1):
        deleting.delete(ctx, [item])


def test_what_an_answer_quoted_goes_with_the_content_of_its_item(desk, smtp, item):
    mailbox(desk, smtp)
    answer(desk, item)
    send(desk)
    desk.do(gone, item)
    kept = desk.ask(lambda ctx: ctx.session.scalars(select(Document.content)).all())
    assert [each for each in kept if b"Please look." in each] == []
    (shown,) = desk.ask(queries.of_item, item)
    assert shown.state is OutgoingState.SENT
    assert desk.ask(answering.answer_form, item).boxes == ()
