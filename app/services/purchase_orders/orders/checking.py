"""What a requisition comes to before it is saved or asked for: totals, band, codes, quotations, and what speaks against it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from app.models.purchase_orders.orders import PurchaseOrder, Quotation
from app.models.values import ZERO, BlockScope, Money, OrderKind, PurchaseVat
from app.services.core.context import Context
from app.services.purchase_orders import amounts
from app.services.purchase_orders.budgets.rules import year_of
from app.services.purchase_orders.orders import bands, looking, quoting, rules, separation, writing
from app.services.purchase_orders.orders.dto import BandOf, Checked, NewRequisition, Rate
from app.services.purchase_orders.orders.writing import Priced
from app.services.purchase_orders.suppliers import keeping as suppliers


def check(ctx: Context, new: NewRequisition, order_id: int | None = None) -> Checked:
    """What a requisition comes to; `order_id` is the draft that it is typed into, whose quotations count.

    Raises:
        UserErrors: lines have faults, each named.
    """
    today = ctx.clock.today()
    lines = writing.priced(ctx, new.lines, new.year or year_of(today), today)
    row = ctx.session.get(PurchaseOrder, order_id) if order_id is not None else None
    net, vat = sum(each.net for each in lines), sum(each.vat for each in lines)
    procured = bands.Procured(new.kind, new.from_id, new.contract_id, net, order_id)
    exempt = bands.exempt(ctx, procured)
    band = _band(ctx, new, net, vat, exempt)
    takes: dict[int, int] = defaultdict(int)
    for each in lines:
        for split, pence in zip(each.line.splits, each.shares, strict=True):
            takes[split.budget_id] += pence
    over, stops_over = looking.over(ctx, takes)
    like = _alike(ctx, new, lines, order_id or 0, band, procured=bool(exempt))
    quoted = quoting.of_order(ctx, row.id) if row is not None else []
    stops = _blocked(ctx, new) + (over if stops_over else ())
    counted = band.counted if band is not None else ZERO
    approvers = looking.approvers(ctx, counted, _part(ctx, row, quoted))
    return Checked(
        net=Money(net),
        vat=Money(vat),
        rates=_rates(ctx, lines),
        nets=tuple(Money(each.net) for each in lines),
        costs=tuple(Money(each.cost) for each in lines),
        band=band,
        quotations=len(quoted),
        wanting=_wanting(ctx, row, band, quoted, new.supplier_id),
        codes=looking.codes_left(ctx, takes),
        suspicions=like.orders,
        together=like.together,
        warnings=(() if stops_over else over) + ((like.words,) if like.words else ()),
        stops=stops,
        approvers=approvers,
        nobody="" if approvers else looking.nobody(ctx, counted),
    )


def _band(ctx: Context, new: NewRequisition, net: int, vat: int, exempt: str) -> BandOf | None:
    if new.kind is OrderKind.AGREEMENT and new.most is not None:
        net = new.most.pence
        vat = amounts.vat(net, amounts.vat_rate(ctx, PurchaseVat.STANDARD, ctx.clock.today()))
    return bands.of_amount(ctx, new.category_id, net, vat, exempt) if net else None


def _alike(
    ctx: Context, new: NewRequisition, lines: Sequence[Priced], order_id: int, band: BandOf | None, *, procured: bool
) -> looking.Alike:
    if band is None:
        return looking.Alike()
    return looking.alike(
        ctx,
        looking.Asked(
            order_id,
            new.supplier_id,
            new.category_id,
            tuple(each.line.description for each in lines),
            sum(each.net for each in lines),
            sum(each.vat for each in lines),
            band,
            procured=procured,
        ),
    )


def _wanting(
    ctx: Context,
    row: PurchaseOrder | None,
    band: BandOf | None,
    quoted: Sequence[Quotation],
    supplier_id: int | None,
) -> tuple[str, ...]:
    if band is None:
        return ()
    waived, papers = (row.waiver is not None, quoting.papers(ctx, row.id)) if row is not None else (False, 0)
    every = [quoting.quoted(each) for each in quoted]
    return rules.wanting(band, every, waived=waived, papers=papers, supplier_id=supplier_id)


def _blocked(ctx: Context, new: NewRequisition) -> tuple[str, ...]:
    if new.supplier_id is None:
        return ()
    return tuple(suppliers.blocked(ctx, (new.supplier_id,), BlockScope.ORDERS, ctx.clock.today()).values())


def _part(ctx: Context, row: PurchaseOrder | None, quoted: Sequence[Quotation]) -> frozenset[int]:
    """Who had a part in it, and so doesn't approve it."""
    asking = ctx.session.execute(separation.asking([row.id])).all() if row is not None else []
    made = row.made_by if row is not None else ctx.officer.id
    return frozenset({made, ctx.officer.id, *(each.made_by for each in quoted), *(officer for _, officer in asking)})


def _rates(ctx: Context, lines: Sequence[Priced]) -> tuple[Rate, ...]:
    nets: dict[PurchaseVat, int] = defaultdict(int)
    vats: dict[PurchaseVat, int] = defaultdict(int)
    for each in lines:
        nets[each.line.vat] += each.net
        vats[each.line.vat] += each.vat
    today = ctx.clock.today()
    return tuple(
        Rate(kind, amounts.vat_rate(ctx, kind, today), Money(nets[kind]), Money(vats[kind]))
        for kind in PurchaseVat
        if kind in nets
    )
