"""A wording that is typed and not saved: kept as a draft for each template, and there again when it is opened."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QObject, QTimer

from app.models.values import Subject
from app.services.letters.dto import Wording
from app.services.workbench.drafts.dto import Draft, DraftKey, Typed
from app.views.admin.templates import TemplatesPage
from app.views.common.office import Office

_FORM: Final = "wording:"
_LONGEST: Final = 40


class TemplateDrafts(QObject):
    """Joins the editor of templates to the officer's drafts."""

    def __init__(self, office: Office, page: TemplatesPage) -> None:
        super().__init__(page)
        self._drafts = office.drafts
        self._page = page
        self._noted: set[str] = set()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._note)
        for field in (page.subject, page.body, page.needs_approval, page.reason):
            field.changed.connect(self._soon.start)

    def shown(self) -> None:
        """A template is in the editor: put back what was typed, unless something is typed already."""
        editing = self._page.editing
        if self._drafts is not None and editing is not None and not self._page.unsaved():
            self._drafts.find(self, _key(editing.template.key), self._put)

    def saved(self, template: str) -> None:
        """What was typed is saved or thrown away."""
        self._noted.discard(template)
        if self._drafts is not None:
            self._drafts.discard(_key(template))

    def _put(self, draft: Draft | None) -> None:
        editing = self._page.editing
        if draft is None or draft.typed is None or editing is None or draft.key != _key(editing.template.key):
            return
        if not self._page.unsaved():
            self._noted.add(editing.template.key)
            fields = draft.typed.fields
            wording = Wording(str(fields["subject_line"]), str(fields["body"]), bool(fields["needs_approval"]))
            self._page.put_back(wording, str(fields["reason"]))

    def _note(self) -> None:
        """Keep what stands in the editor; it is looked at when the fields have come to rest."""
        page, editing = self._page, self._page.editing
        if self._drafts is None or editing is None:
            return
        template = editing.template
        if page.unsaved():
            self._noted.add(template.key)
            typed = Typed(_fields(page.wording(), page.reason.value()), _fields(template.wording, ""))
            self._drafts.note(_key(template.key), f"Wording of {template.title}", typed)
        elif template.key in self._noted:
            self.saved(template.key)


def _fields(wording: Wording, reason: object) -> dict[str, Any]:
    return {
        "subject_line": wording.subject_line,
        "body": wording.body,
        "needs_approval": wording.needs_approval,
        "reason": str(reason),
    }


def _key(template: str) -> DraftKey:
    return DraftKey(f"{_FORM}{template}"[:_LONGEST], Subject.LETTER_TEMPLATE)
