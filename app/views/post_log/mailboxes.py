"""The office's mailboxes and what waits in them, and the sheet in which one is set up."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QWidget

from app.models.values import MailboxKind, MailSecurity, SignIn
from app.services.post_log.mail.dto import Why
from app.services.post_log.mailboxes.dto import KINDS, SECURITIES, SIGN_INS, LeftRow, MailboxForm, MailboxRow
from app.views.common import formats
from app.views.common.columns import Column, ListModel
from app.views.common.data_table import DataTable
from app.views.common.dialogs import Sheet
from app.views.common.fields import ChoiceField, LineField
from app.views.common.flow import FlowLayout
from app.views.common.forms import Form
from app.views.common.page import Page
from app.views.common.parts import Card, action_button, column, label, row, scrolled
from app.views.common.theme import scaled

_NONE = "No mailbox is set up yet. Press Ctrl+N; your IT service desk knows what to fill in."
_NOTHING = "Nothing waits: every e-mail that was fetched is in the register."
_WAITING = (
    "These may not be kept as they are, so nothing of them was saved and they are unread in their mailbox."
    " Log one with its card number blanked, or deal with it there and say that it is settled."
)
_EVERY: tuple[tuple[str, object], ...] = (
    ("When asked", 0),
    ("Every 5 minutes", 5),
    ("Every 15 minutes", 15),
    ("Every hour", 60),
)
_STARTTLS_PORT, _TLS_PORT = 143, 993


class MailboxesPage(Page):
    """The mailboxes over what waits in them.

    Signals:
        new_wanted, change_wanted(MailboxRow), remove_wanted(MailboxRow), fetch_wanted: as they say.
        blank_wanted(LeftRow), settle_wanted(LeftRow): about a message that waits.
    """

    new_wanted = Signal()
    change_wanted = Signal(object)
    remove_wanted = Signal(object)
    fetch_wanted = Signal()
    blank_wanted = Signal(object)
    settle_wanted = Signal(object)

    def __init__(self, *, may_change: bool, may_fetch: bool) -> None:
        super().__init__("Mailboxes", areas=frozenset({"post_mailboxes"}), help_topic="post_log")
        self._may_change, self._may_fetch = may_change, may_fetch
        self.boxes: ListModel[MailboxRow] = ListModel(_BOXES)
        self.left: ListModel[LeftRow] = ListModel(_LEFT)
        self.box_table = DataTable("Mailboxes", self.boxes, stretch="error", empty=_NONE)
        self.left_table = DataTable("Waiting in the mailboxes", self.left, stretch="message", empty=_NOTHING)
        self._add_keys()
        self._arrange()
        self.box_table.chosen.connect(lambda _row: self._follow())
        self.left_table.chosen.connect(lambda _row: self._follow())
        self.box_table.opened.connect(lambda _row: self._change.trigger())
        self.setFocusProxy(self.box_table)
        self._follow()

    def show_all(self, boxes: tuple[MailboxRow, ...], left: tuple[LeftRow, ...]) -> None:
        """Show these."""
        self.boxes.show_rows(boxes)
        self.left.show_rows(left)
        for table, rows in ((self.box_table, boxes), (self.left_table, left)):
            if rows:
                table.go_to(0)
        self._follow()

    def _add_keys(self) -> None:
        self._fetch = self.add_key("Ctrl+R", "Fetch now", self.fetch_wanted.emit)
        self._new = self.add_key("Ctrl+N", "New mailbox", self.new_wanted.emit)
        self._change = self.add_key("Ctrl+E", "Change", lambda: self._give(self.change_wanted, self.box_table))
        self._remove = self.add_key("Ctrl+Del", "Remove", lambda: self._give(self.remove_wanted, self.box_table))
        self._blank = self.add_key(
            "Ctrl+B", "Log with the number blanked", lambda: self._give(self.blank_wanted, self.left_table)
        )
        self._settle = self.add_key("Ctrl+Shift+S", "Settled", lambda: self._give(self.settle_wanted, self.left_table))

    def _arrange(self) -> None:
        boxes = (
            (self._remove, "trash-can-outline", ""),
            (self._change, "pencil-outline", ""),
            (self._new, "plus", ""),
            (self._fetch, "email-sync-outline", "primary"),
        )
        waiting = ((self._settle, "check", ""), (self._blank, "eraser", ""))
        upper = _card("Mailboxes", boxes, self.box_table)
        lower = _card("Waiting in the mailboxes", waiting, self.left_table, _WAITING)
        inside = QWidget()
        inside.setObjectName("canvas")
        made = column(inside, upper, lower, spacing=12)
        made.setStretch(0, 1)
        made.setStretch(1, 1)
        for table in (self.box_table, self.left_table):
            table.setMinimumHeight(scaled(130))
        column(self, scrolled(inside))

    def _follow(self) -> None:
        box, left = self.box_table.row(), self.left_table.row()
        self._new.setEnabled(self._may_change)
        self._fetch.setEnabled(self._may_fetch and bool(self.boxes.rows))
        for action in (self._change, self._remove):
            action.setEnabled(self._may_change and isinstance(box, MailboxRow))
        there = self._may_fetch and isinstance(left, LeftRow)
        self._settle.setEnabled(there)
        self._blank.setEnabled(there and isinstance(left, LeftRow) and left.why is Why.CARD)

    def _give(self, signal: object, table: DataTable) -> None:
        chosen = table.row()
        if chosen is not None:
            signal.emit(chosen)  # type: ignore[attr-defined]


class MailboxSheet(Sheet):
    """One mailbox as a form; only what its kind needs is asked for."""

    def __init__(self, parent: QWidget, shown: MailboxRow | None) -> None:
        super().__init__(parent, "Change the mailbox" if shown else "New mailbox", primary="Save")
        self._shown = shown
        self.name, self.address = LineField(80), LineField(254)
        self.kind = ChoiceField([(name, each) for each, name in KINDS.items()])
        self.host, self.port = LineField(254, placeholder="imap.council.gov.uk"), LineField(5)
        self.security = ChoiceField([(name, each) for each, name in SECURITIES.items()])
        self.user, self.folder = LineField(254), LineField(200)
        self.sign_in = ChoiceField([(name, each) for each, name in SIGN_INS.items()])
        self.tenant, self.client_id, self.secret = LineField(80), LineField(80), LineField(300)
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.every = ChoiceField(_EVERY)
        inside = QWidget()
        self._fields = Form(inside)
        self._add_fields()
        self._form = self._fields
        self._fields.changed.connect(self.typed_changed)
        self.body.addWidget(scrolled(inside))
        inside.setObjectName("canvas")
        self.kind.changed.connect(self._begin_kind)
        self.sign_in.changed.connect(self._ask)
        self.security.changed.connect(self._usual_port)
        self._fill(shown.form if shown else MailboxForm("", MailboxKind.GRAPH, "", sign_in=SignIn.APP))
        self.setMinimumWidth(scaled(640))
        self.resize(scaled(640), scaled(680))

    def _add_fields(self) -> None:
        kept = (
            "Left empty, the one that is kept stays. It is kept encrypted." if self._shown else "It is kept encrypted."
        )
        for key, title, field, hint in (
            ("name", "&Name", self.name, "As the office calls it"),
            ("kind", "&By", self.kind, ""),
            ("address", "&Address", self.address, "The team's e-mail address"),
            ("host", "Ser&ver", self.host, ""),
            ("security", "&Protection", self.security, ""),
            ("port", "P&ort", self.port, ""),
            ("user", "&User name", self.user, "Left empty, the address"),
            ("folder", "&Folder", self.folder, ""),
            ("sign_in", "Sign in &with", self.sign_in, ""),
            ("tenant", "&Directory", self.tenant, "The council's tenant ID at Microsoft"),
            ("client_id", "App&lication", self.client_id, "Its client ID; it needs Mail.ReadWrite for this mailbox"),
            ("secret", "Passwo&rd or secret", self.secret, kept),
            ("every_minutes", "Fe&tched", self.every, ""),
        ):
            self._fields.add(key, title, field, hint)

    def mailbox(self) -> MailboxForm:
        """What the fields say."""
        port = str(self.port.value())
        return MailboxForm(
            str(self.name.value()),
            self.kind.value(),
            str(self.address.value()),
            str(self.host.value()),
            int(port) if port.isdecimal() else 0,
            self.security.value(),
            str(self.user.value()),
            str(self.folder.value()) or "INBOX",
            SignIn.APP if self.kind.value() is MailboxKind.GRAPH else self.sign_in.value(),
            str(self.tenant.value()),
            str(self.client_id.value()),
            str(self.secret.value()),
            int(self.every.value()),
            self._shown.mailbox_id if self._shown else None,
            self._shown.version if self._shown else 0,
        )

    def _fill(self, held: MailboxForm) -> None:
        for field, value in (
            (self.name, held.name),
            (self.kind, held.kind),
            (self.sign_in, held.sign_in),
            (self.address, held.address),
            (self.host, held.host),
            (self.security, held.security),
            (self.user, held.user),
            (self.folder, held.folder),
            (self.tenant, held.tenant),
            (self.client_id, held.client_id),
            (self.every, held.every_minutes),
            (self.port, str(held.port)),
        ):
            field.set_value(value)
        self._ask()

    def _begin_kind(self) -> None:
        """Microsoft 365 takes an application only; most IMAP servers take a password."""
        self.sign_in.set_value(SignIn.PASSWORD if self.kind.value() is MailboxKind.IMAP else SignIn.APP)
        self._ask()

    def _ask(self) -> None:
        imap = self.kind.value() is MailboxKind.IMAP
        app = not imap or self.sign_in.value() is SignIn.APP
        asked = {
            **dict.fromkeys(("host", "security", "port", "user", "sign_in"), imap),
            **dict.fromkeys(("tenant", "client_id"), app),
        }
        names = list(self._fields.values())
        for name, visible in asked.items():
            self._fields.setRowVisible(names.index(name), visible)

    def _usual_port(self) -> None:
        tls = self.security.value() is MailSecurity.TLS
        self.port.set_value(str(_TLS_PORT if tls else _STARTTLS_PORT))


def _card(title: str, actions: tuple[tuple[QAction, str, str], ...], table: DataTable, about: str = "") -> Card:
    card = Card(margins=(0, 12, 0, 6))
    buttons = FlowLayout(right=True)
    for action, icon, role in actions:
        buttons.addWidget(action_button(action, role=role, icon=icon))
    words = label(title, "heading")
    head = row(words, buttons)
    head.setStretch(1, 1)
    head.setAlignment(words, Qt.AlignmentFlag.AlignTop)
    head.setContentsMargins(scaled(14), 0, scaled(14), 0)
    card.column.addLayout(head)
    if about:
        said = label(about, "muted", wrap=True)
        said.setContentsMargins(scaled(14), 0, scaled(14), scaled(4))
        card.column.addWidget(said)
    card.column.addWidget(table, 1)
    return card


def _every(box: MailboxRow) -> str:
    minutes = box.form.every_minutes
    return next((words.lower() for words, each in _EVERY if each == minutes), f"every {minutes} minutes")


def _at(box: MailboxRow) -> str:
    return formats.moment(box.fetched_at) if box.fetched_at else "never"


def _went(box: MailboxRow) -> str:
    waits = f"{formats.count(box.waiting, 'message')} waiting there" if box.waiting else ""
    return box.error or waits


_BOXES: tuple[Column[MailboxRow], ...] = (
    Column("name", "Mailbox", lambda box: box.form.name, 150),
    Column("address", "Address", lambda box: box.form.address, 210, least=2),
    Column("kind", "By", lambda box: KINDS[box.form.kind], 110, least=3),
    Column("every", "Fetched", _every, 150, least=1),
    Column("at", "Last fetched", lambda box: box.fetched_at, 140, shown=_at),
    Column("error", "How it went", _went, 260, tone=lambda box: "bad" if box.error else "muted"),
)
_LEFT: tuple[Column[LeftRow], ...] = (
    Column("mailbox", "Mailbox", lambda left: left.mailbox, 120, least=1),
    Column("noted", "Found", lambda left: formats.moment(left.noted_at), 140, firm=True),
    Column("message", "Why it waits", lambda left: left.message, 360),
    Column("hint", "What to do", lambda left: left.hint, 260, least=2),
)
