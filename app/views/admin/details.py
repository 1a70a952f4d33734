"""The landlord's own details, which head every statement. The model of a record's form in a page."""

from __future__ import annotations

from app.services.core.permissions import Permission
from app.views.admin.read_only import read_only_note
from app.views.common.fields import LineField, LinesField
from app.views.common.page import Page
from app.views.common.parts import SideCard, action_button, column, label, row
from app.views.common.record_form import RecordForm
from app.views.common.way_back import WayBack


class DetailsPage(Page):
    """A form; its controller saves what it holds."""

    def __init__(self, *, may_change: bool) -> None:
        super().__init__("Your details", areas=frozenset({"admin"}), help_topic="admin")
        self.record = RecordForm(save="Save the details")
        self.name = LineField(120)
        for name, title, field, hint in (
            ("name", "&Name", self.name, "It heads every statement"),
            ("office", "O&ffice", LineField(120), "Such as Housing Rents"),
            ("address", "&Address", LinesField(400, height=96), "A line each, the postcode last"),
            ("phone", "&Telephone", LineField(40), ""),
            ("email", "&E-mail", LineField(254), ""),
            ("website", "&Website", LineField(200), ""),
            ("how_to_pay", "&How to pay", LinesField(4_000, height=96), "A way each line, as the statement prints it"),
        ):
            self.record.add(name, title, field, hint)
        self.save = action_button(self.record.save_action, role="primary", icon="content-save-outline")
        card = SideCard(620, spacing=12)
        card.column.addLayout(row(label("Your details", "heading"), None, self.save))
        card.column.addWidget(label("What a statement prints at its head and under 'how to pay'.", "muted", wrap=True))
        card.column.addWidget(
            read_only_note(Permission.EDIT_POLICY, may_change=may_change, what="change these details")
        )
        card.column.addWidget(self.record)
        card.column.addStretch(1)
        whole = row(card, None)
        whole.setStretch(0, 1)
        whole.setStretch(1, 0)
        inside = WayBack()
        inside.setObjectName("canvas")
        inside.setLayout(whole)
        inside.left.connect(lambda: self.record.leave(self.windowTitle()))
        column(self, inside)
        self.record.setEnabled(may_change)
        self.record.save_action.setEnabled(may_change)
        self.setFocusProxy(self.name)
        self.tell_key("Ctrl+S", "Save the details")
        self.tell_key("Esc", "Throw away what isn't saved")
        self.add_key("Ctrl+Return", "Save the details", self.record.save, more=("Ctrl+Enter",))
