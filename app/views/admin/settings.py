"""Office settings: how references are made, and the way to the settings that are policy values with dates."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal

from app.services.admin.settings import SCHEMES
from app.services.core.permissions import Permission
from app.views.admin.read_only import read_only_note
from app.views.common.fields import ChoiceField
from app.views.common.flow import FlowLayout
from app.views.common.page import Page
from app.views.common.parts import SideCard, action_button, button, label, row, rule
from app.views.common.record_form import RecordForm

_POLICIES = (
    ("&Signing in and locking", "sign_in.", "account-lock-outline"),
    ("&Access reviews", "access.", "clipboard-check-outline"),
    ("Requests for ap&proval", "approvals.", "check-decagram-outline"),
    ("&Letters", "letters.", "email-outline"),
    ("&Documents", "documents.", "file-document-outline"),
)


class SettingsPage(Page):
    """A short form, and buttons to the policy values of each part of the office.

    Signals:
        policies_wanted(words): show the policy values of a part.
    """

    policies_wanted = Signal(str)

    def __init__(self, *, may_change: bool) -> None:
        super().__init__("Office settings", areas=frozenset({"admin"}), help_topic="admin")
        self.record = RecordForm(save="Save the settings")
        self.scheme = ChoiceField([(words, scheme) for scheme, words in SCHEMES.items()])
        hint = (
            "How the payment reference of a new account is made, so that a slip of the finger is noticed. References that "
            "were loaded stay as they are."
        )
        self.record.add("reference_scheme", "New &references", self.scheme, hint)
        self.add_key("Ctrl+Return", "Save the settings", self.record.save_action.trigger, more=("Ctrl+Enter",))
        self.tell_key("Ctrl+S", "Save the settings")
        card = SideCard(680, spacing=12)
        save = action_button(self.record.save_action, role="primary", icon="content-save-outline")
        card.column.addLayout(row(label("Office settings", "heading"), None, save))
        card.column.addWidget(
            read_only_note(Permission.EDIT_POLICY, may_change=may_change, what="change these settings")
        )
        card.column.addWidget(self.record)
        card.column.addWidget(rule())
        card.column.addWidget(label("Settings with dates", "heading"))
        said = "These are policy values: each has a day from which it counts, a source, and a second officer."
        card.column.addWidget(label(said, "muted", wrap=True))
        parts = FlowLayout()
        for title, words, icon in _POLICIES:
            opens = button(title, icon=icon)
            opens.clicked.connect(partial(self.policies_wanted.emit, words))
            parts.addWidget(opens)
        card.column.addLayout(parts)
        card.column.addStretch(1)
        whole = row(card, None)
        whole.setStretch(0, 1)
        whole.setStretch(1, 0)
        self.setLayout(whole)
        self.record.setEnabled(may_change)
        self.record.save_action.setEnabled(may_change)
        self.setFocusProxy(self.scheme)
