"""Who gets the chosen items: somebody by name, a team, whoever of it has the least, or whom the rules say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from app.services.post_log.register.dto import Tray
from app.views.common import formats
from app.views.common.dialogs import Sheet
from app.views.common.fields import ChoiceField, LineField
from app.views.common.theme import scaled


class How(StrEnum):
    """The ways of giving."""

    OFFICER = "officer"
    TEAM = "team"
    WORKLOAD = "workload"
    RULES = "rules"


@dataclass(frozen=True, slots=True)
class To:
    """Who was chosen; `number` is the officer or the team, 0 by the rules."""

    how: How
    number: int = 0


_NOTE: Final = (
    "What is given to somebody who is away goes to whoever covers for them. The item keeps who had it and when."
)


class GiveSheet(Sheet):
    """The sheet.

    Args:
        parent: where it opens.
        title: what is given, in words.
        trays: the officers and teams with what they have open.
        me: the officer at the desk, who stands first.
    """

    def __init__(self, parent: QWidget, title: str, trays: Sequence[Tray], me: int) -> None:
        super().__init__(parent, title, primary="Give", note=_NOTE)
        self.to = ChoiceField([("", None), *_choices(trays, me)])
        self.why = LineField(200, placeholder="Whoever gets it reads this first; may be left empty")
        form = self.form()
        form.add("holder", "&To", self.to)
        form.add("why", "&Why", self.why)
        self.setMinimumWidth(scaled(560))

    def chosen(self) -> To | None:
        """Who gets it; None while nobody is chosen."""
        found: Any = self.to.value()
        return found if isinstance(found, To) else None


def _choices(trays: Sequence[Tray], me: int) -> list[tuple[str, object]]:
    own = [each for each in trays if each.officer_id == me]
    others = [each for each in trays if each.officer_id is not None and each.officer_id != me]
    teams = [each for each in trays if each.team_id is not None]
    return [
        *((f"{_words(each)} (you)", To(How.OFFICER, each.officer_id or 0)) for each in own),
        *((_words(each), To(How.OFFICER, each.officer_id or 0)) for each in others),
        *((f"Team: {_words(each)}", To(How.TEAM, each.team_id or 0)) for each in teams),
        *((f"Share out by workload in {each.name}", To(How.WORKLOAD, each.team_id or 0)) for each in teams),
        ("By the rules of the office", To(How.RULES)),
    ]


def _words(tray: Tray) -> str:
    """`Demo Officer, 4 open, 1 late, away until 30 Nov 2026`."""
    parts = [tray.name, f"{tray.open:,} open"]
    if tray.late:
        parts.append(f"{tray.late:,} late")
    if tray.away_until is not None:
        parts.append(f"away until {formats.day(tray.away_until)}")
    return ", ".join(parts)
