"""What the sheet of a property's charges does."""

from __future__ import annotations

from app.models.values import Subject
from app.services.charges.elements import commands, queries
from app.services.charges.elements.dto import ChargeForm
from app.services.core.errors import UserError
from app.views.rent.charging import PropertyChargeSheet
from app.views.rent.controller.account_work import AccountWork


class PropertyChargeController(AccountWork):
    """What is proposed when the property is next let is changed."""

    asks = staticmethod(queries.charge_form)
    previews = staticmethod(queries.preview_property)
    saves = staticmethod(commands.set_property_charge)
    at_once = False
    missing = UserError("An amount is needed, or tick that it ends.", field="weekly")
    told = "Saved: it is proposed when the property is next let."

    def make(self, form: ChargeForm) -> PropertyChargeSheet:
        """The sheet."""
        sheet = PropertyChargeSheet(self.page, form, self.office.desk.clock.today)
        sheet.about = (Subject.PROPERTY, form.property_id)
        return sheet
