"""The yearly access review: each officer's roles and limits looked over by somebody else, and signed line by line."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import select

from app.models.access_reviews import AccessReview, AccessReviewLine
from app.models.officers import Credential, Officer
from app.models.values import ReviewDecision, Subject
from app.services.admin.officers_dto import CHANGED, Leaver
from app.services.admin.standing import refuse_last, shut_out, working
from app.services.core import officers
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.limits import TITLES, limits_of
from app.services.core.officers import SYSTEM
from app.services.core.permissions import Permission, requires
from app.services.diary.dto import NewTask, Requester
from app.services.diary.keeping import add_task, due_in

TASK = "access_change"
_DAYS_TO_REVIEW = 28
_DAYS_TO_CHANGE = 5


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One officer in a review; moments are UTC.

    Attributes:
        own: it is the officer who looks, whom somebody else has to review.
    """

    officer_id: int
    name: str
    roles: str
    limits: str
    last_seen_at: datetime | None
    decision: ReviewDecision | None
    reason: str
    signed_by: str
    signed_at: datetime | None
    own: bool


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """The review that is under way, or the last one.

    Attributes:
        review_id: None if there never was one.
        due_on: when the one under way is to be finished, or when the next is due.
        open: it is under way.
        overdue: `due_on` is over.
    """

    review_id: int | None
    started_on: date | None
    due_on: date
    open: bool
    overdue: bool
    lines: tuple[ReviewLine, ...]
    finished_at: datetime | None = None


def page(ctx: Context) -> ReviewPage:
    """The review under way with its lines, or the last one and when the next is due."""
    today = ctx.clock.today()
    row = _latest(ctx)
    if row is None:
        return ReviewPage(None, None, today, open=False, overdue=True, lines=())
    running = row.finished_at is None
    due = row.due_on if running else _months_on(row.started_on, ctx.policy.number("access.review_months", today))
    return ReviewPage(row.id, row.started_on, due, running, today > due, _lines(ctx, row.id), row.finished_at)


@requires(Permission.REVIEW_ACCESS)
def start(ctx: Context) -> Changes:
    """Begin a review of every officer who works here now.

    Raises:
        UserError: one is under way, or the office has one officer.
    """
    row = _latest(ctx)
    if row is not None and row.finished_at is None:
        raise UserError("A review is under way.", "Sign every line of it first.")
    people = officers.working(ctx.session)
    if len(people) <= 1:
        raise UserError(
            "Nobody reviews their own access, and this Rentbook has one officer.", "Add a second officer first."
        )
    today = ctx.clock.today()
    made = AccessReview(started_on=today, due_on=today + timedelta(days=_DAYS_TO_REVIEW), started_by=ctx.officer.id)
    ctx.session.add(made)
    ctx.session.flush()
    names = officers.role_names(ctx.session)
    for each in people:
        roles = ", ".join(name for key, name in names.items() if key in each.roles)
        ctx.session.add(
            AccessReviewLine(
                review_id=made.id, officer_id=each.id, roles=roles[:400], limits=_limits(ctx, each.id)[:400]
            )
        )
    ctx.session.flush()
    return CHANGED


@requires(Permission.REVIEW_ACCESS)
def sign(ctx: Context, officer_id: int, decision: ReviewDecision, reason: str = "") -> Changes:
    """Sign the line of an officer: what they have is kept, is to be changed, or is taken away.

    Change makes a task for the administrators; take away makes them a leaver today. With the last line the review is
    finished.

    Raises:
        UserError: it is oneself, no review is under way, the line is signed, or a change or removal has no reason.
    """
    review = _latest(ctx)
    if review is None or review.finished_at is not None:
        raise UserError("No review is under way.", "Begin one first.")
    if officer_id == ctx.officer.id:
        raise UserError("You can't review your own access.", "Another reviewer signs your line.")
    line = ctx.session.get(AccessReviewLine, (review.id, officer_id))
    if line is None or line.decision is not None:
        raise UserError("This line is signed already.", "Look at the list again.")
    if decision is not ReviewDecision.KEEP and not reason.strip():
        raise UserError("Say what should change, and why.", field="reason")
    refuse_card_number(ctx, reason, "reason", "reason")
    officer = ctx.session.get(Officer, officer_id)
    assert officer is not None
    if officer.active and decision is ReviewDecision.REMOVE:
        refuse_last(ctx, working(ctx, officer_id), frozenset())
        shut_out(ctx, officer, Leaver(officer_id, ctx.clock.today()))
    elif officer.active and decision is ReviewDecision.CHANGE:
        _ask_for_change(ctx, officer, reason)
    line.decision, line.reason = decision, reason.strip()[:400]
    line.signed_by, line.signed_at = ctx.officer.id, ctx.clock.now()
    ctx.session.flush()
    unsigned = select(AccessReviewLine.officer_id).where(
        AccessReviewLine.review_id == review.id, AccessReviewLine.decision.is_(None)
    )
    if ctx.session.scalars(unsigned).first() is None:
        review.finished_at = ctx.clock.now()
        ctx.session.flush()
    return replace(CHANGED, areas=CHANGED.areas | {"diary"})


def _ask_for_change(ctx: Context, officer: Officer, reason: str) -> None:
    """A task for the first administrator who is somebody else; they ask for the change, and a second person approves."""
    able = [each for each in officers.holders(ctx.session, Permission.MANAGE_OFFICERS) if each.id != officer.id]
    add_task(
        ctx,
        NewTask(
            f"Change the access of {officer.name} after the access review",
            due_in(ctx, _DAYS_TO_CHANGE),
            reason.strip(),
            Subject.OFFICER,
            officer.id,
            TASK,
            officer_id=able[0].id if able else None,
            requester=Requester(ctx.officer.name),
        ),
    )


def _latest(ctx: Context) -> AccessReview | None:
    return ctx.session.scalars(select(AccessReview).order_by(AccessReview.id.desc()).limit(1)).first()


def _lines(ctx: Context, review_id: int) -> tuple[ReviewLine, ...]:
    names = {row.id: row.name for row in officers.list_officers(ctx) if row.username != SYSTEM}
    seen = {row.officer_id: row.last_seen_at for row in ctx.session.scalars(select(Credential))}
    rows = ctx.session.scalars(select(AccessReviewLine).where(AccessReviewLine.review_id == review_id))
    lines = [
        ReviewLine(
            row.officer_id,
            names[row.officer_id],
            row.roles,
            row.limits,
            seen.get(row.officer_id),
            row.decision,
            row.reason,
            names.get(row.signed_by or 0, ""),
            row.signed_at,
            row.officer_id == ctx.officer.id,
        )
        for row in rows
    ]
    return tuple(sorted(lines, key=lambda line: (line.decision is not None, line.name)))


def _limits(ctx: Context, officer_id: int) -> str:
    kept = limits_of(ctx.session, officer_id)
    return "; ".join(f"{TITLES[kind]} {each.line}, batch {each.batch}" for kind, each in sorted(kept.items()))


def _months_on(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
