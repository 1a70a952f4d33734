"""The small sheets of an item: what came of it, why it is opened again, how it was acknowledged, what it belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from app.services.post_log.register.dto import Linked
from app.views.common import formats
from app.views.common.dialogs import Sheet
from app.views.common.fields import ChoiceField, LineField, TickField
from app.views.common.fields_pickers import Picker
from app.views.common.theme import scaled

_WIDE: Final = 500
"""Room for a sentence, in pixels at 100 per cent."""
OUTCOMES: Final = (
    "Answered",
    "No answer needed",
    "Dealt with by telephone",
    "Passed to another team",
    "Payment posted",
)
"""What comes of most post; an officer may type anything else."""


class CloseSheet(Sheet):
    """What came of one item or several."""

    def __init__(self, parent: QWidget, count: int, number: str, *, answered: bool) -> None:
        what = f"Close {formats.count(count, 'item')}" if count > 1 else f"Close {number}"
        note = "" if answered else "Nobody has answered it." if count == 1 else "Some may not be answered yet."
        super().__init__(parent, what, primary="Close them" if count > 1 else "Close it", close="Keep open", note=note)
        self.usual = ChoiceField([(words, words) for words in OUTCOMES] + [("Something else", "")])
        self.outcome = LineField(400)
        form = self.form()
        form.add("usual", "&What came of it", self.usual)
        form.add("outcome", "In wor&ds", self.outcome, "It stands on the item, and is found again by it.")
        self.usual.set_value(OUTCOMES[0] if answered else OUTCOMES[1])
        self.usual.changed.connect(self._follow)
        self._follow()
        self.begin_at(self.outcome)
        self.setMinimumWidth(scaled(_WIDE))

    def _follow(self) -> None:
        self.outcome.set_value(self.usual.value())


class ReopenSheet(Sheet):
    """Why an item is opened again."""

    def __init__(self, parent: QWidget, number: str) -> None:
        super().__init__(parent, f"Open {number} again", primary="Open it again")
        self.why = LineField(400)
        self.again = TickField("It still has to be &answered: its time counts")
        form = self.form()
        form.add("why", "&Why", self.why, "Such as 'They wrote again'.")
        form.add("again", "Answer", self.again)
        self.again.set_value(True)
        self.setMinimumWidth(scaled(_WIDE))


class MarkSheet(Sheet):
    """How an item was acknowledged without Rentbook."""

    def __init__(self, parent: QWidget, number: str) -> None:
        super().__init__(
            parent,
            f"{number} was acknowledged",
            primary="Note it",
            note="Outside Rentbook: at the counter, by telephone, or by a letter written by hand.",
        )
        self.words = LineField(400)
        self.form().add("words", "&How", self.words, "Such as 'Told at the counter'.")
        self.setMinimumWidth(scaled(_WIDE))


class LinkSheet(Sheet):
    """What an item belongs to: find a record and link it, or take a link back."""

    def __init__(self, parent: QWidget, number: str, linked: Sequence[Linked], find: Any) -> None:
        super().__init__(
            parent,
            f"Link {number}",
            primary="Save",
            note="To an account, a person, an adjustment, a mandate, an order, an invoice, a case, a task or another item.",
        )
        self.record = Picker(find, "a record", "a reference, name, postcode or title")
        choices: list[tuple[str, object]] = [("Nothing", None)]
        own = [each for each in linked if each.own]
        choices += [(each.words, (each.subject, each.subject_id)) for each in own]
        self.off = ChoiceField(choices)
        form = self.form()
        form.add("record", "&Link to", self.record)
        if own:
            form.add("off", "&Take back", self.off)
        self.setMinimumWidth(scaled(_WIDE))
