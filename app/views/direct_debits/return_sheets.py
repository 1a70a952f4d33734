"""The sheets of what comes back: what was read, what applying does, whose an item is, and why one is set aside or taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from app.services.direct_debits.returns.dto import (
    FileRead,
    ItemDetail,
    ItemRow,
    MatchItem,
    Rehearsal,
    Reopen,
    SetAside,
    TakeBack,
)
from app.views.common import formats
from app.views.common.columns import Column, ListModel
from app.views.common.data_table import DataTable
from app.views.common.dialogs import Sheet
from app.views.common.fields import ChoiceField, LineField
from app.views.common.listed_card import listed_card
from app.views.common.theme import scaled
from app.views.direct_debits.report_items import COUNTED, FILES, LEFT

_WHY, _REFERENCE, _WIDE, _WIDER = 200, 40, 560, 860
_HEAD, _LINE, _MOST_LINES = 40, 29, 8
_OTHER: Final = 0
_BACK: Final = (
    "The payment stands on its accounts again, and isn't presented again. Letters that went and what was done to the "
    "mandate stay: look at it afterwards."
)


class ReadSheet(Sheet):
    """What was read of some files, and what of them was refused."""

    def __init__(self, parent: QWidget, files: Sequence[FileRead]) -> None:
        good = sum(each.read is not None and not each.read.before for each in files)
        note = f"{good:,} of {formats.count(len(files), 'file')} read. Nothing is applied yet."
        super().__init__(parent, "What was read", close="Close", note=note)
        self.body.addWidget(_table("Files", FILES, files, "told"), 1)
        self.resize(scaled(_WIDER), scaled(380))


class ApplySheet(Sheet):
    """What applying many items does, counted, before it is done."""

    def __init__(self, parent: QWidget, found: Rehearsal) -> None:
        note = "Each item is applied once; what can't be is left as it is."
        does = f"Apply {formats.count(found.count, 'item')}"
        super().__init__(parent, "Apply what the bank reports", primary=does, note=note)
        self._ids = found.item_ids
        self.body.addWidget(_table("All in all", COUNTED, found.lines, "words"), 5)
        if found.left:
            heading = (
                f"Left as {'it is' if len(found.left) == 1 else 'they are'}: {formats.count(len(found.left), 'item')}"
            )
            self.body.addWidget(_table(heading, LEFT, found.left, "why"), 3)
        self.confirm_action.setEnabled(found.count > 0)
        self.resize(scaled(_WIDER), scaled(620 if found.left else 420))

    def command(self) -> tuple[int, ...]:
        """The items that were counted, and no others."""
        return self._ids


class MatchSheet(Sheet):
    """The mandate that an item is of: one that is like it, or another by its reference."""

    def __init__(self, parent: QWidget, found: ItemDetail) -> None:
        shown = found.row
        amount = f", {shown.amount}" if shown.amount is not None else ""
        note = f"{shown.reference or 'No reference'}, {shown.payer or 'no name'}{amount}: {shown.reason}"
        super().__init__(parent, "Whose is it?", primary="It is of this mandate", note=note)
        self._row = shown
        choices: list[tuple[str, object]] = [
            (f"{each.reference}, {each.payer}: {each.why.lower()}", each.mandate_id) for each in found.candidates
        ]
        self._which = ChoiceField([*choices, ("Another mandate, by its reference", _OTHER)])
        self.fields = self.form()
        self.fields.add("mandate", "&Mandate", self._which)
        self.fields.add(
            "reference", "&Reference", LineField(_REFERENCE, placeholder="Of the mandate, as on its letters")
        )
        self.setMinimumWidth(scaled(_WIDE))
        self._which.changed.connect(self._follow)
        self._follow()

    def choose(self, mandate_id: int) -> None:
        """Choose a mandate that is offered."""
        self._which.set_value(mandate_id)

    def command(self) -> MatchItem:
        """What is asked for."""
        values = self.fields.values()
        return MatchItem(self._row.item_id, self._row.version, values["mandate"] or None, values["reference"])

    def _follow(self) -> None:
        self.fields.setRowVisible(self.fields.labels["reference"], self._which.value() == _OTHER)


class AsideSheet(Sheet):
    """Nothing is to be done with some items; why."""

    def __init__(self, parent: QWidget, rows: Sequence[ItemRow]) -> None:
        what = rows[0].reference or "the item" if len(rows) == 1 else formats.count(len(rows), "item")
        super().__init__(
            parent,
            f"Set {what} aside",
            primary="Set aside",
            note="Nothing is done with it, and it stays in the list Set aside.",
        )
        self._ids = tuple(each.item_id for each in rows)
        self.fields = self.form()
        self.fields.add("why", "&Why", LineField(_WHY, placeholder="Such as: not ours, returned to the bank"))
        self.setMinimumWidth(scaled(_WIDE))

    def command(self) -> SetAside:
        """What is asked for."""
        return SetAside(self._ids, self.fields.values()["why"])


class AgainSheet(Sheet):
    """Items that were set aside are brought back; why."""

    def __init__(self, parent: QWidget, rows: Sequence[ItemRow]) -> None:
        what = rows[0].reference or "the item" if len(rows) == 1 else formats.count(len(rows), "item")
        note = "It waits to be applied again, or to be looked at where its mandate isn't known. Nothing is done yet."
        super().__init__(parent, f"Bring {what} back", primary="Bring back", note=note)
        self._ids = tuple(each.item_id for each in rows)
        self.fields = self.form()
        self.fields.add("why", "&Why", LineField(_WHY, placeholder="Such as: it is of our payer after all"))
        self.setMinimumWidth(scaled(_WIDE))

    def command(self) -> Reopen:
        """What is asked for."""
        return Reopen(self._ids, self.fields.values()["why"])


class BackSheet(Sheet):
    """A return that was applied wrongly is taken back."""

    def __init__(self, parent: QWidget, shown: ItemRow) -> None:
        super().__init__(parent, f"Take back the return of {shown.amount}", primary="Take it back", note=_BACK)
        self._id = shown.item_id
        self.fields = self.form()
        self.fields.add("why", "&Why", LineField(_WHY, placeholder="Such as: matched to the wrong payer"))
        self.setMinimumWidth(scaled(_WIDE))

    def command(self) -> TakeBack:
        """What is asked for."""
        return TakeBack(self._id, self.fields.values()["why"])


def _table(name: str, columns: Sequence[Column[Any]], rows: Sequence[Any], stretch: str) -> QWidget:
    model: ListModel[Any] = ListModel(columns, in_turn=True)
    model.show_rows(tuple(rows))
    table = DataTable(name, model, stretch=stretch)
    table.setMinimumHeight(scaled(_HEAD + _LINE * min(len(rows), _MOST_LINES)))
    return listed_card(name, [], table, "")
