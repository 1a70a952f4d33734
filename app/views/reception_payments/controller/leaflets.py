"""Printing where somebody is sent, as a leaflet that they take along."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.services.reception_payments.visits import leaflet
from app.views.common.office import Office
from app.views.common.printing import print_pdf


def print_leaflet(owner: QObject, office: Office, over: QWidget, signposts: Sequence[int], *, large: bool) -> None:
    """Draw a leaflet of some signposts, and ask for a printer."""
    asked = partial(leaflet.draw, large=large)
    office.ask(owner, asked, tuple(signposts), then=lambda made: print_pdf(over, made, "Where to turn"))
