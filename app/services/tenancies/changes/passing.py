"""One tenancy ends and another begins from it: the ending, the start, their garages and their history, in one transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from app.models.properties import Property
from app.models.values import EndReason, Money, PropertyType, TenancyChange, Tenure, VoidReason
from app.services.charges import facts
from app.services.charges.differences import linked_accounts, post_differences
from app.services.charges.dto import Span
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.effects import Effect
from app.services.core.errors import UserError
from app.services.diary.keeping import written
from app.services.tenancies import keeping
from app.services.tenancies.changes import reading
from app.services.tenancies.changes.reading import Standing
from app.services.tenancies.endings import keeping as endings
from app.services.tenancies.endings import noting, previewing, settling
from app.services.tenancies.endings import reading as ending_reading
from app.services.tenancies.endings.dto import Finish, NoteEnding
from app.services.tenancies.starting import facts as start_facts
from app.services.tenancies.starting import keeping as starting
from app.services.tenancies.starting import previewing as start_previewing
from app.services.tenancies.starting.dto import NewCharge, NewTenant, Started, StartTenancy
from app.services.tenancies.starting.facts import NONE_END

AREAS: Final = frozenset({"rent", "charges", "ledger", "letters", "diary", "documents", "tenancies"})
_DAY: Final = timedelta(days=1)
_OURS: Final = frozenset({"Garages", "Money"})
"""What is told here otherwise than an ending alone would tell it."""
_WRONG: Final = "To put right"
_BEGINS: Final = {
    "Tenancy": "New tenancy",
    "Account": "New tenancy",
    "Charges": "New charges",
    "Money": "New charges",
    "Property": "New home",
}
"""What a start tells, by the groups under which it stands beside an ending."""
_ORDER: Final = (
    _WRONG,
    "Tenancy",
    "New tenancy",
    "Charges",
    "New charges",
    "Money",
    "Garages",
    "Housing Benefit and Universal Credit",
    "Void",
    "New home",
)
"""Groups in the order in which they are read; others follow."""
_EXCUSED: Final = "The last day follows from what else was done"


@dataclass(frozen=True, slots=True)
class Passing:
    """A tenancy that ends as another begins.

    Attributes:
        ends_on: its last day.
        start: what begins.
        change: what the history of both calls it.
        void: why the old property is empty afterwards; None where somebody moves in at once.
        to_new: the balance goes to the new account; else to the former tenant's.
        garages: lettings of garages that pass to the new tenants, or go with the new home; `near` those that are near it.
    """

    found: Standing
    reason: EndReason
    ends_on: date
    start: StartTenancy
    change: TenancyChange
    void: VoidReason | None = None
    to_new: bool = False
    garages: tuple[int, ...] = ()
    near: tuple[int, ...] = ()

    @property
    def same_people(self) -> bool:
        """The same people hold both, so that their garages stay theirs."""
        return self.reason in {EndReason.TRANSFER, EndReason.MUTUAL_EXCHANGE}


def tell(ctx: Context, passing: Passing, also_ending: Mapping[int, date] = NONE_END) -> Iterator[Effect]:
    """The effects of both; `also_ending` are other tenancies that end with them, each by its last day.

    Raises:
        UserError: the ending can't be noted.
    """
    found, start = passing.found, passing.start
    reading.refuse_ending(found)
    finished = can_finish(ctx, passing)
    ended = NoteEnding(
        found.tenancy.id,
        passing.reason,
        agreed_on=passing.ends_on,
        excused=_EXCUSED,
        finish=Finish(void=passing.void, statement=False) if finished else None,
    )
    lets = {start.property_id: Span(start.start_on)}
    if passing.void is None:
        lets[found.case.place.id] = Span(passing.ends_on + _DAY)
    ending = {**also_ending, found.tenancy.id: passing.ends_on}
    begins = start_previewing.preview(ctx, start, ending)
    effects = [
        *(each for each in previewing.of_ending(ctx, found.case, ended, lets) if each.group not in _OURS),
        *_tell_money(passing, finished=finished),
        *_tell_garages(ctx, passing),
        *(replace(each, group=_BEGINS.get(each.group, each.group)) for each in begins),
    ]
    yield from sorted(effects, key=_place)


def _place(effect: Effect) -> int:
    return _ORDER.index(effect.group) if effect.group in _ORDER else len(_ORDER)


def make(ctx: Context, passing: Passing) -> Started:
    """End the one, start the other, and write the history of both.

    Raises:
        UserError: the ending or the start can't be; nothing is saved then.
    """
    end(ctx, passing)
    return begin(ctx, passing)


def end(ctx: Context, passing: Passing) -> None:
    """End the tenancy; where its last week hasn't been charged yet the ending is noted, and finished by a task."""
    reading.refuse_ending(passing.found)
    if can_finish(ctx, passing):
        endings.end_here(
            ctx,
            endings.EndHere(
                passing.found.tenancy.id,
                passing.reason,
                passing.ends_on,
                void=passing.void,
                former=not passing.to_new,
            ),
        )
        return
    if passing.to_new:
        raise UserError(
            f"The weeks to {written(passing.ends_on)} haven't all been charged yet, so the balance isn't known.",
            "Let it stay with the old tenancy, or save this once they are charged.",
            "balance",
        )
    wanted = NoteEnding(passing.found.tenancy.id, passing.reason, agreed_on=passing.ends_on, excused=_EXCUSED)
    noting.note(ctx, wanted)


