"""The benefits of an account on its card: claims with their awards, and what came against what was expected."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from app.models.values import Money
from app.services.benefits.dto import AccountBenefits, PeriodRow
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.parts import button, column, label, row
from app.views.common.theme import scaled
from app.views.rent.benefits.tables import AWARDS, PERIODS, AwardLine, award_lines

_NO_CLAIM = "Nobody claims benefit for this home."
_NOTHING = "Nothing was expected and nothing came in the weeks that are compared."


class BenefitsPart(QWidget):
    """Two tables: what is awarded, and by period what was expected and what came.

    Signals:
        open_wanted(claim_id): change this claim; None: a new one.
    """

    open_wanted = Signal(object)

    def __init__(self, *, may_change: bool) -> None:
        super().__init__()
        self._may_change = may_change
        self.awards: ListModel[AwardLine] = ListModel(AWARDS)
        self.claims = DataTable("Claims of the account", self.awards, stretch="benefit", empty=_NO_CLAIM)
        self.periods: ListModel[PeriodRow] = ListModel(PERIODS)
        self.table = DataTable("Expected and received", self.periods, stretch="benefit", empty=_NOTHING)
        self.claims.setSelectionMode(DataTable.SelectionMode.SingleSelection)
        self._eligible = label("", "muted", wrap=True)
        self._sum = label("", "muted", wrap=True)
        self.add = button("&New claim", icon="plus", key="Ins", tip="Keep another claim")
        self.open = button("&Change", icon="pencil-outline", key="Enter", tip="Change the claim, or what it awards")
        head = row(self._eligible, self.add, self.open)
        head.setStretch(0, 1)
        head.setContentsMargins(scaled(14), scaled(4), scaled(12), scaled(4))
        under = row(label("Expected and received", "strong"), self._sum)
        under.setStretch(1, 1)
        under.setContentsMargins(scaled(14), scaled(8), scaled(12), scaled(2))
        lines = column(self, head, self.claims, under, self.table, spacing=4)
        lines.setStretch(1, 2)
        lines.setStretch(3, 3)
        self._join()
        self.show_benefits(None)

    def show_benefits(self, found: AccountBenefits | None) -> None:
        """Show these; nothing where no account is open."""
        self.awards.show_rows(tuple(award_lines(found.claims)) if found else ())
        self.periods.show_rows(found.periods if found else ())
        self._eligible.setText(
            f"Benefit can pay for {found.eligible} a week, {found.monthly} a month for Universal Credit."
            if found
            else ""
        )
        self._sum.setText(_told(found.periods) if found else "")
        if found and found.claims:
            self.claims.go_to(0)
        self._follow(self.claims.row())

    def _join(self) -> None:
        action = QAction(self.claims)
        action.setShortcut(QKeySequence("Ins"))
        action.setEnabled(self._may_change)
        action.triggered.connect(lambda: self.open_wanted.emit(None))
        self.claims.addAction(action)
        self.claims.opened.connect(self._open)
        self.claims.chosen.connect(self._follow)
        self.add.clicked.connect(lambda: self.open_wanted.emit(None))
        self.open.clicked.connect(lambda: self._open(self.claims.row()))
        for each in (self.add, self.open):
            each.setVisible(self._may_change)

    def _follow(self, line: AwardLine | None) -> None:
        self.open.setEnabled(line is not None)

    def _open(self, line: AwardLine | None) -> None:
        if line is not None and self._may_change:
            self.open_wanted.emit(line.claim.claim_id)


def _told(periods: tuple[PeriodRow, ...]) -> str:
    """All of it in one sentence."""
    gap = sum(period.difference.pence for period in periods)
    if not periods:
        return ""
    if not gap:
        return "All of it came"
    return f"{abs(Money(gap))} {'has not come' if gap > 0 else 'came too much'}"
