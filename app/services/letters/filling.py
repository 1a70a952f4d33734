"""Filling the fields of a wording; what goes wrong in it, which officers wrote, is a sentence with its line."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Mapping
from typing import Final

from liquid.exceptions import (
    BlockNestingError,
    ContextDepthError,
    LiquidError,
    LocalNamespaceLimitError,
    LoopIterationLimitError,
    OutputStreamLimitError,
    UndefinedError,
    UnknownFilterError,
)

from app.services.core.errors import UserError
from app.services.letters.dto import Filled, Problem, Wording
from app.services.letters.language import FILTERS, LONGEST_BODY, MOST_OUTPUT, TooSlowError, parsed

ASK: Final = "ask"
"""Fields that begin so are typed by whoever writes the letter: `{{ ask.day_and_time }}`."""
_FIELD: Final = re.compile(r"'?([A-Za-z_][\w]*(?:\.[A-Za-z_]\w*)*)'?")
_CLOSED_BY: Final = {"{{": "}}", "{%": "%}"}
_MARK: Final = re.compile(r"\{\{|\{%|\}\}|%\}")
_HALF: Final = re.compile("[\ud800-\udfff]")
_TAG: Final = re.compile(r"\{%-?\s*(\w+)")
_BLOCKS: Final = frozenset({"if", "unless", "case", "for", "comment"})
_BLANK: Final = re.compile(r"\bask\.([a-z][a-z0-9_]*)")

Values = Mapping[str, Mapping[str, object]]
"""What the fields stand for, by group and then by name: `account` -> `reference`. What is empty is left out."""


def fill(wording: Wording, values: Values, known: Collection[str]) -> Filled:
    """The wording with its fields filled in.

    Args:
        wording: what the template says.
        values: what the fields stand for.
        known: every field there is, so that an empty one is told from a misspelt one.

    Raises:
        UserError: the first thing that is wrong, with its line.
    """
    parts = []
    for text, offset in ((wording.subject_line, 0), (wording.body, 1)):
        filled, problem = _filled(text, values, known, offset)
        if problem is not None:
            raise UserError(str(problem), field="body" if offset else "subject_line")
        parts.append(filled)
    subject = " ".join(parts[0].split())
    if len(subject) > 200:
        raise UserError("Subject: with its fields filled in it is over 200 characters.", field="subject_line")
    body = parts[1].strip()
    if len(body) > MOST_OUTPUT:
        raise UserError(
            f"The letter would have {len(body):,} characters; {MOST_OUTPUT:,} is the most.",
            "Make it shorter, or send a second letter.",
            "body",
        )
    return Filled(subject, body)


def problems(wording: Wording, examples: Values, known: Collection[str]) -> tuple[Problem, ...]:
    """Everything that is wrong with a wording as far as its examples show, by line."""
    found: list[Problem] = []
    for text, offset in ((wording.subject_line, 0), (wording.body, 1)):
        if len(text) > LONGEST_BODY:
            lines = text[LONGEST_BODY:].count("\n")
            at = text.count("\n") + 1 - lines if offset else 0
            found.append(Problem(at, f"The wording has {len(text):,} characters; {LONGEST_BODY:,} is the most."))
            continue
        unknown = _unknown(text, known, offset)
        found += unknown
        problem = _filled(text, examples, known, offset)[1]
        if problem is not None and problem.line not in {each.line for each in unknown}:
            found.append(problem)
    return tuple(sorted(found, key=lambda each: each.line))


def blanks(wording: Wording) -> tuple[tuple[str, str], ...]:
    """What whoever writes the letter is asked for, in the order of the wording: (key, title)."""
    keys = dict.fromkeys(_BLANK.findall(f"{wording.subject_line}\n{wording.body}"))
    return tuple((key, key.replace("_", " ").capitalize()) for key in keys)


def _filled(text: str, values: Values, known: Collection[str], offset: int) -> tuple[str, Problem | None]:
    amiss = _amiss(text, offset)
    if amiss is not None:
        return "", amiss
    try:
        return parsed(text).render(**values), None
    except LiquidError as error:
        return "", _explained(error, text, known, offset)


def _amiss(text: str, offset: int) -> Problem | None:
    """What Liquid should not be given at all: half a character, or braces that it would look for the ends of for minutes."""
    half = _HALF.search(text)
    if half is not None:
        line = text.count("\n", 0, half.start()) + 1 if offset else 0
        return Problem(line, "One character was pasted only by half.", "Delete it and type it again.")
    begun: re.Match[str] | None = None
    for mark in _MARK.finditer(text[: LONGEST_BODY + 1]):
        if mark[0] in _CLOSED_BY:
            if begun is not None:
                break
            begun = mark
        elif begun is not None and mark[0] == _CLOSED_BY[begun[0]]:
            begun = None
    if begun is None:
        return None
    line = text.count("\n", 0, begun.start()) + 1 if offset else 0
    return Problem(line, f"A field or condition is not closed: '{_CLOSED_BY[begun[0]]}' is missing.")


def _unknown(text: str, known: Collection[str], offset: int) -> list[Problem]:
    """The fields of a text that there are none of, wherever they stand, also where an `if` would pass them over."""
    if _amiss(text, offset) is not None:
        return []
    try:
        used = parsed(text).analyze().globals
    except LiquidError:
        return []
    found = []
    for places in used.values():
        for place in places:
            field = ".".join(str(part) for part in place.segments)
            if field not in known and not field.startswith(f"{ASK}."):
                line = text.count("\n", 0, place.span.index) + 1 if offset else 0
                found.append(_no_field(line, field, known))
    return found


def _explained(error: LiquidError, text: str, known: Collection[str], offset: int) -> Problem:
    """What Liquid says, in the office's words."""
    try:
        place = error.context()
    except ValueError:
        place = None
    line = (place[0] if place else text.count("\n") + 1) if offset else 0
    if isinstance(error, UndefinedError):
        match = _FIELD.match(str(error.message))
        return _empty_or_unknown(line, match[1] if match else "", known)
    for kind, message, hint in _LIMITS:
        if isinstance(error, kind):
            return Problem(line, message, hint)
    if isinstance(error, UnknownFilterError):
        name = str(error.message).removeprefix("unknown filter ").strip("'")
        return Problem(line, f"There is no filter '{name}'.", f"There are: {', '.join(sorted(FILTERS))}.")
    message = str(error.message)
    for shape, words, hint in _MISTAKES:
        match = re.search(shape, message)
        if match:
            begun = _begun(text) if offset and "{0}" in words and "never ended" in words else 0
            return Problem(begun or line, words.format(*match.groups()), hint)
    return Problem(line, "This can't be read as a field or a condition.", "Write a field as {{ account.reference }}.")


