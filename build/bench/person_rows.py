"""The row about people: opening anybody, with everything that is linked to them."""

from __future__ import annotations

import gc
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import dataset
from measuring import Figure, Row, say, slowest_of
from sqlalchemy import func, select

from app import registered
from app.models.accounts import Account
from app.models.arrangements import Arrangement
from app.models.benefits import BenefitAward, BenefitClaim
from app.models.people import Associate, PersonAddress, Tenant
from app.models.properties import Property
from app.models.tenancies import GarageHome, Tenancy
from app.models.values import (
    AccountKind,
    AddressKind,
    Authority,
    BenefitKind,
    ClaimState,
    Frequency,
    Fund,
    HoldKind,
    LifeEvent,
    PaymentMethod,
    PropertyType,
    Subject,
    Tenure,
)
from app.services.core.context import Context
from app.services.diary import keeping as diary
from app.services.diary import queries as diary_queries
from app.services.diary.dto import NewTask, TaskFilter, Whose
from app.services.documents import queries as documents
from app.services.holds import keeping as holds
from app.services.holds.dto import PlaceHold
from app.services.ledger import queries as ledger
from app.services.people.queries import people_of
from app.services.rent import header as headers
from app.services.rent.opening import account_of
from app.services.tenancies.life_events.dto import Happened
from app.services.tenancies.life_events.queries import what_hangs

_PEOPLE = 100
_TASKS = 5
_NOTES = 10
_FAR = 550
"""People so far apart that no two share a page of the file."""


def open_person(folder: Path) -> Figure:
    """Everything that is linked to somebody among 60,000: the slower of opening their account and of listing what hangs on them.

    Opening is the header with every linked account, the lines, notes, tasks, documents and people.
    """
    registered.register()
    path = dataset.copy_of(dataset.landlord(), folder / "people.db")
    numbers = [1 + at * _FAR for at in range(_PEOPLE)]
    with dataset.desk_at(path) as desk:
        desk.do(_link, numbers)

        def opening(person: int) -> None:
            account = desk.ask(account_of, Subject.PERSON, person)
            desk.ask(headers.account_header, account)
            desk.ask(ledger.ledger_page, account)
            desk.ask(diary_queries.notes, Subject.ACCOUNT, account)
            desk.ask(diary_queries.tasks, TaskFilter(Whose.ALL, subject=Subject.ACCOUNT, subject_id=account))
            desk.ask(documents.listed, Subject.ACCOUNT, account)
            desk.ask(people_of, account)

        def hanging(person: int) -> None:
            desk.ask(what_hangs, Happened(person, LifeEvent.DEATH, dataset.TODAY))

        hung = len(desk.ask(what_hangs, Happened(numbers[1], LifeEvent.DEATH, dataset.TODAY)))
        say(f"    people on whom {hung} things hang")
        gc.freeze()  # as the window does once its pages are shown
        figures = [slowest_of([partial(way, number) for number in numbers]) for way in (opening, hanging)]
        say(f"    opened in {figures[0].ours:.1f} ms, what hangs on them in {figures[1].ours:.1f} ms")
        return max(figures, key=lambda figure: figure.ours)


def _link(ctx: Context, numbers: list[int]) -> None:
    """Give each of these people a garage, somebody who holds their home with them, and what an office keeps of them."""
    last = ctx.session.scalar(select(func.max(Account.id))) or 0
    for at, number in enumerate(numbers, start=1):
        home = ctx.session.scalars(select(Account.id).where(Account.tenancy_id == number)).one()
        garage = _garage(ctx, number, last + at)
        ctx.session.add(Tenant(tenancy_id=number, person_id=number + 1, position=2))
        ctx.session.add(PersonAddress(person_id=number, kind=AddressKind.PREVIOUS, lines="1 Sample Road"))
        ctx.session.add(
            Associate(
                person_id=number,
                name="Ms Dana Sample",
                relation="daughter",
                authority=Authority.SPEAK,
                from_on=date(2024, 4, 1),
            )
        )
        for account in (home, garage):
            ctx.session.add(_arrangement(account))
            holds.place(ctx, PlaceHold(account, HoldKind.DISPUTE, "Disputes the service charge"))
        _claim(ctx, number)
        for which in range(_TASKS):
            due = dataset.TODAY + timedelta(days=which)
            diary.add_task(ctx, NewTask(f"Task {which}", due, "", Subject.ACCOUNT, home))
        for which in range(_NOTES):
            diary.add_note(ctx, Subject.ACCOUNT, home, f"Note {which} about the account")
    ctx.session.flush()


def _garage(ctx: Context, number: int, account_id: int) -> int:
    place = Property(
        ref=f"G{number:06}",
        type=PropertyType.GARAGE,
        address_1=f"Garage {number}, Sample Court",
        rent_group_id=1,
    )
    ctx.session.add(place)
    ctx.session.flush()
    ref = f"TG{number:06}"
    letting = Tenancy(
        ref=ref,
        ref_key=ref,
        property_id=place.id,
        tenure=Tenure.GARAGE,
        start_on=date(2025, 4, 7),
        payment_method=PaymentMethod.DIRECT_DEBIT,
    )
    ctx.session.add(letting)
    ctx.session.flush()
    ctx.session.add(Tenant(tenancy_id=letting.id, person_id=number, position=1))
    ctx.session.add(GarageHome(tenancy_id=letting.id, home_id=number, near=True))
    account = Account(
        id=account_id,
        kind=AccountKind.GARAGE,
        tenancy_id=letting.id,
        rent_group_id=1,
        fund=Fund.HRA,
        payment_reference=f"G{number:08}",
        reference_key=f"G{number:08}",
        name="Somebody",
        opened_on=date(2025, 4, 7),
    )
    ctx.session.add(account)
    ctx.session.flush()
    return account.id


def _arrangement(account_id: int) -> Arrangement:
    return Arrangement(account_id=account_id, amount_pence=500, frequency=Frequency.WEEKLY, starts_on=date(2026, 10, 5))


def _claim(ctx: Context, number: int) -> None:
    claim = BenefitClaim(
        tenancy_id=number,
        person_id=number,
        kind=BenefitKind.HOUSING_BENEFIT,
        state=ClaimState.LIVE,
        claimed_on=date(2025, 4, 7),
    )
    ctx.session.add(claim)
    ctx.session.flush()
    ctx.session.add(
        BenefitAward(
            claim_id=claim.id,
            from_on=date(2025, 4, 7),
            amount_pence=6_000,
            frequency=Frequency.WEEKLY,
            to_landlord=True,
        )
    )


ROWS = (Row("person", "anybody among 60,000 opened with everything linked, p95", "ms", 100, open_person),)
