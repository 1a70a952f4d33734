"""Requests for approval of the demonstration landlord: some that wait, one that was returned and one that was refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final

from sqlalchemy import func, select

from app.models.approvals import ApprovalRequest
from app.models.officers import Officer
from app.models.periods import Period
from app.models.values import LimitKind, PeriodState, Subject
from app.services.approvals import commands
from app.services.approvals.dto import NewRequest
from app.services.approvals.keeping import ask
from app.services.approvals.kinds import find_kind
from app.services.core.calendars import rent_year
from app.services.core.context import Context
from app.services.core.officers import current
from app.services.core.permissions import Permission, requires
from app.services.documents.dto import NewLink
from app.services.documents.keeping import link, put

_LIMITS: Final = "officer_limits"
_PERIOD: Final = "period_change"
_POLICY: Final = "policy_value"
_MEMO: Final = """Made-up note of the income meeting

The cash book, the Direct Debit file and the weekly charges of the month agree with the ledger.
Nothing is held in suspense. The month can be closed.
"""
_AGREED: Final = """Made-up note of the team meeting

Small credits wait too long for the team leader. It was agreed to raise the limits for credit adjustments.
"""


@requires(Permission.LOAD_LANDLORD)
def ask_for_approval(ctx: Context) -> None:
    """Ask, as the made-up officers, for limits to be raised and a policy to be changed.

    Only where nothing was asked before, the officers are there, and the kinds are plugged in.
    """
    people = {each.username: each.id for each in ctx.session.scalars(select(Officer))}
    asked = ctx.session.scalar(select(func.count()).select_from(ApprovalRequest))
    plugged = all(find_kind(kind) for kind in (_LIMITS, _POLICY))
    if asked or not plugged or "demo.admin" not in people:
        return
    admin, leader = (_as(ctx, people[name]) for name in ("demo.admin", "demo.leader"))
    for username, pounds, reason in (
        ("demo.officer", (150, 750), "Takes over the write-on of small credits from this month."),
        ("demo.senior", (400, 4_000), "Covers for the team leader in December."),
    ):
        wanted = _limits(ctx, people[username], LimitKind.ADJUSTMENT_CREDIT, pounds, reason)
        ask(admin, replace(wanted, evidence=(_memo(ctx, people[username]),)))
    ask(admin, _policy(ctx))
    returned = ask(admin, _limits(ctx, people["demo.finance"], LimitKind.REFUND, (500, 5_000), "Refunds at year end."))
    commands.return_for_change(leader, [returned], "Say which refunds: current tenants only, or former tenants too.")
    refused = ask(
        admin,
        _limits(ctx, people["demo.reception"], LimitKind.REFUND, (50, 50), "Refunds at the counter."),
    )
    commands.refuse(leader, [refused], "Reception gives no refunds: they are raised by the income team.")


@requires(Permission.LOAD_LANDLORD)
def ask_for_period(ctx: Context) -> None:
    """Ask, as a made-up officer, for the oldest period to be closed; once, when no earlier rent year is still to come."""
    officer_id = ctx.session.scalar(select(Officer.id).where(Officer.username == "demo.officer"))
    asked = ctx.session.scalar(select(func.count()).select_from(ApprovalRequest).where(ApprovalRequest.kind == _PERIOD))
    if officer_id is not None and not asked and find_kind(_PERIOD):
        _ask_period(_as(ctx, officer_id))


def _memo(ctx: Context, officer_id: int) -> int:
    """A note of what was agreed about an officer, as evidence."""
    sha256 = put(ctx, _AGREED.encode(), "text/plain")
    return link(ctx, sha256, NewLink(Subject.OFFICER, officer_id, "note", "Team meeting about limits", "limits.txt"))


def _as(ctx: Context, officer_id: int) -> Context:
    return replace(ctx, officer=current(ctx.session, officer_id))


def _ask_period(ctx: Context) -> None:
    """The oldest open period, if it is over, with a note of the meeting as evidence."""
    period = ctx.session.scalars(
        select(Period).where(Period.state == PeriodState.OPEN).order_by(Period.starts_on)
    ).first()
    if period is None or period.ends_on >= ctx.clock.today():
        return
    sha256 = put(ctx, _MEMO.encode(), "text/plain")
    title = f"Income meeting about {period.name}"
    shown = link(ctx, sha256, NewLink(Subject.PERIOD, period.id, "note", title, "income meeting.txt"))
    payload = {"period": period.name, "to_state": PeriodState.CLOSED.value}
    ask(
        ctx,
        NewRequest(
            _PERIOD,
            Subject.PERIOD,
            period.id,
            f"Close {period.name}",
            "The month is reconciled: nothing is in suspense.",
            payload,
            evidence=(shown,),
        ),
    )


def _limits(ctx: Context, officer_id: int, kind: LimitKind, pounds: tuple[int, int], reason: str) -> NewRequest:
    limits: Mapping[str, list[int]] = {kind.value: [each * 100 for each in pounds]}
    words = {LimitKind.ADJUSTMENT_CREDIT: "credit adjustments"}.get(kind, f"{kind.value}s")
    name = ctx.session.get_one(Officer, officer_id).name
    return NewRequest(
        _LIMITS,
        Subject.OFFICER,
        officer_id,
        f"Limits of {name}: {words}",
        reason,
        {"officer_id": officer_id, "limits": limits},
    )


def _policy(ctx: Context) -> NewRequest:
    from_on = rent_year(ctx.clock.today()).ends_on + timedelta(days=1)
    payload = {
        "action": "add",
        "key": "adjustments.alike_days",
        "scope": "",
        "value": "60",
        "effective_from": from_on.isoformat(),
        "source": "Made-up proposal of the auditors",
        "row_id": None,
    }
    summary = f"Adjustments look alike for 60 days from {from_on.day} {from_on:%b %Y}"
    return NewRequest(_POLICY, Subject.POLICY, 0, summary, "Copies of a month ago went unseen.", payload)
