"""Joins the form of a record to the services: reads and saves it, keeps its draft, settles conflicts, shows presence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QEvent, QObject, Signal

from app.models.values import Subject
from app.services.core.context import Context
from app.services.core.errors import ChangedMeanwhile, UserError
from app.services.core.versions import Kept
from app.services.workbench.drafts.dto import Draft, DraftKey
from app.services.workbench.presence import Record
from app.services.workbench.rules.merging import merge
from app.views.common.conflict import ConflictSheet
from app.views.common.office import Office
from app.views.common.record_form import FormSheet, RecordForm

Read = Callable[[Context, int], Kept]
Save = Callable[[Context, int, Mapping[str, Any], int], Any]


class Editing(QObject):
    """What a controller holds for each form of a record (the use is in `record_form`).

    Args:
        name: of the form, for its drafts.
        read: a query, `read(ctx, record_id) -> Kept`.
        save: a command, `save(ctx, record_id, values, version)`; refuses an old version with ChangedMeanwhile.
        told: what the message bar says when it is saved, unless the result of `save` has a `told` of its own.

    Signals:
        saved(result): what the command returned.
        shown: a record is in the fields, and whether there is a draft is known.
    """

    saved = Signal(object)
    shown = Signal()

    def __init__(self, office: Office, view: RecordForm, name: str, *, read: Read, save: Save, told: str) -> None:
        super().__init__(view)
        self._office = office
        self._view = view
        self._name = name
        self._read = read
        self._save = save
        self._told = told
        self._title = ""
        self.key: DraftKey | None = None
        self._loaded = False
        view.save_wanted.connect(self.save)
        view.changed.connect(self._note)
        view.draft_refused.connect(self.discard_draft)
        view.installEventFilter(self)

    @classmethod
    def of_sheet(cls, office: Office, sheet: FormSheet, name: str, *, read: Read, save: Save, told: str) -> Editing:
        """The same for a dialog, which closes when it is saved."""
        made = cls(office, sheet.record, name, read=read, save=save, told=told)
        made.saved.connect(lambda _result: sheet.accept())
        sheet.thrown_away.connect(made.discard_draft)
        return made

    def open(self, subject: Subject, record_id: int, title: str) -> None:
        """Show a record; its draft is offered if there is one."""
        self.key = DraftKey(self._name, subject, record_id)
        self._title = title
        self._loaded = False
        self._view.withdraw_offer()
        self._come()
        self._office.ask(self, self._read, record_id, then=self._show, refused=self._view.show_error)

    def refresh(self) -> None:
        """The record may have changed: show it anew, unless something is typed (saving will tell)."""
        if self.key is not None and self._loaded and not self._view.is_changed():
            self._office.ask(self, self._read, self.key.subject_id, then=self._reload, refused=self._view.show_error)

    def save(self) -> None:
        """Save what is typed, against the version that was read."""
        if self.key is None or not self._loaded:
            return
        self._view.set_busy(busy=True)
        self._office.do(
            self,
            self._save,
            self.key.subject_id,
            self._view.values(),
            self._view.version,
            then=self._saved,
            refused=self._refused,
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """A form that is hidden isn't open any more."""
        if watched is self._view and event.type() == QEvent.Type.Show:
            self._come()
        elif watched is self._view and event.type() == QEvent.Type.Hide and self._office.presence:
            self._office.presence.leave(self)
        return super().eventFilter(watched, event)

    def _come(self) -> None:
        if self._office.presence and self.key:
            record = Record(self.key.subject, self.key.subject_id)
            self._office.presence.watch(self, record, self._view.presence.show_others)

    def discard_draft(self) -> None:
        """What is typed isn't wanted."""
        if self._office.drafts and self.key:
            self._office.drafts.discard(self.key)

    def _show(self, kept: Kept) -> None:
        self._view.load(kept.values, kept.version)
        self._loaded = True
        if self._office.drafts and self.key:
            self._office.drafts.find(self, self.key, self._offer)
        else:
            self.shown.emit()

    def _reload(self, kept: Kept) -> None:
        if not self._view.is_changed():
            self._view.load(kept.values, kept.version)

    def _offer(self, draft: Draft | None) -> None:
        if draft is not None and draft.key == self.key and draft.typed is not None and not self._view.is_changed():
            if draft.typed.fields == self._view.form.typed():
                self.discard_draft()
            else:
                self._view.offer_draft(draft)
        self.shown.emit()

    def _note(self) -> None:
        if self._office.drafts is None or self.key is None or not self._loaded:
            return
        if self._view.is_changed():
            self._office.drafts.note(self.key, self._title, self._view.typed())
        else:
            self._office.drafts.discard(self.key)

    def _saved(self, result: Any) -> None:
        self._view.set_busy(busy=False)
        self.discard_draft()
        self._office.messages.good(getattr(result, "told", "") or self._told)
        values = self._view.values()
        self._view.load(values, self._view.version)
        self.saved.emit(result)
        self.refresh()

    def _refused(self, error: UserError) -> None:
        self._view.set_busy(busy=False)
        if isinstance(error, ChangedMeanwhile) and self.key is not None:
            self._office.ask(self, self._read, self.key.subject_id, then=self._settle, refused=self._view.show_error)
        else:
            self._view.show_error(error)

    def _settle(self, kept: Kept) -> None:
        """Put both changes together; ask only where both changed one field."""
        merged = merge(self._view.was, self._view.values(), kept.values)

        def go_on(values: Mapping[str, Any]) -> None:
            self._view.rebase(values, kept.values, kept.version)
            self.save()

        if merged.conflicts:
            sheet = ConflictSheet(self._view.window(), self._view.form, merged, kept)
            sheet.settled.connect(go_on)
            sheet.open()
            sheet.first_choice().setFocus()
        else:
            go_on(merged.values)
