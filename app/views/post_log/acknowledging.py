"""The sheet of acknowledgements: what goes to whom, what is left out and why, and each as it would be read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.services.letters.dto import Channel, Preview
from app.services.post_log.answering.dto import Draft
from app.views.common import formats
from app.views.common.columns import Column, ListModel
from app.views.common.data_table import DataTable
from app.views.common.dialogs import Sheet
from app.views.common.documents_view import DocumentView
from app.views.common.parts import label, restyle, row
from app.views.common.short_names import shorter_names
from app.views.common.template_blanks import COMING
from app.views.common.theme import scaled

HOW = {Channel.LETTER: "Letter", Channel.EMAIL: "E-mail", Channel.TEXT: "Text message"}
_SIZE = (1200, 660)


def _how(draft: Draft) -> str:
    return "Left out" if draft.stops or draft.channel is None else HOW[draft.channel]


def _where(draft: Draft) -> str:
    return draft.stops or " ".join((f"{draft.where}.", *draft.look) if draft.look else (draft.where,))


DRAFTS: tuple[Column[Draft], ...] = (
    Column("number", "Number", lambda draft: draft.number, 84, firm=True),
    Column("sender", "From", lambda draft: draft.sender, 170, shorter=lambda draft: shorter_names(draft.sender)),
    Column("how", "Goes as", _how, 100, tone=lambda draft: "bad" if draft.stops else ""),
    Column("where", "To, or why not", _where, 240),
)
"""What the list of acknowledgements shows."""


class AcknowledgeSheet(Sheet):
    """The acknowledgements of the chosen items.

    Signals:
        preview_wanted(item_id): show how this one would be read.
    """

    preview_wanted = Signal(object)

    def __init__(self, parent: QWidget, count: int) -> None:
        super().__init__(
            parent,
            f"Acknowledge {formats.count(count, 'item')}" if count > 1 else "Acknowledge the item",
            primary="Send it" if count == 1 else "Send them",
            note="Each goes in the sender's own channel and format. Letters go to the print queue.",
        )
        self._drafts: tuple[Draft, ...] = ()
        self._shown: int | None = None
        self._said = label("Looking at what can be sent …", "strong", wrap=True)
        self.drafts: ListModel[Draft] = ListModel(DRAFTS)
        self.table = DataTable("Acknowledgements", self.drafts, stretch="where", empty="Nothing is chosen.")
        self.table.setMinimumWidth(scaled(520))
        self.table.chosen.connect(self._choose)
        self.view = DocumentView()
        self.view.setMinimumWidth(scaled(330))
        self.view.show_message("Preview", COMING)
        halves = row(self.table, self.view, spacing=16)
        halves.setStretch(0, 3)
        halves.setStretch(1, 2)
        self.body.addWidget(self._said)
        self.body.addLayout(halves, 1)
        self.begin_at(self.table)
        self.resize(scaled(_SIZE[0]), scaled(_SIZE[1]))
        self.set_busy(busy=True)

    @property
    def going(self) -> tuple[int, ...]:
        """The items whose acknowledgement can go."""
        return tuple(each.item_id for each in self._drafts if not each.stops)

    def show_drafts(self, found: Sequence[Draft]) -> None:
        """Show them, those that are left out first: each is something to put right."""
        self._drafts = tuple(sorted(found, key=lambda draft: not draft.stops))
        self.drafts.show_rows(self._drafts)
        left = sum(bool(each.stops) for each in found)
        look = sum(bool(each.look) and not each.stops for each in found)
        said = [_counted(found)]
        if left:
            said.append(f"{formats.count(left, 'item')} left out: the list says why.")
        if look:
            said.append(f"{formats.count(look, 'item')} to look at.")
        self._said.setText(" ".join(said))
        restyle(self._said, tone="warning" if left or look else "")
        if self.primary is not None and len(found) > 1:
            self.primary.setText(f"Send {len(self.going):,}  Ctrl+Enter")
        self.set_busy(busy=not self.going)
        first = next((at for at, each in enumerate(self._drafts) if not each.stops), 0)
        if self._drafts:
            self.table.selectRow(first)
            self._choose(self._drafts[first])

    def show_preview(self, found: Preview) -> None:
        """Show how the one that is chosen would be read."""
        title = f"To {found.addressee}" if found.addressee else "Preview"
        if found.problems:
            self.view.show_message(title, " ".join(str(each) for each in found.problems))
        elif found.pdf or found.text:
            self.view.show_document(title, found.pdf or found.text)
        else:
            self.view.show_message(title, " ".join(found.stops) or "There is no page to show.")

    def _choose(self, draft: Draft | None) -> None:
        if draft is None or draft.item_id == self._shown:
            return
        self._shown = draft.item_id
        if draft.stops:
            self.view.show_message(f"{draft.number} is left out", draft.stops)
        else:
            self.view.show_message("Preview", COMING)
            self.preview_wanted.emit(draft.item_id)


def _counted(found: Sequence[Draft]) -> str:
    """What goes out: `2 letters and 1 e-mail go out`."""
    parts = []
    for channel, words in ((Channel.LETTER, "letter"), (Channel.EMAIL, "e-mail"), (Channel.TEXT, "text message")):
        count = sum(each.channel is channel and not each.stops for each in found)
        if count:
            parts.append(formats.count(count, words))
    if not parts:
        return "Nothing can be sent."
    total = sum(not each.stops for each in found)
    listed = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
    return f"{listed} {'goes' if total == 1 else 'go'} out."
