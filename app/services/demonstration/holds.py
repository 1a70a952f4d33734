"""Who at the made-up landlord is protected from what they owe, and whose account is on hold for another reason."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from sqlalchemy import func, select

from app.models.accounts import Account
from app.models.holds import HoldCase
from app.models.people import Tenant
from app.models.tenancies import Tenancy
from app.models.values import AccountKind, HoldKind
from app.services.core.context import Context
from app.services.core.permissions import Permission, requires
from app.services.holds import keeping
from app.services.holds.cases import commands, queries
from app.services.holds.cases.dto import OpenCase, SearchDebts
from app.services.holds.dto import PlaceHold

_LEFT: Final = 2
"""Those who owe most are left as they are: they are what an officer looks at first."""
_OWED: Final = 150_00
_MOST: Final = 14
_DAYS_AGO: Final = (10, 27, 41, 3, 33, 18)
"""How long ago each breathing space in turn was applied for."""
_HOLDS: Final = (
    (HoldKind.DISPUTE, "Disputes the heating charge", 30),
    (HoldKind.COMPLAINT, "Complaint about repairs, stage 2", 20),
    (HoldKind.STATEMENT_HOLD, "Asked for statements by e-mail only", None),
)


@requires(Permission.PLACE_HOLDS)
def place_holds(ctx: Context) -> None:
    """Enter breathing spaces, one for mental-health crisis and one debt relief order among them, and place other holds."""
    if ctx.session.scalar(select(func.count()).select_from(HoldCase)):
        return
    rows = ctx.session.execute(
        select(Account.id, Tenant.person_id, Tenancy.start_on)
        .join(Tenancy, Tenancy.id == Account.tenancy_id)
        .join(Tenant, Tenant.tenancy_id == Tenancy.id)
        .where(
            Account.kind == AccountKind.RENT,
            Account.balance_pence >= _OWED,
            Tenancy.end_on.is_(None),
            Tenant.position == 1,
        )
        .order_by(Account.balance_pence.desc(), Account.id)
        .limit(_LEFT + _MOST)
    ).all()
    chosen = rows[_LEFT:] or rows[-1:]
    for place, row in enumerate(chosen[: len(chosen) - len(_HOLDS)] or chosen[:1]):
        _case(ctx, place, row.id, row.person_id, row.start_on)
    for (kind, reason, days), row in zip(_HOLDS, reversed(chosen[1:]), strict=False):
        today = ctx.clock.today()
        to_on = today + timedelta(days=days) if days else None
        keeping.place(ctx, PlaceHold(row.id, kind, reason, today - timedelta(days=4), to_on))


def _case(ctx: Context, place: int, account_id: int, person_id: int, since: date) -> None:
    ago = _DAYS_AGO[place % len(_DAYS_AGO)]
    applied_on = max(ctx.clock.today() - timedelta(days=ago), since)
    kind = HoldKind.DEBT_RELIEF_ORDER if place == 2 else HoldKind.BREATHING_SPACE
    found = queries.search(ctx, SearchDebts((person_id,), applied_on))
    if not any(each.account_id == account_id and each.owed.pence > 0 for each in found):
        return
    others = tuple(each.account_id for each in found if each.account_id != account_id and each.owed.pence > 0)
    new = OpenCase(
        kind=kind,
        reference=f"DEMO-{applied_on:%Y}-{place + 1:04}",
        person_ids=(person_id,),
        applied_on=applied_on,
        notified_on=applied_on,
        start_on=applied_on + timedelta(days=1),
        named=(account_id,),
        found=others,
        crisis=place == 1,
        adviser="Sample Debt Advice, Testford, 01632 960111",
        searched=True,
    )
    commands.open_case(ctx, new)
