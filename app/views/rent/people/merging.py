"""The sheets by which two records of one person are made one, and parted again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.services.people.dto import AccountPeople
from app.services.people.merging.dto import Candidate, MergePeople, MergeRow, UndoMerge
from app.views.common import formats
from app.views.common.effects import WorkSheet
from app.views.common.fields import ChoiceField, LineField
from app.views.common.fields_pickers import Find, Picker

_ANOTHER = "Another record: find it below"


class MergeSheet(WorkSheet):
    """Another record of somebody on the account is made part of theirs.

    Args:
        people: of the account; one of them is kept.
        find: looks for people as their name is typed.
    """

    def __init__(self, parent: QWidget, people: AccountPeople, find: Find, reference: str) -> None:
        note = f"Account {reference}. The record that is kept is the one on this account."
        super().__init__(parent, "Merge two records of one person", save="Merge", note=note, width=960)
        self.fields = self.form()
        named = [(f"{each.name}, {each.reference}", each.person_id) for each in people.people]
        self.kept = ChoiceField(named)
        self.likely = ChoiceField([(_ANOTHER, None)])
        self.other = Picker(find, "a person", "a name, date of birth or telephone")
        self.fields.add("kept", "&Keep", self.kept)
        self.fields.add("likely", "&Likely the same", self.likely)
        self.why = self.fields.add_words(self.likely)
        self.fields.add("other", "&Another record", self.other)
        reason = LineField(400, placeholder="Such as: same date of birth, spoken to her")
        self.fields.add("reason", "&Why", reason, "It stays with the merge")
        self._whys: dict[int, str] = {}
        self.likely.changed.connect(self._allow)

    def offer(self, found: Sequence[Candidate]) -> None:
        """Offer the records that are likely of the same person, the likeliest chosen."""
        self._whys = {each.person_id: each.why for each in found}
        offered: list[tuple[str, object]] = [(_line(each), each.person_id) for each in found]
        self.likely.offer([*offered, (_ANOTHER, None)])
        self.likely.setCurrentIndex(0)
        self._allow()
        self.typed_changed.emit()

    def command(self) -> MergePeople | None:
        """What is to be done; None while the other record isn't chosen."""
        values = self.fields.values()
        other = values["likely"] or values["other"]
        return MergePeople(values["kept"], other, values["reason"]) if other is not None else None

    def _allow(self) -> None:
        """The other record is looked for where none of the likely ones is chosen."""
        chosen = self.likely.value()
        self.other.setEnabled(chosen is None)
        why = self._whys.get(chosen, "") or "No other record is likely of the same person." * (not self._whys)
        self.why.setText(why[:1].upper() + why[1:])
        self.why.setVisible(bool(why))


class UnmergeSheet(WorkSheet):
    """A merge is undone: what it moved goes back."""

    def __init__(self, parent: QWidget, merges: Sequence[MergeRow], reference: str) -> None:
        note = f"Account {reference}. What was written since the merge stays with the record that was kept."
        super().__init__(parent, "Undo a merge", save="Part them", note=note, width=960)
        self._merges = {each.merge_id: each for each in merges}
        self.fields = self.form()
        self.fields.add("merge", "&Merge", ChoiceField([(_merge_line(each), each.merge_id) for each in merges]))

    def command(self) -> UndoMerge | None:
        """What is to be done."""
        merge = self._merges[self.fields.values()["merge"]]
        return UndoMerge(merge.merge_id, merge.version)


def _line(each: Candidate) -> str:
    born = f"born {formats.day(each.date_of_birth)}" if each.date_of_birth else ""
    return ", ".join(part for part in (each.name, each.reference, born, each.address) if part)


def _merge_line(each: MergeRow) -> str:
    when = formats.day(each.at.astimezone().date())
    return f"{each.merged}, merged on {when}"
