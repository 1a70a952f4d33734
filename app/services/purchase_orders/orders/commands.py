"""What officers do with requisitions and orders."""

from __future__ import annotations

from app.models.purchase_orders.orders import PurchaseOrder, Quotation
from app.models.values import OrderEvent, OrderKind, OrderState
from app.services.approvals import commands as approvals
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.core.records import record
from app.services.purchase_orders.orders import (
    agreeing,
    amending,
    bands,
    drafting,
    ending,
    keeping,
    looking,
    planning,
    quoting,
    requests,
    rolling,
    sending,
)
from app.services.purchase_orders.orders.dto import (
    Amend,
    AmendAgreement,
    CancelRest,
    ChangedRequisition,
    Choose,
    NewQuotation,
    NewRequisition,
    Repeat,
    Saved,
    Send,
    Waive,
)
from app.services.purchase_orders.orders.saving import saved


@requires(Permission.RAISE_ORDERS)
def draft(ctx: Context, new: NewRequisition) -> Saved:
    """Keep a requisition as a draft; the same key gives the one that it made before.

    Raises:
        UserErrors: fields have faults, each named.
        UserError: works are raised on a property, or a text holds a card number.
    """
    if new.kind is OrderKind.WORKS:
        raise UserError("Works are ordered for a property.", "Raise a works order.")
    row = drafting.draft(ctx, new)
    return saved(ctx, row, f"{keeping.number_of(ctx, row)} is kept as a draft.", drafting.warnings(ctx, row))


@requires(Permission.RAISE_ORDERS)
def change(ctx: Context, changed: ChangedRequisition) -> Saved:
    """Change a draft, or one that was returned to be changed.

    Raises:
        UserErrors: fields have faults, each named.
        UserError: it was asked for, a text holds a card number, or somebody changed it meanwhile.
    """
    row = _draft(ctx, changed.order_id, changed.version)
    drafting.change(ctx, row, changed.new)
    return saved(ctx, row, f"{keeping.number_of(ctx, row)} is changed.", drafting.warnings(ctx, row))


@requires(Permission.RAISE_ORDERS)
def repeat(ctx: Context, wanted: Repeat) -> Saved:
    """Draft a requisition like an order: a copy, one from a template, or a call-off from an agreement.

    Raises:
        UserErrors: what is copied can't be ordered so any more, such as under a contract that ended.
    """
    row = keeping.order(ctx, wanted.order_id)
    before = drafting.find(ctx, wanted.entry_key)
    made = before or drafting.draft(ctx, drafting.like(ctx, row, wanted))
    told = f"{keeping.number_of(ctx, made)} is drafted like {keeping.number_of(ctx, row)}."
    return saved(ctx, made, told, drafting.warnings(ctx, made))


@requires(Permission.RAISE_ORDERS)
def quote(ctx: Context, new: NewQuotation) -> Saved:
    """Record a quotation of a draft, or of an order that is to be amended, or that somebody who was asked gave none.

    Raises:
        UserErrors: fields have faults, each named.
        UserError: it is neither, a text holds a card number, or the file can't be kept.
    """
    row = _procured(ctx, new.order_id)
    made = quoting.record(ctx, row, new)
    return saved(ctx, row, f"The quotation of {made.supplier_name} is recorded.")


@requires(Permission.RAISE_ORDERS)
def choose(ctx: Context, asked: Choose) -> Saved:
    """Take a quotation; a draft takes its supplier, an order that is to be amended has the same.

    Raises:
        UserError: as `quoting.choose`, or it is neither.
    """
    chosen = record(ctx, Quotation, asked.quotation_id, "quotation")
    row = _procured(ctx, chosen.order_id)
    quoting.choose(ctx, row, chosen, asked)
    return saved(ctx, row, f"{chosen.supplier_name} is chosen.", drafting.warnings(ctx, row))


@requires(Permission.RAISE_ORDERS)
def waive(ctx: Context, asked: Waive) -> Saved:
    """Take fewer quotations than the band wants, with a reason that whoever approves reads; no reason takes it back.

    Raises:
        UserError: no words say why, or it is neither a draft nor an order that can be amended.
    """
    row = _procured(ctx, asked.order_id, asked.version)
    words = keeping.said(ctx, asked.words, "words") if asked.reason is not None else ""
    row.waiver, row.waiver_words = asked.reason, words
    told = f"Fewer quotations: {words}" if words else "The waiver is taken back"
    keeping.step(ctx, row.id, OrderEvent.CHANGED, told)
    ctx.session.flush()
    return saved(ctx, row, "The reason is kept." if words else "The waiver is taken back.")


@requires(Permission.RAISE_ORDERS)
def ask(ctx: Context, order_id: int, version: int) -> Saved:
    """Ask for a requisition to be approved.

    Raises:
        UserError: as `requests.ask`, or it isn't a draft, or somebody changed it meanwhile.
    """
    row = _draft(ctx, order_id, version)
    warnings, _ = looking.over(ctx, looking.takes(ctx, row.id))
    row.request_id = requests.ask(ctx, row)
    like = looking.alike_to(ctx, row, bands.of(ctx, row))
    warnings += (like.words,) if like.words else ()
    warnings += requests.unapproved(ctx, row)
    row.state = OrderState.WAITING
    keeping.step(ctx, row.id, OrderEvent.ASKED)
    ctx.session.flush()
    return saved(ctx, row, f"{keeping.number_of(ctx, row)} waits for approval.", warnings)


