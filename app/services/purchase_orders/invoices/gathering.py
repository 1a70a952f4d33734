"""The facts of a match, read for one invoice: its lines, the order with what came and was invoiced, tolerances, acceptances."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Final

from sqlalchemy import case, func, select

from app.models.officers import Officer
from app.models.purchase_orders.budgets import Budget, CostCentre, SubjectiveCode
from app.models.purchase_orders.invoices import InvoiceAccepted, InvoiceLine, InvoiceSplit, SupplierInvoice
from app.models.purchase_orders.orders import PurchaseOrder
from app.models.purchase_orders.suppliers import Supplier
from app.models.values import BlockScope, InvoiceKind, InvoiceState, Money, PurchaseVat
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.purchase_orders import amounts
from app.services.purchase_orders.budgets.rules import spelt_code
from app.services.purchase_orders.invoices import copies, keeping
from app.services.purchase_orders.invoices.dto import CodeShare, Match
from app.services.purchase_orders.invoices.meters.readings import of_invoice
from app.services.purchase_orders.invoices.rules import cis, matching
from app.services.purchase_orders.invoices.rules.facts import Charged, InvoiceFacts, Ordered, OrderFacts, Tolerances
from app.services.purchase_orders.orders import bands
from app.services.purchase_orders.orders import keeping as orders
from app.services.purchase_orders.suppliers import keeping as suppliers

IN_BOOK: Final = frozenset({InvoiceState.APPROVED, InvoiceState.IN_RUN, InvoiceState.PAID})
"""What is in the book of budgets and in the figures of the order's lines."""
_YES: Final = "yes"


def match(ctx: Context, row: SupplierInvoice) -> Match:
    """An invoice beside its order and what came, with every fault."""
    return matching.match(facts(ctx, row), tolerances(ctx, row), accepted(ctx, row.id))


def tolerances(ctx: Context, row: SupplierInvoice) -> Tolerances:
    """By how much it may differ, by the policy of its date."""
    policy, on = ctx.policy, row.invoice_on
    return Tolerances(
        Decimal(policy.value("purchasing.match_price_percent", on)),
        policy.money("purchasing.match_price_pounds", on),
        Decimal(policy.value("purchasing.match_quantity", on)),
        Money(policy.number("purchasing.match_vat_pence", on)),
    )


def accepted(ctx: Context, invoice_id: int) -> matching.Accepted:
    """The digests of the differences that were accepted, as they were."""
    rows = (
        select(InvoiceAccepted, Officer.name)
        .join(Officer, Officer.id == InvoiceAccepted.officer_id)
        .where(InvoiceAccepted.invoice_id == invoice_id)
    )
    return {(row.fault, row.line_place): (row.digest, row.reason, name) for row, name in ctx.session.execute(rows)}


def facts(ctx: Context, row: SupplierInvoice) -> InvoiceFacts:
    """All that the match of an invoice looks at."""
    supplier = ctx.session.get_one(Supplier, row.supplier_id)
    category = keeping.category(ctx, row)
    needed = order_needed(ctx, row)
    lines = keeping.lines(ctx, [row.id])[row.id]
    return InvoiceFacts(
        row.kind,
        row.supplier_id,
        supplier.name,
        Money(row.net_pence),
        Money(row.vat_pence),
        _charged(ctx, row, lines),
        _order(ctx, row),
        row.order_quoted,
        needed,
        bands.of_amount(ctx, category.id, row.net_pence, row.vat_pence).title if needed and not row.order_id else "",
        bool(supplier.vat_number),
        copies.sentences(ctx, row),
        _left_to_credit(ctx, row),
        _warnings(ctx, row, supplier, construction=category.cis),
    )


def order_needed(ctx: Context, row: SupplierInvoice) -> bool:
    """Whether it is paid with an order alone, by its category and the policy; a utility bill as any other invoice."""
    return (
        row.kind is not InvoiceKind.CREDIT_NOTE
        and not keeping.category(ctx, row).no_order_needed
        and ctx.policy.value("purchasing.no_order_no_pay", row.received_on) == _YES
    )


