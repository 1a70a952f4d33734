"""How a row of the benchmark is measured: medians of five rounds, ours and the reference in turn."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Figure:
    """What a row measured: `reference` is None where there is nothing to measure beside it."""

    ours: float
    reference: float | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the benchmark.

    Attributes:
        budget: the most that ours may be, as a multiple of the reference where there is one, else in the unit; None where the
            figure is only reported.
        measure: does the work in a folder that is emptied afterwards.
    """

    name: str
    what: str
    unit: str
    budget: float | None
    measure: Callable[[Path], Figure]


@dataclass(frozen=True, slots=True)
class Result:
    """A row as it is printed."""

    name: str
    unit: str
    ours: float
    reference: float | None
    ratio: float | None
    budget: float | None
    ok: bool

    @classmethod
    def of(cls, row: Row, figure: Figure) -> Result:
        """Hold a figure against the budget of its row."""
        ratio = figure.ours / figure.reference if figure.reference else None
        held = figure.ours if ratio is None else ratio
        reference = None if figure.reference is None else round(figure.reference, 4)
        rounded = None if ratio is None else round(ratio, 3)
        ok = row.budget is None or held <= row.budget
        return cls(row.name, row.unit, round(figure.ours, 4), reference, rounded, row.budget, ok)

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return asdict(self)


def in_turn(ours: Callable[[int], float], reference: Callable[[int], float], rounds: int = ROUNDS) -> Figure:
    """Medians of both, which take the number of the round and return seconds; they take turns to go first."""
    found: dict[Callable[[int], float], list[float]] = {ours: [], reference: []}
    for number in range(rounds):
        for work in (ours, reference) if number % 2 else (reference, ours):
            found[work].append(work(number))
        say(f"    round {number + 1}: {found[ours][-1]:.3f} beside {found[reference][-1]:.3f}")
    return Figure(statistics.median(found[ours]), statistics.median(found[reference]))


def slowest_of(works: Sequence[Callable[[], object]], rounds: int = ROUNDS) -> Figure:
    """The median over the rounds of the 95th percentile of the works, in milliseconds."""
    tails = []
    for _ in range(rounds):
        taken = [seconds(work) * 1000 for work in works]
        tails.append(statistics.quantiles(taken, n=20, method="inclusive")[-1])
    return Figure(statistics.median(tails))


def seconds(work: Callable[[], object]) -> float:
    """How long one piece of work takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def say(text: str) -> None:
    """What isn't the answer goes to standard error."""
    print(text, file=sys.stderr, flush=True)
