"""Whose sheet and whose column is meant: names match loosely, or as the landlord says."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, Final

from app.services.imports.dto import Column, Heading, Layout, Names, Problem
from app.services.imports.values import fold

HEADER_ROWS: Final = 30
"""How many rows may stand above the headings (titles, dates, notes)."""
_ASIDE: Final = re.compile(r"\([^)]*\)|\[[^\]]*\]")


def choices(meanings: Mapping[Any, str] | type[StrEnum]) -> dict[str, str]:
    """What a cell of fixed words may say, folded, and what it means: the word we keep, it with spaces, what officers call it."""
    called = meanings if isinstance(meanings, Mapping) else {each: each.value for each in meanings}
    return {
        fold(word): each.value
        for each, words in called.items()
        for word in (each.value, each.value.replace("_", " "), words)
    }


@dataclass(slots=True)
class Header:
    """Where the headings are and which column each one is."""

    row: int
    places: dict[str, int]
    """Our column name -> position from 0."""
    unknown: dict[int, str] = field(default_factory=dict)
    """Position -> a heading that is none of our columns."""
    twice: list[tuple[str, str, str]] = field(default_factory=list)
    """Column, and the two headings that both mean it."""


def layout_named(name: str, layouts: Iterable[Layout], names: Names) -> Layout | None:
    """The layout that a sheet's or file's name means, if it means one: `2_Tenancies (Nov 2026)` is Tenancies."""
    by_name = {fold(layout.name): layout for layout in layouts}
    meant = _folded(names.sheets).get(fold(name))
    if meant is not None:
        return by_name.get(fold(meant))
    plain = fold(re.sub(r"\d+", "", _ASIDE.sub("", name)))
    by_name |= {fold(word): layout for layout in by_name.values() for word in layout.synonyms}
    if plain in by_name:
        return by_name[plain]
    held = [layout for word, layout in by_name.items() if len(word) > 5 and word in plain]
    return held[0] if len({layout.name for layout in held}) == 1 else None


def layout_headed(rows: Sequence[tuple[int, Sequence[Any]]], layouts: Iterable[Layout], names: Names) -> Layout | None:
    """The one layout whose required columns all stand among the headings of these first rows."""
    fitting = []
    for layout in layouts:
        header = find_header(rows, layout, names)
        if header is not None and len(layout.required) > 1 and set(layout.required) <= header.places.keys():
            fitting.append((len(header.places) - len(header.unknown), layout))
    fitting.sort(key=lambda pair: -pair[0])
    if not fitting or (len(fitting) > 1 and fitting[0][0] == fitting[1][0]):
        return None
    return fitting[0][1]


def is_meant(rows: Iterable[tuple[int, Sequence[Any]]], name: str, layout: Layout) -> bool:
    """Whether a sheet is one of a layout, by its headings or by its name."""
    first = list(itertools.islice(rows, HEADER_ROWS))
    return layout_headed(first, [layout], Names()) is not None or layout_named(name, [layout], Names()) is not None


def find_header(rows: Sequence[tuple[int, Sequence[Any]]], layout: Layout, names: Names) -> Header | None:
    """The row with most of the layout's headings; None if no row has two of them (or the only one there is)."""
    lookup = headings(layout, names)
    best: Header | None = None
    for number, row in rows:
        found = _header(number, row, lookup)
        if best is None or len(found.places) > len(best.places):
            best = found
    enough = min(2, len(layout.columns))
    return best if best is not None and len(best.places) >= enough else None


def headings(layout: Layout, names: Names) -> dict[str, tuple[str, ...]]:
    """Every folded heading that is understood, and the columns that it can mean, the likeliest first.

    The landlord's say counts alone (an empty one leaves it out); then our own name for a column, then synonyms in the order of the columns.
    """
    known: dict[str, tuple[str, ...]] = {}
    for column in layout.columns:
        for word in (column.name, *column.synonyms):
            known[fold(word)] = (*known.get(fold(word), ()), column.name)
    ours = {fold(column.name): column.name for column in layout.columns}
    known |= {word: (name,) for word, name in ours.items()}
    for sheet, pairs in names.columns.items():
        if fold(sheet) == fold(layout.name):
            known |= {fold(heading): (ours.get(fold(name), name),) if name else () for heading, name in pairs.items()}
    return known


def header_problems(layout: Layout, header: Header) -> list[Problem]:
    """Columns that are missing or there twice."""
    problems = [
        Problem(
            layout.name, header.row, name, f"The headings '{one}' and '{other}' both mean {name}. Rename or delete one."
        )
        for name, one, other in header.twice
    ]
    unused = list(header.unknown.values())
    for name in layout.required:
        if name not in header.places:
            near = get_close_matches(fold(name), [fold(word) for word in unused], n=1, cutoff=0.6)
            guess = next((f" Is it '{word}'? Then rename it." for word in unused if near and fold(word) == near[0]), "")
            there = ", ".join([*header.places, *(f"'{word}'" for word in unused)])
            problems.append(
                Problem(
                    layout.name, header.row, name, f"There is no column {name}.{guess} The headings found are: {there}."
                )
            )
    return problems


def header_warnings(layout: Layout, header: Header) -> list[Problem]:
    """Headings that mean nothing here: their columns are left out."""
    return [
        Problem(
            layout.name,
            header.row,
            heading,
            f"The column '{heading}' was left out: it isn't one of those that are loaded.",
        )
        for heading in header.unknown.values()
    ]


def words_of(column: Column, names: Names) -> Mapping[str, str]:
    """The landlord's own words for a column, folded."""
    for name, words in names.words.items():
        if fold(name) == fold(column.name):
            return _folded(words)
    return {}


def named_twice(names: Iterable[str]) -> frozenset[str]:
    """The headings that another one of the file can't be told apart from: it is called the same but for case and spaces."""
    every = list(names)
    count = Counter(map(fold, every))
    return frozenset(name for name in every if count[fold(name)] > 1)


def read_twice(headings: Sequence[Heading]) -> str:
    """What is said where a heading is read that another one can't be told apart from; empty where none is."""
    twins = named_twice(each.name for each in headings)
    read = next((each.name for each in headings if each.name in twins and each.field), "")
    return f"The heading {read} is there twice: rename one of the two in the file, and load it again." if read else ""


def _header(number: int, row: Sequence[Any], lookup: Mapping[str, tuple[str, ...]]) -> Header:
    """The headings of one row: those that can mean one column only are settled before those that could mean others."""
    header = Header(number, {})
    found = {
        place: " ".join(value.split()) for place, value in enumerate(row) if isinstance(value, str) and value.strip()
    }
    means = {place: lookup.get(fold(text), lookup.get(fold(_ASIDE.sub("", text)), ())) for place, text in found.items()}
    exact = {place for place, text in found.items() if means[place] and fold(text) == fold(means[place][0])}
    for place in sorted(found, key=lambda place: (place not in exact, len(means[place]))):
        name = next((name for name in means[place] if name not in header.places), None)
        if name is not None:
            header.places[name] = place
        elif means[place] and (header.places[means[place][0]] in exact) == (place in exact):
            header.twice.append((means[place][0], found[header.places[means[place][0]]], found[place]))
        else:
            header.unknown[place] = found[place]
    return header


def _folded(words: Mapping[str, str]) -> dict[str, str]:
    return {fold(word): meant for word, meant in words.items()}
