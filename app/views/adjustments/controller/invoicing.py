"""What the works of recharges have in common: previewed, raised with the files that show it, told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from app.models.values import Subject
from app.services.documents.dto import NewFile
from app.services.recharges import previewing, queries
from app.services.recharges.dto import NewCosts, NewCredit, NewRecharge, Raised, RechargeForm
from app.views.adjustments.controller.register_work import RegisterWork
from app.views.adjustments.evidence import read_evidence


class RaisingWork(RegisterWork):
    """A sheet by which an invoice or a credit note is raised."""

    def save(self, command: NewRecharge | NewCosts | NewCredit) -> None:
        """Raise it with its evidence."""

        def raise_it(files: tuple[NewFile, ...]) -> None:
            self.do(type(self).saves, replace(command, files=files))

        read_evidence(self.office, self, self.sheet.files(), then=raise_it, refused=self.refuse)

    def tell(self, saved: Raised) -> None:
        """Say what was done, and show it: in the register, or on the account that the officer came from."""
        if self.wanted is not None:
            self.office.open_record(Subject.ACCOUNT, self.wanted.account_id)
        else:
            self.office.open_record(Subject.RECHARGE, saved.recharge_id)
        self.office.messages.good(saved.told)


class InvoicingWork(RaisingWork):
    """A sheet that asks for an invoice; an officer who came from an account is back there when it is over."""

    asks = staticmethod(queries.recharge_form)
    previews: Callable[..., Any] | None = staticmethod(previewing.preview_invoice)

    def asked(self) -> tuple[Any, ...]:
        """The account that another tab hands over."""
        return (self.wanted.account_id,) if self.wanted is not None else ()

    def opened(self) -> None:
        """Whoever leaves goes back to the account that they came from."""
        wanted = self.wanted
        if wanted is not None:
            self.sheet.rejected.connect(lambda: self.office.open_record(Subject.ACCOUNT, wanted.account_id))

    def about(self, form: RechargeForm) -> tuple[Subject, int] | None:
        """The account, by which the draft of the sheet is found again."""
        return (Subject.ACCOUNT, form.account.account_id) if form.account is not None else None
