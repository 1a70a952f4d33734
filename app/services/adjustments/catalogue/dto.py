"""Kinds and reasons as they are listed, and what became of a change."""

from __future__ import annotations

from dataclasses import dataclass

from app.models.values import Money
from app.services.adjustments.dto import KindRow, ReasonRow
from app.services.core.changes import Changes


@dataclass(frozen=True, slots=True)
class KindListed:
    """A kind as the office sees it.

    Attributes:
        code_name, control: what its code is called, and the key of the control account that takes the other side.
        second_from: a second officer approves a line of this amount or more, whatever the limit of whoever asks.
        third: a third officer posts what was approved.
        used: how many lines were ever entered with it.
        waiting: the request to change it that waits, if one does.
    """

    kind: KindRow
    code_name: str
    control: str
    second_from: Money
    third: bool
    used: int
    waiting: int | None


@dataclass(frozen=True, slots=True)
class ReasonListed:
    """A reason with how many lines were ever entered for it, and the titles of the kinds that it fits."""

    reason: ReasonRow
    fits: str
    used: int


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Kinds, reasons, and the codes in use (code, name) that a kind may post by."""

    kinds: tuple[KindListed, ...]
    reasons: tuple[ReasonListed, ...]
    codes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a change: saved, or a request that waits for a second officer.

    Attributes:
        told: a sentence for the message bar.
    """

    key: str
    request_id: int | None
    told: str
    changes: Changes
