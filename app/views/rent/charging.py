"""The sheets by which a charge is set from a day, of an account or a property, and a rent notice is made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from app.services.charges.elements.dto import ChargeForm, CodeChoice, RentNoticeWanted, SetCharge, SetPropertyCharge
from app.views.common.effects import WorkSheet
from app.views.common.fields import AreaField, ChoiceField, LineField, TickField
from app.views.common.fields_dates import DateField
from app.views.common.fields_money import MoneyField

_LONGEST = 200


class ChargeSheet(WorkSheet):
    """What a code costs the account from a day on; what that does is told beside it.

    Args:
        form: what the account is charged, and the codes there are.
        note: the account, under the title.
        today: gives the day at the office.
    """

    def __init__(self, parent: QWidget, form: ChargeForm, note: str, today: Callable[[], date]) -> None:
        super().__init__(parent, "Add, change or end a charge", save="Save the charge", note=note)
        self._shown = form
        self._codes = {each.code: each for each in form.codes}
        fields = self.fields = self.form()
        fields.add("code", "&Charge", ChoiceField([(_offered(each), each.code) for each in form.codes]))
        self._ends = TickField("It &ends")
        self._weekly = MoneyField(credits_too=True)
        fields.add("weekly", "&Amount a week", self._weekly, "With VAT, where it bears VAT")
        fields.add("ends", "It ends", self._ends)
        starts = DateField(today, required=True)
        fields.add("from_on", "&From", starts, "The first day of the new amount, or the first day without it")
        fields.add("to_on", "&Last day", DateField(today), "Only for a charge that is made for a time")
        why = LineField(_LONGEST, placeholder="Such as: keyed wrongly in September")
        fields.add("reason", "&Why", why, "It stands in the journal and in the rent notice: name nobody")
        fields.add(
            "excuse",
            "&No notice because",
            LineField(_LONGEST),
            "Only where a charge goes up and no notice is in time",
        )
        fields.add("notify", "Make a rent notice", TickField("Make a &rent notice"))
        fields.add("for_property", "The property too", TickField(f"{form.property_ref} is let at this &too"))
        fields.fill({"from_on": form.first_day, "notify": True})
        code = fields.field("code")
        assert isinstance(code, ChoiceField)
        code.changed.connect(self._show_amount)
        self._ends.changed.connect(self._show_amount)
        self._show_amount()

    def command(self) -> SetCharge | None:
        """What is to be done; None while the amount or the day is missing."""
        values = self.fields.values()
        weekly = None if values["ends"] else values["weekly"]
        if values["from_on"] is None or (weekly is None and not values["ends"]):
            return None
        return SetCharge(
            account_id=self._shown.account_id,
            code=values["code"],
            weekly=weekly,
            from_on=values["from_on"],
            to_on=None if values["ends"] else values["to_on"],
            reason=values["reason"],
            excuse=values["excuse"],
            for_property=values["for_property"],
            notify=values["notify"],
        )

    def _show_amount(self) -> None:
        """What the chosen code costs now stands in the empty field; an ending has no amount."""
        now = self._codes[self.fields.values()["code"]].weekly
        ends = self._ends.isChecked()
        self._weekly.setEnabled(not ends)
        if ends:
            self._weekly.clear()
        self._weekly.setPlaceholderText("" if ends else (f"{now.plain()} now" if now else "not charged now"))


def _offered(each: CodeChoice) -> str:
    return f"{each.what}, {each.weekly} now" if each.weekly is not None else each.what


class RentNoticeSheet(WorkSheet):
    """A rent notice on demand: what it will say stands beside what explains it."""

    def __init__(self, parent: QWidget, account_id: int, note: str) -> None:
        super().__init__(parent, "Rent notice", save="Make the notice", note=note, width=860)
        self._account_id = account_id
        self.fields = self.form()
        hint = "Needed where a charge changes; it stands in the letter"
        self.fields.add("why", "&Why it changes", AreaField(800, height=120), hint)

    def command(self) -> RentNoticeWanted:
        """What is to be done."""
        return RentNoticeWanted(self._account_id, self.fields.values()["why"])


class PropertyChargeSheet(WorkSheet):
    """What a property is let at from a day on."""

    def __init__(self, parent: QWidget, form: ChargeForm, today: Callable[[], date]) -> None:
        note = f"Property {form.property_ref}: proposed when it is next let"
        super().__init__(parent, "What the property is let at", save="Save", note=note, width=860)
        self._property_id = form.property_id
        fields = self.fields = self.form()
        fields.add("code", "&Charge", ChoiceField([(each.what, each.code) for each in form.codes]))
        fields.add("weekly", "&Amount a week", MoneyField(credits_too=True))
        fields.add("ends", "It ends", TickField("It &ends"))
        fields.add("from_on", "&From", DateField(today, required=True))
        fields.add("to_on", "&Last day", DateField(today), "Only for a charge that is made for a time")
        fields.fill({"from_on": form.first_day})

    def command(self) -> SetPropertyCharge | None:
        """What is to be done; None while the amount or the day is missing."""
        values = self.fields.values()
        weekly = None if values["ends"] else values["weekly"]
        if values["from_on"] is None or (weekly is None and not values["ends"]):
            return None
        return SetPropertyCharge(self._property_id, values["code"], weekly, values["from_on"], values["to_on"])
