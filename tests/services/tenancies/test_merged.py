"""Two records of one person, of which one holds the home and the other the garage: what is charged once they are one.

A garage at 17.80 a week, VAT inside: 14.83 and 2.97 where it bears VAT. Four weeks were charged, from 26 October.
"""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.models.people import Tenant
from app.models.tenancies import Tenancy
from app.models.values import JournalKind, Money
from app.services.charges import differences
from app.services.charges import jobs as charging
from app.services.ledger import checks
from app.services.ledger import queries as ledger
from app.services.people.merging.commands import merge_people, undo_merge
from app.services.people.merging.dto import MergePeople, UndoMerge
from app.services.people.merging.queries import preview, preview_undo
from tests.factories import lettings
from tests.prepared import prepared
from tests.services.tenancies.test_garages import NET, PLAIN, VAT, from_to, weeks

FIRST, LAST = date(2026, 10, 26), date(2026, 11, 16)
APRIL = date(2026, 4, 6)


class UndoneError(Exception):
    """Rolls an example back."""


@prepared
def two(desk):
    """A home, and a garage near it that another record of its tenant rents; charged for four weeks."""

    def build(ctx):
        home = lettings.letting(ctx, "100.00", start_on=APRIL)
        other = lettings.person(ctx, "Alec", "Sample")
        return home, lettings.garage_letting(ctx, home=home, people=[other], start_on=APRIL)

    made = desk.do(build)
    charging.catch_up(desk, FIRST)
    charging.catch_up(desk, LAST)
    return made


def told(effects):
    return [(each.text, each.before, each.after) for each in effects if each.group == "Garages"]


def test_one_person_all_the_time_pays_no_vat_and_two_people_do(desk, two):
    home, garage = two
    wanted = MergePeople(home.person.id, garage.person.id, "Same date of birth, spoken to")
    where = f"{garage.property.address_1}, {garage.property.postcode}"
    assert weeks(desk, garage.account.id) == from_to(FIRST, LAST, NET, VAT)
    # four weeks of 2.97 are given back as VAT and charged as rent of the garage
    assert told(desk.ask(preview, wanted)) == [
        (where, "standard-rated VAT", "no VAT: let to our own tenant near the home"),
        ("VAT in weeks that were charged", "", "£11.88 CR"),
    ]
    done = desk.do(merge_people, wanted)
    assert weeks(desk, garage.account.id) == from_to(FIRST, LAST, PLAIN)
    assert desk.ask(differences.differences, [home.account.id, garage.account.id], APRIL) == ()
    (journal,) = desk.ask(ledger.journals, JournalKind.CHARGE_CORRECTION)
    assert journal.narrative == f"Records {home.person.ref} and {garage.person.ref} are one person"
    charging.catch_up(desk, LAST + timedelta(weeks=1))
    assert weeks(desk, garage.account.id) == from_to(FIRST, LAST + timedelta(weeks=1), PLAIN)

    undo = UndoMerge(done.merge_id, 1)
    assert told(desk.ask(preview_undo, undo))[-1] == ("VAT in weeks that were charged", "", "£14.85 DR")
    desk.do(undo_merge, undo)
    assert weeks(desk, garage.account.id) == from_to(FIRST, LAST + timedelta(weeks=1), NET, VAT)
    assert desk.ask(differences.differences, [home.account.id, garage.account.id], APRIL) == ()
    assert desk.ask(checks.check) == ()


def test_a_garage_that_goes_with_the_home_of_somebody_else_is_left_alone(desk, two):
    _, garage = two
    stranger = desk.do(lettings.person, "Kim", "Second")
    desk.do(merge_people, MergePeople(stranger.id, garage.person.id, "One person"))
    assert weeks(desk, garage.account.id) == from_to(FIRST, LAST, NET, VAT)
    assert desk.ask(ledger.journals, JournalKind.CHARGE_CORRECTION) == ()


days = st.none() | st.dates(date(2026, 10, 19), date(2026, 11, 25))


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(left=days, came=days, end=days)
def test_what_is_told_is_what_is_posted_there_and_back(desk, two, left, came, end):
    """Whatever days they held the home: what is told is posted, nothing differs afterwards, and all of it comes back."""
    home, garage = two

    def example(ctx):
        place = ctx.session.get_one(Tenant, (home.tenancy.id, home.person.id))
        place.to_on = left
        ctx.session.add(Tenant(tenancy_id=home.tenancy.id, person_id=garage.person.id, position=2, from_on=came))
        ctx.session.get_one(Tenancy, home.tenancy.id).end_on = end
        ctx.session.flush()
        accounts = [home.account.id, garage.account.id]
        differences.post_differences(ctx, accounts, APRIL, "As it is to be", "first")
        done = check(ctx, preview, merge_people, MergePeople(home.person.id, garage.person.id, "One"))
        check(ctx, preview_undo, undo_merge, UndoMerge(done.merge_id, 1))
        raise UndoneError

    def check(ctx, tell, act, wanted):
        before = vat(ctx)
        sums = [after for text, _, after in told(tell(ctx, wanted)) if text == "VAT in weeks that were charged"]
        done = act(ctx, wanted)
        ctx.session.expire_all()
        moved = vat(ctx) - before
        assert sums == ([Money(moved).dr_cr()] if moved else [])
        assert differences.differences(ctx, [home.account.id, garage.account.id], APRIL) == ()
        return done

    def vat(ctx):
        lines = ledger.ledger_page(ctx, garage.account.id).lines
        return sum(line.amount.pence for line in lines if line.code == "DVA")

    with pytest.raises(UndoneError):
        desk.do(example)
