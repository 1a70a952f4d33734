"""The section of figures: what stands across, what a line opens, and what is exported with it."""

import pytest

from app.models.values import Subject
from app.services.core.clock import FixedClock
from app.shots.reception_figures import made_up
from app.views.reception_payments.figures import FiguresSection


@pytest.fixture
def page(qtbot):
    made = FiguresSection(FixedClock(made_up().to_on).today)
    qtbot.addWidget(made)
    made.show_report(made_up())
    return made


def test_the_sums_and_the_tables_are_shown(page):
    """Twenty working days of 14 receipts are 280."""
    found = made_up()
    assert [each.accessibleName() for each in page._sums] == [
        "Receipts 280",
        f"Taken {found.total}",
        "Taken back £186.40",
        "Average wait 9 min",
    ]
    assert [len(model.rows) for model in page.models] == [5, 4, 2, 4, 8, 29, 2, 4]
    assert page.in_words() == ("From 24 Oct 2026 to 20 Nov 2026",)


def test_a_line_opens_its_account_or_its_receipt(page, qtbot):
    opened = []
    page.record_opened.connect(lambda subject, record_id: opened.append((subject, record_id)))
    tables = [page.parts.stack.widget(at) for at in range(page.parts.stack.count())]
    tables[5].opened.emit(made_up().accounts[0])
    tables[6].opened.emit(made_up().undone[1])
    assert opened == [(Subject.ACCOUNT, 1), (Subject.RECEIPT, 2)]
