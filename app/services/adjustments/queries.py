"""What an adjustment did and who had a hand in it, what waits, and what the sheets begin with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import aliased

from app.models.accounts import Account
from app.models.adjustments import Adjustment, AdjustmentKind, AdjustmentLine, AdjustmentReason
from app.models.approvals import ApprovalRequest
from app.models.officers import Officer
from app.models.values import AccountKind, AdjustmentSheet, AdjustmentState, LineFix, Money, Subject
from app.services.adjustments import fixing, keeping, posting, requests
from app.services.adjustments.dto import (
    AdjustmentDetail,
    EntryForm,
    Face,
    FixForm,
    KindRow,
    LineRow,
    PendingRow,
    ReasonRow,
)
from app.services.adjustments.kinds import kinds, reasons
from app.services.core import access
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.officers import officer_names
from app.services.core.permissions import Permission
from app.services.core.records import record
from app.services.documents.evidence import links_of

ENTERED = (AdjustmentSheet.ADJUSTMENT, AdjustmentSheet.TRANSFER)
"""The sheets whose kinds the entry sheet offers."""
_PENDING = (AdjustmentState.WAITING, AdjustmentState.APPROVED)
_MAY_NOT = "It takes an officer who may adjust accounts."


def kind_rows(ctx: Context) -> tuple[KindRow, ...]:
    """Every kind of adjustment, those out of use too, in the order of the list."""
    return tuple(kinds(ctx).values())


def reason_rows(ctx: Context) -> tuple[ReasonRow, ...]:
    """Every reason, those out of use too, in the order of the list."""
    return tuple(reasons(ctx).values())


def entry_form(ctx: Context, account_id: int | None = None) -> EntryForm:
    """What the entry sheet begins with, of an account where it is opened from one.

    Raises:
        UserError: there is no such account, it is a control account, or it is restricted and not the officer's to open.
    """
    account = None if account_id is None else face(ctx, account_id)
    offered = tuple(
        each
        for each in kind_rows(ctx)
        if each.active and each.sheet in ENTERED and (account is None or account.kind in each.account_kinds)
    )
    return EntryForm(ctx.clock.today(), account, offered, tuple(each for each in reason_rows(ctx) if each.active))


def fix_form(ctx: Context, journal: int, line: int) -> FixForm:
    """What can be done about a line of the ledger: move it to another account, take it back, put its amount right.

    Raises:
        UserError: there is no such line of an account, or the account is restricted and not the officer's to open.
    """
    found = fixing.standing_line(ctx, journal, line)
    entry = entry_form(ctx, found.account_id)
    assert entry.account is not None
    shut = fixing.shut(ctx, journal, line, found)
    made = ctx.session.execute(
        select(Adjustment.id, Adjustment.line_count).where(Adjustment.journal == journal)
    ).one_or_none()
    if made is not None and made.line_count == 1 and not shut:
        shut = "An adjustment posted this line: reverse the adjustment."
    debit, credit, move = fixing.kinds_for(found, entry.account.kind, kinds(ctx))
    offers = () if shut else _offers(debit, credit, move)
    return FixForm(
        journal=journal,
        line=line,
        account=entry.account,
        code=found.code,
        what=found.what,
        effective_on=found.effective_on,
        rent_week=found.rent_week,
        narrative=found.narrative,
        amount=found.amount,
        offers=offers,
        debit_kind=debit,
        credit_kind=credit,
        move_kind=move,
        fix_code=fixing.code_for(found),
        adjustment_id=None if made is None else made.id,
        shut=shut,
        entry=entry,
    )


def face(ctx: Context, account_id: int) -> Face:
    """An account as a sheet names it.

    Raises:
        UserError: there is no such account, it is a control account, or it is restricted and not the officer's to open.
    """
    access.open_account(ctx, account_id)
    row = ctx.session.get(Account, account_id)
    if row is None or row.kind is AccountKind.CONTROL:
        raise UserError(f"There is no account number {account_id} that can be adjusted.")
    return Face(row.id, row.payment_reference or "", row.name, row.kind, Money(row.balance_pence))


def detail(ctx: Context, adjustment_id: int) -> AdjustmentDetail:
    """An adjustment whole: who asked, on what evidence, who approved, what it did, what reversed it.

    Raises:
        UserError: there is none, or one of its accounts is restricted and not the officer's to open.
    """
    row = _opened(ctx, adjustment_id)
    lines = _lines(ctx, adjustment_id)
    names = officer_names(ctx.session, (row.made_by, row.approved_by, row.posted_by, row.reversed_by))
    to_post = row.state is AdjustmentState.APPROVED
    return AdjustmentDetail(
        adjustment_id=row.id,
        number=row.number,
        title=row.title,
        note=row.note,
        origin=row.origin,
        state=row.state,
        lines=lines,
        debit=Money(row.debit_pence),
        credit=Money(row.credit_pence),
        made_by=names[row.made_by],
        made_at=row.made_at,
        request_id=row.request_id,
        approved_by=names.get(row.approved_by or 0, ""),
        approved_at=row.approved_at,
        posted_by=names.get(row.posted_by or 0, ""),
        posted_at=row.posted_at,
        journal=row.journal,
        accounting_on=row.accounting_on,
        posted_in=_posted_in(ctx, row, lines),
        reversed_by=names.get(row.reversed_by or 0, ""),
        reversal_journal=row.reversal_journal,
        reversal_reason=row.reversal_reason,
        evidence=len(links_of(ctx, Subject.ADJUSTMENT, row.id)),
        version=row.version,
        decision=_decision(ctx, row),
        reversal_request_id=requests.reversal_waiting(ctx, row.id),
        to_post=to_post,
        why_not_post=_why_not_post(ctx, row) if to_post else "",
    )


def pending(ctx: Context) -> tuple[PendingRow, ...]:
    """What waits for approval or for whoever posts it, the oldest first; restricted accounts' not the officer's are left out."""
    shut = access.closed_accounts(ctx)
    hidden: set[int] = set()
    if shut:
        pairs = select(AdjustmentLine.adjustment_id, AdjustmentLine.account_id, AdjustmentLine.other_account_id)
        waiting = pairs.join(Adjustment, Adjustment.id == AdjustmentLine.adjustment_id)
        rows = ctx.session.execute(waiting.where(Adjustment.state.in_(_PENDING)))
        hidden = {row.adjustment_id for row in rows if {row.account_id, row.other_account_id} & shut}
    found = ctx.session.execute(
        select(Adjustment, Officer.name)
        .join(Officer, Officer.id == Adjustment.made_by)
        .where(Adjustment.state.in_(_PENDING))
        .order_by(Adjustment.number)
    )
    return tuple(
        PendingRow(
            adjustment_id=row.id,
            number=row.number,
            title=row.title,
            state=row.state,
            lines=row.line_count,
            debit=Money(row.debit_pence),
            credit=Money(row.credit_pence),
            made_by=name,
            made_at=row.made_at,
            request_id=row.request_id,
            why_not_post=_why_not_post(ctx, row) if row.state is AdjustmentState.APPROVED else "",
        )
        for row, name in found
        if row.id not in hidden
    )


def by_number(ctx: Context, number: int) -> int:
    """The id of the adjustment with a number.

    Raises:
        UserError: there is none.
    """
    found = ctx.session.scalar(select(Adjustment.id).where(Adjustment.number == number))
    if found is None:
        raise UserError(f"There is no adjustment {number}.", "Look at the list again.")
    return found


def _opened(ctx: Context, adjustment_id: int) -> Adjustment:
    row = record(ctx, Adjustment, adjustment_id, "adjustment")
    access.open_subject(ctx, Subject.ADJUSTMENT, adjustment_id)
    return row


def _posted_in(ctx: Context, row: Adjustment, lines: Sequence[LineRow]) -> str:
    if row.accounting_on is None:
        return ""
    return posting.reported_later(ctx, [each.effective_on for each in lines], row.accounting_on)


def _offers(debit: str, credit: str, move: str) -> tuple[LineFix, ...]:
    offered = [LineFix.MOVE] if move else []
    return (*offered, LineFix.REVERSE, LineFix.CORRECT) if debit and credit else tuple(offered)


def _why_not_post(ctx: Context, row: Adjustment) -> str:
    if Permission.ADJUST_ACCOUNTS not in ctx.officer.permissions:
        return _MAY_NOT
    return keeping.why_not_post(ctx, row)


def _lines(ctx: Context, adjustment_id: int) -> tuple[LineRow, ...]:
    other = aliased(Account)
    rows = ctx.session.execute(
        select(
            AdjustmentLine,
            Account.payment_reference,
            Account.name,
            other.payment_reference.label("other_reference"),
            AdjustmentKind.title,
            AdjustmentReason.title.label("reason"),
        )
        .join(Account, Account.id == AdjustmentLine.account_id)
        .outerjoin(other, other.id == AdjustmentLine.other_account_id)
        .join(AdjustmentKind, AdjustmentKind.key == AdjustmentLine.kind)
        .join(AdjustmentReason, AdjustmentReason.key == AdjustmentLine.reason)
        .where(AdjustmentLine.adjustment_id == adjustment_id)
        .order_by(AdjustmentLine.place)
    )
    return tuple(_line(row) for row in rows)


def _line(row: Row[*tuple[Any, ...]]) -> LineRow:
    line: AdjustmentLine = row.AdjustmentLine
    return LineRow(
        line_id=line.id,
        place=line.place,
        account_id=line.account_id,
        reference=row.payment_reference or "",
        account_name=row.name,
        other_account_id=line.other_account_id,
        other_reference=row.other_reference or "",
        kind=line.kind,
        kind_title=row.title,
        code=line.code,
        amount=Money(line.pence),
        effective_on=line.effective_on,
        rent_week=line.rent_week,
        from_on=line.from_on,
        to_on=line.to_on,
        reason_title=row.reason,
        narrative=line.narrative,
        working=line.working,
        fix=line.fix,
        fixed_journal=line.fixed_journal,
        fixed_line=line.fixed_line,
        like_id=line.like_id,
        like_reason=line.like_reason,
    )


def _decision(ctx: Context, row: Adjustment) -> str:
    if row.request_id is None:
        return ""
    return ctx.session.scalar(select(ApprovalRequest.decision).where(ApprovalRequest.id == row.request_id)) or ""
