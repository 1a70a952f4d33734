"""What the Reception tab offers beside the list of receipts: works, sections and parts of the card, as data."""

from __future__ import annotations

from app.services.core.permissions import Permission
from app.views.common.works import Offered, Part, Section
from app.views.reception_payments.offered_works import WORKS
from app.views.reception_payments.offers import Group, Work

__all__ = ["OFFERED", "PARTS", "SECTIONS", "WORKS", "Group", "Work"]

_KEEPS = frozenset({Permission.KEEP_RECEPTION})

SECTIONS: tuple[Section, ...] = (
    Section("desks", "Desks", "desk", "DesksController", _KEEPS),
    Section("streams", "Other income", "cash-plus", "StreamsController", _KEEPS),
)
"""Every section, in their order after the receipts."""

PARTS: tuple[Part, ...] = ()
"""Every part of a receipt's card, in their order after where it went."""

OFFERED = Offered(WORKS, SECTIONS, PARTS)
