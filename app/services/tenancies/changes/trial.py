"""An introductory tenancy: secure when its trial is over, or its trial extended (Housing Act 1996 s.125, s.125A)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from app.models.tenancies import Tenancy
from app.models.values import Subject, TenancyChange, Tenure
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.effects import Effect
from app.services.core.errors import UserError
from app.services.diary.dto import NewTask
from app.services.diary.keeping import add_task, finish_for, written
from app.services.tenancies import keeping
from app.services.tenancies.changes import following, rules
from app.services.tenancies.changes.dto import ChangeSaved, EndTrial, Trial
from app.services.tenancies.changes.joining import note_reason
from app.services.tenancies.changes.reading import Standing, take_turn
from app.services.tenancies.starting.following import TRIAL_REVIEW
from app.services.tenancies.starting.rules import TENURE_WORDS

AREAS: Final = frozenset({"rent", "diary", "letters", "tenancies"})
_AFTER: Final = frozenset({Tenure.SECURE, Tenure.FLEXIBLE, Tenure.AFFORDABLE})
_REMIND: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class TrialDays:
    """The days of a trial: its last, by when notice of an extension is served, and the last day if it is extended.

    `extended`: it was extended once already.
    """

    ends_on: date
    notice_by: date
    extended_to: date
    extended: bool


def days(ctx: Context, tenancy: Tenancy) -> TrialDays | None:
    """The days of a tenancy's trial, by the policy of its first day; None where it has no trial."""
    if tenancy.tenure is not Tenure.INTRODUCTORY or tenancy.trial_ends_on is None:
        return None
    months = ctx.policy.number("lettings.trial_months", tenancy.start_on)
    more = ctx.policy.number("tenancies.trial_extension_months", tenancy.start_on)
    notice = ctx.policy.number("tenancies.trial_extension_notice_days", tenancy.start_on)
    ends = tenancy.trial_ends_on
    return TrialDays(
        ends_on=ends,
        notice_by=ends - timedelta(days=notice),
        extended_to=rules.extended_to(ends, more),
        extended=rules.was_extended(tenancy.start_on, ends, months),
    )


def tell(ctx: Context, found: Standing, change: EndTrial) -> Iterator[Effect]:
    """The effects of the end of a trial, or of its extension."""
    trial = _allowed(ctx, found, change)
    if change.what is Trial.EXTEND:
        yield Effect("Tenancy", "The trial ends", written(trial.ends_on), written(trial.extended_to))
        yield Effect("Tenancy", "Notice of it was served in time", after=f"by {written(trial.notice_by)}")
        yield Effect("Tasks", TRIAL_REVIEW[1], after="before the extended trial ends")
    else:
        first, second = TENURE_WORDS[Tenure.INTRODUCTORY].capitalize(), TENURE_WORDS[change.becomes].capitalize()
        yield Effect("Tenancy", f"From {written(change.on)}", first, second)
        yield Effect("Tasks", "The decision on the trial is seen to")
    yield Effect("Account", "The reference, the charges and the way to pay stay as they are")
    yield Effect("Benefit", "Nothing changes for Housing Benefit or Universal Credit")
    if change.letter:
        yield Effect("Letters", "A letter says what has changed")


def end(ctx: Context, found: Standing, change: EndTrial) -> ChangeSaved:
    """Make it secure, or extend the trial once.

    Raises:
        UserError: there is no trial, it isn't over, it was extended before, or notice of that came too late.
    """
    trial = _allowed(ctx, found, change)
    take_turn(ctx, found.tenancy)
    extends = change.what is Trial.EXTEND
    account = found.case.account
    finish_for(ctx, Subject.ACCOUNT, account.id, TRIAL_REVIEW[0], "The trial is extended" if extends else "It goes on")
    if extends:
        found.tenancy.trial_ends_on = trial.extended_to
        told = f"The trial is extended to {written(trial.extended_to)}."
        keeping.record(ctx, found.tenancy.id, TenancyChange.TRIAL_EXTENDED, change.on, told)
        _remind(ctx, found, trial)
        said = f"The trial of your introductory tenancy is longer: it ends on {written(trial.extended_to)}."
    else:
        found.tenancy.tenure, found.tenancy.trial_ends_on = change.becomes, None
        found.tenancy.term_ends_on = change.term_ends_on
        word = TENURE_WORDS[change.becomes]
        told = f"It is a {word} from {written(change.on)}."
        keeping.record(ctx, found.tenancy.id, TenancyChange.TO_SECURE, change.on, told)
        said = f"The trial of your introductory tenancy is over: you have a {word} now."
    ctx.session.flush()
    note_reason(ctx, account.id, told.rstrip("."), change.reason)
    key = f"tenancy changed {found.tenancy.id} {found.tenancy.version}"
    wrote = following.letter(ctx, account, change.on, said, key) if change.letter else ""
    changes = Changes(AREAS, found.case.account_ids)
    return ChangeSaved(found.tenancy.id, account.id, f"{found.tenancy.ref}: {told}", changes, not_written=wrote)


def _allowed(ctx: Context, found: Standing, change: EndTrial) -> TrialDays:
    """The days of the trial, where the change may be made.

    Raises:
        UserError: it may not.
    """
    trial = days(ctx, found.tenancy)
    if trial is None:
        raise UserError(f"The tenancy {found.tenancy.ref} is not on trial.", "Only an introductory tenancy is.", "what")
    if found.tenancy.end_on is not None:
        raise UserError(f"The tenancy {found.tenancy.ref} ends on {written(found.tenancy.end_on)}.", field="what")
    if change.on > ctx.clock.today():
        raise UserError(f"{written(change.on)} is still to come.", "Save it on the day, or after it.", "on")
    if change.what is Trial.EXTEND:
        _refuse_extension(found, change, trial)
        return trial
    if change.on <= trial.ends_on:
        raise UserError(f"The trial lasts to {written(trial.ends_on)}.", "It is secure from the next day on.", "on")
    if change.becomes not in _AFTER:
        raise UserError(f"A trial doesn't lead to a {TENURE_WORDS[change.becomes]}.", field="becomes")
    if change.becomes is Tenure.FLEXIBLE and change.term_ends_on is None:
        raise UserError("A flexible tenancy has a term.", "Say which day is its last.", "term_ends_on")
    return trial


def _refuse_extension(found: Standing, change: EndTrial, trial: TrialDays) -> None:
    if trial.extended:
        raise UserError("The trial was extended before.", "It can be extended once (Housing Act 1996 s.125A).", "what")
    if change.on < found.tenancy.start_on:
        raise UserError(f"The tenancy only began on {written(found.tenancy.start_on)}.", field="on")
    if change.on > trial.notice_by:
        raise UserError(
            f"Notice of an extension is served by {written(trial.notice_by)}, eight weeks before the trial ends.",
            "The tenancy becomes secure when the trial ends, unless possession is sought before.",
            "on",
        )


def _remind(ctx: Context, found: Standing, trial: TrialDays) -> None:
    """Somebody decides again before the extended trial ends."""
    kind, title = TRIAL_REVIEW
    due = max(trial.extended_to - _REMIND * 4, ctx.clock.today())
    details = f"The extended trial ends on {written(trial.extended_to)}; it can't be extended again."
    new = NewTask(title, due, details, Subject.ACCOUNT, found.case.account.id, kind, officer_id=ctx.officer.id)
    add_task(ctx, new)
