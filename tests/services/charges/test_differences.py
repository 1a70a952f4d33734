"""What was charged against what should have been: figures worked by hand, and any change at all by Hypothesis."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.models.accounts import Account
from app.models.charges import Charge
from app.models.people import Tenant
from app.models.tenancies import Tenancy
from app.models.values import JournalKind, Money
from app.services.charges.commands import charge_week
from app.services.charges.differences import (
    AsIf,
    by_week,
    charged_mondays,
    difference_of,
    differences,
    linked_accounts,
    post_differences,
    void_differences,
)
from app.services.charges.dto import Element, Span
from app.services.charges.lines import week_lines
from app.services.charges.runs import plan_of
from app.services.core.errors import UserError
from app.services.ledger import queries as ledger
from app.services.ledger.commands import reverse
from tests.factories import lettings
from tests.prepared import prepared

NOV = [date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 16)]


def charge_november(desk):
    return [desk.do(charge_week, week) for week in NOV]


def shown(found):
    return [
        (each.account_id, each.code, each.week.day, each.was.pence, each.should.pence, each.effective_on.day)
        for each in found
    ]


def alter(desk, row, **columns):
    def command(ctx):
        found = ctx.session.get_one(type(row), row.id)
        for name, value in columns.items():
            setattr(found, name, value)

    desk.do(command)


def test_nothing_differs_from_what_the_run_charged(desk, estate):
    charge_november(desk)
    accounts = [each.account.id for each in estate.values()]
    properties = [each.property.id for each in estate.values()]
    assert desk.ask(differences, accounts, NOV[0]) == ()
    assert desk.ask(void_differences, properties, NOV[0]) == ()


def test_a_tenancy_that_ended_in_a_week_that_was_charged(desk, estate):
    charge_november(desk)
    home = estate["home"]
    alter(desk, home.tenancy, end_on=date(2026, 11, 11))
    own = desk.ask(differences, [home.account.id], NOV[0])
    # Three days of the week of 9 November: 100.00 x 3/7 = 42.86 and 4.50 x 3/7 = 1.93; then nothing.
    assert shown(own) == [
        (home.account.id, "DBR", 9, 100_00, 42_86, 9),
        (home.account.id, "DSC", 9, 4_50, 1_93, 9),
        (home.account.id, "DBR", 16, 100_00, 0, 16),
        (home.account.id, "DSC", 16, 4_50, 0, 16),
    ]
    assert [(week.week.day, week.difference.pence) for week in by_week(own)] == [(9, -59_71), (16, -104_50)]
    # The home is void for the other four: 57.14 and 2.57 from 12 November, then a whole week.
    void = desk.ask(void_differences, [home.property.id], NOV[0])
    assert [(each.code, each.week.day, each.was.pence, each.should.pence, each.effective_on.day) for each in void] == [
        ("DBR", 9, 0, 57_14, 12),
        ("DSC", 9, 0, 2_57, 12),
        ("DBR", 16, 0, 100_00, 16),
        ("DSC", 16, 0, 4_50, 16),
    ]
    assert {each.property_ref for each in void} == {home.property.ref}


def test_the_garage_of_a_home_that_ended_bears_vat_from_the_next_week(desk, estate):
    charge_november(desk)
    home, garage = estate["home"], estate["garage"]
    assert desk.ask(linked_accounts, [home.account.id]) == (home.account.id, garage.account.id)
    alter(desk, home.tenancy, end_on=date(2026, 11, 11))
    # 17.80 with VAT inside: 17.80 / 6 = 2.97, so 14.83 and 2.97; the week in which the home ended still goes with it.
    assert shown(desk.ask(differences, [garage.account.id], NOV[0])) == [
        (garage.account.id, "DGA", 16, 17_80, 14_83, 16),
        (garage.account.id, "DVA", 16, 0, 2_97, 16),
    ]


def test_what_is_posted_counts_as_charged_and_is_posted_once(desk, estate):
    charge_november(desk)
    home = estate["home"]
    alter(desk, home.tenancy, end_on=date(2026, 11, 11))
    posted = desk.do(post_differences, [home.account.id], NOV[0], "Ended earlier than was known", "ending:1")
    # -59.71 - 104.50 on the account, +59.71 + 104.50 on the void control account.
    assert (posted.lines, posted.total_pence) == (8, 0)
    assert desk.ask(differences, [home.account.id], NOV[0]) == ()
    assert desk.ask(void_differences, [home.property.id], NOV[0]) == ()
    assert desk.do(post_differences, [home.account.id], NOV[0], "Ended earlier", "ending:2") is None
    assert desk.ask(ledger.balance, home.account.id) == Money(3 * 104_50 - 164_21)
    (journal,) = desk.ask(ledger.journals, JournalKind.CHARGE_CORRECTION)
    assert (journal.narrative, journal.accounting_on) == ("Ended earlier than was known", date(2026, 11, 21))
    lines = desk.ask(ledger.ledger_page, home.account.id).lines
    assert [(line.rent_week, line.narrative) for line in lines if line.journal == posted.journal] == [
        (NOV[1], "put right: £42.86 due, £100.00 charged"),
        (NOV[1], "put right: £1.93 due, £4.50 charged"),
        (NOV[2], "put right: £0.00 due, £100.00 charged"),
        (NOV[2], "put right: £0.00 due, £4.50 charged"),
    ]
    alter(desk, home.tenancy, end_on=None)
    back = desk.do(post_differences, [home.account.id], NOV[0], "It goes on after all", "ending:3")
    assert (back.lines, desk.ask(ledger.balance, home.account.id)) == (8, Money(3 * 104_50))
    desk.do(reverse, back.journal, "Wrong", "undo")
    assert len(desk.ask(differences, [home.account.id], NOV[0])) == 4


def test_as_if_shows_a_change_before_it_is_recorded(desk, estate):
    charge_november(desk)
    home, void = estate["home"], estate["void"]
    ended = AsIf(tenancies={home.tenancy.id: Span(lettings.FROM, date(2026, 11, 11))})
    assert difference_of(desk.ask(differences, [home.account.id], NOV[0], None, ended)) == Money(-164_21)
    dearer = (Element("DBR", Money(110_00), Span(lettings.FROM)), Element("DSC", Money(4_50), Span(lettings.FROM)))
    as_if = AsIf(elements={home.account.id: dearer})
    assert difference_of(desk.ask(differences, [home.account.id], NOV[1], None, as_if)) == Money(20_00)
    # Let from Wednesday 11 November: void for two days of that week (25.71 of 90.00), and then no more.
    let = AsIf(lets={void.property.id: Span(date(2026, 11, 11))})
    found = desk.ask(void_differences, [void.property.id], NOV[0], None, let)
    assert [(each.week.day, each.was.pence, each.should.pence) for each in found] == [(9, 90_00, 25_71), (16, 90_00, 0)]


def test_weeks_that_no_run_charged_are_left_alone(desk, estate):
    home = estate["home"]
    desk.do(charge_week, NOV[1])
    assert desk.ask(charged_mondays, date(2026, 6, 1)) == (NOV[1],)
    alter(desk, home.charges[0], amount_pence=101_00)
    assert shown(desk.ask(differences, [home.account.id], date(2026, 6, 1))) == [
        (home.account.id, "DBR", 9, 100_00, 101_00, 9)
    ]
    desk.do(reverse, 1, "Charged twice", "undo")
    assert desk.ask(charged_mondays, date(2026, 6, 1)) == ()
    assert desk.ask(differences, [home.account.id], date(2026, 6, 1)) == ()


def test_a_posting_without_a_reason_is_refused(desk, estate):
    with pytest.raises(UserError, match="Say why"):
        desk.do(post_differences, [estate["home"].account.id], NOV[0], "  ", "key")


def test_a_tenant_who_left_no_longer_keeps_a_garage_free_of_vat(desk, estate):
    home, garage = estate["home"], estate["garage"]
    charge_november(desk)

    def leaves(ctx):
        tenant = ctx.session.get_one(Tenant, (home.tenancy.id, home.person.id))
        tenant.to_on = date(2026, 11, 8)
        other = lettings.person(ctx, "Robin", "Sample")
        ctx.session.add(Tenant(tenancy_id=home.tenancy.id, person_id=other.id, from_on=date(2026, 11, 9)))

    desk.do(leaves)
    found = desk.ask(differences, [garage.account.id], NOV[0])
    assert [(each.code, each.week.day, each.difference.pence) for each in found] == [
        ("DGA", 9, -2_97),
        ("DVA", 9, 2_97),
        ("DGA", 16, -2_97),
        ("DVA", 16, 2_97),
    ]
    later = desk.do(charge_week, date(2026, 11, 23))
    assert desk.ask(differences, [garage.account.id], later.week) == ()


class UndoneError(Exception):
    """Raised at the end of an example, so that the next one starts from the same records."""


days = st.dates(min_value=date(2026, 10, 26), max_value=date(2026, 11, 29))
amounts = st.integers(min_value=0, max_value=30_000)


@prepared
def charged_estate(desk, estate):
    charge_november(desk)
    return estate


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=days, length=st.none() | st.integers(min_value=0, max_value=30), changed=days, pence=amounts)
def test_once_posted_the_ledger_holds_what_charging_those_weeks_anew_would(
    desk, charged_estate, start, length, changed, pence
):
    """Whatever changes, the corrected balances are what the run's own statement makes of the changed records, voids too."""
    home, garage = charged_estate["home"], charged_estate["garage"]
    ids = [home.account.id, garage.account.id]

    def record(ctx):
        tenancy = ctx.session.get_one(Tenancy, home.tenancy.id)
        tenancy.start_on = start
        tenancy.end_on = None if length is None else start + timedelta(days=length)
        rent = ctx.session.get_one(Charge, home.charges[0].id)
        rent.to_on = changed - timedelta(days=1)
        ctx.session.add(Charge(account_id=home.account.id, code="DBR", amount_pence=pence, from_on=changed))
        ctx.session.flush()

    def example(ctx):
        record(ctx)
        post_differences(ctx, ids, date(2026, 10, 1), "Put right", "key")
        ctx.session.expire_all()
        due = Counter()
        for week in NOV:
            for row in ctx.session.execute(week_lines(plan_of(ctx, week))):
                due[row.account_id] += row.pence
        for account_id in [*ids, ledger.control_account(ctx, "void_loss", home.account.fund)]:
            assert ctx.session.get_one(Account, account_id).balance_pence == due[account_id]
        raise UndoneError

    with pytest.raises(UndoneError):
        desk.do(example)
