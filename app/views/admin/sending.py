"""E-mail and text: the key and the templates of the office at GOV.UK Notify."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from app.services.core.permissions import Permission
from app.services.letters.sending import SendingSettings
from app.views.admin.read_only import Headed, read_only_note
from app.views.common.fields import LineField, TickField
from app.views.common.forms import Form
from app.views.common.page import Page
from app.views.common.parts import SideCard, action_button, label, row

_ABOUT: Final = (
    "E-mails and text messages are sent by GOV.UK Notify. Make two templates there: an e-mail whose subject is ((subject)) "
    "and whose message is ((message)), and a text message that is ((message)). Then make a live key under API integration. "
    "To send orders as a PDF too, give contact details there under Send files by email, and make a third template, as the first "
    "with ((file)) below the message. "
    "Without a key nothing is sent: messages are listed as not sent."
)
_TEMPLATE: Final = "The template ID that GOV.UK Notify shows."
_REPLY_TO: Final = "The ID that GOV.UK Notify shows, where it isn't the usual address."


class SendingPage(Page):
    """The settings.

    Signals:
        save_wanted
    """

    save_wanted = Signal()

    def __init__(self, *, may_change: bool) -> None:
        super().__init__("E-mail and text", areas=frozenset({"letters"}), help_topic="letters")
        self.key = LineField(200, placeholder="A name and two long numbers with dashes")
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self.forget = TickField("Take the kept key a&way")
        self.email_template, self.text_template, self.reply_to = LineField(60), LineField(60), LineField(60)
        self.file_template = LineField(60)
        self._state = label("", "strong", wrap=True)
        self.save = self.add_key("Ctrl+Return", "Save", self.save_wanted.emit, more=("Ctrl+Enter", "Ctrl+S"))
        self.save.setEnabled(may_change)
        self.form = Form()
        self.form.add("key", "&Key", self.key, "Left empty, the key that is kept stays. It is kept encrypted.")
        self.form.add("forget", "", self.forget)
        self.form.add("email_template", "&E-mail template", self.email_template, _TEMPLATE)
        self.form.add("text_template", "&Text template", self.text_template, _TEMPLATE)
        self.form.add("file_template", "Template with a &file", self.file_template, f"{_TEMPLATE} Empty: no file goes.")
        self.form.add("reply_to", "&Reply-to address", self.reply_to, _REPLY_TO)
        card = SideCard(680, spacing=12)
        save = action_button(self.save, role="primary", icon="content-save-outline")
        card.column.addWidget(Headed(label("E-mail and text", "heading"), save))
        card.column.addWidget(
            read_only_note(Permission.EDIT_POLICY, may_change=may_change, what="change these settings")
        )
        card.column.addWidget(label(_ABOUT, "muted", wrap=True))
        card.column.addWidget(self._state)
        card.column.addLayout(self.form)
        card.column.addStretch(1)
        whole = row(card, None)
        whole.setStretch(0, 1)
        whole.setStretch(1, 0)
        self.setLayout(whole)
        for each in (self.key, self.email_template, self.text_template, self.file_template, self.reply_to):
            each.setEnabled(may_change)
        self._may_change = may_change
        self.setFocusProxy(self.key)

    def show_settings(self, found: SendingSettings) -> None:
        """Show what is kept; the key itself is never shown."""
        self.form.fill(
            {
                "key": "",
                "forget": False,
                "email_template": found.email_template,
                "text_template": found.text_template,
                "file_template": found.file_template,
                "reply_to": found.reply_to,
            }
        )
        self._state.setText("A key is kept." if found.has_key else "No key is kept: nothing is sent.")
        self.forget.setEnabled(found.has_key and self._may_change)

    def settings(self) -> tuple[SendingSettings, str | None]:
        """What is entered, and the key: None leaves the one that is kept."""
        found = SendingSettings(
            str(self.email_template.value()),
            str(self.text_template.value()),
            str(self.reply_to.value()),
            file_template=str(self.file_template.value()),
        )
        key = "" if self.forget.value() else str(self.key.value()) or None
        return found, key
