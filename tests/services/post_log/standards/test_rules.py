from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values import Pausing, ReplyFrom, ReplyUnit
from app.services.core.calendars import FOI, STATUTORY, office
from app.services.post_log.standards import rules
from app.services.post_log.standards.dto import Light, Pause, Standard

GENERAL = Standard(3, 10, ReplyUnit.WORKING_DAYS, ReplyFrom.RECEIVED, Pausing.CLARIFICATION, False, 10)
STAGE_1 = Standard(5, 10, ReplyUnit.WORKING_DAYS, ReplyFrom.ACKNOWLEDGED, Pausing.NEVER, False, 10)
STAGE_2 = Standard(5, 20, ReplyUnit.WORKING_DAYS, ReplyFrom.ACKNOWLEDGED, Pausing.NEVER, False, 20)
INFORMATION = Standard(3, 20, ReplyUnit.WORKING_DAYS, ReplyFrom.RECEIVED, Pausing.CLARIFICATION, True, 20)
SUBJECT_ACCESS = Standard(3, 1, ReplyUnit.MONTHS, ReplyFrom.RECEIVED, Pausing.IDENTITY, False, 2)
SAME_DAY = Standard(0, 0, ReplyUnit.SAME_DAY, ReplyFrom.RECEIVED, Pausing.NEVER, False, 0)
RIGHT_TO_BUY = Standard(3, 4, ReplyUnit.WEEKS, ReplyFrom.RECEIVED, Pausing.NEVER, False, 4)
OFFICE = office()
CLOSED = office([date(2026, 12, day) for day in (29, 30, 31)])
EVE = date(2026, 12, 24)
CLARIFY, IDENTITY = Pausing.CLARIFICATION, Pausing.IDENTITY


def due(standard, received_on, acknowledged_on=None, pauses=(), extensions=(), days=OFFICE):
    return rules.due(standard, received_on, acknowledged_on, pauses, extensions, days)


def test_over_christmas_the_office_counts_neither_holidays_nor_weekends():
    # 29, 30, 31 Dec; then 4 to 8 Jan, 11 and 12 Jan
    found = due(GENERAL, EVE)
    assert (found.acknowledge_by, found.reply_by) == (date(2026, 12, 31), date(2027, 1, 12))
    assert found.working == (
        "Received Thu 24 Dec 2026; 25 and 28 Dec are holidays; 3 working days later is Thu 31 Dec 2026.",
        "Received Thu 24 Dec 2026; 25 and 28 Dec and 1 Jan are holidays; 10 working days later is Tue 12 Jan 2027.",
    )


def test_days_that_the_office_is_closed_count_for_clocks_of_law_only():
    assert due(GENERAL, EVE, days=CLOSED).acknowledge_by == date(2027, 1, 6)
    assert due(STAGE_1, EVE, days=STATUTORY).acknowledge_by == date(2027, 1, 5)
    assert due(GENERAL, EVE, days=CLOSED).working[0] == (
        "Received Thu 24 Dec 2026; 25 and 28 Dec and 1 Jan are holidays; the office is closed on 29, 30 and 31 Dec;"
        " 3 working days later is Wed 6 Jan 2027."
    )


@pytest.mark.parametrize(
    ("received_on", "acknowledge_by", "reply_by"),
    [
        (date(2026, 4, 2), date(2026, 4, 9), date(2026, 4, 20)),  # Maundy Thursday; 3 and 6 Apr are holidays
        (date(2027, 3, 25), date(2027, 4, 1), date(2027, 4, 12)),  # Maundy Thursday; 26 and 29 Mar
        (date(2026, 11, 21), date(2026, 11, 25), date(2026, 12, 4)),  # a Saturday: Monday is the first day
    ],
)
def test_over_easter_and_from_a_weekend(received_on, acknowledge_by, reply_by):
    found = due(GENERAL, received_on)
    assert (found.acknowledge_by, found.reply_by) == (acknowledge_by, reply_by)


def test_the_answer_to_a_complaint_runs_from_its_acknowledgement():
    # to acknowledge: 29, 30, 31 Dec, 4, 5 Jan; not acknowledged: 6, 7, 8, 11-15, 18, 19 Jan
    waiting = due(STAGE_1, EVE, days=STATUTORY)
    assert (waiting.acknowledge_by, waiting.reply_by) == (date(2027, 1, 5), date(2027, 1, 19))
    assert waiting.working[1].startswith("Not acknowledged yet, so counted from the last day for it, Tue 5 Jan 2027;")
    # acknowledged on 29 Dec: 30, 31 Dec, 4-8 Jan, 11, 12, 13 Jan
    done = due(STAGE_1, EVE, date(2026, 12, 29), days=STATUTORY)
    assert done.reply_by == date(2027, 1, 13)
    assert done.reply_working == (
        "Acknowledged Tue 29 Dec 2026; 1 Jan is a holiday; 10 working days later is Wed 13 Jan 2027.",
    )


