"""What a work of the Direct Debits tab is, as data; `works` lists them."""

from __future__ import annotations

from enum import StrEnum


class Group(StrEnum):
    """The headings of the menu of works, in their order."""

    MANDATE = "The mandate"
    SCHEDULE = "The schedule"
    RUN = "Runs"
    BANK = "What comes back"
