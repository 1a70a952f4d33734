"""What the works of recharges have in common: previewed, raised with the files that show it, told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from app.models.values import Subject
from app.services.recharges import previewing, queries
from app.services.recharges.dto import NewCosts, NewCredit, NewRecharge, Raised, RechargeForm
from app.views.adjustments.controller.register_work import RegisterWork
from app.views.common.evidence import read_evidence


class RaisingWork(RegisterWork):
    """A sheet by which an invoice or a credit note is raised."""

    def save(self, command: NewRecharge | NewCosts | NewCredit) -> None:
        """Raise it with its evidence."""
        read_evidence(self, self.sheet.files(), lambda files: self.do(type(self).saves, replace(command, files=files)))

    def record_of(self, saved: Raised) -> tuple[Subject, int]:
        """The invoice or the credit note."""
        return Subject.RECHARGE, saved.recharge_id


class InvoicingWork(RaisingWork):
    """A sheet that asks for an invoice."""

    asks = staticmethod(queries.recharge_form)
    previews: Callable[..., Any] | None = staticmethod(previewing.preview_invoice)

    def about(self, form: RechargeForm) -> tuple[Subject, int] | None:
        """The account, by which the draft of the sheet is found again."""
        return (Subject.ACCOUNT, form.account.account_id) if form.account is not None else None
