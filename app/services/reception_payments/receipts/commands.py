"""Taking payments, and taking them back."""

from __future__ import annotations

from typing import Final

from app.models.reception_payments.receipts import Receipt
from app.models.values import Money, MoneyReceiptState, VisitKind
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.reception_payments.callers.dto import Way
from app.services.reception_payments.cards.disputes import taking_back
from app.services.reception_payments.receipts import (
    booking,
    checking,
    keeping,
    papers,
    recording,
    requests,
    rules,
    telling,
    undoing,
)
from app.services.reception_payments.receipts.dto.asked import (
    AskVoid,
    BookEntries,
    CameBack,
    Done,
    EmailReceipt,
    Enquiry,
    Paper,
    PrintReceipt,
    SendLink,
    TakeIncome,
    Taken,
    TakePayment,
)
from app.services.reception_payments.visits.dto import NewContact
from app.services.reception_payments.visits.logging import note_contact

_VISITS: Final = {Way.COUNTER: VisitKind.VISIT, Way.TELEPHONE: VisitKind.CALL}
_BALANCE: Final = "balance"
_OWN: Final = Changes(frozenset({"reception_payments"}))


@requires(Permission.TAKE_PAYMENTS)
def take(ctx: Context, asked: TakePayment) -> Taken:
    """Take a payment at the counter or by a terminal. The same entry key gives the receipt that it made before.

    Raises:
        UserErrors: what is wrong with it, each beside its field, or questions about it that the payer wasn't asked.
        UserError: who pays didn't prove who they are, though they pay as the holder; or it is a card by telephone.
    """
    new = asked.receipt
    checking.refuse_card(new)
    checking.refuse_unproved(ctx, new, asked.way)
    checking.refuse_unasked(ctx, new, asked.asked)
    return _taken(ctx, recording.record(ctx, new))


@requires(Permission.TAKE_PAYMENTS)
def take_income(ctx: Context, asked: TakeIncome) -> Taken:
    """Take what is paid for other income, by whoever pays it.

    Raises:
        UserErrors: what is wrong with it, each beside its field; an account is none of it.
        UserError: it is a card by telephone.
    """
    checking.refuse_card(asked.receipt)
    if any(share.account_id is not None for share in asked.receipt.shares):
        raise UserError("Accounts are paid where the caller is asked who they are.", "Press F5.", "stream_id")
    return _taken(ctx, recording.record(ctx, asked.receipt))


@requires(Permission.TAKE_PAYMENTS)
def key_in(ctx: Context, asked: BookEntries) -> Done:
    """Key in lines of the manual receipt book: a receipt each, for the day on which they were written; all or none.

    Raises:
        UserErrors: what is wrong with which line.
    """
    rows = booking.key_in(ctx, asked)
    touched = [keeping.changes(ctx, row) for row in rows]
    accounts = frozenset[int]().union(*(each.account_ids for each in touched))
    first, last = undoing.number_of(ctx, rows[0]), undoing.number_of(ctx, rows[-1])
    amount = Money(sum(row.pence for row in rows))
    told = f"{len(rows)} {'line' if len(rows) == 1 else 'lines'}, {amount}: receipts {first} to {last}."
    return Done(told, Changes(keeping.AREAS, accounts))


@requires(Permission.TAKE_PAYMENTS)
def enquire(ctx: Context, asked: Enquiry) -> Done:
    """Log that somebody asked what is owed and paid nothing: a holder who proved who they are was told, nobody else was.

    Raises:
        UserError: they were told though they didn't prove who they are.
    """
    told = asked.person_id is not None
    if told:
        checking.refuse_few(ctx, len(asked.proved_by), asked.way)
    contact = NewContact(
        reason=_BALANCE,
        kind=_VISITS[asked.way],
        account_id=asked.account_id,
        person_id=asked.person_id,
        desk_id=asked.desk_id,
        told=told,
        words=asked.words,
    )
    note_contact(ctx, contact)
    words = "The balance was told" if told else "Nothing was told"
    return Done(f"{words}; the question is in the log.", _OWN)


