"""What hangs on one mandate: its accounts, its bank accounts, what the bank was told, and its history; a query each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sqlalchemy import select

from app.models.accounts import Account
from app.models.direct_debits.mandates import Instruction, Mandate, MandateAccount, MandateBank, MandateStep
from app.models.direct_debits.runs import DebitRun
from app.models.officers import Officer
from app.models.values import AccountKind
from app.services.bacs.dto import Masked
from app.services.core import access
from app.services.core.context import Context
from app.services.direct_debits.mandates.dto import BankRow, InstructionRow, PaidAccount, StepRow
from app.services.rent.rules import KIND_WORDS

KINDS: Final[Mapping[AccountKind, str]] = KIND_WORDS


def accounts_of(ctx: Context, mandate: Mandate) -> tuple[PaidAccount, ...]:
    """The accounts that a mandate pays, the one that it is on first."""
    read = (
        select(Account.id, Account.payment_reference, Account.name, Account.kind)
        .join(MandateAccount, MandateAccount.account_id == Account.id)
        .where(MandateAccount.mandate_id == mandate.id)
        .order_by(Account.id)
    )
    hidden = access.restricted_accounts(ctx)
    found = [
        PaidAccount(
            row.id,
            row.payment_reference or "",
            access.RESTRICTED_NAME if row.id in hidden else row.name,
            KINDS[row.kind],
        )
        for row in ctx.session.execute(read)
    ]
    return tuple(sorted(found, key=lambda each: each.account_id != mandate.account_id))


def banks_of(ctx: Context, mandate_id: int) -> tuple[BankRow, ...]:
    """The accounts at a bank that a mandate is or was on, masked, the one in force first."""
    read = (
        select(MandateBank, Officer.name.label("by"))
        .join(Officer, Officer.id == MandateBank.made_by)
        .where(MandateBank.mandate_id == mandate_id)
        .order_by(MandateBank.id.desc())
    )
    return tuple(
        BankRow(
            bank.id,
            Masked(bank.last_two),
            bank.holder,
            bank.bank_name,
            bank.branch,
            bank.verdict,
            bank.told_by,
            bank.held,
            bank.from_on,
            bank.to_on,
            by,
        )
        for bank, by in ctx.session.execute(read)
    )


def instructions_of(ctx: Context, mandate_id: int) -> tuple[InstructionRow, ...]:
    """What goes or went to the bank, the latest first."""
    read = (
        select(Instruction, MandateBank.last_two, Officer.name.label("by"), DebitRun.number)
        .join(MandateBank, MandateBank.id == Instruction.bank_id)
        .join(Officer, Officer.id == Instruction.asked_by)
        .outerjoin(DebitRun, DebitRun.id == Instruction.run_id)
        .where(Instruction.mandate_id == mandate_id)
        .order_by(Instruction.id.desc())
    )
    return tuple(
        InstructionRow(
            row.id,
            row.code,
            row.state,
            Masked(last_two).words,
            row.why,
            by,
            row.asked_at,
            number,
            row.processing_on,
            row.settled_on,
        )
        for row, last_two, by, number in ctx.session.execute(read)
    )


def history_of(ctx: Context, mandate_id: int) -> tuple[StepRow, ...]:
    """The steps of a mandate, the latest first."""
    read = (
        select(MandateStep, Officer.name.label("by"), DebitRun.number)
        .join(Officer, Officer.id == MandateStep.officer_id)
        .outerjoin(DebitRun, DebitRun.id == MandateStep.run_id)
        .where(MandateStep.mandate_id == mandate_id)
        .order_by(MandateStep.id.desc())
    )
    return tuple(
        StepRow(
            step.id,
            step.event,
            step.from_state,
            step.to_state,
            step.effective_on,
            step.told_by,
            step.words,
            by,
            step.recorded_at,
            number,
            step.report_item_id,
        )
        for step, by, number in ctx.session.execute(read)
    )
