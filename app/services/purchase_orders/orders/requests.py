"""A requisition as a kind of request: whoever approves it makes it an order, with a number and its money bound."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from sqlalchemy import select

from app.models.approvals import ApprovalRequest
from app.models.purchase_orders.orders import PurchaseOrder, Quotation
from app.models.purchase_orders.suppliers import PurchaseCategory
from app.models.values import (
    ApprovalState,
    BlockScope,
    LimitKind,
    Money,
    OrderEvent,
    OrderKind,
    OrderState,
    OrderVersionState,
    Subject,
)
from app.services.approvals import keeping as approvals
from app.services.approvals.dto import Detail, NewRequest, Payload
from app.services.approvals.kinds import ApprovalKind, Took
from app.services.approvals.kinds import register as register_kind
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission
from app.services.documents.evidence import links_of
from app.services.ledger import numbering
from app.services.purchase_orders.budgets.rules import spelt_year, year_of
from app.services.purchase_orders.orders import (
    agreeing,
    agreements,
    amending,
    bands,
    keeping,
    looking,
    quoting,
    separation,
    versions,
)
from app.services.purchase_orders.orders.dto import AREAS, KINDS, BandOf
from app.services.purchase_orders.suppliers import keeping as suppliers
from app.services.purchase_orders.suppliers.rules import spelt

KIND: Final = "purchase_order"
_SHOWN: Final = 40


def register() -> None:
    """Plug the kinds in: requisitions, and amendments of orders and of agreements."""
    common = (Permission.APPROVE_ORDERS,)
    register_kind(
        ApprovalKind(KIND, "Purchase order", *common, _apply, _details, LimitKind.ORDER, _ended, _took),
    )
    amending.register()
    agreeing.register()


def ask(ctx: Context, row: PurchaseOrder) -> int:
    """Ask for a requisition to be approved, or again after it was returned; the request.

    Raises:
        UserError: something of it lacks, standing orders want more, its supplier is blocked, policy stops what is over
            budget, or the office has one officer.
    """
    band = ready(ctx, row)
    what = KINDS[row.kind]
    name = suppliers.supplier(ctx, row.supplier_id or 0).name
    new = NewRequest(
        kind=KIND,
        subject=Subject.PURCHASE_ORDER,
        subject_id=row.id,
        summary=f"{what} RQ{row.requisition:05}: {_about(row)}{name}"[:200],
        reason=row.reason or f"{what} RQ{row.requisition:05}",
        payload={"order_id": row.id, "version": row.current},
        total=band.counted,
        chain=f"purchase_order:{row.id}",
        evidence=links_of(ctx, Subject.PURCHASE_ORDER, row.id),
    )
    if row.request_id is not None and returned(ctx, row):
        approvals.ask_again(ctx, row.request_id, new)
        return row.request_id
    return approvals.ask(ctx, new)


def unapproved(ctx: Context, row: PurchaseOrder) -> tuple[str, ...]:
    """That nobody in the office can approve a requisition as things are, and what to do; nothing where somebody can."""
    part = {row.made_by, ctx.officer.id}
    for took in _took((row.id,)):
        part |= {officer_id for _, officer_id in ctx.session.execute(took)}
    counted = bands.of(ctx, row).counted
    return () if looking.approvers(ctx, counted, part) else (looking.nobody(ctx, counted),)


def _about(row: PurchaseOrder) -> str:
    """What it is for; of works, which may be in a restricted record's home, nothing but the supplier is in the queue."""
    return "" if row.kind is OrderKind.WORKS else f"{row.title}, "


def ready(ctx: Context, row: PurchaseOrder) -> BandOf:
    """The band of a requisition that may be asked for.

    Raises:
        UserError: it may not, and why.
    """
    if row.kind is OrderKind.TEMPLATE:
        raise UserError("A template isn't ordered.", "Draft a requisition from it.")
    _refuse_old_year(ctx, row)
    if row.supplier_id is None:
        raise UserError("It has no supplier yet.", "Choose one, or a quotation.", "supplier")
    suppliers.refuse_blocked(ctx, row.supplier_id, BlockScope.ORDERS, ctx.clock.today())
    if row.kind is not OrderKind.AGREEMENT:
        _refuse_lines(ctx, row)
    agreements.refuse_beyond(ctx, row, row.net_pence)
    band, lacks = quoting.band_and_wanting(ctx, row)
    if lacks:
        raise UserError(lacks[0], " ".join(lacks[1:]) or "Open its quotations.", "quotations")
    _refuse_over(ctx, row)
    return band


def _refuse_old_year(ctx: Context, row: PurchaseOrder) -> None:
    """What is ordered now isn't bound on the budgets of a year that has ended."""
    now = year_of(ctx.clock.today())
    if row.year < now:
        raise UserError(
            f"It is for the financial year {spelt_year(row.year)}, which has ended.",
            f"Change its year to {spelt_year(now)} and choose the codes of that year.",
            "year",
        )


def returned(ctx: Context, row: PurchaseOrder) -> bool:
    """Whether whoever was to approve it gave it back to be changed."""
    if row.state is not OrderState.WAITING or row.request_id is None:
        return False
    return ctx.session.get_one(ApprovalRequest, row.request_id).state is ApprovalState.RETURNED