def codes(ctx: Context, budget_ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """(code as it is written, its name) of budgets."""
    found: dict[int, tuple[str, str]] = {}
    for chunk in in_chunks(sorted(set(budget_ids))):
        rows = (
            select(Budget.id, CostCentre.code, SubjectiveCode.code.label("subjective"), SubjectiveCode.name)
            .join(CostCentre, CostCentre.id == Budget.cost_centre_id)
            .join(SubjectiveCode, SubjectiveCode.id == Budget.subjective_id)
            .where(Budget.id.in_(chunk))
        )
        for each in ctx.session.execute(rows):
            found[each.id] = (spelt_code(each.code, each.subjective), each.name)
    return found


def credited_by(ctx: Context, invoice_id: int, *states: InvoiceState) -> list[SupplierInvoice]:
    """The credit notes of an invoice in some states, or all that weren't cancelled."""
    wanted = states or tuple(state for state in InvoiceState if state is not InvoiceState.CANCELLED)
    rows = select(SupplierInvoice).where(
        SupplierInvoice.credits_id == invoice_id,
        SupplierInvoice.kind == InvoiceKind.CREDIT_NOTE,
        SupplierInvoice.state.in_(wanted),
    )
    return list(ctx.session.scalars(rows.order_by(SupplierInvoice.number)))


def _charged(ctx: Context, row: SupplierInvoice, lines: Sequence[InvoiceLine]) -> tuple[Charged, ...]:
    rates = {kind: amounts.vat_rate(ctx, kind, row.invoice_on) for kind in {PurchaseVat(line.vat) for line in lines}}
    typed = keeping.splits(ctx, [line.id for line in lines])
    named = codes(ctx, [split.budget_id for each in typed.values() for split in each])
    credits_ = _open_credits(ctx, row)
    return tuple(
        Charged(
            line.id,
            line.place,
            line.order_line_id,
            line.description,
            line.quantity,
            line.price,
            Money(line.net_pence),
            line.vat,
            Money(line.vat_pence),
            rates[line.vat],
            line.vat_recovered,
            *credits_.get(line.order_line_id or 0, (0, 0)),
            codes=tuple(
                CodeShare(split.budget_id, *named[split.budget_id], Money(split.pence))
                for split in typed.get(line.id, ())
            ),
        )
        for line in lines
    )


def _open_credits(ctx: Context, row: SupplierInvoice) -> dict[int, tuple[int, int]]:
    """What credit notes of this invoice that aren't approved yet take off each line of the order: they net in its match."""
    if row.kind is InvoiceKind.CREDIT_NOTE or row.state in IN_BOOK:
        return {}
    rows = (
        select(InvoiceLine.order_line_id, func.sum(InvoiceLine.quantity), func.sum(InvoiceLine.net_pence))
        .join(SupplierInvoice, SupplierInvoice.id == InvoiceLine.invoice_id)
        .where(
            SupplierInvoice.credits_id == row.id,
            SupplierInvoice.kind == InvoiceKind.CREDIT_NOTE,
            SupplierInvoice.state.in_((InvoiceState.LOGGED, InvoiceState.WAITING)),
            InvoiceLine.order_line_id.is_not(None),
        )
        .group_by(InvoiceLine.order_line_id)
    )
    found = ctx.session.execute(rows)
    return {int(line_id or 0): (int(quantity), int(pence)) for line_id, quantity, pence in found}


def _order(ctx: Context, row: SupplierInvoice) -> OrderFacts | None:
    if row.order_id is None:
        return None
    order = ctx.session.get_one(PurchaseOrder, row.order_id)
    lines = orders.lines(ctx, order.id)
    splits = orders.splits(ctx, [line.id for line in lines])
    shared = {line_id: [(split.budget_id, split.pence) for split in each] for line_id, each in splits.items()}
    shared |= _borne(ctx, row)
    named = codes(ctx, [budget_id for each in shared.values() for budget_id, _ in each])
    others = _others(ctx, row, [line.id for line in lines])
    made = tuple(
        Ordered(
            line.id,
            line.place,
            line.description,
            line.unit,
            line.labour,
            line.quantity,
            line.cancelled,
            line.received,
            line.invoiced + others[line.id][0],
            line.invoiced_pence + others[line.id][1],
            line.price,
            line.vat,
            line.vat_recovered,
            tuple(CodeShare(each, *named[each], Money(pence)) for each, pence in shared.get(line.id, ())),
        )
        for line in lines
    )
    number = orders.number_of(ctx, order)
    return OrderFacts(order.id, number, order.kind, order.state, order.supplier_id, order.settled_why, made)


def _borne(ctx: Context, row: SupplierInvoice) -> dict[int, list[tuple[int, int]]]:
    """By line of the order what each code bears of the invoice that a credit note is of: a transfer may have moved it since."""
    if row.kind is not InvoiceKind.CREDIT_NOTE or row.credits_id is None:
        return {}
    rows = (
        select(InvoiceLine.order_line_id, InvoiceSplit.budget_id, func.sum(InvoiceSplit.pence))
        .join(InvoiceSplit, InvoiceSplit.line_id == InvoiceLine.id)
        .join(SupplierInvoice, SupplierInvoice.id == InvoiceLine.invoice_id)
        .where(
            SupplierInvoice.id == row.credits_id,
            SupplierInvoice.state.in_(IN_BOOK),
            InvoiceLine.order_line_id.is_not(None),
            InvoiceSplit.pence > 0,
        )
        .group_by(InvoiceLine.order_line_id, InvoiceSplit.budget_id)
        .order_by(func.min(InvoiceSplit.place), InvoiceSplit.budget_id)
    )
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for line_id, budget_id, pence in ctx.session.execute(rows):
        found[int(line_id or 0)].append((budget_id, int(pence)))
    return dict(found)


def _others(ctx: Context, row: SupplierInvoice, line_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """What is to be added to a line's own figures for what was invoiced besides this invoice.

    Invoices that wait for approval are added, this one's own share is taken off again where it is in the book; what its own
    credit notes took back since is no concern of its match. A credit note that is approved with its invoice finds that invoice there.
    """
    sign = case((SupplierInvoice.kind == InvoiceKind.CREDIT_NOTE, -1), else_=1)
    own_family = (SupplierInvoice.id == row.id) | (func.coalesce(SupplierInvoice.credits_id, 0) == row.id)
    waits = (SupplierInvoice.state == InvoiceState.WAITING) & ~own_family
    if row.kind is InvoiceKind.CREDIT_NOTE and row.credits_id is not None:
        waits |= (SupplierInvoice.id == row.credits_id) & (SupplierInvoice.state == InvoiceState.LOGGED)
    own = own_family & SupplierInvoice.state.in_(IN_BOOK)
    by = sign * case((waits, 1), (own, -1), else_=0)
    found: dict[int, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for chunk in in_chunks(line_ids):
        rows = (
            select(
                InvoiceLine.order_line_id,
                func.sum(by * InvoiceLine.quantity),
                func.sum(by * InvoiceLine.net_pence),
            )
            .join(SupplierInvoice, SupplierInvoice.id == InvoiceLine.invoice_id)
            .where(InvoiceLine.order_line_id.in_(chunk), waits | own)
            .group_by(InvoiceLine.order_line_id)
        )
        for line_id, quantity, pence in ctx.session.execute(rows):
            found[int(line_id or 0)] = (int(quantity or 0), int(pence or 0))
    return found


def _left_to_credit(ctx: Context, row: SupplierInvoice) -> Money | None:
    if row.kind is not InvoiceKind.CREDIT_NOTE or row.credits_id is None:
        return None
    credited = ctx.session.get_one(SupplierInvoice, row.credits_id)
    others = (each.gross_pence for each in credited_by(ctx, credited.id) if each.id != row.id)
    return Money(credited.gross_pence - sum(others))


def _warnings(ctx: Context, row: SupplierInvoice, supplier: Supplier, *, construction: bool) -> tuple[str, ...]:
    found = [
        cis.unverified(supplier.cis, supplier.cis_verified_on, construction=construction),
        cis.no_labour(supplier.cis, Money(row.labour_pence), construction=construction),
    ]
    for scope in (BlockScope.INVOICES, BlockScope.PAYMENTS):
        found += suppliers.blocked(ctx, (supplier.id,), scope, ctx.clock.today()).values()
    if row.order_id is None and row.order_quoted and row.kind is InvoiceKind.INVOICE:
        found.append(f"It quotes '{row.order_quoted}': choose the order by hand if it is one of ours.")
    if row.kind is InvoiceKind.UTILITY:
        found += [f"Meter {each.meter}: {fault}" for each in of_invoice(ctx, row.id) for fault in each.faults]
    return tuple(each for each in found if each)
