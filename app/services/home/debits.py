"""The cards of Direct Debit: mandates that wait, runs to be approved, sent, matched or posted, and what the bank sent back or claims."""

from __future__ import annotations

from typing import Final

from app.models.values import ZERO, Subject
from app.services.core.context import Context
from app.services.core.permissions import Permission
from app.services.diary.keeping import written
from app.services.direct_debits.cases import queries as cases
from app.services.direct_debits.cases.dto import CaseRow, CaseView
from app.services.direct_debits.figures import day
from app.services.direct_debits.figures.dto import RunsWaiting
from app.services.direct_debits.mandates import queries as kept
from app.services.direct_debits.mandates.dto import VIEWS, MandateFilter, MandateView
from app.services.direct_debits.returns import queries
from app.services.home.dto import CardLine, Opens, Tone

_SHOWN_TO: Final = frozenset({Permission.RUN_DIRECT_DEBITS, Permission.APPROVE_DIRECT_DEBITS})
_CASES: Final = Opens("direct_debits", "cases")
_CLAIMS: Final = frozenset({Permission.KEEP_DIRECT_DEBITS, Permission.APPLY_BANK_REPORTS})
_FEW_DAYS: Final = 2
"""Working days to challenge that can't wait."""
_MANDATES: Final = (
    (MandateView.TO_LODGE, Tone.PLAIN),
    (MandateView.SUSPENDED, Tone.BAD),
    (MandateView.UNCONFIRMED, Tone.WARNING),
    (MandateView.DORMANT_SOON, Tone.WARNING),
    (MandateView.NO_SCHEDULE, Tone.BAD),
)
_RUNS: Final = Opens("direct_debits", "runs")
_REPORTS: Final = Opens("direct_debits", "reports")


def mandates(ctx: Context) -> tuple[CardLine, ...]:
    """The mandates that wait for somebody; nothing for whoever doesn't keep them."""
    if Permission.KEEP_DIRECT_DEBITS not in ctx.officer.permissions:
        return ()
    found = kept.counts(ctx)
    return tuple(
        CardLine(VIEWS[view], f"{found[view]:,}", tone, Opens("direct_debits", MandateFilter(view=view)))
        for view, tone in _MANDATES
        if found[view]
    )


def runs(ctx: Context) -> tuple[CardLine, ...]:
    """A line for each step that runs wait for, and the next entry days; nothing for whoever has no part in runs."""
    if not ctx.officer.permissions & _SHOWN_TO:
        return ()
    moves = (
        CardLine(f"Money moves on {written(on)}", f"{found.count:,}, {found.total}", Tone.PLAIN, _RUNS)
        for on, found in day.ahead(ctx)
    )
    return (*(_line(each) for each in day.waiting(ctx)), *moves)


def returned(ctx: Context) -> tuple[CardLine, ...]:
    """What of the bank's reports is to be applied or looked at; nothing for whoever has no part in it."""
    if Permission.APPLY_BANK_REPORTS not in ctx.officer.permissions:
        return ()
    found = queries.waiting(ctx)
    since = f", since {written(found.oldest_on)}" if found.oldest_on is not None else ""
    lines = (
        ("What came back, to apply", found.count, Tone.WARNING),
        ("What came back, without a mandate", found.unmatched, Tone.BAD),
    )
    return tuple(CardLine(title, f"{count:,}{since}", tone, _REPORTS) for title, count, tone in lines if count)


def claims(ctx: Context) -> tuple[CardLine, ...]:
    """The claims under the Guarantee that can still be challenged, and those whose money the bank has by now."""
    if not ctx.officer.permissions & _CLAIMS:
        return ()
    challenge, post = (cases.listed(ctx, view) for view in (CaseView.CLOCK, CaseView.TO_POST))
    soonest = min(challenge, key=lambda each: each.days_left or 0, default=None)
    late = soonest is not None and (soonest.days_left or 0) <= _FEW_DAYS
    lines = (
        ("Claims to challenge", challenge, _by(soonest), Tone.BAD if late else Tone.WARNING),
        ("Claims to post", post, f", {sum((each.amount for each in post), ZERO)}", Tone.WARNING),
    )
    return tuple(
        CardLine(title, f"{len(found):,}{said}", tone, _CASES if len(found) > 1 else _case(found[0]))
        for title, found, said, tone in lines
        if found
    )


def _by(soonest: CaseRow | None) -> str:
    return f", by {written(soonest.challenge_by)}" if soonest is not None and soonest.challenge_by is not None else ""


def _case(found: CaseRow) -> Opens:
    return Opens(subject=Subject.DIRECT_DEBIT_CASE, subject_id=found.case_id)


def _line(each: RunsWaiting) -> CardLine:
    """A run that is alone is opened itself."""
    when = f"was due {written(each.on)}" if each.late else f"by {written(each.on)}"
    words = f"Run {each.number}, {when}" if each.count == 1 else f"{each.count:,} runs, the first {when}"
    alone = Opens(subject=Subject.DIRECT_DEBIT_RUN, subject_id=each.run_id)
    return CardLine(each.title, words, Tone.BAD if each.late else Tone.WARNING, alone if each.count == 1 else _RUNS)
