"""Whether a line was entered before: the same account, kind and amount within the days that policy names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import or_, select

from app.models.adjustments import Adjustment, AdjustmentKind, AdjustmentLine
from app.models.officers import Officer
from app.models.values import Money
from app.services.adjustments.dto import Alike, NewLine
from app.services.adjustments.fixing import STANDING
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError, UserErrors

_Key = tuple[int, int | None, str, int]


def alike(ctx: Context, lines: Sequence[NewLine]) -> Mapping[int, tuple[Alike, ...]]:
    """Earlier lines that some lines look like, the latest first, by the place of the line (from 0).

    An earlier line counts where it was entered in so many days up to now, or belongs to a day so near to the new one's. What
    was refused, withdrawn or reversed doesn't. A line that puts one of the ledger right looks like none: that is refused the
    second time. Set-based: ask for a whole batch at once.
    """
    if all(line.fixed_journal is not None for line in lines):
        return {}
    near = timedelta(days=ctx.policy.number("adjustments.alike_days", ctx.clock.today()))
    standing = _standing(ctx, lines, near)
    since = ctx.clock.now() - near
    found: dict[int, tuple[Alike, ...]] = {}
    for at, line in enumerate(lines):
        same = standing.get(_key(line), ()) if line.fixed_journal is None else ()
        like = [each for each in same if each.made_at >= since or abs(each.effective_on - line.effective_on) <= near]
        if like:
            found[at] = tuple(like)
    return found


def explained(ctx: Context, lines: Sequence[NewLine]) -> tuple[NewLine, ...]:
    """The lines, each with the earlier one that it looks like, where the officer said why it isn't the same again.

    Raises:
        UserErrors: the reason is lacking, with the field `like_reason` of each.
    """
    found = alike(ctx, lines)
    errors = [
        UserError(
            told(found[at][0]),
            "Say why it isn't the same again, or leave it out.",
            f"lines.{at}.like_reason" if len(lines) > 1 else "like_reason",
        )
        for at, line in enumerate(lines)
        if at in found and not line.like_reason.strip()
    ]
    if errors:
        raise UserErrors(errors)
    return tuple(
        replace(line, like_id=line.like_id or found[at][0].line_id) if at in found else line
        for at, line in enumerate(lines)
    )


def told(earlier: Alike) -> str:
    """What is said of an earlier line."""
    return (
        f"Adjustment {earlier.number} by {earlier.made_by} is the same: {earlier.kind_title}, {earlier.amount.dr_cr()}, "
        f"for {earlier.effective_on.day} {earlier.effective_on:%b %Y} ({earlier.state.value})."
    )


def _key(line: NewLine) -> _Key:
    return line.account_id, line.other_account_id, line.kind, line.amount.pence


def _standing(ctx: Context, lines: Sequence[NewLine], near: timedelta) -> Mapping[_Key, list[Alike]]:
    """Standing lines of the same accounts in the days that matter, by what they are, the latest first."""
    days = [line.effective_on for line in lines]
    found: defaultdict[_Key, list[Alike]] = defaultdict(list)
    statement = (
        select(AdjustmentLine, Adjustment, AdjustmentKind.title, Officer.name)
        .join(Adjustment, Adjustment.id == AdjustmentLine.adjustment_id)
        .join(AdjustmentKind, AdjustmentKind.key == AdjustmentLine.kind)
        .join(Officer, Officer.id == Adjustment.made_by)
        .where(
            Adjustment.state.in_(STANDING),
            or_(
                Adjustment.made_at >= ctx.clock.now() - near,
                AdjustmentLine.effective_on.between(min(days) - near, max(days) + near),
            ),
        )
        .order_by(AdjustmentLine.id.desc())
    )
    for chunk in in_chunks(_same(ctx, lines)):
        for row, of, title, officer in ctx.session.execute(statement.where(AdjustmentLine.id.in_(chunk))):
            found[row.account_id, row.other_account_id, row.kind, row.pence].append(_alike(row, of, title, officer))
    return found


def _same(ctx: Context, lines: Sequence[NewLine]) -> list[int]:
    """The lines ever entered with the same accounts, kind and amount, the latest first: found by account alone.

    With the adjustments joined, the database reads every line of all that stand, once for each portion of accounts.
    """
    wanted = {_key(line) for line in lines}
    columns = (AdjustmentLine.account_id, AdjustmentLine.other_account_id, AdjustmentLine.kind, AdjustmentLine.pence)
    found: list[int] = []
    for chunk in in_chunks(sorted({line.account_id for line in lines})):
        rows = ctx.session.execute(select(AdjustmentLine.id, *columns).where(AdjustmentLine.account_id.in_(chunk)))
        found += (line_id for line_id, *key in rows if tuple(key) in wanted)
    return sorted(found, reverse=True)


def _alike(row: AdjustmentLine, of: Adjustment, title: str, officer: str) -> Alike:
    return Alike(
        line_id=row.id,
        adjustment_id=of.id,
        number=of.number,
        account_id=row.account_id,
        kind_title=title,
        amount=Money(row.pence),
        effective_on=row.effective_on,
        state=of.state,
        made_by=officer,
        made_at=of.made_at,
    )