def begin(ctx: Context, passing: Passing) -> Started:
    """Start what follows; the tenancy before has ended."""
    old = passing.found.tenancy
    started = starting.start(ctx, passing.start)
    for tenancy_id in passing.garages:
        _garage(ctx, passing, tenancy_id, started)
    if passing.garages and passing.same_people:
        why = f"Garages of {old.ref} go with {started.tenancy_ref}"
        key = f"tenancy:{started.tenancy_id}:garages"
        post_differences(ctx, linked_accounts(ctx, {started.account_id}), passing.start.start_on, why, key)
    if passing.to_new:
        new_account = keeping.main_account(ctx, started.tenancy_id)
        settling.carry(
            ctx,
            passing.found.case.account,
            new_account,
            passing.start.start_on,
            f"{old.ref} goes on as {started.tenancy_ref}",
            f"tenancy:{started.tenancy_id}:brought",
        )
    word = passing.change.value.replace("_", " ")
    first = passing.start.start_on
    keeping.record(
        ctx, old.id, passing.change, first, f"Goes on as {started.tenancy_ref}, by {word}.", started.tenancy_id
    )
    keeping.record(ctx, started.tenancy_id, passing.change, first, f"Comes from {old.ref}, by {word}.", old.id)
    return started


def can_finish(ctx: Context, passing: Passing) -> bool:
    """Whether every week up to the last day has been charged, so that the balance is known."""
    charged_to = ending_reading.charged_to(ctx)
    return charged_to is None or charged_to >= passing.ends_on


def charges_on(ctx: Context, account_id: int, day: date) -> tuple[NewCharge, ...]:
    """What an account is charged on a day."""
    return tuple(
        NewCharge(each.code, each.weekly)
        for each in facts.elements_of(ctx, [account_id]).get(account_id, ())
        if each.span.first <= day and (each.span.last is None or day <= each.span.last)
    )


def changes(found: Standing, started: Started) -> Changes:
    """What the pages are told."""
    return Changes(AREAS, found.case.account_ids | {started.account_id})


def _garage(ctx: Context, passing: Passing, tenancy_id: int, started: Started) -> None:
    """A garage goes with the new home; where other people hold that, it is let to them."""
    garage = keeping.tenancy(ctx, tenancy_id)
    place = ctx.session.get_one(Property, garage.property_id)
    if passing.same_people:
        place.linked_tenancy_id = started.tenancy_id
        place.near_dwelling = tenancy_id in passing.near
        ctx.session.flush()
        return
    people = [each.person.id for each in reading.standing(ctx, started.tenancy_id).places]
    account = keeping.main_account(ctx, tenancy_id)
    start = StartTenancy(
        property_id=place.id,
        tenure=Tenure.GARAGE,
        start_on=passing.start.start_on,
        tenants=tuple(NewTenant(person_id=each) for each in people),
        charges=charges_on(ctx, account.id, passing.start.start_on),
        payment_method=passing.start.payment_method,
        home_id=started.tenancy_id,
        near_home=place.near_dwelling,
        welcome=passing.start.welcome,
        ask_to_pay=passing.start.ask_to_pay,
        before_id=tenancy_id,
    )
    made = replace(passing, found=reading.standing(ctx, tenancy_id), start=start, garages=())
    make(ctx, made)


def _tell_money(passing: Passing, *, finished: bool) -> Iterator[Effect]:
    account = passing.found.case.account
    balance = Money(account.balance_pence)
    if not finished:
        words = f"The account is closed once the weeks to {written(passing.ends_on)} are charged: a task reminds you"
        yield Effect("Money", words, after=balance.dr_cr(), warns=True)
        return
    where = "goes to the new account" if passing.to_new else "goes to a former tenant's account"
    yield Effect("Money", f"What is on {account.payment_reference} {where}", balance.dr_cr(), "£0.00")
    if not passing.to_new and balance.pence > 0 and not passing.same_people:
        yield Effect("Money", "Whoever holds the home next doesn't owe it", warns=True)


def _tell_garages(ctx: Context, passing: Passing) -> Iterator[Effect]:
    for garage in ending_reading.garage_rows(ctx, passing.found.case):
        if garage.tenancy_id in passing.garages:
            yield _kept(garage.address, passing, garage.tenancy_id)
        elif garage.exempt:
            first = written(passing.start.start_on)
            words = f"{garage.address} stays as it is, and bears VAT from the week of {first}"
            yield Effect(
                "Garages", words, f"{garage.weekly} without VAT", f"{garage.weekly} with {garage.vat} VAT", True
            )
        else:
            yield Effect("Garages", f"{garage.address} stays as it is")


def _kept(address: str, passing: Passing, tenancy_id: int) -> Effect:
    if not passing.same_people:
        return Effect("Garages", f"{address} is let to the new tenants, with the home")
    near = tenancy_id in passing.near
    return Effect(
        "Garages", f"{address} goes with the new home", after="no VAT" if near else "with VAT", warns=not near
    )


def same_people(
    ctx: Context, found: Standing, property_id: int, on: date, charges: tuple[NewCharge, ...], *, letter: bool
) -> StartTenancy:
    """A tenancy of the same people on the same terms in another home, charged as that is let.

    Raises:
        UserError: it isn't a home.
    """
    tenancy = found.tenancy
    place = start_facts.property_of(ctx, property_id)
    if place.type is not PropertyType.DWELLING:
        raise UserError("That is not a home.", "Choose a dwelling.", "property")
    proposed = start_facts.proposed_charges(ctx, property_id, on)
    return StartTenancy(
        property_id=property_id,
        tenure=tenancy.tenure,
        start_on=on,
        tenants=tuple(NewTenant(person_id=each.person.id) for each in found.holders),
        charges=charges or tuple(NewCharge(each.code, each.amount) for each in proposed),
        payment_method=tenancy.payment_method,
        account_name=found.case.account.name,
        trial_ends_on=tenancy.trial_ends_on,
        term_ends_on=tenancy.term_ends_on,
        welcome=letter,
        before_id=tenancy.id,
        succeeded=tenancy.succeeded,
    )
