"""Long chains of starts, changes, corrections, endings and their reversals: after each step the records and the money agree.

What is put right later (an account's weeks, the voids between lets, the former tenant's account) must follow from the records
alone, whatever came before; so nothing here knows figures, only what has to hold of them.
"""

import shutil
from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test
from sqlalchemy import select

from app.models.accounts import Account
from app.models.charges import Charge
from app.models.endings import STANDING, Ending, VoidPeriod
from app.models.people import Person, Tenant
from app.models.properties import Property
from app.models.tenancies import Tenancy
from app.models.values import AccountKind, EndingState, EndReason, Money, PaymentMethod, Tenure, VoidReason
from app.services.charges import differences
from app.services.charges import jobs as charging
from app.services.core import database as databases
from app.services.core.clock import FixedClock
from app.services.core.errors import UserError
from app.services.core.session import Database, Desk
from app.services.ledger import checks
from app.services.tenancies.changes import commands as changes
from app.services.tenancies.changes import queries
from app.services.tenancies.changes.dto import (
    Assign,
    Balance,
    CorrectEnd,
    CorrectStart,
    Exchange,
    Ground,
    ToJoint,
    ToSole,
    Transfer,
)
from app.services.tenancies.debit_control import queries as debit
from app.services.tenancies.endings import commands as endings
from app.services.tenancies.endings.dto import Finish, NoteEnding, TakeBack
from app.services.tenancies.starting import commands as starting
from app.services.tenancies.starting.dto import NewCharge, NewTenant, StartTenancy
from tests.conftest import OFFICER, TODAY
from tests.factories import lettings

START, FIRST = date(2026, 8, 3), date(2026, 11, 2)
FAR = date.max
DAYS = st.integers(0, 34).map(lambda ahead: date(2026, 10, 29) + timedelta(days=ahead))
WHICH = st.integers(0, 7)


@pytest.fixture(scope="session")
def street(template, tmp_path_factory) -> Path:
    """Three homes, the third of them void, a garage and two people besides, charged from 2 to 16 November 2026."""
    path = tmp_path_factory.mktemp("chains") / "street.db"
    shutil.copy(template, path)
    database = Database(databases.database_url(path))
    desk = Desk.sit_down(database, OFFICER, FixedClock(TODAY))

    def build(ctx):
        first = lettings.letting(ctx, "100.00", DSC="4.50", start_on=START)
        lettings.letting(ctx, "90.00", start_on=START, who=("Kim", "Second"))
        lettings.letting(ctx, "80.00", start_on=START, end_on=FIRST - timedelta(days=1), who=("Lee", "Third"))
        lettings.garage_letting(ctx, home=first, start_on=START)
        lettings.person(ctx, "Pat", "Fourth")
        lettings.person(ctx, "Robin", "Fifth")

    desk.do(build)
    charging.catch_up(desk, FIRST)
    charging.catch_up(desk, date(2026, 11, 16))
    database.close()
    return path


