"""The sheet of an answer: how it goes, what it says, how it would be read, and what came of the item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.models.values import Subject
from app.services.core.errors import UserError
from app.services.letters.dto import Preview, TemplateRow
from app.services.post_log.answering.dto import WRITTEN, AnswerBy, AnswerForm, NewAnswer, Way
from app.views.common import formats
from app.views.common.dialogs import Sheet
from app.views.common.documents_view import DocumentView
from app.views.common.fields import AreaField, ChoiceField, LineField
from app.views.common.fields_ticks import TicksField
from app.views.common.forms import Form
from app.views.common.parts import column, label, restyle, row, scrolled
from app.views.common.pause import Pause
from app.views.common.template_blanks import COMING, TemplateBlanks, align
from app.views.common.theme import scaled

_PAUSE_MS: Final = 250
_ANSWER: Final = "answer"
_BY: Final = {
    AnswerBy.LETTER: "Letter",
    AnswerBy.EMAIL: "E-mail",
    AnswerBy.TEXT: "Text message",
    AnswerBy.CALL: "Telephone call",
    AnswerBy.VISIT: "In person",
}
_SPOKEN: Final = "What was said is kept as a note on the account, or on the item where it has none."
_SIZE: Final = (1120, 760)
_BOX, _TEMPLATE, _RECIPIENT, _TEXT, _DOCUMENTS = 1, 2, 3, 4, 5
"""Lines of the upper form."""
_MANY: Final = 3
_NOTIFY: Final = "GOV.UK Notify, outside the thread"
_ADDRESSEE, _ADDRESS = 1, 2
"""Lines of the lower form."""


class AnswerSheet(Sheet):
    """The answer to one item.

    Signals:
        preview_wanted: what is chosen or typed has changed for a moment.
    """

    preview_wanted = Signal()

    def __init__(self, parent: QWidget, form: AnswerForm, key: str) -> None:
        due = f" The answer is due by {formats.day(form.reply_by)}." if form.reply_by else ""
        super().__init__(
            parent,
            f"Answer {form.number}",
            primary="Send the answer",
            note=f"From {form.sender or 'nobody named'}: {form.subject_line}.{due}",
        )
        self._shown, self._key = form, key
        self.about = (Subject.POST_ITEM, form.item_id)
        self.by = ChoiceField([(_offered(way), way.by) for way in form.ways])
        boxes: list[tuple[str, object]] = [(f"{box.address}, in the thread", box.mailbox_id) for box in form.boxes]
        self.box = ChoiceField([*boxes, (_NOTIFY, None)])
        self.box.set_value(boxes[0][1] if boxes else None)
        self._documents = _named_once(form.documents)
        self.documents = TicksField(tuple(self._documents), height=56 if len(form.documents) < _MANY else 82)
        self.template = ChoiceField()
        self.recipient = LineField(254)
        self.addressee = LineField(200, placeholder="Somebody other than the sender")
        self.address = AreaField(400, height=66)
        self.text = AreaField(4_000, height=190, grows=True)
        self.outcome = LineField(400, placeholder="Such as: refund paid. Empty leaves it open")
        self.blanks = TemplateBlanks(height=90, but=_ANSWER)
        self._said = label(" ".join(form.look), wrap=True, tone="warning" if form.look else "")
        self.view = DocumentView()
        self._pause = Pause(self, self._ask, _PAUSE_MS)
        self._arrange()
        self.blanks.changed.connect(self._pause.start)
        self.blanks.changed.connect(self.typed_changed)
        for field in (self.recipient, self.addressee, self.address, self.text):
            field.changed.connect(self._pause.start)
        self.by.changed.connect(self._follow)
        self.box.changed.connect(self._follow_box)
        self.template.changed.connect(self._choose)
        self.begin_at(self.text)
        self.resize(scaled(_SIZE[0]), scaled(_SIZE[1]))
        self._follow()

    def chosen(self) -> TemplateRow | None:
        """The template that is chosen; none where the answer is spoken."""
        return next((each for each in self._templates() if each.key == self.template.value()), None)

    def answer(self) -> NewAnswer:
        """What is to be done."""
        by: AnswerBy = self.by.value()
        letter = by is AnswerBy.LETTER
        lines = tuple(line.strip() for line in str(self.address.value()).splitlines() if line.strip())
        chosen = self.chosen()
        return NewAnswer(
            self._shown.item_id,
            by,
            str(self.text.value()),
            self._shown.version,
            chosen.key if chosen else "",
            self.blanks.answers(),
            "" if letter or by not in WRITTEN else str(self.recipient.value()),
            str(self.addressee.value()) if letter else "",
            lines if letter else (),
            str(self.outcome.value()),
            self._key,
            self._mailbox(),
            tuple(self._documents[name] for name in self.documents.value()) if self._mailbox() is not None else (),
        )

    def show_preview(self, found: Preview) -> None:
        """Show how it would be read, and what speaks against it."""
        stops = [*(str(each) for each in found.problems), *found.stops]
        self._said.setText(" ".join([*stops, *(found.look or self._shown.look)]))
        restyle(self._said, tone="bad" if stops else "warning")
        self.set_busy(busy=bool(stops))
        if found.pdf or found.text:
            self.view.show_document(f"To {found.addressee}" if found.addressee else "Preview", found.pdf or found.text)
        else:
            self.view.show_message("Preview", "There is no page to show yet.")

    def typed(self) -> dict[str, Any]:
        """What is written, whichever template it was written for."""
        return super().typed() | self.last.typed() | {"answers": self.blanks.typed()}

    def retype(self, typed: Mapping[str, Any]) -> None:
        """Put back what was written."""
        super().retype(typed)
        self.last.retype(typed)
        self.blanks.retype(dict(typed.get("answers", {})))
        self._pause.start()

    def written(self) -> list[str]:
        """What stands in the fields that are for sentences."""
        last = [str(self.outcome.value()), str(self.addressee.value()), str(self.address.value())]
        return [*super().written(), *last, *self.blanks.typed().values()]

    def show_error(self, error: UserError) -> None:
        """Beside the field that it is about, in whichever of the forms it stands."""
        if error.field in {"outcome", "addressee", "address"} and self.last.show_error(error):
            self.set_busy(busy=False)
        else:
            super().show_error(error)

    def _arrange(self) -> None:
        form = self.fields = self.form()
        self.body.removeItem(form)
        form.setParent(None)
        form.add("by", "&By", self.by)
        form.add("mailbox", "&From", self.box)
        form.add("template", "Te&mplate", self.template)
        form.add("recipient", "&To", self.recipient)
        form.add("text", "&Answer", self.text)
        form.add("documents", "&With it", self.documents)
        align(form)
        last = self.last = Form()
        last.changed.connect(self.typed_changed)
        last.add("outcome", "&Close with", self.outcome)
        last.add("addressee", "&Instead to", self.addressee)
        last.add("address", "A&ddress", self.address)
        align(last)
        left = QWidget()
        left.setObjectName("canvas")
        theirs = QPlainTextEdit(self._shown.text)
        theirs.setReadOnly(True)
        theirs.setAccessibleName("What they wrote")
        heading = label("What they wrote", "strong")
        for each in (heading, theirs):
            each.setVisible(bool(self._shown.text))
        lines = column(left, form, self.blanks, last, self._said, heading, theirs, None, spacing=10)
        if self._shown.text:
            lines.setStretch(lines.indexOf(theirs), 1)
        area = scrolled(left)
        area.setMinimumWidth(scaled(360))
        self.view.setMinimumWidth(scaled(330))
        both = row(area, self.view, spacing=16)
        both.setStretch(0, 1)
        both.setStretch(1, 1)
        self.body.addLayout(both, 1)

    def _ask(self) -> None:
        """What is spoken has no page to be shown."""
        if self.by.value() in WRITTEN:
            self.preview_wanted.emit()

    def _templates(self) -> tuple[TemplateRow, ...]:
        channel = WRITTEN.get(self.by.value())
        return tuple(each for each in self._shown.templates if each.channel is channel)

    def _follow(self) -> None:
        """Show what belongs to the way that is chosen."""
        by: AnswerBy = self.by.value()
        way = next(each for each in self._shown.ways if each.by is by)
        letter, written = by is AnswerBy.LETTER, by in WRITTEN
        self.fields.setRowVisible(_TEMPLATE, written)
        self.fields.setRowVisible(_RECIPIENT, written and not letter)
        for at in (_ADDRESSEE, _ADDRESS):
            self.last.setRowVisible(at, letter)
        self.recipient.set_value("" if letter else way.where)
        self._show_box()
        self.template.offer([(each.title, each.key) for each in self._templates()])
        if self.primary is not None:
            self.primary.setText(f"{'Send the answer' if written else 'Keep the note'}  Ctrl+Enter")
        self._choose()

    def _mailbox(self) -> int | None:
        """The mailbox that the answer goes out from; none where it goes another way."""
        box: int | None = self.box.value()
        return box if self.by.value() is AnswerBy.EMAIL else None

    def _show_box(self) -> None:
        """Ask which mailbox, and what goes with it, where an e-mail may be answered in its thread."""
        self.fields.setRowVisible(_BOX, self.by.value() is AnswerBy.EMAIL and bool(self._shown.boxes))
        self.fields.setRowVisible(_DOCUMENTS, self._mailbox() is not None and bool(self._documents))

    def _follow_box(self) -> None:
        self._show_box()
        self._pause.start()

    def _choose(self) -> None:
        """Ask for the blanks of the template, keeping what was typed in those of the same name."""
        chosen = self.chosen()
        self.blanks.ask(chosen)
        says = chosen is None or any(name == _ANSWER for name, _ in chosen.blanks)
        self.fields.setRowVisible(_TEXT, says)
        self.set_busy(busy=False)
        if self.by.value() in WRITTEN:
            self.view.show_message("Preview", COMING)
            self._pause.start()
        else:
            self._said.setText(" ".join(self._shown.look))
            self.view.show_message("Kept as a note", _SPOKEN)


def _named_once(documents: Sequence[tuple[int, str]]) -> dict[str, int]:
    """Links by name; of two files of one name, the second says so."""
    found: dict[str, int] = {}
    for link, name in documents:
        again = sum(each == name or each.startswith(f"{name} (") for each in found)
        found[f"{name} ({again + 1})" if again else name] = link
    return found


def _offered(way: Way) -> str:
    """A way as it is offered, and whether it reaches them."""
    if way.stops:
        return f"{_BY[way.by]} (not possible)"
    return _BY[way.by]
