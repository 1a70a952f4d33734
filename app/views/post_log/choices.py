"""What fields of several sheets of the post offer."""

from __future__ import annotations

from typing import Final

from app.services.post_log.dto import NOBODY, Holder, Priority
from app.services.post_log.routing.dto import Choices

PRIORITIES: Final = {Priority.HIGH: "High", Priority.NORMAL: "Normal", Priority.LOW: "Low"}
"""In words."""


def holder_choices(choices: Choices, nobody: str) -> list[tuple[str, object]]:
    """Nobody, in these words, then teams, then officers."""
    return [
        (nobody, NOBODY),
        *((f"Team: {name}", Holder(team_id=each)) for each, name in choices.teams),
        *((name, Holder(officer_id=each)) for each, name in choices.officers),
    ]
