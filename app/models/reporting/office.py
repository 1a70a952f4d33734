"""Views of the office's work: post, orders, invoices and payments, tills, suspense, and what officers did."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Select, Unicode, case, cast, func, literal_column, select, union_all

from app.models.reporting.declared import Column, Shown, View, day_of, money, officer, table, view, yes

_SUPPLIER = table("supplier")
_FIRM: Final = "Empty where the supplier is a person who trades alone."


def _post_item() -> View:
    item, category, team = table("post_item"), table("post_category"), table("team")
    holder = officer("holder")
    late = yes(func.coalesce(item.c.replied_on, day_of(item.c.closed_at)) > item.c.reply_by)
    return view(
        "post_item",
        "one thing that arrived in the post",
        "The post log with its service standards, without senders and what they wrote.",
        [
            Shown("year", item.c.year, "The year of its number."),
            Shown("number", item.c.number, "Its number, without gaps in the year."),
            Shown("channel", item.c.channel, "How it came."),
            Shown("received_on", item.c.received_on, "The day it counts as received."),
            Shown("category", category.c.name, "What it is about."),
            Shown("priority", item.c.priority, "1 high, 2 normal, 3 low."),
            Shown("state", item.c.state, "How it stands."),
            Shown("team", team.c.name, "The team that has it, where no officer has."),
            Shown("officer", holder.c.name, "The officer who has it."),
            Shown("acknowledge_by", item.c.acknowledge_by, "The last day to acknowledge it, pauses counted in."),
            Shown("acknowledged_on", item.c.acknowledged_on, "The day it was acknowledged."),
            Shown("reply_by", item.c.reply_by, "The last day to answer it, pauses and extensions counted in."),
            Shown("replied_on", item.c.replied_on, "The day it was answered."),
            Shown("closed_on", day_of(item.c.closed_at), "The day it was closed."),
            Shown("late", late, "1 where it was answered, or else closed, after its last day."),
        ],
        lambda found: found.select_from(
            item.join(category, category.c.id == item.c.category_id)
            .outerjoin(team, team.c.id == item.c.team_id)
            .outerjoin(holder, holder.c.id == item.c.officer_id)
        ),
    )


def _supplier() -> list[Shown]:
    return [
        Shown("supplier", _SUPPLIER.c.number, "The number of the supplier."),
        Shown(
            "supplier_name",
            case((_SUPPLIER.c.individual == literal_column("0"), _SUPPLIER.c.name)),
            f"What the supplier is called. {_FIRM}",
        ),
    ]


def _order() -> View:
    order, category = table("purchase_order"), table("purchase_category")
    maker, approver = officer("maker"), officer("approver")
    return view(
        "order",
        "one requisition or order",
        "Requisitions and the orders they became. What was typed is left out.",
        [
            Shown("requisition", order.c.requisition, "The number of the requisition."),
            Shown("number", order.c.number, "The number of the order, once it is one."),
            Shown("kind", order.c.kind, "What kind of order it is."),
            Shown("state", order.c.state, "How it stands."),
            *_supplier(),
            Shown("category", category.c.name, "What is bought."),
            Shown("year", order.c.year, "The year whose budget it is on."),
            *money("net", order.c.net_pence, "Without VAT."),
            *money("vat", order.c.vat_pence, "The VAT."),
            Shown("made_by", maker.c.name, "The officer who raised it."),
            Shown("made_at", order.c.made_at, "When, in UTC."),
            Shown("approved_by", approver.c.name, "The officer who approved it."),
            Shown("approved_at", order.c.approved_at, "When, in UTC."),
            Shown("wanted_on", order.c.wanted_on, "The day it is wanted."),
        ],
        lambda found: found.select_from(
            order.join(category, category.c.id == order.c.category_id)
            .join(maker, maker.c.id == order.c.made_by)
            .outerjoin(approver, approver.c.id == order.c.approved_by)
            .outerjoin(_SUPPLIER, _SUPPLIER.c.id == order.c.supplier_id)
        ),
    )


def _invoice() -> View:
    invoice, order = table("supplier_invoice"), table("purchase_order")
    category, approver = table("purchase_category"), officer("approver")
    return view(
        "invoice",
        "one supplier's invoice or credit note",
        "Invoices from suppliers with the days that count for paying them in time.",
        [
            Shown("number", invoice.c.number, "The number in Rentbook."),
            Shown("kind", invoice.c.kind, "Invoice, credit note or utility bill."),
            Shown("state", invoice.c.state, "How it stands."),
            *_supplier(),
            Shown("order_number", order.c.number, "The number of the order it is for."),
            Shown("category", category.c.name, "What was bought."),
            *money("net", invoice.c.net_pence, "Without VAT."),
            *money("vat", invoice.c.vat_pence, "The VAT."),
            *money("cis", invoice.c.cis_pence, "What is kept back for the Construction Industry Scheme."),
            *money("retention", invoice.c.retention_pence, "What is kept back until later."),
            Shown("invoice_on", invoice.c.invoice_on, "The date on it."),
            Shown("received_on", invoice.c.received_on, "The day it was received."),
            Shown("pay_by_on", invoice.c.pay_by_on, "The last day to pay it."),
            Shown("approved_by", approver.c.name, "The officer who approved it."),
            Shown("paid_on", invoice.c.paid_on, "The day it was paid."),
        ],
        lambda found: found.select_from(
            invoice.join(_SUPPLIER, _SUPPLIER.c.id == invoice.c.supplier_id)
            .join(category, category.c.id == invoice.c.category_id)
            .outerjoin(order, order.c.id == invoice.c.order_id)
            .outerjoin(approver, approver.c.id == invoice.c.approved_by)
        ),
    )


def _payment() -> View:
    payment, run = table("supplier_payment"), table("supplier_run")
    return view(
        "supplier_payment",
        "one payment to one supplier in one run",
        "Payments to suppliers, without bank details.",
        [
            Shown("payment_id", payment.c.id, "The number of the payment."),
            Shown("run", run.c.number, "The number of the run."),
            Shown("run_state", run.c.state, "How the run stands."),
            Shown("paid_by", run.c.paid_by, "Who pays: the finance system or a Bacs file."),
            Shown("pay_on", run.c.pay_on, "The day it is paid."),
            *_supplier(),
            *money("amount", payment.c.pence, "What is paid."),
            Shown("returned_on", payment.c.returned_on, "The day it came back, if it did."),
        ],
        lambda found: found.select_from(
            payment.join(run, run.c.id == payment.c.run_id).join(_SUPPLIER, _SUPPLIER.c.id == payment.c.supplier_id)
        ),
    )


def _till_session() -> View:
    session, till, desk = table("till_session"), table("till"), table("payment_desk")
    holder, signer, banking = officer("holder"), officer("signer"), table("banking")
    return view(
        "till_session",
        "one till from opening to cash-up",
        "Cash-ups: what there should be, what was counted, and who signed.",
        [
            Shown("number", session.c.number, "The number of the session."),
            Shown("desk", desk.c.name, "The payment desk."),
            Shown("till", till.c.name, "The till."),
            Shown("business_on", session.c.business_on, "The day it is for."),
            Shown("state", session.c.state, "How it stands."),
            Shown("holder", holder.c.name, "The officer who has the till."),
            *money("float", session.c.float_pence, "The float."),
            *money("expected", session.c.expected_pence, "The cash there should be, with the float."),
            *money("counted", session.c.counted_pence, "The cash that was counted."),
            *money(
                "difference", session.c.counted_pence - session.c.expected_pence, "Over is positive, short negative."
            ),
            *money("cheque", session.c.cheque_pence, "The cheques and postal orders."),
            Shown("signed_by", signer.c.name, "The officer who signed."),
            Shown("banking", banking.c.number, "The number of the banking it went into."),
        ],
        lambda found: found.select_from(
            session.join(till, till.c.id == session.c.till_id)
            .join(desk, desk.c.id == till.c.desk_id)
            .join(holder, holder.c.id == session.c.holder_id)
            .outerjoin(signer, signer.c.id == session.c.signed_by)
            .outerjoin(banking, banking.c.id == session.c.banking_id)
        ),
    )


def _suspense() -> View:
    item = table("suspense_item")
    return view(
        "suspense",
        "one receipt whose account isn't known",
        "Money in suspense with what is left of it, without payers and what they wrote.",
        [
            Shown("number", item.c.number, "The number of the item."),
            Shown("source", item.c.source, "Where it came from."),
            Shown("state", item.c.state, "How it stands."),
            Shown("received_on", item.c.received_on, "The day it came in."),
            *money("amount", item.c.pence, "What came in."),
            *money("left", item.c.left_pence, "What is still in suspense."),
            Shown("settled_on", item.c.settled_on, "The day that nothing was left."),
        ],
        lambda found: found.select_from(item),
    )


def _officer_work() -> View:
    parts = union_all(*(_work(name, *where) for name, where in _WORK.items())).subquery("work")
    who = officer("who")
    return view(
        "officer_work",
        "one kind of work of one officer on one day",
        "How much each officer did, as counts. They say nothing of how hard it was: use them to plan cover.",
        [
            Shown("day", parts.c.day, "The day, in UTC."),
            Shown("officer", who.c.name, "The officer; scheduled jobs are an officer of their own."),
            Shown("work", parts.c.work, f"What was done: {', '.join(_WORK)}."),
            Shown("count", parts.c.done, "How many."),
        ],
        lambda found: found.select_from(parts.join(who, who.c.id == parts.c.officer_id)),
    )


def _work(work: str, source: str, officer_column: str, at: str) -> Select[Any]:
    found = table(source)
    day: Column = found.c[at] if at.endswith("_on") else day_of(found.c[at])
    by = found.c[officer_column]
    name = cast(literal_column(f"'{work}'", Unicode(40)), Unicode(40)).label("work")
    counted = select(day.label("day"), by.label("officer_id"), name, func.count().label("done"))
    return counted.where(by.is_not(None), found.c[at].is_not(None)).group_by(day, by)


_WORK: Final = {
    "journals posted": ("journal", "posted_by", "recorded_at"),
    "adjustments made": ("adjustment", "made_by", "made_at"),
    "payments taken": ("receipt", "officer_id", "taken_on"),
    "post logged": ("post_item", "logged_by", "logged_at"),
    "post closed": ("post_item", "officer_id", "closed_at"),
    "letters asked for": ("outgoing", "asked_by", "asked_at"),
    "visitors and callers logged": ("visit", "logged_by", "arrived_at"),
    "notes written": ("note", "officer_id", "written_at"),
    "tasks ended": ("task", "ended_by", "ended_at"),
    "requests decided": ("approval_request", "decided_by", "decided_at"),
    "Direct Debits set up": ("mandate", "made_by", "made_at"),
    "requisitions raised": ("purchase_order", "made_by", "made_at"),
    "invoices logged": ("supplier_invoice", "logged_by", "logged_at"),
}
"""What is counted: the table, who did it and when."""


def views() -> list[View]:
    """The views of the office's work."""
    return [_post_item(), _order(), _invoice(), _payment(), _till_session(), _suspense(), _officer_work()]
