"""Writing one letter, e-mail or text message: choose a template, fill in its blanks, see the page, queue it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.core.errors import UserError
from app.services.letters.dto import (
    Channel,
    Made,
    NewLetter,
    OutgoingState,
    Preview,
    TemplateRow,
    Variant,
)
from app.views.common.dialogs import Sheet
from app.views.common.documents_view import DocumentView
from app.views.common.fields import ChoiceField
from app.views.common.fields_pickers import Picked, account_picker
from app.views.common.letter_doors import LetterDoors
from app.views.common.office import Office
from app.views.common.parts import column, label, restyle, row, scrolled
from app.views.common.pause import Pause
from app.views.common.tasks import Task
from app.views.common.template_blanks import COMING, TemplateBlanks, align
from app.views.common.theme import scaled

_PAUSE_MS: Final = 250
_GENERAL: Final = "general_letter"
_HINT: Final = "Put it right on the account first (F7), or reach them another way."
_CHANNELS: Final = {Channel.LETTER: "", Channel.EMAIL: "E-mail: ", Channel.TEXT: "Text: "}
FORMS: Final[list[tuple[str, object]]] = [
    ("As they need it", None),
    ("Standard", Variant.STANDARD),
    ("Large print", Variant.LARGE_PRINT),
    ("Plain text", Variant.TEXT),
]


class LetterSheet(Sheet):
    """The sheet.

    Signals:
        preview_wanted: what is chosen or typed has changed for a moment.
    """

    preview_wanted = Signal()

    def __init__(self, parent: QWidget, account: Picked | None, find: Any) -> None:
        super().__init__(
            parent,
            f"Write to {account.words}" if account else "Write a letter",
            primary="Queue it",
            note=account.detail if account else "It goes to the print queue, or is sent by GOV.UK Notify.",
        )
        self._templates: tuple[TemplateRow, ...] = ()
        self.account = account_picker(find)
        self.template = ChoiceField()
        self.variant = ChoiceField(FORMS)
        self.blanks = TemplateBlanks(height=110)
        self._wanted: str | None = None
        if account is not None:
            self.about = (Subject.ACCOUNT, account.id)
        self._said = label("", wrap=True)
        self.view = DocumentView()
        self.view.show_message("Preview", COMING)
        self._pause = Pause(self, self.preview_wanted, _PAUSE_MS)
        self._arrange(account)
        self.blanks.changed.connect(self._pause.start)
        self.blanks.changed.connect(self.typed_changed)
        self.account.changed.connect(self._pause.start)
        self.variant.changed.connect(self._pause.start)
        self.template.changed.connect(self._choose)
        for each in (self.account, self.template, self.variant):
            each.changed.connect(self.typed_changed)
        self.resize(scaled(1080), scaled(760))
        self.set_busy(busy=True)

    def show_templates(self, found: Sequence[TemplateRow]) -> None:
        """Offer the templates; the general letter is chosen, which says nothing that isn't typed."""
        self._templates = tuple(found)
        self.template.offer([(f"{_CHANNELS[each.channel]}{each.title}", each.key) for each in found])
        if any(each.key == _GENERAL for each in found):
            self.template.set_value(_GENERAL)
        self._come_back()
        self._choose()

    def begin_with(self, template: str) -> None:
        """Choose this template, as soon as the templates are there, if it is in use."""
        self._wanted = template
        self._come_back()

    def typed(self) -> dict[str, Any]:
        """What is written, whichever template it was written for: another template drops nothing."""
        return {
            "template": self._wanted or self.template.value() or "",
            "account": self.account.typed(),
            "variant": self.variant.typed(),
            "answers": self.blanks.typed(),
        }

    def retype(self, typed: Mapping[str, Any]) -> None:
        """Put back what was written."""
        self.account.retype(typed.get("account", ""))
        self.variant.retype(typed.get("variant", ""))
        self.blanks.retype(typed.get("answers", {}))
        self._wanted = str(typed.get("template", ""))
        self._come_back()
        self._choose()

    def written(self) -> list[str]:
        """What stands in the blanks."""
        return list(self.blanks.typed().values()) or [""]

    def chosen(self) -> TemplateRow | None:
        """The template that is chosen."""
        key = self.template.value()
        return next((each for each in self._templates if each.key == key), None)

    def letter(self) -> NewLetter | None:
        """What is to be written; None, and the field said, while something isn't filled in."""
        chosen, account = self.chosen(), self.account.value()
        if chosen is None or account is None:
            self.show_error(UserError("Choose an account first.", field="account"))
            return None
        if self.blanks.missing():
            return None
        variant = self.variant.value() if chosen.channel is Channel.LETTER else None
        return NewLetter(chosen.key, account, self.blanks.answers(), variant)

    def show_preview(self, found: Preview) -> None:
        """Show the page, and what speaks against it or is still missing."""
        stops = [*(str(each) for each in found.problems), *found.stops]
        missing = f"Still to fill in: {', '.join(found.missing)}." if found.missing else ""
        if found.stops:
            stops.append(_HINT)
        words = " ".join([*stops, *found.look]) or missing or f"To {found.addressee}, {found.where}"
        self._said.setText(words)
        restyle(self._said, tone="bad" if stops else "warning" if found.look else "")
        self.set_busy(busy=bool(stops))
        if found.pdf or found.text:
            self.view.show_document("Preview", found.pdf or found.text)
        else:
            self.view.show_message("Preview", "There is no page to show yet.")

    def say_example(self) -> None:
        """No account is chosen yet: the page shows an example."""
        self._said.setText("The page shows an example until you choose an account.")
        restyle(self._said, tone="")
        self.set_busy(busy=False)

    def _arrange(self, account: Picked | None) -> None:
        form = self.form()
        self.body.removeItem(form)
        form.setParent(None)
        if account is None:
            form.add("account", "&Account", self.account)
        else:
            self.account.set_value(account)
        form.add("template", "&Letter", self.template)
        form.add("variant", "&Format", self.variant)
        align(form)
        left = QWidget()
        left.setObjectName("canvas")
        column(left, form, self.blanks, self._said, None, spacing=10)
        area = scrolled(left)
        area.setMinimumWidth(scaled(330))
        self.view.setMinimumWidth(scaled(330))
        both = row(area, self.view, spacing=16)
        both.setStretch(0, 2)
        both.setStretch(1, 3)
        self.body.addLayout(both, 1)

    def _come_back(self) -> None:
        """Choose the template that was begun with, once the templates are there."""
        if self._wanted is not None and self._templates:
            wanted, self._wanted = self._wanted, None
            self.template.set_value(wanted)

    def _choose(self) -> None:
        """Another template: ask for its blanks, keeping what was typed in those of the same name."""
        chosen = self.chosen()
        self.blanks.ask(chosen)
        self.variant.setEnabled(chosen is not None and chosen.channel is Channel.LETTER)
        self._pause.start()


