"""The headings of the menu of works on the Accounts page."""

from __future__ import annotations

from enum import StrEnum


class Group(StrEnum):
    """The headings of the menu of works, in their order."""

    TENANCY = "Tenancy"
    CHARGES = "Charges"
    PEOPLE = "People"
    HOLDS = "Holds"
    BENEFITS = "Benefits"
    ARRANGEMENT = "Arrangement"
    MONEY = "Money"