@requires(Permission.TAKE_PAYMENTS)
def ask_void(ctx: Context, asked: AskVoid) -> Done:
    """Ask a second officer to void a receipt of today; it stands until they do.

    Raises:
        UserError: it isn't of today, was taken back, waits already, no reason is given, or the office has one officer.
    """
    row = keeping.open_one(ctx, asked.receipt_id)
    number = undoing.number_of(ctx, row)
    if row.state is not MoneyReceiptState.TAKEN:
        raise UserError(f"Receipt {number} waits for its void or was taken back already.", "Look at it in the list.")
    undoing.refuse_why(ctx, asked.why)
    undoing.refuse_late_void(ctx, row, number)
    row.request_id = requests.ask(ctx, row, number, asked.why.strip())
    row.state = MoneyReceiptState.VOID_ASKED
    ctx.session.flush()
    told = f"Receipt {number} is void once a second officer approves it, today."
    return Done(told, keeping.changes(ctx, row))


@requires(Permission.LOAD_RECEIPTS)
def came_back(ctx: Context, asked: CameBack) -> Done:
    """Take a cheque that came back, or a card payment that was charged back, off the accounts that it went to.

    Of a card payment whose challenge was lost it is what was challenged, and no more.

    Raises:
        UserError: it was taken today, was taken back before, was cash, came back before it was taken, no reason is given, or one of its lines
            was moved since.
    """
    row = keeping.found(ctx, asked.receipt_id)
    if row.recorded_at.astimezone().date() == ctx.clock.today():
        raise UserError(
            f"Receipt {undoing.number_of(ctx, row)} was taken today, so no bank has sent it back.",
            "Ask for it to be void: a second officer approves that.",
        )
    number = undoing.number_of(ctx, row)
    if (lost := taking_back.take_off(ctx, row, asked.on, asked.why)) is not None:
        rest = f" {Money(lost.left)} of it stays." if lost.left else ""
        told = f"{Money(lost.pence)} of receipt {number} is off the accounts again, by journal {lost.journal}.{rest}"
        return Done(told, keeping.changes(ctx, row))
    journal = undoing.undo(ctx, row, asked.on, MoneyReceiptState.RETURNED, asked.why)
    told = f"Receipt {number} came back: {Money(undoing.came_back(ctx, row))} is off the accounts again, by journal {journal}."
    return Done(told, keeping.changes(ctx, row))


@requires(Permission.TAKE_PAYMENTS)
def print_receipt(ctx: Context, asked: PrintReceipt) -> Paper:
    """Draw the paper of a receipt and count it: from the second on it says that it is a copy.

    Raises:
        UserError: there is no such receipt.
    """
    row = keeping.open_one(ctx, asked.receipt_id)
    content = papers.draw(ctx, row, asked.paper)
    copy = row.printed > 0
    row.printed += 1
    ctx.session.flush()
    return Paper(undoing.number_of(ctx, row), content, copy, _OWN)


@requires(Permission.TAKE_PAYMENTS)
def email_receipt(ctx: Context, asked: EmailReceipt) -> Done:
    """Send a receipt by e-mail.

    Raises:
        UserError: there is no such receipt, it is of other income only, or the address is none.
    """
    row = keeping.open_one(ctx, asked.receipt_id)
    telling.email(ctx, row, asked.address)
    row.emailed_at = ctx.clock.now()
    ctx.session.flush()
    told = f"Receipt {undoing.number_of(ctx, row)} goes to {asked.address.strip()}."
    return Done(told, Changes(_OWN.areas | {"letters"}))


@requires(Permission.TAKE_PAYMENTS)
def send_link(ctx: Context, asked: SendLink) -> Done:
    """Text somebody where to pay and with which reference.

    Raises:
        UserError: policy names no page, the number can't be texted, or the officer may not work on the account.
    """
    telling.link(ctx, asked.account_id, asked.mobile, asked.entry_key)
    return Done(f"A text message goes to {asked.mobile.strip()}.", Changes(_OWN.areas | {"letters"}))


def _taken(ctx: Context, row: Receipt) -> Taken:
    number = undoing.number_of(ctx, row)
    change = Money(rules.change_of(row.pence, row.tendered_pence))
    given = f" Give {change} change." if change else ""
    email, large = keeping.reached(ctx, row)
    told = f"Receipt {number}: {Money(row.pence)} taken.{given}"
    return Taken(row.id, number, Money(row.pence), change, told, keeping.changes(ctx, row), email, large)
