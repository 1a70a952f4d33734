"""Letter templates: what each says, edited beside the page it makes, with every wording it had."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from app.services.letters.dto import Channel, Editing, FieldRow, Preview, TemplateRow, Wording
from app.services.letters.rules import differences
from app.views.admin.past_wordings import PastWordings
from app.views.admin.read_only import Headed
from app.views.admin.template_table import CHANGES, TEMPLATES, standing
from app.views.admin.wording_fields import HINT, FieldsPart, WordingColours
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.documents_view import DocumentView
from app.views.common.fields import AreaField, LineField, TickField
from app.views.common.fields_dates import DateField
from app.views.common.fields_pickers import account_picker
from app.views.common.flow import FlowLayout
from app.views.common.forms import Form
from app.views.common.page import Page
from app.views.common.parts import Card, action_button, column, label, restyle, row, scrolled
from app.views.common.pause import Pause
from app.views.common.rooms import Pane, Panes
from app.views.common.tabbed_card import TabbedCard
from app.views.common.theme import scaled

_PAUSE_MS: Final = 300
_LEAST_BODY: Final = 240
_NOT_SAVED: Final = "What you typed before is not saved yet."
_LEAST_WIDE: Final = (180, 312, 190)
_WIDE: Final = (310, 430, 430)
"""The list, the editor and the page beside it, in pixels at 100 per cent."""
_HIGH: Final = (190, 500, 420)
"""The same under each other; the page then scrolls."""


class TemplatesPage(Page):
    """Letter templates.

    Signals:
        template_chosen(key): open it.
        preview_wanted: what is typed has changed for a moment.
        save_wanted, restore_wanted, new_wanted, retire_wanted
    """

    template_chosen = Signal(str)
    preview_wanted = Signal()
    save_wanted = Signal()
    restore_wanted = Signal()
    new_wanted = Signal()
    retire_wanted = Signal()

    def __init__(self, today: Callable[[], date], find: Any, *, may_change: bool) -> None:
        super().__init__("Letter templates", areas=frozenset({"letters"}), help_topic="letters")
        self._may_change = may_change
        self._today = today
        self.editing: Editing | None = None
        self._typed: dict[str, tuple[Wording, str]] = {}
        self.model: ListModel[TemplateRow] = ListModel(TEMPLATES)
        self.table = DataTable("Letter templates", self.model, stretch="title")
        self.subject = LineField(200)
        self.body = AreaField(4_000, height=_LEAST_BODY, grows=True)
        WordingColours(self.body)
        self.fields = FieldsPart()
        self.fields.taken.connect(self._put_in)
        self._writing: LineField | AreaField = self.body
        self.needs_approval = TickField("Letters wait for a &second person")
        self.from_on = DateField(today, required=True)
        self.reason = LineField(400)
        self.account = account_picker(find, required=False)
        self.view = DocumentView()
        self.changes: ListModel[tuple[str, str]] = ListModel(CHANGES, in_turn=True)
        self._pause = Pause(self, self.preview_wanted, _PAUSE_MS)
        self._keys()
        self._arrange()
        self.table.chosen.connect(self._choose)
        for field in (self.subject, self.body, self.account):
            field.changed.connect(self._pause.start)
        for each in (self.subject, self.body, self.needs_approval):
            each.changed.connect(self._compare)
        self.setFocusProxy(self.table)

    def wording(self) -> Wording:
        """What stands in the editor."""
        return Wording(str(self.subject.value()), self.body.toPlainText().strip(), bool(self.needs_approval.value()))

    def show_templates(self, rows: Sequence[TemplateRow]) -> None:
        """Show the list, and stay on the one that was chosen."""
        key = self.editing.template.key if self.editing else ""
        self.model.show_rows(rows)
        self.table.hide_empty_columns()
        keys = [each.key for each in self.model.rows]
        if keys:
            self.table.go_to(keys.index(key) if key in keys else 0)

    def show_editing(self, found: Editing) -> None:
        """Show a template in the editor; what was typed in it and isn't saved is there again."""
        same = self.editing is not None and self.editing.template.key == found.template.key
        unsaved = same and self.unsaved()
        self._keep()
        self.editing = found
        self.past.model.show_rows(found.versions)
        self.parts.count_part(self._versions_at, len(found.versions))
        self.fields.model.show_rows(found.fields)
        self._title.setText(found.template.title)
        typed = self._typed.pop(found.template.key, None)
        said = standing(found.template)
        self._said.setText(f"{said} {_NOT_SAVED}" if typed and not same else said)
        self.subject.setEnabled(found.template.channel is not Channel.TEXT)
        if not unsaved:
            wording, reason = typed or (found.template.wording, "")
            self.show_wording(wording)
            self.from_on.set_value(self._today())
            self.reason.set_value(reason)
        self.restore.setEnabled(self._may_change and found.shipped is not None and not found.template.shipped)
        self._pause.stop()
        self.preview_wanted.emit()

    def forget(self) -> None:
        """What was typed is saved."""
        self.editing = None

    def unsaved(self) -> bool:
        """Whether something is typed that isn't saved."""
        return self.editing is not None and self.wording() != self.editing.template.wording

    def put_back(self, wording: Wording, reason: str) -> None:
        """Show what was typed before and not saved."""
        self.show_wording(wording)
        self.reason.set_value(reason)
        if self.editing is not None:
            self._said.setText(f"{standing(self.editing.template)} {_NOT_SAVED}")

    def _keep(self) -> None:
        """Keep what is typed in a template that isn't saved, until the officer comes back to it."""
        if self.editing is not None and self.unsaved():
            self._typed[self.editing.template.key] = (self.wording(), str(self.reason.value()))

    def show_wording(self, wording: Wording) -> None:
        """Put a wording into the editor."""
        self.subject.set_value(wording.subject_line)
        self.body.set_value(wording.body)
        self.needs_approval.set_value(wording.needs_approval)
        self._compare()

    def show_preview(self, found: Preview) -> None:
        """Show the page, or what is wrong with the wording, by line."""
        words = "\n".join(str(each) for each in found.problems)
        remarks = " ".join((*found.stops, *found.look))
        self._wrong.setText(words or remarks)
        self._wrong.setVisible(bool(words or remarks))
        restyle(self._wrong, tone="bad" if words else "warning")
        if found.pdf or found.text:
            self.view.show_document("", found.pdf or found.text)
        else:
            self.view.show_message("", "There is no page while something is wrong with the wording.")

    def _keys(self) -> None:
        self.save = self.add_key(
            "Ctrl+Return",
            "Save wording",
            self.save_wanted.emit,
            tip="A new wording from the day on; the old one is kept",
            more=("Ctrl+Enter", "Ctrl+S"),
        )
        self.new = self.add_key("Ctrl+N", "New template", self.new_wanted.emit)
        self.insert = self.add_key("Ctrl+I", "Insert a field", self._insert, tip="Put a field in where you are writing")
        self.restore = self.add_key("Ctrl+R", "Standard", self.restore_wanted.emit, tip="As it came with the program")
        self.revert = self.add_key("Ctrl+Shift+Z", "Undo", self._revert, tip="Back to the wording as it is kept")
        self.retire = self.add_key("Ctrl+Del", "Take out of use", self.retire_wanted.emit, tip="Or back into use")
        for action in (self.save, self.new, self.insert, self.restore, self.revert, self.retire):
            action.setEnabled(self._may_change)

    def _arrange(self) -> None:
        listed = Card(margins=(0, 10, 0, 4))
        head = row(label("Letter templates", "heading"), None)
        head.setContentsMargins(scaled(14), 0, scaled(10), 0)
        listed.column.addLayout(head)
        listed.column.addWidget(self.table, 1)
        under = FlowLayout()
        under.setContentsMargins(scaled(10), scaled(4), 0, scaled(6))
        under.addWidget(action_button(self.new, icon="plus"))
        listed.column.addLayout(under)
        self.parts = self._beside()
        lengths = zip((listed, self._editor(), self.parts), _LEAST_WIDE, _WIDE, _HIGH, strict=True)
        column(self, scrolled(Panes(*(Pane(*each) for each in lengths))))

    def _beside(self) -> TabbedCard:
        """The page, what changes, and every wording it had."""
        parts = TabbedCard("The template")
        shown = QWidget()
        pick = row(label("As for", "muted"), self.account)
        pick.setStretch(1, 1)
        pick.setContentsMargins(scaled(12), 0, scaled(12), 0)
        self.account.setAccessibleName("Preview for an account")
        self.view.setContentsMargins(scaled(12), 0, scaled(12), 0)
        column(shown, pick, self.view, spacing=6).setStretch(1, 1)
        parts.add_part("Preview", shown)
        self._fields_at = parts.add_part("Fields", self.fields)
        self._changes_at = parts.add_part(
            "Changes",
            DataTable("What changes", self.changes, stretch="line", empty="Nothing is changed."),
        )
        self.past = PastWordings(((self.restore, "backup-restore"), (self.revert, "undo-variant")))
        self.past.taken.connect(lambda chosen: self.show_wording(chosen.wording))
        self._versions_at = parts.add_part("Wordings", self.past)
        return parts

    def _editor(self) -> Card:
        card = Card(spacing=8)
        self._title = label("", "heading", wrap=True)
        self._said = label("", "muted", wrap=True)
        self._wrong = label("", wrap=True, tone="bad")
        form = Form()
        form.add("subject_line", "&Heading", self.subject)
        self.form = form
        body = label("&Text")
        body.setBuddy(self.body)
        self.body.setAccessibleName("Text")
        dates = Form()
        dates.add("from_on", "&From", self.from_on)
        dates.add("reason", "&Why", self.reason)
        self.dates = dates
        self._line_up()
        tools = row(body, None, action_button(self.insert, icon="code-braces"))
        hint = label(HINT, "muted", wrap=True)
        out = row(action_button(self.retire, icon="archive-outline"), None)
        inside = QWidget()
        inside.setObjectName("canvas")
        column(
            inside, form, tools, self.body, hint, self._wrong, self.needs_approval, dates, out, spacing=8
        ).setStretch(2, 1)
        card.column.addWidget(
            Headed(self._title, action_button(self.save, role="primary", icon="content-save-outline"))
        )
        card.column.addWidget(self._said)
        card.column.addWidget(scrolled(inside), 1)
        return card

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  Qt's name
        """Larger text, wider titles."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._line_up()

    def _line_up(self) -> None:
        """The fields over the text and those under it begin on one edge."""
        titles = [each for form in (self.form, self.dates) for each in form.labels.values()]
        for each in titles:
            each.setMinimumWidth(0)
        widest = max(each.sizeHint().width() for each in titles)
        for each in titles:
            each.setMinimumWidth(widest)

    def _choose(self, chosen: object) -> None:
        if isinstance(chosen, TemplateRow) and (self.editing is None or chosen.key != self.editing.template.key):
            self.template_chosen.emit(chosen.key)

    def _insert(self) -> None:
        """Go to the fields; from there, put the chosen one in."""
        if self.fields.table.hasFocus():
            self._put_in(self.fields.row())
            return
        self._writing = self.subject if self.subject.hasFocus() else self.body
        self.parts.open_part(self._fields_at)
        self.fields.table.setFocus()

    def _put_in(self, field: object) -> None:
        if isinstance(field, FieldRow) and self._may_change:
            words = f"{{{{ {field.key} }}}}"
            if isinstance(self._writing, LineField):
                self._writing.insert(words)
            else:
                self._writing.insertPlainText(words)
            self._writing.setFocus()
            self.parts.open_part(0)

    def _compare(self) -> None:
        if self.editing is not None:
            self.changes.show_rows(
                [each for each in differences(self.editing.template.wording, self.wording()) if each[0] != " "]
            )
            self.parts.count_part(self._changes_at, self.changes.rowCount())

    def _revert(self) -> None:
        if self.editing is not None:
            self.show_wording(self.editing.template.wording)
            self.reason.set_value("")
            self._said.setText(standing(self.editing.template))
