"""The Landlord page: the spreadsheet that is loaded, and the accounting periods."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QTabBar

from app.views.admin.details import DetailsPanel
from app.views.admin.load import LoadPanel
from app.views.admin.periods import PeriodsPanel
from app.views.common.page import Page
from app.views.common.parts import column, row


class LandlordPage(Page):
    """Landlord.

    Keys: Ctrl+L load, Ctrl+D your details, Ctrl+P periods, Ctrl+O choose a workbook.
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
        self.add_key("Ctrl+L", "Load a spreadsheet", lambda: self.tabs.setCurrentIndex(0))
        self.add_key("Ctrl+D", "Your details", lambda: self.tabs.setCurrentIndex(1))
        self.add_key("Ctrl+P", "Periods", lambda: self.tabs.setCurrentIndex(2))
        self.setFocusProxy(self.load.file)

    def _choose(self) -> None:
        self.tabs.setCurrentIndex(0)
        self.load.file_wanted.emit()
