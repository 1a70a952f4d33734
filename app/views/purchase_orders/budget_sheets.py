"""The sheets of budgets: money moved between codes, a new budget, its holder, the next year, a file, and the codes."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, Final
from uuid import uuid4

from PySide6.QtWidgets import QWidget

from app.models.values import ZERO, BudgetMoveKind, Money
from app.services.core.effects import Effect
from app.services.imports.dto import Mistake
from app.services.purchase_orders.budgets.dto import (
    MOVES,
    BudgetForm,
    BudgetRow,
    CentreRow,
    CodeChoice,
    CodeRow,
    NewBudget,
    NewMove,
)
from app.services.purchase_orders.budgets.loading.dto import BudgetFile, LoadCheck, NewLoad, PreviewRow
from app.services.purchase_orders.budgets.rules import spelt_year
from app.views.common import formats
from app.views.common.columns import ListModel, row_height
from app.views.common.data_table import DataTable
from app.views.common.dialogs import Sheet
from app.views.common.effects import WorkSheet
from app.views.common.entry_grid import EntryGrid
from app.views.common.entry_model import EntryColumn
from app.views.common.fields import AreaField, ChoiceField, LineField, TickField
from app.views.common.fields_money import MoneyField
from app.views.common.fields_pickers import Picked, among
from app.views.common.fields_written import WrittenField
from app.views.common.parts import label
from app.views.common.theme import scaled
from app.views.purchase_orders.budget_table import MISTAKES, PREVIEW
from app.views.purchase_orders.line_fields import CodePicker
from app.views.purchase_orders.offered import with_standing

_WIDE, _REASON, _ROWS = 600, 400, 6
_ONCE: Final = ", once a second officer approves"
_NOTES: Final = {
    BudgetMoveKind.VIREMENT: "What is given and what is taken must agree. A second officer whose limit covers it approves.",
    BudgetMoveKind.REVISION: "Budgets are raised or lowered. A second officer whose limit covers it approves.",
}


class PercentField(WrittenField):
    """A percentage with up to two decimals, above or below nothing. `value()` is in hundredths of one percent."""

    def read(self, text: str) -> int | None:
        """The percentage; empty is none."""
        typed = text.strip().rstrip("%").strip()
        if not typed:
            return None
        try:
            hundredths = Decimal(typed) * 100
        except InvalidOperation as error:
            raise ValueError("Type a percentage, such as 2.5 or -1.") from error
        if hundredths != int(hundredths):
            raise ValueError("A percentage has at most two decimals.")
        return int(hundredths)

    def written(self, value: Any) -> str:
        """As it is typed."""
        return f"{Decimal(value) / 100:f}"


class MoveSheet(WorkSheet):
    """Money moved between codes, or given and taken."""

    def __init__(self, parent: QWidget, kind: BudgetMoveKind, year: int, codes: Sequence[CodeChoice]) -> None:
        title = f"{MOVES[kind]} in {spelt_year(year)}"
        super().__init__(parent, title, save="Ask for approval", note=_NOTES[kind], width=1080)
        self._kind, self._year = kind, year
        self._key = f"move:{uuid4().hex}"
        picks = [Picked(each.budget_id, each.code, f"{each.name}   {each.left.plain()} left") for each in codes]
        self.grid = EntryGrid(
            "Codes",
            (
                EntryColumn("code", "Code", lambda: CodePicker(among(picks)), 230),
                EntryColumn("given", "Is given", MoneyField, 110, right=True),
                EntryColumn("taken", "Gives up", MoneyField, 110, right=True),
            ),
            one="code",
        )
        self.fields = fields = self.form()
        fields.add("lines", "&Codes", self.grid, across=True)
        fields.add("reason", "&Why", AreaField(_REASON, height=64))

    def command(self) -> NewMove | None:
        """What is asked for; None while nothing is."""
        values = self.fields.values()
        lines: list[tuple[int, Money]] = []
        for each in values["lines"]:
            amount = (each["given"] or ZERO) - (each["taken"] or ZERO)
            if each["code"] is not None:
                lines.append((each["code"], amount))
        if not lines:
            return None
        return NewMove(self._key, self._kind, self._year, values["reason"], tuple(lines))


class BudgetSheet(Sheet):
    """A code is given its budget for a year."""

    def __init__(self, parent: QWidget, form: BudgetForm, year: int) -> None:
        note = (
            "A code has one budget a year; later it is changed by a virement or a revision. Once the year is in use a second"
            " officer approves the first one too."
        )
        super().__init__(parent, f"New budget in {spelt_year(year)}", primary="Keep it", note=note)
        self._year = year
        self.fields = fields = self.form()
        centres = [(f"{each.code}  {each.name}", each.centre_id) for each in form.centres if each.active]
        codes = [(f"{each.code}  {each.name}", each.code_id) for each in form.codes if each.active]
        fields.add("centre_id", "C&ost centre", ChoiceField(centres))
        fields.add("code_id", "&Code", ChoiceField(codes))
        fields.add("original", "&Budget", MoneyField(required=True))
        fields.add("holder_id", "&Holder", _holder(form), "Empty: whoever answers for the cost centre")
        self.resize(scaled(_WIDE), self.height())

    def command(self) -> NewBudget | None:
        """What is asked for; None while a field can't be taken, or there is no code."""
        if not self.fields.check():
            return None
        values = self.fields.values()
        if values["centre_id"] is None or values["code_id"] is None:
            return None
        return NewBudget(self._year, values["centre_id"], values["code_id"], values["original"], values["holder_id"])


