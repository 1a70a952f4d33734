"""The form of a record: it knows what it was filled from, offers a draft, says who else is there, and loses nothing.

    view = RecordForm()
    view.add("phone", "&Telephone", LineField(30))
    panel.addWidget(view); header.addWidget(action_button(view.save_action, role="primary"))
    # in the controller:
    self._editing = Editing(office, view, "contacts", read=contacts.read, save=contacts.change, told="... is saved.")
    self._editing.open(Subject.PERSON, person_id, "Contact details, Mx Maria Testerton")

`read(ctx, record_id)` gives a `Kept`, `save(ctx, record_id, values, version)` refuses an old version with
`ChangedMeanwhile` (`core.versions.refuse_old`). Everything else (drafts, conflicts, presence) follows. In a dialog use
`FormSheet`, whose `record` is one of these.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShowEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from app.services.core.errors import UserError
from app.services.workbench.drafts.dto import Draft, Typed
from app.views.common.dialogs import Sheet
from app.views.common.draft_offer import DraftOffer
from app.views.common.forms import Form
from app.views.common.message_bar import MessageBar
from app.views.common.parts import button, column, row, scrolled
from app.views.common.presence import PresencePill
from app.views.common.theme import scaled

_SIDES = 46
_HEAD_AND_FOOT = 184
"""What a sheet has beside and around its form, with room for a sentence about a field, in pixels at 100 per cent."""


class RecordForm(QWidget):
    """The fields of a record, with what stands above them.

    Signals:
        save_wanted: the officer wants to save, and everything typed can be taken.
        changed: something else is typed (not while it is being filled).
        draft_taken, draft_refused: what became of the draft that was offered.
    """

    save_wanted = Signal()
    changed = Signal()
    draft_taken = Signal()
    draft_refused = Signal()

    def __init__(self, *, save: str = "Save", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = Form()
        self.messages = MessageBar(inline=True)
        self.presence = PresencePill()
        self.offer = DraftOffer()
        self.save_action = QAction(save, self)
        self.save_action.setShortcuts([QKeySequence("Ctrl+S")])
        self.save_action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.save_action.triggered.connect(lambda _on=False: self.save())
        self.addAction(self.save_action)
        self._was: dict[str, Any] = {}
        self._was_typed: dict[str, Any] = {}
        self._version = 0
        self._filling = False
        self._fields = QWidget()
        self._fields.setLayout(self.form)
        column(self, row(self.presence, None), self.offer, self.messages, self._fields, None, spacing=10)
        self.form.changed.connect(self._changed)
        self.offer.taken.connect(self._take)
        self.offer.thrown_away.connect(self._refuse)
        self._draft: Draft | None = None
        self._read_only = False

    def add(self, name: str, title: str, field: QWidget, hint: str = "") -> None:
        """Add a field, as `Form.add`."""
        self.form.add(name, title, field, hint)

    # What it holds

    @property
    def was(self) -> Mapping[str, Any]:
        """The values that it was filled from."""
        return self._was

    @property
    def version(self) -> int:
        """The version of the record that it was filled from."""
        return self._version

    def load(self, values: Mapping[str, Any], version: int) -> None:
        """Show a record as it is kept."""
        self._filling = True
        self.form.fill(values)
        self._was, self._was_typed, self._version = self.form.values(), self.form.typed(), version
        self._filling = False
        self.messages.clear()
        standing = QApplication.focusWidget()
        if isinstance(standing, QLineEdit) and self.isAncestorOf(standing):
            standing.selectAll()  # as if come to by Tab: what is typed replaces it

    def rebase(self, values: Mapping[str, Any], kept: Mapping[str, Any], version: int) -> None:
        """Show values that were settled against a newer version of the record."""
        self.load(kept, version)
        self._filling = True
        self.form.fill(values)
        self._filling = False
        self._changed()

    def values(self) -> dict[str, Any]:
        """What the fields say."""
        return self.form.values()

    def typed(self) -> Typed:
        """What stands in the fields, for a draft."""
        return Typed(self.form.typed(), self._was_typed, self._version)

    def is_changed(self) -> bool:
        """Whether something is typed that isn't saved."""
        return self.form.typed() != self._was_typed

    # What becomes of it

    def save(self) -> None:
        """Ask for it to be saved, unless something typed can't be taken or there is a draft to decide on."""
        if self._draft is not None:
            self.offer.go_on.setFocus()
        elif self.form.check():
            self.messages.clear()
            self.save_wanted.emit()

    def leave(self, title: str) -> None:
        """Esc in a page: what is typed can be kept for later or thrown away."""
        if not self.is_changed():
            return
        sheet = LeaveSheet(self.window(), title)
        sheet.thrown_away.connect(self._put_back)
        sheet.open()

    def set_read_only(self) -> None:
        """The officer may look, but not change it; whoever opens it says why."""
        self._read_only = True
        self._fields.setEnabled(False)
        self.save_action.setEnabled(False)
        self.save_action.setVisible(False)

    def set_busy(self, busy: bool) -> None:
        """While it is being saved."""
        self.save_action.setEnabled(not busy)

    def show_error(self, error: UserError) -> None:
        """Beside its field, or above them."""
        if not self.form.show_error(error):
            self.messages.bad(error)

    def offer_draft(self, draft: Draft) -> None:
        """Offer a draft; the fields wait until it is taken or thrown away."""
        if self._read_only:
            return
        self._draft = draft
        self._fields.setEnabled(False)
        self.offer.offer(draft.saved_at)

    def withdraw_offer(self) -> None:
        """Another record is shown: what was offered isn't any more."""
        self._draft = None
        self._fields.setEnabled(not self._read_only)
        self.offer.setVisible(False)

    def _put_back(self) -> None:
        self.load(self._was, self._version)
        self._focus_first()
        self.draft_refused.emit()

    def _take(self) -> None:
        draft = self._draft
        self.withdraw_offer()
        if draft is None or draft.typed is None:
            return
        self._filling = True
        self.form.retype(draft.typed.was)
        self._was, self._was_typed = self.form.values(), self.form.typed()
        self._version = draft.typed.version
        self.form.retype(draft.typed.fields)
        self._filling = False
        self._focus_first()
        self.draft_taken.emit()

    def _refuse(self) -> None:
        self.withdraw_offer()
        self._focus_first()
        self.draft_refused.emit()

    def _focus_first(self) -> None:
        if first := self.form.first():
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def _changed(self) -> None:
        if not self._filling:
            self.changed.emit()


