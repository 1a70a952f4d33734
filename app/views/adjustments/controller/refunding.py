"""Refunds asked for and changed: from the credit list, from an account and from the gate."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.adjustments.refunds import asking, commands, previewing, queries
from app.services.adjustments.refunds.dto import NewRefund, RefundDetail, RefundForm, Saved
from app.views.adjustments.controller.gating import GateController
from app.views.adjustments.controller.register_work import RegisterWork
from app.views.adjustments.refund import RefundSheet
from app.views.common.evidence import read_evidence
from app.views.common.office import Office


class _RefundWork(RegisterWork):
    """The sheet of a refund; its gate opens when it is saved."""

    sheet: RefundSheet
    previews = staticmethod(previewing.preview)

    def tell(self, saved: Saved) -> None:
        """Say so, and open the gate."""
        super().tell(saved)
        GateController(self.office, self.page, (saved.refund_id,))


class RefundController(_RefundWork):
    """A new refund of an account."""

    asks = staticmethod(queries.form)

    def make(self, form: RefundForm) -> RefundSheet:
        """The sheet."""
        sheet = RefundSheet(self.page, form)
        sheet.about = (Subject.ACCOUNT, form.account_id)
        return sheet

    def save(self, command: NewRefund) -> None:
        """Begin it with its evidence."""
        read_evidence(
            self, self.sheet.files(), lambda files: self.do(asking.ask_with, asking.WithFiles(command, files))
        )


class AgainController(QObject):
    """A refund that came back is begun anew; the gate of the new one opens."""

    def __init__(self, office: Office, page: QWidget, ids: Sequence[int]) -> None:
        super().__init__(page)
        self._office, self._page = office, page
        office.do(self, asking.again, ids[0], then=self._begun)

    def _begun(self, saved: Saved) -> None:
        self._office.messages.good(saved.told)
        GateController(self._office, self._page, (saved.refund_id,))


class ChangeRefundController(_RefundWork):
    """A refund in the gate is changed; its gate opens again."""

    asks = staticmethod(queries.form_of)
    saves = staticmethod(commands.change)

    def make(self, found: tuple[RefundForm, RefundDetail]) -> RefundSheet:
        """The sheet."""
        form, standing = found
        sheet = RefundSheet(self.page, form, standing)
        sheet.about = (Subject.REFUND, standing.refund_id)
        return sheet
