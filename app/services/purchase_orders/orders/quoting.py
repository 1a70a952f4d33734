"""Quotations of a requisition: recorded, chosen, and what standing orders still want of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from sqlalchemy import func, select

from app.models.documents import DocumentLink
from app.models.purchase_orders.orders import PurchaseOrder, Quotation
from app.models.values import Money, OrderEvent, Subject, WaiverReason
from app.services.approvals.dto import Detail
from app.services.core.card_refusal import refuse_card_number
from app.services.core.context import Context
from app.services.core.errors import UserError, UserErrors
from app.services.documents.evidence import keep_files
from app.services.purchase_orders.orders import agreements, bands, keeping, rules
from app.services.purchase_orders.orders.dto import BandOf, Choose, NewQuotation
from app.services.purchase_orders.orders.rules import Quoted
from app.services.purchase_orders.orders.writing import tidy
from app.services.purchase_orders.suppliers import keeping as suppliers

_WAIVERS: Final = {
    WaiverReason.SOLE_SUPPLIER: "There is one supplier",
    WaiverReason.EMERGENCY: "Emergency",
    WaiverReason.FRAMEWORK: "Framework agreement",
    WaiverReason.CONTRACT: "Contract",
    WaiverReason.NO_RESPONSE: "No others answered",
    WaiverReason.OTHER: "Another reason",
}
_TEXTS: Final = {"name": 120, "reference": 40, "note": 400}


def of_order(ctx: Context, order_id: int) -> list[Quotation]:
    """The quotations of an order, the first recorded first."""
    return list(ctx.session.scalars(select(Quotation).where(Quotation.order_id == order_id).order_by(Quotation.id)))


def record(ctx: Context, row: PurchaseOrder, new: NewQuotation) -> Quotation:
    """Record a quotation of a draft, or that somebody who was asked gave none.

    Raises:
        UserErrors: fields have faults, each named.
        UserError: a text holds a card number, or the file can't be kept.
    """
    name = new.name
    if new.supplier_id is not None:
        name = suppliers.supplier(ctx, new.supplier_id).name
    for field in _TEXTS:
        refuse_card_number(ctx, getattr(new, field), field, field)
    wrong = list(_faults(ctx, new, name))
    if wrong:
        raise UserErrors(wrong)
    made = Quotation(
        order_id=row.id,
        supplier_id=new.supplier_id,
        supplier_name=tidy(name),
        written=new.written,
        asked_on=new.asked_on,
        given_on=new.given_on,
        net_pence=new.net.pence if new.net is not None else None,
        vat_pence=new.vat.pence if new.net is not None else None,
        reference=tidy(new.reference),
        note=tidy(new.note),
        document_sha256=_kept(ctx, row, new),
        made_by=ctx.officer.id,
        made_at=ctx.clock.now(),
    )
    _reconsider(ctx, row, made)
    ctx.session.add(made)
    price = f"{new.net}" if new.net is not None else "no price"
    keeping.step(ctx, row.id, OrderEvent.CHANGED, f"Quotation of {made.supplier_name}: {price}")
    ctx.session.flush()
    return made


def _reconsider(ctx: Context, row: PurchaseOrder, made: Quotation) -> None:
    """Why a quotation is chosen is said of the prices that were known then: of a lower one that comes it is said again."""
    for each in of_order(ctx, row.id):
        if each.chosen and made.net_pence is not None and made.net_pence < (each.net_pence or 0):
            each.chosen_why = ""


def choose(ctx: Context, row: PurchaseOrder, chosen: Quotation, asked: Choose) -> None:
    """Take a quotation; the order takes its supplier.

    Raises:
        UserError: it has no price, or no supplier of the register, or it isn't the lowest and nothing says why, or the order
            is with another supplier already.
    """
    if chosen.net_pence is None:
        raise UserError(f"{chosen.supplier_name} gave no price.", "Choose a quotation that has one.")
    if chosen.supplier_id is None:
        raise UserError(
            f"{chosen.supplier_name} isn't among the suppliers yet.",
            "Add it under Suppliers, then record its quotation with it.",
        )
    refuse_other(ctx, row, chosen.supplier_id)
    every = of_order(ctx, row.id)
    lowest = rules.not_lowest([quoted(each) for each in every], chosen.net_pence)
    why = tidy(asked.why)
    if lowest is not None:
        why = keeping.said(
            ctx, why, "why", f"why it is taken at {Money(chosen.net_pence)} when {Money(lowest)} was quoted"
        )
    for each in every:
        each.chosen = each is chosen
        each.chosen_why = why if each is chosen and lowest is not None else ""
    if row.supplier_id != chosen.supplier_id:
        row.supplier_id, row.contract_id = chosen.supplier_id, None
    keeping.step(ctx, row.id, OrderEvent.CHANGED, f"{chosen.supplier_name} is chosen. {why}".strip())
    keeping.index(ctx, row)
    ctx.session.flush()


def quoted(row: Quotation) -> Quoted:
    """A quotation as standing orders look at it."""
    kept = row.document_sha256 is not None
    return Quoted(
        row.supplier_name,
        row.net_pence,
        row.written,
        kept,
        bool(row.note),
        row.chosen,
        row.supplier_id,
        row.chosen_why,
    )


def wanting(ctx: Context, row: PurchaseOrder, band: BandOf) -> tuple[str, ...]:
    """What standing orders still want of a requisition, a sentence each."""
    every = [quoted(each) for each in of_order(ctx, row.id)]
    return rules.wanting(
        band, every, waived=row.waiver is not None, papers=papers(ctx, row.id), supplier_id=row.supplier_id
    )


def band_and_wanting(ctx: Context, row: PurchaseOrder) -> tuple[BandOf, tuple[str, ...]]:
    """The band of a requisition today, and what it still wants."""
    band = bands.of(ctx, row)
    return band, wanting(ctx, row, band)


def told(ctx: Context, row: PurchaseOrder, net: int) -> Iterator[Detail]:
    """What whoever approves reads of the quotations of an order that comes to so many pence before VAT."""
    every = of_order(ctx, row.id)
    for place, each in enumerate(every, 1):
        price = f"{Money(each.net_pence)} before VAT" if each.net_pence is not None else f"no price: {each.note}"
        chosen = f"; chosen. {each.chosen_why}" if each.chosen else ""
        yield Detail(f"Quotation {place}", "", f"{each.supplier_name}: {price}{chosen}".strip())
    if more := _above(every, net):
        yield Detail("Above its quotation", "", more)
    if row.waiver is not None:
        yield Detail("Fewer quotations than wanted", "", f"{_WAIVERS[row.waiver]}. {row.waiver_words}")


def refuse_other(ctx: Context, row: PurchaseOrder, supplier_id: int | None) -> None:
    """Refuse that an order goes to another supplier, where it is called off an agreement or is an order already.

    Raises:
        UserError: it would.
    """
    agreements.refuse_other_supplier(ctx, row, supplier_id)
    if row.number is not None and row.supplier_id != supplier_id:
        name = suppliers.supplier(ctx, row.supplier_id or 0).name
        raise UserError(
            f"{keeping.number_of(ctx, row)} is ordered from {name}.",
            "Cancel it, and order it from the other.",
            "supplier",
        )


def _above(every: Sequence[Quotation], net: int) -> str:
    """That an order comes to more than the quotation that was chosen, as a sentence; empty if it doesn't."""
    for each in every:
        if each.chosen and each.net_pence is not None and net > each.net_pence:
            more = Money(net - each.net_pence)
            return f"The order comes to {more} more than {each.supplier_name} quoted ({Money(each.net_pence)})."
    return ""


