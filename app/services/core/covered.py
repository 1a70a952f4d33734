"""The accounts and people that restrictions cover, and the accounts that any record is about; `access` alone asks.

It is read where a record is restricted or a guard needs it: no start of the window waits for the tables of people.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Select, exists, or_, select

from app.models.access import RestrictedRecord
from app.models.accounts import Account
from app.models.people import Tenant
from app.models.tenancies import Tenancy
from app.models.values import Subject
from app.services.core.chunks import in_chunks
from app.services.core.context import Context


def accounts(ctx: Context, records: Collection[RestrictedRecord]) -> frozenset[int]:
    """Every account that some restrictions cover."""
    found = {record.subject_id for record in records if record.subject is Subject.ACCOUNT}
    for subject in (Subject.TENANCY, Subject.PERSON):
        ids = sorted(record.subject_id for record in records if record.subject is subject)
        for chunk in in_chunks(ids):
            found.update(ctx.session.scalars(_account_ids(subject, chunk)))
            if subject is Subject.TENANCY:
                theirs = select(Tenant.person_id).where(Tenant.tenancy_id.in_(chunk))
                found.update(ctx.session.scalars(_of_people().where(Tenant.person_id.in_(theirs))))
    return frozenset(found)


def people(ctx: Context, records: Collection[RestrictedRecord]) -> frozenset[int]:
    """Every person of those accounts, as joint tenants are."""
    found = {record.subject_id for record in records if record.subject is Subject.PERSON}
    for chunk in in_chunks(sorted(accounts(ctx, records))):
        statement = select(Tenant.person_id).join(Account, Account.tenancy_id == Tenant.tenancy_id)
        found.update(ctx.session.scalars(statement.where(Account.id.in_(chunk))))
    return frozenset(found)


def accounts_under(ctx: Context, subject: Subject, subject_id: int) -> list[int]:
    """The accounts that a record is about, straight or by the record that it hangs on; their tables are needed here alone."""
    from app.models.approvals import ApprovalRequest
    from app.models.diary import Task
    from app.models.letters import Outgoing
    from app.models.post_log import PostItem

    if subject in {Subject.TASK, Subject.APPROVAL}:
        table = Task if subject is Subject.TASK else ApprovalRequest
        row = ctx.session.execute(select(table.subject, table.subject_id).where(table.id == subject_id)).first()
        if row is None or row.subject is None or row.subject in {Subject.TASK, Subject.APPROVAL}:
            return []
        subject, subject_id = row.subject, row.subject_id
    if subject is Subject.ACCOUNT:
        return [subject_id]
    statement: Select[int] | None = None
    if subject in {Subject.TENANCY, Subject.PERSON}:
        statement = _account_ids(subject, [subject_id])
    elif subject is Subject.PROPERTY:
        statement = select(Account.id).join(Tenancy, Tenancy.id == Account.tenancy_id)
        statement = statement.where(Tenancy.property_id == subject_id)
    elif subject in {Subject.LETTER, Subject.POST_ITEM}:
        about = Outgoing if subject is Subject.LETTER else PostItem
        return [each for each in ctx.session.scalars(select(about.account_id).where(about.id == subject_id)) if each]
    elif subject in {Subject.MANDATE, Subject.DIRECT_DEBIT_CASE}:
        statement = _of_mandate(subject, subject_id)
    elif subject in {Subject.PURCHASE_ORDER, Subject.GOODS_RECEIPT, Subject.SUPPLIER_INVOICE}:
        statement = _of_works(subject, subject_id)
    else:
        statement = _of_money(subject, subject_id)
    return [] if statement is None else sorted(set(ctx.session.scalars(statement)))


def _of_money(subject: Subject, subject_id: int) -> Select[int] | None:
    """The accounts of an adjustment, a recharge, a refund, a receipt, money in suspense, a write-off or a schedule of write-offs."""
    from app.models.adjustments import AdjustmentLine
    from app.models.reception_payments.receipts import ReceiptShare
    from app.models.reception_payments.suspense import SuspenseMove
    from app.models.recharges import Recharge
    from app.models.refunds import Refund
    from app.models.write_offs import WriteOff, WriteOffDebt

    if subject is Subject.ADJUSTMENT:
        of_it = AdjustmentLine.adjustment_id == subject_id
        either = or_(AdjustmentLine.account_id == Account.id, AdjustmentLine.other_account_id == Account.id)
        return select(Account.id).where(exists().where(of_it, either))
    if subject is Subject.RECHARGE:
        return select(Recharge.for_account_id).where(Recharge.id == subject_id)
    if subject is Subject.REFUND:
        return select(Refund.account_id).where(Refund.id == subject_id)
    if subject is Subject.RECEIPT:
        return select(ReceiptShare.account_id).where(ReceiptShare.receipt_id == subject_id)
    if subject is Subject.SUSPENSE_ITEM:
        return select(SuspenseMove.account_id).where(SuspenseMove.item_id == subject_id)
    debts = select(WriteOffDebt.account_id).join(WriteOff, WriteOff.id == WriteOffDebt.write_off_id)
    if subject is Subject.WRITE_OFF:
        return debts.where(WriteOff.id == subject_id)
    return debts.where(WriteOff.schedule_id == subject_id) if subject is Subject.WRITE_OFF_SCHEDULE else None


def _of_mandate(subject: Subject, subject_id: int) -> Select[int]:
    """The accounts that a mandate, or that of a case, is on and pays."""
    from app.models.direct_debits.cases import DebitCase
    from app.models.direct_debits.mandates import Mandate, MandateAccount

    this = select(Mandate.id).where(Mandate.id == subject_id)
    mandate = this if subject is Subject.MANDATE else select(DebitCase.mandate_id).where(DebitCase.id == subject_id)
    paid = select(MandateAccount.account_id).where(MandateAccount.mandate_id.in_(mandate))
    own = select(Mandate.account_id).where(Mandate.id.in_(mandate))
    return select(Account.id).where(or_(Account.id.in_(paid), Account.id.in_(own)))


def _of_works(subject: Subject, subject_id: int) -> Select[int]:
    """The account of the tenant whose home an order of works is on, or that of a receipt or an invoice of one."""
    from app.models.purchase_orders.invoices import SupplierInvoice
    from app.models.purchase_orders.orders import WorksOrder
    from app.models.purchase_orders.receipts import GoodsReceipt

    of_it = WorksOrder.order_id == subject_id
    if subject is not Subject.PURCHASE_ORDER:
        table = GoodsReceipt if subject is Subject.GOODS_RECEIPT else SupplierInvoice
        of_it = WorksOrder.order_id.in_(select(table.order_id).where(table.id == subject_id))
    works = select(WorksOrder.account_id).where(of_it)
    return select(Account.id).where(Account.id.in_(works))


def _account_ids(subject: Subject, ids: Collection[int]) -> Select[int]:
    if subject is Subject.TENANCY:
        return select(Account.id).where(Account.tenancy_id.in_(ids))
    return _of_people().where(Tenant.person_id.in_(ids))


def _of_people() -> Select[int]:
    return select(Account.id).join(Tenant, Tenant.tenancy_id == Account.tenancy_id)
