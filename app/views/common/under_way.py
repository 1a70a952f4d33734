"""What a page is doing, in words: while it does anything it says so, and offers nothing that would do it twice."""

from __future__ import annotations

from collections.abc import Callable

from app.views.common.office import Busy


class UnderWay:
    """The pieces of work that a page waits for; the page rests when the last of them is over, however it ended.

    Args:
        show: is told the words of the work begun last, and nothing when the page rests.
    """

    def __init__(self, show: Callable[[str], object]) -> None:
        self._tell = show
        self._words: list[str] = []

    def on(self, words: str) -> Busy:
        """What a task is given as `busy`. Work of the same words replaces what was under way."""

        def tell(busy: bool) -> None:
            self._words = [each for each in self._words if each != words]
            if busy:
                self._words.append(words)
            self.show()

        return tell

    def show(self) -> None:
        """Tell again what is under way."""
        self._tell(self._words[-1] if self._words else "")
