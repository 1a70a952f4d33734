"""What tells a supplier of a dispute, and how it reaches them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from app.models.letters import Outgoing
from app.models.purchase_orders.invoices import InvoiceDispute, SupplierInvoice
from app.models.purchase_orders.suppliers import Supplier
from app.models.values import AccountKind, Subject
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.letters.dto import Channel, NewLetter, OutgoingState
from app.services.letters.rules import Recipient
from app.services.purchase_orders.invoices import keeping
from app.services.purchase_orders.invoices.disputes import fields

LONGEST_HOW: Final = 200
_TEMPLATES: Final = {Channel.LETTER: "supplier_dispute", Channel.EMAIL: "supplier_dispute_email"}
_NAMES: Final = {Channel.LETTER: "letter", Channel.EMAIL: "e-mail"}
_UNDER_WAY: Final = {
    OutgoingState.WAITING: "waits for approval",
    OutgoingState.QUEUED: "is queued and hasn't gone",
    OutgoingState.SENDING: "is being sent",
}
_LOST: Final = {
    OutgoingState.FAILED: "failed",
    OutgoingState.RETURNED: "came back",
    OutgoingState.CANCELLED: "was cancelled",
}


@dataclass(frozen=True, slots=True)
class Going:
    """What becomes of the letter or e-mail that is to tell a supplier: in words, and whether it is still to go."""

    words: str
    under_way: bool


def going(ctx: Context, disputes: Sequence[InvoiceDispute]) -> dict[int, Going]:
    """Of disputes that the supplier isn't told of yet, and that were written of, what became of it; by dispute."""
    untold = {each.outgoing_id: each.id for each in disputes if each.notified_on is None and each.outgoing_id}
    found: dict[int, Going] = {}
    for chunk in in_chunks(sorted(untold)):
        for row in ctx.session.scalars(select(Outgoing).where(Outgoing.id.in_(chunk))):
            found[untold[row.id]] = of_message(row)
    return found


def of_message(row: Outgoing) -> Going:
    """The same of one line of the register."""
    state = OutgoingState(row.state)
    what = f"The {name_of(row)} to them"
    if state in _UNDER_WAY:
        return Going(f"{what} {_UNDER_WAY[state]}.", under_way=True)
    why = (row.return_reason if state is OutgoingState.RETURNED else row.error).strip().rstrip(".")
    return Going(f"{what} {_LOST.get(state, 'went')}{f': {why}' if why else ''}.", under_way=False)


def name_of(row: Outgoing) -> str:
    """`letter` or `e-mail`."""
    return _NAMES.get(Channel(row.channel), "message")


def how(row: Outgoing) -> str:
    """How a supplier was told, with where to: as far as it fits."""
    to = row.address.replace("\n", ", ")
    return f"By {name_of(row)} to {to}"[:LONGEST_HOW]


def letter(ctx: Context, row: SupplierInvoice, made: InvoiceDispute, channel: Channel) -> NewLetter:
    """What is sent to tell the supplier; anew where what was made before didn't go."""
    before = f":{made.outgoing_id}" if made.outgoing_id is not None else ""
    return NewLetter(
        _TEMPLATES[channel],
        0,
        subject=Subject.SUPPLIER_INVOICE,
        subject_id=row.id,
        fields=fields.of(ctx, row, made),
        idempotency_key=f"supplier-dispute:{made.id}:{channel.value}{before}",
    )


def recipient(ctx: Context, row: SupplierInvoice) -> Recipient:
    """The supplier, as letters go to one.

    Raises:
        UserError: it has neither an address nor an e-mail address.
    """
    supplier = ctx.session.get_one(Supplier, row.supplier_id)
    address = tuple(line.strip() for line in supplier.address.splitlines() if line.strip())
    email = supplier.remittance_email or supplier.email
    number = keeping.number(row)
    return Recipient(
        0, number, AccountKind.SUNDRY, supplier.name, f"Dear {supplier.name}", address, row.supplier_number, email=email
    )
