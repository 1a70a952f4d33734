"""The sheets for what is logged already: putting an entry right, and saying of which item one is a copy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from app.models.values import FormatNeed
from app.services.post_log.dto import (
    CHANNELS,
    LONGEST_ADDRESS,
    LONGEST_REFERENCE,
    LONGEST_SENDER,
    LONGEST_SUBJECT,
    LONGEST_TEXT,
)
from app.services.post_log.logging.dto import Alike, Category
from app.services.workbench.rules.typed_dates import Toward
from app.views.common import formats
from app.views.common.columns import Column, ListModel
from app.views.common.data_table import DataTable
from app.views.common.dialogs import Sheet
from app.views.common.fields import AreaField, ChoiceField, LineField
from app.views.common.fields_dates import DateField
from app.views.common.fields_pickers import Find, Picked, Picker
from app.views.common.record_form import FormSheet
from app.views.common.theme import scaled
from app.views.post_log.choices import PRIORITIES

ALIKE: tuple[Column[Alike], ...] = (
    Column("number", "Number", lambda shown: shown.number, 90, firm=True),
    Column("received", "Received", lambda shown: shown.received_on, 96),
    Column("sender", "From", lambda shown: shown.sender, 150),
    Column("subject", "About", lambda shown: shown.subject_line, 200),
    Column("why", "It has", lambda shown: shown.why, 190, least=1),
)


class ReferenceField(Picker):
    """An account by its payment reference: found as any account, and its value is the reference as text."""

    def __init__(self, find: Find) -> None:
        super().__init__(find, "an account", "a reference, name or postcode")

    def value(self) -> Any:
        """The reference of what is chosen, else what is typed."""
        return self.picked.words if self.picked else self.text().strip()

    def set_value(self, value: Any) -> None:
        """Show a reference, or what was found."""
        if isinstance(value, Picked):
            super().set_value(value)
            return
        self.picked = None
        self.setText(str(value or ""))
        self.setCursorPosition(0)
        self.changed.emit()

    def problem(self) -> str:
        """Whoever saves it says whether there is such an account."""
        return ""


class CorrectSheet(FormSheet):
    """What was logged of an item, to be put right."""

    def __init__(
        self, parent: QWidget, number: str, categories: Sequence[Category], find: Find, today: Callable[[], date]
    ) -> None:
        super().__init__(
            parent, f"Put right {number}", note="What changes is noted in its history, and its days are set anew."
        )
        add = self.record.add
        add("sender", "&From", LineField(LONGEST_SENDER))
        add("subject_line", "A&bout", LineField(LONGEST_SUBJECT))
        add("account", "A&ccount", ReferenceField(find))
        add("category_id", "Cate&gory", ChoiceField([(each.name, each.category_id) for each in categories]))
        add("channel", "Ho&w it arrived", ChoiceField([(words, each) for each, words in CHANNELS.items()]))
        add("received_on", "&Received", DateField(today, Toward.PAST, required=True))
        add("reference", "T&heir reference", LineField(LONGEST_REFERENCE))
        add("sender_address", "Answer t&o", AreaField(LONGEST_ADDRESS, height=56))
        add("priority", "&Priority", ChoiceField([(words, each) for each, words in PRIORITIES.items()]))
        add("format", "For&mat", ChoiceField([(formats.words(need), need) for need in FormatNeed]))
        add("language", "Lang&uage", LineField(40, placeholder="English"))
        add("text", "What it sa&ys", AreaField(LONGEST_TEXT, height=110))


class CopySheet(Sheet):
    """Of which item one is a copy: the likeliest is chosen, Enter takes it."""

    def __init__(self, parent: QWidget, number: str) -> None:
        super().__init__(
            parent,
            f"{number} is a copy of",
            primary="Mark as a copy",
            note="It is dealt with there: this one is closed, and both say so in their history.",
        )
        self.model: ListModel[Alike] = ListModel(ALIKE)
        nothing = "Nothing of the same sender or account is logged."
        self.table = DataTable("Items that it may repeat", self.model, stretch="subject", empty=nothing)
        self.table.setMinimumSize(scaled(560), scaled(160))
        self.table.opened.connect(lambda _row: self.confirmed.emit())
        self.body.addWidget(self.table, 1)
        self.number = LineField(20, placeholder="Such as 2026/0041, where it isn't in the list")
        self.form().add("number", "Or the &number", self.number)
        self.begin_at(self.number)
        self.resize(scaled(860), scaled(420))

    def show_alike(self, found: Sequence[Alike]) -> None:
        """Show what it may repeat."""
        self.model.show_rows(found)
        if found:
            self.table.go_to(0)
            self.table.setFocus()

    def original(self) -> Alike | None:
        """The item that is chosen in the list; none where a number is typed."""
        chosen = self.table.row()
        return chosen if isinstance(chosen, Alike) and not self.number.value() else None
