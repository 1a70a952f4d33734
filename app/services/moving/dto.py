"""What moving a database comes to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was compared: what it is, what the source has and what the copy has."""

    what: str
    source: str
    target: str

    @property
    def equal(self) -> bool:
        """Whether both have the same."""
        return self.source == self.target


@dataclass(frozen=True, slots=True)
class Moved:
    """A database that was copied.

    Attributes:
        source, target: where they are, without passwords.
        tables, rows: how many were copied.
        lines: everything that was compared.
        told: it in sentences.
    """

    source: str
    target: str
    tables: int
    rows: int
    lines: tuple[Line, ...]
    told: tuple[str, ...]

    @property
    def equal(self) -> bool:
        """Whether the copy is proven to be the same."""
        return all(line.equal for line in self.lines)
