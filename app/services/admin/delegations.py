"""Dated delegation: an officer's approvals go to a colleague for some days, never a shared password."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from app.models.limits import Delegation
from app.services.admin.officers_dto import CHANGED
from app.services.admin.standing import working
from app.services.approvals.kinds import kinds as all_kinds
from app.services.core import officers
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires

_LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class NewDelegation:
    """The approvals of the officer who acts, given to a colleague; both days included, no kinds means all."""

    to_id: int
    from_on: date
    to_on: date
    reason: str
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class DelegationLine:
    """A delegation as listed.

    Attributes:
        state: `in force`, `to come`, `over` or `ended`.
        may_end: the officer who looks may end it.
    """

    delegation_id: int
    from_name: str
    to_name: str
    kinds: str
    from_on: date
    to_on: date
    reason: str
    state: str
    may_end: bool


@dataclass(frozen=True, slots=True)
class DelegationsPage:
    """What the page shows: the delegations, colleagues to choose from, and the kinds of request."""

    lines: tuple[DelegationLine, ...]
    colleagues: tuple[tuple[int, str], ...]
    kinds: tuple[tuple[str, str], ...]


def page(ctx: Context) -> DelegationsPage:
    """Every delegation, those in force first, the latest before the earlier."""
    names = {row.id: row.name for row in officers.list_officers(ctx)}
    titles = {kind.key: kind.title for kind in all_kinds()}
    today = ctx.clock.today()
    order = ("in force", "to come", "over", "ended")
    lines = sorted(
        (
            DelegationLine(
                row.id,
                names[row.from_id],
                names[row.to_id],
                ", ".join(titles.get(key, key) for key in row.kinds.split()) or "Everything",
                row.from_on,
                row.to_on,
                row.reason,
                state := _state(row, today),
                may_end=row.from_id == ctx.officer.id and state in order[:2],
            )
            for row in ctx.session.scalars(select(Delegation).order_by(Delegation.id.desc()))
        ),
        key=lambda line: order.index(line.state),
    )
    colleagues = tuple((each.id, each.name) for each in officers.working(ctx.session) if each.id != ctx.officer.id)
    return DelegationsPage(tuple(lines), colleagues, tuple(titles.items()))


@requires(Permission.DELEGATE_APPROVALS)
def delegate(ctx: Context, new: NewDelegation) -> Changes:
    """Give a colleague one's approvals, with one's own limits, from a day to a day. Neither decides on what either asked for.

    Raises:
        UserError: it is oneself or somebody who has left, the days are the wrong way round, over or too long, no reason is
            given, there is no such kind, or one's approvals are with somebody already then.
    """
    _check(ctx, new)
    ctx.session.add(
        Delegation(
            from_id=ctx.officer.id,
            to_id=new.to_id,
            kinds=" ".join(sorted(new.kinds)),
            from_on=new.from_on,
            to_on=new.to_on,
            reason=new.reason.strip()[:400],
        )
    )
    ctx.session.flush()
    return CHANGED


@requires(Permission.DELEGATE_APPROVALS)
def end(ctx: Context, delegation_id: int) -> Changes:
    """Take one's approvals back before the last day.

    Raises:
        UserError: it is another officer's, or over.
    """
    row = ctx.session.get(Delegation, delegation_id)
    if row is None or row.from_id != ctx.officer.id:
        raise UserError(
            "This is another officer's delegation.", "They end it themselves, or an administrator a leaver's."
        )
    if _state(row, ctx.clock.today()) not in {"in force", "to come"}:
        raise UserError("This delegation is over.", "Look at the list again.")
    row.ended_at = ctx.clock.now()
    ctx.session.flush()
    return CHANGED


def _check(ctx: Context, new: NewDelegation) -> None:
    if new.to_id == ctx.officer.id:
        raise UserError("You have your own approvals already.", "Choose a colleague.", "to")
    working(ctx, new.to_id)
    today = ctx.clock.today()
    if new.to_on < new.from_on:
        raise UserError("It ends before it begins.", "Change one of the days.", "to_on")
    if new.to_on < today or new.from_on < today:
        raise UserError("That day is over.", "Approvals are delegated from today on.", "from_on")
    if new.to_on - new.from_on > _LONGEST:
        raise UserError("That is longer than a year.", "Delegate for the days you are away.", "to_on")
    if not new.reason.strip():
        raise UserError("Say why, such as 'annual leave'.", field="reason")
    refuse_card_number(ctx, new.reason, "reason", "reason")
    unknown = new.kinds - {kind.key for kind in all_kinds()}
    if unknown:
        raise UserError(f"There is no kind of request called '{min(unknown)}'.", field="kinds")
    standing = select(Delegation.id).where(
        Delegation.from_id == ctx.officer.id,
        Delegation.ended_at.is_(None),
        Delegation.from_on <= new.to_on,
        Delegation.to_on >= new.from_on,
    )
    if ctx.session.scalars(standing).first() is not None:
        raise UserError(
            "Your approvals are with a colleague already on some of these days.", "End that one first.", "from_on"
        )


def _state(row: Delegation, today: date) -> str:
    if row.ended_at is not None:
        return "ended"
    if today < row.from_on:
        return "to come"
    return "over" if today > row.to_on else "in force"
