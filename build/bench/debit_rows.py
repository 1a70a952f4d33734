"""Rows about schedules of Direct Debit: 30,000 instalments worked out again."""

from __future__ import annotations

import statistics
from datetime import date
from pathlib import Path

import dataset
from measuring import ROUNDS, Figure, Row, say, seconds
from sqlalchemy import insert, select, text

from app import registered
from app.models.accounts import Account
from app.models.benefits import BenefitAward, BenefitClaim
from app.models.charges import ChargeRun
from app.models.direct_debits.mandates import Mandate, MandateAccount
from app.models.people import Tenant
from app.models.values import BenefitKind, ClaimState, Frequency, MandateState, MandateWay
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.garbage import search_paused
from app.services.direct_debits.schedules import asking, gathering, recalculating, standing
from app.services.direct_debits.schedules.commands import recalculate_all
from app.services.direct_debits.schedules.dto import Scope, Terms
from app.services.direct_debits.schedules.writing import NewVersion, write

_MANY = 30_000
_TERMS = Terms(Frequency.MONTHLY, 15, dataset.TODAY)
_CLAIMED = date(2026, 1, 10)


def schedules(folder: Path) -> Figure:
    """Each round, with another balance on every account, works out 30,000 instalments, tells what differs, and writes them.

    A third have Housing Benefit, a sixth Universal Credit that is paid to us. Milliseconds of each schedule.
    """
    registered.register()
    path = dataset.copy_of(dataset.landlord(), folder / "schedules.db")
    with dataset.desk_at(path) as desk:
        desk.do(_prepare)
        taken: list[float] = []
        for number in range(1, ROUNDS + 1):
            desk.do(_owe, number)
            rehearsal: list[int] = []

            def work(rehearsal: list[int] = rehearsal) -> None:
                found = desk.ask(recalculating.rehearse, Scope())
                rehearsal.extend(each.mandate_id for each in found.differences)

            told = seconds(work)
            written = seconds(lambda ids=rehearsal: desk.do(recalculate_all, ids))
            if len(rehearsal) != _MANY:
                raise AssertionError(f"{len(rehearsal)} differ, not {_MANY}")
            each = (told * 1000 / _MANY, written * 1000 / _MANY)
            say(f"    round {number}: {each[0]:.3f} ms to rehearse, {each[1]:.3f} ms to work out and write")
            taken.append(each[1])
    return Figure(statistics.median(taken))


def _owe(ctx: Context, number: int) -> None:
    statement = text("UPDATE account SET balance_pence = :pence WHERE tenancy_id IS NOT NULL")
    ctx.session.execute(statement, {"pence": 12_00 * number})


@search_paused()
def _prepare(ctx: Context) -> None:
    """Mandates of the first 30,000 accounts with a schedule each, and claims of half of them."""
    ctx.session.add(ChargeRun(week_on=date(2026, 11, 16), journal=None, lines=0, total_pence=0, exceptions=0))
    accounts = ctx.session.execute(
        select(Account.id, Account.tenancy_id).where(Account.tenancy_id.is_not(None)).order_by(Account.id).limit(_MANY)
    ).all()
    day = {"state_on": dataset.TODAY, "given_on": dataset.TODAY, "received_on": dataset.TODAY}
    by = {"made_by": ctx.officer.id, "made_at": ctx.clock.now()}
    mandates = [
        {
            "id": number,
            "entry_key": f"bench:{number}",
            "account_id": row.id,
            "payer_name": "A TENANT",
            "reference": f"BENCH{number:08}",
            "way": MandateWay.LOADED,
            "state": MandateState.LIVE,
            **day,
            **by,
        }
        for number, row in enumerate(accounts, start=1)
    ]
    paid = [{"mandate_id": each["id"], "account_id": each["account_id"]} for each in mandates]
    ctx.session.execute(insert(Mandate), mandates)
    ctx.session.execute(insert(MandateAccount), paid)
    _claim(ctx, [row.tenancy_id for row in accounts])
    limit = standing.limits(ctx)
    for chunk in in_chunks(range(1, _MANY + 1)):
        stands = standing.read(ctx, chunk).values()
        basis = gathering.read(ctx, [account_id for each in stands for account_id in each.accounts])
        made = []
        for each in stands:
            (found,) = asking.work_again(basis, each, _TERMS, limit)
            made.append(NewVersion(each, found.worked, found.replaced, "Set up"))
        write(ctx, made)


def _claim(ctx: Context, tenancies: list[int]) -> None:
    """Every third tenancy has Housing Benefit, and of the others every fourth Universal Credit, paid to us."""
    holders = {row.tenancy_id: row.person_id for row in ctx.session.scalars(select(Tenant))}
    claims, awards = [], []
    for number, tenancy_id in enumerate(tenancies, start=1):
        weekly = number % 3 == 0
        if not weekly and number % 4:
            continue
        kind = BenefitKind.HOUSING_BENEFIT if weekly else BenefitKind.UNIVERSAL_CREDIT
        claim = {"id": number, "tenancy_id": tenancy_id, "person_id": holders[tenancy_id], "kind": kind}
        claims.append(claim | {"state": ClaimState.LIVE, "claimed_on": _CLAIMED})
        every = Frequency.WEEKLY if weekly else Frequency.MONTHLY
        award = {"claim_id": number, "from_on": _CLAIMED, "amount_pence": 45_00 if weekly else 240_00}
        awards.append(award | {"frequency": every, "to_landlord": True})
    ctx.session.execute(insert(BenefitClaim), claims)
    ctx.session.execute(insert(BenefitAward), awards)


ROWS = (
    Row(
        "schedules", "30,000 Direct Debit schedules recalculated: worked out, explained, written", "ms", 1.0, schedules
    ),
)
