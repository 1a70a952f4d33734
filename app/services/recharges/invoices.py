"""The paper of an invoice or credit note: drawn and kept whatever becomes of it, and sent to the tenant if it can be."""

from __future__ import annotations

from typing import Final

from app.models.accounts import Account
from app.models.documents import Document
from app.models.recharges import Recharge
from app.models.values import InvoiceBy, RechargeKind, Subject
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.documents import keeping as documents
from app.services.documents.dto import NewLink
from app.services.exports.files import safe_name
from app.services.letters import gathering, making, templates
from app.services.letters.dto import Channel, NewLetter, OutgoingState
from app.services.letters.keeping import make as make_letter
from app.services.letters.rules import judge
from app.services.letters.sender import sender
from app.services.recharges import fields

INVOICE: Final = "invoice"
"""The kind of link of an invoice or credit note as a document."""
_TEMPLATES: Final = {
    RechargeKind.REPAIR: "recharge_invoice",
    RechargeKind.COURT_COSTS: "recharge_court_costs",
    RechargeKind.CREDIT_NOTE: "recharge_credit_note",
}
_EMAILS: Final = {
    RechargeKind.REPAIR: "recharge_invoice_email",
    RechargeKind.COURT_COSTS: "recharge_invoice_email",
    RechargeKind.CREDIT_NOTE: "recharge_credit_note_email",
}
_CHANNELS: Final = {InvoiceBy.LETTER: Channel.LETTER, InvoiceBy.EMAIL: Channel.EMAIL}


def make(ctx: Context, row: Recharge, sub: Account) -> str:
    """Draw, keep and send it; returns a sentence on how it went to the tenant. It stands whether or not it could be sent.

    Raises:
        UserError: the wording of the invoice can't be filled in.
    """
    sent, told = _send(ctx, row, sub)
    row.invoice_sha256 = sent or _draw(ctx, row, sub)
    ctx.session.flush()
    name = title(row)
    suffix = ".txt" if ctx.session.get_one(Document, row.invoice_sha256).media_type == "text/plain" else ".pdf"
    about = NewLink(Subject.RECHARGE, row.id, INVOICE, name, safe_name(name) + suffix)
    documents.link(ctx, row.invoice_sha256, about)
    return told


def title(row: Recharge) -> str:
    """What the document is listed by."""
    name = "Credit note" if row.kind is RechargeKind.CREDIT_NOTE else "Invoice"
    return f"{name} {row.invoice_number}"


def ways(ctx: Context, account_id: int) -> frozenset[InvoiceBy]:
    """The ways in which the tenants of an account can be sent something today; keeping it for them is always one."""
    to = gathering.recipient(ctx, account_id)
    open_ways = {by for by, channel in _CHANNELS.items() if not judge(to, channel).stops}
    return frozenset({InvoiceBy.NOTHING, *open_ways})


def why_not(ctx: Context, account_id: int, by: InvoiceBy) -> str:
    """Why an invoice can't be sent that way, as a sentence; empty if it can."""
    if by is InvoiceBy.NOTHING:
        return ""
    stops = judge(gathering.recipient(ctx, account_id), _CHANNELS[by]).stops
    return stops[0] if stops else ""


def _send(ctx: Context, row: Recharge, sub: Account) -> tuple[str | None, str]:
    """Queue it; returns the document that was made of it, if one was, and what is told. Holds of the main account count too."""
    if row.send_by is InvoiceBy.NOTHING:
        return None, "It isn't sent to the tenant."
    stopped = why_not(ctx, row.for_account_id, row.send_by)
    if stopped:
        return None, f"It isn't sent to the tenant: {stopped}"
    wanted = _TEMPLATES if row.send_by is InvoiceBy.LETTER else _EMAILS
    new = NewLetter(
        wanted[row.kind],
        sub.id,
        subject=Subject.RECHARGE,
        subject_id=row.id,
        fields=fields.of(ctx, row, sub),
        idempotency_key=f"recharge:{row.id}",
    )
    try:
        with ctx.session.begin_nested():
            made = make_letter(ctx, new)
    except UserError as error:
        return None, f"It isn't sent to the tenant: {error}"
    if made.state == OutgoingState.WAITING.value:
        return made.document_sha256, "What goes to the tenant waits to be read by a second person."
    what = "letter" if row.send_by is InvoiceBy.LETTER else "e-mail"
    return made.document_sha256, f"The {what} to the tenant is in the queue."


def _draw(ctx: Context, row: Recharge, sub: Account) -> str:
    """Draw it and keep it on the sub-account, for a tenant who gets no letter."""
    day = ctx.clock.today()
    to = gathering.recipient(ctx, sub.id)
    wording = templates.template(ctx, _TEMPLATES[row.kind], day).wording
    filled = making.fill_for(ctx, to, wording, {}, day, fields.of(ctx, row, sub))
    drawn = making.draw(making.letter_of(sender(ctx), to, filled, day, ctx.officer.name), making.variant_for(to, None))
    sha256 = documents.put(ctx, drawn.content, drawn.media_type)
    name = title(row)
    documents.link(ctx, sha256, NewLink(Subject.ACCOUNT, sub.id, INVOICE, name, safe_name(name) + drawn.suffix))
    return sha256
