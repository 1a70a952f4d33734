"""What the bank's reports say and what of them waits, for lists, cards and the reconciliation of a month."""

from __future__ import annotations

from collections.abc import Collection as Many
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy import Row, Select, func, or_, select

from app.models.accounts import Account
from app.models.direct_debits.mandates import Mandate
from app.models.direct_debits.reports import BankReport, BankReportItem
from app.models.direct_debits.runs import DebitRun
from app.models.officers import Officer
from app.models.values import ZERO, Money, ReportItemState, ReportKind, ReturnEffect
from app.services.core import access
from app.services.core.calendars import months_after
from app.services.core.context import Context
from app.services.core.finding import has_word
from app.services.core.records import missing
from app.services.direct_debits.returns import matching, naming, posting, rehearsing, rules
from app.services.direct_debits.returns.dto import (
    Candidate,
    ItemDetail,
    ItemFilter,
    ItemRow,
    Reconciliation,
    Rehearsal,
    ReportRow,
    Shown,
    Waiting,
)
from app.services.ledger import queries as ledger

MOST: Final = 2_000
"""The most items, and reports, that are listed at once."""
_SHOWN: Final[Mapping[Shown, tuple[ReportItemState, ...]]] = {
    Shown.TO_DO: (ReportItemState.PROPOSED,),
    Shown.UNMATCHED: (ReportItemState.UNMATCHED,),
    Shown.APPLIED: (ReportItemState.APPLIED,),
    Shown.ASIDE: (ReportItemState.SET_ASIDE,),
}


def listed(ctx: Context, wanted: ItemFilter) -> tuple[ItemRow, ...]:
    """The items of a choice, the latest reports first; those on accounts that the officer may not open are left out."""
    rows = _items(ctx).where(BankReportItem.state.in_(_SHOWN[wanted.shown]))
    if wanted.report_id is not None:
        rows = rows.where(BankReportItem.report_id == wanted.report_id)
    columns = (BankReportItem.reference, BankReportItem.payer_name, BankReportItem.words, Account.payment_reference)
    for word in wanted.text.split():
        rows = rows.where(has_word(word, *columns))
    rows = rows.order_by(BankReportItem.report_id.desc(), BankReportItem.place)
    return _shown(ctx, ctx.session.execute(rows.limit(MOST)).all())


def of_report(ctx: Context, report_id: int) -> tuple[ItemRow, ...]:
    """Every item of a report, in its order."""
    rows = _items(ctx).where(BankReportItem.report_id == report_id).order_by(BankReportItem.place)
    return _shown(ctx, ctx.session.execute(rows).all())


def counts(ctx: Context) -> dict[Shown, int]:
    """How many items each choice has."""
    rows = select(BankReportItem.state, func.count()).group_by(BankReportItem.state)
    found = {row[0]: row[1] for row in ctx.session.execute(rows)}
    return {shown: sum(found.get(state, 0) for state in states) for shown, states in _SHOWN.items()}


def detail(ctx: Context, item_id: int) -> ItemDetail:
    """An item with what applying it will do, and the mandates that an unmatched one may be of.

    Raises:
        UserError: there is none, or it is on a restricted account that isn't the officer's to open.
    """
    found = ctx.session.execute(_items(ctx).where(BankReportItem.id == item_id)).all()
    item = ctx.session.get(BankReportItem, item_id)
    rows = _shown(ctx, found)
    if item is None or not rows:
        raise missing("item")
    if rows[0].account_id is not None:
        access.open_account(ctx, rows[0].account_id)
    waits = item.state is ReportItemState.PROPOSED
    effects = rehearsing.effects(ctx, item, rows[0].kind) if waits else ()
    unmatched = item.state is ReportItemState.UNMATCHED and rows[0].kind not in rules.OF_FILES
    return ItemDetail(rows[0], effects, _candidates(ctx, item) if unmatched else ())


def rehearse(ctx: Context, item_ids: tuple[int, ...] | None) -> Rehearsal:
    """What applying some items, or all that are proposed, would do, counted; nothing is changed."""
    return rehearsing.rehearse(ctx, item_ids)


def reports(ctx: Context) -> tuple[ReportRow, ...]:
    """The reports that were read, the latest first, each with how far its items have come."""
    rows = (
        select(BankReport, Officer.name, DebitRun.number)
        .join(Officer, Officer.id == BankReport.read_by)
        .outerjoin(DebitRun, DebitRun.id == BankReport.run_id)
        .order_by(BankReport.id.desc())
        .limit(MOST)
    )
    states = select(BankReportItem.report_id, BankReportItem.state, func.count())
    how_far = {
        (report_id, state): count
        for report_id, state, count in ctx.session.execute(
            states.group_by(BankReportItem.report_id, BankReportItem.state)
        )
    }
    return tuple(_report(row, name, number, how_far) for row, name, number in ctx.session.execute(rows))


def waiting(ctx: Context) -> Waiting:
    """What of the bank's reports waits for somebody."""
    rows = (
        select(BankReportItem.state, func.count(), func.min(BankReport.read_at))
        .join(BankReport, BankReport.id == BankReportItem.report_id)
        .where(BankReportItem.state.in_((ReportItemState.PROPOSED, ReportItemState.UNMATCHED)))
        .group_by(BankReportItem.state)
    )
    found = {state: (count, first) for state, count, first in ctx.session.execute(rows)}
    oldest = min((first.date() for _count, first in found.values()), default=None)
    none = (0, None)
    return Waiting(found.get(ReportItemState.PROPOSED, none)[0], found.get(ReportItemState.UNMATCHED, none)[0], oldest)


