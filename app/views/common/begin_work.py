"""Work that one page hands to another: to be begun there, with what is known filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class BeginWork:
    """Work on an account that another page begins: `office.show_only("rent", BeginWork(...))`.

    Attributes:
        work: the key of a work of the Accounts page.
        known: what its sheet begins with, by the names of its fields; the officer looks it over and saves.
    """

    account_id: int
    work: str
    known: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BeginFromPost:
    """Work on an item of the post that another tab begins: `office.show_only("purchase_orders", BeginFromPost(...))`.

    Attributes:
        work: the key of a work of that tab; it asks the services itself what the item tells.
    """

    item_id: int
    work: str
