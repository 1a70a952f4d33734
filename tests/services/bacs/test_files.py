"""Bacs files made from policy: the council's own side, the three days, serial numbers, and what becomes of them."""

from datetime import date

import pytest

from app.models.values import BacsCode, Money, PaymentFileKind, PaymentFileState
from app.services.admin.policy import queries as policies
from app.services.bacs import commands, keeping, processing, queries, rules
from app.services.bacs.dto import Line, ProcessingDays, Section
from app.services.bacs.own import NOT_SET
from app.services.bacs.standard18.reading import read
from app.services.core.errors import UserError
from tests.services.bacs.conftest import OWN, details

TUESDAY = date(2026, 11, 24)


def credit(pence=12345, reference="RENT 00124471"):
    return rules.credit(rules.destination("20-00-00", "12345678"), pence, reference, "A Tenant")


def test_a_file_of_refunds_from_kept_details(desk, council, let):
    first = desk.do(commands.keep, details(person_id=let.person.id)).detail_id

    def make(ctx):
        to = keeping.destinations(ctx, [first])[first]
        return keeping.make_credit_file(ctx, [rules.credit(to, 5050, "Refund 1", "Mrs Made Up"), credit()], TUESDAY)

    made = desk.do(make)
    assert (made.serial, made.count, made.amount) == (1, 2, Money(17395))
    assert made.days == ProcessingDays(date(2026, 11, 23), TUESDAY, date(2026, 11, 25))
    found = read(made.content, "123456")
    assert found.faults == ()
    assert [(each.destination.sort_code, each.pence, each.reference, each.user_name) for each in found.lines] == [
        ("089999", 5050, "REFUND 1", "ANYTOWN COUNCIL"),
        ("200000", 12345, "RENT 00124471", "ANYTOWN COUNCIL"),
        ("404040", 17395, "CONTRA", "ANYTOWN COUNCIL"),
    ]
    assert found.totals == made.totals
    listed = desk.ask(queries.files, PaymentFileKind.CREDITS)[0]
    assert (listed.file_id, listed.serial, listed.count, listed.amount, listed.sha256, listed.entry_on) == (
        made.file_id,
        1,
        2,
        Money(17395),
        made.sha256,
        date(2026, 11, 25),
    )


def test_collections_are_made_the_same_way(desk, council):
    def make(ctx):
        own = queries.own_side(ctx)
        line = Line(rules.destination("20-00-00", "12345678"), BacsCode.FIRST, 100, "DDI00001", "A TENANT")
        sections = [Section(own.account, (line,)), Section(own.account, (line,), second)]
        return keeping.make_file(ctx, PaymentFileKind.COLLECTIONS, sections, TUESDAY, own)

    second = date(2026, 11, 25)
    council(credit_files="no")
    made = desk.do(make)
    assert read(made.content).faults == ()
    assert (made.count, made.amount, made.days.processing_on) == (2, Money(200), TUESDAY)
    second = date(2026, 12, 25)
    with pytest.raises(UserError, match="25 Dec 2026"):
        desk.do(make)


def test_serial_numbers_have_no_gap_and_are_never_used_again(desk, council):
    assert desk.do(keeping.make_credit_file, [credit()], TUESDAY).serial == 1
    with pytest.raises(UserError, match="nothing to put"):
        desk.do(keeping.make_credit_file, [], TUESDAY)
    second = desk.do(keeping.make_credit_file, [credit()], TUESDAY)
    assert second.serial == 2
    desk.do(keeping.cancel_file, second.file_id, "The wrong day.")
    assert desk.do(keeping.make_credit_file, [credit()], TUESDAY).serial == 3


def test_they_go_on_from_another_system(desk, council):
    council(first_serial="500")
    assert [desk.do(keeping.make_credit_file, [credit()], TUESDAY).serial for _ in range(2)] == [500, 501]
    council(first_serial="999999")
    assert desk.do(keeping.make_credit_file, [credit()], TUESDAY).serial == 999_999
    with pytest.raises(UserError, match="serial number 1000000"):
        desk.do(keeping.make_credit_file, [credit()], TUESDAY)


def test_a_file_is_sent_or_cancelled_once(desk, council):
    made = desk.do(keeping.make_credit_file, [credit()], TUESDAY).file_id
    desk.do(keeping.mark_sent, made, "A1B2C3")
    found = desk.ask(queries.file, made)
    assert (found.state, found.reference) == (PaymentFileState.SENT, "A1B2C3")
    for again in (lambda ctx: keeping.mark_sent(ctx, made), lambda ctx: keeping.cancel_file(ctx, made, "No.")):
        with pytest.raises(UserError, match="was sent already"):
            desk.do(again)
    with pytest.raises(UserError, match="no such Bacs file"):
        desk.ask(queries.file, 99)


def test_a_reference_holds_no_card_number(desk, council):
    made = desk.do(keeping.make_credit_file, [credit()], TUESDAY).file_id
    with pytest.raises(UserError, match="reference holds what looks like a card number, ending 1111"):
        desk.do(keeping.mark_sent, made, "4111 1111 1111 1111")


def test_finance_must_have_authorised_it(desk, council):
    council(credit_files="no")
    with pytest.raises(UserError, match="Finance hasn't authorised"):
        desk.do(keeping.make_credit_file, [credit()], TUESDAY)


