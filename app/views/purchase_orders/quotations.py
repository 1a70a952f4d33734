"""Quotations of a requisition: recorded with their documents, one chosen, or fewer taken than the band wants."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from PySide6.QtWidgets import QWidget

from app.models.values import ZERO, Subject
from app.services.core.effects import Effect
from app.services.core.errors import UserError
from app.services.purchase_orders.orders.dto import Choose, NewQuotation, OrderDetail, QuotationRow, Waive
from app.views.common import formats
from app.views.common.evidence import EvidencedSheet
from app.views.common.fields import AreaField, ChoiceField, LineField, TickField
from app.views.common.fields_dates import DateField
from app.views.common.fields_money import MoneyField
from app.views.common.fields_pickers import Find
from app.views.purchase_orders.card_tables import WAIVERS
from app.views.purchase_orders.order_sheets import OrderSheet
from app.views.purchase_orders.requisition import supplier_picker

_NAME, _REFERENCE, _NOTE = 120, 40, 400
_SO_FAR: Final = "Recorded so far"


class QuotationSheet(EvidencedSheet):
    """A price that was given, or that somebody who was asked gave none."""

    def __init__(self, parent: QWidget, shown: OrderDetail, find: Find, today: date) -> None:
        super().__init__(parent, f"A quotation for {shown.row.number}", save="Record it", note=wants(shown))
        self.about = (Subject.PURCHASE_ORDER, shown.row.order_id)
        self.shown = shown
        self._supplier = supplier_picker(find)
        fields = self.fields
        fields.add("supplier_id", "&Supplier", self._supplier)
        fields.add("name", "Or a na&me", LineField(_NAME), "Of somebody who is no supplier of ours yet")
        fields.add("given", "", TickField("They gave a &price"))
        fields.add("net", "&Net", MoneyField(), "Before VAT")
        fields.add("vat", "&VAT", MoneyField())
        fields.add("given_on", "&Given on", DateField(lambda: today))
        fields.add("asked_on", "&Asked on", DateField(lambda: today))
        fields.add("written", "", TickField("In &writing"))
        fields.add("reference", "Their &reference", LineField(_REFERENCE))
        fields.add("note", "N&ote", AreaField(_NOTE, height=52, placeholder="Why they gave none, or what was said"))
        self.add_evidence("&Document")
        written = shown.band.written if shown.band else False
        fields.fill({"given": True, "given_on": today, "written": written})
        fields.changed.connect(self._follow)
        self._follow()

    def command(self) -> NewQuotation | None:
        """What is recorded, without its document; None while it can't be told."""
        values = self.fields.values()
        given = values["given"]
        if values["supplier_id"] is None and not values["name"]:
            return None
        if given and (values["net"] is None or values["given_on"] is None):
            return None
        return NewQuotation(
            self.shown.row.order_id,
            name=values["name"],
            supplier_id=values["supplier_id"],
            written=values["written"],
            asked_on=values["asked_on"],
            given_on=values["given_on"] if given else None,
            net=values["net"] if given else None,
            vat=(values["vat"] or ZERO) if given else ZERO,
            reference=values["reference"],
            note=values["note"],
        )

    def _follow(self) -> None:
        given = bool(self.fields.values()["given"])
        for name in ("net", "vat", "given_on", "reference"):
            self.show_row(name, shown=given)
        self.effects.show_effects(tuple(_so_far(self.shown, self.command())))


class ChooseSheet(OrderSheet):
    """One of the quotations is taken."""

    def __init__(self, parent: QWidget, shown: OrderDetail) -> None:
        note = "The order takes its supplier. Where it isn't the lowest, say why: whoever approves reads it."
        super().__init__(parent, shown, f"Choose a quotation for {shown.row.number}", "Choose it", note)
        given = sorted((each for each in shown.quotations if each.net is not None), key=lambda each: each.net or ZERO)
        choices = [(_quoted(each), each.quotation_id) for each in given]
        self.fields.add("quotation_id", "&Quotation", ChoiceField(choices))
        self.fields.add("why", "&Why", LineField(_NOTE, placeholder="Where it isn't the lowest"))
        taken = next((each.quotation_id for each in given if each.chosen), None)
        if taken is not None:
            self.fields.fill({"quotation_id": taken})

    def command(self) -> Choose:
        """What is taken."""
        values = self.fields.values()
        return Choose(values["quotation_id"], values["why"])


class WaiverSheet(OrderSheet):
    """Fewer quotations are taken than standing orders want."""

    def __init__(self, parent: QWidget, shown: OrderDetail) -> None:
        super().__init__(parent, shown, f"Fewer quotations for {shown.row.number}", "Save", wants(shown))
        reasons = [("None: as many as are wanted", None), *((words, each) for each, words in WAIVERS.items())]
        self.fields.add("reason", "&Reason", ChoiceField(reasons))
        self.fields.add("words", "&In words", AreaField(_NOTE, height=72, placeholder="Whoever approves reads it"))
        self.fields.fill({"reason": shown.waiver, "words": shown.waiver_words})

    def command(self) -> Waive:
        """The waiver, or that there is none.

        Raises:
            UserError: a reason has no words.
        """
        values = self.fields.values()
        if values["reason"] is not None and not values["words"].strip():
            raise UserError("Say why in your own words.", "Whoever approves reads it.", "words")
        return Waive(self.shown.row.order_id, self.shown.version, values["reason"], values["words"])


def wants(shown: OrderDetail) -> str:
    """What the band of an order wants, and how many quotations there are."""
    if shown.band is None:
        return "Its lines say which band it is in."
    there = formats.count(len(shown.quotations), "quotation")
    if not shown.band.quotations:
        return f"{shown.band.title}: none is wanted. {there} {'is' if len(shown.quotations) == 1 else 'are'} recorded."
    written = ", in writing and attached" if shown.band.written else ""
    wanted = formats.count(shown.band.quotations, "quotation")
    return (
        f"{shown.band.title} wants {wanted}{written}. {there} {'is' if len(shown.quotations) == 1 else 'are'} recorded."
    )


def _quoted(row: QuotationRow) -> str:
    lowest = ", the lowest" if row.lowest else ""
    return f"{row.name}: {row.net}{lowest}"


def _so_far(shown: OrderDetail, new: NewQuotation | None) -> Iterator[Effect]:
    """What is recorded, what is wanted, and how this one stands to them."""
    for each in shown.quotations:
        yield Effect(_SO_FAR, each.name, after=str(each.net) if each.net is not None else "gave none")
    if not shown.quotations:
        yield Effect(_SO_FAR, "Nothing yet")
    if new is None:
        return
    prices = [each.net for each in shown.quotations if each.net is not None]
    if new.net is not None and prices:
        lowest = min(prices)
        how = (
            f"{new.net - lowest} above the lowest"
            if new.net > lowest
            else f"{lowest - new.net} below the lowest so far"
        )
        yield Effect("This one", how if new.net != lowest else "The same as the lowest")
    if shown.band is not None:
        count = len(shown.quotations) + 1
        words = f"{count} of {formats.count(shown.band.quotations, 'quotation')} that {shown.band.title} wants"
        yield Effect("Standing orders", words, warns=count < shown.band.quotations)
        if shown.band.written and not new.written:
            yield Effect("Standing orders", "This band wants it in writing, and attached", warns=True)
