"""What the Direct Debits tab offers beside the list of mandates: works, sections and parts of the card, as data."""

from __future__ import annotations

from app.views.common.works import Offered, Part, Section
from app.views.direct_debits.offers import Group, Work

__all__ = ["OFFERED", "PARTS", "SECTIONS", "WORKS", "Group", "Work"]

WORKS: tuple[Work, ...] = ()
"""Every work, those of a group together, in the order of the groups."""

SECTIONS: tuple[Section, ...] = ()
"""Every section, in their order after the mandates: collections, runs, bank reports, cases, figures."""

PARTS: tuple[Part, ...] = ()
"""Every part of a mandate's card, in their order after its history."""

OFFERED = Offered(WORKS, SECTIONS, PARTS)
