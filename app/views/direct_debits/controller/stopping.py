"""A mandate is suspended, goes on, is cancelled, or its cancellation is taken back; it is confirmed again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from app.services.direct_debits.mandates import commands
from app.services.direct_debits.mandates.dto import MandateDetail
from app.views.common.office import Office
from app.views.direct_debits.controller.mandate_work import MandateWork
from app.views.direct_debits.page import DirectDebitsPage
from app.views.direct_debits.stopping import CancelSheet, ResumeSheet, SuspendSheet


class SuspendController(MandateWork):
    """Nothing is collected until somebody looks."""

    saves = staticmethod(commands.suspend)

    def make(self, found: MandateDetail) -> SuspendSheet:
        """The sheet."""
        return SuspendSheet(self.page, found, self.office.desk.clock.today())


class ResumeController(MandateWork):
    """A suspended mandate goes on."""

    saves = staticmethod(commands.resume)

    def make(self, found: MandateDetail) -> ResumeSheet:
        """The sheet."""
        return ResumeSheet(self.page, found)


class CancelController(MandateWork):
    """The end of a mandate."""

    saves = staticmethod(commands.cancel)

    def make(self, found: MandateDetail) -> CancelSheet:
        """The sheet."""
        return CancelSheet(self.page, found)


class UndoCancelController(QObject):
    """A cancellation that wasn't sent is taken back."""

    def __init__(self, office: Office, page: DirectDebitsPage, ids: Sequence[int]) -> None:
        super().__init__(page)
        version = page.detail.version if page.detail is not None else 0
        office.do(self, commands.undo_cancel, ids[0], version, then=lambda saved: office.messages.good(saved.told))


class ConfirmController(QObject):
    """The confirmation with the Guarantee is written to the payer, again if need be."""

    def __init__(self, office: Office, page: DirectDebitsPage, ids: Sequence[int]) -> None:
        super().__init__(page)
        office.do(self, commands.confirm, ids[0], then=lambda saved: office.messages.good(saved.told))
