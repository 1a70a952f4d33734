"""How an arrangement stands, at the head of the accounts that it covers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from app.models.values import ArrangementState
from app.services.arrangements import rules
from app.services.arrangements.dto import Kept, Standing
from app.services.arrangements.queries import standing
from app.services.core.context import Context
from app.services.diary.keeping import written
from app.services.rent.dto import Mark
from app.services.rent.marks import register as plug_in

_WORDS: Final = {
    Kept.NOT_DUE: ("Arrangement", "good"),
    Kept.UNKNOWN: ("Arrangement", "good"),
    Kept.KEPT: ("Arrangement kept", "good"),
    Kept.COMPLETED: ("Arrangement paid off", "good"),
    Kept.BEHIND: ("Arrangement behind", "warning"),
    Kept.BROKEN: ("Arrangement broken", "bad"),
}


def register() -> None:
    """Plug the mark in."""
    plug_in("arrangement", _marks)


def _marks(ctx: Context, account_id: int, _today: date) -> Iterator[Mark]:
    found = standing(ctx, [account_id]).get(account_id)
    if found is None:
        return
    broken = found.state is ArrangementState.BROKEN
    text, tone = _WORDS[Kept.BROKEN if broken else found.progress.kept]
    yield Mark(text, tone, words_of(found))


def words_of(found: Standing) -> str:
    """What was agreed, and how it stands, as sentences."""
    agreed = f"{found.amount} {rules.EVERY[found.every]} from {written(found.starts_on)}"
    until = f" to {written(found.ends_on)}" if found.ends_on else ""
    said = [f"{agreed}{until}, on top of {'the Direct Debit' if found.direct_debit else 'the charge'}"]
    if found.state is ArrangementState.BROKEN and found.state_on is not None:
        said.append(f"Broken on {written(found.state_on)}: {found.state_reason}")
    elif found.progress.short:
        said.append(f"{found.progress.short} behind")
    elif found.progress.left:
        said.append(f"{found.progress.left} left to pay off")
    return ". ".join(said)
