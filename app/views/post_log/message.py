"""The e-mails of an item, shown without anything from elsewhere, and the sheet of what was brought in."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any, Final

from PySide6.QtCore import QUrl, Signal
from PySide6.QtWidgets import QTextBrowser, QWidget

from app.services.letters.dto import OUTGOING_STATES, OutgoingState
from app.services.post_log.mail.dto import Imported, Left, ShownMessage, TakenState, Why
from app.services.post_log.sending.dto import SentMail
from app.views.common import formats
from app.views.common.columns import Column, ListModel
from app.views.common.data_table import DataTable
from app.views.common.dialogs import Sheet
from app.views.common.fields import TickField
from app.views.common.flow import FlowLayout
from app.views.common.parts import button, column, label, restyle
from app.views.common.theme import scaled

_MOST_NAMED: Final = 40


class MessageView(QTextBrowser):
    """E-mails one under the other. Nothing is fetched, nothing runs, and no link opens.

    Signals:
        link_pressed(address): a link was pressed; it is shown and copied, never opened.
    """

    link_pressed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("The e-mails of this item")
        self.setOpenLinks(False)
        self.setTabChangesFocus(True)
        self.anchorClicked.connect(lambda url: self.link_pressed.emit(url.toString()))

    def loadResource(self, kind: int, name: QUrl | str) -> Any:  # noqa: N802  Qt's name
        """Pictures, styles and whatever else a message asks for: nothing."""
        return None


class MessagePart(QWidget):
    """The e-mails of an item: those that came, and how those stand that go out from a mailbox of the office.

    Signals:
        again_wanted(outgoing_id): send one that failed once more.
        went_wanted(outgoing_id): one of which nobody knew went.
    """

    again_wanted = Signal(int)
    went_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.sent = label("", wrap=True)
        self.again, self.went = button("Send it again"), button("It went: note that")
        self.again.clicked.connect(lambda: self.again_wanted.emit(self._failed or 0))
        self.went.clicked.connect(lambda: self.went_wanted.emit(self._failed or 0))
        self._failed: int | None = None
        self.view = MessageView()
        self.plain = TickField("As &plain text")
        self.note = label("", "muted", wrap=True)
        tools = FlowLayout()
        tools.addWidget(self.plain)
        decide = FlowLayout()
        for each in (self.again, self.went):
            decide.addWidget(each)
        lines = column(self, self.sent, decide, tools, self.note, self.view, spacing=6)
        lines.setStretch(lines.indexOf(self.view), 1)
        self.plain.changed.connect(self._show)
        self._shown: tuple[ShownMessage, ...] = ()
        self.clear()

    def show_messages(self, shown: tuple[ShownMessage, ...], sent: tuple[SentMail, ...] = ()) -> None:
        """Show the e-mails of an item, the newest first."""
        self._shown = shown
        failed = next((each for each in sent if each.state is OutgoingState.FAILED), None)
        self._failed = failed.outgoing_id if failed is not None else None
        self.sent.setText("\n".join(map(_stands, sent)))
        restyle(self.sent, tone="bad" if failed is not None else "")
        self.sent.setVisible(bool(sent))
        self.again.setVisible(failed is not None)
        self.went.setVisible(failed is not None and failed.doubtful)
        self.plain.setVisible(any(each.html for each in shown))
        self._show()

    @property
    def messages(self) -> tuple[ShownMessage, ...]:
        """The e-mails that are shown."""
        return self._shown

    def clear(self) -> None:
        """No item is shown."""
        self.show_messages(())

    def _show(self) -> None:
        plain = bool(self.plain.value())
        self.view.setHtml("<hr>".join(_whole(each, plain=plain) for each in self._shown))
        left = sum(each.left_out for each in self._shown)
        told = [f"{formats.count(left, 'picture')} or other things from elsewhere are not shown."] if left else []
        self.note.setText(
            " ".join(told) if self._shown else "No e-mail is kept with it. What was noted stands under What it says."
        )
        self.note.setVisible(bool(told) or not self._shown)
        self.view.setVisible(bool(self._shown))


def _stands(sent: SentMail) -> str:
    """How one that goes out stands, as a sentence."""
    what = "Passed on" if sent.forward else "Answer"
    state = "Not sent" if sent.state is OutgoingState.FAILED else OUTGOING_STATES[sent.state]
    why = f" {sent.error}" if sent.error else ""
    return f"{what} to {sent.to}, {formats.moment(sent.at)}: {state[0].lower()}{state[1:]}.{why}"


def _whole(shown: ShownMessage, *, plain: bool) -> str:
    """One message: who, when, what came with it, and what it says."""
    sender = shown.sender if shown.sender == shown.sender_address else f"{shown.sender} <{shown.sender_address}>"
    heads = [("From", sender), ("To", _few(shown.recipients, ", "))]
    heads += [("Sent", formats.moment(shown.sent_at))] if shown.sent_at else []
    heads += [("With it", _few([_attachment(each) for each in shown.attachments], "; "))]
    rows = "".join(
        f"<tr><td>{name}&nbsp;&nbsp;</td><td>{escape(text)}</td></tr>" for name, text in heads if text.strip(" <>")
    )
    remarks = "".join(f"<p><i>{escape(each)}</i></p>" for each in shown.remarks)
    body = shown.html if shown.html and not plain else escape(shown.text).replace("\n", "<br>")
    return f"<h4>{escape(shown.subject) or '(no subject)'}</h4><table>{rows}</table>{remarks}<div>{body}</div>"


def _few(names: Sequence[str], between: str) -> str:
    """So many names as somebody reads, and how many others there are."""
    others = f"{between}and {len(names) - _MOST_NAMED:,} others" if len(names) > _MOST_NAMED else ""
    return between.join(names[:_MOST_NAMED]) + others


def _attachment(each: Any) -> str:
    size = f"{each.name}, {formats.size(each.size)}"
    return f"{size} ({each.remark[0].lower()}{each.remark[1:].rstrip('.')})" if each.remark else size


_LEFT: tuple[Column[Left], ...] = (
    Column("place", "Left where it is", lambda row: row.place.replace("\\", "/").rpartition("/")[2], 210, least=1),
    Column("message", "Why", lambda row: row.message, 330),
    Column("hint", "What to do", lambda row: row.hint, 300, least=2),
)


class LeftSheet(Sheet):
    """What was brought in, and what was not: nothing of that was saved, and it is where it was."""

    def __init__(self, parent: QWidget, found: Imported) -> None:
        cards = [each for each in found.left if each.why is Why.CARD]
        primary = "Log with the numbers blanked" if cards else ""
        super().__init__(parent, "Not every e-mail was brought in", primary=primary, close="Close", note=told(found))
        self.cards: Sequence[Left] = cards
        self.model: ListModel[Left] = ListModel(_LEFT)
        self.table = DataTable("E-mails that were left", self.model, stretch="message")
        self.model.show_rows(found.left)
        self.said = label("", wrap=True)
        self.table.chosen.connect(
            lambda left: self.said.setText(f"{left.message} {left.hint}".strip() if isinstance(left, Left) else "")
        )
        self.table.go_to(0)
        self.body.addWidget(self.table)
        self.body.addWidget(self.said)
        if cards:
            held = f"{formats.count(len(cards), 'message')} held a card number. Logged with it blanked, the attachments"
            self.body.addWidget(label(f"{held} that hold one are left out.", "muted", wrap=True))
        self.resize(scaled(860), scaled(420))


def told(found: Imported) -> str:
    """What became of some e-mails, in a sentence."""
    parts = [f"{formats.count(found.count(TakenState.LOGGED), 'e-mail')} logged"]
    if joined := found.count(TakenState.JOINED):
        parts.append(f"{joined:,} joined a conversation")
    if known := found.count(TakenState.KNOWN):
        parts.append(f"{known:,} {'was' if known == 1 else 'were'} there before")
    if found.left:
        parts.append(f"{len(found.left):,} left where {'it is' if len(found.left) == 1 else 'they are'}")
    return f"{', '.join(parts)}.{' It was stopped: bring them in again for the rest.' if found.stopped else ''}"
