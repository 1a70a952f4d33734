"""The landlord's own details, which head every statement."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from app.services.core.errors import UserError
from app.services.core.landlord import LandlordDetails
from app.views.common.forms import Form
from app.views.common.message_bar import MessageBar
from app.views.common.page import Page
from app.views.common.parts import SideCard, button, label, row
from app.views.common.theme import scaled


class DetailsPage(Page):
    """A form.

    Signals:
        save_wanted(LandlordDetails)
    """

    save_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__("Your details", areas=frozenset({"admin"}), help_topic="admin")
        self.messages = MessageBar(inline=True)
        self.name, self.office, self.phone, self.email, self.website = (QLineEdit() for _ in range(5))
        self.address, self.how_to_pay = QPlainTextEdit(), QPlainTextEdit()
        for text in (self.address, self.how_to_pay):
            text.setTabChangesFocus(True)
            text.setFixedHeight(scaled(96))
        self.save = button("&Save the details", role="primary", icon="content-save-outline", key="Ctrl+Enter")
        self.form = Form()
        for name, title, field, hint in (
            ("name", "&Name", self.name, "It heads every statement"),
            ("office", "O&ffice", self.office, "Such as Housing Rents"),
            ("address", "&Address", self.address, "A line each, the postcode last"),
            ("phone", "&Telephone", self.phone, ""),
            ("email", "&E-mail", self.email, ""),
            ("website", "&Website", self.website, ""),
            ("how_to_pay", "&How to pay", self.how_to_pay, "A way each line, as the statement prints it"),
        ):
            self.form.add(name, title, field, hint)
        card = SideCard(620, spacing=12)
        card.column.addLayout(row(label("Your details", "heading"), None, self.save))
        card.column.addWidget(label("What a statement prints at its head and under 'how to pay'.", "muted", wrap=True))
        card.column.addWidget(self.messages)
        card.column.addLayout(self.form)
        card.column.addStretch(1)
        whole = row(card, None)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self.setFocusProxy(self.name)
        self.add_key("Ctrl+Return", "Save the details", self.save.click, more=("Ctrl+Enter",))
        self.save.clicked.connect(lambda: self.save_wanted.emit(self.details()))

    def details(self) -> LandlordDetails:
        """What the fields say."""
        return LandlordDetails(
            self.name.text().strip(),
            self.office.text().strip(),
            _lines(self.address),
            self.phone.text().strip(),
            self.email.text().strip(),
            self.website.text().strip(),
            _lines(self.how_to_pay),
        )

    def show_details(self, details: LandlordDetails) -> None:
        """Show what is kept, unless the officer is writing."""
        fields = (self.name, self.office, self.phone, self.email, self.website)
        if any(field.isModified() for field in fields):
            return
        kept = (details.name, details.office, details.phone, details.email, details.website)
        for field, text in zip(fields, kept, strict=True):
            field.setText(text)
        self.address.setPlainText("\n".join(details.address))
        self.how_to_pay.setPlainText("\n".join(details.how_to_pay))

    def saved(self) -> None:
        """The details are kept."""
        for field in (self.name, self.office, self.phone, self.email, self.website):
            field.setModified(False)
        self.form.clear_errors()
        self.messages.clear()

    def show_error(self, error: UserError) -> None:
        """Beside its field, or at the top."""
        if not self.form.show_error(error):
            self.messages.bad(error)


def _lines(field: QPlainTextEdit) -> tuple[str, ...]:
    return tuple(line.strip() for line in field.toPlainText().splitlines() if line.strip())
