"""An order on paper, the same every time, and how it goes to the supplier."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from sqlalchemy import func, select

from app.models.documents import Document, DocumentLink
from app.models.letters import Outgoing
from app.models.properties import Property
from app.models.purchase_orders.orders import DeliveryPoint, OrderVersion, OrderVersionLine, PurchaseOrder, WorksOrder
from app.models.purchase_orders.suppliers import Supplier
from app.models.values import AccountKind, BlockScope, Money, OrderEvent, OrderSent, OrderState, PurchaseVat, Subject
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.officers import officer_names
from app.services.documents import keeping as documents
from app.services.documents.dto import NewLink
from app.services.exports.files import safe_name
from app.services.exports.letter.markup import read_markup
from app.services.exports.order import PrintedLine, PrintedOrder, order_pdf
from app.services.exports.statement.dto import long_date
from app.services.letters import making, templates
from app.services.letters.commands import sending as letters
from app.services.letters.dto import NewLetter
from app.services.letters.keeping import make_to
from app.services.letters.rules import Recipient
from app.services.letters.sender import sender
from app.services.purchase_orders import amounts
from app.services.purchase_orders.orders import keeping, versions
from app.services.purchase_orders.orders.dto import Send
from app.services.purchase_orders.suppliers import keeping as suppliers
from app.services.tenancies.starting.queries import address_of

_TERMS, _EMAIL = "purchase_order", "purchase_order_email"
_KIND: Final = "purchase order"
_MOST_IN_TEXT: Final = 20
RATES: Final = {
    PurchaseVat.STANDARD: "standard rate",
    PurchaseVat.REDUCED: "reduced rate",
    PurchaseVat.ZERO: "zero-rated",
    PurchaseVat.EXEMPT: "exempt",
    PurchaseVat.OUTSIDE: "outside VAT",
}


def send(ctx: Context, row: PurchaseOrder, wanted: Send) -> tuple[str, int | None]:
    """Send an order, or send it again; a sentence, and the link of the document that it goes as.

    Raises:
        UserError: it isn't open, its supplier is blocked, or it has no e-mail address.
    """
    number = keeping.number_of(ctx, row)
    if row.state is not OrderState.OPEN or row.supplier_id is None:
        raise UserError(
            f"{number} is {row.state.value}: only an approved order that is open is sent.", "Look at it again."
        )
    suppliers.refuse_blocked(ctx, row.supplier_id, BlockScope.ORDERS, ctx.clock.today())
    version = _current(ctx, row)
    paper_ = keep(ctx, row, version)
    again = " again" if row.sent_at is not None else ""
    if wanted.by is OrderSent.EMAIL:
        made = _email(ctx, row, version, wanted.to, paper_ if goes_as_pdf(ctx) else None)
        row.outgoing_id = made.id
        how = ", as a PDF to download" if made.document_sha256 else ""
        told = f"{number} goes to {made.address} by e-mail{again}{how}."
    elif wanted.by is OrderSent.PRINTED:
        told = f"{number} is printed{again}: send it by post."
    else:
        told = f"{number} is ordered in the finance system."
    row.sent_by, row.sent_at = wanted.by, ctx.clock.now()
    keeping.step(ctx, row.id, OrderEvent.SENT, f"Version {version.number}, {told}")
    ctx.session.flush()
    return told, _link(ctx, row, version)


def goes_as_pdf(ctx: Context) -> bool:
    """Whether an order that is e-mailed goes as a PDF too: whoever sends the office's e-mail has to take files."""
    return letters.settings(ctx).takes_files


def keep(ctx: Context, row: PurchaseOrder, version: OrderVersion) -> str:
    """Keep the PDF of a version with the order, the first time that it is wanted; its SHA-256."""
    if version.document_sha256 is None:
        version.document_sha256 = documents.put(ctx, pdf(ctx, row, version), "application/pdf")
        name = f"{keeping.number_of(ctx, row)} version {version.number}"
        about = NewLink(Subject.PURCHASE_ORDER, row.id, _KIND, f"Purchase order {name}", _file_name(ctx, row, version))
        documents.link(ctx, version.document_sha256, about)
        ctx.session.flush()
    return version.document_sha256


