"""A page of figures: what is shown keeps its days until other figures are shown, and what is refused puts the dates back."""

from datetime import date, timedelta

import pytest

from app.services.post_log.reports import queries
from app.views.common.figures_desk import FiguresDesk
from app.views.post_log.reports import ReportsPage
from tests.conftest import TODAY
from tests.views.desktop import held, wait

FIRST = TODAY - timedelta(days=90)
WORDS = ("From 23 Aug 2026 to 21 Nov 2026",)


@pytest.fixture
def today_is():
    """The day that it is; another one may follow."""
    return [TODAY]


@pytest.fixture
def page(office, qtbot, today_is):
    """The reports of the post, of 13 weeks."""
    made = ReportsPage(lambda: today_is[-1])
    FiguresDesk(office, made, queries.report, "Counting the post")
    qtbot.addWidget(made)
    made.show()
    wait(qtbot, lambda: not office.tasks.busy)
    yield made
    made.hide()


def listings(page):
    """The words over what the tables and the table of the chart export."""
    tables = [page.parts.stack.widget(at) for at in range(page.parts.stack.count())]
    return {table.listing().shown for table in (*tables, page.chart.table)}


def test_what_is_shown_keeps_its_days_until_other_figures_are_shown(page, office, qtbot):
    assert (page.days, listings(page)) == ((FIRST, TODAY), {WORDS})
    with held(office.desk):
        page.from_on.set_value(date(2026, 11, 1))
        assert (page.span, page.days) == ((date(2026, 11, 1), TODAY), (FIRST, TODAY))
        assert listings(page) == {WORDS}
    wait(qtbot, lambda: not office.tasks.busy)
    assert page.days == page.span == (date(2026, 11, 1), TODAY)
    assert listings(page) == {("From 1 Nov 2026 to 21 Nov 2026",)}


def test_a_span_that_is_refused_or_stopped_is_said_and_the_dates_are_put_back(page, office, qtbot):
    page.to_on.set_value(FIRST - timedelta(days=1))
    wait(qtbot, lambda: not office.tasks.busy)
    assert "The last day is before the first." in office.messages.text
    assert page.span == page.days == (FIRST, TODAY)
    assert [days for days, pressed in page._usual.items() if pressed.isChecked()] == [91]

    with held(office.desk):
        page._usual[364].click()
        office.tasks.stop_all()
    wait(qtbot, lambda: not office.tasks.busy)
    assert page.span == page.days == (FIRST, TODAY)
    assert [days for days, pressed in page._usual.items() if pressed.isChecked()] == [91]


def test_a_page_left_open_overnight_counts_up_to_the_day_that_it_is(page, office, qtbot, today_is):
    """A usual span goes on by a day; of one that the officer began on a day only the end does; a past one stays."""
    today_is.append(TODAY + timedelta(days=1))
    page.refresh_wanted.emit(None)
    wait(qtbot, lambda: not office.tasks.busy)
    assert page.days == (FIRST + timedelta(days=1), TODAY + timedelta(days=1))
    assert [days for days, pressed in page._usual.items() if pressed.isChecked()] == [91]

    page.from_on.set_value(date(2026, 11, 1))
    today_is.append(TODAY + timedelta(days=3))
    page.refresh_wanted.emit(None)
    wait(qtbot, lambda: not office.tasks.busy)
    assert page.days == (date(2026, 11, 1), TODAY + timedelta(days=3))

    page.to_on.set_value(TODAY)
    today_is.append(TODAY + timedelta(days=4))
    page.refresh_wanted.emit(None)
    wait(qtbot, lambda: not office.tasks.busy)
    assert page.days == (date(2026, 11, 1), TODAY)
