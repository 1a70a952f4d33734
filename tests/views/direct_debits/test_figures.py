"""The section of figures: what is shown, and what a line opens."""

import pytest
from PySide6.QtWidgets import QPushButton

from app.models.values import Subject
from app.services.direct_debits.mandates.dto import MandateFilter, MandateView
from app.services.direct_debits.schedules.dto import CollectionFilter
from app.shots.direct_debit_figures import _report
from app.views.common.data_table import DataTable
from app.views.direct_debits.controller.figures import FiguresController
from tests.views.desktop import wait


@pytest.fixture
def section(office, tasks, qtbot, monkeypatch):
    """The section over the small landlord, and what its lines open."""
    opened = []
    object.__setattr__(office, "open_record", lambda *about: opened.append(about))
    object.__setattr__(office, "show_only", lambda *about: opened.append(about))
    made = FiguresController(office)
    qtbot.addWidget(made.page)
    made.page.show()
    wait(qtbot, lambda: made.page.models[0].rows and not tasks.busy)
    return made.page, opened


def test_every_figure_says_what_it_counts_and_as_at_which_day(section):
    page, _opened = section
    page.show_report(_report())
    assert [each.accessibleName() for each in page._sums] == [
        "Live 3,912",
        "Lodged 41",
        "Awaiting lodgement 23",
        "Suspended 19",
        "Left suspended 6",
        "Dormant soon 12",
        "Take-up 45.5 %",
    ]
    assert page.in_words()[0] == "As at 22 Nov 2026; months from 1 Jan 2026 to 22 Nov 2026"
    assert page.in_words()[1].startswith("Take-up: of the rent accounts of tenancies that were current")
    assert page.take_up.accessibleName().endswith("22 Nov 2026: 45.5 %, 4,071 of 8,956")


def test_the_keyboard_begins_in_the_first_table_under_its_chart(section):
    page, _opened = section
    assert page.focusProxy() is page.parts.stack.currentWidget().findChild(DataTable)


def test_a_line_opens_what_is_behind_it(section):
    page, opened = section
    found = _report()
    page.show_report(found)
    page.by_day.opened.emit(0)
    page.record_opened.emit(Subject.MANDATE, 1)
    page.returned_opened.emit()
    link = next(each for each in page.findChildren(QPushButton) if each.accessibleName() == "List: dormant soon")
    link.click()
    assert opened.pop() == ("direct_debits", MandateFilter(view=MandateView.DORMANT_SOON))
    day = CollectionFilter(from_on=found.days[0].on, to_on=found.days[0].on)
    assert opened == [("direct_debits", day), (Subject.MANDATE, 1), ("direct_debits", "reports")]
