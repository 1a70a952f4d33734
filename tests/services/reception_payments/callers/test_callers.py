"""A caller is found by what they say, asked what the office wants, and sees what is owed on everything that they pay."""

from datetime import date

import pytest

from app.models.access import DeclaredAccount, RestrictedRecord
from app.models.people import Person
from app.models.policy import PolicyValue
from app.models.values import AccountKind, JournalKind, Money, Relation, Subject
from app.services.core import search_index
from app.services.core.errors import UserError
from app.services.ledger.dto import JournalHeader, Line
from app.services.ledger.posting import append
from app.services.reception_payments.callers import queries
from app.services.reception_payments.callers.dto import Ask, Way
from app.services.reception_payments.receipts import recording
from tests.factories import lettings
from tests.prepared import prepared
from tests.services.reception_payments.conftest import TODAY, payment


@prepared
def owing(desk, reception):
    """The home owes £250.00 of rent and £17.80 for the garage, and has a recharge and court costs; a payment came in October."""

    def make(ctx):
        home = ctx.session.get_one(lettings.Tenancy, reception.tenancy)
        recharge = lettings.account(ctx, home, AccountKind.RECHARGE)
        lines = [
            Line(reception.rent, "DBR", 300_00, TODAY),
            Line(reception.garage, "DGA", 17_80, TODAY),
            Line(recharge.id, "DRR", 64_00, TODAY),
            Line(reception.rent, "RBP", -50_00, date(2026, 10, 30)),
        ]
        append(ctx, JournalHeader(JournalKind.LOAD, TODAY, "test", "owing"), lines)
        person = ctx.session.get_one(Person, reception.person)
        person.date_of_birth, person.mobile = date(1980, 2, 29), "07700 900123"
        search_index.index_record(ctx, Subject.ACCOUNT, reception.rent, "Alex Sample", "70 0001", "ZZ11 1AA")
        search_index.index_record(ctx, Subject.PERSON, person.id, "07700 900123", "Alex Sample")
        return recharge.id

    return desk.do(make)


def test_every_account_that_they_pay_is_shown_with_what_is_owed(desk, reception, owing):
    desk.do(recording.record, payment(reception))

    found = desk.ask(queries.caller, reception.rent, Way.TELEPHONE)

    rows = {each.account_id: each for each in found.accounts}
    assert list(rows) == [reception.rent, reception.garage, owing]
    assert [row.balance for row in rows.values()] == [Money(150_00), Money(17_80), Money(64_00)]
    assert rows[reception.rent].title.startswith("Rent account, 1 Sample Close")
    assert (rows[reception.rent].weekly, rows[reception.rent].paid_today) == (Money(100_00), Money(100_00))
    assert all(row.people == {reception.person} for row in rows.values())


def test_what_is_asked_is_policy_and_what_we_do_not_know_is_not_asked(desk, reception, owing):
    phone = desk.ask(queries.caller, reception.rent, Way.TELEPHONE)
    counter = desk.ask(queries.caller, reception.rent, Way.COUNTER)

    asked = {each.ask: each.answer for each in phone.people[0].questions}
    assert asked == {
        Ask.BIRTH: "29 Feb 1980",
        Ask.POSTCODE: phone.people[0].questions[1].answer,
        Ask.PHONE: "07700 900123",
        Ask.LAST_PAYMENT: "£50.00 on 30 Oct 2026",
    }
    assert [each.ask for each in counter.people[0].questions] == [Ask.PAPER, Ask.BIRTH, Ask.POSTCODE]
    assert (phone.needed, counter.needed) == (2, 1)


def test_an_office_decides_what_is_asked(desk, reception, owing):
    row = PolicyValue(
        key="reception.ask_birth", scope="", value="no", unit="", effective_from=date(2026, 1, 1), source="a decision"
    )
    desk.do(lambda ctx: ctx.session.add(row))

    found = desk.ask(queries.caller, reception.rent, Way.TELEPHONE)

    assert Ask.BIRTH not in {each.ask for each in found.people[0].questions}


def test_a_joint_tenant_does_not_see_what_only_the_other_pays(desk, reception):
    def joint(ctx):
        one, two = lettings.person(ctx, "Ann", "Joint"), lettings.person(ctx, "Bob", "Joint")
        home = lettings.letting(ctx, people=[one, two])
        alone = lettings.letting(ctx, people=[two], end_on=date(2026, 1, 4))
        return home.account.id, alone.account.id, one.id, two.id

    home, alone, one, two = desk.do(joint)

    found = desk.ask(queries.caller, home, Way.COUNTER)

    held = {row.account_id: row.people for row in found.accounts}
    assert [each.person_id for each in found.people] == [one, two]
    assert held == {home: {one, two}, alone: {two}}
    assert found.accounts[-1].ended_on == date(2026, 1, 4)


@pytest.mark.parametrize("text", ["sample 700001", "07700900123", "zz11 1aa", "700010"])
def test_a_caller_is_found_by_name_number_postcode_or_a_mistyped_reference(desk, reception, owing, text):
    assert desk.ask(queries.find, text)[0].account_id == reception.rent


@pytest.mark.parametrize("way", ["restricted", "declared"])
def test_nothing_is_shown_of_an_account_that_is_not_the_officers(desk, clerk, reception, owing, way):
    if way == "restricted":
        kept = {"restricted_by": desk.officer.id, "restricted_at": desk.clock.now(), "reason": "Safety"}
        row = RestrictedRecord(subject=Subject.TENANCY, subject_id=reception.tenancy, **kept)
    else:
        own = {"officer_id": clerk.officer.id, "declared_by": desk.officer.id, "relation": Relation.RELATIVE}
        row = DeclaredAccount(account_id=reception.rent, from_on=date(2026, 1, 1), **own)
    desk.do(lambda ctx: ctx.session.add(row))

    found = clerk.ask(queries.caller, reception.rent, Way.COUNTER)

    assert (found.people, found.name) == ((), "")
    assert [each.balance.pence for each in found.accounts] == [0]
    assert found.shut.endswith("Money is taken for it all the same.")


def test_a_caller_is_read_by_a_fixed_number_of_statements(desk, reception, owing, query_log):
    desk.ask(queries.caller, reception.rent, Way.TELEPHONE)
    few = len(query_log)

    def more(ctx):
        home = ctx.session.get_one(lettings.Tenancy, reception.tenancy)
        for _ in range(6):
            lettings.account(ctx, home, AccountKind.RECHARGE)

    desk.do(more)
    query_log.clear()
    found = desk.ask(queries.caller, reception.rent, Way.TELEPHONE)

    assert len(found.accounts) == 9
    assert len(query_log) == few <= 25


def test_there_is_nobody_behind_a_control_account(desk, reception):
    with pytest.raises(UserError, match="no such account"):
        desk.ask(queries.caller, 1, Way.COUNTER)
