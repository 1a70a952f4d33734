"""The letter that is chosen: what it is, where it stands, what can be done with it, and its pages."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.services.letters.dto import OUTGOING_STATES, Channel, OutgoingDetail, OutgoingRow, Variant
from app.views.common import formats
from app.views.common.documents_view import DocumentView
from app.views.common.flow import FlowLayout
from app.views.common.parts import Card, Elided, action_button, column, label, pill, restyle, row, scrolled
from app.views.common.rooms import Room
from app.views.letters.table import CHANNELS, TONES

_LEAST_PAGE = 170
"""The page of the letter, at 100 per cent; the card scrolls where there is no room under what is said of it."""
_PAGES = "As it goes out"
_FORMATS = {
    Variant.STANDARD: "standard print",
    Variant.LARGE_PRINT: "large print",
    Variant.TEXT: "plain text",
}
_ICONS = {
    "Approve": "check-decagram-outline",
    "Mark as printed": "printer-check",
    "Undo printed": "undo-variant",
    "Came back": "email-remove-outline",
    "Address is right": "map-marker-check-outline",
    "Try again": "refresh",
    "Cancel letter": "cancel",
    "Save a copy": "content-save-outline",
    "Word": "microsoft-word",
    "Print instead": "printer-outline",
}


class DetailCard(Card):
    """The right side of the page."""

    def __init__(self, actions: Sequence[QAction]) -> None:
        super().__init__(spacing=8)
        self._title = label("", "heading", wrap=True)
        self._state = pill("")
        self._to = Elided("strong")
        self._where = label("", "muted", wrap=True)
        self._remark = label("", wrap=True, tone="bad")
        self._story = label("", "muted", wrap=True)
        self.view = DocumentView()
        buttons = FlowLayout()
        for action in actions:
            buttons.addWidget(action_button(action, icon=_ICONS[action.text()]))
        head = row(self._title, self._state)
        head.setStretch(0, 1)
        self.column.addLayout(head)
        inside = QWidget()
        inside.setObjectName("canvas")
        under = (self._to, self._where, self._remark, self._story, buttons, Room(self.view, _LEAST_PAGE))
        column(inside, *under).setStretch(len(under) - 1, 1)
        self.column.addWidget(scrolled(inside), 1)
        self.clear()

    def clear(self) -> None:
        """No letter is chosen."""
        self._title.setText("No letter is chosen")
        for each in (self._state, self._remark, self._story):
            each.setVisible(False)
        self._to.say("")
        self._where.setText("Choose one in the list to see it here.")
        self.view.show_message("", "")

    def show_letter(self, found: OutgoingDetail) -> None:
        """Show a letter."""
        shown = found.row
        self._title.setText(shown.title)
        self._state.setText(OUTGOING_STATES[shown.state])
        restyle(self._state, tone=TONES.get(shown.state, "").replace("muted", ""))
        self._state.setVisible(True)
        self._to.say(shown.addressee)
        self._where.setText(_about(shown))
        self._remark.setText(shown.what)
        restyle(self._remark, tone=TONES.get(shown.state, "").replace("good", ""))
        self._remark.setVisible(bool(shown.what))
        self._story.setText("; ".join(f"{words}, {formats.moment(at)}" for at, words in found.story))
        self._story.setVisible(True)
        if found.file is None:
            self.view.show_document(CHANNELS[shown.channel], found.text)
        elif found.file.media_type == "application/pdf":
            self.view.show_document(_PAGES, found.file.content)
        else:
            self.view.show_document(_PAGES, found.file.content.decode("utf-8"))


def _about(shown: OutgoingRow) -> str:
    form = _FORMATS[shown.variant] if shown.channel is Channel.LETTER else CHANNELS[shown.channel].lower()
    batch = f", batch {shown.batch_id}" if shown.batch_id else ""
    return f"{shown.address}\nAccount {shown.reference}, {form}{batch}"
