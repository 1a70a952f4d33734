"""The policy in force: limits, rates and notice periods as data, resolved by the rule's own trigger date."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.policy import PolicyValue
from app.models.values import Money
from app.services.core.errors import UserError
from app.services.core.policy_values import Value, declared, resolve, shipped_of


class Policy:
    """The policy in force, as shipped and as the landlord has edited it since."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._edited: list[Value] | None = None

    @classmethod
    def as_shipped(cls) -> Policy:
        """The policy of an office that has no database yet."""
        made = cls(Session())
        made._edited = []
        return made

    def find(self, key: str, on: date, scope: str = "") -> Value | None:
        """The value of `key` on a day: the narrowest scope first, then the latest start, an edited one over a shipped one."""
        if self._edited is None:
            self._edited = edited(self._session)
        return resolve([*shipped_of(key), *(v for v in self._edited if v.key == key)], on, scope)

    def value(self, key: str, on: date, scope: str = "") -> str:
        """The value as text.

        Raises:
            UserError: the policy has no value for that day.
        """
        found = self.find(key, on, scope)
        if found is None:
            name = declared()[key].title if key in declared() else key
            raise UserError(
                f"The policy '{name}' has no value for {on.day} {on:%b %Y}.",
                "Add one from that day on: Admin, Policy values.",
            )
        return found.value

    def number(self, key: str, on: date, scope: str = "") -> int:
        """The value as a whole number, in the unit that the policy names."""
        return int(self.value(key, on, scope))

    def money(self, key: str, on: date, scope: str = "") -> Money:
        """The value as an amount, kept in pounds."""
        return Money.parse(self.value(key, on, scope))


def edited(session: Session) -> list[Value]:
    """The values that were entered in Rentbook, in the order they were."""
    return [
        Value(
            v.key,
            v.scope,
            v.effective_from,
            v.value,
            v.unit,
            v.source,
            v.verified_by,
            edited=True,
            verified_on=v.verified_on,
            row_id=v.id,
        )
        for v in session.scalars(select(PolicyValue).order_by(PolicyValue.id))
    ]