def test_a_complaint_is_made_longer_and_never_stands_still():
    longer = due(STAGE_2, EVE, date(2026, 12, 29), extensions=(10, 10), days=STATUTORY)
    # 30, 31 Dec, then 38 more from 4 Jan: seven weeks to 19 Feb are 35; 22, 23, 24 Feb
    assert longer.reply_by == date(2027, 2, 24)
    assert longer.reply_working[0] == "It was made longer by 20 working days: 20 and 20 are 40."
    assert "never stands still" in rules.refused_pause(STAGE_2, CLARIFY)


def test_a_holiday_anywhere_in_the_kingdom_is_none_of_the_days_of_freedom_of_information():
    # 29-31 Dec are 3; 1 Jan and 4 Jan (Scotland) are holidays; 5-8 Jan are 7, 11-15 are 12, 18-22 are 17, 25-27 are 20
    found = due(INFORMATION, EVE, days=FOI)
    assert found.reply_by == date(2027, 1, 27)
    assert "1 and 4 Jan are holidays" in found.reply_working[0]
    # St Patrick's Day, Good Friday and Easter Monday: 2-5 are 4, 8-12 are 9, 15, 16, 18, 19 are 13, 22-25 are 17, 30, 31, 1
    assert due(INFORMATION, date(2027, 3, 1), days=FOI).reply_by == date(2027, 4, 1)


def test_freedom_of_information_starts_again_once_what_is_wanted_is_clear():
    asked = Pause(CLARIFY, date(2026, 11, 10), None)
    open_still = due(INFORMATION, date(2026, 11, 9), pauses=(asked,), days=FOI)
    assert open_still.reply_by is None
    assert open_still.reply_working[-1] == (
        "We asked what they mean on Tue 10 Nov 2026: the time to answer stands still until they say."
    )
    # the answer came on 16 Nov: 17-20 are 4, 23-27 are 9; 30 Nov is St Andrew's; 1-4 Dec are 13, 7-11 are 18, 14, 15
    came = due(
        INFORMATION, date(2026, 11, 9), pauses=(Pause(CLARIFY, date(2026, 11, 10), date(2026, 11, 16)),), days=FOI
    )
    assert came.reply_by == date(2026, 12, 15)
    assert came.reply_working[0].startswith("The time began anew on Mon 16 Nov 2026, when what we asked for came;")
    assert rules.refused_pause(INFORMATION, CLARIFY) == ""
    assert rules.refused_pause(INFORMATION, IDENTITY)


@pytest.mark.parametrize(
    ("received_on", "by"),
    [
        (date(2026, 9, 3), date(2026, 10, 5)),  # 3 Oct is a Saturday
        (date(2026, 11, 25), date(2026, 12, 29)),  # Christmas Day, Boxing Day on Saturday, Sunday, the substitute
        (date(2027, 1, 31), date(2027, 3, 1)),  # no 31 Feb; 28 Feb is a Sunday
        (date(2028, 1, 30), date(2028, 2, 29)),
        (date(2026, 12, 15), date(2027, 1, 15)),
    ],
)
def test_subject_access_has_a_calendar_month_to_the_corresponding_date(received_on, by):
    assert due(SUBJECT_ACCESS, received_on, days=STATUTORY).reply_by == by


def test_the_month_is_said_in_words():
    christmas = due(SUBJECT_ACCESS, date(2026, 11, 25), days=STATUTORY)
    assert christmas.reply_working[0] == (
        "Received Wed 25 Nov 2026; 1 calendar month later is Fri 25 Dec 2026, which is no working day;"
        " the next is Tue 29 Dec 2026."
    )
    short = due(SUBJECT_ACCESS, date(2028, 1, 30), days=STATUTORY)
    assert short.reply_working[0].endswith("is Tue 29 Feb 2028 (the month has no 30th).")


