"""Posting what a second officer approved and a third one posts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from app.services.adjustments import commands
from app.views.adjustments.page import AdjustmentsPage
from app.views.common.office import Office


class PostController(QObject):
    """The adjustment that is shown is posted; the services refuse whoever took an earlier step of it."""

    def __init__(self, office: Office, page: AdjustmentsPage, ids: Sequence[int]) -> None:
        super().__init__(page)
        office.do(self, commands.post, ids[0], then=lambda saved: office.messages.good(saved.told))


class SubmitController(QObject):
    """The draft that is shown is submitted: posted at once within the officer's limits, else put to a second officer."""

    def __init__(self, office: Office, page: AdjustmentsPage, ids: Sequence[int]) -> None:
        super().__init__(page)
        office.do(self, commands.submit, ids[0], then=lambda saved: office.messages.good(saved.told))
