"""Office settings: read and saved; the policy values of a part of the office are shown in their own section."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.models.values import Subject
from app.services.admin.settings import save_settings, settings_as_kept
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.permissions import Permission
from app.services.core.versions import Kept
from app.views.admin.settings import SettingsPage
from app.views.common.editing import Editing
from app.views.common.office import Office


class SettingsController(QObject):
    """Joins the section of office settings to the services.

    Signals:
        section_wanted(key, words): show another section, narrowed to some words.
    """

    section_wanted = Signal(str, str)

    def __init__(self, office: Office) -> None:
        self.page = SettingsPage(may_change=Permission.EDIT_POLICY in office.desk.officer.permissions)
        super().__init__(self.page)
        told = "The settings are saved; new references are made so from now on."
        self.editing = Editing(office, self.page.record, "settings", read=_read, save=_save, told=told)
        self.page.refresh_wanted.connect(lambda _changes: self._refresh())
        self.page.policies_wanted.connect(lambda words: self.section_wanted.emit("policy", words))

    def _refresh(self) -> None:
        if self.editing.key is None:
            self.editing.open(Subject.LANDLORD, 1, "Office settings")
        else:
            self.editing.refresh()


def _read(ctx: Context, _landlord_id: int) -> Kept:
    return settings_as_kept(ctx)


def _save(ctx: Context, _landlord_id: int, values: Mapping[str, Any], version: int) -> Changes:
    return save_settings(ctx, values, version)