UNUSABLE = (
    ({"sun": NOT_SET}, "'Service User Number' isn't set"),
    ({"sun": "12345"}, "not six digits"),
    ({"own_sort_code": "12"}, "own account for Bacs: A sort code is six digits"),
    ({"own_account_number": NOT_SET}, "account number for Bacs' isn't set"),
    ({"user_name": "💷"}, "nothing that a Bacs file can carry"),
)


def test_the_councils_own_side_is_asked_for(desk, council):
    for values, words in UNUSABLE:
        council(**OWN | values)
        with pytest.raises(UserError, match=words):
            desk.ask(queries.own_side)


def test_a_rent_group_may_have_its_own_account(desk, council, let):
    group = let.rent_group.code
    assert desk.ask(queries.own_accounts).by_scope.keys() == {""}
    council(f"rent_group:{group}", own_account_number="70872491")
    with pytest.raises(UserError, match=f"sort code for Bacs' isn't set for rent group {group}"):
        desk.ask(queries.own_accounts)
    council(f"rent_group:{group}", own_sort_code="40-40-40")
    found = desk.ask(queries.own_accounts)
    assert (found.of(f"rent_group:{group}").account_number, found.scope(f"rent_group:{group}")) == (
        "70872491",
        f"rent_group:{group}",
    )
    other = found.of("rent_group:ELSEWHERE")
    assert (other.account_number, found.scope("rent_group:ELSEWHERE"), other.name) == (
        "70872490",
        "",
        "ANYTOWN COUNCIL RE",
    )
    council(f"rent_group:{group}", own_sort_code="40")
    with pytest.raises(UserError, match=f"for rent group {group}: A sort code is six digits"):
        desk.ask(queries.own_accounts)


def test_as_shipped_nothing_can_be_made(desk):
    with pytest.raises(UserError, match="isn't set"):
        desk.do(keeping.make_credit_file, [credit()], TUESDAY)


def test_its_own_name_is_brought_into_the_characters_of_bacs(desk, council):
    own = desk.ask(queries.own_side)
    assert (own.user_name, own.account.name, own.account.sort_code) == (
        "ANYTOWN COUNCIL",
        "ANYTOWN COUNCIL RE",
        "404040",
    )


# The three days. Christmas 2026 is a Friday; Monday 28 December is a bank holiday instead of Saturday's Boxing Day.


def test_the_days_go_around_weekends_and_bank_holidays():
    assert processing.days_of(date(2026, 12, 24)) == ProcessingDays(
        date(2026, 12, 23), date(2026, 12, 24), date(2026, 12, 29)
    )
    assert processing.soonest(date(2026, 12, 24)).processing_on == date(2026, 12, 29)
    assert processing.soonest(date(2026, 11, 21)).processing_on == TUESDAY  # a Saturday: sent on Monday
    assert processing.entered_on(date(2026, 12, 26)).processing_on == date(2026, 12, 24)
    assert processing.entered_on(date(2027, 1, 1)).entry_on == date(2027, 1, 4)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 29), "Sunday 29 Nov 2026: it is a weekend"),
        (date(2026, 12, 28), "Monday 28 Dec 2026: Boxing Day"),
        (date(2026, 11, 20), "had to be sent by Thursday 19 Nov 2026"),
        (date(2026, 11, 23), "had to be sent by Friday 20 Nov 2026"),
        (date(2026, 12, 25), "Friday 25 Dec 2026: Christmas Day"),
        (date(2026, 12, 22), "more than 30 days ahead"),
    ],
)
def test_days_that_bacs_takes_no_file_for(day, words):
    with pytest.raises(UserError, match=words) as told:
        processing.checked_days(day, date(2026, 11, 21), 30)
    assert told.value.field == "processing_on"
    assert "The " in told.value.hint


def test_a_day_on_which_bacs_is_closed_for_once(desk, council):
    council(closed_on="2026-11-24, 2027-05-04")
    assert desk.ask(queries.next_days) == ProcessingDays(date(2026, 11, 23), date(2026, 11, 25), date(2026, 11, 26))
    with pytest.raises(UserError, match="Tuesday 24 Nov 2026: Bacs is closed") as told:
        desk.do(keeping.make_credit_file, [credit()], TUESDAY)
    assert told.value.hint == "The next day that it does is Wednesday 25 Nov 2026."
    council(closed_on="24/11/2026")
    with pytest.raises(UserError, match="no list of dates"):
        desk.ask(queries.next_days)


def test_the_calendar_names_its_holidays(desk):
    found = desk.ask(queries.calendar, date(2026, 12, 23), 8)
    assert [(each.on.day, each.works, each.why_not.partition(" (")[0]) for each in found] == [
        (23, True, ""),
        (24, True, ""),
        (25, False, "Christmas Day"),
        (26, False, "Saturday"),
        (27, False, "Sunday"),
        (28, False, "Boxing Day"),
        (29, True, ""),
        (30, True, ""),
    ]
    assert found[1].file == ProcessingDays(date(2026, 12, 23), date(2026, 12, 24), date(2026, 12, 29))
    assert found[2].file is None


def test_the_last_day_ahead_is_taken(desk):
    assert desk.ask(queries.days_of, date(2026, 12, 21)).entry_on == date(2026, 12, 22)
    assert desk.ask(queries.next_days).processing_on == TUESDAY


def test_admin_lists_two_digits_of_the_councils_account(desk, council):
    words = {row.key.key: row.words for row in desk.ask(policies.list_values).rows}
    assert words["bacs.own_account_number"] == "••••••90"
    assert (words["bacs.own_sort_code"], words["bacs.sun"]) == ("404040", "123456")
    assert words["bacs.credit_files"] == "Yes: finance has authorised it"
