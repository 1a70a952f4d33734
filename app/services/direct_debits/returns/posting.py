"""Collections that came back, taken off the accounts again: one contra journal for each report and day of return, set-based."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Final

from sqlalchemy import Unicode, case, func, literal, select

from app.models.accounts import Account
from app.models.direct_debits.reports import BankReport, BankReportItem
from app.models.direct_debits.schedules import Collection, CollectionShare
from app.models.values import CollectionState, JournalKind, Money, ReportItemState, ReturnEffect
from app.services.core.calendars import week_monday
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.direct_debits.returns.dto import TakeBack
from app.services.ledger import reversing
from app.services.ledger.dto import JournalHeader, Line, Posted
from app.services.ledger.posting import append, append_bulk
from app.services.ledger.sql import AnySelect

CODE: Final = "RDN"
"""Direct Debit unpaid, against the control account of Direct Debit."""
_NARRATIVE: Final = 60


def register() -> None:
    """Tell the ledger which journals are of returns: they are taken back here, item by item."""
    reversing.register(reversing.Keeper(_made, lambda _ctx, _journal: "", "Direct Debits"))


def key_of(item_id: int, back: int = 0) -> str:
    """The key of the journal whose first item this is: an item is in one journal, whoever applies it how often."""
    return f"bank-report-item:{item_id}" + (f":back:{back}" if back else "")


def post(ctx: Context, items: Sequence[BankReportItem]) -> tuple[Posted, ...]:
    """Post the returns that were just applied and have no journal; `effective_on` is the day of the return.

    Raises:
        UserError: the period of today is closed, or the shares of a collection don't add up to it.
    """
    wanted = [each for each in items if each.effect is ReturnEffect.REVERSE and each.journal is None]
    wanted.sort(key=lambda each: (each.report_id, _day(ctx, each), each.id))
    ctx.session.flush()
    done = []
    for (report_id, day), group in groupby(wanted, key=lambda each: (each.report_id, _day(ctx, each))):
        done.append(_post(ctx, ctx.session.get_one(BankReport, report_id), day, list(group)))
    return tuple(done)


def take_back(ctx: Context, item: BankReportItem, back: TakeBack) -> Posted:
    """Credit the accounts again with what one item took off them.

    Raises:
        UserError: the officer may not work on one of the accounts, or the period of today is closed.
    """
    shares = select(CollectionShare.account_id, CollectionShare.pence).where(
        CollectionShare.collection_id == item.collection_id
    )
    day = _day(ctx, item)
    text = "Direct Debit was not returned"
    lines = [
        Line(account_id, CODE, -pence, day, week_monday(day), text)
        for account_id, pence in ctx.session.execute(shares.order_by(CollectionShare.account_id))
    ]
    header = JournalHeader(
        JournalKind.RECEIPTS,
        ctx.clock.today(),
        f"bank report {item.report_id}",
        key_of(item.id, item.version),
        declared_pence=-(item.pence or 0),
        narrative=f"{text}: {back.why}"[:200],
    )
    return append(ctx, header, lines)


def _day(ctx: Context, item: BankReportItem) -> date:
    return item.effective_on or ctx.clock.today()


def _post(ctx: Context, report: BankReport, day: date, items: Sequence[BankReportItem]) -> Posted:
    total = sum(each.pence or 0 for each in items)
    first = min(each.id for each in items)
    header = JournalHeader(
        JournalKind.RECEIPTS,
        ctx.clock.today(),
        f"bank report {report.id}: {report.sha256[:16]}",
        key_of(first),
        declared_pence=total,
        narrative=f"Direct Debits returned: {len(items):,} of {Money(total)}",
    )
    posted = append_bulk(ctx, header, _lines(report, day, items))
    collections = [each.collection_id for each in items if each.collection_id is not None]
    for item in items:
        item.journal = posted.journal
    for chunk in in_chunks(sorted(collections)):
        for row in ctx.session.scalars(select(Collection).where(Collection.id.in_(chunk))):
            row.return_journal = posted.journal
    ctx.session.flush()
    return posted


def _lines(report: BankReport, day: date, items: Sequence[BankReportItem]) -> AnySelect:
    """The shares of what is applied of a report, of one day, and not posted yet, by account."""
    words = {each.reason_code: f"Direct Debit returned: {each.words}"[:_NARRATIVE] for each in items}
    said = case(words, value=BankReportItem.reason_code, else_="Direct Debit returned")
    dated = (
        BankReportItem.effective_on == day
        if items[0].effective_on is not None
        else BankReportItem.effective_on.is_(None)
    )
    return (
        select(
            CollectionShare.account_id,
            literal(CODE, Unicode(10)).label("code"),
            CollectionShare.pence,
            literal(day).label("effective_on"),
            literal(week_monday(day)).label("rent_week"),
            said.label("narrative"),
        )
        .join(Collection, Collection.id == CollectionShare.collection_id)
        .join(BankReportItem, BankReportItem.collection_id == Collection.id)
        .join(Account, Account.id == CollectionShare.account_id)
        .where(
            BankReportItem.report_id == report.id,
            BankReportItem.effect == ReturnEffect.REVERSE,
            BankReportItem.state == ReportItemState.APPLIED,
            BankReportItem.journal.is_(None),
            Collection.state == CollectionState.RETURNED,
            CollectionShare.pence != 0,
            dated,
        )
        .order_by(BankReportItem.place, CollectionShare.account_id)
    )


def _made(ctx: Context, journal: int) -> str:
    count = select(func.count()).select_from(BankReportItem).where(BankReportItem.journal == journal)
    number = ctx.session.scalar(count) or 0
    if not number:
        return ""
    return "of a Direct Debit that came back" if number == 1 else f"of {number:,} Direct Debits that came back"
