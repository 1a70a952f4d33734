"""The sheet of what the bank isn't told of: the payer, where their letters go, the accounts paid, the note."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.direct_debits.mandates.dto import ChangeMandate, MandateDetail, Payer, SetUpForm
from app.views.common.dialogs import Sheet
from app.views.common.fields import AreaField, ChoiceField, LineField, TickField
from app.views.common.fields_ticks import TicksField
from app.views.common.theme import scaled

_WIDE: Final = 640
_NAME, _LONG = 70, 400
_ELSE: Final = Payer(0, "Somebody else")
_NOTE: Final = "The bank isn't told of any of this. Where it pays other accounts the instalment is worked out anew."


class ChangeSheet(Sheet):
    """The payer, their address, the accounts paid and the note of a mandate."""

    def __init__(self, parent: QWidget, found: MandateDetail, form: SetUpForm) -> None:
        super().__init__(parent, f"Change mandate {found.row.reference}", primary="Save", note=_NOTE)
        self.about = (Subject.MANDATE, found.row.mandate_id)
        self._found = found
        self._people = (*form.payers, _ELSE)
        self._others = {_named(each.reference, each.kind, each.name): each.account_id for each in form.beside}
        self._others |= {
            _named(each.reference, each.kind, each.name): each.account_id
            for each in found.accounts
            if each.account_id not in {found.row.account_id, *self._others.values()}
        }
        self._who = ChoiceField([(each.name, each) for each in self._people])
        fields = self.fields = self.form()
        fields.add("person_id", "&Payer", self._who)
        fields.add("payer_name", "&Name on the bank account", LineField(_NAME), "As the bank has it")
        fields.add("payer_address", "Addre&ss", AreaField(_LONG, height=64), "Where letters go, postcode last")
        fields.add("beside", "Pays a&lso", TicksField(list(self._others), height=110))
        fields.add("note", "No&te", AreaField(_LONG, height=64))
        fields.add("despite", "", TickField("The other mandates collect as well: &keep both"))
        self._who.changed.connect(self._follow)
        self._fill()
        self.resize(scaled(_WIDE), self.height())

    def command(self) -> ChangeMandate:
        """What is asked for."""
        values = self.fields.values()
        payer: Payer = values["person_id"]
        return ChangeMandate(
            self._found.row.mandate_id,
            self._found.version,
            values["payer_name"],
            payer.person_id or None,
            "" if payer.person_id else values["payer_address"],
            tuple(self._others[words] for words in values["beside"]),
            values["note"],
            despite=values["despite"],
        )

    def _fill(self) -> None:
        found = self._found
        payer = next((each for each in self._people if each.person_id == found.person_id), _ELSE)
        paid = {each.account_id for each in found.accounts} - {found.row.account_id}
        ticked = [words for words, account_id in self._others.items() if account_id in paid]
        values: dict[str, Any] = {
            "person_id": payer,
            "payer_name": found.row.payer,
            "payer_address": found.payer_address,
            "beside": ticked,
            "note": found.note,
        }
        self.fields.fill(values)
        self.fields.setRowVisible(self.fields.labels["beside"], bool(self._others))
        self.fields.setRowVisible(self.fields.labels["despite"], bool(self._others or found.others))
        self._follow()

    def _follow(self) -> None:
        """The address is asked for where the payer is none of our people."""
        self.fields.setRowVisible(self.fields.labels["payer_address"], self._who.value() == _ELSE)


def _named(reference: str, kind: str, name: str) -> str:
    return "  ".join(each for each in (reference, kind, name) if each)
