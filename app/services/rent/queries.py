"""Finding accounts, and the list of them."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Row, select

from app.models.accounts import Account
from app.models.properties import Property, RentGroup
from app.models.tenancies import Tenancy
from app.models.values import Money
from app.services.core import access
from app.services.core.chunks import MOST_IN, in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.ids import read_ids
from app.services.rent import finder
from app.services.rent.listed_dto import EVERY_ACCOUNT, AccountFilter, AccountRow, AccountSort, Choices
from app.services.rent.rules import main_kind_order, misread, one_line, reference_key
from app.services.workbench.listing import Totals

__all__ = [
    "account_by_reference",
    "account_ids",
    "account_rows",
    "account_totals",
    "choices",
    "find",
    "near_references",
    "totals_of",
]


def find(ctx: Context, text: str, filters: AccountFilter = EVERY_ACCOUNT, limit: int = 50) -> tuple[AccountRow, ...]:
    """The first `limit` accounts, in order of name, that every word of `text` is found in.

    A word may be any part of a name, address, postcode, phone number or payment, tenancy or property reference; spaces,
    capitals and accents don't matter. No words find everything that fits `filters`, whose own text isn't read.
    """
    wanted = replace(filters, text=text)
    statement = finder.ids_statement(wanted, AccountSort.NAME, ctx.clock.today(), descending=False).limit(
        min(limit, MOST_IN)
    )
    return account_rows(ctx, ctx.session.scalars(statement).all())


def account_ids(
    ctx: Context,
    wanted: AccountFilter = EVERY_ACCOUNT,
    sort: AccountSort = AccountSort.NAME,
    *,
    descending: bool = False,
) -> array[int]:
    """The ids of every account that fits, in order; `account_rows` reads the page that is looked at."""
    statement = finder.ids_statement(wanted, sort, ctx.clock.today(), descending=descending)
    return read_ids(ctx.session, statement, ctx.cancel)


def account_rows(ctx: Context, ids: Sequence[int]) -> tuple[AccountRow, ...]:
    """The accounts with these ids, in their order; one that isn't there is left out.

    A restricted one shows its reference and balance, and neither name nor address, to everybody.
    """
    found: dict[int, AccountRow] = {}
    today = ctx.clock.today()
    for chunk in in_chunks(ids):
        statement = finder.rows_statement().where(Account.id.in_(list(chunk)))
        found.update((row.id, _row(row, today)) for row in ctx.session.execute(statement))
    for number in access.restricted_accounts(ctx) & found.keys():
        found[number] = replace(found[number], name=access.RESTRICTED_NAME, address="", postcode="")
    return tuple(found[number] for number in ids if number in found)


def account_totals(ctx: Context, wanted: AccountFilter = EVERY_ACCOUNT) -> Totals:
    """What the accounts that fit come to: how many, owed and in credit."""
    return _totals(ctx.session.execute(finder.totals_statement(wanted, ctx.clock.today())).one())


def totals_of(ctx: Context, ids: Sequence[int]) -> Totals:
    """What some accounts come to, at most 900 of them."""
    return _totals(ctx.session.execute(finder.chosen_totals_statement(ids)).one())


def account_by_reference(ctx: Context, reference: str) -> int:
    """The account that a payment reference or a tenancy reference names; spaces and capitals don't matter.

    A tenancy reference means its main account: the rent account, else that of the garage or the lease.

    Raises:
        UserError: it names none, or several.
    """
    key = reference_key(reference)
    if not key:
        raise UserError("No reference was given.", "Type a payment reference or a tenancy reference.", "reference")
    by_payment = ctx.session.execute(
        select(Account.id, Account.tenancy_id).where(Account.reference_key == key)
    ).one_or_none()
    by_tenancy = ctx.session.execute(
        select(Account.id, Account.tenancy_id, Account.kind, Account.payment_reference)
        .join(Tenancy, Tenancy.id == Account.tenancy_id)
        .where(Tenancy.ref_key == key)
        .order_by(Account.id)
    ).all()
    tenancies = {row.tenancy_id for row in by_tenancy} | ({by_payment.tenancy_id} if by_payment else set())
    if len(tenancies) > 1:
        raise _several(reference, len(tenancies))
    if by_payment:
        return int(by_payment.id)
    if not by_tenancy:
        near = [row.reference for row in near_references(ctx, reference)[:3]]
        hint = f"Near it: {', '.join(near)}. " if near else ""
        raise UserError(
            f"No account has the reference '{reference.strip()[:60]}'.",
            f"{hint}Check it against the letter or card, or find the account by name or address.",
            "reference",
        )
    main = min(main_kind_order(row.kind) for row in by_tenancy)
    best = [row for row in by_tenancy if main_kind_order(row.kind) == main]
    if len(best) > 1:
        raise _several(reference, len(best), [row.payment_reference for row in best])
    return int(best[0].id)


def near_references(ctx: Context, reference: str) -> tuple[AccountRow, ...]:
    """The accounts whose payment reference is one digit, or two neighbours the wrong way round, from what was typed."""
    keys = sorted(misread(reference))
    statement = select(Account.id).where(Account.reference_key.in_(keys)).order_by(Account.reference_key)
    return account_rows(ctx, ctx.session.scalars(statement).all()) if keys else ()


def choices(ctx: Context) -> Choices:
    """What the filters of the accounts page offer."""
    groups = ctx.session.execute(select(RentGroup.code, RentGroup.name).order_by(RentGroup.code))
    areas = ctx.session.scalars(select(Property.area).where(Property.area != "").distinct().order_by(Property.area))
    return Choices(tuple((row.code, row.name) for row in groups), tuple(areas))


def _totals(row: Row[Any]) -> Totals:
    return Totals(row.accounts, Money(row.debit or 0), Money(row.credit or 0))


def _several(reference: str, count: int, references: Sequence[str | None] = ()) -> UserError:
    named = ", ".join(each for each in references if each)
    hint = f"Give the payment reference of the one you mean: {named}." if named else "Give the payment reference."
    return UserError(f"{count} accounts have the reference '{reference.strip()[:60]}'.", hint, "reference")


def _row(row: Row[Any], today: date) -> AccountRow:
    return AccountRow(
        account_id=row.id,
        reference=row.payment_reference or "",
        name=row.name,
        address=one_line(row.address_1 or "", row.address_2 or "", row.town or ""),
        postcode=row.postcode or "",
        kind=row.kind,
        tenure=row.tenure,
        rent_group=row.rent_group or "",
        started_on=row.start_on or row.opened_on,
        ended_on=row.end_on if row.end_on is not None and row.end_on < today else None,
        balance=Money(row.balance_pence),
    )
