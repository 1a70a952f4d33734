"""What one record of a person takes over from another, and the words for what moves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from app.models.values import FormatNeed

EMPTY: Final[Mapping[str, Any]] = {
    "title": "",
    "first_name": "",
    "date_of_birth": None,
    "phone": "",
    "mobile": "",
    "email": "",
    "correspondence_address": "",
    "language": "",
    "format_need": FormatNeed.STANDARD,
    "do_not_contact": False,
    "contact_note": "",
    "died_on": None,
}
"""The fields that are filled from the other record where they are empty, with what empty means."""

LABELS: Final = {
    "title": "Title",
    "first_name": "First name",
    "date_of_birth": "Date of birth",
    "phone": "Telephone",
    "mobile": "Mobile",
    "email": "E-mail",
    "correspondence_address": "Address for letters",
    "language": "Language",
    "format_need": "Format of letters",
    "do_not_contact": "Do not contact",
    "contact_note": "Note",
    "died_on": "Died on",
}

_MOVED: Final = {
    "tenant": ("place in a tenancy", "places in tenancies"),
    "person_address": ("address", "addresses"),
    "associate": ("relative or supporter", "relatives and supporters"),
    "person_flag": ("flag", "flags"),
    "consent": ("consent", "consents"),
    "benefit_claim": ("benefit claim", "benefit claims"),
    "outgoing": ("letter", "letters"),
    "hold_case_person": ("case", "cases"),
    "life_event": ("life event", "life events"),
    "note": ("note", "notes"),
    "task": ("task", "tasks"),
    "document_link": ("document", "documents"),
    "approval_request": ("request for approval", "requests for approval"),
    "restricted_record": ("restriction", "restrictions"),
    "person": ("record merged before", "records merged before"),
}


def filled(kept: Mapping[str, Any], merged: Mapping[str, Any]) -> tuple[str, ...]:
    """The fields that are empty in the record that is kept and not in the other."""
    return tuple(name for name, empty in EMPTY.items() if kept[name] == empty and merged[name] != empty)


def left_out(kept: Mapping[str, Any], merged: Mapping[str, Any]) -> tuple[str, ...]:
    """The fields in which both hold something, and not the same: what the other says is not taken over."""
    return tuple(
        name
        for name, empty in EMPTY.items()
        if kept[name] != empty and merged[name] != empty and kept[name] != merged[name]
    )


def moved_words(table: str, number: int) -> str:
    """So many rows of a table, in words: `3 letters`."""
    one, many = _MOVED.get(table, (table.replace("_", " "), table.replace("_", " ")))
    return f"{number:,} {one if number == 1 else many}"
