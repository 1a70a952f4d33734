"""Writing the demonstration landlord: rows set-based, money through the ledger with the dates it would have had."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import chain
from typing import Any, Final

from sqlalchemy import func, insert, select

from app.models.accounts import Account
from app.models.arrangements import Arrangement, ArrangementDebt
from app.models.benefits import BenefitAward, BenefitClaim
from app.models.charges import Charge, ChargeRun
from app.models.diary import Note
from app.models.holds import Flag, Hold, HoldStop
from app.models.landlord import Landlord, Setting
from app.models.people import Person, Tenant
from app.models.properties import Property, RentFreeWeek, RentGroup
from app.models.properties import RentYear as StatedYear
from app.models.tenancies import GarageHome, Tenancy
from app.models.values import JournalKind
from app.services.charges.lines import week_lines
from app.services.charges.runs import plan_of
from app.services.core.audit import record_bulk
from app.services.core.calendars import RentYear
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.demonstration import queries
from app.services.demonstration.plan import Batch, Plan
from app.services.demonstration.queries import Begun
from app.services.demonstration.rules.years import Half
from app.services.ledger import posting
from app.services.ledger.dto import JournalHeader, Line
from app.services.ledger.sql import AnySelect
from app.services.rent.search import refresh_search

SETTING: Final = queries.SETTING
_NAME: Final = "Demonstration landlord"
Posting = tuple[JournalHeader, Sequence[Line] | AnySelect]
_TABLES: Final[tuple[tuple[str, Any], ...]] = (
    ("rent_year", StatedYear),
    ("rent_group", RentGroup),
    ("rent_free_week", RentFreeWeek),
    ("property", Property),
    ("person", Person),
    ("tenancy", Tenancy),
    ("tenant", Tenant),
    ("garage_home", GarageHome),
    ("account", Account),
    ("charge", Charge),
    ("flag", Flag),
    ("hold", Hold),
    ("hold_stop", HoldStop),
    ("arrangement", Arrangement),
    ("arrangement_debt", ArrangementDebt),
    ("benefit_claim", BenefitClaim),
    ("benefit_award", BenefitAward),
    ("note", Note),
)
"""In the order in which they may be written."""
_LANDLORD: Final = {
    "name": _NAME,
    "office": "Housing Rents",
    "address": "Civic Offices\n1 Sampler Square\nTestford\nZZ1 1AA",
    "phone": "01632 960001",
    "email": "rents@landlord.example",
    "website": "www.landlord.example/rent",
    "how_to_pay": (
        "By Direct Debit on the 1st, 8th, 15th or 22nd: ring 01632 960001.\n"
        "By standing order or bank transfer: give the reference above.\n"
        "With your payment card at any shop that shows the sign.\n"
        "By debit card on 01632 960002, day and night."
    ),
    "reference_scheme": "mod11",
    "demonstration": True,
}


@requires(Permission.LOAD_LANDLORD)
def fill(ctx: Context, plan: Plan) -> None:
    """Write everything but the money: properties, people, tenancies, accounts, charges, what is remarked on them.

    Raises:
        UserError: the database holds a landlord already.
    """
    if ctx.session.scalar(select(func.count()).select_from(Property)):
        raise UserError(
            "This database holds a landlord already, so the demonstration landlord can't go into it.",
            "Make an empty database for it: rentbook --db demo.db db create.",
        )
    _write_landlord(ctx, plan)
    for name, model in _TABLES:
        ctx.cancel.check()
        rows = plan.rows.get(name, [])
        if name == "note":
            rows = [row | {"officer_id": ctx.officer.id} for row in rows]
        if name == "hold":
            rows = [row | {"placed_by": ctx.officer.id} for row in rows]
        if rows:
            ctx.session.execute(insert(model.__table__), rows)
            record_bulk(ctx, name, "insert", rows=len(rows), part_of=_NAME)
    refresh_search(ctx)


@requires(Permission.LOAD_LANDLORD)
def open_current_year(ctx: Context, plan: Plan) -> None:
    """Post each account's balance at the start of the current rent year, which stands in for the years before it."""
    posting.append_series(ctx, _openings("opening", plan.years.opening_day(plan.years.current), plan.openings))


