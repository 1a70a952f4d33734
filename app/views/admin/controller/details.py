"""The landlord's own details: shown and saved."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.services.core.landlord import LandlordDetails, landlord, set_landlord
from app.views.admin.details import DetailsPage
from app.views.common.office import Office


class DetailsController(QObject):
    """Joins the section of the landlord's details to the services."""

    def __init__(self, office: Office) -> None:
        self.page = DetailsPage()
        super().__init__(self.page)
        self._office = office
        self.page.save_wanted.connect(self._save)
        self.page.refresh_wanted.connect(lambda _changes: self._refresh())

    def _refresh(self) -> None:
        self._office.ask(self, landlord, then=self.page.show_details)

    def _save(self, details: LandlordDetails) -> None:
        def saved(_changes: object) -> None:
            self.page.saved()
            self._office.messages.good("The details are saved; statements print them from now on.")

        self._office.do(self, set_landlord, details, then=saved, refused=self.page.show_error)
