"""Loading a landlord's spreadsheet: choose, dry run, put right, load, sign."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from app.services.imports.dto import Problem
from app.services.landlord_load.dto import GroupSum, Loaded, LoadRow, Reconciliation, Rehearsal, SheetCount
from app.views.admin.table import LOADS, PROBLEMS, SHEETS, reconciliation_columns
from app.views.common import formats, icons
from app.views.common.boxes import VBox
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.flow import FlowLayout
from app.views.common.message_bar import MessageBar
from app.views.common.page import Page
from app.views.common.parts import SideCard, button, column, label, restyle, row, rule, scrolled
from app.views.common.rooms import Beside, Room
from app.views.common.tabbed_card import TabbedCard
from app.views.common.theme import scaled

_LEAST_PARTS = 220
_STEPS = (
    (
        "choose",
        "Choose a workbook or a folder",
        "One .xlsx, or a folder of .csv files: Properties, People, Tenancies, Charges, Balances.",
    ),
    ("rehearse", "Dry run", "Every row is read and checked; nothing is changed."),
    ("load", "Load", "All of it or nothing. Rows that were loaded before are recognised."),
    ("sign", "Sign the reconciliation", "The file against Rentbook, by rent group, account and tenure."),
)
_NOT_YET = "The file against Rentbook stands here after a dry run."
_NO_BALANCES = (
    "This file has no balances, so there is nothing to compare: what it holds counts from its own dates. Sign that it was "
    "loaded."
)
_MARKS = {
    "done": ("check-circle", "good"),
    "now": ("circle-slice-8", "brand"),
    "later": ("circle-outline", "muted"),
    "wrong": ("alert-circle", "bad"),
}


class Step(QWidget):
    """One step: its mark, its name, and what came of it."""

    def __init__(self, title: str, hint: str) -> None:
        super().__init__()
        self._title = title
        self._mark = label()
        self._name: QLabel = label(title, "strong", wrap=True)
        self._said = label(hint, "muted", wrap=True)
        words = column(None, self._name, self._said, None, spacing=2)
        layout = row(column(None, self._mark, None), words, spacing=10)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def show_state(self, state: str, said: str = "") -> None:
        """State: done, now, later or wrong."""
        picture, colour = _MARKS[state]
        icons.dress(self._mark, picture, colour, 18)
        if said:
            self._said.setText(said)
        restyle(self._said, tone="bad" if state == "wrong" else "")
        self.setAccessibleName(f"{self._title}: {state}")


class LoadPage(Page):
    """The whole way of a load.

    Signals:
        file_wanted, folder_wanted: choose what to load.
        template_wanted: save the template.
        corrected_wanted: save the bad rows with what is wrong beside them.
        load_wanted, sign_wanted: the steps after a clean dry run.
        paper_wanted(LoadRow or None): the reconciliation on paper.
    """

    file_wanted = Signal()
    folder_wanted = Signal()
    template_wanted = Signal()
    corrected_wanted = Signal()
    load_wanted = Signal()
    sign_wanted = Signal()
    paper_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__("Load a spreadsheet", areas=frozenset({"admin", "ledger", "charges"}), help_topic="admin")
        self.messages = MessageBar(inline=True)
        self.steps = {name: Step(title, hint) for name, title, hint in _STEPS}
        self.file = button("Choose a &workbook", role="primary", icon="file-excel-outline", key="Ctrl+O")
        self.folder = button("Choose a &folder", icon="folder-outline")
        self.template = button("Save an empty &template", role="link", icon="download-outline")
        self.load = button("&Load", role="primary", icon="database-import-outline", key="Ctrl+Enter")
        self.corrected = button("Save the rows to &correct", icon="file-alert-outline")
        self.sign = button("&Sign", role="primary", icon="draw", key="Ctrl+Enter")
        self.paper = button("Save the &reconciliation", icon="file-document-outline")
        self.sheets: ListModel[SheetCount] = ListModel(SHEETS)
        self.problems: ListModel[Problem] = ListModel(PROBLEMS)
        self.warnings: ListModel[Problem] = ListModel(PROBLEMS)
        self._is_loaded = False
        self.groups: ListModel[GroupSum] = ListModel(reconciliation_columns(lambda: self._is_loaded))
        self.loads: ListModel[LoadRow] = ListModel(LOADS)
        self._sheet_table = DataTable("Sheets of the file", self.sheets, stretch="sheet")
        self._sheet_table.setMinimumHeight(scaled(190))
        self.total = label("", "strong")
        self._parts()
        self._arrange()
        for pressed, signal in (
            (self.file, self.file_wanted),
            (self.folder, self.folder_wanted),
            (self.template, self.template_wanted),
            (self.corrected, self.corrected_wanted),
            (self.load, self.load_wanted),
            (self.sign, self.sign_wanted),
        ):
            pressed.clicked.connect(signal)
        self.paper.clicked.connect(lambda: self.paper_wanted.emit(self.loads_table.row()))
        self.setFocusProxy(self.file)
        self.add_key("Ctrl+O", "Choose a workbook to load", self.file_wanted.emit)
        self.add_key("Ctrl+Return", "Load or sign", self._go_on, more=("Ctrl+Enter",))
        self.begin()

    def begin(self) -> None:
        """Nothing is chosen yet."""
        self._mark("choose")
        self.sheets.show_rows(())
        self._show_problems((), ())
        self.show_reconciliation(Reconciliation())
        self._sheet_table.setVisible(False)
        self._under.setVisible(False)
        for each in (self.load, self.corrected, self.sign):
            each.setVisible(False)

    def show_reading(self, name: str) -> None:
        """The dry run is under way."""
        self.begin()
        self._mark("rehearse")
        self.steps["choose"].show_state("done", name)

    def show_rehearsal(self, found: Rehearsal) -> None:
        """Show what the dry run found."""
        self.sheets.show_rows(found.sheets)
        self._sheet_table.setVisible(True)
        self._under.setVisible(True)
        self._show_problems(found.errors, found.warnings)
        self.show_reconciliation(found.reconciliation)
        new = sum(sheet.new for sheet in found.sheets)
        self.corrected.setVisible(bool(found.errors))
        self.load.setVisible(not found.errors and bool(new))
        if found.errors:
            self.steps["rehearse"].show_state(
                "wrong",
                f"{formats.count(len(found.errors), 'error')}. Put them right and choose the file again; nothing was loaded.",
            )
            self.parts.open_part(self._errors_at)
            return
        self._mark("load")
        said = f"{formats.count(new, 'new row')}, no errors"
        if found.new_rent_groups:
            said += f"; {formats.count(len(found.new_rent_groups), 'rent group')} will be made: {', '.join(found.new_rent_groups)}"
        if not new:
            said = "Every row of this file was loaded before: there is nothing to load."
        self.steps["rehearse"].show_state("done", said)
        self.parts.open_part(self._groups_at)
        (self.load if new else self.file).setFocus()

    def show_loaded(self, loaded: Loaded) -> None:
        """Show what was loaded, to be signed."""
        self.load.setVisible(False)
        self.sign.setVisible(True)
        self.show_reconciliation(loaded.reconciliation, loaded=True)
        rows = sum(loaded.loaded.values())
        self._mark("sign")
        self.steps["load"].show_state(
            "done", f"{formats.count(rows, 'row')} loaded, {formats.count(len(loaded.journals), 'journal')} posted"
        )
        self.parts.open_part(self._groups_at)
        self.sign.setFocus()

    def show_signed(self) -> None:
        """The reconciliation is signed."""
        self.sign.setVisible(False)
        self.steps["sign"].show_state("done", "Signed. The accounts are ready.")

    def show_loads(self, loads: tuple[LoadRow, ...]) -> None:
        """Show the loads that were made."""
        self.loads.show_rows(loads)
        self.parts.count_part(self._loads_at, len(loads))
        self.paper.setVisible(bool(loads))
        if loads:
            self.loads_table.go_to(0)

    def show_reconciliation(self, found: Reconciliation, *, loaded: bool = False) -> None:
        """Show the file against Rentbook, as it stands before or after loading."""
        self._is_loaded = loaded
        self._groups_table.say_when_empty(_NO_BALANCES if loaded else _NOT_YET)
        self.groups.show_rows(found.groups)
        self.parts.count_part(self._groups_at, len(found.groups))
        total = f"{formats.count(found.file_accounts, 'account')} in the file, {found.file_total.dr_cr()} altogether"
        self.total.setText(total if found.groups else "")

    def set_busy(self, *, busy: bool) -> None:
        """While work is under way nothing else is begun."""
        for each in (self.file, self.folder, self.load, self.sign):
            each.setEnabled(not busy)

    def _go_on(self) -> None:
        """Press the button that the work is waiting for."""
        for each in (self.load, self.sign):
            if each.isVisible() and each.isEnabled():
                each.click()
                return

    def _show_problems(self, errors: tuple[Problem, ...], warnings: tuple[Problem, ...]) -> None:
        self.problems.show_rows(errors)
        self.warnings.show_rows(warnings)
        self.parts.count_part(self._errors_at, len(errors))
        self.parts.count_part(self._warnings_at, len(warnings))

    def _mark(self, now: str) -> None:
        first = now in {"choose", "rehearse"}
        restyle(self.file, role="primary" if first else "")
        icons.dress(self.file, "file-excel-outline", "on_brand" if first else "brand")
        names = [name for name, _, _ in _STEPS]
        for at, (name, _, hint) in enumerate(_STEPS):
            place = names.index(now)
            state = "done" if at < place else "now" if at == place else "later"
            self.steps[name].show_state(state, "" if at < place else hint)

    def _parts(self) -> None:
        self.parts = TabbedCard("Parts of the load")
        errors = DataTable(
            "Errors", self.problems, stretch="message", empty="A dry run lists every error here, all at once."
        )
        warnings = DataTable("Warnings", self.warnings, stretch="message", empty="No warnings.")
        self._groups_table = DataTable("Reconciliation", self.groups, stretch="rent_group", empty=_NOT_YET)
        self.loads_table = DataTable("Loads", self.loads, stretch="file_name", empty="Nothing has been loaded yet.")
        self._errors_at = self.parts.add_part("Errors", _with_foot(errors, self.corrected))
        self._warnings_at = self.parts.add_part("Warnings", warnings)
        self._groups_at = self.parts.add_part("Reconciliation", _with_foot(self._groups_table, self.total))
        self._loads_at = self.parts.add_part("Earlier loads", _with_foot(self.loads_table, self.paper))

    def _arrange(self) -> None:
        card = SideCard(400, spacing=12)
        steps = VBox()
        steps.setSpacing(scaled(12))
        buttons = {"choose": (self.file, self.folder), "load": (self.load,), "sign": (self.sign,)}
        for name, step in self.steps.items():
            steps.addWidget(step)
            if name in buttons:
                under = FlowLayout()
                for each in buttons[name]:
                    under.addWidget(each)
                steps.addLayout(row(28, under))
        card.column.addWidget(label("Load a spreadsheet", "heading"))
        card.column.addWidget(self.messages)
        card.column.addLayout(steps)
        self._under = rule()
        card.column.addWidget(self._under)
        card.column.addWidget(self._sheet_table, 4)
        card.column.addStretch(1)
        card.column.addLayout(row(self.template, None))
        column(self, scrolled(Beside(card, Room(self.parts, _LEAST_PARTS))))


def _with_foot(table: QWidget, foot: QWidget) -> QWidget:
    made = QWidget()
    under = row(foot, None)
    under.setContentsMargins(scaled(14), scaled(6), scaled(14), scaled(6))
    column(made, table, under, spacing=0).setStretch(0, 1)
    return made
