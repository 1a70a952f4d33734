"""The register of valuables, and the sheets by which they are entered, handed on, paid in and given back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from PySide6.QtWidgets import QWidget

from app.models.values import Money, ValuableKind
from app.services.post_log.valuables.dto import (
    KINDS,
    MONEY,
    GiveBack,
    HandOn,
    NewValuable,
    PayIn,
    Reconciled,
    ValuableForm,
    ValuableRow,
    Whereabouts,
)
from app.views.common import formats
from app.views.common.columns import Column, money_column
from app.views.common.dialogs import Sheet
from app.views.common.fields import ChoiceField, LineField
from app.views.common.fields_dates import DateField
from app.views.common.fields_money import MoneyField
from app.views.common.parts import label
from app.views.common.short_names import shorter_names
from app.views.common.theme import scaled

_WIDE: Final = 580
_LISTED: Final = 4
_WHERE: Final = {
    Whereabouts.HELD: "Held here",
    Whereabouts.HANDED: "Handed on",
    Whereabouts.PAID_IN: "Paid in",
    Whereabouts.DIFFERS: "Paid in, differs",
    Whereabouts.GIVEN_BACK: "Given back",
}
_TONES: Final = {Whereabouts.HELD: "warning", Whereabouts.DIFFERS: "bad", Whereabouts.PAID_IN: "good"}


def _difference(row: ValuableRow) -> str:
    """`3.60 less`: by how much what was paid in is not what came."""
    by = row.difference
    if by is None or not by.pence:
        return ""
    return f"{Money(abs(by.pence)).plain()} {'less' if by.pence < 0 else 'more'}"


VALUABLES: tuple[Column[ValuableRow], ...] = (
    Column("receipt", "Receipt", lambda row: row.receipt, 84, firm=True),
    Column("item", "Item", lambda row: row.item, 88, firm=True),
    Column("opened_at", "Opened", lambda row: row.opened_at, 132, least=700),
    Column("sender", "From", lambda row: row.sender, 150, floor=130, shorter=lambda row: shorter_names(row.sender)),
    Column("kind", "What", lambda row: KINDS[row.kind], 104, floor=104),
    money_column("amount", "Amount", lambda row: row.amount, 92, total=True),
    Column("details", "Details", lambda row: row.details, 220, floor=190),
    Column(
        "where",
        "Where it is",
        lambda row: _WHERE[row.where],
        124,
        floor=124,
        tone=lambda row: _TONES.get(row.where, ""),
    ),
    Column("handed_to", "Handed to", lambda row: row.handed_to, 130, floor=120, least=900),
    Column("paid_in", "Slip, or how it went back", lambda row: row.paid_in, 190, floor=160, least=1000),
    Column("paid_in_on", "On", lambda row: row.paid_in_on, 96, least=950),
    Column(
        "difference", "Difference", lambda row: row.difference or None, 96, shown=_difference, right=True, firm=True
    ),
    Column("opened_by", "Opened by", lambda row: f"{row.opened_by}, {row.witness}", 260, floor=240, least=1100),
)


class EnterSheet(Sheet):
    """What was in the envelope, and who was there.

    Args:
        form: the item, what was entered for it already, and the colleagues.
    """

    def __init__(self, parent: QWidget, form: ValuableForm) -> None:
        whose = f"Item {form.item}{f', from {form.sender}' if form.sender else ''}."
        note = f"{whose} It is opened by two officers: you and a colleague. Ctrl+Enter enters it; then the next."
        super().__init__(parent, "Enter something of value", primary="Enter it", close="Close", note=note)
        self._item_id = form.item_id
        self.kind = ChoiceField([(words, kind) for kind, words in KINDS.items()])
        self.witness = ChoiceField([("", None), *form.officers])
        self.fields = fields = self.form()
        fields.add("kind", "&What", self.kind)
        self._amount = MoneyField()
        fields.add("amount", "&Amount", self._amount)
        fields.add("details", "&Details", LineField(200, placeholder="Such as: cheque 000123 of Mx Sample"))
        fields.add("witness_id", "&Opened with", self.witness, "The colleague who was there")
        self._entered = label("", "muted", wrap=True)
        self.body.addWidget(self._entered)
        self.kind.changed.connect(self._fit)
        self.show_entered(form.standing)
        self.setMinimumWidth(scaled(_WIDE))

    def command(self) -> NewValuable:
        """What is to be entered."""
        values = self.fields.values()
        return NewValuable(
            self._item_id, values["kind"], values["amount"], values["details"], values["witness_id"] or 0
        )

    def begin_next(self, standing: Sequence[ValuableRow]) -> None:
        """It is entered: the next of the same envelope, with the same colleague."""
        self.set_busy(busy=False)
        self.fields.fill({"amount": None, "details": ""})
        self.show_entered(standing)
        self.kind.setFocus()

    def text(self) -> str:
        """What it says was entered for the item."""
        return self._entered.text()

    def show_entered(self, standing: Sequence[ValuableRow]) -> None:
        """Say what was entered for the item."""
        words = [f"{row.receipt}: {said(row)}" for row in reversed(standing)]
        self._entered.setText("\n".join(["Entered for this item:", *words]) if words else "")
        self._entered.setVisible(bool(words))

    def _fit(self) -> None:
        """A document has no amount."""
        document = self.kind.value() is ValuableKind.DOCUMENT
        self._amount.setEnabled(not document)
        if document:
            self.fields.fill({"amount": None})


class HandSheet(Sheet):
    """To whom valuables are handed."""

    def __init__(self, parent: QWidget, rows: Sequence[ValuableRow]) -> None:
        super().__init__(parent, f"Hand on {_counted(rows)}", primary="Hand on", note=_list(rows))
        self._ids = _ids(rows)
        self.fields = self.form()
        self.fields.add("to", "&To", LineField(200, placeholder="A name, or an office such as the cash office"))
        self.setMinimumWidth(scaled(_WIDE))

    def command(self) -> HandOn:
        """What is to be noted."""
        return HandOn(self._ids, self.fields.values()["to"])


class PayInSheet(Sheet):
    """The paying-in slip for the money that is chosen.

    Args:
        today: gives the day at the office.
    """

    def __init__(self, parent: QWidget, rows: Sequence[ValuableRow], today: Callable[[], date]) -> None:
        super().__init__(parent, f"Pay in {_counted(rows)}", primary="Pay in", note=_list(rows))
        self._ids = _ids(rows)
        total = Money(sum(row.amount.pence for row in rows if row.amount is not None))
        hint = f"The chosen come to {total}"
        self.fields = fields = self.form()
        fields.add("reference", "Paying-in &reference", LineField(60, placeholder="As it stands on the slip"))
        fields.add("on", "&On", DateField(today, required=True))
        fields.add("total", "&Total of the slip", MoneyField(required=True), hint)
        fields.fill({"on": today()})
        self.setMinimumWidth(scaled(_WIDE))

    def command(self) -> PayIn | None:
        """What is to be noted; None while something is missing."""
        if not self.fields.check():
            return None
        values = self.fields.values()
        return PayIn(self._ids, values["reference"], values["on"], values["total"])


class GiveBackSheet(Sheet):
    """How valuables went back to whoever they belong to.

    Args:
        today: gives the day at the office.
    """

    def __init__(self, parent: QWidget, rows: Sequence[ValuableRow], today: Callable[[], date]) -> None:
        super().__init__(parent, f"Give back {_counted(rows)}", primary="Give back", note=_list(rows))
        self._ids = _ids(rows)
        self.fields = fields = self.form()
        fields.add("how", "&How", LineField(60, placeholder="Such as: recorded delivery, with its number"))
        fields.add("on", "&On", DateField(today, required=True))
        fields.fill({"on": today()})
        self.setMinimumWidth(scaled(_WIDE))

    def command(self) -> GiveBack | None:
        """What is to be noted; None while the day is missing."""
        if not self.fields.check():
            return None
        values = self.fields.values()
        return GiveBack(self._ids, values["how"], values["on"])


def may_pay_in(row: ValuableRow) -> bool:
    """Whether it is money that is still to be paid in."""
    return row.kind in MONEY and is_open(row)


def is_open(row: ValuableRow) -> bool:
    """Whether it is neither paid in nor given back."""
    return row.paid_in_on is None


def reconciled(sums: Reconciled, since: date) -> str:
    """The money since a day in a sentence: what came, what was paid in of it, what is open, and whether all agrees."""
    if not sums.count:
        return f"No money came in the post since {formats.day(since)}."
    parts = [f"{sums.paid_in} paid in"]
    if sums.given_back.pence:
        parts.append(f"{sums.given_back} given back")
    parts.append(
        f"{sums.open} still to be paid in ({sums.open_count:,})" if sums.open_count else "nothing left to pay in"
    )
    came = f"Since {formats.day(since)}: {sums.came} came in the post ({sums.count:,}), {', '.join(parts)}."
    if not sums.difference.pence:
        return f"{came} What was paid in agrees."
    way = "less" if sums.difference.pence < 0 else "more"
    return f"{came} Look at this: {Money(abs(sums.difference.pence))} {way} was paid in than came."


def said(row: ValuableRow) -> str:
    """One in words: `Cheque £118.42, cheque 000123`."""
    amount = f" {row.amount}" if row.amount is not None else ""
    details = f", {row.details}" if row.details else ""
    return f"{KINDS[row.kind]}{amount}{details}"


def _ids(rows: Sequence[ValuableRow]) -> tuple[int, ...]:
    return tuple(row.valuable_id for row in rows)


def _counted(rows: Sequence[ValuableRow]) -> str:
    return rows[0].receipt if len(rows) == 1 else f"{len(rows):,} receipts"


def _list(rows: Sequence[ValuableRow]) -> str:
    """The first of them in words, and how many more."""
    first = "\n".join(f"{row.receipt}: {said(row)}" for row in rows[:_LISTED])
    more = len(rows) - _LISTED
    return f"{first}\nand {more:,} more" if more > 0 else first