class Chains(RuleBasedStateMachine):
    """An office that saves whatever it is let save."""

    def __init__(self, street: Path, path: Path) -> None:
        super().__init__()
        shutil.copy(street, path)
        self.database = Database(databases.database_url(path))
        self.desk = Desk.sit_down(self.database, OFFICER, FixedClock(TODAY))

    def teardown(self):
        try:
            assert self.desk.ask(checks.check) == ()
            for week in self.desk.ask(debit.weeks):
                sheet = self.desk.ask(debit.sheet, week.week_on)
                assert sheet.unmatched == ()
                assert all(_adds_up(line) for line in sheet.lines)
        finally:
            self.database.close()

    @rule(place=WHICH, person=WHICH, day=DAYS, home=st.none() | WHICH)
    def start(self, place, person, day, home):
        where = self.pick(Property, place)
        garage = where.ref.startswith("G")
        self.save(
            starting.start,
            StartTenancy(
                where.id,
                Tenure.GARAGE if garage else Tenure.SECURE,
                day,
                (NewTenant(person_id=self.pick(Person, person).id),),
                (NewCharge("DGA" if garage else "DBR", Money(71_00)),),
                PaymentMethod.CASH,
                home_id=self.pick(Tenancy, home, Tenancy.tenure == Tenure.SECURE).id
                if garage and home is not None
                else None,
                near_home=garage and home is not None,
                second_home="Moves in little by little",
                welcome=False,
            ),
        )

    @rule(which=WHICH, day=DAYS, at_once=st.booleans(), garage=st.booleans())
    def end(self, which, day, at_once, garage):
        self.save(endings.save, self.ending(self.pick(Tenancy, which), day, at_once=at_once, garage=garage))

    @rule(which=WHICH, day=DAYS, at_once=st.booleans(), garage=st.booleans())
    def end_and_take_back(self, which, day, at_once, garage):
        """An ending that is taken back at once leaves nothing behind."""
        tenancy = self.pick(Tenancy, which)
        if tenancy.end_on is not None:
            return
        before = self.shown()
        done = self.save(endings.save, self.ending(tenancy, day, at_once=at_once, garage=garage))
        if done is not None:
            assert self.save(endings.take_back, TakeBack(done.ending_id, done.version, "A mistake")) is not None
            assert self.shown() == before

    @rule(which=WHICH)
    def take_back(self, which):
        ending = self.pick(Ending, which, Ending.state.in_(STANDING))
        if ending is not None:
            self.save(endings.take_back, TakeBack(ending.id, ending.version, "A mistake"))

    @rule(which=WHICH, day=DAYS)
    def correct_start(self, which, day):
        tenancy = self.pick(Tenancy, which)
        if self.save(changes.save, CorrectStart(tenancy.id, tenancy.version, day)) is not None:
            self.settled(tenancy)

    @rule(which=WHICH, day=DAYS)
    def correct_end(self, which, day):
        tenancy = self.pick(Tenancy, which, Tenancy.end_on.is_not(None))
        if self.save(changes.save, CorrectEnd(tenancy.id, tenancy.version, day)) is not None:
            self.settled(tenancy)

    @rule(which=WHICH, place=WHICH, day=DAYS, balance=st.sampled_from(Balance), near=st.none() | st.booleans())
    def transfer(self, which, place, day, balance, near):
        tenancy, where = self.pick(Tenancy, which), self.pick(Property, place)
        terms = {"charges": (NewCharge("DBR", Money(77_00)),), "balance": balance, "letter": False}
        kept = self.garages(tenancy) if near is not None else ()
        terms |= {"keep_garages": kept, "near": kept if near else ()}
        how = Transfer(tenancy.id, tenancy.version, day, where.id, Tenure.SECURE, PaymentMethod.CASH, **terms)
        self.save(changes.save, how)

    @rule(which=WHICH, other=WHICH, day=DAYS)
    def exchange(self, which, other, day):
        tenancy = self.pick(Tenancy, which)
        self.save(changes.save, Exchange(tenancy.id, tenancy.version, day, self.pick(Tenancy, other).ref, letter=False))

    @rule(which=WHICH, person=WHICH, day=DAYS, garages=st.booleans())
    def assign(self, which, person, day, garages):
        tenancy, to = self.pick(Tenancy, which), (NewTenant(person_id=self.pick(Person, person).id),)
        with_it = self.garages(tenancy) if garages else ()
        wanted = Assign(tenancy.id, tenancy.version, day, to, Ground.COURT, garages=with_it, letter=False)
        self.save(changes.save, wanted)

    @rule(which=WHICH, person=WHICH, day=DAYS)
    def join(self, which, person, day):
        tenancy, who = self.pick(Tenancy, which), (NewTenant(person_id=self.pick(Person, person).id),)
        self.save(changes.save, ToJoint(tenancy.id, tenancy.version, day, who, reason="Married", letter=False))

    @rule(which=WHICH, day=DAYS)
    def leave(self, which, day):
        tenancy = self.pick(Tenancy, which)
        place = self.pick(Tenant, which, Tenant.tenancy_id == tenancy.id)
        self.save(changes.save, ToSole(tenancy.id, tenancy.version, day, place.person_id, letter=False))

    @rule()
    def next_monday(self):
        self.desk = Desk.sit_down(self.database, OFFICER, FixedClock(self.desk.clock.day + timedelta(weeks=1)))
        charging.catch_up(self.desk, self.desk.clock.day)
        self.agree()

    def ending(self, tenancy, day, *, at_once, garage):
        """The ending as an officer would note it who has just opened the account."""
        standing = self.pick(Ending, 0, Ending.tenancy_id == tenancy.id, Ending.state.in_(STANDING))
        letting = self.pick(Tenancy, 0, Tenancy.tenure == Tenure.GARAGE, Tenancy.end_on.is_(None))
        return NoteEnding(
            tenancy.id,
            EndReason.SURRENDER,
            agreed_on=day,
            excused="Agreed",
            garages=(letting.id,) if garage and letting is not None and letting.id != tenancy.id else (),
            finish=Finish(VoidReason.REPAIRS, statement=False) if at_once else None,
            ending_id=standing.id if standing else 0,
            version=standing.version if standing else 0,
        )

    def garages(self, tenancy):
        """The garages that the sheet of a change offers."""
        account = self.pick(Account, 0, Account.tenancy_id == tenancy.id)
        return tuple(each.tenancy_id for each in self.desk.ask(queries.form, account.id).garages)

    def save(self, command, wanted):
        """Save it if it can be; None where it is refused with a sentence."""
        try:
            done = self.desk.do(command, wanted)
        except UserError:
            return None
        self.agree()
        return done

    def rows(self, model, *which):
        return self.desk.ask(lambda ctx: ctx.session.scalars(select(model).where(*which)).all())

    def pick(self, model, number, *which):
        found = self.rows(model, *which)
        return found[number % len(found)] if found else None

    def shown(self):
        """Balances, days, charges and voids, as they stand; closed former tenants' accounts left out."""
        accounts = self.rows(Account, Account.kind != AccountKind.FORMER_TENANT)
        return (
            {each.id: each.balance_pence for each in accounts},
            {each.id: (each.start_on, each.end_on) for each in self.rows(Tenancy)},
            {each.id: (each.amount_pence, each.from_on, each.to_on) for each in self.rows(Charge)},
            {each.id: (each.reason, each.from_on, each.to_on) for each in self.rows(VoidPeriod)},
        )

    def settled(self, tenancy):
        """What an ended tenancy owes stands on the former tenant's account, if it has one."""
        ended = (Ending.tenancy_id == tenancy.id, Ending.state == EndingState.ENDED)
        if self.rows(Ending, *ended, Ending.former_account_id.is_not(None)):
            own = self.rows(Account, Account.tenancy_id == tenancy.id, Account.kind != AccountKind.FORMER_TENANT)
            assert [each.balance_pence for each in own] == [0]

    def agree(self):
        """The records agree with each other, and with what was charged."""
        tenancies = sorted(self.rows(Tenancy), key=lambda each: each.start_on)
        lets = defaultdict(list)
        for each in tenancies:
            lets[each.property_id].append((each.start_on, each.end_on or FAR))
        for spans in lets.values():
            assert all(one[1] < other[0] for one, other in pairwise(spans)), "two tenancies of one property"
        for void in self.rows(VoidPeriod):
            last = void.to_on or FAR
            assert all(end < void.from_on or last < start for start, end in lets[void.property_id]), "a void in a let"
        days = {each.id: each.end_on for each in tenancies}
        assert all(each.ends_on == days[each.tenancy_id] for each in self.rows(Ending, Ending.state.in_(STANDING)))
        accounts = [each.id for each in self.rows(Account, Account.tenancy_id.is_not(None))]
        assert self.desk.ask(differences.differences, accounts, FIRST) == ()
        assert self.desk.ask(differences.void_differences, set(lets), FIRST) == ()


def _adds_up(line):
    moved = line.new_lets + line.endings + line.changes + line.voids
    return line.opening + moved == line.closing and not line.difference


def test_whatever_is_saved_agrees(street, tmp_path):
    run_state_machine_as_test(
        lambda: Chains(street, tmp_path / "street.db"),
        settings=settings(max_examples=4, stateful_step_count=8, suppress_health_check=list(HealthCheck)),
    )
