"""The line that is chosen: what came in, with whom it is and by when, what can be done with it, and its history."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.models.values import FormatNeed
from app.services.post_log.register.dto import ItemDetail, Linked, RegisterRow, Step, Way
from app.views.common import formats
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.parts import Elided, label, pill, restyle
from app.views.common.post_columns import STATES, TONES, channel_words, due_tone, due_words, unchecked_words
from app.views.common.record_card import RecordCard, say
from app.views.common.works import Part
from app.views.post_log.table import HISTORY, LINKS

_NO_LINKS = "Nothing is linked to it. Ctrl+L links an account, an order, a mandate or another record."
_DECLARED = "You declared this account, so you may not work on it: give it to a colleague."


class DetailCard(RecordCard):
    """The right side of the page.

    Args:
        buttons: what can be done with the item.
        parts: the tabs after the history, the text and the links; each is made when it is first opened.

    Signals:
        link_opened(Linked): Enter or a double click on what the item is linked to.
    """

    link_opened = Signal(object)

    def __init__(self, buttons: Sequence[QWidget], parts: Sequence[Part] = ()) -> None:
        super().__init__("The item")
        self._state, self._urgent = pill(""), pill("High priority", "bad")
        self._who = Elided("strong")
        self._came = label("", "muted", wrap=True)
        self._account = label("", wrap=True)
        self._due = label("", "strong", wrap=True)
        self._with = label("", wrap=True)
        self._unchecked = label("", "strong", wrap=True, tone="warning")
        self._outcome = label("", wrap=True)
        self.history: ListModel[Step] = ListModel(HISTORY, in_turn=True)
        self.history_table = DataTable("History of the item", self.history, stretch="words", empty="Nothing yet.")
        self.parts.add_part("History", self.history_table)
        self.text = self.add_text("What it says", "What it says")
        self.links: ListModel[Linked] = ListModel(LINKS)
        self.links_table = DataTable("What the item is linked to", self.links, stretch="words", empty=_NO_LINKS)
        self.links_table.opened.connect(self.link_opened)
        self._links_at = self.parts.add_part("Links", self.links_table)
        self.parts.add_drawers(parts)
        said = (self._who, self._came, self._account, self._due, self._with, self._unchecked, self._outcome)
        self.arrange((self._state, self._urgent), said, buttons)
        self.clear()

    def clear(self) -> None:
        """Nothing is chosen."""
        self._begin("Nothing is chosen", "")
        self._came.setText("Choose a line in the list to see it here.")
        self.parts.setVisible(False)

    def show_item(self, found: ItemDetail) -> None:
        """Show what came in."""
        shown = found.row
        self._begin(shown.subject, f"From {shown.who}" if shown.who else "From nobody named")
        self._show_state(shown)
        self._urgent.setVisible(shown.priority == 1)
        self._came.setText(_about(found))
        self._show_account(shown, found.account)
        say(self._due, _due(found), due_tone(shown))
        say(self._with, f"With {shown.holder}" if shown.holder else "With nobody yet")
        say(self._unchecked, unchecked_words(shown))
        say(self._outcome, _DECLARED if shown.declared else f"Outcome: {found.outcome}" if found.outcome else "")
        self.parts.setVisible(True)
        self.parts.offer_drawer("mail", offered=found.mailed)
        self.history.show_rows(found.history)
        self.links.show_rows(found.linked)
        self.parts.count_part(self._links_at, len(found.linked))
        gone = "What it said was deleted at the end of its retention." if found.content_deleted else ""
        self.text.setPlainText(found.text or gone)

    def show_letter(self, shown: RegisterRow) -> None:
        """Show what went out; the Letters tab has the whole of it."""
        self._begin(shown.subject, f"To {shown.who}")
        self._show_state(shown)
        self._came.setText(
            f"{channel_words(shown.channel)} {shown.number}, written by {shown.holder}, {formats.moment(shown.at)}"
        )
        self._show_account(shown, shown.reference)
        say(self._outcome, "Press Enter in the list to open it on the Letters tab.")
        self.parts.setVisible(False)

    def _begin(self, title: str, who: str) -> None:
        self.title.say(title)
        self._who.say(who)
        self._who.setVisible(bool(who))
        for each in (self._state, self._urgent, self._account, self._due, self._with, self._unchecked, self._outcome):
            each.setVisible(False)
        self.history.show_rows(())
        self.links.show_rows(())
        self.parts.count_part(self._links_at, 0)
        self.text.setPlainText("")

    def _show_state(self, shown: RegisterRow) -> None:
        way = "" if shown.way is Way.IN else "Out: "
        self._state.setText(f"{way}{STATES.get(shown.state, shown.state)}")
        restyle(self._state, tone=TONES.get(shown.state, "").replace("muted", ""))
        self._state.setVisible(True)

    def _show_account(self, shown: RegisterRow, words: str) -> None:
        none = "About no account" if shown.way is Way.IN else ""
        say(self._account, f"Account {words}" if shown.account_id is not None else none)


def _about(found: ItemDetail) -> str:
    shown = found.row
    lines = [f"{shown.number}, {channel_words(shown.channel).lower()}, {formats.moment(shown.at)}, {shown.category}"]
    if found.theirs:
        lines.append(f"Their reference {found.theirs}")
    if found.address:
        lines.append(", ".join(found.address.splitlines()))
    needs = [formats.words(found.format)] if found.format is not FormatNeed.STANDARD else []
    needs += [found.language] if found.language else []
    if needs:
        lines.append(f"Needs the answer in {', '.join(needs).lower()}")
    if found.duplicate:
        lines.append(f"A copy of {found.duplicate}")
    return "\n".join(lines)


def _due(found: ItemDetail) -> str:
    """What is due next; of what is done, when it was."""
    if words := due_words(found.row):
        return words
    done = (("Answered", found.replied_on), ("Acknowledged", found.acknowledged_on))
    return next((f"{what} {formats.day(on)}" for what, on in done if on), "")
