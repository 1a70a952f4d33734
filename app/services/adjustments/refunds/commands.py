"""What officers do with refunds: ask, put to the gate, waive, pay debts from the credit, submit, withdraw."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import select

from app.models.accounts import Account
from app.models.refunds import Refund
from app.models.values import ZERO, GateState, Money, RefundMethod, RefundState
from app.services.adjustments import commands as adjustments
from app.services.adjustments.dto import NewAdjustment, NewLine
from app.services.adjustments.refunds import gate, gathering, keeping, requests, rules
from app.services.adjustments.refunds.dto import (
    ChangedRefund,
    Check,
    Gate,
    NewBank,
    NewRefund,
    Offset,
    Saved,
    Waiver,
)
from app.services.approvals import commands as approvals
from app.services.bacs import commands as bank_commands
from app.services.bacs import keeping as bacs
from app.services.bacs.writing import had_any
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.core.versions import refuse_old
from app.services.rent.header import account_header


@requires(Permission.ASK_REFUNDS)
def ask(ctx: Context, new: NewRefund) -> Saved:
    """Begin a refund and put it to the gate; the same key gives the one that it began before.

    Raises:
        UserErrors: fields have faults.
        UserError: as `keeping.keep`.
    """
    before = keeping.find(ctx.session, new.entry_key)
    if before is not None:
        return _saved(before, f"Refund {before.number} was asked for already.")
    if not new.cause:
        new = replace(new, cause=gathering.cause_of(ctx, account_header(ctx, new.account_id)))
    row = keeping.keep(ctx, new)
    return _gated(ctx, row, f"Refund {row.number} of {new.amount} is in the gate")


@requires(Permission.ASK_REFUNDS)
def look_again(ctx: Context, refund_id: int) -> Saved:
    """Put a refund to the gate again, after something about it has changed.

    Raises:
        UserError: it has left the gate.
    """
    row = _draft(ctx, refund_id)
    return _gated(ctx, row, f"Refund {row.number} of {Money(row.pence)} is in the gate")


@requires(Permission.ASK_REFUNDS)
def change(ctx: Context, changed: ChangedRefund) -> Saved:
    """Change a refund that is in the gate, and put it to the gate again.

    Raises:
        UserErrors: fields have faults.
        UserError: it has left the gate, a text holds a card number, or somebody changed it meanwhile.
    """
    row = _draft(ctx, changed.refund_id)
    refuse_old(row.version, changed.version)
    rules.refuse_faults(changed, ctx.clock.today())
    for name in ("payee_name", "payee_address", "reason"):
        refuse_card_number(ctx, getattr(changed, name), name, name)
    row.pence, row.method, row.payee = changed.amount.pence, changed.method, changed.payee
    row.person_id, row.bank_detail_id = changed.person_id, changed.bank_detail_id
    row.payee_name = " ".join(changed.payee_name.split())
    row.payee_address, row.reason = changed.payee_address.strip(), changed.reason.strip()
    ctx.session.flush()
    return _gated(ctx, row, f"Refund {row.number} is changed")


@requires(Permission.ASK_REFUNDS)
def waive(ctx: Context, waiver: Waiver) -> Saved:
    """Pass a stop with a reason, which whoever approves the refund reads.

    Raises:
        UserError: nothing stops it there, it may not be waived, or no reason is given.
    """
    row = _draft(ctx, waiver.refund_id)
    check = _stop(gate.keep(ctx, row).checks, waiver.check)
    if not check.may_waive:
        raise UserError(f"{check.title}: this can't be waived.", check.todo, "reason")
    gate.waive(ctx, row, check.key, _reason(ctx, waiver.reason, "passed"))
    return _gated(ctx, row, f"{check.title}: waived")


@requires(Permission.ASK_REFUNDS)
def offset(ctx: Context, wanted: Offset) -> Saved:
    """Pay a debt from the credit by a transfer, posted or put to a second officer as any transfer is.

    The refund is lowered to what is left; where nothing is, it is withdrawn.

    Raises:
        UserError: nothing is owed there, no credit is left, its transfer waits already, or the officer may not adjust accounts.
    """
    row = _draft(ctx, wanted.refund_id)
    found = gate.keep(ctx, row)
    check = _stop(found.checks, wanted.check)
    if check.account_id is None or check.pence is None:
        raise UserError(f"{check.title}: there is no debt that a transfer could pay.", check.todo)
    if check.offset_adjustment_id is not None:
        raise UserError("The transfer that pays this debt waits already.", check.todo)
    amount = min(Money(check.pence), max(found.credit - found.promised, ZERO))
    if not amount:
        raise UserError("No credit is left to pay it from.", "Withdraw the refund.")
    made = adjustments.enter(ctx, _transfer(ctx, row, check.account_id, amount, wanted.entry_key))
    gate.offset(ctx, row, check.key, made.adjustment_id)
    left = max(_free(found) - amount, ZERO)
    told = made.told
    if not left and made.journal is not None:
        row.state = RefundState.WITHDRAWN
        told += " The debt takes all that may be refunded: the refund is withdrawn."
    elif left and Money(row.pence) > left:
        row.pence = left.pence
        told += f" Refund {row.number} is lowered to {left}."
    ctx.session.flush()
    gate.keep(ctx, row)
    return _saved(row, told, made.changes)


@requires(Permission.ASK_REFUNDS)
def submit(ctx: Context, refund_id: int) -> Saved:
    """Put a refund whose gate is green to a second officer.

    Raises:
        UserError: something stops it, it has left the gate, somebody else entered it, or the office has one officer.
    """
    row = _draft(ctx, refund_id)
    if row.made_by != ctx.officer.id:
        raise UserError("Somebody else entered it; they submit it.", "Ask them to, or withdraw it and ask anew.")
    requests.refuse_red(gate.keep(ctx, row))
    row.request_id = requests.ask(ctx, row)
    row.state = RefundState.WAITING
    return _saved(row, f"Refund {row.number} of {Money(row.pence)} waits for approval.")


@requires(Permission.ASK_REFUNDS)
def withdraw(ctx: Context, refund_id: int, reason: str) -> Saved:
    """Take back a refund that isn't paid; it stays in the list.

    Raises:
        UserError: it is paid or over, no reason is given, or it waits for approval and somebody else asked for it.
    """
    row = keeping.found(ctx, refund_id)
    if row.state not in {RefundState.DRAFT, RefundState.WAITING, RefundState.APPROVED}:
        raise UserError(f"Refund {row.number} is {row.state.value} already.", "Look at it in the list.")
    said = _reason(ctx, reason, "taken back")
    if row.state is RefundState.WAITING and row.request_id is not None:
        approvals.withdraw(ctx, row.request_id, said)
    row.state, row.returned_why = RefundState.WITHDRAWN, said[:200]
    ctx.session.flush()
    return _saved(row, f"Refund {row.number} is withdrawn.")


@requires(Permission.KEEP_BANK_DETAILS)
def give_bank(ctx: Context, new: NewBank) -> Saved:
    """Keep the bank details that a refund in the gate is paid to; the first of a payee at once, others by a second officer.

    Raises:
        UserError: as `bacs.commands.keep` and `bacs.keeping.propose`; or the refund has left the gate.
    """
    row = _draft(ctx, new.refund_id)
    details = replace(new.details, person_id=row.person_id, account_id=None if row.person_id else row.account_id)
    if had_any(ctx, details):
        kept = bacs.propose(ctx, details)
        requests.ask_for_bank(ctx, row, kept.detail_id, new.reason)
        told = "The bank details wait for a second officer"
    else:
        kept = bank_commands.keep(ctx, details)
        told = "The bank details are kept"
    row.bank_detail_id = kept.detail_id
    ctx.session.flush()
    return _gated(ctx, row, told, kept.changes)


@requires(Permission.PAY_REFUNDS)
def paid_to_card(ctx: Context, refund_id: int, sent_on: date) -> Saved:
    """Post an approved refund that went back to the card at the payment provider.

    Raises:
        UserError: it isn't one that goes to a card, the day is to come, or as `keeping.post_now`.
    """
    row = keeping.found(ctx, refund_id)
    if row.method is not RefundMethod.CARD:
        raise UserError(f"Refund {row.number} isn't paid to a card.", "It goes out with the payments of its kind.")
    if sent_on > ctx.clock.today():
        raise UserError("That day is to come.", "Give the day on which the provider paid it back.", "sent_on")
    journal = keeping.post_now(ctx, row, sent_on)
    return _saved(row, f"Refund {row.number} of {Money(row.pence)} is posted as journal {journal}.")


def _draft(ctx: Context, refund_id: int) -> Refund:
    row = keeping.found(ctx, refund_id)
    if row.state is not RefundState.DRAFT:
        raise UserError(
            f"Refund {row.number} is {row.state.value}: it has left the gate.",
            "Withdraw it and ask anew, if it has to be another.",
        )
    return row


def _reason(ctx: Context, typed: str, what: str) -> str:
    said = typed.strip()
    if not said or len(said) > rules.MOST_REASON:
        raise UserError(f"Say why it is {what}, in up to {rules.MOST_REASON} characters.", field="reason")
    refuse_card_number(ctx, said, "reason", "reason")
    return said


def _stop(checks: tuple[Check, ...], key: str) -> Check:
    check = next((each for each in checks if each.key == key), None)
    if check is None or check.state is not GateState.STOP:
        raise UserError("Nothing stops the refund there any more.", "Look at the gate again.")
    return check


def _free(found: Gate) -> Money:
    """What may be refunded: the rent in advance stays, unless somebody waived that."""
    waived = any(check.key == "advance" and check.state is GateState.WAIVED for check in found.checks)
    return max(found.credit - found.promised, ZERO) if waived else found.most


def _transfer(ctx: Context, row: Refund, debtor: int, amount: Money, entry_key: str) -> NewAdjustment:
    reference = ctx.session.scalar(select(Account.payment_reference).where(Account.id == debtor)) or ""
    line = NewLine(
        account_id=row.account_id,
        kind="transfer",
        amount=amount,
        effective_on=ctx.clock.today(),
        reason="offset",
        narrative=f"Credit paid to account {reference}".strip(),
        other_account_id=debtor,
    )
    note = f"A debt is paid before refund {row.number}."
    return NewAdjustment(entry_key, f"Credit of refund {row.number} pays a debt", (line,), note)


def _gated(ctx: Context, row: Refund, did: str, more: Changes | None = None) -> Saved:
    found = gate.keep(ctx, row)
    count = len(found.stops)
    left = "nothing stops it" if not count else "one check stops it" if count == 1 else f"{count} checks stop it"
    return _saved(row, f"{did}; {left}.", more)


def _saved(row: Refund, told: str, more: Changes | None = None) -> Saved:
    own = keeping.changes(row)
    touched = Changes(own.areas | more.areas, own.account_ids | more.account_ids) if more else own
    return Saved(row.id, row.number, row.state, row.request_id, told, touched)
