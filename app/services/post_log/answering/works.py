"""The pieces of work that categories start: where each is done, and what an item tells of it. Pure but for the row it reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from app.models.post_log import PostItem
from app.models.values import EndReason, HoldKind, LifeEvent
from app.services.post_log.answering.rules import postal_address
from app.services.post_log.dto import item_number

_LONGEST_NOTE: Final = 1_000


@dataclass(frozen=True, slots=True)
class Starts:
    """A piece of work.

    Attributes:
        title: what the button and the history call it.
        area: the tab that it is done on; empty where the post has a sheet for it.
        work: its key there.
        known: what an item tells of it, by the names of the sheet's fields.
        of_account: it is done on the item's account; else that tab asks for the item itself.
    """

    title: str
    area: str
    work: str
    known: Callable[[PostItem], Mapping[str, object]]
    of_account: bool = True


def _ending(item: PostItem) -> Mapping[str, object]:
    """A notice is served when it is received; its day is that of receipt (Protection from Eviction Act 1977 s.5)."""
    return {"reason": EndReason.TENANT_NOTICE, "notice_on": item.received_on}


def _death(item: PostItem) -> Mapping[str, object]:
    """Whoever tells us is asked first who deals with the estate."""
    reach = item.sender_address.strip()
    written = postal_address(reach)
    note = _note(item) if written or not reach else f"{_note(item)}. To be reached at {reach}"
    return {
        "kind": LifeEvent.DEATH,
        "told_on": item.received_on,
        "told_by": item.sender,
        "contact_name": item.sender,
        "address": "\n".join(written),
        "note": note,
    }


def _breathing_space(item: PostItem) -> Mapping[str, object]:
    """The notice names its own reference and who sends it; it is sent on the day of the application.

    The moratorium starts on the day after (Debt Respite Scheme Regulations 2020 reg. 26).
    """
    adviser = ", ".join(part for part in (item.sender, *item.sender_address.splitlines()) if part.strip())
    return {
        "kind": HoldKind.BREATHING_SPACE,
        "applied_on": item.received_on,
        "notified_on": item.received_on,
        "start_on": item.received_on + timedelta(days=1),
        "reference": item.reference,
        "adviser": adviser[:200],
        "note": _note(item),
    }


def _nothing(_item: PostItem) -> Mapping[str, object]:
    return {}


def _note(item: PostItem) -> str:
    return f"Post {item_number(item.year, item.number)}: {item.subject_line}"[:_LONGEST_NOTE]


WORKS: Final[Mapping[str, Starts]] = {
    "ending": Starts("End the tenancy", "rent", "end_tenancy", _ending),
    "death": Starts("Note the death", "rent", "life_event", _death),
    "breathing_space": Starts("Enter the case", "rent", "hold_case", _breathing_space),
    "invoice": Starts("Log the invoice", "purchase_orders", "log_invoice", _nothing, of_account=False),
    "address": Starts("Find the letter", "", "", _nothing),
}
"""By the key that a category has as its `work`; a returned letter (`address`) has a sheet of its own."""
