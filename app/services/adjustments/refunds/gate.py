"""The gate of a refund: its checks as things stand, with what officers waived or had paid, kept beside the refund."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import select

from app.models.adjustments import Adjustment
from app.models.refunds import Refund, RefundCheck
from app.models.values import AdjustmentState, GateState, Money
from app.services.adjustments.refunds import checks
from app.services.adjustments.refunds.dto import Check, Gate
from app.services.adjustments.refunds.gathering import gather
from app.services.adjustments.refunds.saying import title
from app.services.core.context import Context
from app.services.core.officers import officer_names

_WAITS = (AdjustmentState.DRAFT, AdjustmentState.WAITING, AdjustmentState.APPROVED)


def look(ctx: Context, row: Refund) -> Gate:
    """The gate as things stand now; what was waived stays so while what was found is no worse.

    Raises:
        UserError: its account is restricted, and not the officer's to open.
    """
    facts = gather(ctx, row)
    kept = _kept(ctx, row.id)
    transfers = _transfers(ctx, [each.offset_adjustment_id for each in kept.values() if each.offset_adjustment_id])
    officers = officer_names(ctx.session, [each.cleared_by for each in kept.values()])
    merged = [_merged(check, kept.get(check.key), transfers, officers) for check in checks.checks(facts)]
    found = {check.key for check in merged}
    paid = [
        _paid(each, transfers[each.offset_adjustment_id])
        for key, each in kept.items()
        if key not in found and each.offset_adjustment_id in transfers
    ]
    if paid:
        merged = [check for check in merged if check.key != "debts"]
        at = next(at for at, check in enumerate(merged) if check.key == "hb_overpayment")
        merged[at:at] = paid
    return Gate(tuple(merged), facts.credit, facts.kept, facts.promised)


def keep(ctx: Context, row: Refund) -> Gate:
    """`look`, written down beside the refund as it was found: what the trail of the refund shows later."""
    gate = look(ctx, row)
    standing = _kept(ctx, row.id)
    for place, check in enumerate(gate.checks, 1):
        kept = standing.pop(check.key, None)
        if kept is None:
            kept = RefundCheck(refund_id=row.id, check=check.key, cleared_why="")
            ctx.session.add(kept)
        if kept.cleared_by is not None and check.state is GateState.STOP:
            kept.cleared_by, kept.cleared_why = None, ""
        kept.place, kept.state, kept.words, kept.pence = place, check.state, check.words, check.pence
    for gone in standing.values():
        ctx.session.delete(gone)
    ctx.session.flush()
    return gate


def waive(ctx: Context, row: Refund, key: str, reason: str) -> None:
    """Write down that an officer passes a stop, and why; `keep` was called before."""
    kept = _kept(ctx, row.id)[key]
    kept.state, kept.cleared_by, kept.cleared_why = GateState.WAIVED, ctx.officer.id, reason
    ctx.session.flush()


def offset(ctx: Context, row: Refund, key: str, adjustment_id: int) -> None:
    """Write down the transfer that pays a debt; `keep` was called before."""
    _kept(ctx, row.id)[key].offset_adjustment_id = adjustment_id
    ctx.session.flush()


def as_kept(ctx: Context, row: Refund) -> tuple[Check, ...]:
    """The checks as they were last written down: of a refund that has left the gate."""
    kept = _kept(ctx, row.id)
    officers = officer_names(ctx.session, [each.cleared_by for each in kept.values()])
    return tuple(
        Check(
            key,
            title(key),
            each.state,
            each.words,
            pence=each.pence,
            cleared_by=officers.get(each.cleared_by or 0, ""),
            cleared_why=each.cleared_why,
            offset_adjustment_id=each.offset_adjustment_id,
        )
        for key, each in sorted(kept.items(), key=lambda pair: pair[1].place)
    )


def _merged(
    check: Check, kept: RefundCheck | None, transfers: Mapping[int, Adjustment], officers: Mapping[int, str]
) -> Check:
    if kept is None or check.state is not GateState.STOP:
        return check
    transfer = transfers.get(kept.offset_adjustment_id or 0)
    if transfer is not None:
        check = replace(check, offset_adjustment_id=transfer.id)
        if transfer.state in _WAITS:
            words = f"{check.words} Transfer {transfer.number} of {Money(transfer.debit_pence)} waits for approval."
            check = replace(check, words=words, todo="Have the transfer approved.")
    if kept.cleared_by is not None and _no_worse(check, kept):
        name = officers.get(kept.cleared_by, "")
        return replace(check, state=GateState.WAIVED, todo="", cleared_by=name, cleared_why=kept.cleared_why)
    return check


def _no_worse(check: Check, kept: RefundCheck) -> bool:
    """A waiver is of what was found then: of a debt that isn't larger now, of anything else in the same words."""
    if check.pence is not None and kept.pence is not None:
        return check.pence <= kept.pence
    return check.words == kept.words


def _paid(kept: RefundCheck, transfer: Adjustment) -> Check:
    words = f"{Money(transfer.debit_pence)} of it was paid from this credit by adjustment {transfer.number}."
    return Check(
        kept.check,
        title(kept.check),
        GateState.OFFSET,
        words,
        pence=transfer.debit_pence,
        offset_adjustment_id=transfer.id,
    )


def _kept(ctx: Context, refund_id: int) -> dict[str, RefundCheck]:
    rows = ctx.session.scalars(
        select(RefundCheck).where(RefundCheck.refund_id == refund_id).order_by(RefundCheck.place)
    )
    return {row.check: row for row in rows}


def _transfers(ctx: Context, ids: Sequence[int]) -> dict[int, Adjustment]:
    """The transfers that pay debts or will; those that were refused, withdrawn or reversed pay nothing."""
    stands = Adjustment.state.in_((*_WAITS, AdjustmentState.POSTED))
    rows = ctx.session.scalars(select(Adjustment).where(Adjustment.id.in_(ids), stands))
    return {row.id: row for row in rows}
