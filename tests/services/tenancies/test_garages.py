"""The VAT of garages in weeks that were charged: what happens later never changes them; figures worked by hand.

A garage at 17.80 a week, VAT inside: 17.80 / 6 = 2.97, so 14.83 and 2.97 where it bears VAT.
"""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.models.accounts import Account
from app.models.tenancies import Tenancy
from app.models.values import EndReason, Money, PaymentMethod, Tenure
from app.services.charges import differences
from app.services.charges import jobs as charging
from app.services.charges.differences import post_differences
from app.services.ledger import checks
from app.services.ledger.queries import ledger_page
from app.services.tenancies import keeping
from app.services.tenancies.changes import commands as changes
from app.services.tenancies.changes import queries
from app.services.tenancies.changes.dto import (
    Assign,
    CorrectStart,
    Exchange,
    Ground,
    Relation,
    Succeed,
    ToSole,
    Transfer,
)
from app.services.tenancies.endings import commands as endings
from app.services.tenancies.endings.dto import Finish, NoteEnding, TakeBack
from app.services.tenancies.starting import commands as starting
from app.services.tenancies.starting.dto import NewCharge, NewTenant, StartTenancy
from app.services.tenancies.starting.queries import preview
from tests.factories import lettings
from tests.prepared import prepared
from tests.services.tenancies.changes.test_holders import ROBIN, scalars

APRIL, FIRST = date(2026, 4, 6), date(2026, 9, 28)
LAST = date(2026, 11, 16)
PLAIN, NET, VAT = ("DGA", 17_80), ("DGA", 14_83), ("DVA", 2_97)


@prepared
def charged(desk):
    """Two homes, each let with a garage, and the partner of the second."""

    def build(ctx):
        one = lettings.letting(ctx, "100.00", start_on=APRIL)
        people = [lettings.person(ctx, "Jo"), lettings.person(ctx, "Robin", "Partner")]
        two = lettings.letting(ctx, "90.00", people=people, start_on=APRIL)
        return (
            (one, lettings.garage_letting(ctx, home=one, start_on=APRIL)),
            (two, lettings.garage_letting(ctx, home=two, start_on=APRIL), people[1]),
        )

    made = desk.do(build)
    charging.catch_up(desk, FIRST)
    charging.catch_up(desk, LAST)
    return made


@pytest.fixture
def pair(charged):
    """A home and a garage near it, let together on 6 April 2026 and charged from 28 September to 16 November."""
    return charged[0]


@pytest.fixture
def joint(charged):
    """The same of two people, of whom the first rents the garage, and the second of them."""
    return charged[1]


def weeks(desk, account_id):
    """By Monday what the lines of the week come to by code, nothing left out but what is nothing."""
    found = {}
    for line in desk.ask(ledger_page, account_id).lines:
        if line.code in {"DGA", "DVA"}:
            sums = found.setdefault(line.rent_week, {})
            sums[line.code] = sums.get(line.code, 0) + line.amount.pence
    return {week: {code: pence for code, pence in sums.items() if pence} for week, sums in found.items()}


def from_to(first, last, *lines):
    """The weeks from that of a Monday to that of another, each with these lines."""
    number = (last - first).days // 7
    return {first + timedelta(weeks=week): dict(lines) for week in range(number + 1)}


def as_charged_anew(desk):
    """Nothing is charged otherwise than it would be now, in any week."""
    accounts = scalars(desk, select(Account.id).where(Account.tenancy_id.is_not(None)))
    assert desk.ask(differences.differences, accounts, APRIL) == ()
    assert desk.ask(checks.check) == ()


def version(desk, tenancy_id):
    return scalars(desk, select(Tenancy.version).where(Tenancy.id == tenancy_id))[0]


def ended(desk, tenancy_id, last, *, reason=EndReason.OTHER):
    wanted = NoteEnding(tenancy_id, reason, agreed_on=last, excused="Agreed", finish=Finish(statement=False))
    return desk.do(endings.save, wanted)


def test_a_garage_that_is_kept_bears_vat_from_the_end_of_the_home_and_only_from_then(desk, pair):
    home, garage = pair
    done = ended(desk, home.tenancy.id, date(2026, 10, 4))  # a Sunday
    without = from_to(FIRST, date(2026, 9, 28), PLAIN)
    assert weeks(desk, garage.account.id) == without | from_to(date(2026, 10, 5), LAST, NET, VAT)
    as_charged_anew(desk)
    desk.do(endings.take_back, TakeBack(done.ending_id, done.version, "They stay"))
    assert weeks(desk, garage.account.id) == from_to(FIRST, LAST, PLAIN)
    as_charged_anew(desk)


