"""The sheet of a letter that came back: which of ours it was, and why the post returned it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.core.errors import UserError
from app.services.post_log.answering.dto import Candidate, NoteReturn, ReturnForm
from app.views.common import formats
from app.views.common.columns import Column, ListModel
from app.views.common.data_table import DataTable
from app.views.common.dialogs import Sheet
from app.views.common.fields import LineField
from app.views.common.parts import label
from app.views.common.pause import Pause
from app.views.common.short_names import shorter_names
from app.views.common.theme import scaled

_PAUSE_MS = 200
_SIZE = (900, 560)
LETTERS: tuple[Column[Candidate], ...] = (
    Column("on", "Went on", lambda each: each.letter_date, 104, firm=True),
    Column("title", "Letter", lambda each: each.title, 150),
    Column("who", "To", lambda each: each.addressee, 150, shorter=lambda each: shorter_names(each.addressee)),
    Column("address", "Address", lambda each: each.address, 250, floor=230),
    Column("reference", "Account", lambda each: each.reference, 92, firm=True),
    Column("by", "Found by", lambda each: each.found_by, 120, least=1),
)


class ReturnSheet(Sheet):
    """Which letter it was.

    Signals:
        search_wanted(text): look for letters with these words instead; empty: by what the item says.
    """

    search_wanted = Signal(str)

    def __init__(self, parent: QWidget, form: ReturnForm) -> None:
        super().__init__(
            parent,
            f"Which letter came back? {form.number}",
            primary="It is this one",
            note=(
                "The account is marked, no more letters go to that address, and whoever wrote the letter gets the task "
                "to find the right one."
            ),
        )
        self._shown = form
        self.about = (Subject.POST_ITEM, form.item_id)
        self.text = LineField(60, placeholder="A name, postcode or reference on the envelope")
        self.reason = LineField(200)
        fields = self.form()
        fields.add("reason", "&Why it came back", self.reason, "Such as 'gone away' or 'not known here'.")
        fields.add("text", "&Look for", self.text)
        self.letters: ListModel[Candidate] = ListModel(LETTERS)
        self.table = DataTable("Letters that went out", self.letters, stretch="address", empty="No letter fits.")
        self.table.setMinimumHeight(scaled(180))
        self._said = label("", "muted", wrap=True)
        self.body.addWidget(self._said)
        self.body.addWidget(self.table, 1)
        self._pause = Pause(self, lambda: self.search_wanted.emit(self.text.text()), _PAUSE_MS)
        self.text.textEdited.connect(lambda _text: self._pause.start())
        self.begin_at(self.reason)
        self.resize(scaled(_SIZE[0]), scaled(_SIZE[1]))
        self.show_letters(form.candidates)

    def show_letters(self, found: Sequence[Candidate]) -> None:
        """Show the letters that it may be; the likeliest is chosen."""
        self.letters.show_rows(found)
        self._said.setText(
            f"{formats.count(len(found), 'letter')} of the last half year may be it, the likeliest first."
            if found
            else "No letter that went out fits what the item says: type what stands on the envelope."
        )
        if found:
            self.table.selectRow(0)
        self.set_busy(busy=not found)

    def note(self) -> NoteReturn | None:
        """What is to be noted; None, and it is said, where no letter is chosen."""
        chosen = self.letters.row_at(self.table.currentIndex().row())
        if chosen is None:
            self.show_error(
                UserError("Choose the letter in the list.", "Type a name or a postcode to find it.", "text")
            )
            return None
        reason = str(self.reason.value())
        return NoteReturn(
            self._shown.item_id, chosen.outgoing_id, reason, self._shown.version, statement_id=chosen.statement_id
        )
