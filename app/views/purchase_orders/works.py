"""What the Purchase Orders tab offers beside the list of orders: works, sections and parts of the card, as data."""

from __future__ import annotations

from app.services.core.permissions import Permission
from app.views.common import works
from app.views.common.works import Offered, Part, Section
from app.views.purchase_orders.offers import Group, Work

__all__ = ["OFFERED", "PARTS", "SECTIONS", "WORKS", "Group", "Work"]

WORKS: tuple[works.Work, ...] = ()
"""Every work, those of a group together, in the order of the groups."""

SECTIONS: tuple[Section, ...] = (
    Section("receiving", "Receiving", "truck-check-outline", "ReceivingController"),
    Section("publishing", "Publishing", "bullhorn-outline", "PublishingController"),
    Section(
        "categories",
        "Categories",
        "tag-outline",
        "CategoriesController",
        frozenset({Permission.KEEP_SUPPLIERS}),
    ),
    Section(
        "delivery_points",
        "Delivery points",
        "map-marker-outline",
        "PointsController",
        frozenset({Permission.KEEP_SUPPLIERS}),
    ),
)
"""Every section, in their order after the orders."""

PARTS: tuple[Part, ...] = (
    Part("papers", "Documents", "PapersController"),
    Part("notes", "Notes", "NotesController"),
)
"""Every part of an order's card, in their order after its history."""

OFFERED = Offered(WORKS, SECTIONS, PARTS)
