"""The sheet of a meter: registered, or changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from PySide6.QtWidgets import QWidget

from app.services.purchase_orders.invoices.dto import ChangedMeter, MeterRow, NewMeter
from app.views.common.dialogs import Sheet
from app.views.common.fields import ChoiceField, LineField, TickField
from app.views.common.fields_dates import DateField
from app.views.common.fields_pickers import Find, Picked, Picker, among
from app.views.common.theme import scaled
from app.views.purchase_orders.meters import KINDS

_WIDE: Final = 620
_NUMBER, _SITE = 40, 120


class MeterSheet(Sheet):
    """A meter under an account of the council with a supplier.

    Args:
        centres, codes: the cost centres and subjective codes that its bills may be on.
        shown: the meter; None for a new one.
        supplier: its supplier as the picker shows it.
    """

    def __init__(
        self,
        parent: QWidget,
        today: Callable[[], date],
        find_supplier: Find,
        centres: Sequence[Picked],
        codes: Sequence[Picked],
        shown: MeterRow | None = None,
        supplier: Picked | None = None,
    ) -> None:
        title = f"Meter {shown.meter}" if shown else "Register a meter"
        super().__init__(parent, title, primary="Save" if shown else "Register it")
        self._shown = shown
        self.fields = self.form()
        by = "its number, name or reference"
        self.fields.add("supplier", "&Supplier", Picker(find_supplier, "a supplier", by, required=True))
        self.fields.add("account", "&Account", LineField(_NUMBER, placeholder="The council's account with them"))
        self.fields.add("meter", "&Meter", LineField(_NUMBER, placeholder="Supply point or serial number"))
        self.fields.add("kind", "&Kind", ChoiceField([(words, each) for each, words in KINDS.items()]))
        self.fields.add("site", "S&ite", LineField(_SITE, placeholder="Such as: Sample House, landlord's supply"))
        self.fields.add(
            "centre", "&Cost centre", Picker(among(centres), "a cost centre", "a number or name", required=True)
        )
        self.fields.add("code", "S&ubjective", Picker(among(codes), "a code", "a number or name", required=True))
        self.fields.add("registered_on", "&Registered on", DateField(today), "Since when the council is the user")
        if shown is not None:
            self.fields.add("active", "", TickField("It is in use"))
            self._fill(shown, supplier, centres, codes)
        self.resize(scaled(_WIDE), self.height())

    def command(self) -> NewMeter | ChangedMeter | None:
        """What is asked for; None while something can't be read."""
        if not self.fields.check():
            return None
        values = self.fields.values()
        new = NewMeter(
            values["supplier"],
            values["account"],
            values["meter"],
            values["kind"],
            values["site"],
            values["centre"],
            values["code"],
            self._shown.property_id if self._shown else None,
            values["registered_on"],
        )
        if self._shown is None:
            return new
        return ChangedMeter(self._shown.meter_id, self._shown.version, new, values["active"])

    def _fill(
        self, shown: MeterRow, supplier: Picked | None, centres: Sequence[Picked], codes: Sequence[Picked]
    ) -> None:
        centre, _, code = shown.code.partition(" ")
        self.fields.fill(
            {
                "supplier": supplier,
                "account": shown.account_number,
                "meter": shown.meter,
                "kind": next((each for each, words in KINDS.items() if words == shown.kind), None),
                "site": shown.site,
                "centre": next((each for each in centres if each.words == centre), None),
                "code": next((each for each in codes if each.words == code), None),
                "registered_on": shown.registered_on,
                "active": shown.active,
            }
        )
