"""What an invoice brings with it: the task of the officer who is told, an e-mail if policy says so, the arrangement."""

from __future__ import annotations

from typing import Final

from app.models.accounts import Account
from app.models.officers import Officer
from app.models.recharges import Recharge
from app.models.values import Money, RechargeKind, Subject
from app.services.arrangements import keeping as arrangements
from app.services.arrangements.dto import NewArrangement
from app.services.arrangements.queries import standing
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.diary import keeping as diary
from app.services.diary.dto import NewTask
from app.services.letters.dto import NewLetter
from app.services.letters.keeping import make_to
from app.services.letters.rules import Recipient
from app.services.recharges import fields, policies
from app.services.recharges.rules import TITLES

TASK: Final = "recharge_raised"
_EMAIL: Final = "recharge_officer_email"


def follow(ctx: Context, row: Recharge, sub: Account) -> list[str]:
    """Do what goes with it; returns a sentence for each thing. Nothing of it stops the invoice."""
    told = []
    if row.notify_id is not None:
        told.append(_tell(ctx, row, sub, ctx.session.get_one(Officer, row.notify_id)))
    if row.terms_pence is not None:
        told.append(_agree(ctx, row, sub))
    return told


def _tell(ctx: Context, row: Recharge, sub: Account, officer: Officer) -> str:
    if not officer.active:
        return f"{officer.name} has left, so nobody was told."
    today = ctx.clock.today()
    amount = Money(row.net_pence + row.vat_pence)
    credit = row.kind is RechargeKind.CREDIT_NOTE
    does = "credited to" if credit else "raised on"
    task = NewTask(
        f"{TITLES[row.kind]}: {amount} {does} {sub.payment_reference}",
        diary.due_in(ctx, policies.task_days(ctx, today)),
        f"{'Credit note' if credit else 'Invoice'} {row.invoice_number} for {row.description}. {row.reason}".strip(),
        Subject.ACCOUNT,
        row.for_account_id,
        TASK,
        officer_id=officer.id,
    )
    diary.add_task(ctx, task)
    if not policies.tells_by_email(ctx, today):
        return f"{officer.name} is told by a task."
    if not officer.email:
        return f"{officer.name} is told by a task, and has no e-mail address."
    return f"{officer.name} is told by a task{_email(ctx, row, sub, officer)}"


def _email(ctx: Context, row: Recharge, sub: Account, officer: Officer) -> str:
    to = Recipient(
        account_id=0,
        reference=sub.payment_reference or "",
        kind=sub.kind,
        name=officer.name,
        greeting=f"Dear {officer.name}",
        address=(),
        about="",
        email=officer.email,
    )
    new = NewLetter(
        _EMAIL,
        0,
        subject=Subject.RECHARGE,
        subject_id=row.id,
        fields=fields.of(ctx, row, sub),
        idempotency_key=f"recharge:{row.id}:officer",
    )
    try:
        with ctx.session.begin_nested():
            make_to(ctx, new, to)
    except UserError as error:
        return f"; no e-mail was made: {error}"
    return " and an e-mail."


def _agree(ctx: Context, row: Recharge, sub: Account) -> str:
    """The arrangement over the sub-account; one that stands on it is replaced, as the sheet said that it would be."""
    assert row.terms_pence is not None
    assert row.terms_every is not None
    assert row.terms_from_on is not None
    before = standing(ctx, [sub.id]).get(sub.id)
    own = before if before is not None and before.account_id == sub.id else None
    new = NewArrangement(
        sub.id,
        Money(row.terms_pence),
        row.terms_every,
        row.terms_from_on,
        covered=(sub.id,),
        note=f"Agreed for {row.description}"[:400],
        replaces=own.arrangement_id if own else None,
        version=own.version if own else 0,
    )
    try:
        with ctx.session.begin_nested():
            made = arrangements.agree(ctx, new)
    except UserError as error:
        return f"No arrangement was made: {error}"
    row.arrangement_id = made.arrangement_id
    return made.told
