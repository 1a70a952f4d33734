"""The bands of standing orders as policy has them on a day, and which of them an order is in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import count

from sqlalchemy import func, select

from app.models.purchase_orders.orders import PurchaseOrder
from app.models.purchase_orders.suppliers import PurchaseCategory, SupplierContract
from app.models.values import DetailState, Money, OrderKind, PurchaseVat
from app.services.core.context import Context
from app.services.purchase_orders import amounts
from app.services.purchase_orders.orders import rules
from app.services.purchase_orders.orders.dto import Band, BandOf
from app.services.purchase_orders.orders.rules import StandingOrders


def standing_orders(ctx: Context, on: date, *, works: bool) -> StandingOrders:
    """The bands of a day.

    Raises:
        UserError: the policy lacks a part of them.
    """
    policy = ctx.policy
    bands: list[Band] = []
    for number in count(1):
        scope = f"band:{number}"
        to = policy.find("purchasing.band_to", on, scope)
        bands.append(
            Band(
                number,
                Money.parse(to.value) if to is not None else None,
                policy.number("purchasing.band_quotations", on, scope),
                policy.value("purchasing.band_written", on, scope) == "yes",
                policy.value("purchasing.band_needs", on, scope) == "tender",
            )
        )
        if to is None:
            break
    threshold = policy.money(f"purchasing.threshold_{'works' if works else 'goods'}", on)
    with_vat = policy.value("purchasing.bands_with_vat", on) == "yes"
    return StandingOrders(tuple(bands), with_vat, threshold.pence, works)


def of_amount(ctx: Context, category_id: int, net: int, vat: int, exempt: str = "") -> BandOf:
    """The band of an amount of a category today."""
    works = bool(ctx.session.scalar(select(PurchaseCategory.works).where(PurchaseCategory.id == category_id)))
    return rules.band_of(standing_orders(ctx, ctx.clock.today(), works=works), net, vat, exempt)


def of(ctx: Context, order: PurchaseOrder) -> BandOf:
    """The band of an order today; of an agreement that of the most that may be called off, with VAT at the standard rate."""
    net, vat = order.net_pence, order.vat_pence
    if order.kind is OrderKind.AGREEMENT:
        net = order.most_pence or 0
        vat = amounts.vat(net, amounts.vat_rate(ctx, PurchaseVat.STANDARD, ctx.clock.today()))
    return of_amount(ctx, order.category_id, net, vat, exempt(ctx, procured(order)))


def procured(order: PurchaseOrder) -> Procured:
    """What an order may be procured by already."""
    return Procured(order.kind, order.from_id, order.contract_id, order.most_pence or order.net_pence, order.id)


@dataclass(frozen=True, slots=True)
class Procured:
    """What an order may be procured by already: an agreement or a contract; `but` is the order itself."""

    kind: OrderKind
    from_id: int | None
    contract_id: int | None
    net: int
    but: int | None = None


def exempt(ctx: Context, of_: Procured, on: date | None = None) -> str:
    """Why an order wants no quotations, as a sentence: what it is called off from was procured itself; empty if it does.

    A contract covers what is ordered in its days (`on`, today if none is given), and nothing that takes it above its value.
    """
    if of_.kind is OrderKind.CALL_OFF and of_.from_id is not None:
        number = ctx.session.scalar(select(PurchaseOrder.number).where(PurchaseOrder.id == of_.from_id))
        prefix = ctx.policy.value("purchasing.order_number_prefix", ctx.clock.today())
        return (
            f"It is called off agreement {prefix}{number or 0:05}, which was procured itself: no quotations are wanted."
        )
    if of_.contract_id is None:
        return ""
    contract = ctx.session.get_one(SupplierContract, of_.contract_id)
    if contract.state is not DetailState.IN_FORCE:
        return ""
    if not contract.starts_on <= (on or ctx.clock.today()) <= contract.ends_on:
        return ""
    if of_.net + under_contract(ctx, contract.id, of_.but) > contract.value_pence:
        return ""
    return f"It is under contract {contract.number}, which was procured itself: no quotations are wanted."


def under_contract(ctx: Context, contract_id: int, but: int | None = None) -> int:
    """What was ordered under a contract so far, before VAT, in pence; drafts don't count."""
    found = select(func.coalesce(func.sum(PurchaseOrder.net_pence), 0)).where(
        PurchaseOrder.contract_id == contract_id,
        PurchaseOrder.state.in_(rules.LIVE),
        PurchaseOrder.kind.not_in((OrderKind.AGREEMENT, OrderKind.TEMPLATE)),
        PurchaseOrder.id != (but or 0),
    )
    return int(ctx.session.scalar(found) or 0)
