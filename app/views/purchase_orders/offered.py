"""What fields offer to choose from, with what a record has that isn't offered any more."""

from __future__ import annotations

from collections.abc import Iterable


def with_standing(offered: Iterable[tuple[int, str]], now: tuple[int, str] | None) -> list[tuple[str, object]]:
    """Choices as fields take them, of (id, words); what a record has stays choosable where it went out of use.

    A field that is given what it doesn't offer chooses the first: saving would put that in its place, unseen.
    """
    found: list[tuple[str, object]] = [(words, key) for key, words in offered]
    if now is not None and now[0] not in {key for _, key in found}:
        found.append((f"{now[1]}, out of use", now[0]))
    return found
