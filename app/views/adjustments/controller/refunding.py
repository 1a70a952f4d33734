"""Refunds asked for and changed: from the credit list and from the gate."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.adjustments.refunds import asking, commands, previewing, queries
from app.services.adjustments.refunds.dto import ChangedRefund, NewRefund, RefundDetail, RefundForm, Saved
from app.services.documents.dto import NewFile
from app.views.adjustments.controller.gating import GateController
from app.views.adjustments.evidence import read_evidence
from app.views.adjustments.refund import RefundSheet
from app.views.common.office import Office
from app.views.common.sheet_work import SheetWork


class RefundController(SheetWork):
    """A new refund of an account; its gate opens when it is saved.

    Args:
        ids: the account.
    """

    sheet: RefundSheet
    asks = staticmethod(queries.form)
    previews = staticmethod(previewing.preview)

    def __init__(self, office: Office, page: QWidget, ids: Sequence[int]) -> None:
        super().__init__(office, page)
        self.begin(ids[0])

    def make(self, form: RefundForm) -> RefundSheet:
        """The sheet."""
        sheet = RefundSheet(self.page, form)
        sheet.about = (Subject.ACCOUNT, form.account_id)
        return sheet

    def save(self, command: NewRefund) -> None:
        """Begin it with its evidence."""

        def ask(files: tuple[NewFile, ...]) -> None:
            self.do(asking.ask_with, asking.WithFiles(command, files))

        read_evidence(self.office, self, self.sheet.files(), then=ask, refused=self.refuse)

    def tell(self, saved: Saved) -> None:
        """Say so, and open the gate."""
        self.office.messages.good(saved.told)
        GateController(self.office, self.page, (saved.refund_id,))


class ChangeRefundController(SheetWork):
    """A refund in the gate is changed; its gate opens again."""

    sheet: RefundSheet
    asks = staticmethod(queries.form_of)
    previews = staticmethod(previewing.preview)
    saves = staticmethod(commands.change)

    def __init__(self, office: Office, page: QWidget, ids: Sequence[int]) -> None:
        super().__init__(office, page)
        self.begin(ids[0])

    def make(self, found: tuple[RefundForm, RefundDetail]) -> RefundSheet:
        """The sheet."""
        form, standing = found
        sheet = RefundSheet(self.page, form, standing)
        sheet.about = (Subject.REFUND, standing.refund_id)
        return sheet

    def save(self, command: ChangedRefund) -> None:
        """Change it."""
        self.do(commands.change, command)

    def tell(self, saved: Saved) -> None:
        """Say so, and open the gate."""
        self.office.messages.good(saved.told)
        GateController(self.office, self.page, (saved.refund_id,))
