"""Policy values: limits, rates and notice periods as data, resolved by the rule's own trigger date."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.policy import PolicyValue
from app.models.values import Money
from app.services.core.errors import UserError
from app.services.core.resources import resource


@dataclass(frozen=True, slots=True)
class Value:
    """One value of one policy: in force from `effective_from` (inclusive) until a later one."""

    key: str
    scope: str
    effective_from: date
    value: str
    unit: str
    source: str
    verified_by: str
    edited: bool = False


class Policy:
    """The policy in force, as shipped and as the landlord has edited it since."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._edited: list[Value] | None = None

    def find(self, key: str, on: date, scope: str = "") -> Value | None:
        """The value of `key` on a day: the narrowest scope first, then the latest start, an edited one over a shipped one."""
        if self._edited is None:
            self._edited = [
                Value(v.key, v.scope, v.effective_from, v.value, v.unit, v.source, v.verified_by, edited=True)
                for v in self._session.scalars(select(PolicyValue))
            ]
        known = [*shipped().get(key, ()), *(v for v in self._edited if v.key == key)]
        fitting = [v for v in known if v.effective_from <= on and v.scope in {"", scope}]
        return max(fitting, key=lambda v: (v.scope != "", v.effective_from, v.edited), default=None)

    def value(self, key: str, on: date, scope: str = "") -> str:
        """The value as text.

        Raises:
            UserError: the policy has no value for that day.
        """
        found = self.find(key, on, scope)
        if found is None:
            raise UserError(f"The policy '{key}' has no value for {on:%d %b %Y}.", "An administrator can add one.")
        return found.value

    def number(self, key: str, on: date, scope: str = "") -> int:
        """The value as a whole number, in the unit that the policy names."""
        return int(self.value(key, on, scope))

    def money(self, key: str, on: date, scope: str = "") -> Money:
        """The value as an amount, kept in pounds."""
        return Money.parse(self.value(key, on, scope))


@functools.cache
def shipped() -> dict[str, tuple[Value, ...]]:
    """The values in resources/policy/*.toml by key."""
    values: dict[str, list[Value]] = {}
    for file in sorted(resource("policy").glob("*.toml")):
        for row in tomllib.loads(file.read_text(encoding="utf-8")).get("value", []):
            value = Value(
                key=row["key"],
                scope=row.get("scope", ""),
                effective_from=row["effective_from"],
                value=str(row["value"]),
                unit=row.get("unit", ""),
                source=row.get("source", ""),
                verified_by=row.get("verified_by", ""),
            )
            values.setdefault(value.key, []).append(value)
    return {key: tuple(rows) for key, rows in values.items()}
