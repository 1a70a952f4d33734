"""A payment on the accounts, posted and numbered: what every way of taking one comes to. It asks no permission of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from sqlalchemy import select

from app.models.accounts import Account
from app.models.db import Base
from app.models.post_log import PostItem
from app.models.post_valuables import PostValuable
from app.models.reception_payments.desks import IncomeStream, PaymentDesk
from app.models.reception_payments.receipts import Receipt, ReceiptShare
from app.models.values import AccountKind, JournalKind, MoneyReceiptState, Subject, TakenBy
from app.services.core import search_index
from app.services.core.calendars import week_monday
from app.services.core.card_refusal import refuse_card_number
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError, UserErrors
from app.services.ledger import numbering, periods
from app.services.ledger.dto import JournalHeader, Line
from app.services.ledger.posting import append_received
from app.services.reception_payments.receipts import rules, taken
from app.services.reception_payments.receipts.dto.new import NewReceipt, NewShare

_STANDS: Final = Receipt.state != MoneyReceiptState.VOID
_LONGEST: Final = {
    "payer_name": (Receipt.payer_name, "payer's name"),
    "cheque_drawer": (Receipt.cheque_drawer, "name on the cheque"),
    "cheque_bank": (Receipt.cheque_bank, "bank"),
    "cheque_number": (Receipt.cheque_number, "number"),
    "slip": (Receipt.slip, "reference of the slip"),
    "book_number": (Receipt.book_number, "number in the receipt book"),
    "note": (Receipt.note, "note"),
}


def record(ctx: Context, new: NewReceipt) -> Receipt:
    """Take a payment: post it on its accounts, number it within its desk, and do what follows from it.

    It may go to any account, also one that the officer may not work on: nothing of that is shown. The same entry key gives
    the receipt that it made before. A card payment that went through is never refused because its desk changed meanwhile.

    Raises:
        UserErrors: what is wrong with it, each beside its field.
        UserError: the key was used for another payment, or the ledger refuses it.
    """
    numbering.move(ctx, "journal", 0)  # Holds off every other writer before anything is read.
    before = ctx.session.scalars(select(Receipt).where(Receipt.entry_key == new.entry_key)).one_or_none()
    if before is not None:
        return _same(before, new)
    check(ctx, new)
    desk = ctx.session.get_one(PaymentDesk, new.desk_id)
    number = numbering.take(ctx, f"receipt:{desk.id}")
    shares = _shares(ctx, new)
    row = _row(ctx, new, number, _post(ctx, new, rules.numbered(desk.prefix, number), shares))
    _add(ctx, row)
    for share in shares:
        share.receipt_id = row.id
    _add(ctx, *shares)
    _index(ctx, row, rules.numbered(desk.prefix, number))
    taken.tell(ctx, row, shares)
    return row


def check(ctx: Context, new: NewReceipt) -> None:
    """Refuse a payment that can't be taken, before anything is asked of a card provider or posted.

    Raises:
        UserErrors: what is wrong with it, each beside its field.
    """
    found = [UserError(words, hint, field) for field, words, hint in rules.faults(new, ctx.clock.today())]
    found += [*_desk_faults(ctx, new), *_place_faults(ctx, new.shares), *_text_faults(ctx, new), *_twice(ctx, new)]
    if found:
        raise UserErrors(found)


def _same(before: Receipt, new: NewReceipt) -> Receipt:
    if (before.pence, before.taken_by) != (new.pence, new.taken_by):
        raise UserError(
            "This payment was taken already, with another amount; nothing was posted.", "Look at the list of receipts."
        )
    return before


def _desk_faults(ctx: Context, new: NewReceipt) -> Iterator[UserError]:
    desk = ctx.session.get(PaymentDesk, new.desk_id)
    if desk is None:
        yield UserError("No desk is chosen.", "Choose where the payment is taken.", "desk_id")
    elif new.taken_by is TakenBy.CARD:
        return
    elif not desk.active:
        yield UserError(f"{desk.name} takes no payments any more.", "Choose another desk.", "desk_id")
    elif not getattr(desk, rules.FLAGS[new.taken_by]):
        method = rules.METHODS[new.taken_by].lower()
        yield UserError(f"{desk.name} takes no {method}.", "Ask for another way to pay, or another desk.", "taken_by")


def _place_faults(ctx: Context, shares: Sequence[NewShare]) -> Iterator[UserError]:
    wanted = sorted({share.account_id for share in shares if share.account_id is not None})
    known: set[int] = set()
    for chunk in in_chunks(wanted):
        rows = select(Account.id).where(Account.id.in_(chunk), Account.kind != AccountKind.CONTROL)
        known.update(ctx.session.scalars(rows))
    if set(wanted) - known:
        yield UserError("One of the accounts isn't there.", "Find the caller again.", "pence")
    streams = {share.stream_id for share in shares if share.stream_id is not None}
    for stream_id in sorted(streams):
        stream = ctx.session.get(IncomeStream, stream_id)
        if stream is None or not stream.active:
            yield UserError("This income isn't taken any more.", "Choose another one.", "stream_id")


def _text_faults(ctx: Context, new: NewReceipt) -> Iterator[UserError]:
    for field, (column, what) in _LONGEST.items():
        most: int = column.type.length
        yield from _text_fault(ctx, _text(new, field), what, field, most)
    for share in new.shares:
        yield from _text_fault(ctx, share.words, "reference", "words", 120)


def _text_fault(ctx: Context, text: str, what: str, field: str, most: int) -> Iterator[UserError]:
    if len(text.strip()) > most:
        yield UserError(f"The {what} is longer than {most} characters.", "Shorten it.", field)
    try:
        refuse_card_number(ctx, text, what, field)
    except UserError as error:
        yield error


def _text(new: NewReceipt, field: str) -> str:
    part, _, rest = field.partition("_")
    return str(getattr(new.cheque, rest) if part == "cheque" else getattr(new, field))


def _twice(ctx: Context, new: NewReceipt) -> Iterator[UserError]:
    """What was taken before: the slip, the number in the receipt book, what came in the post."""
    slip, book = new.slip.strip(), new.book_number.strip()
    if slip:
        same = (Receipt.desk_id == new.desk_id, Receipt.taken_on == new.taken_on, Receipt.slip == slip)
        if found := _written(ctx, *same):
            yield UserError(f"The slip {slip} is on receipt {found} already.", "Look at the reference again.", "slip")
    if book and (found := _written(ctx, Receipt.book_number == book)):
        yield UserError(f"Number {book} of the receipt book is receipt {found} already.", "", "book_number")
    if new.valuable_id is None:
        return
    valuable = ctx.session.get(PostValuable, new.valuable_id)
    if valuable is None or valuable.paid_in:
        yield UserError("This isn't in the register of the post any more.", "Look at the register.", "valuable_id")
    elif found := _written(ctx, Receipt.valuable_id == new.valuable_id):
        yield UserError(f"What came in the post is receipt {found} already.", "Look at that receipt.", "valuable_id")
    elif new.taken_on < (came := ctx.session.get_one(PostItem, valuable.item_id).received_on):
        words = f"It came in the post on {rules.spelt(came)}, so it wasn't paid on {rules.spelt(new.taken_on)}."
        yield UserError(words, "Give the day on which it came, or a later one.", "taken_on")


def _written(ctx: Context, *where: object) -> str:
    """The number of a standing receipt, as it is written; empty if there is none."""
    rows = (
        select(PaymentDesk.prefix, Receipt.number)
        .join(PaymentDesk, PaymentDesk.id == Receipt.desk_id)
        .where(_STANDS, *where)  # type: ignore[arg-type]
        .order_by(Receipt.id)
    )
    found = ctx.session.execute(rows).first()
    return rules.numbered(found.prefix, found.number) if found else ""


def _shares(ctx: Context, new: NewReceipt) -> list[ReceiptShare]:
    code = rules.CODES[new.taken_by]
    made = []
    for place, share in enumerate(new.shares, start=1):
        stream = ctx.session.get_one(IncomeStream, share.stream_id) if share.stream_id is not None else None
        account_id = stream.account_id if stream is not None else share.account_id
        values = {"account_id": account_id, "stream_id": share.stream_id, "code": code, "pence": share.pence}
        made.append(ReceiptShare(place=place, words=share.words.strip(), **values))
    return made


def _post(ctx: Context, new: NewReceipt, written: str, shares: Iterable[ReceiptShare]) -> int:
    """Credit the accounts on the day that it counts as paid; the journal."""
    on = new.taken_on
    words = f"Receipt {written}"
    lines = [Line(share.account_id, share.code, -share.pence, on, week_monday(on), words) for share in shares]
    header = JournalHeader(
        JournalKind.RECEIPTS,
        periods.first_open_day(ctx.session, on),
        words,
        f"receipt:{new.entry_key}",
        declared_count=len(lines),
        declared_pence=-new.pence,
        narrative=words,
    )
    return append_received(ctx, header, lines).journal


def _row(ctx: Context, new: NewReceipt, number: int, journal: int) -> Receipt:
    return Receipt(
        desk_id=new.desk_id,
        number=number,
        entry_key=new.entry_key,
        state=MoneyReceiptState.TAKEN,
        taken_by=new.taken_by,
        pence=new.pence,
        tendered_pence=new.tendered_pence,
        taken_on=new.taken_on,
        recorded_at=ctx.clock.now(),
        officer_id=ctx.officer.id,
        payer=new.payer,
        person_id=new.person_id,
        proved_by=",".join(new.proved_by),
        valuable_id=new.valuable_id,
        journal=journal,
        printed=0,
        **{field: _text(new, field).strip() for field in _LONGEST},
    )


def _index(ctx: Context, row: Receipt, written: str) -> None:
    """It is found by its number, its slip, its cheque and its book; what came in the post is paid in by it."""
    search_index.index_record(ctx, Subject.RECEIPT, row.id, written, row.slip, row.cheque_number, row.book_number)
    if row.valuable_id is not None:
        valuable = ctx.session.get_one(PostValuable, row.valuable_id)
        valuable.paid_in, valuable.paid_in_on = f"Receipt {written}", ctx.clock.today()
        valuable.paid_in_pence = row.pence
        ctx.session.flush()


def _add(ctx: Context, *rows: Base) -> None:
    ctx.session.add_all(rows)
    ctx.session.flush()