def test_who_succeeds_to_the_garage_alone_changes_nothing_of_the_weeks_before(desk, pair):
    _, garage = pair
    died = date(2026, 11, 1)  # a Sunday
    change = Succeed(
        garage.tenancy.id, version(desk, garage.tenancy.id), died, (ROBIN,), Relation.PARTNER, excused="Agreed"
    )
    saved = desk.do(changes.save, change)
    assert weeks(desk, garage.account.id) == from_to(FIRST, date(2026, 10, 26), PLAIN) | from_to(
        date(2026, 11, 2), LAST
    )
    assert weeks(desk, saved.account_id) == from_to(date(2026, 11, 2), LAST, NET, VAT)
    assert desk.ask(keeping.home_of_garage, saved.tenancy_id) is None
    as_charged_anew(desk)


def test_a_joint_tenant_of_the_home_who_succeeds_to_the_garage_goes_on_without_vat(desk, joint):
    home, garage, partner = joint
    heir = (NewTenant(person_id=partner.id),)
    tenancy_id = garage.tenancy.id
    change = Succeed(tenancy_id, version(desk, tenancy_id), date(2026, 11, 1), heir, Relation.PARTNER, excused="Agreed")
    saved = desk.do(changes.save, change)
    assert weeks(desk, saved.account_id) == from_to(date(2026, 11, 2), LAST, PLAIN)
    link = desk.ask(keeping.home_of_garage, saved.tenancy_id)
    assert (link.home_id, link.near) == (home.tenancy.id, True)
    as_charged_anew(desk)


def test_a_garage_that_is_let_again_leaves_the_weeks_of_the_letting_before(desk, pair):
    home, garage = pair
    ended(desk, garage.tenancy.id, date(2026, 10, 11))
    other = desk.do(lettings.person, "Kim", "Second")
    new = StartTenancy(
        garage.property.id,
        Tenure.GARAGE,
        date(2026, 10, 19),
        (NewTenant(person_id=other.id),),
        (NewCharge("DGA", Money(17_80)),),
        PaymentMethod.CASH,
        welcome=False,
    )
    started = desk.do(starting.start, new)
    assert weeks(desk, started.account_id) == from_to(date(2026, 10, 19), LAST, NET, VAT)
    as_charged_anew(desk)
    accounts = [garage.account.id, started.account_id, home.account.id]
    assert desk.do(post_differences, accounts, APRIL, "Charged anew", "anew") is None


@pytest.mark.parametrize(("near", "then"), [(True, (PLAIN,)), (False, (NET, VAT))])
def test_through_a_transfer_the_garage_goes_with_each_home_in_its_time(desk, pair, near, then):
    home, garage = pair
    moved = date(2026, 11, 2)
    place = desk.do(lambda ctx: lettings.dwelling(ctx, lettings.rent_group(ctx)))
    saved = desk.do(
        changes.save,
        Transfer(
            home.tenancy.id,
            version(desk, home.tenancy.id),
            moved,
            place.id,
            Tenure.SECURE,
            PaymentMethod.CASH,
            charges=(NewCharge("DBR", Money(90_00)),),
            keep_garages=(garage.tenancy.id,),
            near=(garage.tenancy.id,) if near else (),
            letter=False,
        ),
    )
    before = from_to(FIRST, date(2026, 10, 26), PLAIN)
    assert weeks(desk, garage.account.id) == before | from_to(moved, LAST, *then)
    as_charged_anew(desk)
    put_right = [line for line in desk.ask(ledger_page, garage.account.id).lines if "put right" in line.narrative]
    assert len(put_right) == (0 if near else 6)
    assert desk.ask(keeping.home_of_garage, garage.tenancy.id).home_id == saved.tenancy_id
    # They moved in a fortnight later than was recorded: in between the garage went with no home.
    later = CorrectStart(saved.tenancy_id, version(desk, saved.tenancy_id), LAST)
    desk.do(changes.save, later)
    between = from_to(moved, date(2026, 11, 9), NET, VAT)
    assert weeks(desk, garage.account.id) == before | between | from_to(LAST, LAST, *then)
    as_charged_anew(desk)


