"""The section of publishing: what is shown, and what is written."""

import pytest

from app.services.purchase_orders.publishing.dto import PublicationKind
from app.shots.purchase_publishing import _report
from app.views.purchase_orders.controller.publishing import PublishingController
from tests.views.desktop import wait


@pytest.fixture
def section(office, tasks, qtbot):
    """The section over a landlord that has bought nothing yet."""
    made = PublishingController(office)
    qtbot.addWidget(made.page)
    made.page.show()
    wait(qtbot, lambda: not tasks.busy)
    return made


def test_every_figure_says_what_it_counts(section):
    """28 payments of £612.50 and £482.17 more each time: 28 x 612.50 + 378 x 482.17."""
    section.page.show_report(_report())
    assert [each.accessibleName() for each in section.page._sums] == [
        "Payments 28",
        "Amount £199,410.26",
        "Left out 2",
        "Orders 3",
        "Orders left out 1",
        "Redacted 7",
    ]
    assert [len(model.rows) for model in section.page.models] == [28, 2, 3, 1, 1]


def test_a_publication_is_written_kept_and_listed(section, qtbot, tasks, monkeypatch, tmp_path):
    saved = []
    monkeypatch.setattr(
        "app.views.purchase_orders.controller.publishing.ask_save", lambda *asked: _Dialog(saved, asked)
    )
    section.page.publish_wanted.emit(PublicationKind.SPENDING)
    wait(qtbot, lambda: saved)
    assert saved[0][2].startswith("spending-")
    assert saved[0][2].endswith(".csv")


class _Dialog:
    """Stands for the system's dialog, which no test may open."""

    def __init__(self, saved, asked):
        saved.append(asked)
        self.fileSelected = self

    def connect(self, _slot):
        """Nobody chooses."""
