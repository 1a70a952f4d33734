"""The finance system's replies are taken: order numbers, days of payment, and what it rejected."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from sqlalchemy import bindparam, func, select, update

from app.models.purchase_orders.coding import CodeTransfer
from app.models.purchase_orders.finance import FinanceFile, FinanceFileItem
from app.models.purchase_orders.invoices import SupplierInvoice
from app.models.purchase_orders.orders import PurchaseOrder
from app.models.purchase_orders.receipts import GoodsReceipt
from app.models.purchase_orders.suppliers import Supplier
from app.models.values import FinanceFileKind, InvoiceState, Subject
from app.services.core import audit
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.diary import keeping as diary
from app.services.diary.dto import NewTask
from app.services.documents import keeping as documents
from app.services.imports.dto import Mistake
from app.services.imports.one_sheet import refusal
from app.services.ledger import numbering
from app.services.purchase_orders.finance import chosen
from app.services.purchase_orders.finance.handing.dto import RepliesTaken, Reply, ReplyFile, ReplyTo
from app.services.purchase_orders.orders import keeping as orders
from app.services.purchase_orders.payments import keeping as payments

_REFERENCE: Final = re.compile(r"([A-Za-z]+)[\s\-_.]*0*(\d{1,9})")
_ITEMS: Final[Any] = FinanceFileItem.__table__
_DAYS: Final = 2
_SUBJECTS: Final = {
    ReplyTo.SUPPLIER: Subject.SUPPLIER,
    ReplyTo.ORDER: Subject.PURCHASE_ORDER,
    ReplyTo.RECEIPT: Subject.GOODS_RECEIPT,
    ReplyTo.INVOICE: Subject.SUPPLIER_INVOICE,
    ReplyTo.TRANSFER: Subject.CODE_TRANSFER,
}
_PAYABLE: Final = (InvoiceState.APPROVED, InvoiceState.IN_RUN, InvoiceState.PAID)
Found = list[tuple[Reply, int]]


@dataclass(slots=True)
class _Sorted:
    """The replies with the record that each is about, and those that are about none."""

    found: dict[ReplyTo, Found] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)


@requires(Permission.RECONCILE_SPENDING)
def take(ctx: Context, file: ReplyFile) -> RepliesTaken:
    """Do what a file of replies says, all or nothing, and once: the same file again is refused.

    What was rejected is told as a task, and waits until the record is changed.

    Raises:
        UserError: a row is wrong or about no record of ours, or the very file was taken before.
    """
    _refuse_twice(ctx, file)
    about = _sorted(ctx, file.rows)
    if file.mistakes or about.mistakes:
        raise refusal(sorted((*file.mistakes, *about.mistakes), key=lambda each: each.row))
    row = FinanceFile(
        number=numbering.take(ctx, "finance_file"),
        kind=FinanceFileKind.REPLIES,
        profile="",
        file_name=file.name[:200],
        sha256=file.sha256,
        document_sha256=documents.put(ctx, file.content, "application/octet-stream"),
        count=len(file.rows),
        pence=0,
        officer_id=ctx.officer.id,
        at=ctx.clock.now(),
    )
    ctx.session.add(row)
    ctx.session.flush()
    chosen.remember(ctx, FinanceFileKind.REPLIES, file.columns)
    numbered = _number(ctx, about)
    paid = _pay(ctx, about)
    for to, found in about.found.items():
        _answer(ctx, _SUBJECTS[to], found)
    rejected = [reply for found in about.found.values() for reply, _ in found if reply.rejected]
    if rejected:
        _tell(ctx, file.name, rejected)
    return RepliesTaken(row.id, numbered, paid, len(file.rows) - len(rejected) - numbered - paid, len(rejected))


def _refuse_twice(ctx: Context, file: ReplyFile) -> None:
    same = select(func.min(FinanceFile.number)).where(
        FinanceFile.sha256 == file.sha256, FinanceFile.kind == FinanceFileKind.REPLIES
    )
    before = ctx.session.scalar(same)
    if before is not None:
        raise UserError(f"This file was taken already, as file {before}.", "Choose another.", "path")


def _sorted(ctx: Context, rows: Sequence[Reply]) -> _Sorted:
    kinds = {
        "s": ReplyTo.SUPPLIER,
        "rq": ReplyTo.ORDER,
        "gr": ReplyTo.RECEIPT,
        "in": ReplyTo.INVOICE,
        "jt": ReplyTo.TRANSFER,
    }
    order = orders.prefix(ctx).casefold()
    kinds[order] = ReplyTo.ORDER
    made = _Sorted()
    wanted: dict[str, list[tuple[Reply, int]]] = {}
    for reply in rows:
        match = _REFERENCE.fullmatch(reply.reference.strip())
        if match is None or match[1].casefold() not in kinds:
            made.mistakes.append(_unknown(reply))
        else:
            wanted.setdefault(match[1].casefold(), []).append((reply, int(match[2])))
    for begins, asked in wanted.items():
        ids = _ids(ctx, begins if begins != order else "po", {number for _, number in asked})
        found = made.found.setdefault(kinds[begins], [])
        for reply, number in asked:
            if number in ids:
                found.append((reply, ids[number]))
            else:
                made.mistakes.append(_unknown(reply))
    made.mistakes += _unpayable(ctx, made.found.get(ReplyTo.INVOICE, []))
    return made


def _unknown(reply: Reply) -> Mistake:
    return Mistake(
        reply.row,
        "reference",
        f"Nothing of ours is called {reply.reference}.",
        "Our numbers begin with S, RQ, PO, GR, IN or JT.",
    )


def _ids(ctx: Context, begins: str, numbers: Collection[int]) -> dict[int, int]:
    """The records with these numbers."""
    columns: Mapping[str, tuple[Any, Any]] = {
        "s": (Supplier.id, Supplier.number),
        "rq": (PurchaseOrder.id, PurchaseOrder.requisition),
        "po": (PurchaseOrder.id, PurchaseOrder.number),
        "gr": (GoodsReceipt.id, GoodsReceipt.number),
        "in": (SupplierInvoice.id, SupplierInvoice.number),
        "jt": (CodeTransfer.id, CodeTransfer.number),
    }
    key, number = columns[begins]
    found: dict[int, int] = {}
    for chunk in in_chunks(sorted(numbers)):
        found.update(
            {
                row.number: row.id
                for row in ctx.session.execute(select(key, number.label("number")).where(number.in_(chunk)))
            }
        )
    return found


def _unpayable(ctx: Context, found: Found) -> list[Mistake]:
    """Replies that say an invoice was paid that nobody approved, that a Bacs file pays, or on a day to come."""
    paid = {record_id: reply for reply, record_id in found if reply.paid_on and not reply.rejected}
    wrong: list[Mistake] = []
    for chunk in in_chunks(sorted(paid)):
        rows = select(SupplierInvoice.id, SupplierInvoice.state).where(SupplierInvoice.id.in_(chunk))
        for row in ctx.session.execute(rows):
            if row.state not in _PAYABLE:
                reply = paid[row.id]
                words = f"{reply.reference} is {row.state.value} here, and can't be paid."
                wrong.append(Mistake(reply.row, "paid", words, "Ask finance how it came to be paid."))
    days = {record_id: reply.paid_on for record_id, reply in paid.items() if reply.paid_on}
    for record_id, why in payments.unpayable(ctx, days).items():
        reply = paid[record_id]
        words = f"{reply.reference}: {why}"
        wrong.append(Mistake(reply.row, "paid", words, "Ask finance; or have that run cancelled first."))
    return wrong


def _number(ctx: Context, about: _Sorted) -> int:
    """Write what the finance system calls orders and suppliers; how many."""
    count = 0
    _read(ctx, PurchaseOrder, about.found.get(ReplyTo.ORDER, []))
    _read(ctx, Supplier, about.found.get(ReplyTo.SUPPLIER, []))
    for reply, record_id in about.found.get(ReplyTo.ORDER, []):
        if reply.number and not reply.rejected:
            order = ctx.session.get_one(PurchaseOrder, record_id)
            order.finance_number = reply.number
            orders.index(ctx, order)
            count += 1
    for reply, record_id in about.found.get(ReplyTo.SUPPLIER, []):
        if reply.number and not reply.rejected:
            ctx.session.get_one(Supplier, record_id).finance_reference = reply.number
            count += 1
    ctx.session.flush()
    _known_as_they_are(ctx, about.found.get(ReplyTo.SUPPLIER, []))
    return count


def _read(ctx: Context, table: type[PurchaseOrder | Supplier], found: Found) -> None:
    """Read the records at once, so that each is at hand."""
    for chunk in in_chunks(sorted({record_id for _, record_id in found})):
        ctx.session.scalars(select(table).where(table.id.in_(chunk))).all()


def _known_as_they_are(ctx: Context, found: Found) -> None:
    """The number that the finance system gave a supplier is no change that it is to be told of."""
    now = select(Supplier.version).where(Supplier.id == _ITEMS.c.subject_id).scalar_subquery()
    for chunk in in_chunks(sorted({record_id for reply, record_id in found if not reply.rejected})):
        ctx.session.execute(
            update(_ITEMS)
            .where(_ITEMS.c.subject == Subject.SUPPLIER, _ITEMS.c.subject_id.in_(chunk), _ITEMS.c.version == now - 1)
            .values(version=now)
        )


def _pay(ctx: Context, about: _Sorted) -> int:
    """Write the days on which invoices were paid, and give back what was rejected; how many were paid."""
    by_reference: dict[str, dict[int, date]] = {}
    for reply, record_id in about.found.get(ReplyTo.INVOICE, []):
        if reply.paid_on and not reply.rejected:
            by_reference.setdefault(reply.number, {})[record_id] = reply.paid_on
    for reference, paid in by_reference.items():
        payments.invoices_paid(ctx, paid, reference)
    rejected = {each: reply.reason for reply, each in about.found.get(ReplyTo.INVOICE, []) if reply.rejected}
    payments.invoices_rejected(ctx, rejected)
    return sum(len(paid) for paid in by_reference.values())


def _answer(ctx: Context, subject: Subject, found: Found) -> None:
    """Note the reply on the last file that took each record."""
    last: dict[int, int] = {}
    for chunk in in_chunks(sorted({record_id for _, record_id in found})):
        rows = (
            select(_ITEMS.c.subject_id, func.max(_ITEMS.c.file_id).label("file_id"))
            .where(_ITEMS.c.subject == subject, _ITEMS.c.subject_id.in_(chunk))
            .group_by(_ITEMS.c.subject_id)
        )
        last.update({row.subject_id: row.file_id for row in ctx.session.execute(rows)})
    rows_ = [
        {
            "of_file": last[record_id],
            "of_id": record_id,
            "said": (reply.reason if reply.rejected else reply.number)[:200],
            "refused": reply.rejected,
        }
        for reply, record_id in found
        if record_id in last
    ]
    if not rows_:
        return
    statement = (
        update(_ITEMS)
        .where(
            _ITEMS.c.file_id == bindparam("of_file"),
            _ITEMS.c.subject == subject,
            _ITEMS.c.subject_id == bindparam("of_id"),
        )
        .values(answer=bindparam("said"), rejected=bindparam("refused"), answered_at=ctx.clock.now())
    )
    ctx.session.execute(statement, rows_)
    audit.record_bulk(ctx, "finance_file_item", "update", rows=len(rows_), why="replied to")


def _tell(ctx: Context, name: str, rejected: Sequence[Reply]) -> None:
    lines = [f"{each.reference}: {each.reason}" for each in rejected]
    diary.add_task(
        ctx,
        NewTask(
            title=f"The finance system rejected {len(rejected)} of {name}"[:200],
            due_on=diary.due_in(ctx, _DAYS),
            details="\n".join(lines)[:3_500],
            kind="finance_rejected",
            officer_id=ctx.officer.id,
        ),
    )
