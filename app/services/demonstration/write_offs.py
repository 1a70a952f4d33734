"""Debts of former tenants at the made-up landlord that are put forward to be written off: two on a schedule, a draft."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from sqlalchemy import func, select

from app.models.accounts import Account
from app.models.officers import Officer
from app.models.values import AccountKind, Money, Subject
from app.models.write_offs import WriteOff
from app.services.adjustments.write_offs import commands, queries
from app.services.adjustments.write_offs.dto import NewCase, NewSchedule, Saved
from app.services.core import access
from app.services.core.context import Context
from app.services.core.officers import current
from app.services.core.permissions import Permission, requires
from app.services.documents.dto import NewLink
from app.services.documents.keeping import link, put

_REASONS: Final = ("prison", "dispute", "untraced")
"""The last isn't whole: two letters and a trace are asked for first."""
_SEEN: Final = b"A made-up letter of a made-up prison: this is the demonstration landlord.\n"


@requires(Permission.LOAD_LANDLORD)
def write_off_some(ctx: Context) -> None:
    """Build three cases as the made-up rents officer and put two of them on a schedule."""
    officer_id = ctx.session.scalar(select(Officer.id).where(Officer.username == "demo.officer"))
    if officer_id is None or ctx.session.scalar(select(func.count()).select_from(WriteOff)):
        return
    acting = replace(ctx, officer=current(ctx.session, officer_id))
    shut = access.declared_accounts(acting) | access.closed_accounts(acting)
    owed = (Account.kind == AccountKind.FORMER_TENANT, Account.balance_pence > 50_00)
    rows = ctx.session.scalars(select(Account).where(*owed).order_by(Account.id).limit(40)).all()
    debts = [row for row in rows if row.id not in shut and row.tenancy_id is not None]
    if len(debts) < len(_REASONS):
        return
    whole = []
    for row, reason in zip(debts, _REASONS, strict=False):
        case = _case(acting, row, reason)
        whole += [case.record_id] if not queries.detail(acting, case.record_id).row.unmet else []
    if whole:
        commands.make_schedule(acting, NewSchedule("demonstration:schedule", "Former tenants", tuple(whole)))


def _case(ctx: Context, account: Account, reason: str) -> Saved:
    assert account.tenancy_id is not None
    about = NewLink(Subject.ACCOUNT, account.id, "file", "Letter of the prison", "letter.txt")
    shown = (link(ctx, put(ctx, _SEEN, "text/plain"), about),) if reason != "untraced" else ()
    new = NewCase(
        f"demonstration:{account.id}",
        account.tenancy_id,
        reason,
        {account.id: Money(account.balance_pence)},
        note="Put forward at the demonstration landlord.",
        evidence=shown,
    )
    return commands.build(ctx, new)
