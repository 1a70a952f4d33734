"""Scenes of e-mail on the Post tab."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.models.values import MailboxKind, SignIn
from app.services.letters.dto import Channel, OutgoingState, Preview, TemplateRow, Wording
from app.services.post_log.answering.dto import AnswerBy, AnswerForm
from app.services.post_log.answering.dto import Way as PostWay
from app.services.post_log.mail.dto import Imported, Left, Taken, TakenState, Why
from app.services.post_log.mailboxes.dto import LeftRow, MailboxForm, MailboxRow
from app.services.post_log.register.dto import RegisterFilter, Way
from app.services.post_log.sending.dto import ForwardForm, SendingBox, SentMail
from app.services.post_log.sending.handing import NOBODY_KNOWS
from app.shots.stage import Scene, Stage
from app.views.post_log.answering import AnswerSheet
from app.views.post_log.forwarding import ForwardSheet
from app.views.post_log.mailbox import MailboxSheet
from app.views.post_log.message import LeftSheet, MessagePart
from app.views.post_log.rules import RuleSheet

_LEFT = (
    Left(
        str(Path("inbox", "payment.eml")),
        Why.CARD,
        "It holds what looks like a card number, ending 1111; nothing of it was saved.",
        "Ask the sender never to send one. Log it with the number blanked, or delete the message.",
    ),
    Left(
        str(Path("inbox", "saved.msg")),
        Why.UNREADABLE,
        "Its name says Outlook message, but it is not one.",
        "Save it again in Outlook.",
    ),
)


def _message(subject: str, stage: Stage) -> QWidget:
    page = stage.controller("post_log").page
    page.sections.open("")
    page.show_only(RegisterFilter(ways=frozenset({Way.IN})))
    stage.settle()
    for at in range(page.list.model.rowCount()):
        page.list.table.go_to(at)
        stage.settle()
        if page.detail is not None and page.detail.row.subject == subject:
            break
    page.card.parts.open_drawer("mail")
    stage.settle()
    return stage.window


def _doubtful(stage: Stage) -> QWidget:
    """An answer of which nobody knows whether it went."""
    window = _message("Rent account", stage)
    part = window.findChild(MessagePart)
    assert part is not None
    words = f"The connection was lost after the message was handed over. {NOBODY_KNOWS}"
    sent = SentMail(1, "sam@example.com", "Re: Rent account", OutgoingState.FAILED, _AT, False, True, words)
    part.show_messages(part.messages, (sent,))
    stage.reveal(part)
    return window


def _reply(stage: Stage) -> QWidget:
    page = stage.controller("post_log").page
    text = "Good morning,\n\nplease tell me what my balance is.\n\nSam Example"
    email = PostWay(AnswerBy.EMAIL, "sam@example.com")
    form = AnswerForm(1, "2026/0041", 1, "Sam Example", "Rent account", None, None, (email,), (), (), text)
    files = ((1, "Statement 2026.pdf, 84 kB"), (2, "Photograph of the letter.png, 1.2 MB"))
    AnswerSheet(page, replace(form, boxes=(_BOX,), documents=files, templates=(_OWN_WORDS,)), "").open()
    sheet = stage.fresh(AnswerSheet)
    sheet.text.set_value("Your account is clear: nothing is owed today.")
    quote = "\n".join(f"> {line}".rstrip() for line in text.splitlines())
    said = f"Dear Sam Example\n\nYour account is clear: nothing is owed today.\n\nSam Example wrote:\n{quote}\n"
    sheet.show_preview(Preview(text=said, addressee="Sam Example"))
    stage.settle()
    return sheet


def _forward(stage: Stage) -> QWidget:
    page = stage.controller("post_log").page
    form = ForwardForm(1, "2026/0042", 1, "Sam Example", "My boiler", (_BOX,), ("repairs@council.example",))
    ForwardSheet(page, form, "").open()
    sheet = stage.fresh(ForwardSheet)
    sheet.to.set_value("repairs@council.example")
    stage.settle()
    return sheet


def _left(stage: Stage) -> QWidget:
    page = stage.controller("post_log").page
    LeftSheet(page, Imported((Taken("", 1, TakenState.LOGGED),), _LEFT)).open()
    return stage.sheet(LeftSheet)


def _rules(stage: Stage) -> QWidget:
    stage.controller("post_log").section("rules")
    stage.settle()
    return stage.window


def _rule(stage: Stage) -> QWidget:
    section = stage.controller("post_log").section("rules")
    stage.settle()
    section.page.new_wanted.emit()
    return stage.sheet(RuleSheet)


def _mailboxes(stage: Stage) -> QWidget:
    section = stage.controller("post_log").section("mailboxes")
    stage.settle()
    section.page.show_all(_BOXES, _HELD)
    return stage.window


def _mailbox(imap: bool, stage: Stage) -> QWidget:
    section = stage.controller("post_log").section("mailboxes")
    stage.settle()
    section.page.new_wanted.emit()
    sheet = stage.sheet(MailboxSheet)
    if imap:
        sheet.kind.set_value(MailboxKind.IMAP)
        sheet.sends.set_value(True)
    stage.settle()
    return sheet


_OWN_WORDS = TemplateRow(
    0,
    "answer",
    "Answer in your own words",
    Channel.EMAIL,
    Wording("", ""),
    0,
    shipped=True,
    from_on=None,
    blanks=(("answer", "Answer"),),
)
_BOX = SendingBox(1, "Rents", "rents@council.example", 3_000_000)
_AT = datetime(2026, 11, 21, 9, 40, tzinfo=UTC)
_BOXES = (
    MailboxRow(
        1,
        1,
        MailboxForm(
            "Rents", MailboxKind.GRAPH, "rents@council.example", sign_in=SignIn.APP, every_minutes=15, sends=True
        ),
        _AT,
        "",
        1,
    ),
    MailboxRow(
        2,
        1,
        MailboxForm("Garages", MailboxKind.IMAP, "garages@council.example", host="imap.council.example"),
        _AT,
        "The connection to imap.council.example was lost or could not be made.",
        0,
    ),
)
_HELD = (LeftRow(1, 1, "Rents", "AAkALg1", Why.CARD, _LEFT[0].message, _LEFT[0].hint, _AT),)

SCENES = (
    Scene("post-mail", partial(_message, "Direct Debit")),
    Scene("post-mail-conversation", partial(_message, "Rent account")),
    Scene("post-mail-doubtful", _doubtful),
    Scene("post-mail-reply", _reply),
    Scene("post-mail-forward", _forward),
    Scene("post-mail-left", _left),
    Scene("post-mailboxes", _mailboxes),
    Scene("post-mailbox", partial(_mailbox, False)),
    Scene("post-mailbox-imap", partial(_mailbox, True)),
    Scene("post-rules", _rules),
    Scene("post-rule", _rule),
)
