"""What is written in a dialog, kept as a draft: a letter, a reason, the references of a batch.

The window tells of every sheet that opens, so that no controller has to think of it. Sheets without a field for
sentences are passed over, and so are forms of a record, which keep their own (`record_form`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLayout, QWidget

from app.models.values import Subject
from app.services.workbench.drafts.dto import Draft, DraftKey, Typed, sheet_form
from app.views.common.boxes import placed
from app.views.common.dialogs import Sheet
from app.views.common.draft_offer import DraftOffer
from app.views.common.drafts import Drafts
from app.views.common.record_form import LeaveSheet

_DIGITS: Final = 16


class SheetDrafts(QObject):
    """Joins every sheet of a window to the officer's drafts.

    Args:
        area: tells the area of the page that stands in the window.
    """

    def __init__(self, drafts: Drafts, area: Callable[[], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._drafts = drafts
        self._area = area

    def join(self, sheet: Sheet) -> None:
        """Keep what is written in a sheet, and offer what was left of it."""
        if sheet.keeps_itself or not sheet.written():
            return
        SheetDraft(self._drafts, sheet, key_of(sheet, self._area()))


class SheetDraft(QObject):
    """One sheet and its draft; it goes with the sheet."""

    def __init__(self, drafts: Drafts, sheet: Sheet, key: DraftKey) -> None:
        super().__init__(sheet)
        self._drafts, self._sheet, self._key = drafts, sheet, key
        self._was = sheet.typed()
        self._nothing = sheet.written()
        self._draft: Draft | None = None
        self._known = self._left = self._noted = False
        self._barred: list[QWidget] = []
        self._offer = DraftOffer()
        self._offer.taken.connect(self._take)
        self._offer.thrown_away.connect(self._refuse)
        sheet.put_above(self._offer)
        sheet.typed_changed.connect(self._note)
        sheet.ask_before_leaving(self._may_leave)
        sheet.finished.connect(self._finished)
        drafts.find(self, key, self._found)

    def _found(self, draft: Draft | None) -> None:
        """Offer what was left; the fields wait until that is decided."""
        self._known = True
        if draft is None or draft.typed is None or draft.typed.fields == self._sheet.typed():
            self._note()
            return
        self._draft = draft
        self._barred = [each for each in widgets_of(self._sheet.body) if each.isEnabled()]
        for each in self._barred:
            each.setEnabled(False)
        self._sheet.wait_for_choice(True)
        self._offer.offer(draft.saved_at)

    def _take(self) -> None:
        draft = self._draft
        self._go_on()
        if draft is not None and draft.typed is not None:
            self._sheet.retype(draft.typed.fields)
            self._note()

    def _refuse(self) -> None:
        self._go_on()
        self._drafts.discard(self._key)
        self._note()

    def _go_on(self) -> None:
        self._draft = None
        self._offer.setVisible(False)
        for each in self._barred:
            each.setEnabled(True)
        self._barred = []
        self._sheet.wait_for_choice(False)
        self._sheet.begin()
        self._sheet.typed_changed.emit()

    def _is_written(self) -> bool:
        now = self._sheet.written()
        return now != self._nothing and any(text.strip() for text in now)

    def _note(self) -> None:
        if not self._known or self._draft is not None:
            return
        if self._is_written():
            self._noted = True
            self._drafts.note(self._key, self._sheet.windowTitle(), Typed(self._sheet.typed(), self._was))
        elif self._noted:
            self._noted = False
            self._drafts.discard(self._key)

    def _may_leave(self) -> bool:
        if self._left or self._draft is not None or not self._is_written():
            return True
        sheet = LeaveSheet(self._sheet, self._sheet.windowTitle())
        sheet.confirmed.connect(self._leave)
        sheet.thrown_away.connect(self._throw_away)
        sheet.open()
        return False

    def _throw_away(self) -> None:
        self._noted = False
        self._drafts.discard(self._key)
        self._leave()

    def _leave(self) -> None:
        self._left = True
        self._sheet.reject()

    def _finished(self, _result: int) -> None:
        """Where its work is done what was written is kept by it, and is no draft any more."""
        if self._sheet.over and self._draft is None and (self._noted or self._is_written()):
            self._drafts.discard(self._key)


def key_of(sheet: Sheet, area: str) -> DraftKey:
    """Which sheet it is: the one about its record, wherever it is opened, or else the one with these words."""
    kind = type(sheet).__name__
    if sheet.about is not None:
        return DraftKey(sheet_form("", kind), *sheet.about)
    digest = hashlib.sha256(f"{kind}\n{sheet.windowTitle()}\n{sheet.explained}".encode()).hexdigest()
    return DraftKey(sheet_form(area, digest[:_DIGITS]), Subject.LANDLORD)


def widgets_of(layout: QLayout) -> list[QWidget]:
    """The widgets in a layout and the layouts within."""
    found: list[QWidget] = []
    for at in range(layout.count()):
        there = placed(layout, at)
        if isinstance(there, QLayout):
            found += widgets_of(there)
        elif there is not None:
            found.append(there)
    return found
