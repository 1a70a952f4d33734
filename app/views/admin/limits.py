"""Money limits: the most that each officer may do or approve, in one line and in a batch."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from app.models.values import ZERO, LimitKind, Money
from app.services.admin.officers_dto import LimitLine
from app.services.core.errors import UserError
from app.services.core.limits import TITLES, Limit
from app.services.core.permissions import Permission
from app.views.admin.listed import SECOND, FormSheet, ListSection
from app.views.common import formats
from app.views.common.boxes import Grid
from app.views.common.columns import Column
from app.views.common.fields import AreaField
from app.views.common.fields_money import MoneyField
from app.views.common.parts import label, restyle
from app.views.common.theme import scaled


def _of(row: LimitLine, kind: LimitKind) -> tuple[Money, Money]:
    return next(((line, batch) for each, line, batch in row.limits if each is kind), (ZERO, ZERO))


def _column(kind: LimitKind, title: str, least: int) -> Column[LimitLine]:
    def shown(row: LimitLine) -> str:
        line, _batch = _of(row, kind)
        return line.plain() if line else "none"

    return Column(kind.value, title, lambda row: _of(row, kind)[0], 92, shown=shown, right=True, least=least)


LIMITS: tuple[Column[LimitLine], ...] = (
    Column("name", "Officer", lambda row: row.name, 160, floor=140),
    _column(LimitKind.ADJUSTMENT_DEBIT, "Debits", 0),
    _column(LimitKind.ADJUSTMENT_CREDIT, "Credits", 0),
    _column(LimitKind.REFUND, "Refunds", 1),
    _column(LimitKind.WRITE_OFF, "Write-offs", 2),
    _column(LimitKind.ORDER, "Orders", 3),
)


class LimitsSection(ListSection[LimitLine]):
    """Every officer's limits.

    Signals:
        edit_wanted(LimitLine)
    """

    edit_wanted = Signal(object)

    def __init__(self, *, may_change: bool) -> None:
        super().__init__(
            "Limits",
            LIMITS,
            noun="officer",
            key=lambda row: row.officer_id,
            stretch="name",
            empty="There are no officers.",
            areas=frozenset({"admin", "approvals"}),
            permission=Permission.MANAGE_OFFICERS,
            may_change=may_change,
        )
        self.edit = self.first_action("F2", "Change limits", "pencil-outline", self._edit)
        self.above.addWidget(label("For one line, in pounds. The limits of a batch are beside it.", "muted", wrap=True))
        self.show_row(None)

    def show_row(self, chosen: LimitLine | None) -> None:
        """The limits of an officer, of a line and of a batch."""
        if not hasattr(self, "edit"):
            return
        self.edit.setEnabled(chosen is not None and self.may_change)
        if chosen is None:
            return
        self.title.setText(chosen.name)
        self.subtitle.setText(", ".join(chosen.roles))
        if chosen.waiting:
            self.mark(f"{formats.count(chosen.waiting, 'request')} waiting", "warning")
        for kind, words in TITLES.items():
            line, batch = _of(chosen, kind)
            self.tell(words, f"{line} in one line, {batch} in a batch" if batch else "none")

    def _edit(self) -> None:
        if (chosen := self.chosen()) is not None:
            self.edit_wanted.emit(chosen)


def _right(shown: QLabel) -> QLabel:
    shown.setAlignment(Qt.AlignmentFlag.AlignRight)
    return shown


class LimitsSheet(FormSheet):
    """The limits of an officer.

    Signals:
        limits_given(limits, reason)
    """

    limits_given = Signal(object, str)

    def __init__(self, parent: QWidget, chosen: LimitLine) -> None:
        super().__init__(parent, f"Limits of {chosen.name}", "Ask for approval", SECOND)
        self._amounts: dict[LimitKind, tuple[MoneyField, MoneyField]] = {}
        self._wrong = label("", tone="bad", wrap=True)
        self._wrong.setVisible(False)
        grid = Grid()
        grid.setHorizontalSpacing(scaled(12))
        grid.setVerticalSpacing(scaled(8))
        for at, title in ((1, "One line, £"), (2, "A batch, £")):
            grid.addWidget(_right(label(title, "muted")), 0, at)
        for at, (kind, words) in enumerate(TITLES.items(), 1):
            line, batch = _of(chosen, kind)
            pair = (MoneyField(), MoneyField())
            named = label(words)
            named.setBuddy(pair[0])
            grid.addWidget(named, at, 0)
            for place, (field, amount, what) in enumerate(
                zip(pair, (line, batch), ("one line", "a batch"), strict=True), 1
            ):
                field.setAccessibleName(f"{words}, {what}")
                field.set_value(amount)
                field.returnPressed.connect(field.focusNextChild)
                grid.addWidget(field, at, place)
            self._amounts[kind] = pair
        grid.setColumnStretch(0, 1)
        self.body.insertLayout(0, grid)
        self.body.insertWidget(1, self._wrong)
        self.add("reason", "Rea&son", AreaField(400, height=56), "For the officer who approves it")
        self.filled.connect(self._give_limits)
        self.begin_at(self._amounts[LimitKind.ADJUSTMENT_DEBIT][0])

    def show_error(self, error: UserError) -> None:
        """Beside the amounts where it is about one of them."""
        named = {
            f"{kind.value}_{what}": field
            for kind, pair in self._amounts.items()
            for what, field in zip(("line", "batch"), pair, strict=True)
        }
        field = named.get(error.field or "")
        self._wrong.setVisible(field is not None)
        for each in named.values():
            restyle(each, wrong="true" if each is field else "false")
        if field is None:
            super().show_error(error)
            return
        self.set_busy(busy=False)
        self._wrong.setText(str(error))
        field.setFocus()

    def _give_limits(self, values: dict[str, object]) -> None:
        limits: list[Limit] = []
        for kind, pair in self._amounts.items():
            amounts: list[Money] = []
            for field, what in zip(pair, ("line", "batch"), strict=True):
                if problem := field.problem():
                    self.show_error(UserError(f"{TITLES[kind]}: {problem}", field=f"{kind.value}_{what}"))
                    return
                amounts.append(field.value() or ZERO)
            limits.append(Limit(kind, amounts[0], amounts[1]))
        self.limits_given.emit(tuple(limits), str(values["reason"]).strip())
