"""Policy values read by type, kept within limits, put in order by date; figures and dates worked by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.admin.policy import rules
from app.services.admin.policy.dto import Standing
from app.services.core.errors import UserError
from app.services.core.policy_values import Key, Value, ValueType, resolve

TODAY = date(2026, 11, 21)
POUNDS = Key("rent.min", "Lowest rent", ValueType.POUNDS, "pounds", least="0.00", most="2000.00", below="rent.max")
HIGHEST = Key("rent.max", "Highest rent", ValueType.POUNDS, "pounds")
DAYS = Key("rent.notice", "Notice", ValueType.DAYS, "days", least="28", most="366")
RATE = Key("vat.rate", "Rate of VAT", ValueType.PERCENT, "percent", least="0", most="50")
DAY = Key("rent.day", "First day", ValueType.DATE, "date")
MODE = Key("sign.mode", "How", ValueType.WORD, "", choices={"0": "by the computer", "1": "with a password"})


@pytest.mark.parametrize(
    ("key", "typed", "kept"),
    [
        (POUNDS, "£1,234.5", "1234.50"),
        (POUNDS, "52", "52.00"),
        (DAYS, "28", "28"),
        (DAYS, " 030 days ", "30"),
        (RATE, "17.5 %", "17.5"),
        (RATE, "20.00", "20"),
        (RATE, "0", "0"),
        (DAY, "12/5/2027", "2027-05-12"),
        (MODE, "With a password", "1"),
        (MODE, "0", "0"),
    ],
)
def test_what_an_officer_types_is_kept_in_one_form(key, typed, kept):
    assert rules.read_value(key, typed, TODAY) == kept


@pytest.mark.parametrize(
    ("key", "typed", "words"),
    [
        (POUNDS, "", "Type the value"),
        (POUNDS, "lots", "not an amount"),
        (POUNDS, "-5", "without a sign"),
        (POUNDS, "2000.01", "too high"),
        (DAYS, "27", "too low"),
        (DAYS, "4 weeks", "not a whole number of days"),
        (DAYS, "28.5", "not a whole number"),
        (DAYS, "²8", "not a whole number"),
        (RATE, "17.125", "more than two decimals"),
        (RATE, "NaN", "not a percentage"),
        (RATE, "1e400", "too high"),
        (RATE, "٢٠", "not a percentage"),
        (DAY, "31 June", "31"),
        (MODE, "by post", "none of"),
        (DAYS, "9" * 201, "over 200"),
    ],
)
def test_what_is_no_value_is_refused_beside_its_field(key, typed, words):
    with pytest.raises(UserError, match=words) as refused:
        rules.read_value(key, typed, TODAY)
    assert refused.value.field == "value"


@given(st.integers(0, 200_000))
def test_an_amount_is_read_back_as_it_is_written(pence):
    kept = rules.read_value(POUNDS, f"{pence // 100}.{pence % 100:02}", TODAY)
    assert rules.read_value(POUNDS, rules.write_value(POUNDS, kept), TODAY) == kept


@given(st.text(max_size=30), st.sampled_from([POUNDS, DAYS, RATE, DAY, MODE]))
def test_whatever_is_typed_is_kept_whole_or_refused_with_a_sentence(typed, key):
    try:
        kept = rules.read_value(key, typed, TODAY)
    except UserError:
        return
    assert rules.read_value(key, kept, TODAY) == kept
    assert rules.write_value(key, kept)


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        (POUNDS, "1234.50", "£1,234.50"),
        (DAYS, "1", "1 day"),
        (RATE, "17.5", "17.5 %"),
        (DAY, "2027-05-12", "12 May 2027"),
    ],
)
def test_values_are_written_in_words(key, value, words):
    assert rules.write_value(key, value) == words


def test_limits_and_scopes_in_words():
    assert rules.limits_in_words(POUNDS) == "Between £0.00 and £2,000.00"
    assert rules.limits_in_words(HIGHEST) == ""
    assert [rules.scope_in_words(each) for each in ("", "bedrooms:0", "bedrooms:2", "tenure:use_and_occupation")] == [
        "Everything",
        "Bedsits",
        "2 bedrooms",
        "Use and occupation",
    ]


def value(starts_on, amount="1", *, scope="", edited=False):
    return Value("k", scope, starts_on, amount, "", "", "", edited=edited)


STARTS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
VALUES = st.lists(st.builds(value, STARTS, st.sampled_from("123"), edited=st.booleans()), max_size=6)


@given(VALUES, STARTS)
def test_the_listed_timeline_and_the_resolver_agree(values, on):
    ordered = rules.in_order(values)
    listed = [
        each
        for at, each in enumerate(ordered)
        if each.effective_from <= on and ((last := rules.ends_on(ordered, at)) is None or on <= last)
    ]
    found = resolve(values, on)
    assert [(each.effective_from, each.edited) for each in listed] == (
        [(found.effective_from, found.edited)] if found else []
    )


@given(VALUES, STARTS)
def test_a_narrower_scope_always_wins(values, on):
    narrow = value(on - timedelta(days=1), "9", scope="bedrooms:2")
    assert resolve([*values, narrow], on, "bedrooms:2") is narrow
    assert resolve([*values, narrow], on) is not narrow


def test_a_later_value_ends_the_one_before_it():
    ordered = rules.in_order([value(date(2027, 4, 5)), value(date(2026, 4, 6))])
    assert rules.ends_on(ordered, 0) == date(2027, 4, 4)
    assert rules.standing(date(2026, 4, 6), date(2027, 4, 4), TODAY) is Standing.NOW
    assert rules.standing(date(2027, 4, 5), None, TODAY) is Standing.COMING
    assert rules.standing(date(2020, 4, 6), date(2026, 11, 20), TODAY) is Standing.PAST


@pytest.mark.parametrize(
    ("charged_to", "posted", "first"),
    [
        (None, False, date.min),
        (None, True, TODAY),
        (date(2026, 11, 16), True, TODAY),
        (date(2026, 11, 23), True, date(2026, 11, 24)),
    ],
)
def test_a_value_begins_after_what_was_posted(charged_to, posted, first):
    assert rules.earliest(TODAY, charged_to, posted) == first


def test_bounds_may_not_cross():
    rules.refuse_crossed(POUNDS, "52.00", HIGHEST, "130.00")
    rules.refuse_crossed(POUNDS, "52.00", HIGHEST, None)
    with pytest.raises(UserError, match=r"£140.00 is above the 'Highest rent' of £130.00"):
        rules.refuse_crossed(POUNDS, "140.00", HIGHEST, "130.00")
    with pytest.raises(UserError, match=r"£40.00 is below the 'Lowest rent' of £52.00"):
        rules.refuse_crossed(HIGHEST, "40.00", POUNDS, "52.00")
