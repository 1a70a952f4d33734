"""What the pages are told when something of purchasing changed, and nothing else with it."""

from __future__ import annotations

from typing import Final

from app.services.core.changes import Changes

CHANGED: Final = Changes(frozenset({"purchase_orders"}))
