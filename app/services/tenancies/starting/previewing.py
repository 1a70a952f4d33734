"""What a start will do, told before it is done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.models.endings import VoidPeriod
from app.models.people import Tenant
from app.models.properties import Property, RentFreeWeek
from app.models.tenancies import Tenancy
from app.models.values import ZERO, PropertyType, Tenure
from app.services.charges import differences
from app.services.charges import facts as charge_facts
from app.services.charges.dto import Element, Span
from app.services.charges.facts import AccountFacts, AsIf, Home
from app.services.core.calendars import WEEK, week_monday
from app.services.core.context import Context
from app.services.core.effects import Effect
from app.services.diary.keeping import due_in
from app.services.rent.rules import KIND_WORDS, one_line
from app.services.tenancies import garages, keeping
from app.services.tenancies.starting import debts, facts, rules
from app.services.tenancies.starting.dto import Facts, StartTenancy
from app.services.tenancies.starting.following import ASKED, TRIAL_REVIEW
from app.services.tenancies.starting.keeping import account_name, alike
from app.services.tenancies.starting.rules import TENURE_WORDS, written


@dataclass(frozen=True, slots=True)
class _Plan:
    """A start with what its preview is made from."""

    new: StartTenancy
    found: Facts
    place: Property
    elements: tuple[tuple[str, Element], ...]
    charged: tuple[date, ...]


def preview(ctx: Context, new: StartTenancy, ending: Mapping[int, date] = facts.NONE_END) -> tuple[Effect, ...]:
    """What stands against a start and what it will do, in words and sums; nothing is written.

    `ending` are the tenancies that end with it, as in a transfer, each by its last day.

    Raises:
        UserError: there is no such property.
    """
    place = facts.property_of(ctx, new.property_id)
    found = facts.gather(ctx, new, ending)
    wrong = [*rules.faults(new, found), *alike(ctx, new)]
    plan = _Plan(new, found, place, _elements(ctx, new), ())
    effects = [Effect("To put right", str(each), warns=True) for each in wrong]
    effects += _tenancy(ctx, plan)
    effects += debts.tell(ctx, {each.person_id for each in new.tenants if each.person_id is not None})
    if found.limits.earliest <= new.start_on <= found.limits.latest:
        charged = differences.charged_mondays(ctx, new.start_on)
        plan = _Plan(new, found, place, plan.elements, charged)
        effects += [*_charges(ctx, plan), *_void(ctx, plan), *_garages(ctx, plan), *_after(ctx, plan)]
    return tuple(effects)


def _tenancy(ctx: Context, plan: _Plan) -> Iterator[Effect]:
    new = plan.new
    yield Effect(
        "Tenancy", f"{TENURE_WORDS[new.tenure].capitalize()} begins", after=f"{new.start_on:%A} {written(new.start_on)}"
    )
    if new.tenure is Tenure.INTRODUCTORY:
        usual = rules.months_on(new.start_on, plan.found.limits.trial_months)
        ends = new.trial_ends_on or usual
        yield Effect("Tenancy", "The trial ends", after=written(ends), warns=ends != usual)
    if new.tenure is Tenure.FLEXIBLE:
        ends = new.term_ends_on or rules.months_on(new.start_on, 12 * plan.found.limits.term_years)
        yield Effect("Tenancy", "The fixed term ends", after=written(ends))
    young = [
        each
        for each in new.tenants
        if each.date_of_birth and rules.age_on(each.date_of_birth, new.start_on) < rules.ADULT
    ]
    if young:
        text = "A tenant is under 18 on the first day: they can't hold a legal tenancy, so somebody holds it in trust."
        yield Effect("Tenancy", text, warns=True)
    kind = KIND_WORDS[rules.main_account_kind(new, plan.place.type)]
    made = sum(each.person_id is None for each in new.tenants)
    if made:
        yield Effect("Tenancy", f"{made} new {'person is' if made == 1 else 'people are'} added")
    name = account_name(ctx, new)
    yield Effect("Account", f"{kind} opened, with a new payment reference", after=name)


def _charges(ctx: Context, plan: _Plan) -> Iterator[Effect]:
    new = plan.new
    if not plan.elements:
        yield Effect("Charges", "Nothing is charged by the week")
        return
    weekly = sum((element.weekly for _, element in plan.elements), ZERO)
    parts = " + ".join(str(element.weekly) for _, element in plan.elements)
    yield Effect("Charges", "A week", after=f"{parts} = {weekly}" if len(plan.elements) > 1 else str(weekly))
    if any(element.vat for _, element in plan.elements):
        vat = charge_facts.vat_of(_homes(ctx, plan), week_monday(new.start_on))
        yield Effect("Charges", vat.label[:1].upper() + vat.label[1:], warns=vat.charged)
    yield from _first_week(ctx, plan)
    yield from _already(ctx, plan)


def _first_week(ctx: Context, plan: _Plan) -> Iterator[Effect]:
    free = _is_free(ctx, plan.place.rent_group_id, week_monday(plan.new.start_on))
    week = rules.first_week(plan.new.start_on, plan.elements, free=free)
    group = f"First week, from {written(plan.new.start_on)}"
    if week.free:
        yield Effect(group, f"The week is rent free: no {', no '.join(name.lower() for name in week.free)}")
    for each in week.sums:
        yield Effect(group, each.name, after=str(each.part))
    if len(week.sums) > 1:
        yield Effect(group, "Together", after=str(week.total))


def _already(ctx: Context, plan: _Plan) -> Iterator[Effect]:
    """What the weeks that were charged before it was known should have had."""
    if not plan.charged:
        monday = week_monday(plan.new.start_on)
        yield Effect("Money", "First charged with the weekly charge of", after=f"{monday:%A} {written(monday)}")
        return
    account = _account_facts(ctx, plan)
    rates = charge_facts.vat_rates(ctx, plan.charged)
    due = sum((line.amount for monday in plan.charged for line in account.lines(monday, rates[monday])), ZERO)
    first, last = plan.charged[0], plan.charged[-1]
    weeks = "The week" if first == last else f"{len(plan.charged)} weeks"
    until = written(first) if first == last else f"{written(first)} to {written(last)}"
    text = (
        f"{weeks} of {until} {'was' if first == last else 'were'} charged already: what is due is posted when you save"
    )
    yield Effect("Money", text, after=str(due), warns=True)
    yield Effect("Money", "Then charged by itself from", after=written(last + WEEK))


def _void(ctx: Context, plan: _Plan) -> Iterator[Effect]:
    place, new = plan.place, plan.new
    standing = ctx.session.scalars(
        select(VoidPeriod).where(VoidPeriod.property_id == place.id, VoidPeriod.to_on.is_(None))
    ).first()
    ended = [each.last for each in plan.found.lets if each.last is not None and each.last < new.start_on]
    if standing is not None or ended:
        last_day = written(new.start_on - rules.DAY)
        if not ended or max(ended) < new.start_on - rules.DAY:
            yield Effect("Property", "The void ends", after=last_day)
    as_if = AsIf(lets={place.id: Span(new.start_on)})
    back = differences.difference_of(differences.void_differences(ctx, {place.id}, new.start_on, as_if=as_if))
    if back:
        yield Effect("Property", "Taken back from the void control account", after=str(-back))


def _garages(ctx: Context, plan: _Plan) -> Iterator[Effect]:
    """The garages that the tenants rented with this home before go with it again."""
    new = plan.new
    known = {each.person_id for each in new.tenants if each.person_id is not None}
    if plan.place.type is not PropertyType.DWELLING or not known:
        return
    for tenancy_id, near in garages.of_the_home(ctx, plan.place.id, known, new.start_on).items():
        place = ctx.session.get_one(Property, keeping.tenancy(ctx, tenancy_id).property_id)
        where = one_line(place.address_1, place.address_2, place.postcode)
        yield garages.goes_with(where, near=near, home=new.tenure)


def _after(ctx: Context, plan: _Plan) -> Iterator[Effect]:
    new = plan.new
    if new.welcome:
        yield Effect("Letters", "The welcome letter is queued, the first statement behind it")
    today = ctx.clock.today()
    if new.ask_to_pay and new.payment_method in ASKED:
        days = ctx.policy.number("lettings.payment_set_up_days", today)
        yield Effect("Tasks", ASKED[new.payment_method][1], after=f"due {written(due_in(ctx, days))}")
    if new.tenure is Tenure.INTRODUCTORY:
        yield Effect("Tasks", TRIAL_REVIEW[1], after="before the trial ends")


def _elements(ctx: Context, new: StartTenancy) -> tuple[tuple[str, Element], ...]:
    codes = facts.charge_codes(ctx)
    return tuple(
        (codes[each.code].name, charge_facts.flagged(codes[each.code], each.code, each.amount, Span(new.start_on)))
        for each in new.charges
        if each.code in codes
    )


def _account_facts(ctx: Context, plan: _Plan) -> AccountFacts:
    """What will decide the account's charge, as if it were there."""
    free = charge_facts.free_weeks(ctx)
    return AccountFacts(
        account_id=0,
        property_id=plan.place.id,
        tenancy_id=0,
        tenancy=Span(plan.new.start_on),
        closed_on=None,
        elements=tuple(element for _, element in plan.elements),
        free_weeks=free.get(plan.place.rent_group_id, frozenset()),
        homes=_homes(ctx, plan),
    )


def _homes(ctx: Context, plan: _Plan) -> tuple[Home, ...]:
    new = plan.new
    always = Span(date.min)
    if plan.place.type is PropertyType.DWELLING:
        return (Home(new.tenure, always, (always,)),)
    home = ctx.session.get(Tenancy, new.home_id) if new.home_id is not None else None
    if home is None:
        return ()
    known = {each.person_id for each in new.tenants if each.person_id is not None}
    held = ctx.session.scalars(select(Tenant).where(Tenant.tenancy_id == home.id))
    same = tuple(Span(each.from_on or date.min, each.to_on) for each in held if each.person_id in known)
    return (Home(home.tenure, Span(home.start_on, home.end_on), same, new.near_home),)


def _is_free(ctx: Context, rent_group_id: int, monday: date) -> bool:
    return ctx.session.get(RentFreeWeek, (rent_group_id, monday)) is not None
