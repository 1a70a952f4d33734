"""One tenancy ends and another begins from it: the ending, the start, their garages and their history, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from app.models.values import EndReason, PropertyType, TenancyChange, Tenure, VoidReason
from app.services.charges import facts
from app.services.charges.differences import linked_accounts, post_differences
from app.services.charges.dto import Span
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.diary.keeping import written
from app.services.tenancies import keeping
from app.services.tenancies.changes import reading
from app.services.tenancies.changes.reading import Standing
from app.services.tenancies.endings import finishing, noting, settling
from app.services.tenancies.endings import keeping as endings
from app.services.tenancies.endings import reading as ending_reading
from app.services.tenancies.endings.dto import Carry, NoteEnding
from app.services.tenancies.starting import facts as start_facts
from app.services.tenancies.starting import keeping as starting
from app.services.tenancies.starting.dto import NewCharge, NewTenant, Started, StartTenancy

AREAS: Final = frozenset({"rent", "charges", "ledger", "letters", "diary", "documents", "tenancies"})
_DAY: Final = timedelta(days=1)
EXCUSED: Final = "The last day follows from what else was done"
"""Why there is no notice."""


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

    @property
    def arrangements(self) -> Carry:
        """Who moves goes on paying off what they owe; what somebody else owed isn't the next tenant's to pay."""
        return Carry.KEEP if self.same_people else Carry.END


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
    if set(passing.garages) - {garage.id for garage in passing.found.case.garages}:
        hint = "Open the account again."
        raise UserError("One of those garages no longer belongs with this home.", hint, "garages")
    lets = {passing.found.case.place.id: Span(passing.start.start_on)} if passing.void is None else {}
    follows = noting.Follows(lets, passing.garages)
    if can_finish(ctx, passing):
        endings.end_here(
            ctx,
            endings.EndHere(
                passing.found.tenancy.id,
                passing.reason,
                passing.ends_on,
                void=passing.void,
                former=not passing.to_new,
                arrangements=passing.arrangements,
            ),
            follows,
        )
        return
    if passing.to_new:
        raise UserError(
            f"The weeks to {written(passing.ends_on)} haven't all been charged yet, so the balance isn't known.",
            "Let it stay with the old tenancy, or save this once they are charged.",
            "balance",
        )
    wanted = NoteEnding(passing.found.tenancy.id, passing.reason, agreed_on=passing.ends_on, excused=EXCUSED)
    noting.note(ctx, wanted, follows=follows)


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
    if passing.same_people:
        _go_along(ctx, passing, started)
    word = passing.change.value.replace("_", " ")
    first = passing.start.start_on
    keeping.record(
        ctx, old.id, passing.change, first, f"Goes on as {started.tenancy_ref}, by {word}.", started.tenancy_id
    )
    keeping.record(ctx, started.tenancy_id, passing.change, first, f"Comes from {old.ref}, by {word}.", old.id)
    return started


def _go_along(ctx: Context, passing: Passing, started: Started) -> None:
    """Holds and flags are on the new account too; where the balance goes there, so do arrangements."""
    old, new = passing.found.case.account, keeping.main_account(ctx, started.tenancy_id)
    settling.copy_marks(ctx, old, new, ctx.clock.today())
    if not passing.to_new:
        return
    why = f"{passing.found.tenancy.ref} goes on as {started.tenancy_ref}"
    settling.carry(ctx, old, new, passing.start.start_on, why, f"tenancy:{started.tenancy_id}:brought")
    for each in finishing.live_arrangements(ctx, passing.found.case):
        finishing.move_back(ctx, each.id, old.id, new.id)


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
    if passing.same_people:
        keeping.link_garage(ctx, tenancy_id, started.tenancy_id, near=tenancy_id in passing.near)
        return
    people = [each.person.id for each in reading.standing(ctx, started.tenancy_id).places]
    account = keeping.main_account(ctx, tenancy_id)
    start = StartTenancy(
        property_id=garage.property_id,
        tenure=Tenure.GARAGE,
        start_on=passing.start.start_on,
        tenants=tuple(NewTenant(person_id=each) for each in people),
        charges=charges_on(ctx, account.id, passing.start.start_on),
        payment_method=passing.start.payment_method,
        home_id=started.tenancy_id,
        near_home=keeping.near_garages(ctx, passing.found.tenancy.id).get(tenancy_id, False),
        welcome=passing.start.welcome,
        ask_to_pay=passing.start.ask_to_pay,
        before_id=tenancy_id,
    )
    made = replace(passing, found=reading.standing(ctx, tenancy_id), start=start, garages=())
    make(ctx, made)


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