@requires(Permission.RAISE_ORDERS)
def withdraw(ctx: Context, order_id: int, version: int, reason: str) -> Saved:
    """Take back what isn't approved: what waits is a draft again, a draft is withdrawn for good.

    Raises:
        UserError: as `ending.withdraw`, or no reason is given.
    """
    row = keeping.changing(ctx, order_id, version)
    return saved(ctx, row, ending.withdraw(ctx, row, keeping.said(ctx, reason)))


@requires(Permission.RAISE_ORDERS)
def send(ctx: Context, wanted: Send) -> Saved:
    """Send an order to its supplier, or send it again: by e-mail, printed, or in the finance system.

    Raises:
        UserError: as `sending.send`.
    """
    row = keeping.changing(ctx, wanted.order_id, wanted.version)
    told, link_id = sending.send(ctx, row, wanted)
    return saved(ctx, row, told, link_id=link_id)


@requires(Permission.RAISE_ORDERS)
def amend(ctx: Context, wanted: Amend) -> Saved:
    """Amend an open order: within the tolerance at once, else it waits for approval.

    Raises:
        UserErrors: lines have faults, each named.
        UserError: as `planning.plan` and `amending.propose`, or no reason is given.
    """
    row = keeping.changing(ctx, wanted.order_id, wanted.version)
    reason = keeping.said(ctx, wanted.reason)
    found = planning.plan(ctx, row, wanted)
    made = amending.propose(ctx, row, found, reason)
    number = keeping.number_of(ctx, row)
    done = "waits for approval" if found.needs_approval else "stands"
    over, _ = looking.over(ctx, found.takes) if found.needs_approval else ((), False)
    return saved(ctx, row, f"Version {made.number} of {number} {done}. {found.why}", over, request_id=made.request_id)


@requires(Permission.RAISE_ORDERS)
def amend_agreement(ctx: Context, wanted: AmendAgreement) -> Saved:
    """Amend what may be called off an agreement, and until when: for less at once, else it waits for approval.

    Raises:
        UserError: as `agreeing.plan` and `agreeing.propose`, or no reason is given.
    """
    row = keeping.changing(ctx, wanted.order_id, wanted.version)
    reason = keeping.said(ctx, wanted.reason)
    found = agreeing.plan(ctx, row, wanted)
    made = agreeing.propose(ctx, row, found, reason)
    done = "waits for approval" if found.rises else "stands"
    told = f"Version {made.number} of {keeping.number_of(ctx, row)} {done}. {found.why}"
    return saved(ctx, row, told, request_id=made.request_id)


@requires(Permission.RAISE_ORDERS)
def withdraw_amendment(ctx: Context, order_id: int, version: int, reason: str) -> Saved:
    """Take back an amendment that waits.

    Raises:
        UserError: none waits, somebody else wrote it, or no reason is given.
    """
    row = keeping.changing(ctx, order_id, version)
    waits = planning.waiting(ctx, row.id)
    if waits is None or waits.request_id is None:
        raise UserError("No amendment of it waits for approval.", "Look at its versions.")
    approvals.withdraw(ctx, waits.request_id, keeping.said(ctx, reason))
    return saved(ctx, row, f"Version {waits.number} of {keeping.number_of(ctx, row)} is withdrawn.")


@requires(Permission.RAISE_ORDERS)
def cancel_rest(ctx: Context, wanted: CancelRest) -> Saved:
    """Cancel what hasn't come of some lines, or of all.

    Raises:
        UserError: as `ending.cancel_rest`, or no reason is given.
    """
    row = keeping.changing(ctx, wanted.order_id, wanted.version)
    sent = row.sent_at is not None
    told = ending.cancel_rest(ctx, row, wanted.lines, keeping.said(ctx, wanted.reason))
    return saved(ctx, row, told, (ending.to_tell(ctx, row),) if sent else ())


@requires(Permission.RAISE_ORDERS)
def close(ctx: Context, order_id: int, version: int, reason: str) -> Saved:
    """Close an order by hand: what hasn't come won't.

    Raises:
        UserError: as `ending.close`, or no reason is given.
    """
    row = keeping.changing(ctx, order_id, version)
    told = ending.close(ctx, row, keeping.said(ctx, reason))
    return saved(ctx, row, told, (ending.to_tell(ctx, row),) if row.sent_at is not None else ())


@requires(Permission.KEEP_BUDGETS)
def roll(ctx: Context, year: int, count: int) -> rolling.Rolled:
    """Roll what is open of a financial year's orders into the next; `count` is how many the rehearsal told.

    Raises:
        UserError: a code is missing in the next year, that year is still far, or it isn't what was rehearsed.
    """
    return rolling.roll(ctx, year, count)


def _procured(ctx: Context, order_id: int, version: int | None = None) -> PurchaseOrder:
    """What quotations are recorded of: a draft, or an order that may be amended, whose higher band may want them."""
    row = keeping.changing(ctx, order_id, version)
    return row if planning.amendable(ctx, row) else _changeable(ctx, row)


def _draft(ctx: Context, order_id: int, version: int | None = None) -> PurchaseOrder:
    """A requisition that may be changed: a draft, or one that was returned to whoever asked."""
    return _changeable(ctx, keeping.changing(ctx, order_id, version))


def _changeable(ctx: Context, row: PurchaseOrder) -> PurchaseOrder:
    if row.state is not OrderState.DRAFT and not requests.returned(ctx, row):
        hint = "Take it back first." if row.state is OrderState.WAITING else "An order is amended; or copy it."
        raise UserError(f"{keeping.number_of(ctx, row)} is {row.state.value}, not a draft.", hint)
    return row
