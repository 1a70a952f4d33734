"""The Adjustments page: one register of everything that was adjusted, and beside it the line that is chosen."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget

from app.services.adjustments.register.dto import Register, RegisterDetail, record_of
from app.views.adjustments.detail import DetailCard
from app.views.adjustments.table import SPEC
from app.views.adjustments.works import Work
from app.views.common import works
from app.views.common.facets import Choice
from app.views.common.list_page import ListPage, ListWords
from app.views.common.works import About, Offered

_WORDS = ListWords(
    title="Adjustments",
    section="Register",
    icon="scale-balance",
    menu=("Do", "Everything that can be done with adjustments"),
    choose="Choose a line to work on it.",
    find="Find an adjustment",
)


class AdjustmentsPage(ListPage):
    """Adjustments.

    Attributes:
        card: shows the line that is chosen.
        detail: what is shown; None where none is.
    """

    detail: RegisterDetail | None

    def __init__(self, offered: Offered | None = None) -> None:
        areas = frozenset({"adjustments", "approvals"})
        super().__init__(_WORDS, SPEC, areas=areas, help_topic="adjustments", offered=offered or Offered())

    def make_card(self, buttons: list[QPushButton]) -> QWidget:
        """The card of a line."""
        self.card = DetailCard(buttons, self.offered.parts)
        return self.card

    def fits(self, work: works.Work) -> bool:
        """A work is of one kind of line, for who may do it next; nothing is done to an account that was declared."""
        if work.about is About.OFFICE or self.detail is None:
            return super().fits(work)
        row = self.detail.row
        if row.declared or row.shut:
            return False
        if isinstance(work, Work):
            if work.whats and row.what not in work.whats:
                return False
            if work.stages and row.stage not in work.stages:
                return False
            if work.act is not None and work.act not in self.detail.may:
                return False
        return super().fits(work)

    def done_to(self, work: works.Work) -> tuple[int, ...]:
        """The ids of the records, not of the lines; of several only those of the kind that is shown."""
        ids = super().done_to(work)
        if self.detail is None or not ids:
            return ()
        shown = self.detail.row.what
        return tuple(record_id for what, record_id in map(record_of, ids) if what is shown)

    def show_line(self, found: RegisterDetail) -> None:
        """Show a line beside the list."""
        self.card.show_detail(found)
        self.show_detail(found.row.row_id, found, found.row.account_id)

    def show_nothing(self) -> None:
        """Nothing is chosen."""
        self.card.clear()
        self.show_detail(None, None)

    def show_register(self, found: Register) -> None:
        """Show how many each view has, and what the register can be filtered by."""
        bar = self.list.bar
        bar.count("view", found.counts)
        bar.offer("kinds", [Choice(key, words) for key, words in found.kinds])
        bar.offer("reasons", [Choice(key, words) for key, words in found.reasons])
        bar.offer("officer_id", [Choice(officer_id, name) for officer_id, name in found.officers])
