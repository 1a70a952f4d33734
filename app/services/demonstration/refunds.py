"""Refunds at the made-up landlord: one stopped at its gate, one that waits for approval, one approved and to be paid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from sqlalchemy import func, select

from app.models.officers import Officer
from app.models.refunds import Refund
from app.models.values import AttemptOutcome, AttemptWay, RefundMethod, Subject
from app.services.adjustments.credits import commands as attempts
from app.services.adjustments.credits.dto import NewAttempt
from app.services.adjustments.refunds import commands, queries
from app.services.adjustments.refunds.dto import CreditFilter, CreditRow, NewRefund, Waiver
from app.services.approvals import commands as approvals
from app.services.core import access
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.officers import current
from app.services.core.permissions import Permission, requires
from app.services.documents.dto import NewLink
from app.services.documents.keeping import link, put

_ASKER, _APPROVER = "demo.officer", "demo.leader"
_LETTER: Final = b"A made-up letter of a made-up tenant: please pay back what I have paid too much.\n"
_RANG: Final = "Rang the number on the file on two evenings"
_GONE: Final = "The neighbours don't know where they moved to"
_GREEN: Final = 2
_LOOKED_FOR: Final = 3
_LEAST, _MOST = 20_00, 400_00
"""Pence: what a refund here comes to, so that the team leader's limit covers it."""


@requires(Permission.LOAD_LANDLORD)
def refund_some(ctx: Context) -> None:
    """Ask for three refunds as the made-up rents officer: with a letter those whose gate is green go on."""
    asker, approver = (_acting(ctx, name) for name in (_ASKER, _APPROVER))
    if asker is None or approver is None or ctx.session.scalar(select(func.count()).select_from(Refund)):
        return
    shut = access.declared_accounts(asker) | access.closed_accounts(asker) | access.declared_accounts(approver)
    rows = queries.in_credit(asker, CreditFilter()).rows
    fitting = [row.account_id for row in rows if _LEAST <= row.refundable.pence <= _MOST and not row.held]
    accounts = [each for each in fitting if each not in shut][:8]
    if not accounts:
        return
    _look_for(asker, [row for row in rows if row.former and row.account_id not in shut][:_LOOKED_FOR])
    _ask(asker, accounts[0], RefundMethod.FINANCE)
    waiting: list[int] = []
    for account_id in accounts[1:]:
        if waiting and queries.form(asker, account_id).method is RefundMethod.CARD:
            continue
        refund_id = _ask(asker, account_id)
        waiting += [refund_id] if _submitted(asker, refund_id) else []
        if len(waiting) == _GREEN:
            break
    for refund_id in waiting[1:]:
        request = queries.detail(approver, refund_id).request_id
        if request is not None:
            approvals.approve(approver, [request])


def _look_for(ctx: Context, rows: Sequence[CreditRow]) -> None:
    """What was tried lately to give some credits of former tenants back."""
    today = ctx.clock.today()
    for at, row in enumerate(rows):
        key, account_id = f"demonstration:{row.account_id}", row.account_id
        rang = NewAttempt(f"{key}:1", account_id, AttemptWay.TELEPHONE, today - timedelta(days=40 + at), _RANG)
        attempts.note(ctx, replace(rang, outcome=AttemptOutcome.NO_ANSWER))
        attempts.note(
            ctx, NewAttempt(f"{key}:2", account_id, AttemptWay.NO_ADDRESS, today - timedelta(days=9 + at), _GONE)
        )


def _acting(ctx: Context, username: str) -> Context | None:
    officer_id = ctx.session.scalar(select(Officer.id).where(Officer.username == username))
    return None if officer_id is None else replace(ctx, officer=current(ctx.session, officer_id))


def _ask(ctx: Context, account_id: int, method: RefundMethod | None = None) -> int:
    form = queries.form(ctx, account_id)
    if method is None and form.method is not RefundMethod.CARD and form.address:
        method = RefundMethod.CHEQUE
    person = form.people[0]
    about = NewLink(Subject.ACCOUNT, account_id, "file", "Letter of the tenant", "letter.txt")
    new = NewRefund(
        f"demonstration:{account_id}",
        account_id,
        form.most,
        method or form.method,
        person.payee,
        person.name,
        "Asked for by letter: paid too much.",
        ctx.clock.today() - timedelta(days=2),
        person_id=person.person_id,
        payee_address=form.address,
        evidence=(link(ctx, put(ctx, _LETTER, "text/plain"), about),),
    )
    return commands.ask(ctx, new).refund_id


def _submitted(ctx: Context, refund_id: int) -> bool:
    """Whether its gate is green, and it waits for approval; of several tenants all are said to have signed."""
    if any(check.key == "payee" and check.may_waive for check in queries.detail(ctx, refund_id).gate.stops):
        commands.waive(ctx, Waiver(refund_id, "payee", "All tenants signed the letter"))
    try:
        commands.submit(ctx, refund_id)
    except UserError:
        return False
    return True
