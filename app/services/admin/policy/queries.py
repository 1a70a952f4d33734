"""Every policy value, as shipped and as entered, with where it stands today."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import groupby

from sqlalchemy import func, select

from app.models.adjustments import AdjustmentKind
from app.models.charges import ChargeRun
from app.models.periods import Period
from app.models.post_log import PostCategory
from app.models.properties import RentGroup
from app.models.recharges import RechargeItem
from app.models.values import Subject
from app.services.admin.policy import rules
from app.services.admin.policy.dto import KIND, PolicyList, PolicyRow, Standing, number_of
from app.services.approvals.keeping import waiting_for
from app.services.core import policy, policy_values
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission
from app.services.core.policy_values import Key, Value


def list_values(ctx: Context) -> PolicyList:
    """Every value of every policy that there is in this version, by policy, scope and date.

    Raises:
        UserError: the officer may neither change policy values nor read the audit.
    """
    if not {Permission.EDIT_POLICY, Permission.VIEW_AUDIT} & ctx.officer.permissions:
        raise UserError(f"{ctx.officer.name} may not look at the policy values.")
    waiting = waiting_for(ctx, Subject.POLICY, KIND)
    order = {name: at for at, name in enumerate(policy_values.declared())}
    own = (v for v in policy.edited(ctx.session) if v.key in order)
    known = [*(v for values in policy_values.shipped().values() for v in values), *own]
    known.sort(key=lambda v: (order[v.key], v.scope))
    rows: list[PolicyRow] = []
    for (name, scope), group in groupby(known, key=lambda v: (v.key, v.scope)):
        waits = waiting.get(number_of(name, scope))
        rows += _rows(policy_values.declared()[name], list(group), ctx.clock.today(), waits)
    return PolicyList(tuple(rows), earliest(ctx))


def earliest(ctx: Context) -> date:
    """The first day on which a new value may begin."""
    charged = ctx.session.scalar(select(func.max(ChargeRun.week_on)))
    posted = ctx.session.scalar(select(func.count()).select_from(Period))
    return rules.earliest(ctx.clock.today(), charged, bool(posted))


def scope_codes(ctx: Context) -> Mapping[str, tuple[str, ...]]:
    """What the office itself has that some policies may be limited to, by kind of scope."""
    return {
        "rent_group": tuple(ctx.session.scalars(select(RentGroup.code).order_by(RentGroup.code))),
        "category": tuple(ctx.session.scalars(select(PostCategory.key).order_by(PostCategory.position))),
        "adjustment_kind": tuple(ctx.session.scalars(select(AdjustmentKind.key).order_by(AdjustmentKind.place))),
        "recharge": tuple(ctx.session.scalars(select(RechargeItem.key).order_by(RechargeItem.place))),
    }


def _rows(key: Key, values: list[Value], today: date, waits: int | None) -> list[PolicyRow]:
    shipped = {(v.effective_from, v.value) for v in values if not v.edited}
    doubtful = {v.effective_from for v in values if v.verify}
    ordered = rules.in_order(values)
    made = []
    for at, value in enumerate(ordered):
        last_day = rules.ends_on(ordered, at)
        standing = rules.standing(value.effective_from, last_day, today)
        own = (value.effective_from, value.value) not in shipped
        made.append(
            PolicyRow(
                key,
                value.scope,
                rules.scope_in_words(value.scope),
                value.value,
                rules.listed_value(key, value.value),
                value.effective_from,
                last_day,
                standing,
                value.source,
                value.verified_by,
                value.verified_on,
                own,
                not own and value.effective_from in doubtful and not value.verified_by,
                standing is Standing.COMING and value.edited,
                value.row_id,
                waits,
            )
        )
    return made