def test_who_leaves_the_home_and_keeps_the_garage_pays_vat_from_the_next_week(desk, joint):
    home, garage, _ = joint
    tenancy_id = home.tenancy.id
    change = ToSole(
        tenancy_id, version(desk, tenancy_id), date(2026, 11, 4), home.person.id, letter=False
    )  # a Wednesday
    desk.do(changes.save, change)
    before = from_to(FIRST, date(2026, 11, 2), PLAIN)
    assert weeks(desk, garage.account.id) == before | from_to(date(2026, 11, 9), LAST, NET, VAT)
    as_charged_anew(desk)


def test_after_an_exchange_the_garage_stays_and_bears_vat(desk, pair, joint):
    home, garage = pair
    other = joint[0]
    moved = date(2026, 11, 9)
    wanted = Exchange(home.tenancy.id, version(desk, home.tenancy.id), moved, other.tenancy.ref, letter=False)
    told = [(each.group, each.text, each.after) for each in desk.ask(queries.preview, wanted)]
    where = f"{garage.property.address_1}, {garage.property.postcode}"
    assert (
        "Mx Alex Sample: garages",
        f"{where} stays as it is, and bears VAT from the week of 9 Nov 2026",
        "£17.80 with £2.97 VAT",
    ) in told
    desk.do(changes.save, wanted)
    before = from_to(FIRST, date(2026, 11, 2), PLAIN)
    assert weeks(desk, garage.account.id) == before | from_to(moved, LAST, NET, VAT)
    as_charged_anew(desk)


@pytest.mark.parametrize(
    ("tenure", "then", "label"),
    [
        (Tenure.LEASEHOLD, (PLAIN,), "no VAT: let to our own leaseholder near the home"),
        (Tenure.FREEHOLD, (NET, VAT), "standard-rated VAT"),
    ],
)
def test_who_buys_the_home_has_the_garage_without_vat_on_a_lease_and_with_it_as_a_freeholder(
    desk, pair, tenure, then, label
):
    home, garage = pair
    bought = date(2026, 11, 2)  # a Monday
    ended(desk, home.tenancy.id, bought - timedelta(days=1), reason=EndReason.RIGHT_TO_BUY)
    before = from_to(FIRST, date(2026, 10, 26), PLAIN)
    assert weeks(desk, garage.account.id) == before | from_to(bought, LAST, NET, VAT)
    buyer = (NewTenant(person_id=home.person.id),)
    new = StartTenancy(home.property.id, tenure, bought, buyer, (), PaymentMethod.CASH, welcome=False)
    told = [(each.text, each.after) for each in desk.ask(preview, new) if each.group == "Garages"]
    assert told == [(f"{garage.property.address_1}, {garage.property.postcode} goes with it", label)]
    desk.do(starting.start, new)
    assert weeks(desk, garage.account.id) == before | from_to(bought, LAST, *then)
    as_charged_anew(desk)


def test_a_garage_of_other_people_does_not_go_with_the_next_tenancy_of_the_home(desk, pair):
    home, garage = pair
    ended(desk, home.tenancy.id, date(2026, 11, 1))
    other = (NewTenant(person_id=desk.do(lettings.person, "Kim", "Second").id),)
    terms = (NewCharge("DBR", Money(100_00)),)
    place = home.property.id
    new = StartTenancy(place, Tenure.SECURE, date(2026, 11, 2), other, terms, PaymentMethod.CASH, welcome=False)
    assert not [each for each in desk.ask(preview, new) if each.group == "Garages"]
    started = desk.do(starting.start, new)
    assert desk.ask(differences.linked_accounts, [started.account_id]) == (started.account_id,)
    assert weeks(desk, garage.account.id)[LAST] == dict((NET, VAT))
    as_charged_anew(desk)


def test_a_joint_tenant_to_whom_the_home_is_assigned_keeps_the_garage_without_vat(desk, joint):
    home, _, partner = joint
    garage = desk.do(lambda ctx: lettings.garage_letting(ctx, home=home, people=[partner], start_on=LAST))
    tenancy_id, to = home.tenancy.id, (NewTenant(person_id=partner.id),)
    wanted = Assign(tenancy_id, version(desk, tenancy_id), LAST, to, Ground.COURT, letter=False)
    told = [(each.text, each.after) for each in desk.ask(queries.preview, wanted) if each.group == "Garages"]
    where = f"{garage.property.address_1}, {garage.property.postcode}"
    assert (f"{where} goes with it", "no VAT: let to our own tenant near the home") in told
    assert len(told) == 2
    desk.do(differences.post_differences, [garage.account.id], LAST, "Started", "started")
    desk.do(changes.save, wanted)
    assert weeks(desk, garage.account.id) == from_to(LAST, LAST, PLAIN)
    as_charged_anew(desk)
