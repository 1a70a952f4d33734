"""Reading the kinds of adjustment and their reasons, with how much they are used."""

from __future__ import annotations

from sqlalchemy import func, select

from app.models.adjustments import AdjustmentLine
from app.models.codes import TransactionCode
from app.models.values import CodeKind, Subject
from app.services.adjustments.catalogue.dto import Catalogue, KindListed, ReasonListed
from app.services.adjustments.catalogue.requests import KIND, number_of
from app.services.adjustments.kinds import kinds, reasons
from app.services.approvals import keeping as approvals
from app.services.approvals import third
from app.services.core.context import Context


def catalogue(ctx: Context) -> Catalogue:
    """Every kind and reason, those in use first, and the codes that a kind may post by."""
    codes = {row.code: row for row in ctx.session.scalars(select(TransactionCode).order_by(TransactionCode.code))}
    waiting = approvals.waiting_for(ctx, Subject.POLICY, KIND)
    known = kinds(ctx)
    of_kind = _used(ctx, "kind")
    of_reason = _used(ctx, "reason")
    listed = [
        KindListed(
            kind=each,
            code_name=codes[each.code].name,
            control=codes[each.code].control,
            second_from=ctx.policy.money("adjustments.second_from", ctx.clock.today(), f"adjustment_kind:{key}"),
            third=third.posts(ctx, (key,)),
            used=of_kind.get(key, 0),
            waiting=waiting.get(number_of(key)),
        )
        for key, each in known.items()
    ]
    shown = [
        ReasonListed(each, ", ".join(known[kind].title for kind in known if kind in each.kinds), of_reason.get(key, 0))
        for key, each in reasons(ctx).items()
    ]
    return Catalogue(
        kinds=tuple(sorted(listed, key=lambda each: not each.kind.active)),
        reasons=tuple(sorted(shown, key=lambda each: not each.reason.active)),
        codes=tuple((row.code, row.name) for row in codes.values() if row.active and row.kind is not CodeKind.CONTROL),
    )


def _used(ctx: Context, column: str) -> dict[str, int]:
    """How many lines each kind, or reason, has."""
    which = AdjustmentLine.kind if column == "kind" else AdjustmentLine.reason
    rows = ctx.session.execute(select(which, func.count()).group_by(which))
    return {row[0]: row[1] for row in rows}
