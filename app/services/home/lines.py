"""The lines of the home page's own cards: what waits for approval, drafts, letters, and how the runs stand."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import select

from app.models.imports import LoadBatch
from app.models.statements import StatementRun
from app.models.values import Subject
from app.services.adjustments.register import dto as adjusting
from app.services.adjustments.register import queries as adjusted
from app.services.approvals import queries as approvals
from app.services.backups import queries as backups
from app.services.charges.queries import charged_weeks, next_week
from app.services.core.calendars import week_monday
from app.services.core.context import Context
from app.services.core.permissions import Permission
from app.services.diary.keeping import written
from app.services.home.dto import CardLine, Opens, Tone
from app.services.home.keeping import Run, last_run
from app.services.letters.dto import Channel, OutgoingFilter, OutgoingState
from app.services.letters.queries.figures import counts
from app.services.post_log.register.dto import RegisterFilter, View
from app.services.post_log.register.queries import view_counts
from app.services.workbench.drafts import store
from app.services.workbench.drafts.dto import DraftKey

_DAYS_PUT_BACK: Final = 14
_DAYS_UNTIL_OLD: Final = 7
_ADJUSTING: Final = frozenset(
    {
        Permission.ADJUST_ACCOUNTS,
        Permission.APPROVE_ADJUSTMENTS,
        Permission.APPROVE_REFUNDS,
        Permission.PAY_REFUNDS,
        Permission.PROPOSE_WRITE_OFFS,
        Permission.APPROVE_WRITE_OFFS,
    }
)
_TO_SEND: Final = frozenset({OutgoingState.QUEUED, OutgoingState.SENDING})


def waiting(ctx: Context) -> tuple[CardLine, ...]:
    """What waits for the officer's approval by kind, and what of theirs was returned for change."""
    opens = Opens("approvals")
    lines = [
        CardLine(each.title, f"{each.count:,}" + (f", {each.total}" if each.total else ""), Tone.PLAIN, opens)
        for each in approvals.waiting_for_me(ctx)
    ]
    returned = approvals.returned_to_me(ctx)
    if returned:
        lines.append(CardLine("Returned to you for change", f"{returned:,}", Tone.WARNING, opens))
    return tuple(lines)


def drafts(ctx: Context) -> tuple[CardLine, ...]:
    """The forms that the officer began and didn't save."""
    return tuple(
        CardLine(each.title, _moment(ctx, each.saved_at), Tone.PLAIN, _where(each.key)) for each in store.mine(ctx)
    )


def post(ctx: Context) -> tuple[CardLine, ...]:
    """What of the post waits for the officer, and what is late or with nobody; nothing for whoever has no part in it."""
    if Permission.LOG_POST not in ctx.officer.permissions:
        return ()
    found = view_counts(ctx)
    lines = (
        ("With you", View.MINE, Tone.PLAIN),
        ("Overdue", View.OVERDUE, Tone.BAD),
        ("Due soon", View.SOON, Tone.WARNING),
        ("With nobody yet", View.UNALLOCATED, Tone.PLAIN),
        ("To be checked", View.UNCHECKED, Tone.PLAIN),
    )
    return tuple(
        CardLine(title, f"{found[view]:,}", tone, Opens("post_log", RegisterFilter(view=view)))
        for title, view, tone in lines
        if found[view]
    )


def adjustments(ctx: Context) -> tuple[CardLine, ...]:
    """What of adjustments, recharges, refunds and write-offs waits for the officer; nothing for whoever has no part in it."""
    if not ctx.officer.permissions & _ADJUSTING:
        return ()
    found = adjusted.view_counts(ctx)
    lines = (
        ("Waiting for your approval", adjusting.View.TO_APPROVE, Tone.WARNING),
        ("Approved: to be posted or paid", adjusting.View.TO_POST, Tone.WARNING),
        ("Posted today", adjusting.View.TODAY, Tone.PLAIN),
    )
    return tuple(
        CardLine(title, f"{found[view]:,}", tone, Opens("adjustments", adjusting.RegisterFilter(view=view)))
        for title, view, tone in lines
        if found[view]
    )


def letters(ctx: Context) -> tuple[CardLine, ...]:
    """What the office has to print and to send, and what could not be sent; nothing for whoever does neither."""
    if Permission.SEND_LETTERS not in ctx.officer.permissions:
        return ()
    found = counts(ctx)
    printed = OutgoingFilter(states=frozenset({OutgoingState.QUEUED}), channels=frozenset({Channel.LETTER}))
    messages = frozenset({Channel.EMAIL, Channel.TEXT})
    failed = OutgoingFilter(states=frozenset({OutgoingState.FAILED}))
    lines = (
        ("To print", found.to_print, Tone.PLAIN, printed),
        ("To send by e-mail or text", found.to_send, Tone.PLAIN, OutgoingFilter(states=_TO_SEND, channels=messages)),
        ("Not sent: print them or try again", found.failed, Tone.BAD, failed),
    )
    return tuple(
        CardLine(title, f"{count:,}", tone, Opens("letters", wanted)) for title, count, tone, wanted in lines if count
    )