def _begun(text: str) -> int:
    """The line on which the innermost thing begins that is never ended; 0 if there is none."""
    open_tags: list[int] = []
    for match in _TAG.finditer(text):
        if match[1] in _BLOCKS:
            open_tags.append(text.count("\n", 0, match.start()) + 1)
        elif match[1].startswith("end") and open_tags:
            open_tags.pop()
    return open_tags[-1] if open_tags else 0


def _empty_or_unknown(line: int, field: str, known: Collection[str]) -> Problem:
    if field.startswith(f"{ASK}."):
        title = field.removeprefix(f"{ASK}.").replace("_", " ").capitalize()
        return Problem(line, f"'{title}' is not filled in.")
    if field in known:
        return Problem(line, f"The field '{field}' is empty for this account.")
    return _no_field(line, field, known)


def _no_field(line: int, field: str, known: Collection[str]) -> Problem:
    near = difflib.get_close_matches(field, sorted(known), 1, 0.6)
    return Problem(line, f"There is no field '{field}'.", f"Did you mean '{near[0]}'?" if near else "")


_LIMITS: Final[tuple[tuple[type[LiquidError] | tuple[type[LiquidError], ...], str, str], ...]] = (
    (LoopIterationLimitError, "This loop goes round too often.", "A letter may go round 500 times in all."),
    ((TooSlowError, ContextDepthError), "The wording takes too long to fill in.", "Take out loops inside loops."),
    (BlockNestingError, "Conditions stand too deep inside each other.", "Six deep is the most."),
    (
        (OutputStreamLimitError, LocalNamespaceLimitError),
        "The letter becomes too long when it is filled in.",
        "Take out what repeats itself.",
    ),
)
_MISTAKES: Final = (
    (
        r"expected tag (\w+), found",
        "Something that was begun is never ended: '{0}' is missing.",
        "Write it where it ends.",
    ),
    (r"unexpected tag '(\w+)'", "'{0}' can't be used here.", "Letters know if, unless, case, for and assign."),
    (r"expected '(}}|%})'", "A field or condition is not closed: '{0}' is missing.", ""),
    (r"missing expression", "A condition says nothing.", ""),
    (r"expected a primitive", "A field is empty: nothing stands between its braces.", ""),
)
__all__ = ["ASK", "LONGEST_BODY", "Problem", "Values", "blanks", "fill", "problems"]