@requires(Permission.LOAD_LANDLORD)
def post_month(ctx: Context, plan: Plan, month: tuple[int, int]) -> None:
    """Post what happened in a calendar month of the current rent year, in order of accounting dates."""
    works = _works(plan, plan.years.current)
    _post(ctx, [(on, work) for on, work in works if (on.year, on.month) == month])


@requires(Permission.LOAD_LANDLORD)
def post_earlier(ctx: Context, plan: Plan, half: Half) -> None:
    """Post the half year before what is there, and move the opening balances back to its start.

    What stood in for it is taken back on the day it stood, and what is left of that once the half year's lines are
    counted opens the half year: from that day on every balance, at any date, is what it was.
    """
    if ctx.session.get(ChargeRun, half.first) is not None:
        return
    works = [(on, work) for on, work in _works(plan, half.year) if half.first <= on <= half.last]
    _post(ctx, works, partial(_moved_back, ctx, half, queries.tenant_balances(ctx, half.last)))


def _moved_back(ctx: Context, half: Half, stood: Mapping[int, int]) -> Iterator[Posting]:
    """The journals that move the opening balances back, once the lines of the half year are in the ledger."""
    then = queries.tenant_balances(ctx, half.last)
    left = {number: 2 * stood.get(number, 0) - pence for number, pence in then.items()}
    yield from _openings("taken-back", half.last, {number: -pence for number, pence in stood.items()})
    yield from _openings("opening", half.opening_day, left)


def _write_landlord(ctx: Context, plan: Plan) -> None:
    session = ctx.session
    standing = session.scalars(select(Landlord).order_by(Landlord.id)).first()
    if standing is None:
        session.add(Landlord(**_LANDLORD))
    else:
        for name, value in _LANDLORD.items():
            setattr(standing, name, value)
    session.add(
        Setting(key=SETTING, value=queries.setting_of(Begun(plan.size, plan.seed, plan.today, plan.first_account)))
    )
    session.flush()


def _works(plan: Plan, year: RentYear) -> list[tuple[date, Batch | date]]:
    """A year's weekly charges and batches by accounting date, a Monday's charge first."""
    works: list[tuple[date, Batch | date]] = [(monday, monday) for monday in plan.years.weeks(year)]
    works += [(batch.on, batch) for batch in plan.batches[year]]
    return sorted(works, key=lambda work: work[0])


def _post(
    ctx: Context, works: Sequence[tuple[date, Batch | date]], after: Callable[[], Iterator[Posting]] | None = None
) -> None:
    """Post weekly charges and batches as journals, then what comes after them, and keep the weeks that were charged."""
    postings = chain(_postings(ctx, works), after() if after else ())
    posted = posting.append_series(ctx, postings)
    for (_, work), journal in zip(works, posted, strict=False):
        if isinstance(work, date) and not journal.duplicate:
            run = {"journal": journal.journal, "lines": journal.lines, "total_pence": journal.total_pence}
            ctx.session.execute(insert(ChargeRun).values(week_on=work, exceptions=0, **run))


def _postings(ctx: Context, works: Sequence[tuple[date, Batch | date]]) -> Iterator[Posting]:
    for done, (on, work) in enumerate(works):
        ctx.progress(done, len(works), f"{on:%B %Y}")
        if isinstance(work, date):
            yield _charge_header(work), week_lines(plan_of(ctx, work))
        else:
            source = f"{work.channel.source}, week of {work.week.day} {work.week:%b %Y}"
            key = f"demonstration:{work.channel.key}:{work.week}:{on.month}"
            yield JournalHeader(work.channel.kind, on, source, key), work.lines


def _charge_header(monday: date) -> JournalHeader:
    """The journal of a week, as the charge run posts it."""
    return JournalHeader(
        kind=JournalKind.CHARGE_RUN,
        accounting_on=monday,
        source=f"Weekly charge {monday}",
        idempotency_key=f"charge:{monday}",
        narrative=f"Charge for the week of {monday:%d %b %Y}",
    )


def _openings(what: str, on: date, balances: Mapping[int, int]) -> Iterator[Posting]:
    lines = [Line(number, "ROB", pence, on) for number, pence in sorted(balances.items()) if pence]
    if lines:
        source = f"Balances of {on.day} {on:%b %Y}{', taken back' if what == 'taken-back' else ''}"
        yield JournalHeader(JournalKind.OPENING, on, source, f"demonstration:{what}:{on}"), lines
