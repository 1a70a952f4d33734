"""Debit control: the week's debit by rent group, what moved it by property, and whether the charge meets it."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal

from app.services.tenancies.debit_control.dto import GroupDebit, MoveRow, Sheet, SheetState, Unmatched, WeekRow
from app.views.common import formats
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.flow import FlowLayout
from app.views.common.page import Page
from app.views.common.parts import Card, Figure, SideCard, action_button, column, label, pill, restyle, row, scrolled
from app.views.common.rooms import Beside, Room
from app.views.common.tabbed_card import TabbedCard
from app.views.common.theme import scaled
from app.views.common.under_way import UnderWay
from app.views.rent.debit_control.table import APART, GROUPS, MOVED, STATES, TONES, WEEKS, signed

_LEAST_PARTS = 220
_FIGURES = (
    ("opening", "Opening"),
    ("new_lets", "New lets"),
    ("endings", "Endings"),
    ("changes", "Changes"),
    ("voids", "Voids"),
    ("closing", "Closing"),
    ("run", "Charged"),
    ("difference", "Difference"),
)
_WHOLE = {"opening", "closing", "run"}


class DebitControlPage(Page):
    """A register of the Accounts tab.

    Signals:
        week_wanted(date): show the sheet of this week.
        sign_wanted: sign the sheet that is shown.
        account_wanted(int): open this account.
        request_wanted(int): show the request that the second officer signs.

    Keys: Ctrl+Enter signs, Ctrl+O opens the account of a movement or difference.
    """

    week_wanted = Signal(object)
    sign_wanted = Signal()
    account_wanted = Signal(int)
    request_wanted = Signal(int)

    def __init__(self, *, may_sign: bool) -> None:
        super().__init__("Debit control", areas=frozenset({"charges", "ledger", "tenancies"}), help_topic="rent")
        self._may_prepare = may_sign
        self.sheet: Sheet | None = None
        self._words, self._ready = "", False
        self.work = UnderWay(self._show_work)
        self.weeks: ListModel[WeekRow] = ListModel(WEEKS)
        self.weeks_table = DataTable(
            "Debit controls", self.weeks, stretch="state", empty="No week has been charged yet."
        )
        self.groups: ListModel[GroupDebit] = ListModel(GROUPS)
        self.moves: ListModel[MoveRow] = ListModel(MOVED)
        self.apart: ListModel[Unmatched] = ListModel(APART)
        self.sign = self.add_key(
            "Ctrl+Return", "Sign", self.sign_wanted.emit, tip="Sign as the first of two", more=("Ctrl+Enter",)
        )
        self.open_account = self.add_key("Ctrl+O", "Account", self._open)
        self.look = self.add_key("Ctrl+R", "Request", self._look, tip="Show the request on the page Approvals")
        self.parts = self._parts()
        whole = Beside(
            self._weeks_card(), column(None, self._header(), Room(self.parts, _LEAST_PARTS), spacing=12), margin=0
        )
        column(self, scrolled(whole))
        self.weeks_table.opened.connect(self._open_week)
        self.weeks_table.chosen.connect(self._open_week)
        self.setFocusProxy(self.weeks_table)
        self._rest("", ready=False)

    def show_weeks(self, weeks: tuple[WeekRow, ...]) -> None:
        """List the weeks, the one that is to be signed next at the top."""
        self.weeks.show_rows(weeks)
        self._mark_week()

    def show_sheet(self, sheet: Sheet) -> None:
        """Show a week's sheet."""
        self.sheet = sheet
        self._mark_week()
        self._title.setText(f"Week of {formats.day(sheet.week_on)}")
        self._state.setText(STATES[sheet.state])
        restyle(self._state, tone=TONES[sheet.state])
        self._state.setVisible(True)
        total = sheet.total
        for (name, _), figure in zip(_FIGURES, self._figures, strict=True):
            amount = getattr(total, name)
            if name in _WHOLE:
                figure.show_amount(amount, balance=False)
            else:
                figure.show_text(signed(amount, "£") or "none")
        self.groups.show_rows(sheet.lines)
        self.groups_table.hide_empty_columns()
        self.moves.show_rows(sheet.moves)
        self.apart.show_rows(sheet.unmatched)
        self.parts.count_part(self._moves_at, len(sheet.moves))
        self.parts.count_part(self._apart_at, len(sheet.unmatched))
        self._said_why.setText(f"Said of the differences: {sheet.explanation}" if sheet.explanation else "")
        self._said_why.setVisible(bool(sheet.explanation))
        self.look.setEnabled(sheet.state is SheetState.PREPARED and sheet.request_id is not None)
        self._request.setVisible(self.look.isEnabled())
        self._rest(_in_words(sheet), ready=sheet.state is not SheetState.SIGNED and sheet.charged)

    def _mark_week(self) -> None:
        """The week that is shown is the one chosen in the list."""
        shown = self.sheet.week_on if self.sheet is not None else None
        place = next((at for at, each in enumerate(self.weeks.rows) if each.week_on == shown), None)
        if place is not None:
            self.weeks_table.go_to(place)

    def _rest(self, words: str, *, ready: bool) -> None:
        self._words, self._ready = words, ready
        self.work.show()

    def _show_work(self, doing: str) -> None:
        self._said.setText(doing or self._words)
        self.sign.setEnabled(self._ready and self._may_prepare and not doing)

    def _header(self) -> Card:
        card = Card(spacing=6)
        self._title = label("Debit control", "title")
        self._state = pill("")
        self._state.setVisible(False)
        self._said = label("", "muted", wrap=True)
        self._said_why = label("", wrap=True)
        self._said_why.setVisible(False)
        self._figures = [Figure(title) for _, title in _FIGURES]
        head = FlowLayout()
        head.addWidget(self._title)
        head.addWidget(self._state)
        sign = action_button(self.sign, role="primary", icon="check")
        self._request = action_button(self.look)
        self._request.setVisible(False)
        top = row(head, self._request, sign)
        top.setStretch(0, 1)
        for each in (self._request, sign):
            top.setAlignment(each, Qt.AlignmentFlag.AlignTop)
        figures = FlowLayout(across=24)
        for figure in self._figures:
            figures.addWidget(figure)
        card.column.addLayout(top)
        card.column.addWidget(self._said)
        card.column.addWidget(self._said_why)
        card.column.addSpacing(scaled(2))
        card.column.addLayout(figures)
        return card

    def _parts(self) -> TabbedCard:
        parts = TabbedCard("Parts of the debit control")
        self.groups_table = DataTable(
            "Debit by rent group", self.groups, stretch="name", empty="There are no properties yet."
        )
        self.moves_table = DataTable(
            "Movements",
            self.moves,
            stretch="address",
            empty="Nothing was let, ended or changed since the sheet before.",
        )
        self.apart_table = DataTable(
            "Differences", self.apart, stretch="address", empty="Everything was charged what it should have been."
        )
        for table in (self.groups_table, self.moves_table, self.apart_table):
            table.title = partial(self._named, table.objectName())
        for table in (self.moves_table, self.apart_table):
            table.opened.connect(lambda _row: self._open())
        parts.add_part("By rent group", self.groups_table)
        self._moves_at = parts.add_part("Movements", self.moves_table)
        self._apart_at = parts.add_part("Differences", self.apart_table)
        return parts

    def _named(self, name: str) -> str:
        """What a table is called where it is exported or printed."""
        return f"{name}, {self._title.text().lower()}"

    def _weeks_card(self) -> SideCard:
        card = SideCard(264)
        card.column.addWidget(label("Weeks", "heading"))
        card.column.addWidget(self.weeks_table, 1)
        return card

    def _open_week(self, chosen: object) -> None:
        shown: date | None = self.sheet.week_on if self.sheet is not None else None
        if isinstance(chosen, WeekRow) and chosen.week_on != shown:
            self.week_wanted.emit(chosen.week_on)

    def _open(self) -> None:
        table = self.apart_table if self.apart_table.isVisible() else self.moves_table
        chosen = table.row() if table.isVisible() else None
        if isinstance(chosen, MoveRow | Unmatched) and chosen.account_id is not None:
            self.account_wanted.emit(chosen.account_id)

    def _look(self) -> None:
        if self.sheet is not None and self.sheet.request_id is not None:
            self.request_wanted.emit(self.sheet.request_id)


def _in_words(sheet: Sheet) -> str:
    """Where the sheet opens, and who signed it or what is to be done next."""
    since = formats.day(sheet.since)
    opens = (
        f"Opens as the sheet of {since} was signed." if sheet.from_signed else f"Opens as the records say of {since}."
    )
    if sheet.state is SheetState.SIGNED:
        first = f"{sheet.prepared_by}, {formats.moment(sheet.prepared_at)}"
        return f"Signed by {first}, and {sheet.checked_by}, {formats.moment(sheet.checked_at)}. {opens}"
    if not sheet.charged:
        return f"{opens} Charge the week first: the sheet is checked against its charge."
    if sheet.state is SheetState.PREPARED:
        return f"{opens} {sheet.prepared_by} signed; a second officer signs on the page Approvals."
    if sheet.total.difference or sheet.unmatched:
        return f"{opens} Look at the differences, put them right or say why, then sign."
    return f"{opens} It meets the charge: sign it, and a second officer signs after you."
