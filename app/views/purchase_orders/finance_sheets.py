"""The sheets of the finance system: what a transaction is, what loading does, preparing, handing over, a file's records."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QWidget

from app.models.values import FinanceFileKind
from app.services.purchase_orders.finance.handing.dto import TITLES, FileRow, ItemRow, ToHand
from app.services.purchase_orders.finance.transactions.dto import (
    Held,
    LoadCheck,
    Ours,
    Pair,
    Settle,
    Theirs,
    TransactionFile,
)
from app.views.common import formats
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.dialogs import Sheet
from app.views.common.fields import AreaField, ChoiceField
from app.views.common.parts import label
from app.views.common.theme import scaled
from app.views.purchase_orders.finance_tables import ITEMS

_WIDE: Final = 640
_WORDS: Final = 400
_SHOWN: Final = 12


class SettleSheet(Sheet):
    """What a transaction of the finance system is: a document of ours, explained in words, or neither yet."""

    def __init__(self, parent: QWidget, their: Theirs, ours: Sequence[Ours], pair: Pair | None) -> None:
        note = f"{their.amount} on {their.code}, posted {formats.day(their.posted_on)}: {their.reference} {their.description}"
        super().__init__(parent, "A transaction of the finance system", primary="Save", note=note.strip())
        self._their = their
        same = [each for each in ours if each.budget_id == their.budget_id]
        offered: list[tuple[str, object]] = [("None of ours, or not known", None)]
        if pair is not None:
            offered.append((f"{pair.ours.number}  {pair.ours.supplier}  {pair.ours.amount}", pair.ours))
        offered += [(f"{each.number}  {each.supplier}  {each.amount}  {formats.day(each.on)}", each) for each in same]
        self.fields = fields = self.form()
        fields.add("is", "It is &of", ChoiceField(offered), "Documents on the same code that no transaction is of yet")
        fields.add(
            "words", "&Explanation", AreaField(_WORDS, height=70), "Why it is right as it is; whoever signs reads this"
        )
        fields.fill({"is": pair.ours if pair else None, "words": their.explained})
        self._pair = pair
        self.setMinimumWidth(scaled(_WIDE))

    def command(self) -> Settle:
        """What is said. A pair that stays and is explained keeps its document."""
        values = self.fields.values()
        document, words = values["is"], str(values["words"] or "")
        stays = self._pair is not None and document == self._pair.ours
        named = document if isinstance(document, Ours) and not (stays and words.strip()) else None
        return Settle(
            self._their.line_id,
            self._their.version,
            named.subject if named else None,
            named.subject_id if named else None,
            words,
        )


class LoadSheet(Sheet):
    """What loading a file of transactions does, and what is wrong in it."""

    def __init__(self, parent: QWidget, file: TransactionFile, found: LoadCheck) -> None:
        wrong = bool(found.mistakes)
        super().__init__(
            parent,
            f"Load {file.name}",
            primary="" if wrong else "Load the transactions",
            close="Close" if wrong else "Cancel",
        )
        self._file = file
        for words in _said(found):
            self.body.addWidget(label(words, wrap=True))
        self.setMinimumWidth(scaled(_WIDE))

    def command(self) -> TransactionFile:
        """The file."""
        return self._file


class PrepareSheet(Sheet):
    """A period is put forward to be signed."""

    def __init__(self, parent: QWidget, held: Held) -> None:
        total = held.total
        note = (
            f"{formats.day(held.from_on)} to {formats.day(held.to_on)}: ours {total.ours}, theirs {total.theirs}, "
            f"matched {total.matched}, ours only {total.ours_only}, theirs only {total.theirs_only}, differing by "
            f"{total.differs}. Another officer signs it; then nothing in it changes."
        )
        super().__init__(parent, "Prepare the reconciliation", primary="Prepare", note=note)
        self.fields = fields = self.form()
        fields.add("note", "&Note", AreaField(_WORDS, height=80), "For whoever signs")
        self.setMinimumWidth(scaled(_WIDE))

    def command(self) -> str:
        """The note."""
        return str(self.fields.values()["note"] or "")


class HandSheet(Sheet):
    """What is handed over, by which layout."""

    def __init__(
        self, parent: QWidget, waits: Sequence[ToHand], layouts: Sequence[tuple[FinanceFileKind, str, str]]
    ) -> None:
        note = "Everything that is new or changed goes in the file, once. Bank details are never in it."
        super().__init__(parent, "Hand over to the finance system", primary="Make the file", note=note)
        self.fields = fields = self.form()
        kinds = [(f"{TITLES[each.kind]}: {each.count:,} to go", each.kind) for each in waits]
        self._layouts = layouts
        fields.add("kind", "&What", ChoiceField(kinds))
        fields.add("profile", "&Layout", ChoiceField([("As shipped", "")]))
        first = next((each.kind for each in waits if each.count), waits[0].kind)
        fields.fill({"kind": first})
        self._follow()
        field = fields.field("kind")
        assert isinstance(field, ChoiceField)
        field.changed.connect(lambda *_: self._follow())
        self.setMinimumWidth(scaled(_WIDE))

    def command(self) -> tuple[FinanceFileKind, str]:
        """The kind, and the layout's key."""
        values = self.fields.values()
        return values["kind"], values["profile"] or ""

    def _follow(self) -> None:
        field = self.fields.field("profile")
        assert isinstance(field, ChoiceField)
        kind = self.fields.values()["kind"]
        field.offer([(title, key) for of, key, title in self._layouts if of is kind])


class FileSheet(Sheet):
    """A file's records, and what came back of each."""

    def __init__(self, parent: QWidget, row: FileRow, items: Sequence[ItemRow]) -> None:
        super().__init__(parent, f"File {row.number:05}: {row.file_name}", primary="Save again", close="Close")
        model: ListModel[ItemRow] = ListModel(ITEMS)
        table = DataTable("Records of the file", model, stretch="what", empty="Its records aren't listed apart.")
        model.show_rows(items)
        self.body.addWidget(table, 1)
        self.resize(scaled(820), scaled(560))


def _said(found: LoadCheck) -> list[str]:
    lines = [
        f"{formats.count(found.new, 'transaction')} to load; {found.total} in the file."
        + (f" {found.known:,} were loaded before and are passed over." if found.known else "")
    ]
    if found.unknown_codes:
        codes = ", ".join(f"{code} ({count})" for code, count in list(found.unknown_codes.items())[:_SHOWN])
        lines.append(f"No budget of ours has these codes: {codes}. They are loaded, and stand as theirs only.")
    lines += [f"Row {each.row}: {each.message} {each.hint}".strip() for each in found.mistakes[:_SHOWN]]
    if len(found.mistakes) > _SHOWN:
        lines.append(f"And {len(found.mistakes) - _SHOWN:,} more.")
    if found.mistakes:
        lines.append("Put the file right and choose it again: nothing was loaded.")
    return lines
