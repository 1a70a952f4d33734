"""The time to pay: 30 days from receipt or the later day due; only a dispute told in time holds it. Days counted by hand."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.models.values import DisputeReason
from app.services.core.calendars import office
from app.services.purchase_orders.invoices.rules.clock import Stand, Timing, clock, law, left_words, told_by

OFFICE = office()
TODAY = date(2026, 11, 21)
CAME = date(2026, 11, 2)
"""A Monday, and the first of 30 days: 29 in November, so the last is Tuesday 1 December."""


def day(number, month=11):
    return date(2026, month, number)


def timing(*disputes, due_on=None, **more):
    return Timing(CAME, due_on, 30, 5, OFFICE, disputes, **more)


def stand(found, told=None, closed=None, reason=DisputeReason.PRICE, number=1):
    return Stand(number, reason, found, told, closed)


def test_thirty_days_from_receipt_or_the_later_day_due():
    plain = clock(timing(), TODAY)
    assert (plain.last_on, plain.left_days, plain.held) == (day(1, 12), 10, False)
    assert plain.words == ("Received on 2 Nov 2026; 30 days: last day 1 Dec 2026 (Procurement Act 2023 s.68).",)
    assert clock(timing(due_on=day(10, 12)), TODAY).last_on == day(10, 12)
    assert clock(timing(due_on=day(20)), TODAY).last_on == day(1, 12)
    assert left_words(clock(timing(), day(3, 12))) == "2 days late"


def test_before_the_act_the_thirty_days_began_the_day_after():
    """Received on Sunday 23 February 2025: five days of February and 25 of March. A day later the Act counts the day itself."""
    before = Timing(date(2025, 2, 23), None, 30, 5, OFFICE)
    assert (clock(before, TODAY).last_on, law(before.received_on)) == (
        date(2025, 3, 25),
        "Public Contracts Regulations 2015 reg 113",
    )
    assert clock(replace(before, received_on=date(2025, 2, 24)), TODAY).last_on == date(2025, 3, 25)


def test_a_dispute_holds_from_the_day_it_is_told_to_the_day_it_is_settled():
    """Told on 6 November, settled on 16 November: ten days, so 11 December; a missing order number adds nothing."""
    held = clock(timing(stand(day(4), day(6), day(16)), order_missing=True), TODAY)
    assert (held.last_on, held.held_days, held.left_days) == (day(11, 12), 10, 20)
    assert held.words[-1] == "It quotes no order, which alone neither stops nor restarts the time."
    still = clock(timing(stand(day(4), day(6))), TODAY)
    assert (still.held, still.left_days, left_words(still)) == (True, 25, "Held: disputed")


def test_telling_late_or_not_at_all_holds_nothing():
    """Found on Wednesday 4 November: five working days are up on Wednesday 11 November."""
    late = stand(day(4), day(12), day(18))
    assert told_by(timing(), late) == day(11)
    assert clock(timing(late), TODAY).last_on == day(1, 12)
    assert clock(timing(stand(day(4))), TODAY).words[-1] == (
        "Disputed, but the supplier isn't told: the time goes on. Tell them by 11 Nov 2026."
    )
    after = stand(day(2, 12), day(3, 12), day(8, 12))
    assert clock(timing(after), day(20, 12)).last_on == day(1, 12)


def test_days_on_which_two_disputes_stand_count_once_and_one_not_ours_begins_anew():
    """6 to 16 and 9 to 19 November are thirteen days together; settled as not ours on 16 November: 30 days with that one."""
    two = (stand(day(4), day(6), day(16)), stand(day(6), day(9), day(19), number=2))
    assert clock(timing(*two), TODAY).held_days == 13
    anew = clock(timing(stand(day(4), day(6), day(16), DisputeReason.NOT_OURS)), TODAY)
    assert (anew.started_on, anew.last_on) == (day(16), day(15, 12))


@given(st.lists(st.tuples(*[st.integers(0, 60)] * 3), max_size=4), st.integers(-5, 60), st.integers(0, 90))
def test_a_dispute_never_brings_the_last_day_forward_and_its_days_are_what_is_added(days, due, after):
    disputes = tuple(
        stand(CAME + timedelta(a), CAME + timedelta(a + b), CAME + timedelta(a + b + c), number=n)
        for n, (a, b, c) in enumerate(days)
    )
    of = timing(*disputes, due_on=CAME + timedelta(due))
    base = max(CAME + timedelta(29), CAME + timedelta(due))
    found = clock(of, CAME + timedelta(after))
    assert found.last_on == base + timedelta(found.held_days)
    assert found.held_days >= 0
    assert found.left_days == (found.last_on - (CAME + timedelta(after))).days
