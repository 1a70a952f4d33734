"""Mandates as they are listed and shown: the list, the card, what an account has, and what a form begins with."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, select

from app.models.accounts import Account
from app.models.direct_debits.mandates import Mandate, MandateAccount
from app.models.people import Tenant
from app.models.values import AccountKind, Money, Subject
from app.services.bacs import queries as bacs
from app.services.bacs.dto import Checked, Masked
from app.services.bacs.rules import destination
from app.services.core import access
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.records import missing
from app.services.direct_debits.mandates import acts, card, conditions, listing, payers, references, rules
from app.services.direct_debits.mandates.dto import (
    STATES,
    BesideAccount,
    MandateDetail,
    OfAccount,
    SetUpForm,
    StepRow,
)
from app.services.direct_debits.mandates.keeping import banks
from app.services.direct_debits.mandates.listing import counts, ids, rows, totals, totals_of
from app.services.documents.evidence import links_of
from app.services.rent.header import account_header

__all__ = [
    "bank_named",
    "counts",
    "detail",
    "history",
    "ids",
    "modulus",
    "of_account",
    "rows",
    "set_up_form",
    "totals",
    "totals_of",
]


def detail(ctx: Context, mandate_id: int) -> MandateDetail:
    """A mandate on its card.

    Raises:
        UserError: there is none, or it is of a restricted record that the officer may not open.
    """
    found = listing.rows(ctx, [mandate_id])
    if not found:
        raise missing("mandate")
    mandate = ctx.session.get_one(Mandate, mandate_id)
    accounts = card.accounts_of(ctx, mandate)
    access.open_accounts(ctx, {mandate.account_id, *(each.account_id for each in accounts)})
    if mandate.person_id is not None:
        access.open_subject(ctx, Subject.PERSON, mandate.person_id)
    may = frozenset() if found[0].declared else acts.may(ctx, mandate)
    months = ctx.policy.number("direct_debits.dormant_months", ctx.clock.today())
    return MandateDetail(
        row=found[0],
        version=mandate.version,
        person_id=mandate.person_id,
        payer_address=mandate.payer_address,
        given_on=mandate.given_on,
        form_number=mandate.form_number,
        script=tuple((title, getattr(mandate, name)) for name, title, _ in rules.SCRIPT),
        banks=card.banks_of(ctx, mandate_id),
        accounts=accounts,
        instructions=card.instructions_of(ctx, mandate_id),
        history=card.history_of(ctx, mandate_id),
        lodged_on=mandate.lodged_on,
        collect_from=mandate.collect_from,
        first_collected_on=mandate.first_collected_on,
        dormant_on=None if mandate.state in rules.OVER else rules.dormant_on(mandate.last_bank_on, months),
        note=mandate.note,
        documents=len(links_of(ctx, Subject.MANDATE, mandate_id)),
        may=may,
        why_not=_why_not(mandate, declared=found[0].declared),
        others=tuple(conditions.others(ctx, mandate)) if mandate.state not in rules.OVER else (),
    )


def history(ctx: Context, mandate_id: int) -> tuple[StepRow, ...]:
    """The steps of a mandate, the latest first.

    Raises:
        UserError: there is none, or it is of a restricted record that the officer may not open.
    """
    if ctx.session.get(Mandate, mandate_id) is None:
        raise missing("mandate")
    access.open_subject(ctx, Subject.MANDATE, mandate_id)
    return card.history_of(ctx, mandate_id)


def of_account(ctx: Context, account_id: int) -> tuple[OfAccount, ...]:
    """The mandates that an account is paid by or was, those that stand first, then the latest.

    Raises:
        UserError: it is of a restricted record that the officer may not open.
    """
    access.open_account(ctx, account_id)
    paying = select(MandateAccount.mandate_id).where(MandateAccount.account_id == account_id)
    read = select(Mandate).where(or_(Mandate.account_id == account_id, Mandate.id.in_(paying)))
    found = ctx.session.scalars(read.order_by(Mandate.id.desc())).all()
    known = banks.banks_of(ctx, [row.id for row in found])
    masked = access.restricted_people(ctx)
    return tuple(
        OfAccount(
            row.id,
            row.reference,
            row.state,
            row.state_on,
            row.state_why,
            Masked(known[row.id].last_two).account_number if row.id in known else "",
            access.RESTRICTED_NAME if row.person_id in masked else row.payer_name,
            row.account_id == account_id,
        )
        for row in sorted(found, key=lambda each: each.state in rules.OVER)
    )


def set_up_form(ctx: Context, account_id: int) -> SetUpForm:
    """What the form of a new mandate begins with.

    Raises:
        UserError: there is no such account, or it is of a restricted record that the officer may not open.
    """
    header = account_header(ctx, account_id)
    account = ctx.session.get_one(Account, account_id)
    standing = conditions.standing(ctx, [account_id])
    return SetUpForm(
        account_id=account_id,
        account=f"{header.reference} {header.name}".strip(),
        reference=references.reference_for(ctx, account),
        payers=payers.choices(ctx, account),
        beside=_beside(ctx, account),
        standing=tuple(f"Mandate {row.reference}: {STATES[row.state].lower()}." for row in standing),
        script=tuple((name, words) for name, _, words in rules.SCRIPT),
        refused=access.standing(ctx, account_id).declared or conditions.refusal(ctx, account),
    )


def bank_named(ctx: Context, sort_code: str) -> tuple[str, str]:
    """The bank and branch that were last typed for a sort code; empty where none were, or it isn't six digits yet."""
    try:
        digits = destination(sort_code, "00000001").sort_code
    except UserError:
        return ("", "")
    return banks.bank_named(ctx, digits)


def modulus(ctx: Context, sort_code: str, account_number: str) -> Checked:
    """What the modulus check says as somebody types.

    Raises:
        UserError: they aren't six and eight digits; `field` says which.
    """
    return bacs.check(ctx, sort_code, account_number)


def _beside(ctx: Context, account: Account) -> tuple[BesideAccount, ...]:
    """The other accounts of the people who hold its tenancy, which the mandate can pay too; those that may be shown."""
    people = select(Tenant.person_id).where(Tenant.tenancy_id == account.tenancy_id)
    tenancies = select(Tenant.tenancy_id).where(Tenant.person_id.in_(people))
    read = select(Account).where(
        or_(Account.tenancy_id == account.tenancy_id, Account.tenancy_id.in_(tenancies)),
        Account.tenancy_id.is_not(None),
        Account.id != account.id,
        Account.kind != AccountKind.CONTROL,
    )
    closed, declared = access.closed_accounts(ctx), access.declared_accounts(ctx)
    found: Sequence[Account] = ctx.session.scalars(read.order_by(Account.id)).all()
    return tuple(
        BesideAccount(row.id, row.payment_reference or "", row.name, card.KINDS[row.kind], Money(row.balance_pence))
        for row in found
        if row.id not in closed and row.id not in declared and not conditions.refusal(ctx, row)
    )


def _why_not(mandate: Mandate, *, declared: bool) -> str:
    if declared:
        return "You declared this account: a colleague works on it."
    if mandate.state in rules.OVER:
        return f"It is {STATES[mandate.state].lower()}: set up a new one to collect again."
    return ""
