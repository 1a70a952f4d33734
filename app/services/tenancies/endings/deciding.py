"""Whether an ending may be noted as it stands, and the days that it comes to."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from app.models.values import PropertyType
from app.services.core.card_refusal import refuse_card_number
from app.services.core.context import Context
from app.services.core.errors import ChangedMeanwhile, UserError, UserErrors
from app.services.core.versions import refuse_old
from app.services.diary.keeping import written
from app.services.tenancies.endings import policies, rules
from app.services.tenancies.endings.dto import REASONS, Dates, NoteEnding
from app.services.tenancies.endings.reading import Case, next_letting

_TEXTS: Final = (
    ("excused", "reason", 400),
    ("forwarding_address", "forwarding address", 400),
    ("contact_name", "name", 200),
    ("contact_details", "details", 400),
)


def decide(ctx: Context, found: Case, wanted: NoteEnding) -> Dates:
    """The days of an ending, once everything about it can be taken.

    Raises:
        UserErrors: each thing that is wrong, with its field.
        UserError: it is no longer as it was opened, or the tenancy ended before.
    """
    _refuse_another(found, wanted, ctx.clock.today())
    faults = [*_faults_in_text(ctx, wanted), *_faults_in_days(ctx, found, wanted)]
    if faults:
        raise UserErrors(faults)
    worked_out = _dates(ctx, found, wanted)
    faults = [*faults_in_end(ctx, found, worked_out.ends_on), *_faults_in_excuse(wanted, worked_out)]
    if wanted.left_on is not None and wanted.left_on > worked_out.ends_on:
        text = f"{written(wanted.left_on)} is after the last day, {written(worked_out.ends_on)}."
        faults.append(UserError(text, "Leave it empty where they live there to the end.", "left_on"))
    if faults:
        raise UserErrors(faults)
    return worked_out


def _dates(ctx: Context, found: Case, wanted: NoteEnding) -> Dates:
    on = wanted.notice_on or wanted.agreed_on or ctx.clock.today()
    tenure = found.tenancy.tenure
    terms = policies.terms(ctx, wanted.reason, tenure, on, public_trustee=wanted.public_trustee)
    return rules.dates(
        terms,
        notice_on=wanted.notice_on if wanted.reason in rules.NOTICED else None,
        agreed_on=wanted.agreed_on,
        keys_returned_at=wanted.keys_returned_at,
        waive_late=wanted.waive_late,
    )


def _refuse_another(found: Case, wanted: NoteEnding, today: date) -> None:
    """Two officers at one tenancy: the second is told, and nothing of theirs is lost or written over."""
    standing = found.ending
    if standing is None:
        if wanted.ending_id:
            raise ChangedMeanwhile("This ending was taken back while you had it open.", "Open the account again.")
        if found.tenancy.end_on is not None and found.tenancy.end_on < today:
            raise UserError(
                f"The tenancy {found.tenancy.ref} ended on {written(found.tenancy.end_on)} already.",
                "Its last day is put right by a correction of dates.",
            )
        return
    if standing.id != wanted.ending_id:
        raise ChangedMeanwhile(
            f"An ending of the tenancy {found.tenancy.ref} on {written(standing.ends_on)} has been noted meanwhile.",
            "Close this and open it again: what was noted is shown, and can be changed.",
        )
    refuse_old(standing.version, wanted.version)
    if standing.ended_at is not None:
        raise UserError(
            f"The tenancy {found.tenancy.ref} has ended, on {written(standing.ends_on)}.",
            "Reverse the ending first, or correct its last day.",
        )


def _faults_in_text(ctx: Context, wanted: NoteEnding) -> list[UserError]:
    faults = []
    for field, what, longest in _TEXTS:
        text = getattr(wanted, field)
        if len(text) > longest:
            faults.append(UserError(f"The {what} may have {longest} characters; this has {len(text)}.", field=field))
        refuse_card_number(ctx, text, what, field)
    return faults


def _faults_in_days(ctx: Context, found: Case, wanted: NoteEnding) -> list[UserError]:
    today, faults = ctx.clock.today(), []

    def fault(field: str, message: str, hint: str = "") -> None:
        faults.append(UserError(message, hint, field))

    if wanted.reason not in rules.NOTICED and wanted.agreed_on is None:
        fault(
            "agreed_on",
            f"No notice is worked out for '{REASONS[wanted.reason].lower()}'.",
            "Say which day is the last.",
        )
    elif wanted.notice_on is None and wanted.agreed_on is None:
        fault("notice_on", "Say when the notice came, or which day is the last.")
    if wanted.notice_on is not None and wanted.notice_on > today:
        fault("notice_on", f"{written(wanted.notice_on)} is still to come.", "The notice came today or before.")
    if wanted.keys_on is not None and wanted.keys_on > today:
        fault("keys_on", f"{written(wanted.keys_on)} is still to come.", "Leave it empty until the keys are back.")
    for field in ("notice_on", "left_on", "keys_on"):
        day = getattr(wanted, field)
        if day is not None and day < found.tenancy.start_on:
            fault(field, f"The tenancy only began on {written(found.tenancy.start_on)}.")
    if wanted.agreed_on is not None:
        faults += faults_in_end(ctx, found, wanted.agreed_on)
    offered = {garage.id for garage in found.garages}
    if set(wanted.garages) - offered:
        fault("garages", "One of those garages no longer belongs with this home.", "Open the account again.")
    return faults


def faults_in_end(ctx: Context, found: Case, ends_on: date) -> list[UserError]:
    """A day before the tenancy, ten years off either way, or in somebody else's tenancy of the same property."""
    today = ctx.clock.today()
    back, ahead = policies.reach(ctx, today)
    shown = written(ends_on)
    if ends_on < found.tenancy.start_on:
        began = f"The tenancy began on {written(found.tenancy.start_on)}, so it can't end on {shown}."
        return [UserError(began, "A tenancy that was never taken up is taken back, not ended.", "agreed_on")]
    if not today - timedelta(days=back) <= ends_on <= today + timedelta(days=ahead):
        which = f"{back:,} days ago" if ends_on < today else f"{ahead:,} days ahead"
        return [UserError(f"{shown} is more than {which}.", "Check the year.", "agreed_on")]
    following = next_letting(ctx, found.tenancy)
    if following is not None and following.start_on <= ends_on:
        let = "let" if found.place.type is not PropertyType.GARAGE else "let to somebody else"
        taken = (
            f"The property is {let} again from {written(following.start_on)}, so this tenancy can't last to {shown}."
        )
        return [UserError(taken, "Choose a day before that, or put that tenancy's start right.", "agreed_on")]
    return []


def _faults_in_excuse(wanted: NoteEnding, dates: Dates) -> list[UserError]:
    if wanted.excused.strip():
        return []
    if dates.by_policy is not None and dates.notice_ends_on < dates.by_policy:
        shorter = f"By the policy the notice ends on {written(dates.by_policy)}."
        return [UserError(shorter, "Say why a shorter notice is taken.", "excused")]
    if wanted.waive_late and wanted.keys_returned_at is not None and wanted.keys_returned_at > dates.keys_due_at:
        return [UserError("The keys came back late.", "Say why that costs nothing.", "excused")]
    return []