def asked_by(ctx: Context, row: PurchaseOrder) -> int | None:
    """Who asked for what waits, and alone takes it back; None of what nobody asked for."""
    return ctx.session.get_one(ApprovalRequest, row.request_id).asked_by if row.request_id is not None else None


def _refuse_lines(ctx: Context, row: PurchaseOrder) -> None:
    lines = keeping.lines(ctx, row.id)
    if not lines:
        raise UserError("It has no lines yet.", "Say what is bought.", "lines")
    coded = keeping.splits(ctx, [line.id for line in lines])
    for line in lines:
        if not coded[line.id]:
            raise UserError(
                f"Line {line.place} has no code yet.", "Choose what pays for it.", f"lines.{line.place}.codes"
            )


def _refuse_over(ctx: Context, row: PurchaseOrder) -> None:
    words, stops = looking.over(ctx, looking.takes(ctx, row.id))
    if words and stops and row.kind is not OrderKind.AGREEMENT:
        raise UserError(words[0], "Ask for money to be moved to the code first: Budgets, Virement.", "lines")


def _apply(ctx: Context, payload: Payload) -> Changes:
    """Approved: a number without a gap, the first version, and its money bound.

    The number comes first: whoever approves another at once waits for it, and then sees what this one leaves of the budgets.
    """
    row = _waiting(ctx, payload)
    number = numbering.take(ctx, "purchase_order")
    band = ready(ctx, row)
    keeping.changing(ctx, row.id)
    row.number = number
    row.state, row.band = OrderState.OPEN, band.title[:40]
    row.approved_by, row.approved_at = ctx.officer.id, ctx.clock.now()
    versions.write(ctx, row, OrderVersionState.APPROVED, "", approved=True)
    keeping.step(ctx, row.id, OrderEvent.APPROVED, band.title)
    keeping.restate(ctx, row, "Ordered")
    keeping.index(ctx, row)
    ctx.session.flush()
    return Changes(AREAS)


def _ended(ctx: Context, payload: Payload, state: ApprovalState, reason: str) -> None:
    """Refused for good; taken back, it is a draft again."""
    row = _waiting(ctx, payload)
    keeping.changing(ctx, row.id)
    row.settled_why = reason[: keeping.MOST_WORDS]
    refused = state is ApprovalState.REFUSED
    row.state = OrderState.REFUSED if refused else OrderState.DRAFT
    if not refused:
        row.request_id, row.settled_why = None, ""
    keeping.step(ctx, row.id, OrderEvent.REFUSED if refused else OrderEvent.WITHDRAWN, reason)


def _waiting(ctx: Context, payload: Payload) -> PurchaseOrder:
    row = ctx.session.get(PurchaseOrder, payload["order_id"])
    if row is None or row.state is not OrderState.WAITING:
        raise UserError("This requisition doesn't wait for approval any more.", "Look at it under Purchase Orders.")
    return row


def _took(ids: Sequence[int]) -> Iterable[Took]:
    """Whoever drafted, changed or asked for it, or recorded a quotation of it, doesn't approve it."""
    yield select(PurchaseOrder.id, PurchaseOrder.made_by).where(PurchaseOrder.id.in_(ids))
    yield separation.asking(ids)
    yield select(Quotation.order_id, Quotation.made_by).where(Quotation.order_id.in_(ids))


def _details(ctx: Context, payload: Payload) -> tuple[Detail, ...]:
    return tuple(_said(ctx, ctx.session.get_one(PurchaseOrder, payload["order_id"])))


def _said(ctx: Context, row: PurchaseOrder) -> Iterator[Detail]:
    """What the approver reads. What may be another by the time it is approved stands under "after" alone."""
    band = bands.of(ctx, row)
    category = ctx.session.get_one(PurchaseCategory, row.category_id).name
    yield Detail(KINDS[row.kind], "", f"{row.title} ({category})")
    yield Detail("Supplier", "", suppliers.supplier(ctx, row.supplier_id or 0).name)
    if row.kind is OrderKind.AGREEMENT and row.until_on is not None:
        most = Money(row.most_pence or 0)
        yield Detail("May be called off", "", f"up to {most} before VAT, until {spelt(row.until_on)}")
    lines = keeping.lines(ctx, row.id)
    for line in lines[:_SHOWN]:
        yield Detail(f"Line {line.place}", "", keeping.line_words(line))
    if len(lines) > _SHOWN:
        yield Detail("More lines", "", f"{len(lines) - _SHOWN:,}")
    yield Detail("Before VAT", "", str(Money(row.net_pence)))
    yield Detail("VAT", "", str(Money(row.vat_pence)))
    for each in looking.codes_left(ctx, looking.takes(ctx, row.id)):
        left = f"{each.after} left then" if each.after.pence >= 0 else f"{-each.after} OVER its budget then"
        yield Detail(f"Code {each.code} {each.name}", "", f"{each.takes}; {left}")
    yield Detail("Standing orders", "", f"{band.title}. {' '.join(band.reasons)}")
    if row.contract_id is not None:
        yield Detail("Contract", suppliers.contract_words(ctx, row.contract_id), "")
    yield from quoting.told(ctx, row, row.net_pence)
    like = looking.alike_to(ctx, row, band)
    yield Detail("Orders like it", "", like.words or "None that together are in a higher band")
    if row.after_the_event:
        yield Detail("Ordered before it was approved", "", row.after_the_event)
    if row.wanted_on is not None:
        yield Detail("Wanted by", "", spelt(row.wanted_on))
