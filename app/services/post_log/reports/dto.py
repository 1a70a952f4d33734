"""The figures of the post in a span of days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.services.post_log.register.dto import RegisterRow


@dataclass(frozen=True, slots=True)
class Figures:
    """What came in, of one category, officer or channel, and what became of it; copies, junk and what was forwarded left out.

    Attributes:
        name: what the figures are of.
        key: of a category.
        came: how many items were received.
        answered: how many were answered on the last day or before it.
        answered_late: how many were answered later, or are open and their last day has passed.
        acknowledged, acknowledged_late: the same of the acknowledgement; what was answered instead counts as acknowledged.
        waiting: how many are open, not answered, and their last day for the answer hasn't passed; with the answered, the late
            and the unanswered they are all that came.
        unanswered: how many were closed without an answer, such as a circular; they count neither way.
    """

    name: str
    came: int = 0
    answered: int = 0
    answered_late: int = 0
    acknowledged: int = 0
    acknowledged_late: int = 0
    waiting: int = 0
    unanswered: int = 0
    key: str = ""

    @property
    def on_time(self) -> int | None:
        """Per cent answered in time, of what was answered or should have been; none where nothing was."""
        return percent(self.answered, self.answered_late)

    @property
    def acknowledged_on_time(self) -> int | None:
        """The same of acknowledgements."""
        return percent(self.acknowledged, self.acknowledged_late)

    def __add__(self, other: Figures) -> Figures:
        """Both together, under the name of the first."""
        return Figures(
            self.name,
            self.came + other.came,
            self.answered + other.answered,
            self.answered_late + other.answered_late,
            self.acknowledged + other.acknowledged,
            self.acknowledged_late + other.acknowledged_late,
            self.waiting + other.waiting,
            self.unanswered + other.unanswered,
            self.key or other.key,
        )


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of a span of days, both included.

    Attributes:
        every: of everything.
        categories, officers, channels: the same by category, by who has it, and by how it came; the largest first.
        late: how many items are open and late, whenever they were received.
        oldest: the open items that were received first, whenever that was.
    """

    from_on: date
    to_on: date
    every: Figures
    categories: tuple[Figures, ...]
    officers: tuple[Figures, ...]
    channels: tuple[Figures, ...]
    late: int
    oldest: tuple[RegisterRow, ...]


def percent(good: int, bad: int) -> int | None:
    """Whole per cent, rounded down: 100 means all of them."""
    return good * 100 // (good + bad) if good + bad else None