class LeaveSheet(Sheet):
    """Something typed isn't saved: keep it for later, throw it away, or go back (Esc).

    Signals:
        thrown_away: it isn't wanted. `confirmed`: it is kept as a draft.
    """

    thrown_away = Signal()

    def __init__(self, parent: QWidget, title: str) -> None:
        super().__init__(
            parent,
            "This isn't saved",
            primary="&Keep for later",
            close="Go back",
            note=f"{title}: what you typed is not saved. Kept for later, it is offered when you open the form again.",
        )
        throw = button("&Throw it away")
        throw.clicked.connect(self.thrown_away)
        self.left_buttons.addWidget(throw)
        self.confirmed.connect(self.accept)
        self.thrown_away.connect(self.accept)


class FormSheet(Sheet):
    """A record's form in a dialog: Ctrl+S or Ctrl+Enter saves, Esc leaves and asks if something isn't saved.

    Args:
        width: in pixels at 100 per cent; its height is what the fields need.

    Signals:
        thrown_away: the officer left and doesn't want what is typed.
    """

    thrown_away = Signal()
    keeps_itself = True

    def __init__(self, parent: QWidget, title: str, *, save: str = "Save", note: str = "", width: int = 620) -> None:
        super().__init__(parent, title, primary=save, close="Close", note=note)
        self._width = width
        self.record = RecordForm()
        self._form = self.record.form
        self.record.setObjectName("canvas")
        self.body.addWidget(scrolled(self.record), 1)
        self.record.removeAction(self.record.save_action)
        self.confirm_action.setShortcuts([QKeySequence(keys) for keys in ("Ctrl+S", "Ctrl+Return", "Ctrl+Enter")])
        assert self.primary is not None
        self.primary.setText(f"{save}  Ctrl+S")
        self.confirmed.connect(self.record.save)
        self.record.save_action.changed.connect(self._follow)

    def _follow(self) -> None:
        self.confirm_action.setEnabled(self.record.save_action.isEnabled())
        self.confirm_action.setVisible(self.record.save_action.isVisible())

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Be as high as the fields need; what the window doesn't hold scrolls."""
        wide = scaled(self._width)
        inside = self.record.layout()
        assert inside is not None
        high = max(inside.totalHeightForWidth(wide - scaled(_SIDES)), inside.totalSizeHint().height())
        self.resize(wide, high + scaled(_HEAD_AND_FOOT))
        super().showEvent(event)

    def reject(self) -> None:
        """Esc and Close: ask first if something isn't saved."""
        if not self.record.is_changed():
            super().reject()
            return
        sheet = LeaveSheet(self, self.windowTitle())
        sheet.confirmed.connect(self.accept)
        sheet.thrown_away.connect(self.thrown_away)
        sheet.thrown_away.connect(self.accept)
        sheet.open()
