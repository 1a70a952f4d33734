"""The short words of the register, where the whole has no room."""

from datetime import UTC, datetime

import pytest

from app.services.post_log.register.dto import RegisterRow, Way
from app.views.common.post_columns import LINES, short_category, short_day, short_holder, short_who


def row(way=Way.IN, **fields):
    values = {
        "row_id": 1,
        "number": "2026/0041",
        "at": datetime(2026, 11, 21, 12, tzinfo=UTC),
        "who": "",
        "subject": "",
        "channel": "letter",
        "category": "",
        "account_id": None,
        "reference": "",
        "holder": "",
        "officer_id": None,
        "team_id": None,
        "state": "open",
    }
    return RegisterRow(way=way, **values | fields)


@pytest.mark.parametrize(
    ("category", "forms"),
    [
        ("Complaint, stage 1", ("Complaint 1", "Complaint")),
        ("Payment or balance query", ("Payment",)),
        ("Freedom of information request", ("Freedom",)),
        ("Subject access request", ("Subject access", "Subject")),
        ("Direct Debit", ("Direct",)),
        ("", ()),
    ],
)
def test_a_category_is_said_shorter_each_time(category, forms):
    assert short_category(row(category=category)) == forms


def test_whom_it_is_from_ends_at_the_surname_and_a_firm_stays_whole():
    two = short_who(row(who="Mr Edith Partridgely and Ms Mabel Partridgely"))
    assert two[-2:] == ("Mr Partridgely +1", "Partridgely +1")
    assert short_who(row(who="Mx Sample Writer")) == ("Mx S Writer", "Mx Writer", "Writer")
    assert short_who(row(who="Sample Grounds Ltd")) == ()


def test_who_has_it_is_said_by_initial_and_a_team_whole():
    assert short_holder(row(holder="Cat Colleague", officer_id=2)) == ("C Colleague", "Cat C")
    assert short_holder(row(holder="Rents team", team_id=3)) == ()
    assert short_holder(row()) == ()


def test_a_line_says_its_day_and_that_it_went_out():
    number = LINES[0]
    assert (short_day(row()), number.text(row())) == ("21 Nov 26", "2026/0041")
    assert number.text(row(Way.OUT, number="7")) == "Out 7"
