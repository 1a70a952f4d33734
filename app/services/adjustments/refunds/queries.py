"""Credits as they are listed, and a refund with its gate as it is opened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import select

from app.models.accounts import Account
from app.models.people import Person
from app.models.refunds import Refund
from app.models.values import (
    ZERO,
    AccountKind,
    Authority,
    DetailState,
    Money,
    Payee,
    RefundMethod,
    RefundState,
    Subject,
)
from app.services.adjustments.refunds import gate, gathering, keeping, listing
from app.services.adjustments.refunds.dto import (
    CAUSES,
    OPEN,
    STATES,
    BankChoice,
    Cause,
    CreditFilter,
    Credits,
    Gate,
    PersonChoice,
    RefundDetail,
    RefundForm,
)
from app.services.bacs import queries as bank
from app.services.core import access
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.officers import officer_names
from app.services.core.permissions import Permission
from app.services.core.records import record
from app.services.documents.evidence import links_of
from app.services.rent.dto import AccountHeader
from app.services.rent.header import account_header

_AS_KEPT: Final = (
    *("version", "number", "account_id", "state", "method", "payee", "person_id", "payee_name", "payee_address"),
    *("bank_detail_id", "cause", "reason", "asked_on", "made_at", "request_id", "approved_at", "sent_on", "payment_id"),
    *("journal", "returned_on", "returned_why", "return_journal"),
)
"""What a refund shows as its row has it."""
_IN_GATE: Final = frozenset({RefundState.DRAFT, RefundState.WAITING})


def in_credit(ctx: Context, wanted: CreditFilter) -> Credits:
    """The accounts in credit that a filter asks for, with their ages and causes."""
    return listing.in_credit(ctx, wanted)


def form(ctx: Context, account_id: int) -> RefundForm:
    """What the sheet of a refund begins with.

    Raises:
        UserError: there is no such account, it isn't in credit, or it isn't the officer's to open.
    """
    header = account_header(ctx, account_id)
    credit = gathering.credit_of(ctx, account_id)
    if header.kind is AccountKind.CONTROL or not credit:
        raise UserError("This account isn't in credit: there is nothing to refund.", "Choose one that is.")
    cause = gathering.cause_of(ctx, header)
    people = people_of(ctx, header)
    return RefundForm(
        account_id=account_id,
        reference=header.reference,
        name=header.name,
        kind=header.kind,
        balance=-credit,
        kept=gathering.kept_of(ctx, header),
        promised=keeping.promised(ctx, [account_id]).get(account_id, ZERO),
        cause=cause,
        cause_words=CAUSES[cause],
        people=people,
        banks=_banks(ctx, account_id, people),
        address=gathering.address_of(ctx, account_id),
        method=RefundMethod.CARD if cause is Cause.CARD_MISTAKE else RefundMethod.FINANCE,
        today=ctx.clock.today(),
        may_keep_bank_details=Permission.KEEP_BANK_DETAILS in ctx.officer.permissions,
        others=_others(ctx, account_id),
    )


def form_of(ctx: Context, refund_id: int) -> tuple[RefundForm, RefundDetail]:
    """What the sheet begins with where a refund in the gate is changed.

    Raises:
        UserError: there is no such refund, or as `form`.
    """
    found = detail(ctx, refund_id)
    return form(ctx, found.account_id), found


def detail(ctx: Context, refund_id: int) -> RefundDetail:
    """A refund whole; until it is approved its gate is looked at anew, later it is as it was then.

    Raises:
        UserError: there is none, or its account is restricted and not the officer's to open.
    """
    row = _opened(ctx, refund_id)
    account = ctx.session.get_one(Account, row.account_id)
    names = officer_names(ctx.session, [row.made_by, row.approved_by, row.sent_by])
    same: dict[str, Any] = {name: getattr(row, name) for name in _AS_KEPT}
    return RefundDetail(
        refund_id=row.id,
        reference=account.payment_reference or "",
        account_name=account.name,
        amount=Money(row.pence),
        bank=_bank(ctx, row),
        made_by=names.get(row.made_by, ""),
        approved_by=names.get(row.approved_by or 0, ""),
        sent_by=names.get(row.sent_by or 0, ""),
        evidence=len(links_of(ctx, Subject.REFUND, row.id)),
        gate=_gate(ctx, row),
        **same,
    )


def _opened(ctx: Context, refund_id: int) -> Refund:
    row = record(ctx, Refund, refund_id, "refund")
    access.open_account(ctx, row.account_id)
    return row


def _bank(ctx: Context, row: Refund) -> str:
    """The bank account that it goes to, masked."""
    known = bank.details(ctx, [row.bank_detail_id]).get(row.bank_detail_id) if row.bank_detail_id else None
    return f"{known.payee_name}, {known.masked.words}" if known else ""


def _gate(ctx: Context, row: Refund) -> Gate:
    if row.state in _IN_GATE:
        return gate.look(ctx, row)
    return Gate(gate.as_kept(ctx, row), gathering.credit_of(ctx, row.account_id), ZERO, ZERO)


def people_of(ctx: Context, header: AccountHeader) -> tuple[PersonChoice, ...]:
    """Who may be paid: the tenants, who acts for them, and the executors of those who died."""
    ids = [person.person_id for person in header.people]
    died = set(ctx.session.scalars(select(Person.id).where(Person.id.in_(ids), Person.died_on.is_not(None))))
    own = Payee.TENANT if len(ids) == 1 else Payee.JOINT_TENANT
    made = [
        PersonChoice(
            person.person_id,
            f"Executor of {person.name}" if person.person_id in died else person.name,
            Payee.EXECUTOR if person.person_id in died else own,
        )
        for person in header.people
    ]
    acting = (each for each in header.speakers if each.authority is Authority.ACT)
    return (*made, *(PersonChoice(each.person_id, each.name, Payee.AGENT) for each in acting))


def _banks(ctx: Context, account_id: int, people: Sequence[PersonChoice]) -> tuple[BankChoice, ...]:
    found = [each for person_id in {each.person_id for each in people} for each in bank.of_person(ctx, person_id)]
    found += bank.of_account(ctx, account_id)
    usable = {each.detail_id: each for each in found if each.state in {DetailState.IN_FORCE, DetailState.PROPOSED}}
    return tuple(
        BankChoice(
            each.detail_id,
            each.person_id,
            f"{each.payee_name}, {each.masked.words}",
            each.state is DetailState.PROPOSED,
        )
        for _, each in sorted(usable.items())
    )


def _others(ctx: Context, account_id: int) -> tuple[str, ...]:
    rows = (
        select(Refund.number, Refund.pence, Refund.state)
        .where(Refund.account_id == account_id, Refund.state.in_(OPEN))
        .order_by(Refund.number)
    )
    return tuple(
        f"Refund {row.number} of {Money(row.pence)}: {STATES[row.state].lower()}" for row in ctx.session.execute(rows)
    )
