"""Policy values as listed, and changes of them as they are asked for."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from app.services.core.changes import Changes
from app.services.core.policy_values import Key

KIND: Final = "policy_value"
"""The kind of request by which a value is changed."""


def number_of(key: str, scope: str) -> int:
    """The number by which requests know a policy and scope: a policy has no row of its own until it is changed."""
    return zlib.crc32(f"{key}|{scope}".encode())


class Action(StrEnum):
    """What is asked: a value from a day on, another value for a day to come, or none for it after all."""

    ADD = "add"
    CORRECT = "correct"
    WITHDRAW = "withdraw"


class Standing(StrEnum):
    """Where a value stands today."""

    PAST = "past"
    NOW = "in force"
    COMING = "to come"


@dataclass(frozen=True, slots=True)
class NewValue:
    """A change as an officer asks for it.

    Attributes:
        value: as typed; read by the type of the policy.
        effective_from: the first day on which rules resolve to it.
        row_id: of the value to come that is corrected or withdrawn.
    """

    action: Action
    key: str
    scope: str
    value: str
    effective_from: date
    source: str
    reason: str
    row_id: int | None = None


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """One dated value as listed.

    Attributes:
        words: the value as read, with its unit.
        scope_words: what it is limited to, in plain words.
        ends_on: the last day on which it is in force; None while no later value is known.
        own: the landlord's own figure, not the one shipped.
        to_verify: it is general knowledge or one council's policy and nobody has verified it.
        changeable: it is still to come and was entered here: it may be corrected or withdrawn.
        waits: the request that waits about this policy and scope, or None.
    """

    key: Key
    scope: str
    scope_words: str
    value: str
    words: str
    effective_from: date
    ends_on: date | None
    standing: Standing
    source: str
    verified_by: str
    verified_on: date | None
    own: bool
    to_verify: bool
    changeable: bool
    row_id: int | None
    waits: int | None


@dataclass(frozen=True, slots=True)
class PolicyList:
    """Every value of every policy, and from when on a new one may begin."""

    rows: tuple[PolicyRow, ...]
    earliest: date


@dataclass(frozen=True, slots=True)
class Asked:
    """A change that now waits for a second officer."""

    request_id: int
    changes: Changes
