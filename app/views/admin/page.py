"""The Landlord page: the spreadsheet that is loaded, and the accounting periods."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QPushButton, QStackedWidget, QTabBar

from app.views.admin.details import DetailsPanel
from app.views.admin.load import LoadPanel
from app.views.admin.periods import PeriodsPanel
from app.views.common.page import Page
from app.views.common.parts import column, row


class LandlordPage(Page):
    """Landlord.

    Keys: Ctrl+L load, Ctrl+D your details, Ctrl+P periods, Ctrl+O choose a workbook,
    Ctrl+Enter the primary button.
    """

    def __init__(self) -> None:
        super().__init__("Landlord", areas=frozenset({"admin", "ledger", "charges"}), help_topic="admin")
        self.load = LoadPanel()
        self.details = DetailsPanel()
        self.periods = PeriodsPanel()
        self.tabs = QTabBar()
        self.tabs.setObjectName("page")
        self.tabs.setProperty("role", "inner")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName("Parts of the landlord page")
        self.stack = QStackedWidget()
        for title, panel in (
            ("Load a spreadsheet", self.load),
            ("Your details", self.details),
            ("Periods", self.periods),
        ):
            self.tabs.addTab(title)
            self.stack.addWidget(panel)
        self.tabs.currentChanged.connect(self.stack.setCurrentIndex)
        body = column(self, row(self.tabs, None), self.stack, margin=14, spacing=8)
        body.setStretch(1, 1)
        self.add_key("Ctrl+O", "Choose a workbook to load", self._choose)
        for at, (keys, does) in enumerate(
            (("Ctrl+L", "Load a spreadsheet"), ("Ctrl+D", "Your details"), ("Ctrl+P", "Periods"))
        ):
            self.add_key(keys, does, partial(self._open, at))
        self.add_key("Ctrl+Return", "Load, sign, save, close or authorise", self._go_on, more=("Ctrl+Enter",))
        self.setFocusProxy(self.load.file)

    def _open(self, at: int) -> None:
        self.tabs.setCurrentIndex(at)
        (self.load, self.details, self.periods)[at].setFocus()

    def _go_on(self) -> None:
        """Press the button of the shown part that the work is waiting for."""
        periods = self.periods
        waiting: tuple[tuple[QPushButton, ...], ...] = (
            (self.load.load, self.load.sign),
            (self.details.save,),
            (periods.authorise, periods.close_period, periods.reopen),
        )
        for each in waiting[self.tabs.currentIndex()]:
            if each.isVisible() and each.isEnabled():
                each.click()
                return

    def _choose(self) -> None:
        self.tabs.setCurrentIndex(0)
        self.load.file_wanted.emit()
