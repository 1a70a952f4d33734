"""The Post page: everything that came in and went out in one list, and beside it the line that is chosen."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget

from app.services.post_log.register.dto import ItemDetail, Register, RegisterRow
from app.views.common import works
from app.views.common.facets import Choice
from app.views.common.list_page import ListPage, ListWords
from app.views.common.works import About, Offered
from app.views.post_log.detail import DetailCard
from app.views.post_log.table import SPEC
from app.views.post_log.works import Group, Work

_WORDS = ListWords(
    title="Post",
    section="Register",
    icon="email-outline",
    menu=("Do", "Everything that can be done with the post"),
    choose="Choose what came in to work on it.",
    find="Find in the post",
)


class PostPage(ListPage):
    """Post.

    Attributes:
        card: shows the line that is chosen.
        detail: the item that is shown; None where none is, or what is shown went out.
    """

    detail: ItemDetail | None

    def __init__(self, offered: Offered | None = None) -> None:
        areas = frozenset({"post_log", "letters"})
        super().__init__(_WORDS, SPEC, areas=areas, help_topic="post_log", offered=offered or Offered())

    def make_card(self, buttons: list[QPushButton]) -> QWidget:
        """The card of an item."""
        self.card = DetailCard(buttons, self.offered.parts)
        return self.card

    def chosen(self) -> tuple[int, ...]:
        """The ids of the chosen items; what went out is left out."""
        return tuple(each for each in super().chosen() if each > 0)

    def fits(self, work: works.Work) -> bool:
        """An account that was declared is handed on, and nothing else; most is done to open items only."""
        if work.about is About.OFFICE or self.detail is None:
            return super().fits(work)
        item = self.detail.row
        closed = isinstance(work, Work) and work.only_open and not item.open and len(self.chosen()) <= 1
        return not closed and (not item.declared or work.group is Group.SHARE) and super().fits(work)

    def show_item(self, found: ItemDetail) -> None:
        """Show an item beside the list."""
        self.card.show_item(found)
        self.show_detail(found.row.row_id, found, found.row.account_id)

    def show_letter(self, shown: RegisterRow) -> None:
        """Show what went out."""
        self.card.show_letter(shown)
        self.show_detail(None, None, shown.account_id)

    def show_nothing(self) -> None:
        """Nothing is chosen."""
        self.card.clear()
        self.show_detail(None, None)

    def show_register(self, found: Register) -> None:
        """Show how many each view has, and what the register can be filtered by."""
        bar = self.list.bar
        bar.count("view", found.counts)
        trays = [(tray, f"{tray.name}, {tray.open:,} open") for tray in found.trays]
        bar.offer("officer_id", [Choice(tray.officer_id, words) for tray, words in trays if tray.officer_id])
        bar.offer("team_id", [Choice(tray.team_id, words) for tray, words in trays if tray.team_id])
        bar.offer("categories", [Choice(key, name) for key, name in found.categories])
