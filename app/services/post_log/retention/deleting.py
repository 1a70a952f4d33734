"""The content of items deleted: what was said, where the sender lives, notes, files and e-mails. Their log lines stay.

What was written about an item to somebody who has no account goes too; a letter to a tenant stays, because it belongs to the
file of the account, which is kept for longer.

It is set-based, and the audit says how many; what it wrote when the content came in has none of it (`core.audit`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, exists, insert, select, update
from sqlalchemy import delete as delete_rows
from sqlalchemy.orm import InstrumentedAttribute

from app.models.adjustments import Adjustment
from app.models.diary import Note
from app.models.direct_debits.reports import BankReport
from app.models.direct_debits.runs import DebitRun
from app.models.documents import Document, DocumentLink
from app.models.letters import Outgoing
from app.models.post_log import PostEvent, PostItem, PostMessage, PostReference
from app.models.post_sending import PostSending
from app.models.purchase_orders.finance import FinanceFile, Publication
from app.models.purchase_orders.invoices import SupplierInvoice
from app.models.purchase_orders.orders import OrderVersion, Quotation
from app.models.purchase_orders.payments import SupplierRun
from app.models.purchase_orders.receipts import GoodsReceipt
from app.models.reception_payments.bank import BankStatement
from app.models.reception_payments.files import ReceiptFile
from app.models.reception_payments.pay_cards import PayCardFile
from app.models.recharges import Recharge
from app.models.refunds import RefundPayment
from app.models.statements import StatementItem
from app.models.values import PostStep, Subject
from app.services.core import audit
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.letters.dto import OutgoingState
from app.services.post_log import keeping as log
from app.services.post_log.retention.dto import Deleted

_POINTS: Final[tuple[InstrumentedAttribute[Any], ...]] = (
    DocumentLink.sha256,
    PostMessage.document_sha256,
    PostSending.document_sha256,
    Outgoing.document_sha256,
    StatementItem.document_sha256,
    Adjustment.file_sha256,
    Recharge.invoice_sha256,
    RefundPayment.document_sha256,
    RefundPayment.request_sha256,
    DebitRun.document_sha256,
    BankReport.document_sha256,
    OrderVersion.document_sha256,
    Quotation.document_sha256,
    GoodsReceipt.document_sha256,
    SupplierInvoice.document_sha256,
    SupplierRun.document_sha256,
    FinanceFile.document_sha256,
    Publication.document_sha256,
    Publication.exclusions_sha256,
    BankStatement.document_sha256,
    ReceiptFile.document_sha256,
    PayCardFile.document_sha256,
)
"""Every column that points to a document; a test holds it against the tables."""
_ON_THE_WAY: Final = tuple(each.value for each in (OutgoingState.WAITING, OutgoingState.QUEUED, OutgoingState.SENDING))
"""What hasn't gone yet keeps its words."""


def delete_content(ctx: Context, item_ids: Sequence[int]) -> None:
    """Empty the items themselves, note it in their histories, and make the words anew that they are found by."""
    now, own = ctx.clock.now(), ctx.officer.id
    for chunk in in_chunks(item_ids):
        emptied = {"text": "", "sender_address": "", "content_deleted_at": now, "version": PostItem.version + 1}
        ctx.session.execute(update(PostItem).where(PostItem.id.in_(chunk)).values(emptied))
        events = [
            {"item_id": item_id, "at": now, "officer_id": own, "step": PostStep.CONTENT_DELETED, "words": ""}
            for item_id in chunk
        ]
        ctx.session.execute(insert(PostEvent), events)
        ctx.session.expire_all()
        log.index(ctx, ctx.session.scalars(select(PostItem).where(PostItem.id.in_(chunk))).all())


def delete(ctx: Context, item_ids: Sequence[int]) -> Deleted:
    """Delete the content of items with their e-mails and files, and the documents that nothing else points to."""
    found: set[str] = set()
    for chunk in in_chunks(item_ids):
        found |= _let_go(ctx, chunk)
    delete_content(ctx, item_ids)
    gone = 0
    for hashes in in_chunks(sorted(found)):
        needed = [exists().where(column == Document.sha256) for column in _POINTS]
        loose = select(Document.sha256).where(Document.sha256.in_(hashes), *(~each for each in needed))
        unneeded = list(ctx.session.scalars(loose))
        if unneeded:
            ctx.session.execute(delete_rows(Document).where(Document.sha256.in_(unneeded)))
        gone += len(unneeded)
    audit.record_bulk(ctx, PostItem.__tablename__, "update", content_deleted=len(item_ids))
    audit.record_bulk(ctx, Document.__tablename__, "delete", post_items=len(item_ids), documents=gone)
    return Deleted(len(item_ids), gone)


def of_these(item_ids: Sequence[int], *, tenants: bool) -> list[ColumnElement[bool]]:
    """The conditions of what went out about some items: to tenants, or to whoever has no account."""
    to = Outgoing.account_id.is_not(None) if tenants else Outgoing.account_id.is_(None)
    return [Outgoing.subject == Subject.POST_ITEM.value, Outgoing.subject_id.in_(item_ids), to]


def _empty_letters(ctx: Context, item_ids: Sequence[int]) -> set[str]:
    """Empty what went out about items to those who have no account; returns the documents that it pointed to."""
    gone = (*of_these(item_ids, tenants=False), Outgoing.state.not_in(_ON_THE_WAY))
    found: set[str] = set()
    for chunk in in_chunks(ctx.session.scalars(select(Outgoing.id).where(*gone)).all()):
        linked = (DocumentLink.subject == Subject.LETTER.value, DocumentLink.subject_id.in_(chunk))
        own = select(Outgoing.document_sha256).where(Outgoing.id.in_(chunk), Outgoing.document_sha256.is_not(None))
        found |= {each for each in ctx.session.scalars(own) if each}
        ctx.session.execute(delete_rows(DocumentLink).where(*linked))
        nothing = {"body": "", "address": "", "address_key": "", "document_sha256": None, "first_page": None}
        emptied = nothing | {"pages": None, "version": Outgoing.version + 1}
        ctx.session.execute(update(Outgoing).where(Outgoing.id.in_(chunk)).values(emptied))
    return found


def _let_go(ctx: Context, item_ids: Sequence[int]) -> set[str]:
    """Take away the e-mails, notes and links of files of items; returns the documents that they pointed to."""
    linked = (DocumentLink.subject == Subject.POST_ITEM.value, DocumentLink.subject_id.in_(item_ids))
    messages = PostMessage.item_id.in_(item_ids)
    found = set(ctx.session.scalars(select(DocumentLink.sha256).where(*linked)))
    found |= set(ctx.session.scalars(select(PostMessage.document_sha256).where(messages)))
    sent = PostSending.item_id.in_(item_ids)
    found |= {each for each in ctx.session.scalars(select(PostSending.document_sha256).where(sent)) if each}
    ctx.session.execute(update(PostSending).where(sent).values(document_sha256=None))
    theirs = select(PostMessage.id).where(messages)
    ctx.session.execute(delete_rows(PostReference).where(PostReference.message_id.in_(theirs)))
    ctx.session.execute(delete_rows(PostMessage).where(messages))
    ctx.session.execute(delete_rows(DocumentLink).where(*linked))
    ctx.session.execute(delete_rows(Note).where(Note.subject == Subject.POST_ITEM, Note.subject_id.in_(item_ids)))
    return found | _empty_letters(ctx, item_ids)