def paper(ctx: Context, row: PurchaseOrder, number: int | None = None) -> bytes:
    """The PDF of a version as it was kept, or as it would be; the current one where none is named.

    Raises:
        UserError: it has no such version, as a requisition that isn't approved.
    """
    found = [each for each in versions.of_order(ctx, row.id) if each.number == (number or row.current)]
    if not found:
        raise UserError(f"{keeping.number_of(ctx, row)} isn't approved, so there is nothing to print.", "Ask for it.")
    if found[0].document_sha256 is not None:
        return ctx.session.scalar(select(Document.content).where(Document.sha256 == found[0].document_sha256)) or b""
    return pdf(ctx, row, found[0])


def pdf(ctx: Context, row: PurchaseOrder, version: OrderVersion) -> bytes:
    """The PDF of a version of an order."""
    supplier = suppliers.supplier(ctx, row.supplier_id or 0)
    lines = versions.lines_of(ctx, version.id)
    day = (version.approved_at or version.made_at).date()
    to = _recipient(ctx, row, supplier)
    wording = templates.template(ctx, _TERMS, day).wording
    filled = making.fill_for(ctx, to, wording, {}, day, _fields(ctx, row, version, lines))
    printed = PrintedOrder(
        sender=sender(ctx),
        supplier=supplier.name,
        address=to.address,
        number=keeping.number_of(ctx, row),
        day=day,
        title=row.title,
        facts=_facts(ctx, row, version),
        parts=_parts(ctx, row),
        lines=tuple(_printed(line) for line in lines),
        totals=_totals(ctx, lines, version),
        terms=read_markup(filled.body),
    )
    return order_pdf(printed)


def _email(ctx: Context, row: PurchaseOrder, version: OrderVersion, to: str, file: str | None) -> Outgoing:
    supplier = suppliers.supplier(ctx, row.supplier_id or 0)
    where = to.strip() or supplier.email
    if not where:
        raise UserError(f"{supplier.name} has no e-mail address.", "Give one, or print the order.", "to")
    about = Outgoing.subject == Subject.PURCHASE_ORDER.value
    before = ctx.session.scalar(select(func.count()).where(about, Outgoing.subject_id == row.id)) or 0
    new = NewLetter(
        _EMAIL,
        0,
        subject=Subject.PURCHASE_ORDER,
        subject_id=row.id,
        fields=_of_email(ctx, row, version, file=file is not None),
        idempotency_key=f"purchase-order:{row.id}:{before + 1}",
        recipient=where,
        attached=file,
    )
    try:
        return make_to(ctx, new, _recipient(ctx, row, supplier))
    except UserError as error:
        if error.field == "recipient":
            raise UserError(error.message, "Such as orders@example.com.", "to") from error
        if "characters" not in error.message:
            raise
        raise UserError("The order has too many lines for an e-mail.", "Print it and send it.", "by") from error


def _of_email(ctx: Context, row: PurchaseOrder, version: OrderVersion, *, file: bool) -> dict[str, str]:
    """The fields of the e-mail: where the PDF goes with it, many lines stand there alone."""
    lines = versions.lines_of(ctx, version.id)
    found = _fields(ctx, row, version, lines)
    if not file:
        return found
    if len(lines) > _MOST_IN_TEXT:
        found["order.lines"] = f"- {len(lines)} lines, as the order lists them"
    return found | {"order.file": _file_name(ctx, row, version)}


def _file_name(ctx: Context, row: PurchaseOrder, version: OrderVersion) -> str:
    return safe_name(f"{keeping.number_of(ctx, row)} version {version.number}") + ".pdf"


def _recipient(ctx: Context, row: PurchaseOrder, supplier: Supplier) -> Recipient:
    address = tuple(line.strip() for line in supplier.address.splitlines() if line.strip())
    number = keeping.number_of(ctx, row)
    return Recipient(0, number, AccountKind.SUNDRY, supplier.name, f"Dear {supplier.name}", address, row.title)


