"""Rules of coding are kept, and transfers asked for."""

from __future__ import annotations

from sqlalchemy import func, select

from app.models.purchase_orders.budgets import Budget, CostCentre, SubjectiveCode
from app.models.purchase_orders.coding import CodeTransfer, CodingRule
from app.models.purchase_orders.invoices import InvoiceLine, InvoiceSplit, SupplierInvoice
from app.models.values import Money, TransferState
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.core.records import record
from app.services.core.versions import refuse_old
from app.services.ledger import numbering
from app.services.purchase_orders.budgets.rules import spelt_year
from app.services.purchase_orders.changed import CHANGED
from app.services.purchase_orders.coding import requests
from app.services.purchase_orders.coding.dto import CodingRuleRow, NewTransfer, TransferAsked, transfer_number
from app.services.purchase_orders.coding.queries import BOOKED

_WORDS, _REASON, _WHY = 80, 200, 400


@requires(Permission.RECONCILE_SPENDING)
def keep_rule(ctx: Context, asked: CodingRuleRow) -> Changes:
    """Keep a rule, or make a new one; none is deleted.

    Raises:
        UserError: it names nothing by which a line is known, or no code; a code isn't there; a text is long.
        ChangedMeanwhile: somebody else saved it in between.
    """
    words = _text(ctx, asked.words, "words", _WORDS)
    if asked.supplier_id is None and asked.category_id is None and not words:
        raise UserError(
            "The rule says nothing of the lines it is for.", "Name a supplier, a category or words.", "words"
        )
    if not asked.cost_centre.strip() and not asked.subjective.strip():
        raise UserError("The rule names no code.", "Name a cost centre, a subjective code, or both.", "subjective")
    centre = _code(ctx, CostCentre, asked.cost_centre, "cost_centre", "cost centre")
    code = _code(ctx, SubjectiveCode, asked.subjective, "subjective", "subjective code")
    if asked.rule_id:
        row = record(ctx, CodingRule, asked.rule_id, "coding rule")
        refuse_old(row.version, asked.version)
    else:
        row = CodingRule(made_by=ctx.officer.id, made_at=ctx.clock.now())
        ctx.session.add(row)
    row.supplier_id, row.category_id, row.words = asked.supplier_id, asked.category_id, words
    row.cost_centre_id, row.subjective_id = centre, code
    row.reason, row.active = _text(ctx, asked.reason, "reason", _REASON), asked.active
    ctx.session.flush()
    return CHANGED


@requires(Permission.RECONCILE_SPENDING)
def transfer(ctx: Context, new: NewTransfer) -> TransferAsked:
    """Ask for what was spent to be moved to another code; the same entry key again is the same transfer.

    Raises:
        UserError: the invoice isn't approved, the amount is more than stands there, the other code is the same or of
            another year, a transfer of it waits, no reason is given, or the office has one officer.
    """
    before = ctx.session.scalars(select(CodeTransfer).where(CodeTransfer.entry_key == new.entry_key)).one_or_none()
    if before is not None:
        return _asked(before)
    split = record(ctx, InvoiceSplit, new.split_id, "line")
    _check(ctx, split, new)
    reason = _text(ctx, new.reason, "reason", _WHY)
    if not reason:
        raise UserError("Say why it belongs on the other code.", "A few words will do.", "reason")
    row = CodeTransfer(
        number=numbering.take(ctx, "code_transfer"),
        entry_key=new.entry_key,
        state=TransferState.WAITING,
        split_id=split.id,
        from_id=split.budget_id,
        to_id=new.to_id,
        pence=new.amount.pence,
        reason=reason,
        made_by=ctx.officer.id,
        made_at=ctx.clock.now(),
    )
    ctx.session.add(row)
    ctx.session.flush()
    row.request_id = requests.ask(ctx, row)
    ctx.session.flush()
    return _asked(row)


def _check(ctx: Context, split: InvoiceSplit, new: NewTransfer) -> None:
    of_it = select(SupplierInvoice.state).join(InvoiceLine, InvoiceLine.invoice_id == SupplierInvoice.id)
    if ctx.session.scalars(of_it.where(InvoiceLine.id == split.line_id)).one() not in BOOKED:
        raise UserError("The invoice isn't approved: nothing was spent yet.", "Change the code on the invoice itself.")
    if not 0 < new.amount.pence <= split.pence:
        raise UserError(
            f"{new.amount} can't be moved: {Money(split.pence)} stand on this code.", "Type that or less.", "amount"
        )
    if new.to_id == split.budget_id:
        raise UserError("It is on this code already.", "Choose another.", "to_id")
    there = record(ctx, Budget, new.to_id, "budget")
    here = record(ctx, Budget, split.budget_id, "budget")
    if there.year != here.year:
        raise UserError(
            f"The other code is of {spelt_year(there.year)}, and the line of {spelt_year(here.year)}.",
            "Choose a code of the same year.",
            "to_id",
        )
    waiting = select(func.min(CodeTransfer.number)).where(
        CodeTransfer.split_id == split.id, CodeTransfer.state == TransferState.WAITING
    )
    number = ctx.session.scalar(waiting)
    if number is not None:
        raise UserError(f"{transfer_number(number)} moves this line already and waits.", "Have it answered first.")


def _asked(row: CodeTransfer) -> TransferAsked:
    number = transfer_number(row.number)
    return TransferAsked(row.id, number, f"{number} waits for a second officer.")


def _code(ctx: Context, table: type[CostCentre | SubjectiveCode], code: str, field: str, what: str) -> int | None:
    """The id of half a code; None where it is empty."""
    if not code.strip():
        return None
    found = ctx.session.scalar(select(table.id).where(table.code == code.strip()))
    if found is None:
        raise UserError(f"There is no {what} {code.strip()}.", "Look at the codes under Budgets.", field)
    return found


def _text(ctx: Context, text: str, field: str, most: int) -> str:
    tidy = " ".join(text.split())
    if len(tidy) > most:
        raise UserError(f"That has {len(tidy)} characters, and {most} fit.", "Shorten it.", field)
    refuse_card_number(ctx, tidy, field, field)
    return tidy
