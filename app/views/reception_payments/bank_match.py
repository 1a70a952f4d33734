"""One line of the bank, or several, beside all that is in transit: what it is, chosen by hand with what is still missing."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Final
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from app.models.values import ZERO, BankPart, Money
from app.services.core.errors import UserError
from app.services.reception_payments.bank.kept import LineRow, NewMatch, OtherPart, Straight
from app.services.reception_payments.bank.shown import MatchForm, Transit
from app.views.common import formats
from app.views.common.columns import ListModel, row_height
from app.views.common.data_table import DataTable
from app.views.common.dialogs import Sheet
from app.views.common.entry_grid import EntryGrid
from app.views.common.entry_model import EntryColumn
from app.views.common.fields import ChoiceField, LineField
from app.views.common.fields_money import MoneyField
from app.views.common.fields_pickers import Find, Picked, account_picker
from app.views.common.forms import Form
from app.views.common.parts import column, label, restyle, row
from app.views.common.theme import scaled
from app.views.reception_payments.bank_tables import line_words, transit_columns

_WORDS, _WIDE, _HIGH, _SHOWN, _SIDE = 200, 1246, 660, 6, 470


class Rest(StrEnum):
    """What is left of a line once the entries and a fee are taken off."""

    NOTHING = "nothing"
    ACCOUNT = "account"
    SEVERAL = "several"
    ANOTHER = "another"
    SUSPENSE = "suspense"
    DIFFERENCE = "difference"
    ELSEWHERE = "elsewhere"


_RESTS: Final = (
    ("Nothing: it must come out even", Rest.NOTHING),
    ("A payment for an account", Rest.ACCOUNT),
    ("Payments for several accounts", Rest.SEVERAL),
    ("Another payment like one it has", Rest.ANOTHER),
    ("Money that nobody knows: into suspense", Rest.SUSPENSE),
    ("Counted otherwise by the bank", Rest.DIFFERENCE),
    ("Money of another service", Rest.ELSEWHERE),
)
_PAID: Final = {Rest.ACCOUNT, Rest.ANOTHER}
_ONE_LINE: Final = _PAID | {Rest.SEVERAL, Rest.SUSPENSE}
_ROWS: Final = 4
_PARTS: Final = {BankPart.DIFFERENCE: Rest.DIFFERENCE, BankPart.ELSEWHERE: Rest.ELSEWHERE}


class MatchSheet(Sheet):
    """Lines of the bank that are matched by hand. Nothing of it is kept in a draft.

    Args:
        form: the lines, what is in transit, and the proposal, which is chosen already.
        find: looks for accounts.

    Keys: Space or Enter chooses what is in transit, Ctrl+Enter matches.
    """

    keeps_itself = True

    def __init__(self, parent: QWidget, form: MatchForm, find: Find) -> None:
        one = form.lines[0]
        several = f"{formats.count(len(form.lines), 'line')}, {form.total} in all"
        title = f"Match {line_words(one)}" if len(form.lines) == 1 else f"Match {several}"
        super().__init__(
            parent, title, primary="Match", note="Space chooses what it brings; what is left is given a name."
        )
        self.form_of = form
        self._key = f"by_hand:{uuid4().hex}"
        self._chosen: set[tuple[tuple[int, int], ...]] = set()
        self.model: ListModel[Transit] = ListModel(transit_columns(lambda row: row.keys in self._chosen))
        self.table = DataTable(
            "In transit", self.model, stretch="words", empty="Nothing that was receipted is still on its way."
        )
        self.text = QLineEdit()
        self.text.setPlaceholderText("An amount, a day, a channel or a word")
        self.text.setAccessibleName("Find in transit")
        self.text.setClearButtonEnabled(True)
        self._sums = label("", wrap=True, selectable=True)
        self.left = label("", "figure")
        self._arrange(form, find)
        self.table.opened.connect(self.turn)
        self.text.textChanged.connect(lambda _text: self._list())
        self.fields.changed.connect(self._follow)
        self._propose()
        self._list()
        self.begin_at(self.table if form.transit else self.fields.field("rest"))
        self.resize(scaled(_WIDE), scaled(_HIGH))

    @property
    def rest(self) -> Money:
        """What is not explained by the entries and the fee."""
        chosen = sum(row.amount.pence for row in self.form_of.transit if row.keys in self._chosen)
        return Money(self.form_of.total.pence - chosen + self._fee().pence)

    def turn(self, row: Transit) -> None:
        """Choose what is in transit, or don't any more."""
        self._chosen ^= {row.keys}
        at = self.model.rows.index(row)
        self.model.dataChanged.emit(self.model.index(at, 0), self.model.index(at, self.model.columnCount() - 1))
        self._follow()

    def command(self) -> NewMatch | None:
        """What the lines are; None where a field can't be read, which it says.

        Raises:
            UserError: something is left over, or nothing says what it is.
        """
        if not self.fields.check():
            return None
        values, rest = self.fields.values(), self.rest.pence
        what: Rest = values["rest"]
        if what is Rest.NOTHING and rest:
            raise UserError(f"{Money(rest)} is left.", "Choose what is missing, or say what it is.", "rest")
        if what in _PAID and values["account"] is None:
            raise UserError("Choose the account that was paid for.", field="account")
        chosen = [row for row in self.form_of.transit if row.keys in self._chosen]
        words = str(values["words"] or "").strip()
        paid = self._payments(what, rest)
        return NewMatch(
            self._key,
            self.form_of.lines[0].bank_id,
            tuple(line.line_id for line in self.form_of.lines),
            entries=tuple(key for row in chosen if row.banking_id is None for key in row.keys),
            banking_ids=tuple(row.banking_id for row in chosen if row.banking_id is not None),
            straight=paid if rest else (),
            to_suspense=rest if what is Rest.SUSPENSE else 0,
            parts=self._parts(what, rest, words),
            words=words,
        )

    def _payments(self, what: Rest, rest: int) -> tuple[Straight, ...]:
        """The payments for accounts; several come to exactly what is left.

        Raises:
            UserError: they come to more or less.
        """
        values = self.fields.values()
        if what in _PAID:
            return (Straight(values["account"], rest, values["way"], another=what is Rest.ANOTHER),)
        if what is not Rest.SEVERAL:
            return ()
        sign = 1 if rest > 0 else -1
        rows = [each for each in values["shares"] if each["account"] is not None and each["amount"] is not None]
        made = tuple(Straight(each["account"], abs(each["amount"].pence) * sign, values["way"]) for each in rows)
        total = sum(each.pence for each in made)
        if total != rest:
            told = f"The accounts have {Money(total)} of the {Money(rest)} that is left."
            raise UserError(told, "Give each account what is for it, to the penny.", "shares")
        return made

    def _still(self, what: Rest) -> Money:
        """What is left once the accounts have theirs."""
        rest = self.rest
        rows = self.fields.values()["shares"] if what is Rest.SEVERAL else ()
        given = sum(each["amount"].pence for each in rows if each["amount"] is not None)
        return Money(rest.pence - given if rest.pence > 0 else rest.pence + given)

    def _parts(self, what: Rest, rest: int, words: str) -> tuple[OtherPart, ...]:
        fee = self._fee().pence
        parts = [OtherPart(BankPart.FEE, -fee, words)] if fee else []
        parts += [OtherPart(part, rest, words) for part, each in _PARTS.items() if each is what and rest]
        return tuple(parts)

    def _fee(self) -> Money:
        typed: Money | None = self.fields.values()["fee"]
        return typed or ZERO

    def _arrange(self, form: MatchForm, find: Find) -> None:
        space = QAction("Choose", self.table)
        space.setShortcut(QKeySequence(Qt.Key.Key_Space))
        space.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        space.triggered.connect(self._turn_current)
        self.table.addAction(space)
        left = column(None, label("In transit", "strong"), self.text, self.table, spacing=8)
        left.setStretch(2, 1)
        self.fields = fields = Form()
        self._form = fields
        offered = [each for each in _RESTS if len(form.lines) == 1 or each[1] not in _ONE_LINE]
        fields.add("fee", "&Fee kept back", MoneyField(placeholder="0.00"))
        fields.add("rest", "&What is left", ChoiceField(offered))
        fields.add("account", "&Account", account_picker(find, required=False))
        self.grid = EntryGrid(
            "Payments for accounts",
            (
                EntryColumn("account", "Account", lambda: account_picker(find), 236),
                EntryColumn("amount", "Amount", lambda: MoneyField(required=True), 80, right=True, total=True),
            ),
            one="account",
        )
        self.grid.table.setMinimumHeight(row_height() * _ROWS)
        fields.add("shares", "Accoun&ts", self.grid)
        fields.add("way", "&Came as", ChoiceField(form.ways))
        fields.add("words", "&Note", LineField(_WORDS, placeholder="Such as: parking, sent by Highways"))
        side = QWidget()
        side.setObjectName("canvas")
        said = label(_said(form), wrap=True, selectable=True)
        right = column(side, label(form.bank, "strong"), said, *self._why(form), self._sums, self.left, spacing=8)
        right.addLayout(fields)
        right.addStretch(1)
        side.setFixedWidth(scaled(_SIDE))
        both = row(left, side, spacing=20)
        both.setStretch(0, 1)
        self.body.addLayout(both, 1)

    def _why(self, form: MatchForm) -> list[QWidget]:
        if form.proposal is None:
            return []
        sure = "It is likely" if form.proposal.sure else "Perhaps"
        return [label(f"{sure}: {form.proposal.why}.", wrap=True, tone="good" if form.proposal.sure else "warning")]

    def _propose(self) -> None:
        """Choose what is proposed; without a proposal the officer begins with nothing."""
        form, proposal = self.form_of, self.form_of.proposal
        filled: dict[str, Any] = {"rest": Rest.NOTHING, "way": form.ways[0][1] if form.ways else None}
        if proposal is not None:
            match, wanted = proposal.match, set(proposal.match.entries)
            self._chosen = {
                each.keys
                for each in form.transit
                if each.banking_id in match.banking_ids or (each.banking_id is None and wanted.issuperset(each.keys))
            }
            for part in match.parts:
                if part.part is BankPart.FEE:
                    filled["fee"] = Money(-part.pence)
                else:
                    filled |= {"rest": _PARTS[part.part], "words": part.words}
            for straight in match.straight[:1]:
                account = Picked(straight.account_id, f"Account {form.account}")
                filled |= {"rest": Rest.ACCOUNT, "account": account, "way": straight.channel}
        self.fields.fill(filled)

    def _turn_current(self) -> None:
        if self.model.rows and (row := self.table.row()) is not None:
            self.turn(row)

    def _list(self) -> None:
        """What is typed is found; what is chosen stands first, whatever is typed."""
        words = self.text.text().casefold().split()
        rows = [row for row in self.form_of.transit if all(word in _row_said(row) for word in words)]
        self.model.show_rows(sorted(rows, key=lambda row: row.keys not in self._chosen))
        if rows:
            self.table.go_to(0)
        self._follow()

    def _follow(self) -> None:
        """Say what is chosen, and what is left of the lines."""
        values = self.fields.values()
        chosen = [row for row in self.form_of.transit if row.keys in self._chosen]
        comes_to = Money(sum(row.amount.pence for row in chosen))
        fee = f", less a fee of {self._fee()}" if self._fee() else ""
        self._sums.setText(f"The bank has {self.form_of.total}. Chosen: {len(chosen):,}, {comes_to}{fee}.")
        what = values["rest"]
        rest = self._still(what)
        self.left.setText(f"{rest} left" if rest else "Comes out even")
        open_ = bool(rest) and what in {Rest.NOTHING, Rest.SEVERAL}
        restyle(self.left, tone="warning" if open_ else "good")
        self.fields.setRowVisible(self.fields.labels["account"], what in _PAID)
        self.fields.setRowVisible(self.fields.labels["shares"], what is Rest.SEVERAL)
        self.fields.setRowVisible(self.fields.labels["way"], what in _PAID | {Rest.SEVERAL})
        self.typed_changed.emit()


def _said(form: MatchForm) -> str:
    shown = [_line_said(line) for line in form.lines[:_SHOWN]]
    more = len(form.lines) - _SHOWN
    return "\n".join([*shown, *([f"and {more:,} more"] if more > 0 else [])])


def _line_said(line: LineRow) -> str:
    said = " ".join(each for each in (line.reference, line.narrative) if each)
    return f"{line_words(line)}: {said}" if said else line_words(line)


def _row_said(row: Transit) -> str:
    amount = row.amount.plain()
    return f"{amount} {amount.replace(',', '')} {formats.day(row.on)} {row.channel} {row.words}".casefold()
