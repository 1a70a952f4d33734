"""The audit: who changed what, when; each change field by field beside the list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel

from app.services.admin.audit.dto import AuditChoices, AuditRow, FieldChange
from app.views.admin.audit_table import FIELDS, SPEC
from app.views.common import formats
from app.views.common.boxes import placed
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.facets import Choice
from app.views.common.fields_dates import DateField
from app.views.common.flow import FlowLayout
from app.views.common.page import Page
from app.views.common.paged_table import PagedTable
from app.views.common.parts import Card, SideCard, action_button, label, row
from app.views.common.parts import column as stacked
from app.views.common.theme import scaled


class AuditPage(Page):
    """A long list of changes, and the one that is chosen.

    Signals:
        account_wanted(account_id): show the account that a change belongs to.
    """

    account_wanted = Signal(int)

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__("Audit", areas=frozenset({"admin"}), help_topic="admin")
        self.list = PagedTable(SPEC)
        self.first, self.last = DateField(today), DateField(today)
        self.fields: ListModel[FieldChange] = ListModel(FIELDS)
        self.table = DataTable(
            "Fields of the change", self.fields, stretch="after", empty="What changed is told in one line."
        )
        self._said = label("No change is chosen", "heading", wrap=True)
        self._when = label("", "muted", wrap=True)
        self._record = label("", "strong", wrap=True, selectable=True)
        self._summary = label("", wrap=True, selectable=True)
        self.whole = self.add_key("Ctrl+H", "Whole history of this record", self._whole)
        self.open = self.add_key("Ctrl+Return", "Open the account", self._open, more=("Ctrl+Enter",))
        self.add_key("Ctrl+F", "Find by reference or officer", self.list.bar.text.setFocus)
        self._chosen: AuditRow | None = None
        self._arrange()
        for field, name in ((self.first, "first_on"), (self.last, "last_on")):
            field.dateChanged.connect(lambda day, name=name: self._take_day(name, day))
            field.editingFinished.connect(lambda field=field, name=name: self._take_day(name, field.value()))
        self.setFocusProxy(self.list.table)
        self.show_change(None)

    def show_choices(self, choices: AuditChoices) -> None:
        """Offer the officers and the kinds of record."""
        self.list.bar.offer("officer_id", [Choice(officer_id, name) for officer_id, name in choices.officers])
        self.list.bar.offer("kind", [Choice(table, words) for table, words in choices.kinds])

    def show_change(self, found: AuditRow | None) -> None:
        """Show a change field by field."""
        self._chosen = found
        self.whole.setEnabled(found is not None and found.record_key is not None)
        self.open.setVisible(found is not None and found.account_id is not None)
        self.whole_button.setVisible(found is not None)
        self.fields.show_rows(found.fields if found else ())
        self.table.hide_empty_columns()
        self.table.setVisible(found is not None and bool(found.fields))
        self._summary.setVisible(found is not None and not found.fields)
        if found is None:
            self._said.setText("No change is chosen")
            for words in (self._when, self._record, self._summary):
                words.setText("")
            return
        self._said.setText(f"{found.officer} {found.action} {_with_article(found)}")
        self._when.setText(formats.moment(found.at))
        self._record.setText(found.record)
        self._summary.setText(found.summary)

    def _arrange(self) -> None:
        card = Card(margins=(0, 12, 0, 4), spacing=6)
        days = row(label("F&rom"), self.first, label("&To"), self.last)
        for at, field, name in ((0, self.first, "From"), (2, self.last, "To")):
            words = placed(days, at)
            if isinstance(words, QLabel):
                words.setBuddy(field)
            field.setAccessibleName(f"{name} this day")
            field.setPlaceholderText("any day")
            field.setMaximumWidth(scaled(150))
        head = row(label("Audit", "heading"), None, days)
        head.setContentsMargins(scaled(14), 0, scaled(14), 0)
        card.column.addLayout(head)
        card.column.addWidget(self.list, 1)
        detail = SideCard(460, spacing=8)
        detail.column.addLayout(stacked(None, self._said, self._when, spacing=2))
        detail.column.addWidget(self._record)
        detail.column.addWidget(self._summary)
        self.table.setMinimumHeight(scaled(220))
        detail.column.addWidget(self.table, 1)
        actions = FlowLayout()
        self.whole_button = action_button(self.whole, icon="history")
        actions.addWidget(self.whole_button)
        actions.addWidget(action_button(self.open, icon="account-outline"))
        detail.column.addLayout(actions)
        detail.column.addStretch()
        layout = row(card, detail, spacing=12)
        layout.setStretch(0, 7)
        layout.setStretch(1, 4)
        self.setLayout(layout)

    def _take_day(self, name: str, day: object) -> None:
        wanted = self.list.bar.wanted
        if getattr(wanted, name) != day and (day is None or isinstance(day, date)):
            self.list.bar.ask(replace(wanted, **{name: day}))

    def _open(self) -> None:
        if self._chosen is not None and self._chosen.account_id is not None:
            self.account_wanted.emit(self._chosen.account_id)

    def _whole(self) -> None:
        if self._chosen is not None and self._chosen.record_key is not None:
            self.list.bar.ask(replace(SPEC.everything, record=self._chosen.record_key))


def _with_article(found: AuditRow) -> str:
    kind = found.kind[:1].lower() + found.kind[1:]
    if found.bulk:
        return f"many records of the kind {kind}"
    return f"{'an' if kind[0] in 'aeio' else 'a'} {kind}"
