"""The sheet of a case that stands: what is known of it, what was seen to, and its end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from app.models.values import CaseEnd, HoldKind
from app.services.holds.cases.dto import ENDS, CaseDetail, ChangeCase, EndCase, FoundDebt
from app.services.holds.cases.rules import outside
from app.services.holds.dto import KINDS
from app.services.rent.rules import KIND_WORDS
from app.views.common import formats
from app.views.common.effects import WorkSheet
from app.views.common.fields import AreaField, ChoiceField, LineField, TickField
from app.views.common.fields_dates import DateField
from app.views.common.parts import label
from app.views.common.ticks import TickList

_INSOLVENCY = frozenset({CaseEnd.DISCHARGED, CaseEnd.COMPLETED, CaseEnd.FAILED, CaseEnd.ANNULLED})
_CHANGING = ("reference", "adviser", "end_on", "reviewed_on", "found", "searched", "told_adviser_on", "note")
_ENDING = ("last_on", "end_reason", "end_note")


class StandingCaseSheet(WorkSheet):
    """A case: its debts then and now, and what becomes of it.

    Args:
        today: gives the day at the office.
    """

    def __init__(self, parent: QWidget, case: CaseDetail, today: Callable[[], date]) -> None:
        title = f"{KINDS[case.kind]} {case.reference}"
        super().__init__(parent, title, save="Save", note=_about(case), width=1100)
        self.case = case
        fields = self.fields = self.form()
        fields.addRow(label(_debts(case), wrap=True))
        self._do = ChoiceField([("Change it, or note what was seen to", False), ("It has ended", True)])
        fields.add("end", "&Do", self._do)
        self._add_changing(today)
        fields.addRow(label("When it has ended", "strong"))
        fields.add("last_on", "Last day &it held", DateField(today))
        fields.add("end_reason", "&Why", ChoiceField([(words, end) for end, words in ENDS.items() if _fits(case, end)]))
        fields.add("end_note", "Note o&f it", LineField(400))
        fields.fill(self._values())
        self._do.changed.connect(self._allow)
        self._allow()

    def show_found(self, found: Sequence[FoundDebt]) -> None:
        """Offer what the search found and isn't in the case."""
        field = self.fields.field("found")
        assert isinstance(field, TickList)
        rest = [each for each in found if not each.in_case]
        field.offer(
            [
                (f"{each.owed.dr_cr()}   {KIND_WORDS[each.kind]} {each.reference}, {each.tenancy}", each.account_id)
                for each in rest
            ]
        )
        self.fields.setRowVisible(self._found_row, bool(rest))

    def command(self) -> ChangeCase | EndCase | None:
        """What is to be done; None while the last day of an ending is missing."""
        values, case = self.fields.values(), self.case
        if values["end"]:
            if values["last_on"] is None:
                return None
            return EndCase(case.case_id, case.version, values["last_on"], values["end_reason"], values["end_note"])
        return ChangeCase(
            case_id=case.case_id,
            version=case.version,
            reference=values["reference"],
            adviser=values["adviser"],
            note=values["note"],
            end_on=values["end_on"],
            treatment_ended_on=values["treatment_ended_on"] if case.crisis else None,
            reviewed_on=values["reviewed_on"],
            told_adviser_on=values["told_adviser_on"],
            searched=values["searched"],
            found=tuple(sorted(values["found"])),
        )

    def _add_changing(self, today: Callable[[], date]) -> None:
        fields = self.fields
        fields.add("reference", "&Reference", LineField(60))
        fields.add("adviser", "Ad&viser or trustee", LineField(200))
        fields.add("end_on", "&Last day", DateField(today))
        if self.case.crisis:
            fields.add(
                "treatment_ended_on", "Treatment &ended on", DateField(today), "The last day is worked out by it"
            )
        review = f"Due by {formats.day(self.case.review_on)}" if self.case.review_on else ""
        fields.add("reviewed_on", "Review &seen to on", DateField(today), review)
        fields.add("found", "&Other debts", TickList(most=4), "Accounts of theirs that aren't in the case")
        self._found_row = fields.rowCount() - 1
        fields.setRowVisible(self._found_row, False)
        fields.add("searched", "Search", TickField("All their accounts were looked thro&ugh today"))
        fields.add("told_adviser_on", "Adviser &told on", DateField(today), "About debts that the notice didn't name")
        fields.add("note", "&Note", AreaField(4_000, height=52))

    def _values(self) -> dict[str, object]:
        case = self.case
        return {
            "reference": case.reference,
            "adviser": case.adviser,
            "end_on": case.end_on,
            "treatment_ended_on": case.treatment_ended_on,
            "reviewed_on": case.reviewed_on,
            "told_adviser_on": case.told_adviser_on,
            "note": case.note,
        }

    def _allow(self) -> None:
        """Only what is asked for by what is done can be typed."""
        ends = self._do.value()
        treated = ("treatment_ended_on",) if self.case.crisis else ()
        for name in (*_CHANGING, *treated):
            self.fields.field(name).setEnabled(not ends)
        for name in _ENDING:
            self.fields.field(name).setEnabled(ends)


def _fits(case: CaseDetail, end: CaseEnd) -> bool:
    return case.kind is not HoldKind.BREATHING_SPACE or end not in _INSOLVENCY


def _about(case: CaseDetail) -> str:
    who = " and ".join(each.name for each in case.people)
    until = f"until {formats.day(case.end_on)}" if case.end_on else "with no end yet"
    crisis = "mental-health crisis treatment, " if case.crisis else ""
    told = f"{who}: {crisis}from {formats.day(case.start_on)} {until}"
    if case.unprotected:
        told += f". Not protected: {', '.join(case.unprotected)}"
    return told


def _debts(case: CaseDetail) -> str:
    """Each debt as it was on the day of the application, and what is owed outside the case."""
    lines = [f"Owed on {formats.day(case.applied_on)}, when it was applied for:"]
    for each in case.debts:
        later = outside(each.at_start.pence, each.now.pence)
        more = f", £{later / 100:,.2f} of it outside the case" if later else ""
        found = "" if each.named else ", found by us"
        lines.append(
            f"{KIND_WORDS[each.kind]} {each.reference}{found}: {each.at_start.dr_cr()}; {each.now.dr_cr()} now{more}"
        )
    searched = f"Searched by {case.searched_by} on {formats.moment(case.searched_at)}." if case.searched_by else ""
    return "\n".join([*lines, searched or "Their accounts haven't been looked through for other debts yet."])
