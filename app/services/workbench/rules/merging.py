"""Two officers changed one record: what goes together by itself, and what somebody has to choose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Differing:
    """A field that both changed, each to something else."""

    key: str
    mine: object
    theirs: object
    was: object


@dataclass(frozen=True, slots=True)
class Merged:
    """Both changes together.

    Attributes:
        values: every field; where a choice is needed, mine.
        conflicts: the fields that need one, in the order of the form.
        theirs: the fields that only the other officer changed.
    """

    values: dict[str, object]
    conflicts: tuple[Differing, ...]
    theirs: tuple[str, ...]


def merge(was: Mapping[str, object], mine: Mapping[str, object], theirs: Mapping[str, object]) -> Merged:
    """Put two sets of changes of the same record together, field by field.

    A field that one side left alone takes the other's value; one that both changed alike is settled. The fields are
    those of `mine`: what the form doesn't show is none of its business.
    """
    values: dict[str, object] = {}
    conflicts: list[Differing] = []
    only_theirs: list[str] = []
    for key, own in mine.items():
        before, other = was.get(key), theirs.get(key)
        if own == before and other != before:
            only_theirs.append(key)
        values[key] = other if own == before else own
        if own not in (before, other) and other != before:
            conflicts.append(Differing(key, own, other, before))
    return Merged(values, tuple(conflicts), tuple(only_theirs))