def runs(ctx: Context) -> tuple[CardLine, ...]:
    """The weekly charge, statements, loads, the last check and the last backup."""
    return (_charge(ctx), *_statements(ctx), *_load(ctx), _check(ctx), *_backup(ctx))


def _where(key: DraftKey) -> Opens | None:
    if key.subject is Subject.LETTER_TEMPLATE:
        return Opens("admin", "templates")
    if key.subject_id:
        return Opens(subject=key.subject, subject_id=key.subject_id)
    return Opens(key.area) if key.area else None


def _charge(ctx: Context) -> CardLine:
    this = week_monday(ctx.clock.today())
    due = next_week(ctx)
    opens = Opens("charges", this)
    if due is None:
        return CardLine("Weekly charge", "Nothing to charge yet: load a landlord first", Tone.PLAIN, Opens("charges"))
    if due <= this:
        return CardLine("Weekly charge", f"The week of {written(due)} is due", Tone.WARNING, Opens("charges", due))
    last = next(iter(charged_weeks(ctx, 1)), None)
    if last is None:
        return CardLine("Weekly charge", "Charged to date", Tone.GOOD, opens)
    left = f", {last.exceptions:,} to look at" if last.exceptions else ""
    return CardLine("Weekly charge", f"Charged to {written(last.week)}: {last.total}{left}", Tone.GOOD, opens)


def _statements(ctx: Context) -> tuple[CardLine, ...]:
    run = ctx.session.scalars(select(StatementRun).order_by(StatementRun.id.desc()).limit(1)).first()
    if run is None:
        return (CardLine("Statements", "None have been run yet", Tone.PLAIN, Opens("statements")),)
    when = f"{written(run.from_on)} to {written(run.to_on)}"
    done = run.state == "done"
    words = f"{when} sent" if done else f"{when} not finished"
    return (CardLine("Statements", words, Tone.GOOD if done else Tone.WARNING, Opens("statements")),)


def _load(ctx: Context) -> tuple[CardLine, ...]:
    landlords = select(LoadBatch).where(LoadBatch.kind == "landlord").order_by(LoadBatch.id.desc())
    last = ctx.session.scalars(landlords.limit(1)).first()
    if last is None:
        return ()
    signed = last.signed_by is not None
    words = f"{last.file_name}, {_moment(ctx, last.loaded_at)}" + ("" if signed else ", not signed yet")
    return (CardLine("Last load", words, Tone.GOOD if signed else Tone.WARNING, Opens("admin", "load")),)


def _check(ctx: Context) -> CardLine:
    last = last_run(ctx, Run.CHECK)
    if last is None:
        return CardLine("Ledger check", "Not run yet: ask the administrator", Tone.WARNING)
    old = (ctx.clock.now() - last.at).days >= _DAYS_UNTIL_OLD
    tone = Tone.BAD if not last.good else Tone.WARNING if old else Tone.GOOD
    return CardLine("Ledger check", f"{last.words}, {_moment(ctx, last.at)}", tone)


def _backup(ctx: Context) -> tuple[CardLine, ...]:
    """Whether there is a good backup; of a shared server nothing where Rentbook may not look and all may be well.

    Everybody is told for two weeks that one was put back: work of theirs may be gone.
    """
    stands = backups.standing(ctx)
    opens = Opens("admin", "backups") if Permission.MAKE_BACKUPS in ctx.officer.permissions else None
    last = backups.put_back_last(ctx)
    back: tuple[CardLine, ...] = ()
    if last is not None and (ctx.clock.now() - last.restored_at).days < _DAYS_PUT_BACK:
        words = f"{_moment(ctx, last.restored_at)} by {last.by}: {last.reason}"
        back = (CardLine("Backup put back", words, Tone.WARNING, opens),)
    if stands.warning:
        return (CardLine("Backup", stands.warning, Tone.WARNING, opens), *back)
    return back if stands.last is None else (CardLine("Backup", _moment(ctx, stands.last), Tone.GOOD, opens), *back)


def _moment(ctx: Context, at: datetime) -> str:
    local = at.astimezone()
    return f"today at {local:%H:%M}" if local.date() == ctx.clock.today() else written(local.date())
