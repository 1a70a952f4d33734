"""The sheets of a bulk change: rehearse by a rule or a spreadsheet, give notice, apply."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from app.models.values import Money, MoneyError
from app.services.charges.bulk.dto import Apply, BulkRule, ChangeDetail, NewChange, Step
from app.services.charges.elements.dto import CodeChoice
from app.services.core.errors import UserError
from app.views.common import formats
from app.views.common.dialogs import Sheet
from app.views.common.fields import AreaField, ChoiceField, LineField
from app.views.common.fields_dates import DateField
from app.views.common.fields_ticks import TicksField
from app.views.common.theme import scaled

_STEPS: Final = (
    ("Raise or lower by per cent", Step.PERCENT),
    ("Raise or lower by an amount", Step.ADD),
    ("Set to an amount", Step.SET),
    ("End the charge", Step.END),
)
_MONDAY: Final = "The Monday from which it counts"


class RuleSheet(Sheet):
    """A rule: which charges, of whom, by how much, from when."""

    def __init__(
        self,
        parent: QWidget,
        codes: Sequence[CodeChoice],
        groups: Sequence[tuple[str, str]],
        today: Callable[[], date],
        first_day: date,
    ) -> None:
        note = "Rehearsed first: nobody's charge is touched before it is applied."
        super().__init__(parent, "Change charges by a rule", primary="Rehearse", note=note)
        self.resize(scaled(640), scaled(200))
        self._codes = {each.what: each.code for each in codes}
        self._groups = {f"{code}  {name}": code for code, name in groups}
        form = self.fields = self.form()
        form.add("name", "&Name", LineField(120, placeholder="Such as: Rent review 2027-28"))
        form.add("effective_on", "&From", DateField(today, required=True), _MONDAY)
        form.add("codes", "&Charges", TicksField(list(self._codes), height=184))
        form.add("step", "&What is done", ChoiceField(_STEPS))
        form.add("by", "&By or to", LineField(20, placeholder="4.8"), "Per cent, or pounds; a fall with a minus")
        form.add(
            "groups", "Only in &rent groups", TicksField(list(self._groups), height=134), "None ticked: in all of them"
        )
        form.fill({"effective_on": first_day})
        step = form.field("step")
        assert isinstance(step, ChoiceField)
        step.changed.connect(lambda: form.field("by").setEnabled(step.value() is not Step.END))

    def command(self) -> NewChange:
        """What is to be rehearsed.

        Raises:
            UserError: the figure can't be read.
        """
        values = self.fields.values()
        step: Step = values["step"]
        rule = BulkRule(
            codes=tuple(self._codes[name] for name in values["codes"]),
            step=step,
            by=0 if step is Step.END else _figure(step, values["by"]),
            rent_groups=tuple(self._groups[name] for name in values["groups"]),
        )
        return NewChange(values["name"], values["effective_on"], rule)


class FileSheet(Sheet):
    """A spreadsheet that was chosen: its name in the list, and from when it counts."""

    def __init__(self, parent: QWidget, path: Path, today: Callable[[], date], first_day: date) -> None:
        note = f"{path.name}: a row for each charge with reference, code and weekly (empty: it ends)."
        super().__init__(parent, "Change charges from a spreadsheet", primary="Rehearse", note=note)
        self.resize(scaled(600), scaled(200))
        self.path = path
        self.fields = self.form()
        self.fields.add("name", "&Name", LineField(120))
        self.fields.add("effective_on", "&From", DateField(today, required=True), _MONDAY)
        self.fields.fill({"name": path.stem, "effective_on": first_day})


class NoticeSheet(Sheet):
    """The rent notices of a change: what explains it, and when they are posted."""

    def __init__(self, parent: QWidget, found: ChangeDetail, today: Callable[[], date]) -> None:
        by = formats.day(found.notices.post_by)
        note = (
            f"{formats.count(found.accounts, 'account')} of {found.row.name}. To be in time for "
            f"{formats.day(found.row.effective_on)} they are posted by {by}."
        )
        super().__init__(parent, "Give notice of the change", primary="Make the notices", note=note)
        self.resize(scaled(620), scaled(200))
        self.fields = self.form()
        hint = "The law asks for an explanation (Housing Act 1985 s.103)"
        placeholder = "Such as: Rents rise by 4.8% from April, the most that the government's rent standard allows."
        self.fields.add("why", "&Why it changes", AreaField(800, height=110, placeholder=placeholder), hint)
        self.fields.add("letter_date", "&Posted on", DateField(today, required=True), "The date on the letters")
        self.fields.fill({"letter_date": today()})

    def values(self) -> dict[str, Any]:
        """What is typed.

        Raises:
            UserError: nothing explains the change.
        """
        found = self.fields.values()
        if not found["why"]:
            raise UserError("Say what explains the change: it stands in every letter.", field="why")
        return found


class ApplySheet(Sheet):
    """A last look before a change is applied: for those without a notice in time, what becomes of them."""

    def __init__(self, parent: QWidget, found: ChangeDetail) -> None:
        shown = found.row
        note = (
            f"{formats.count(shown.lines, 'charge')} of {formats.count(found.accounts, 'account')} change from "
            f"{formats.weekday(shown.effective_on)}: {shown.before} a week becomes {shown.after}."
        )
        if found.charged:
            weeks = formats.count(found.charged, "week")
            note += f" {weeks} from then on were charged already and are put right by an adjustment."
        super().__init__(parent, "Apply the change", primary="Apply", note=note)
        self.resize(scaled(620), scaled(200))
        self._change_id = shown.change_id
        self._missing = found.notices.missing
        if self._missing:
            many = formats.count(self._missing, "account")
            self.fields = self.form()
            choices = [("Leave them out of it", True), ("It counts for them too, because ...", False)]
            self.fields.add("leave_out", f"&{many} without notice in time", ChoiceField(choices))
            self.fields.add("excuse", "&Because", LineField(400))
            self.fields.changed.connect(self._allow)
            self._allow()

    def _allow(self) -> None:
        """Whoever is left out needs no reason."""
        self.fields.field("excuse").setEnabled(not self.fields.values()["leave_out"])

    def command(self) -> Apply:
        """What is to be done."""
        if not self._missing:
            return Apply(self._change_id)
        values = self.fields.values()
        return Apply(self._change_id, "" if values["leave_out"] else values["excuse"], leave_out=values["leave_out"])


def _figure(step: Step, text: str) -> int:
    """Hundredths of a per cent, or pence; both are two decimals."""
    try:
        return Money.parse(text.replace("%", "")).pence
    except MoneyError:
        what = "per cent, such as 4.8" if step is Step.PERCENT else "pounds and pence, such as 1.35"
        raise UserError(f"'{text}' is not a figure: type {what}.", field="by") from None
