"""The small sheets of an invoice: why a difference is accepted, why it is cancelled or withdrawn, and the codes of a line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from PySide6.QtWidgets import QWidget

from app.models.values import ZERO, InvoiceKind, Money, Subject
from app.services.core.errors import UserError
from app.services.purchase_orders.amounts import cost
from app.services.purchase_orders.invoices.dto import (
    Acceptance,
    ChangedInvoice,
    Difference,
    InvoiceDetail,
    MatchLine,
    NewInvoice,
    NewInvoiceLine,
    NewReading,
    NewSplit,
)
from app.services.purchase_orders.invoices.rules.credit import price_alone
from app.views.common.dialogs import Sheet
from app.views.common.entry_grid import EntryGrid
from app.views.common.entry_model import EntryColumn
from app.views.common.fields import AreaField
from app.views.common.fields_dates import DateField
from app.views.common.fields_money import MoneyField
from app.views.common.fields_pickers import Picked, Picker, among
from app.views.common.theme import scaled
from app.views.purchase_orders.invoice_table import FAULTS

_WIDE: Final = 620
_WHY: Final = 400


class AcceptSheet(Sheet):
    """A difference is accepted, with a reason that whoever approves the invoice reads."""

    def __init__(self, parent: QWidget, found: InvoiceDetail, fault: Difference) -> None:
        super().__init__(parent, f"Accept: {FAULTS[fault.fault].lower()}", primary="Accept it", note=fault.words)
        self._found, self._fault = found, fault
        self.about = (Subject.SUPPLIER_INVOICE, found.row.invoice_id)
        self.fields = self.form()
        hint = "Whoever approves reads it. If the difference changes later, it is to be accepted again."
        self.fields.add("reason", "&Why", AreaField(_WHY, height=90), hint)
        self.resize(scaled(_WIDE), self.height())

    def command(self) -> Acceptance:
        """What is asked for."""
        shown = self._found.row
        return Acceptance(
            shown.invoice_id,
            shown.version,
            self._fault.fault,
            self._fault.line_place,
            self._fault.words,
            self.fields.values()["reason"],
        )


class WhySheet(Sheet):
    """Something is done to an invoice with a reason, such as cancelling it."""

    def __init__(self, parent: QWidget, found: InvoiceDetail, title: str, primary: str, note: str = "") -> None:
        super().__init__(parent, title, primary=primary, note=note)
        self._invoice_id = found.row.invoice_id
        self.about = (Subject.SUPPLIER_INVOICE, found.row.invoice_id)
        self.fields = self.form()
        self.fields.add("reason", "&Why", AreaField(_WHY, height=90))
        self.resize(scaled(_WIDE), self.height())

    def command(self) -> tuple[int, str]:
        """The invoice and the reason."""
        return self._invoice_id, self.fields.values()["reason"]


class RetentionSheet(Sheet):
    """The day on which what was kept back of an invoice is paid."""

    def __init__(self, parent: QWidget, found: InvoiceDetail, today: Callable[[], date]) -> None:
        note = f"{found.row.retention} of {found.row.number} is kept back. A payment run on or after that day pays it."
        super().__init__(parent, "What is kept back", primary="Pay it on that day", note=note)
        self._invoice_id = found.row.invoice_id
        self.about = (Subject.SUPPLIER_INVOICE, found.row.invoice_id)
        self.fields = self.form()
        self.fields.add("on", "&On", DateField(today, required=True))
        self.fields.add("why", "&Why", AreaField(_WHY, height=64))
        self.fields.fill({"on": found.row.retention_on or today()})
        self.resize(scaled(_WIDE), self.height())

    def command(self) -> tuple[int, date, str] | None:
        """The invoice, the day and why; None while the day can't be read."""
        values = self.fields.values()
        return (self._invoice_id, values["on"], values["why"]) if self.fields.check() else None


