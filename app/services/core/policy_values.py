"""What policies there are: declared, typed and valued as shipped in resources/policy; no database."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from app.services.core.resources import resource


class ValueType(StrEnum):
    """How a policy value is written and checked."""

    POUNDS = "pounds"
    NUMBER = "number"
    DAYS = "days"
    PERCENT = "percent"
    DATE = "date"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Key:
    """What a policy is, as declared beside its values in resources/policy.

    Attributes:
        title: its name in plain words.
        unit: what its value counts, such as `working days`.
        used_by: the rule that asks for it, as a sentence.
        least, most: the limits of a sensible value, written as the value is; empty for none.
        below: the key whose value it may not exceed on the same day and in the same scope.
        choices: of a word: each value with what it means.
        scopes: what it may be limited to: `bedrooms`, `tenure`, `rent_group`, `category` (of the post), `adjustment_kind`,
            `recharge` (an item of the price list), `band` (of standing orders), `priority` (of works), `late` (invoices), `cis`.
        begins: of a figure that somebody else publishes, the only days of a year on which a value begins, such as `07-01`; it is
            entered when it is known, also for a day that has gone.
        masked: a number of which lists show two digits, such as that of the council's own account at its bank.
    """

    key: str
    title: str
    type: ValueType
    unit: str
    used_by: str = ""
    least: str = ""
    most: str = ""
    below: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    scopes: tuple[str, ...] = ()
    masked: bool = False
    begins: tuple[str, ...] = ()

    @property
    def area(self) -> str:
        """The part of the office that it belongs to: what stands before the dot."""
        return self.key.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Value:
    """One value of one policy: in force from `effective_from` (inclusive) until a later one.

    Attributes:
        verify: it is general knowledge or one council's own policy: somebody has to verify it for this landlord.
        verified_by, verified_on: who has, and when.
        edited: it was entered in Rentbook; `row_id` is its row then.
    """

    key: str
    scope: str
    effective_from: date
    value: str
    unit: str
    source: str
    verified_by: str
    edited: bool = False
    verify: bool = False
    verified_on: date | None = None
    row_id: int | None = None


def resolve(known: Iterable[Value], on: date, scope: str = "") -> Value | None:
    """The value in force on a day among all of one policy: the narrowest scope, the latest start, edited over shipped."""
    fitting = [v for v in known if v.effective_from <= on and v.scope in {"", scope}]
    return max(fitting, key=lambda v: (v.scope != "", v.effective_from, v.edited), default=None)


@functools.cache
def shipped() -> dict[str, tuple[Value, ...]]:
    """The values in resources/policy/*.toml by key."""
    return {key: shipped_of(key) for key in dict.fromkeys(row["key"] for row in _rows("value"))}


@functools.cache
def shipped_of(key: str) -> tuple[Value, ...]:
    """The shipped values of one policy. Only the files that name it are read: a start of the window asks for those of one."""
    return tuple(
        Value(
            key=key,
            scope=row.get("scope", ""),
            effective_from=row["effective_from"],
            value=str(row["value"]),
            unit=row.get("unit", ""),
            source=row.get("source", ""),
            verified_by=row.get("verified_by", ""),
            verify=bool(row.get("verify", False)),
        )
        for row in _rows("value", key)
        if row["key"] == key
    )


@functools.cache
def declared() -> dict[str, Key]:
    """Every policy that is declared in resources/policy/*.toml, by its key."""
    return {
        row["key"]: Key(
            key=row["key"],
            title=row["title"],
            type=ValueType(row["type"]),
            unit=row["unit"],
            used_by=row.get("used_by", ""),
            least=row.get("least", ""),
            most=row.get("most", ""),
            below=row.get("below", ""),
            choices=row.get("choices", {}),
            scopes=tuple(row.get("scopes", ())),
            masked=bool(row.get("masked", False)),
            begins=tuple(row.get("begins", ())),
        )
        for row in _rows("key")
    }


def _rows(table: str, naming: str = "") -> Iterable[dict[str, Any]]:
    for text in _texts():
        if naming in text:
            yield from _parsed(text).get(table, [])


@functools.cache
def _texts() -> tuple[str, ...]:
    return tuple(file.read_text(encoding="utf-8") for file in sorted(resource("policy").glob("*.toml")))


@functools.cache
def _parsed(text: str) -> dict[str, Any]:
    return tomllib.loads(text)