class HolderSheet(Sheet):
    """Who answers for a budget."""

    def __init__(self, parent: QWidget, row: BudgetRow, form: BudgetForm) -> None:
        super().__init__(parent, f"Who answers for {row.code}", primary="Save")
        own = (row.own_holder_id, row.holder) if row.own_holder_id else None
        self.fields = self.form()
        self.fields.add("holder_id", "&Holder", _holder(form, own), "Empty: whoever answers for the cost centre")
        self.fields.fill({"holder_id": row.own_holder_id})
        self.resize(scaled(_WIDE), self.height())

    def command(self) -> tuple[int | None]:
        """The officer, or none."""
        return (self.fields.values()["holder_id"],)


class YearSheet(Sheet):
    """The budgets of a year made from those of the year before."""

    def __init__(self, parent: QWidget, year: int) -> None:
        note = f"Every code of {spelt_year(year - 1)} that is in use and has no budget in {spelt_year(year)} gets one."
        super().__init__(parent, f"Budgets of {spelt_year(year)}", primary="Make them", note=note)
        self._year = year
        self.fields = self.form()
        self.fields.add("amounts", "&Amounts", TickField("With the original &budgets of the year before"))
        self.fields.add(
            "percent",
            "&Raised by",
            PercentField(placeholder="Percent, such as 2.5"),
            "To whole pounds; empty: as they were",
        )
        self.fields.fill({"amounts": True})
        self.resize(scaled(_WIDE), self.height())

    def command(self) -> tuple[int, int | None] | None:
        """The year and the percentage; no amounts: none. None while a field can't be taken."""
        if not self.fields.check():
            return None
        values = self.fields.values()
        return self._year, (values["percent"] or 0) if values["amounts"] else None