class CodesSheet(Sheet):
    """The codes that bear a line: one for all of it, or several with their amounts."""

    def __init__(self, parent: QWidget, found: InvoiceDetail, line: MatchLine, codes: Sequence[Picked]) -> None:
        bears = Money(cost(line.net.pence, line.vat.pence, line.vat_recovered))
        note = f"{line.description}: {bears} to be borne. Of the last code the amount may be left empty: it bears the rest."
        super().__init__(parent, f"Codes of line {line.place}", primary="Use these codes", note=note)
        self._found, self._line, self._bears = found, line, bears
        self.about = (Subject.SUPPLIER_INVOICE, found.row.invoice_id)
        grid = EntryGrid(
            "Codes",
            (
                EntryColumn(
                    "code", "Code", lambda: Picker(among(codes), "a code", "a number or name", required=True), 340
                ),
                EntryColumn("amount", "Amount", MoneyField, 110, right=True, total=True),
            ),
            one="code",
        )
        self.fields = self.form()
        self.fields.add("codes", "&Codes", grid)
        named = {each.id: each for each in codes}
        grid.set_value(
            [
                {
                    "code": [str(each.budget_id), named[each.budget_id].words, named[each.budget_id].detail],
                    "amount": each.amount.plain(),
                }
                for each in line.codes
                if each.budget_id in named
            ]
        )
        self.resize(scaled(_WIDE), scaled(420))

    def command(self) -> ChangedInvoice | None:
        """The invoice with these codes of the line; None while one can't be read.

        Raises:
            UserError: the amounts aren't what the line costs.
        """
        if not self.fields.check():
            return None
        splits = self._splits(self.fields.values()["codes"])
        return changed(self._found, {self._line.place or 0: splits})

    def _splits(self, typed: Sequence[dict[str, Money | int | None]]) -> tuple[NewSplit, ...]:
        if not typed:
            raise UserError("No code is given.", "Type at least one.", "codes")
        left = self._bears
        found = []
        for at, each in enumerate(typed):
            amount = each["amount"]
            last = at == len(typed) - 1
            if amount is None and not last:
                raise UserError(f"Code {at + 1} has no amount.", "Only the last one may be left without.", "codes")
            share = left if amount is None else amount
            assert isinstance(share, Money)
            found.append(NewSplit(int(str(each["code"])), share))
            left -= share
        if left != ZERO:
            over = "more than" if left.pence < 0 else "less than"
            gap = -left if left.pence < 0 else left
            raise UserError(
                f"The amounts are {gap} {over} the {self._bears} of the line.", "Put one of them right.", "codes"
            )
        return tuple(found)


def as_new(found: InvoiceDetail, splits: dict[int, tuple[NewSplit, ...]] | None = None) -> NewInvoice:
    """The invoice as it would be logged again: what a change begins with; labour of the order's lines isn't typed; `splits` are other codes, by place of the line."""
    shown, other = found.row, splits or {}
    labour = sum((each.net for each in found.match.lines if each.place is not None and each.labour), ZERO)
    return NewInvoice(
        f"change:{shown.invoice_id}:{shown.version}",
        shown.supplier_id,
        shown.supplier_number,
        shown.invoice_on,
        shown.received_on,
        shown.net,
        shown.vat,
        shown.kind,
        due_on=found.due_on,
        order_quoted=shown.order_quoted,
        order_id=shown.order_id,
        category_id=found.category_id,
        credits_id=found.credits_id,
        lines=tuple(_line(each, other) for each in found.match.lines if each.place is not None),
        readings=tuple(
            NewReading(
                each.meter_id,
                each.from_on,
                each.to_on,
                each.opening,
                each.closing,
                each.used,
                each.net,
                each.estimated,
            )
            for each in found.readings
        ),
        post_item_id=found.post_item_id,
        document_sha256=shown.document_sha256,
        retention=shown.retention,
        retention_on=shown.retention_on,
        labour=found.labour if found.labour != labour else None,
        note=found.note,
    )


def credit_of(found: InvoiceDetail, today: date) -> NewInvoice:
    """What a credit note for an invoice begins with: all of it, or its prices alone where nothing else differs."""
    new = as_new(found)
    lines = price_alone(found.match)
    if lines:
        net, vat = (sum((getattr(each, name) for each in lines), ZERO) for name in ("net", "vat"))
        new = replace(new, lines=lines, net=net, vat=vat, labour=None)
    return replace(
        new,
        kind=InvoiceKind.CREDIT_NOTE,
        supplier_number="",
        received_on=today,
        due_on=None,
        credits_id=found.row.invoice_id,
        document_sha256=None,
        post_item_id=None,
        readings=(),
        retention=ZERO,
        retention_on=None,
        note="",
    )


def changed(found: InvoiceDetail, splits: dict[int, tuple[NewSplit, ...]]) -> ChangedInvoice:
    """The invoice with other codes for some of its lines."""
    return ChangedInvoice(found.row.invoice_id, found.row.version, as_new(found, splits))


def _line(each: MatchLine, other: dict[int, tuple[NewSplit, ...]]) -> NewInvoiceLine:
    own = tuple(NewSplit(code.budget_id, code.amount) for code in each.codes)
    return NewInvoiceLine(
        each.description,
        each.invoiced,
        each.price or 0,
        each.vat_kind,
        each.vat,
        each.net,
        each.order_line_id,
        each.vat_recovered,
        other.get(each.place or 0, own),
    )
