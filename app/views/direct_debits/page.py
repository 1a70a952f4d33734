"""The Direct Debits page: the mandates, and beside them the one that is chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QPushButton, QWidget

from app.models.values import Frequency
from app.services.direct_debits.mandates.dto import MandateDetail, MandateView
from app.services.direct_debits.schedules.dto import day_words
from app.views.common import works
from app.views.common.facets import Choice
from app.views.common.list_page import ListPage, ListWords
from app.views.common.works import About, Offered
from app.views.direct_debits.detail import MandateCard
from app.views.direct_debits.offers import Work
from app.views.direct_debits.table import SPEC

_WORDS = ListWords(
    title="Direct Debits",
    section="Mandates",
    icon="bank-transfer",
    menu=("Do", "Everything that can be done with Direct Debits"),
    choose="Choose a mandate to work on it.",
    find="Find a mandate",
)


class DirectDebitsPage(ListPage):
    """Direct Debits.

    Attributes:
        card: shows the mandate that is chosen.
        detail: what is shown; None where none is.
    """

    detail: MandateDetail | None

    def __init__(self, offered: Offered | None = None) -> None:
        areas = frozenset({"direct_debits", "approvals"})
        super().__init__(_WORDS, SPEC, areas=areas, help_topic="direct_debits", offered=offered or Offered())

    def make_card(self, buttons: list[QPushButton]) -> QWidget:
        """The card of a mandate."""
        self.card = MandateCard(buttons, self.offered.parts)
        return self.card

    def fits(self, work: works.Work) -> bool:
        """What may be done with a mandate as it stands; nothing with one that the officer may not work on."""
        if work.about is About.OFFICE or self.detail is None:
            return super().fits(work)
        row = self.detail.row
        if row.declared or row.shut:
            return False
        if isinstance(work, Work) and work.act is not None and work.act not in self.detail.may:
            return False
        return super().fits(work)

    def show_mandate(self, found: MandateDetail) -> None:
        """Show a mandate beside the list."""
        self.card.show_mandate(found)
        self.show_detail(found.row.mandate_id, found, found.row.account_id)

    def show_nothing(self) -> None:
        """Nothing is chosen."""
        self.card.clear()
        self.show_detail(None, None)

    def show_standing(self, counts: Mapping[MandateView, int], days: Sequence[int]) -> None:
        """Say how many mandates each view has, and offer the days of the month on which something is collected."""
        bar = self.list.bar
        bar.count("view", counts)
        bar.offer("day", [Choice(day, day_words(Frequency.MONTHLY, day).removeprefix("the ")) for day in days])