def reconciliation(ctx: Context, month: date) -> Reconciliation:
    """The returns of the month of a day: what the bank says, what was applied, and what the ledger has of it."""
    first = month.replace(day=1)
    span = (BankReportItem.effective_on >= first, BankReportItem.effective_on < months_after(first, 1))
    rows = (
        select(BankReportItem.state, func.count(), func.sum(BankReportItem.pence))
        .join(BankReport, BankReport.id == BankReportItem.report_id)
        .where(BankReport.kind == ReportKind.ARUDD, *span)
        .group_by(BankReportItem.state)
    )
    found = {state: (count, int(pence or 0)) for state, count, pence in ctx.session.execute(rows)}

    def of(*states: ReportItemState) -> tuple[int, Money]:
        parts = [found.get(state, (0, 0)) for state in states]
        return sum(count for count, _ in parts), Money(sum(pence for _, pence in parts))

    numbers = sorted(_journals(ctx, span))
    posted = sum(ledger.of_code(ctx, numbers, posting.CODE).values(), ZERO)
    control = -ledger.on_control(ctx, numbers, "direct_debit")
    applied = of(ReportItemState.APPLIED)
    waits = of(ReportItemState.PROPOSED, ReportItemState.UNMATCHED)
    faults = []
    if posted != applied[1]:
        faults.append(f"Applied returns come to {applied[1]}, but {posted} is on the accounts.")
    if control != posted:
        faults.append(f"The accounts have {posted}, but the control account of Direct Debit {control}.")
    return Reconciliation(
        first, of(*ReportItemState), applied, waits, of(ReportItemState.SET_ASIDE), posted, control, tuple(faults)
    )


def _journals(ctx: Context, span: tuple[Any, ...]) -> set[int]:
    """The journals of the returns of some days, and of those that were taken back."""
    rows = select(BankReportItem.journal, BankReportItem.back_journal).where(
        *span, BankReportItem.effect == ReturnEffect.REVERSE, BankReportItem.journal.is_not(None)
    )
    return {number for row in ctx.session.execute(rows) for number in row if number is not None}


def _items(ctx: Context) -> Select[*tuple[Any, ...]]:
    closed = sorted(access.closed_accounts(ctx))
    rows = (
        select(
            BankReportItem,
            BankReport.kind,
            BankReport.read_at,
            Mandate.reference.label("mandate"),
            Mandate.account_id,
            Account.payment_reference.label("account"),
        )
        .join(BankReport, BankReport.id == BankReportItem.report_id)
        .outerjoin(Mandate, Mandate.id == BankReportItem.mandate_id)
        .outerjoin(Account, Account.id == Mandate.account_id)
    )
    return rows.where(or_(Mandate.id.is_(None), Mandate.account_id.not_in(closed))) if closed else rows


def _shown(ctx: Context, rows: Many[Row[*tuple[Any, ...]]]) -> tuple[ItemRow, ...]:
    restricted = access.restricted_accounts(ctx)
    declared = access.declared_accounts(ctx)
    return tuple(_row(row, hidden=row.account_id in restricted, declared=row.account_id in declared) for row in rows)


def _row(row: Row[*tuple[Any, ...]], *, hidden: bool, declared: bool) -> ItemRow:
    item: BankReportItem = row.BankReportItem
    rule = rules.kept(row.kind, item.reason_code, item.effect)
    return ItemRow(
        item_id=item.id,
        version=item.version,
        report_id=item.report_id,
        kind=row.kind,
        place=item.place,
        reference=item.reference,
        reason=f"{item.reason_code}  {item.words}".strip(),
        effect=item.effect,
        does=rules.does(rule),
        rule=rule.words,
        source=rule.source,
        amount=Money(item.pence) if item.pence is not None else None,
        effective_on=item.effective_on,
        original_on=item.original_on,
        mandate_id=item.mandate_id,
        mandate=row.mandate or "",
        account_id=row.account_id,
        account=row.account or "",
        payer=access.RESTRICTED_NAME if hidden else item.payer_name,
        state=item.state,
        outcome=item.outcome,
        read_on=row.read_at.date(),
        reason_code=item.reason_code,
        last_two=item.last_two,
        new_last_two=item.new_last_two,
        declared=declared,
        journal=item.journal,
    )


def _candidates(ctx: Context, item: BankReportItem) -> tuple[Candidate, ...]:
    likely = dict(matching.candidates(ctx, item))
    rows = (
        select(Mandate, Account.payment_reference)
        .join(Account, Account.id == Mandate.account_id)
        .where(Mandate.id.in_(sorted(likely)), Mandate.account_id.not_in(sorted(access.closed_accounts(ctx))))
    )
    hidden = access.restricted_accounts(ctx)
    found = {row.id: (row, reference) for row, reference in ctx.session.execute(rows)}
    return tuple(
        Candidate(
            row.id,
            row.reference,
            reference or "",
            access.RESTRICTED_NAME if row.account_id in hidden else row.payer_name,
            row.state,
            why,
        )
        for (row, reference), why in ((found[one], why) for one, why in likely.items() if one in found)
    )


def _report(
    row: BankReport, name: str, number: int | None, how_far: Mapping[tuple[int, ReportItemState], int]
) -> ReportRow:
    def of(state: ReportItemState) -> int:
        return how_far.get((row.id, state), 0)

    return ReportRow(
        row.id,
        row.kind,
        naming.REPORTS[row.kind],
        row.file_name,
        row.generated_on,
        row.read_at,
        name,
        row.count,
        Money(row.pence),
        of(ReportItemState.PROPOSED),
        of(ReportItemState.UNMATCHED),
        of(ReportItemState.APPLIED),
        of(ReportItemState.SET_ASIDE),
        number,
        row.words,
    )
