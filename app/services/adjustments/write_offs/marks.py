"""What was written off, at the head of the account that owed it: a write-off never hides a debt."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.models.values import Money
from app.services.adjustments.write_offs.queries import written_off_on
from app.services.core.context import Context
from app.services.diary.keeping import written
from app.services.rent.dto import Mark
from app.services.rent.marks import register as plug_in


def register() -> None:
    """Plug the mark in."""
    plug_in("write_off", _marks)


def _marks(ctx: Context, account_id: int, _today: date) -> Iterator[Mark]:
    for case, title, debt, ended in written_off_on(ctx, account_id):
        left = Money(debt.pence - debt.back_pence)
        if not left:
            continue
        on = written(case.posted_on) if case.posted_on else ""
        said = [f"Case {case.number}, written off on {on}: {title}"]
        if debt.back_pence:
            said.append(f"{Money(debt.back_pence)} of {Money(debt.pence)} has come back")
        if ended:
            said.append("The law has ended this debt: it is not asked for again")
        elif debt.barred_pence:
            said.append(f"{Money(debt.barred_pence)} is out of time: it may be paid, but not sued for")
        yield Mark(f"{left} written off", "warning", f"{'. '.join(said)}.")
        if debt.barred_pence and not ended:
            yield Mark(
                "Unenforceable", "warning", "Out of time (Limitation Act 1980 s.19): it may be paid, but not sued for."
            )
