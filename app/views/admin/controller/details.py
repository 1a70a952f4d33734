"""The landlord's own details: shown and saved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject

from app.models.values import Subject
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.landlord import LandlordDetails, landlord_as_kept, set_landlord
from app.services.core.permissions import Permission
from app.services.core.versions import Kept
from app.views.admin.details import DetailsPage
from app.views.common.editing import Editing
from app.views.common.office import Office

_TOLD = "The details are saved; statements print them from now on."


class DetailsController(QObject):
    """Joins the section of the landlord's details to the services."""

    def __init__(self, office: Office) -> None:
        self.page = DetailsPage(may_change=Permission.EDIT_POLICY in office.desk.officer.permissions)
        super().__init__(self.page)
        self.editing = Editing(office, self.page.record, "landlord", read=_read, save=_save, told=_TOLD)
        self.page.refresh_wanted.connect(lambda _changes: self._refresh())

    def _refresh(self) -> None:
        if self.editing.key is None:
            self.editing.open(Subject.LANDLORD, 1, "Your details")
        else:
            self.editing.refresh()


def _read(ctx: Context, _landlord_id: int) -> Kept:
    """There is one landlord, also before there is a row."""
    return landlord_as_kept(ctx)


def _save(ctx: Context, _landlord_id: int, values: Mapping[str, Any], version: int) -> Changes:
    return set_landlord(ctx, LandlordDetails(**values), version)
