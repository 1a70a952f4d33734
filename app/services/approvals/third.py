"""The third officer: where policy says so, what was approved is posted by somebody who neither asked for it nor approved it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

from app.services.core.context import Context
from app.services.core.officers import people_count

THIRD: Final = 3
"""As many people must there be for somebody to neither ask nor approve."""
ASK: Final = "Ask a colleague who neither asked for it nor approved it."
"""What to do about it."""
_ALONE: Final = " Nobody else is here: add a third officer (Admin, Officers)."


def posts(ctx: Context, kinds: Iterable[str]) -> bool:
    """Whether adjustments of these kinds (their keys) are posted by a third officer."""
    today = ctx.clock.today()
    return any(ctx.policy.value("adjustments.third_officer", today, f"adjustment_kind:{key}") == "yes" for key in kinds)


def why_not(ctx: Context, kinds: Collection[str], took: Collection[int | None], does: str = "posts") -> str:
    """Why the officer who acts may not post what was approved, as a sentence; empty where they may.

    Args:
        ctx: who acts.
        kinds: the keys of the kinds of adjustment that it is of.
        took: who asked for it and who approved it.
        does: what somebody else does with it.
    """
    if ctx.officer.id not in took or not posts(ctx, kinds):
        return ""
    alone = _ALONE if people_count(ctx.session) < THIRD else ""
    return f"You took an earlier step of this, so somebody else {does} it.{alone}"
