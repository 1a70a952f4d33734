"""The card of money in suspense: what it comes to and how old it is, what the officer looks after, what goes back."""

from __future__ import annotations

from typing import Final

from app.services.core.context import Context
from app.services.core.permissions import Permission
from app.services.home.dto import CardLine, Opens, Tone
from app.services.reception_payments.suspense import listing
from app.services.reception_payments.suspense.dto import SuspenseFilter, View

_SHOWN_TO: Final = frozenset({Permission.CLEAR_SUSPENSE, Permission.APPROVE_SUSPENSE})
_OPENS: Final = Opens("reception_payments", "suspense")


def lines(ctx: Context) -> tuple[CardLine, ...]:
    """What stands in suspense with its oldest item, and how much of it is old, or with the officer; nothing where it is empty."""
    if not ctx.officer.permissions & _SHOWN_TO:
        return ()
    views = (("In suspense", View.STANDING), ("Old", View.OLD), ("With you", View.MINE))
    found = [(title, view, listing.found(ctx, SuspenseFilter(view), most=0)) for title, view in views]
    return tuple(
        CardLine(
            title,
            f"{each.count:,}, {each.left}" + (f", the oldest {each.oldest:,} days" if view is View.STANDING else ""),
            Tone.BAD if view is View.OLD else Tone.PLAIN,
            _OPENS,
        )
        for title, view, each in found
        if each.count
    )
