"""Profiles: what is asked, and what was kept."""

from __future__ import annotations

from dataclasses import dataclass

from app.services.core.changes import Changes
from app.services.reception_payments.files.layouts import Layout


@dataclass(frozen=True, slots=True)
class NewProfile:
    """A profile to be kept; `profile_id` is None of a new one, and `version` that of the one that was changed."""

    name: str
    layout: Layout
    why: str = ""
    profile_id: int | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class Kept:
    """A profile that was kept."""

    profile_id: int
    key: str
    edition: int
    told: str
    changes: Changes
