"""People as they are found and compared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Match:
    """A person who may be the one that is being added.

    Attributes:
        address: where they live or lived last, in one line.
        why: what is the same, as words: `same last name and date of birth`.
        sure: enough is the same that it is very likely the same person.
    """

    person_id: int
    reference: str
    name: str
    date_of_birth: date | None
    address: str
    why: str
    sure: bool


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody to be made a record of."""

    title: str = ""
    first_name: str = ""
    last_name: str = ""
    date_of_birth: date | None = None
    mobile: str = ""
    phone: str = ""
    email: str = ""
