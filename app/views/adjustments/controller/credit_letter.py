"""A letter about a credit, or about a refund of it: drafted with what is known, seen, and queued."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.adjustments.credits import writing
from app.services.adjustments.credits.dto import CreditLetter, LetterForm
from app.views.adjustments.page import AdjustmentsPage
from app.views.common.fields_pickers import Picked
from app.views.common.letter_sheet import LetterSheet
from app.views.common.office import Office
from app.views.common.sheet_work import SheetWork


class CreditLetterSheet(LetterSheet):
    """The sheet of a letter about a credit; its templates are those that fit."""


class CreditLetterController(SheetWork):
    """Write to whoever a credit or a refund belongs to; what asks for something is an attempt to give the credit back."""

    sheet: CreditLetterSheet
    asks = staticmethod(writing.form)
    saves = staticmethod(writing.write)

    def __init__(self, office: Office, page: QWidget, account_id: int, refund_id: int | None = None) -> None:
        super().__init__(office, page)
        self._account_id, self._refund_id = account_id, refund_id
        self._key = f"credit:{uuid4().hex}"
        self.begin(account_id, refund_id)

    def make(self, found: LetterForm) -> CreditLetterSheet:
        """The sheet."""
        account = Picked(found.account_id, found.account, found.about)
        sheet = CreditLetterSheet(self.page, account, None)
        sheet.show_templates(found.choices)
        sheet.template.set_value(found.proposed)
        if found.refund_id is not None:
            sheet.about = (Subject.REFUND, found.refund_id)
        return sheet

    def opened(self) -> None:
        """The page is shown a moment after each change."""
        self.sheet.preview_wanted.connect(self._look)

    def command(self) -> CreditLetter | None:
        """What is to be written; None while no template is chosen."""
        chosen = self.sheet.chosen()
        if chosen is None:
            return None
        answers, variant = self.sheet.blanks.answers(), self.sheet.variant.value()
        return CreditLetter(self._key, self._account_id, chosen.key, self._refund_id, answers, variant)

    def _look(self) -> None:
        command = self.command()
        if command is not None:
            self.ask(writing.preview, command, then=self.sheet.show_preview)


class RefundLetterController(CreditLetterController):
    """Write about the refund that is shown in the register."""

    def __init__(self, office: Office, page: AdjustmentsPage, ids: Sequence[int]) -> None:
        assert page.detail is not None
        assert page.detail.row.account_id is not None
        super().__init__(office, page, page.detail.row.account_id, ids[0])
