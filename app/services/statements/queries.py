"""Statements as they would be now, runs as they were made, and reprints."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Select, case, func, select, true

from app.models.accounts import Account
from app.models.documents import Document, DocumentLink
from app.models.officers import Officer
from app.models.statements import StatementItem, StatementRun
from app.models.values import Money, Subject
from app.services.core import access
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.documents import queries as documents
from app.services.documents.dto import DocumentFile
from app.services.exports.files import safe_name
from app.services.exports.pages import take
from app.services.exports.statement.dto import long_date
from app.services.exports.statement.pdf import statement_pdf as draw_pdf
from app.services.exports.statement.text import PAGE_BREAK
from app.services.exports.statement.text import statement_text as write_text
from app.services.exports.statement.workbook import statement_xlsx as write_xlsx
from app.services.letters.sender import sender
from app.services.statements import gathering, rules
from app.services.statements.dto import (
    ItemRow,
    Plan,
    Rehearsal,
    RunFile,
    RunRequest,
    RunRow,
    RunState,
    Statement,
    Variant,
)


def statement(ctx: Context, account_id: int, from_on: date, to_on: date) -> Statement:
    """The statement of an account for the days from `from_on` to `to_on`, both included, as known now.

    Raises:
        UserError: there is no such account, it is restricted and not the officer's to open, or the period ends before it
            starts.
    """
    rules.check_period(from_on, to_on)
    access.open_account(ctx, account_id)
    return gathering.statements(ctx, [gathering.candidate(ctx, account_id)], from_on, to_on)[0]


def statement_pdf(
    ctx: Context, account_id: int, from_on: date, to_on: date, variant: Variant = Variant.STANDARD
) -> bytes:
    """The statement as a PDF, standard or large print; errors as `statement`."""
    return draw_pdf(statement(ctx, account_id, from_on, to_on), sender(ctx), variant)


def statement_xlsx(ctx: Context, account_id: int, from_on: date, to_on: date) -> bytes:
    """The statement as an Excel workbook; errors as `statement`."""
    return write_xlsx(statement(ctx, account_id, from_on, to_on), sender(ctx))


def statement_text(ctx: Context, account_id: int, from_on: date, to_on: date) -> str:
    """The statement as plain text for a screen reader; errors as `statement`."""
    return write_text(statement(ctx, account_id, from_on, to_on), sender(ctx))


def file_name(ctx: Context, account_id: int, from_on: date, to_on: date) -> str:
    """The name to save a statement under, without its ending."""
    reference = gathering.candidate(ctx, account_id).reference
    return safe_name(f"Statement {reference} {from_on.isoformat()} to {to_on.isoformat()}")


def rehearse(ctx: Context, request: RunRequest) -> Rehearsal:
    """What a run would make and what is out of the ordinary, without making it.

    Raises:
        UserError: the period ends before it starts.
    """
    rules.check_period(request.from_on, request.to_on)
    decided = [(each, rules.decide(each, request.variant)) for each in gathering.candidates(ctx, request)]
    unusual = [
        ItemRow(
            0,
            0,
            each.account_id,
            each.reference,
            each.name,
            each.group_name,
            decision.variant,
            decision.sent,
            decision.note,
            balance=Money(each.balance_pence),
            from_on=request.from_on,
            to_on=request.to_on,
        )
        for each, decision in decided
        if decision.note
    ]
    groups = tuple((group.name, group.variant, len(group.accounts)) for group in rules.grouped(decided))
    return Rehearsal(tuple(sorted(unusual, key=lambda row: row.sent)), groups)


def plan(ctx: Context, request: RunRequest, run_id: int) -> Plan:
    """What a run still has to do: everything that it asks for without the accounts that it has dealt with."""
    dealt_with = set(ctx.session.scalars(select(StatementItem.account_id).where(StatementItem.run_id == run_id)))
    decided = [
        (each, rules.decide(each, request.variant))
        for each in gathering.candidates(ctx, request)
        if each.account_id not in dealt_with
    ]
    left_out = tuple((each, decision) for each, decision in decided if not decision.sent)
    return Plan(sender(ctx), left_out, rules.grouped(decided))


def runs(ctx: Context, most: int = 100) -> tuple[RunRow, ...]:
    """The latest runs, newest first, with how many statements they made and how many accounts they left out."""
    sent = func.coalesce(func.sum(case((StatementItem.sent == true(), 1), else_=0)), 0)
    counts = (
        select(StatementItem.run_id, sent.label("sent"), func.count().label("every"))
        .group_by(StatementItem.run_id)
        .subquery("counts")
    )
    found = ctx.session.execute(
        select(StatementRun, Officer.name, counts.c.sent, counts.c.every)
        .join(Officer, Officer.id == StatementRun.officer_id)
        .outerjoin(counts, counts.c.run_id == StatementRun.id)
        .order_by(StatementRun.id.desc())
        .limit(most)
    )
    return tuple(
        RunRow(
            run.id,
            run.from_on,
            run.to_on,
            RunState(run.state),
            run.started_at,
            run.ended_at,
            officer,
            made or 0,
            (every or 0) - (made or 0),
        )
        for run, officer, made, every in found
    )


def run_request(ctx: Context, run_id: int) -> RunRequest:
    """What a run was asked for: asking for it again carries on a run that stopped.

    Raises:
        UserError: there is no such run.
    """
    run = ctx.session.get(StatementRun, run_id)
    if run is None:
        raise UserError(f"There is no run {run_id}.")
    return rules.request_from(run.request)


def run_items(ctx: Context, run_id: int, *, unusual: bool = False) -> tuple[ItemRow, ...]:
    """The accounts of a run, the left out first, then by group and place; `unusual`: only those with a remark."""
    wanted = _items().where(StatementItem.run_id == run_id)
    if unusual:
        wanted = wanted.where(StatementItem.exception != "")
    return _rows(
        ctx,
        wanted.order_by(
            StatementItem.sent, StatementItem.group_name, StatementItem.variant, StatementItem.first_page, Account.id
        ),
    )


def sent_to(ctx: Context, account_id: int) -> tuple[ItemRow, ...]:
    """The statements that runs have sent to an account, the latest first."""
    wanted = _items().where(StatementItem.account_id == account_id, StatementItem.sent)
    return _rows(ctx, wanted.order_by(StatementItem.id.desc()))


def run_files(ctx: Context, run_id: int) -> tuple[RunFile, ...]:
    """The group files of a run, in the order they were made."""
    found = ctx.session.execute(
        select(DocumentLink.sha256, DocumentLink.file_name, Document.media_type, Document.size)
        .join(Document, Document.sha256 == DocumentLink.sha256)
        .where(DocumentLink.subject == Subject.STATEMENT_RUN.value, DocumentLink.subject_id == run_id)
        .order_by(DocumentLink.id)
    )
    return tuple(
        RunFile(sha256, name, Variant.TEXT if media_type == "text/plain" else Variant.STANDARD, size)
        for sha256, name, media_type, size in found
    )


def items_in(ctx: Context, run_id: int, sha256: str) -> tuple[ItemRow, ...]:
    """The accounts of a run whose statements lie in one file, in their order there."""
    wanted = _items().where(StatementItem.run_id == run_id, StatementItem.document_sha256 == sha256)
    return _rows(ctx, wanted.order_by(StatementItem.first_page))


def reprint(ctx: Context, item_id: int) -> bytes:
    """The statement of one account as a run sent it: its pages of the stored file, the same bytes each time.

    Raises:
        UserError: there is no such statement, or the stored file has been damaged.
    """
    return reprint_file(ctx, item_id).content


def reprint_file(ctx: Context, item_id: int) -> DocumentFile:
    """`reprint` with the name to save it under and what it is."""
    found = ctx.session.execute(
        select(StatementItem, StatementRun.from_on, StatementRun.to_on, Account.payment_reference)
        .join(StatementRun, StatementRun.id == StatementItem.run_id)
        .join(Account, Account.id == StatementItem.account_id)
        .where(StatementItem.id == item_id)
    ).one_or_none()
    if found is None:
        raise UserError("That statement is no longer there.", "Look at the list again.")
    item, from_on, to_on, reference = found
    access.open_account(ctx, item.account_id)
    sha256, first, count = item.document_sha256, item.first_page, item.pages
    if sha256 is None or first is None or count is None:
        raise UserError("No statement was sent to that account in that run.", "Make one from the account instead.")
    kept = documents.content(ctx, sha256)
    name = safe_name(f"Statement {reference or item.account_id} {from_on.isoformat()} to {to_on.isoformat()}")
    if item.variant == Variant.TEXT:
        text = kept.decode("utf-8").split(PAGE_BREAK)[first - 1]
        return DocumentFile(f"{name}.txt", "text/plain", text.encode("utf-8"))
    return DocumentFile(f"{name}.pdf", "application/pdf", take(kept, first, count, reprint_title(from_on, to_on)))


def reprint_title(from_on: date | None, to_on: date | None) -> str:
    """The title of a statement taken out of its group's file: only what can't change, so that its bytes don't."""
    return (
        f"Account statement, {long_date(from_on)} to {long_date(to_on)}" if from_on and to_on else "Account statement"
    )


def _items() -> Select[*tuple[Any, ...]]:
    return (
        select(StatementItem, Account.payment_reference, Account.name, StatementRun.from_on, StatementRun.to_on)
        .join(Account, Account.id == StatementItem.account_id)
        .join(StatementRun, StatementRun.id == StatementItem.run_id)
    )


def _rows(ctx: Context, wanted: Select[*tuple[Any, ...]]) -> tuple[ItemRow, ...]:
    shut = access.restricted_accounts(ctx)
    return tuple(
        ItemRow(
            item.id,
            item.run_id,
            item.account_id,
            reference or f"account {item.account_id}",
            access.RESTRICTED_NAME if item.account_id in shut else name,
            item.group_name,
            Variant(item.variant),
            item.sent,
            item.exception,
            item.first_page,
            item.pages,
            None if item.carried_forward_pence is None else Money(item.carried_forward_pence),
            from_on,
            to_on,
        )
        for item, reference, name, from_on, to_on in ctx.session.execute(wanted)
    )
