"""The lines of suspense on the home page: what it comes to, how old it is, what is old, and what is with the officer."""

from datetime import date

from app.services.home import suspense
from app.services.home.dto import Tone
from app.services.reception_payments.suspense import commands
from tests.services.reception_payments.conftest import clerk, reception  # noqa: F401  fixtures
from tests.services.reception_payments.suspense.held import hold


def said(desk):
    return [(each.title, each.words, each.tone) for each in desk.ask(suspense.lines)]


def test_what_stands_in_suspense_is_told_with_its_oldest_item(desk):
    """Paid on the 1st and the 13th; today is the 21st, and 14 days are old."""
    assert said(desk) == []
    item = hold(desk, pence=10_00, on=date(2026, 11, 1))
    hold(desk, line=2)
    desk.do(commands.give, [item.id], desk.officer.id)
    assert said(desk) == [
        ("In suspense", "2, £60.00, the oldest 20 days", Tone.PLAIN),
        ("Old", "1, £10.00", Tone.BAD),
        ("With you", "1, £10.00", Tone.PLAIN),
    ]


def test_who_has_no_part_in_it_is_told_nothing(desk, clerk):  # noqa: F811
    hold(desk)
    assert said(clerk) == []
