"""All reporting views, in the order of their documentation."""

from __future__ import annotations

from functools import cache

from app.models.reporting import housing, ledger, office
from app.models.reporting.declared import View


@cache
def declared() -> tuple[View, ...]:
    """Every view."""
    return (*ledger.views(), *housing.views(), *office.views())
