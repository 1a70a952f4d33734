"""Direct Debits at the made-up landlord: a month collected, and mandates in every state."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from sqlalchemy import func, select

from app.models.direct_debits.mandates import Mandate
from app.models.officers import Officer
from app.models.values import Frequency
from app.services.bacs.rules import destination
from app.services.core.context import Context
from app.services.core.officers import current
from app.services.core.permissions import Permission, requires
from app.services.demonstration import debit_mandates as mandates
from app.services.demonstration.debit_year import Debiters, collect_some, lodge_some
from app.services.direct_debits.mandates import daily, keeping
from app.services.direct_debits.notices import commands as notices
from app.services.direct_debits.notices.dto import ToldByPhone
from app.services.direct_debits.schedules.dto import Terms

_NAMES: Final = ("demo.officer", "demo.senior", "demo.leader")
_LOADED, _NEW, _LODGED, _APART = 5, 2, 2, 3
_TERMS: Final = (
    (Frequency.MONTHLY, 1),
    (Frequency.MONTHLY, 8),
    (Frequency.FORTNIGHTLY, 4),
    (Frequency.MONTHLY, 15),
    (Frequency.WEEKLY, 0),
    (Frequency.MONTHLY, 22),
    (Frequency.MONTHLY, 8),
)
_LAPSED: Final = 770
"""Days since the bank saw anything of a mandate: over the 24 months after which it lets one lapse."""


@requires(Permission.LOAD_LANDLORD)
def debit_some(ctx: Context) -> None:
    """Keep mandates as the made-up officers, each with its schedule, and collect from some of them last month.

    Some are in force and were in another system before, others wait to be lodged, or were suspended, amended, cancelled by the
    bank, returned by it as expired, or let lapse.
    """
    names = select(Officer.username, Officer.id).where(Officer.username.in_(_NAMES))
    ids = {row.username: row.id for row in ctx.session.execute(names)}
    if len(ids) < len(_NAMES) or ctx.session.scalar(select(func.count()).select_from(Mandate)):
        return
    office = Debiters(*(replace(ctx, officer=current(ctx.session, ids[name])) for name in _NAMES))
    acting = office.keeper
    first = _LOADED + _NEW
    accounts = mandates.accounts(acting, first)
    more = list(enumerate(mandates.others(acting, accounts), first + 1))
    collect_some(office, more[_APART:])
    lodge_some(office, more[:_LODGED])
    for at, account in more[_LODGED:_APART]:
        mandates.load(acting, at, account, _terms(ctx, at), _LAPSED)
    kept = [mandates.load(acting, at, each, _terms(ctx, at)) for at, each in enumerate(accounts[:_LOADED])]
    for at, account in enumerate(accounts[_LOADED:first], _LOADED):
        mandates.take(acting, at, account, _terms(ctx, at))
    if len(kept) > 1:
        keeping.suspend(acting, kept[1], "Their bank wrote that the account was closed; a new form was asked for")
    if len(kept) > 2:
        other = destination(*mandates.NUMBERS[first])
        keeping.amend(acting, kept[2], other, kept[2].payer_name, "Told by telephone, identity checked")
    if len(kept) > 3:
        told = "Rang the payer: told every day and amount, the reference and our name"
        notices.tell_by_phone(acting, ToldByPhone(kept[3].id, told))
    daily.run(acting)


def _terms(ctx: Context, at: int) -> Terms:
    frequency, day = _TERMS[at % len(_TERMS)]
    return Terms(frequency, day, ctx.clock.today())