def test_subject_access_waits_for_clarification_and_begins_with_who_they_are():
    # five days still, 11 to 15 Dec: 10 Jan and 5 are 15 Jan
    clear = due(SUBJECT_ACCESS, date(2026, 12, 10), pauses=(Pause(CLARIFY, date(2026, 12, 10), date(2026, 12, 15)),))
    assert clear.reply_by == date(2027, 1, 15)
    assert clear.reply_working == (
        "It stood still from Fri 11 Dec 2026 to Tue 15 Dec 2026, while we waited to be told what they mean.",
        "Received Thu 10 Dec 2026; 1 calendar month later, with 5 days that it stood still, is Fri 15 Jan 2027.",
    )
    shown = due(SUBJECT_ACCESS, date(2026, 12, 10), pauses=(Pause(IDENTITY, date(2026, 12, 11), date(2026, 12, 18)),))
    assert shown.reply_by == date(2027, 1, 18)
    longer = due(SUBJECT_ACCESS, date(2026, 12, 10), extensions=(2,), days=STATUTORY)
    assert longer.reply_by == date(2027, 3, 10)


def test_other_clocks_go_on_where_they_stood():
    # received 2 Nov: 3, 4 count; asked on 4, came on 9; 10-13, 16-19 are the other eight
    found = due(GENERAL, date(2026, 11, 2), pauses=(Pause(CLARIFY, date(2026, 11, 4), date(2026, 11, 9)),))
    assert found.reply_by == date(2026, 11, 19)
    same = due(GENERAL, date(2026, 11, 2), pauses=(Pause(CLARIFY, date(2026, 11, 4), date(2026, 11, 4)),))
    assert same == due(GENERAL, date(2026, 11, 2))


def test_what_is_dealt_with_the_same_day():
    found = due(SAME_DAY, EVE)
    assert (found.acknowledge_by, found.reply_by) == (None, EVE)
    assert found.working == ("Received Thu 24 Dec 2026; it is dealt with the same day.",)
    holiday = due(SAME_DAY, date(2026, 12, 25))
    assert holiday.reply_by == date(2026, 12, 29)
    assert holiday.working == ("Received Fri 25 Dec 2026, which is no working day; the next is Tue 29 Dec 2026.",)


def test_weeks_of_an_act_end_on_their_last_day():
    found = due(RIGHT_TO_BUY, date(2026, 11, 30), days=STATUTORY)
    assert found.reply_by == date(2026, 12, 28)
    assert found.reply_working[0].endswith("which is no working day: the last one before it is Thu 24 Dec 2026.")


def test_amber_from_two_working_days_before_and_red_after():
    friday = date(2026, 11, 20)
    lights = [rules.light(day, friday, 2, OFFICE) for day in (date(2026, 11, 19), friday, date(2026, 11, 24))]
    assert lights == [Light.RED, Light.AMBER, Light.AMBER]
    assert rules.light(date(2026, 11, 25), friday, 2, OFFICE) is Light.GREEN
    assert rules.light(None, friday, 2, OFFICE, waiting=True) is Light.STILL
    assert rules.next_to_keep(friday, EVE, None, None) == friday
    assert rules.next_to_keep(friday, EVE, friday, None) == EVE
    assert rules.next_to_keep(friday, EVE, None, friday) is None


DAYS = st.dates(date(2024, 1, 1), date(2029, 12, 31))


@given(DAYS, st.integers(0, 30), st.integers(0, 20), st.integers(0, 30))
def test_a_pause_adds_just_its_working_days(received_on, asked_after, lasted, count):
    standard = Standard(0, count, ReplyUnit.WORKING_DAYS, ReplyFrom.RECEIVED, CLARIFY, False, 0)
    asked = received_on + timedelta(days=asked_after)
    pause = Pause(CLARIFY, asked, asked + timedelta(days=lasted))
    by = due(standard, received_on, pauses=(pause,)).reply_by
    still = {asked + timedelta(days=ahead) for ahead in range(1, lasted + 1)}
    counted = [received_on + timedelta(days=ahead) for ahead in range(1, (by - received_on).days + 1)]
    assert sum(OFFICE.is_working(day) and day not in still for day in counted) == count
    assert by == received_on or (OFFICE.is_working(by) and by not in still)


@given(DAYS, st.integers(0, 5))
def test_a_longer_time_is_never_an_earlier_day(received_on, more):
    for standard, days in ((GENERAL, OFFICE), (STAGE_1, STATUTORY), (INFORMATION, FOI), (SUBJECT_ACCESS, STATUTORY)):
        plain = due(standard, received_on, days=days).reply_by
        assert due(standard, received_on, extensions=(more,), days=days).reply_by >= plain
        assert days.is_working(plain)
