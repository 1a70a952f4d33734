"""Lines of the register, and one of them whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import aliased

from app.models.accounts import Account
from app.models.officers import Officer
from app.models.values import ZERO, Money
from app.services.adjustments.register import acts, history, parts
from app.services.adjustments.register.dto import RegisterDetail, RegisterRow, What, record_of, row_id_of
from app.services.adjustments.register.origins import ORIGINS, Origin
from app.services.core import access
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.documents.evidence import links_of


def rows(ctx: Context, row_ids: Sequence[int]) -> tuple[RegisterRow, ...]:
    """The lines with these numbers; those of restricted records say nothing to whoever may not open them."""
    by_what: dict[What, list[int]] = {}
    for what, record_id in map(record_of, row_ids):
        by_what.setdefault(what, []).append(record_id)
    found: list[RegisterRow] = []
    if row_ids:
        shut, declared = access.closed_accounts(ctx), access.declared_accounts(ctx)
        for what, own in by_what.items():
            for chunk in in_chunks(own):
                read = ctx.session.execute(_statement(ORIGINS[what]).where(ORIGINS[what].id.in_(chunk)))
                found += [_row(ORIGINS[what], each, shut=shut, declared=declared) for each in read]
    return tuple(found)


def detail(ctx: Context, row_id: int) -> RegisterDetail:
    """One line whole.

    Raises:
        UserError: there is none, or it is of a restricted record that the officer may not open.
    """
    what, record_id = record_of(row_id)
    found = rows(ctx, [row_id])
    if not found:
        raise UserError("It isn't in the register.", "Look at the list again.")
    access.open_subject(ctx, what.subject, record_id)
    row = found[0]
    done, more = parts.of(ctx, what, record_id)
    record = ctx.session.get_one(parts.TABLES[what], record_id)
    debit = sum((each.amount for each in done if each.amount > ZERO), ZERO)
    credit = sum((-each.amount for each in done if each.amount < ZERO), ZERO)
    return RegisterDetail(
        row,
        parts.note_of(record),
        parts.reasons_of(ctx, record),
        done,
        more,
        history.of(ctx, row, record),
        len(links_of(ctx, what.subject, record_id)),
        record.version,
        debit,
        credit,
        history.posted_in(row, done),
        history.reversal_of(record),
        *acts.of(ctx, row, record),
    )


def _statement(origin: Origin) -> Any:
    asker, approver = aliased(Officer), aliased(Officer)
    named = {
        "id": origin.id,
        "number": origin.number,
        "account_id": origin.account_id,
        "title": origin.title,
        "kind": origin.kind,
        "line_count": origin.lines,
        "net": origin.net,
        "gross": origin.gross,
        "state": origin.state,
        "made_by": origin.made_by,
        "made_at": origin.made_at,
        "approved_by": origin.approved_by,
        "posted_on": origin.posted_on,
        "journal": origin.journal,
        "request_id": origin.request_id,
        "reference": Account.payment_reference,
        "account_name": Account.name,
        "asker": asker.name,
        "approver": approver.name,
    }
    statement: Any = select(*(each.label(name) for name, each in named.items())).select_from(parts.TABLES[origin.what])
    statement = origin.joined(statement).outerjoin(Account, Account.id == origin.account_id)
    statement = statement.join(asker, asker.id == origin.made_by)
    return statement.outerjoin(approver, approver.id == origin.approved_by)


def _row(origin: Origin, row: Row[*tuple[Any, ...]], *, shut: frozenset[int], declared: frozenset[int]) -> RegisterRow:
    closed = row.account_id in shut
    both = row.net == 0
    return RegisterRow(
        row_id_of(origin.what, row.id),
        origin.what,
        row.id,
        str(row.number or ""),
        row.made_at,
        row.kind or "",
        "" if closed else row.title,
        row.account_id,
        row.reference or "",
        access.RESTRICTED_NAME if closed else row.account_name or "",
        row.line_count,
        Money(row.gross if both else row.net),
        both,
        origin.stage_of(row.state),
        row.state.value,
        row.asker,
        row.made_by,
        row.approver or "",
        row.approved_by,
        row.posted_on,
        row.journal,
        row.request_id,
        declared=row.account_id in declared,
        shut=closed,
    )
