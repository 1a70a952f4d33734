"""The figures of the board, from the ledger and the bank; everything in a few statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import and_, case, func, not_, select

from app.models.codes import TransactionCode
from app.models.reception_payments.bank import BankLine, BankMatch, BankMatchPart
from app.models.reception_payments.files import ReceiptFile, ReceiptFileJournal
from app.models.reception_payments.suspense import SuspenseItem
from app.models.values import BankLineState, Money, ReceiptFileState, SuspenseState
from app.services.core.closures import bacs_days
from app.services.core.context import Context
from app.services.ledger import clearing
from app.services.ledger.dto import ControlEntry, ControlTotal
from app.services.reception_payments.bank import queries as bank
from app.services.reception_payments.bank import transit
from app.services.reception_payments.bank.channels import CHANNELS, KEYS, Channel
from app.services.reception_payments.bank.kept import BankRow
from app.services.reception_payments.board.dto import BankSide, Board, ChannelRow, Explained, Item

_SETTLED = (SuspenseState.CLEARED, SuspenseState.REFUNDED)


def board(ctx: Context, on: date, without: Collection[int] = ()) -> Board:
    """The board at the end of a day, as known now: what belongs to that day or an earlier one, held against the bank's lines.

    `without`: journals of receipts that aren't at the bank and are left out, since the officer isn't told what they come to.
    """
    first = transit.since(ctx)
    totals = clearing.totals(ctx, KEYS, first, on) if first else {}
    for key, before in transit.from_before(ctx, on).items():
        total = totals.get(key, ControlTotal(0, 0, 0))
        totals[key] = replace(total, receipted=total.receipted + before)
    standing: dict[str, list[ControlEntry]] = defaultdict(list)
    left: set[int] = set()
    for each in transit.standing(ctx, as_at=on):
        if each.journal in without:
            totals[each.key] = _less(totals[each.key], each, on)
            left.add(each.journal)
        else:
            standing[each.key].append(each)
    files = _files(ctx, on)
    rows = tuple(
        _channel(ctx, channel, on, totals, standing[channel.key], files.get(channel.key, 0)) for channel in CHANNELS
    )
    held = select(func.coalesce(func.sum(SuspenseItem.left_pence), 0), func.count(), func.min(SuspenseItem.received_on))
    pence, count, oldest = ctx.session.execute(held.where(SuspenseItem.state.not_in(_SETTLED))).one()
    return Board(on, rows, _banks(ctx, on), _explained(ctx, on), Money(int(pence)), count, oldest, len(left))


def _less(total: ControlTotal, entry: ControlEntry, on: date) -> ControlTotal:
    of_day = entry.amount.pence if entry.on == on else 0
    return replace(total, receipted=total.receipted - entry.amount.pence, of_day=total.of_day - of_day)


def _channel(
    ctx: Context,
    channel: Channel,
    on: date,
    totals: Mapping[str, ControlTotal],
    standing: Sequence[ControlEntry],
    files: int,
) -> ChannelRow:
    total = totals.get(channel.key, ControlTotal(0, 0, 0))
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
    """The bank accounts that the ledger is held against by the day; what came later is taken off again."""
    later, open_ = BankLine.on > on, BankLine.state == BankLineState.OPEN
    sums = {
        row[0]: row[1:]
        for row in ctx.session.execute(
            select(
                BankLine.bank_id,
                func.sum(case((later, BankLine.pence), else_=0)),
                func.sum(case((and_(later, not_(open_)), BankLine.pence), else_=0)),
                func.sum(case((and_(open_, not_(later)), 1), else_=0)),
                func.sum(case((and_(open_, not_(later)), BankLine.pence), else_=0)),
                func.min(case((and_(open_, not_(later)), BankLine.on))),
            ).group_by(BankLine.bank_id)
        )
    }
    reached = bacs_days(ctx.policy, on).on_or_before(on)
    return tuple(
        _bank(row, sums.get(row.bank_id, (0, 0, 0, 0, None)), reached)
        for row in bank.banks(ctx)
        if row.active and row.starts_on <= on
    )


def _bank(row: BankRow, sums: Sequence[Any], reached: date) -> BankSide:
    later, matched_later, open_lines, open_pence, oldest = sums
    return BankSide(
        row.bank_id,
        row.name,
        Money(row.statement_balance.pence - int(later)),
        row.statement_on,
        Money(row.ledger_balance.pence - int(matched_later)),
        int(open_lines),
        Money(int(open_pence)),
        oldest,
        row.statement_on is not None and row.statement_on >= reached,
    )


def _explained(ctx: Context, on: date) -> tuple[Explained, ...]:
    rows = (
        select(BankMatchPart.part, func.count(), func.sum(BankMatchPart.pence))
        .join(BankMatch, BankMatch.id == BankMatchPart.match_id)
        .where(BankMatch.on == on, BankMatch.undone_journal.is_(None))
        .group_by(BankMatchPart.part)
        .order_by(BankMatchPart.part)
    )
    return tuple(Explained(part, count, Money(int(pence))) for part, count, pence in ctx.session.execute(rows))
