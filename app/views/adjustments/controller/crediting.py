"""A credit note over the invoice that is shown."""

from __future__ import annotations

from app.models.values import Subject
from app.services.recharges import commands, previewing, queries
from app.services.recharges.dto import CreditForm
from app.views.adjustments.controller.invoicing import RaisingWork
from app.views.adjustments.credit_note import CreditNoteSheet


class CreditNoteController(RaisingWork):
    """The sheet of a credit note."""

    asks = staticmethod(queries.credit_form)
    previews = staticmethod(previewing.preview_credit)
    saves = staticmethod(commands.credit)

    def make(self, form: CreditForm) -> CreditNoteSheet | str:
        """The sheet, where something is left of the invoice."""
        if form.shut:
            return form.shut
        sheet = CreditNoteSheet(self.page, form)
        sheet.about = (Subject.RECHARGE, form.recharge_id)
        return sheet
