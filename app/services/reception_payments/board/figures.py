"""The figures of the board, from the ledger and the bank; everything in a few statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import func, select

from app.models.codes import TransactionCode
from app.models.reception_payments.bank import BankLine
from app.models.reception_payments.files import ReceiptFile, ReceiptFileJournal
from app.models.reception_payments.suspense import SuspenseItem
from app.models.values import BankLineState, Money, ReceiptFileState, SuspenseState
from app.services.core.closures import bacs_days
from app.services.core.context import Context
from app.services.ledger import clearing
from app.services.ledger.clearing import ControlEntry
from app.services.reception_payments.bank import queries as bank
from app.services.reception_payments.bank import transit
from app.services.reception_payments.bank.channels import CHANNELS, KEYS, Channel
from app.services.reception_payments.board.dto import BankSide, Board, ChannelRow, Item

_SETTLED = (SuspenseState.CLEARED, SuspenseState.REFUNDED)


def board(ctx: Context, on: date) -> Board:
    """The board at the end of a day, as known now: what belongs to that day or an earlier one, held against the bank's lines."""
    first = transit.since(ctx)
    totals = clearing.totals(ctx, KEYS, first, on) if first else {}
    standing: dict[str, list[ControlEntry]] = defaultdict(list)
    for each in transit.standing(ctx, as_at=on):
        standing[each.key].append(each)
    files = _files(ctx, on)
    rows = tuple(
        _channel(ctx, channel, on, totals, standing[channel.key], files.get(channel.key, 0)) for channel in CHANNELS
    )
    held = select(func.coalesce(func.sum(SuspenseItem.left_pence), 0), func.count(), func.min(SuspenseItem.received_on))
    pence, count, oldest = ctx.session.execute(held.where(SuspenseItem.state.not_in(_SETTLED))).one()
    return Board(on, rows, _banks(ctx, on), Money(int(pence)), count, oldest)


def _channel(
    ctx: Context,
    channel: Channel,
    on: date,
    totals: Mapping[str, clearing.ControlTotal],
    standing: Sequence[ControlEntry],
    files: int,
) -> ChannelRow:
    total = totals.get(channel.key, clearing.ControlTotal(0, 0, 0))
    days, working = ctx.policy.number(channel.days, on), bacs_days(ctx.policy, on)
    items = [Item(each, by := working.add(each.on, days), by < on) for each in standing]
    waiting = sum(each.amount.pence for each in standing)
    overdue = [item for item in items if item.overdue]
    late = sum(item.entry.amount.pence for item in overdue)
    control = total.receipted + total.banked
    return ChannelRow(
        key=channel.key,
        title=channel.title,
        receipted=Money(total.receipted),
        of_day=Money(total.of_day),
        files=Money(files),
        at_bank=Money(-total.banked),
        control=Money(control),
        in_transit=Money(waiting - late),
        unexplained=Money(control - waiting + late),
        next_expected=min((item.expected_by for item in items if not item.overdue), default=None),
        oldest=min((item.entry.on for item in overdue), default=None),
        items=tuple(items),
    )


def _files(ctx: Context, on: date) -> dict[str, int]:
    """What files brought that end on the day, by the control account of their codes; in pence."""
    rows = (
        select(TransactionCode.control, func.sum(ReceiptFileJournal.pence))
        .join(ReceiptFile, ReceiptFile.id == ReceiptFileJournal.file_id)
        .join(TransactionCode, TransactionCode.code == ReceiptFileJournal.code)
        .where(ReceiptFile.state == ReceiptFileState.LOADED, ReceiptFile.last_on == on)
        .group_by(TransactionCode.control)
    )
    return {control: int(pence) for control, pence in ctx.session.execute(rows)}


def _banks(ctx: Context, on: date) -> tuple[BankSide, ...]:
    days = (
        select(BankLine.bank_id, func.min(BankLine.on))
        .where(BankLine.state == BankLineState.OPEN, BankLine.on <= on)
        .group_by(BankLine.bank_id)
    )
    oldest = dict(ctx.session.execute(days).all())
    return tuple(
        BankSide(
            row.bank_id,
            row.name,
            row.statement_balance,
            row.statement_on,
            row.ledger_balance,
            row.open_lines,
            row.open_amount,
            oldest.get(row.bank_id),
        )
        for row in bank.banks(ctx)
        if row.active
    )