def papers(ctx: Context, order_id: int) -> int:
    """How many documents stand with an order."""
    found = select(func.count()).where(
        DocumentLink.subject == Subject.PURCHASE_ORDER.value,
        DocumentLink.subject_id == order_id,
        DocumentLink.unlinked_at.is_(None),
    )
    return ctx.session.scalar(found) or 0


def _kept(ctx: Context, row: PurchaseOrder, new: NewQuotation) -> str | None:
    """Keep the quotation's document with the order; its SHA-256."""
    if new.file is None:
        return None
    keep_files(ctx, Subject.PURCHASE_ORDER, row.id, (new.file,))
    latest = (
        select(DocumentLink.sha256)
        .where(DocumentLink.subject == Subject.PURCHASE_ORDER.value, DocumentLink.subject_id == row.id)
        .order_by(DocumentLink.id.desc())
        .limit(1)
    )
    return ctx.session.scalar(latest)


def _faults(ctx: Context, new: NewQuotation, name: str) -> Iterator[UserError]:
    today = ctx.clock.today()
    for field, most in _TEXTS.items():
        if len(getattr(new, field)) > most:
            yield UserError(f"That has over {most} characters.", "Shorten it.", field)
    if not name.strip():
        yield UserError("Who was asked?", "Choose a supplier, or write a name.", "name")
    for field in ("asked_on", "given_on"):
        on = getattr(new, field)
        if on is not None and on > today:
            yield UserError("That day is still to come.", "Give the day on which it was.", field)
    yield from _price_faults(new)


def _price_faults(new: NewQuotation) -> Iterator[UserError]:
    if new.net is None:
        if not new.note.strip():
            yield UserError("No price is given.", "Give one, or say that they gave none and why.", "note")
    elif new.net.pence <= 0:
        yield UserError("A price of nothing or less isn't a quotation.", "Give what was quoted.", "net")
    elif new.given_on is None:
        yield UserError("When was it given?", "Give the day of the quotation.", "given_on")
    if new.vat.pence < 0:
        yield UserError("VAT is never below nothing.", "Give what was quoted.", "vat")
