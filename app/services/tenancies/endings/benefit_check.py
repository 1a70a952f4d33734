"""The check of benefit when a tenancy ends: to which day entitlement ran, and the finding that is kept with the ending."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.models.endings import Ending
from app.models.values import EndReason
from app.services.benefits.checking import check_last_weeks
from app.services.benefits.dto import Finding
from app.services.core.context import Context
from app.services.diary.keeping import checked_text
from app.services.tenancies.endings import policies, reading, rules
from app.services.tenancies.endings.dto import Dates, NoteEnding
from app.services.tenancies.endings.reading import Case

_LONGEST: Final = 1_000


def check(ctx: Context, found: Case, wanted: NoteEnding, days: Dates) -> Finding:
    """Check the last weeks of a tenancy that would end on these days."""
    entitled_to = _entitled_to(ctx, found, wanted.reason, days.notice_ends_on, wanted.left_on)
    return check_last_weeks(ctx, found.tenancy.id, entitled_to)


def keep(ctx: Context, found: Case, ending: Ending, remark: str) -> Finding:
    """Check the last weeks of an ending that is being finished, and keep the finding with what the officer adds."""
    entitled_to = _entitled_to(ctx, found, ending.reason, ending.notice_ends_on, ending.left_on)
    finding = check_last_weeks(ctx, found.tenancy.id, entitled_to)
    said = checked_text(ctx, remark, "finding", "finding", _LONGEST)
    ending.benefit_finding = f"{finding.words} {said}".strip()
    ending.benefit_checked_by, ending.benefit_checked_at = ctx.officer.id, ctx.clock.now()
    return finding


def _entitled_to(ctx: Context, found: Case, reason: EndReason, notice_ends_on: date, left_on: date | None) -> date:
    return rules.entitled_to(
        reason,
        notice_ends_on=notice_ends_on,
        left_on=left_on,
        died_on=reading.died_on(ctx, found.tenancy.id),
        after_death=policies.after_death(ctx, notice_ends_on),
    )
