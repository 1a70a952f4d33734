"""What one tenancy that ends as another begins will do, told before it is done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from app.models.values import Money
from app.services.charges.dto import Span
from app.services.core.context import Context
from app.services.core.effects import Effect
from app.services.diary.keeping import written
from app.services.tenancies import garages
from app.services.tenancies.changes import reading
from app.services.tenancies.changes.passing import EXCUSED, Passing, can_finish
from app.services.tenancies.endings import previewing
from app.services.tenancies.endings import reading as ending_reading
from app.services.tenancies.endings.dto import Finish, NoteEnding
from app.services.tenancies.starting import previewing as start_previewing
from app.services.tenancies.starting.facts import NONE_END

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
        excused=EXCUSED,
        finish=Finish(void=passing.void, arrangements=passing.arrangements, statement=False) if finished else None,
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
        *(replace(each, group=_BEGINS.get(each.group, each.group)) for each in begins if each.group != "Garages"),
    ]
    yield from sorted(effects, key=_place)


def _place(effect: Effect) -> int:
    return _ORDER.index(effect.group) if effect.group in _ORDER else len(_ORDER)


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
    start = passing.start
    people = [each.person_id for each in start.tenants if each.person_id is not None]
    theirs = garages.of_the_home(ctx, start.property_id, people, start.start_on)
    for garage in ending_reading.garage_rows(ctx, passing.found.case):
        if garage.tenancy_id in passing.garages:
            yield _kept(garage.address, passing, garage.tenancy_id)
        elif garage.tenancy_id in theirs:
            yield garages.goes_with(garage.address, near=theirs[garage.tenancy_id], home=start.tenure)
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
