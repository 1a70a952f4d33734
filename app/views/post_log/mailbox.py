"""The sheet in which a mailbox is set up: how it is fetched, and how e-mail goes out from it."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from app.models.values import MailboxKind, MailSecurity, SignIn
from app.services.post_log.mailboxes.dto import KINDS, SECURITIES, SIGN_INS, SMTP_SECURITIES, MailboxForm, MailboxRow
from app.views.common.dialogs import Sheet
from app.views.common.fields import ChoiceField, LineField, TickField
from app.views.common.forms import Form
from app.views.common.parts import scrolled
from app.views.common.theme import scaled

EVERY: tuple[tuple[str, object], ...] = (
    ("When asked", 0),
    ("Every 5 minutes", 5),
    ("Every 15 minutes", 15),
    ("Every hour", 60),
)
"""How often a mailbox is fetched, in words."""
_STARTTLS_PORT, _TLS_PORT = 143, 993
_SMTP_PORT, _SMTP_TLS_PORT = 587, 465
_OUTGOING = ("smtp_host", "smtp_security", "smtp_port", "sent_folder")


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
        self.every = ChoiceField(EVERY)
        self.sends = TickField("Answers go out from &it, in the thread")
        self.smtp_host, self.smtp_port = LineField(254, placeholder="smtp.council.gov.uk"), LineField(5)
        self.smtp_security = ChoiceField([(name, each) for each, name in SMTP_SECURITIES.items()])
        self.sent_folder = LineField(200, placeholder="The folder that the server names for it")
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
        self.sends.changed.connect(self._ask)
        self.smtp_security.changed.connect(self._usual_smtp_port)
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
            (
                "client_id",
                "App&lication",
                self.client_id,
                "Its client ID; it needs Mail.ReadWrite, and Mail.Send to answer",
            ),
            ("secret", "Passwo&rd or secret", self.secret, kept),
            ("every_minutes", "Fe&tched", self.every, ""),
            ("sends", "Answers", self.sends, ""),
            ("smtp_host", "Out&going server", self.smtp_host, "It takes the same user name and password"),
            ("smtp_security", "Its protection", self.smtp_security, ""),
            ("smtp_port", "Its port", self.smtp_port, ""),
            ("sent_folder", "&Copies in", self.sent_folder, ""),
        ):
            self._fields.add(key, title, field, hint)

    def mailbox(self) -> MailboxForm:
        """What the fields say."""
        port, smtp_port = str(self.port.value()), str(self.smtp_port.value())
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
            bool(self.sends.value()),
            str(self.smtp_host.value()),
            int(smtp_port) if smtp_port.isdecimal() else 0,
            self.smtp_security.value(),
            str(self.sent_folder.value()),
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
            (self.sends, held.sends),
            (self.smtp_host, held.smtp_host),
            (self.smtp_security, held.smtp_security),
            (self.smtp_port, str(held.smtp_port)),
            (self.sent_folder, held.sent_folder),
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
            **dict.fromkeys(_OUTGOING, imap and bool(self.sends.value())),
        }
        names = list(self._fields.values())
        for name, visible in asked.items():
            self._fields.setRowVisible(names.index(name), visible)

    def _usual_smtp_port(self) -> None:
        tls = self.smtp_security.value() is MailSecurity.TLS
        self.smtp_port.set_value(str(_SMTP_TLS_PORT if tls else _SMTP_PORT))

    def _usual_port(self) -> None:
        tls = self.security.value() is MailSecurity.TLS
        self.port.set_value(str(_TLS_PORT if tls else _STARTTLS_PORT))