def _fields(ctx: Context, row: PurchaseOrder, version: OrderVersion, lines: list[OrderVersionLine]) -> dict[str, str]:
    point = ctx.session.get(DeliveryPoint, row.delivery_point_id or 0)
    days = ctx.policy.number("purchasing.pay_days", ctx.clock.today())
    return {
        "order.number": keeping.number_of(ctx, row),
        "order.version": str(version.number) if version.number > 1 else "",
        "order.title": row.title,
        "order.lines": "\n".join(f"- {keeping.line_words(line)}" for line in lines),
        "order.net": str(Money(version.net_pence)),
        "order.vat": str(Money(version.vat_pence)),
        "order.total": str(Money(version.net_pence + version.vat_pence)),
        "order.wanted_on": long_date(row.wanted_on) if row.wanted_on else "",
        "order.deliver_to": ", ".join((point.name, *point.address.splitlines())) if point is not None else "",
        "order.works": "\n".join(f"{label} | {text}" for label, text in _works(ctx, row)),
        "order.instructions": row.instructions,
        "order.pay_days": str(days),
    }


def _facts(ctx: Context, row: PurchaseOrder, version: OrderVersion) -> tuple[tuple[str, str], ...]:
    number = keeping.number_of(ctx, row) + (f", version {version.number}" if version.number > 1 else "")
    found = [
        ("Order number (quote it on the invoice)", number),
        ("Date", long_date((version.approved_at or version.made_at).date())),
    ]
    if row.wanted_on is not None:
        found.append(("Wanted by", long_date(row.wanted_on)))
    found.append(("Ordered by", officer_names(ctx.session, [row.made_by]).get(row.made_by, "")))
    return tuple(found)


def _works(ctx: Context, row: PurchaseOrder) -> tuple[tuple[str, str], ...]:
    """Of works: where they are, by when, and how to get in. Whoever lives there isn't named."""
    works = ctx.session.get(WorksOrder, row.id)
    if works is None:
        return ()
    place = ctx.session.get_one(Property, works.property_id)
    found = [
        ("Where", f"{address_of(place)} ({place.ref})"),
        ("Trade", works.trade),
        ("To be done by", long_date(works.target_on)),
    ]
    return (*found, ("Access", works.access)) if works.access else tuple(found)


def _parts(ctx: Context, row: PurchaseOrder) -> tuple[tuple[str, str], ...]:
    point = ctx.session.get(DeliveryPoint, row.delivery_point_id or 0)
    found = list(_works(ctx, row))
    if point is not None:
        where = ", ".join((point.name, *(line.strip() for line in point.address.splitlines() if line.strip())))
        found.append(("Deliver to", f"{where}\n{point.instructions}".strip()))
    if row.instructions:
        found.append(("Instructions", row.instructions))
    return tuple(found)


def _printed(line: OrderVersionLine) -> PrintedLine:
    return PrintedLine(
        line.description,
        f"{amounts.write_quantity(line.quantity)} {line.unit}".strip(),
        f"£{amounts.write_price(line.price)}",
        RATES[line.vat].removesuffix(" rate"),
        Money(line.net_pence).plain(),
    )


def _totals(ctx: Context, lines: list[OrderVersionLine], version: OrderVersion) -> tuple[tuple[str, str], ...]:
    sums: dict[PurchaseVat, int] = defaultdict(int)
    for line in lines:
        sums[line.vat] += line.vat_pence
    day = (version.approved_at or version.made_at).date()
    found = [("Before VAT", str(Money(version.net_pence)))]
    for kind, pence in sums.items():
        if kind in {PurchaseVat.STANDARD, PurchaseVat.REDUCED}:
            found.append((f"VAT at {amounts.vat_rate(ctx, kind, day).normalize():f}%", str(Money(pence))))
    return (*found, ("In all", str(Money(version.net_pence + version.vat_pence))))


def _current(ctx: Context, row: PurchaseOrder) -> OrderVersion:
    return next(each for each in versions.of_order(ctx, row.id) if each.number == row.current)


def _link(ctx: Context, row: PurchaseOrder, version: OrderVersion) -> int | None:
    of_it = select(DocumentLink.id).where(
        DocumentLink.subject == Subject.PURCHASE_ORDER.value,
        DocumentLink.subject_id == row.id,
        DocumentLink.sha256 == version.document_sha256,
    )
    return ctx.session.scalar(of_it.order_by(DocumentLink.id).limit(1))
