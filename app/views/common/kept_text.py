"""A text written beside a record, such as a note: kept as a draft, and put back when the record is opened again."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.models.values import Subject
from app.services.workbench.drafts.dto import Draft, DraftKey, Typed
from app.views.common.fields import AreaField
from app.views.common.office import Office

_FIELD = "text"


class KeptText(QObject):
    """What a controller holds for such a field.

    Args:
        name: of the text, for its drafts.
    """

    def __init__(self, office: Office, field: AreaField, name: str) -> None:
        super().__init__(field)
        self._office = office
        self._field = field
        self._name = name
        self._title = ""
        self._key: DraftKey | None = None
        self._texts: dict[DraftKey, str] = {}
        self._filling = False
        field.changed.connect(self._note)

    def open(self, subject: Subject, record_id: int, title: str) -> None:
        """Another record is shown: put back what was written beside it."""
        self._key = DraftKey(self._name, subject, record_id)
        self._title = title
        self._fill(self._texts.get(self._key, ""))
        if self._key not in self._texts and self._office.drafts:
            self._office.drafts.find(self, self._key, self._put)

    def saved(self, subject: Subject, record_id: int) -> None:
        """What was written beside a record is kept: its field is empty, and there is no draft."""
        key = DraftKey(self._name, subject, record_id)
        if key == self._key:
            self._fill("")
        self._forget(key)

    def _put(self, draft: Draft | None) -> None:
        if draft and draft.key == self._key and draft.typed and not self._field.toPlainText():
            self._fill(str(draft.typed.fields.get(_FIELD, "")))

    def _note(self) -> None:
        if self._filling or self._key is None:
            return
        text = self._field.toPlainText()
        self._texts[self._key] = text
        if not text.strip():
            self._forget(self._key)
        elif self._office.drafts:
            self._office.drafts.note(self._key, self._title, Typed({_FIELD: text}, {_FIELD: ""}))

    def _forget(self, key: DraftKey) -> None:
        self._texts.pop(key, None)
        if self._office.drafts:
            self._office.drafts.discard(key)

    def _fill(self, text: str) -> None:
        self._filling = True
        self._field.setPlainText(text)
        self._filling = False
