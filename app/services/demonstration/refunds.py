"""Refunds at the made-up landlord: one stopped at its gate, one that waits for approval, one approved and to be paid."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from sqlalchemy import func, select

from app.models.officers import Officer
from app.models.refunds import Refund
from app.models.values import RefundMethod, Subject
from app.services.adjustments.refunds import commands, queries
from app.services.adjustments.refunds.dto import CreditFilter, NewRefund, Waiver
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
_GREEN: Final = 2
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


def _acting(ctx: Context, username: str) -> Context | None:
    officer_id = ctx.session.scalar(select(Officer.id).where(Officer.username == username))
    return None if officer_id is None else replace(ctx, officer=current(ctx.session, officer_id))


def _ask(ctx: Context, account_id: int, method: RefundMethod | None = None) -> int:
    form = queries.form(ctx, account_id)
    proposed = RefundMethod.CARD if form.method is RefundMethod.CARD else RefundMethod.CHEQUE
    person = form.people[0]
    about = NewLink(Subject.ACCOUNT, account_id, "file", "Letter of the tenant", "letter.txt")
    new = NewRefund(
        f"demonstration:{account_id}",
        account_id,
        form.most,
        method or proposed,
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
