"""Receipts: listed, and looked at one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from app.models.officers import Officer
from app.models.people import Person
from app.models.reception_payments.receipts import Receipt
from app.models.values import Money, MoneyReceiptState, TakenBy
from app.services.core import access
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission
from app.services.exports.receipt import ReceiptPaper
from app.services.reception_payments.cards.disputes import taking_back
from app.services.reception_payments.receipts import keeping, listing, rules, undoing
from app.services.reception_payments.receipts.dto.shown import ReceiptAct, ReceiptDetail, ReceiptRow
from app.services.reception_payments.receipts.listing import counts, form, ids, rows, totals, totals_of

__all__ = ["counts", "detail", "form", "ids", "of_account", "paper_of", "rows", "totals", "totals_of"]


def detail(ctx: Context, receipt_id: int) -> ReceiptDetail:
    """A receipt whole; of a restricted record not whose it is.

    Raises:
        UserError: there is no such receipt.
    """
    kept = ctx.session.get(Receipt, receipt_id)
    if kept is None:
        raise UserError("There is no such receipt.", "Look at the list of receipts.")
    [row] = rows(ctx, [receipt_id])
    shares = tuple(listing.shares_of(ctx, [receipt_id])[receipt_id])
    access.open_accounts(ctx, [] if row.shut else [each.account_id for each in shares if each.account_id is not None])
    why_not = _why_not(ctx, kept, row)
    lost = sum(each.pence for each in taking_back.lost(ctx, receipt_id)) if row.taken_by is TakenBy.CARD else 0
    return ReceiptDetail(
        row=row,
        shares=() if row.shut else shares,
        tendered=Money(kept.tendered_pence) if kept.tendered_pence is not None else None,
        proved_by=tuple(key for key in kept.proved_by.split(",") if key),
        how=tuple(_how(kept)),
        note="" if row.shut else kept.note,
        journal=kept.journal,
        undone_journal=kept.undone_journal,
        undone=_undone(ctx, kept),
        request_id=kept.request_id if kept.state is MoneyReceiptState.VOID_ASKED else None,
        printed=kept.printed,
        emailed_at=kept.emailed_at,
        email="" if row.shut else _email(ctx, kept),
        lost=Money(lost) if lost else None,
        challenged=_challenged(ctx, kept) if kept.undone_on is None else "",
        may=frozenset(act for act in ReceiptAct if act not in why_not),
        why_not=why_not,
    )


def of_account(ctx: Context, account_id: int) -> tuple[tuple[ReceiptRow, Money], ...]:
    """The receipts that put money on an account, each with how much of it, the newest first.

    Raises:
        UserError: the account is restricted, and not the officer's to open.
    """
    access.open_account(ctx, account_id)
    of_it = listing.on_account(account_id)
    found = list(ctx.session.execute(of_it))
    pence = {each.receipt_id: each.pence for each in found}
    return tuple((row, Money(pence[row.receipt_id])) for row in rows(ctx, list(pence)))


def paper_of(ctx: Context, receipt_id: int) -> ReceiptPaper:
    """On what a receipt is printed: as the office does, large for a holder who needs that.

    Raises:
        UserError: there is no such receipt.
    """
    row = keeping.found(ctx, receipt_id)
    if keeping.reached(ctx, row)[1]:
        return ReceiptPaper.LARGE
    return ReceiptPaper(ctx.policy.value("reception.paper", ctx.clock.today()))


def _why_not(ctx: Context, kept: Receipt, row: ReceiptRow) -> Mapping[ReceiptAct, str]:
    found: dict[ReceiptAct, str] = {}
    if row.shut:
        shut = "It is of a restricted record: only named officers may open it."
        return dict.fromkeys(ReceiptAct, shut)
    if Permission.TAKE_PAYMENTS not in ctx.officer.permissions:
        found |= dict.fromkeys(ReceiptAct, "It takes the permission to take payments.")
        return found
    if Permission.LOAD_RECEIPTS not in ctx.officer.permissions:
        found[ReceiptAct.RETURN] = "It takes the permission to load files of receipts and bank statements."
    if kept.state is not MoneyReceiptState.TAKEN:
        said = "It was taken back already." if kept.undone_journal else "Its void waits for approval."
        found |= {ReceiptAct.VOID: said, ReceiptAct.RETURN: said}
        return found
    if kept.taken_by is TakenBy.CASH:
        found[ReceiptAct.RETURN] = "Cash doesn't come back from a bank."
    try:
        undoing.refuse_late_void(ctx, kept, row.number)
    except UserError as error:
        found[ReceiptAct.VOID] = str(error)
    return found


def _how(kept: Receipt) -> Sequence[str]:
    said = []
    if kept.taken_by is TakenBy.CHEQUE:
        bank = f", {kept.cheque_bank}" if kept.cheque_bank else ""
        said.append(f"Cheque {kept.cheque_number} of {kept.cheque_drawer}{bank}")
    elif kept.taken_by is TakenBy.POSTAL_ORDER:
        said.append(f"Postal order {kept.cheque_number}")
    elif kept.slip:
        said.append(
            f"Slip {kept.slip}" if kept.taken_by is TakenBy.TERMINAL else f"Payment {kept.slip} of the provider"
        )
    if kept.book_number:
        said.append(f"Number {kept.book_number} of the receipt book")
    if kept.valuable_id is not None:
        said.append("It came in the post")
    if kept.tendered_pence is not None:
        change = rules.change_of(kept.pence, kept.tendered_pence)
        said.append(f"{Money(kept.tendered_pence)} handed over, {Money(change)} change")
    return said


def _undone(ctx: Context, kept: Receipt) -> str:
    if kept.undone_on is None:
        return ""
    by = ctx.session.scalar(select(Officer.name).where(Officer.id == kept.undone_by)) or ""
    what = "Void" if kept.state is MoneyReceiptState.VOID else "Came back"
    return f"{what} on {rules.spelt(kept.undone_on)} by {by}, journal {kept.undone_journal}: {kept.undone_why}"


def _challenged(ctx: Context, kept: Receipt) -> str:
    if kept.taken_by is not TakenBy.CARD or not (disputes := taking_back.taken_off(ctx, kept.id)):
        return ""
    amount, last = Money(sum(taking_back.shares_of(ctx, kept.id).values())), disputes[-1]
    day = rules.spelt(last.back_on) if last.back_on is not None else ""
    return f"{amount} of it was challenged and lost, and is off since {day}, journal {last.journal}: {last.back_why}"


def _email(ctx: Context, kept: Receipt) -> str:
    found = ctx.session.get(Person, kept.person_id) if kept.person_id is not None else None
    return found.email if found is not None and not found.do_not_contact else ""