class LoadSheet(WorkSheet):
    """Budgets of a file, looked through before any is kept."""

    keeps_itself = True

    def __init__(self, parent: QWidget, file: BudgetFile, year: int) -> None:
        note = f"{formats.count(len(file.rows), 'row')} were read. A budget that there is already is asked for as a revision."
        super().__init__(parent, f"Budgets from {file.file_name}", save="Load them", note=note, width=1160)
        self._file = file
        self.fields = fields = self.form()
        years = [(spelt_year(each), each) for each in range(year - 1, year + 3)]
        fields.add("year", "&Year", ChoiceField(years))
        fields.add("reason", "&Why", LineField(_REASON), "For whoever approves a revision")
        fields.fill({"year": year})
        self.mistakes: ListModel[Mistake] = ListModel(MISTAKES)
        self.preview: ListModel[PreviewRow] = ListModel(PREVIEW)
        for title, model, stretch, empty in (
            ("To put right", self.mistakes, "message", "Nothing to put right."),
            ("What it does", self.preview, "name", "Nothing changes."),
        ):
            table: DataTable = DataTable(title, model, stretch=stretch, empty=empty)
            table.setMinimumHeight(row_height() * _ROWS)
            self.add_below(label(title, "strong"))
            self.add_below(table, 1)

    def command(self) -> NewLoad:
        """What is asked for."""
        values = self.fields.values()
        return NewLoad(self._file, values["year"], values["reason"])

    def show_checked(self, found: LoadCheck) -> None:
        """Show what is wrong, and what it would do."""
        self.mistakes.show_rows(found.mistakes)
        self.preview.show_rows(found.rows)
        told: list[Effect] = [Effect("The file", words) for words in self._file.notes]
        if found.mistakes:
            many = formats.count(len(found.mistakes), "thing")
            told.append(Effect("The file", f"{many} to put right: nothing is kept while there is one.", warns=True))
        if found.added:
            many = formats.count(found.added, "code")
            told.append(Effect("Budgets", f"{many} given {found.given} in all{_ONCE if found.asks else ''}."))
        if found.revised:
            words = f"A revision of {formats.count(found.revised, 'code')} is asked for, {_signed(found.moved)} in all."
            told.append(Effect("Budgets", words, warns=True))
        if found.same:
            told.append(Effect("Budgets", f"{formats.count(found.same, 'code')} as in the file already."))
        self.effects.show_effects(told)


class CentreSheet(Sheet):
    """A cost centre as a form."""

    def __init__(self, parent: QWidget, shown: CentreRow | None, form: BudgetForm) -> None:
        super().__init__(parent, f"Cost centre {shown.code}" if shown else "New cost centre", primary="Save")
        self._shown = shown
        self.fields = fields = self.form()
        fields.add("code", "&Code", LineField(20))
        fields.add("name", "&Name", LineField(120))
        now = (shown.holder_id, shown.holder) if shown and shown.holder_id else None
        fields.add("holder_id", "&Holder", _holder(form, now), "Who answers for its budgets")
        fields.add("active", "Use", TickField("In &use"))
        shown = shown or CentreRow(0, "", "")
        fields.fill({name: getattr(shown, name) for name in ("code", "name", "holder_id", "active")})
        self.resize(scaled(_WIDE), self.height())

    def command(self) -> CentreRow:
        """What the fields say."""
        known = self._shown or CentreRow(0, "", "")
        return CentreRow(known.centre_id, version=known.version, **self.fields.values())


class CodeSheet(Sheet):
    """A subjective code as a form."""

    def __init__(self, parent: QWidget, shown: CodeRow | None) -> None:
        super().__init__(parent, f"Code {shown.code}" if shown else "New code", primary="Save")
        self._shown = shown
        self.fields = fields = self.form()
        fields.add("code", "&Code", LineField(20))
        fields.add("name", "&Name", LineField(120))
        fields.add(
            "heading", "&Heading", LineField(80, placeholder="Such as Premises, Supplies and Services"), "As published"
        )
        fields.add("active", "Use", TickField("In &use"))
        shown = shown or CodeRow(0, "", "")
        fields.fill({name: getattr(shown, name) for name in ("code", "name", "heading", "active")})
        self.resize(scaled(_WIDE), self.height())

    def command(self) -> CodeRow:
        """What the fields say."""
        known = self._shown or CodeRow(0, "", "")
        return CodeRow(known.code_id, version=known.version, **self.fields.values())


def _holder(form: BudgetForm, now: tuple[int, str] | None = None) -> ChoiceField:
    return ChoiceField([("", None), *with_standing(form.officers, now)])


def _signed(amount: Money) -> str:
    return f"{-amount} less" if amount.pence < 0 else f"{amount} more"
