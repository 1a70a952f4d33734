"""`rentbook arrangement`: the end date and the schedule by hand; refused where the debt never clears."""

import json
from datetime import date

import pytest

from app.services.charges import jobs as charging
from tests.factories import lettings
from tests.prepared import prepared

HOME = ("arrangement", "0012 4471 03", "--every", "week", "--from", "2026-11-27")


@prepared
def owing(desk):
    """118.42 a week since 9 November: 236.84 is owed."""
    desk.do(lettings.letting, "118.42", start_on=date(2026, 11, 9), reference="0012 4471 03")
    charging.catch_up(desk, date(2026, 11, 9))
    charging.catch_up(desk, date(2026, 11, 16))


def test_the_end_and_the_schedule(office, owing):
    found = office(*HOME, "--amount", "50", "--json").data
    assert (found["debt_pence"], found["payments"], found["ends_on"]) == (236_84, 5, "2026-12-25")
    assert found["agreed"] is None
    assert [row["due_on"] for row in found["schedule"]] == [
        "2026-11-27",
        "2026-12-04",
        "2026-12-11",
        "2026-12-18",
        "2026-12-25",
    ]
    assert found["schedule"][-1] == {"number": 5, "due_on": "2026-12-25", "amount_pence": 36_84, "left_pence": 0}


def test_a_first_payment_of_another_amount(office, owing):
    found = office(*HOME, "--amount", "20", "--first-payment", "136.84", "--json").data
    assert (found["payments"], found["ends_on"], found["last_payment_pence"]) == (6, "2027-01-01", 20_00)


def test_by_the_month_it_ends_on_the_last_of_february(office, owing):
    said = office("arrangement", "0012 4471 03", "--amount", "100", "--every", "month", "--from", "2026-12-31")
    assert said.out.startswith("Owed £236.84. 3 payments of £100.00 a month, the last £36.84 on 28 Feb 2027.")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--amount", "0.01"), "At least £0.16 a week would."),
        (("--amount", "0"), "Type more than £0.00."),
        (("--amount", "100", "--in-all"), "never clears the debt: £118.42 of it is what falls due anyway."),
        (("--amount", "50", "--from", "2036-11-27"), "too far ahead"),
    ],
)
def test_what_never_clears_is_refused_with_what_would(office, owing, arguments, said):
    """236.84 over the 1,566 Fridays of 30 years is 15.1 pence."""
    refused = office(*HOME, *arguments)
    assert refused.code == 1
    assert said in refused.err
    assert refused.out == ""


@pytest.mark.parametrize(
    "arguments", [("--amount", "ten"), ("--amount", "1.234"), ("--amount", "10", "--every", "year")]
)
def test_wrong_usage(office, owing, arguments):
    assert office(*HOME, *arguments).code == 2


def test_agreed_listed_and_tested(office, owing):
    made = office(*HOME, "--amount", "150", "--in-all", "--agree", "--json").data
    assert (made["agreed"], made["amount_pence"], made["payments"]) == (1, 31_58, 8)
    listed = json.loads(office("arrangements", "list", "--json").out)["arrangements"]
    assert [(row["reference"], row["stands"], row["debt_pence"]) for row in listed] == [
        ("0012 4471 03", "not_due", 236_84)
    ]
    assert office("arrangements", "test", "--json").data == {"live": 1, "behind": 0, "broken": 0, "completed": 0}
    assert office("arrangements", "list", "--shown", "broken").out.strip() == "None."