class _Writing(QObject):
    """Joins the sheet to the services behind the doors; it goes with the sheet."""

    def __init__(self, office: Office, doors: LetterDoors, parent: QWidget, account: Picked | None) -> None:
        self.sheet = LetterSheet(parent, account, self._find)
        super().__init__(self.sheet)
        self._office, self._doors = office, doors
        self._previewing: Task | None = None
        self.sheet.preview_wanted.connect(self._preview)
        self.sheet.confirmed.connect(self._write)
        office.ask(self, doors.usable, then=self.sheet.show_templates, refused=self.sheet.show_error)
        self.sheet.open()

    def _find(self, text: str, then: Any) -> None:
        self._office.ask(self, self._doors.find, text, then=then)

    def _preview(self) -> None:
        chosen, account_id = self.sheet.chosen(), self.sheet.account.value()
        if chosen is None:
            return
        self._previewing = self._office.ask(
            self,
            self._doors.preview,
            chosen.channel,
            chosen.wording,
            account_id,
            self.sheet.blanks.answers(),
            variant=self.sheet.variant.value() if chosen.channel is Channel.LETTER else None,
            then=partial(self._show, example=account_id is None),
            refused=self.sheet.show_error,
            instead_of=self._previewing,
        )

    def _show(self, found: Preview, *, example: bool) -> None:
        self.sheet.show_preview(found)
        if example:
            self.sheet.say_example()

    def _write(self) -> None:
        new = self.sheet.letter()
        if new is not None:
            self.sheet.set_busy(busy=True)
            self._office.do(self, self._doors.write, new, then=self._made, refused=self.sheet.show_error)

    def _made(self, made: Made) -> None:
        self._office.messages.good(said_of(made))
        self.sheet.close()


def write_letter(
    office: Office, parent: QWidget, account: Picked | None = None, template: str = ""
) -> LetterSheet | None:
    """Open the sheet over a page, with a template chosen if one is named; None where the office has no doors to letters."""
    if office.letters is None:
        return None
    sheet = _Writing(office, office.letters, parent, account).sheet
    if template:
        sheet.begin_with(template)
    return sheet


def said_of(made: Made) -> str:
    """Where a letter is now, as a sentence."""
    where = "waits for a second person" if made.state is OutgoingState.WAITING else "is in the queue"
    return f"{made.title} to {made.addressee} {where}."
