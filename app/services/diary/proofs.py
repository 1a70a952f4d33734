"""Proofs: what must have happened before some tasks may be done. The areas above plug in how to find out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from app.services.core import plugs
from app.services.core.context import Context
from app.services.diary.dto import ProofState


@dataclass(frozen=True, slots=True)
class Proof:
    """One kind of proof.

    Attributes:
        key: its name in the database and in the shipped tasks, such as `weekly_charge`.
        title: as officers read it where a recurring task is edited.
        state: whether it holds for the occurrence of a day.
    """

    key: str
    title: str
    state: Callable[[Context, date], ProofState]


_PROOFS: dict[str, Proof] = {}


def register(proof: Proof) -> None:
    """Plug a proof in; `app/registered.py` names the modules that do."""
    _PROOFS[proof.key] = proof


def proofs() -> tuple[Proof, ...]:
    """Every proof, in the order of their titles."""
    plugs.fill("day")
    return tuple(sorted(_PROOFS.values(), key=lambda proof: proof.title))


def state_of(ctx: Context, key: str, on: date) -> ProofState | None:
    """Whether a proof holds for a day; None where the task needs none."""
    if not key:
        return None
    plugs.fill("day")
    proof = _PROOFS.get(key)
    if proof is None:
        return ProofState(holds=False, words=f"This Rentbook doesn't know the proof '{key}'.")
    return proof.state(ctx, on)
