"""What the sheet of a repayment arrangement does: asks once what it needs, then works without the database until it is saved."""

from __future__ import annotations

from dataclasses import replace

from app.models.values import Subject
from app.services.arrangements import commands, queries
from app.services.arrangements.dto import ArrangementForm
from app.services.benefits.queries import weekly_to_us
from app.services.core.context import Context
from app.views.rent.arranging import ArrangementSheet
from app.views.rent.controller.account_work import AccountWork


def _form(ctx: Context, account_id: int) -> ArrangementForm:
    """What the sheet needs, with what benefit pays us of the charge."""
    return replace(queries.form(ctx, account_id), benefit=weekly_to_us(ctx, account_id))


class ArrangementController(AccountWork):
    """An arrangement is made; the sheet works it out by itself."""

    asks = staticmethod(_form)
    saves = staticmethod(commands.make)

    def make(self, form: ArrangementForm) -> ArrangementSheet:
        """The sheet."""
        sheet = ArrangementSheet(self.page, form, self.office.desk.clock.today)
        sheet.about = (Subject.ACCOUNT, form.account_id)
        return sheet
