"""Statements that find and list accounts: filters, sort orders, ids first and rows by id."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from app.models.accounts import Account
from app.models.properties import Property, RentGroup
from app.models.search import AccountSearch
from app.models.tenancies import Tenancy
from app.models.values import AccountKind
from app.services.core.folding import like_pattern, words
from app.services.rent.listed_dto import AccountFilter, AccountSort


def ids_statement(wanted: AccountFilter, sort: AccountSort, today: date, *, descending: bool) -> Select[int]:
    """The ids of the accounts that fit, in order.

    A search by text alone in order of name needs nothing but the search rows: their index is read in order, and stops
    when enough are found.
    """
    statement = select(AccountSearch.account_id)
    conditions = _conditions(wanted, today)
    if conditions or sort is not AccountSort.NAME:
        statement = (
            statement.join(Account, Account.id == AccountSearch.account_id)
            .outerjoin(Tenancy, Tenancy.id == Account.tenancy_id)
            .outerjoin(Property, Property.id == Tenancy.property_id)
        )
    conditions += _has_words(wanted.text)
    keys = _sort_keys(sort)
    order = [key.desc() for key in keys] if descending else keys
    return statement.where(*conditions).order_by(*order, AccountSearch.account_id)


def totals_statement(wanted: AccountFilter, today: date) -> Select[*tuple[Any, ...]]:
    """How many accounts fit, and the pence that they owe and have in credit (both positive or None)."""
    return (
        _totals()
        .select_from(AccountSearch)
        .join(Account, Account.id == AccountSearch.account_id)
        .outerjoin(Tenancy, Tenancy.id == Account.tenancy_id)
        .outerjoin(Property, Property.id == Tenancy.property_id)
        .where(*_conditions(wanted, today), *_has_words(wanted.text))
    )


def chosen_totals_statement(ids: Sequence[int]) -> Select[*tuple[Any, ...]]:
    """The same of the accounts with these ids, at most as many as one IN may hold."""
    return _totals().where(Account.id.in_(list(ids)))


def _totals() -> Select[*tuple[Any, ...]]:
    pence = Account.balance_pence
    return select(
        func.count().label("accounts"),
        func.sum(case((pence > 0, pence), else_=0)).label("debit"),
        func.sum(case((pence < 0, -pence), else_=0)).label("credit"),
    )


def _has_words(text: str) -> list[ColumnElement[bool]]:
    return [AccountSearch.text.like(like_pattern(word), escape="/") for word in words(text)]


def rows_statement() -> Select[*tuple[Any, ...]]:
    """An account as listed, to be limited to some ids."""
    return (
        select(
            Account.id,
            Account.payment_reference,
            Account.name,
            Account.kind,
            Account.opened_on,
            Account.balance_pence,
            Tenancy.tenure,
            Tenancy.start_on,
            Tenancy.end_on,
            Property.address_1,
            Property.address_2,
            Property.town,
            Property.postcode,
            RentGroup.code.label("rent_group"),
        )
        .outerjoin(Tenancy, Tenancy.id == Account.tenancy_id)
        .outerjoin(Property, Property.id == Tenancy.property_id)
        .outerjoin(RentGroup, RentGroup.id == Account.rent_group_id)
    )


def _conditions(wanted: AccountFilter, today: date) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.kinds:
        found.append(Account.kind.in_(sorted(wanted.kinds)))
    if wanted.tenures:
        found.append(Tenancy.tenure.in_(sorted(wanted.tenures)))
    if wanted.rent_groups:
        groups = select(RentGroup.id).where(RentGroup.code.in_(sorted(wanted.rent_groups)))
        found.append(Account.rent_group_id.in_(groups))
    if wanted.areas:
        found.append(Property.area.in_(sorted(wanted.areas)))
    if wanted.live is not None:
        found.append(_live(today) if wanted.live else ~_live(today))
    if wanted.owing is not None:
        found.append(Account.balance_pence > 0 if wanted.owing else Account.balance_pence < 0)
    if wanted.at_least is not None:
        found.append(func.abs(Account.balance_pence) >= wanted.at_least.pence)
    if wanted.below is not None:
        found.append(func.abs(Account.balance_pence) < wanted.below.pence)
    return found


def _live(today: date) -> ColumnElement[bool]:
    return and_(
        Account.kind != AccountKind.FORMER_TENANT,
        or_(Account.closed_on.is_(None), Account.closed_on >= today),
        or_(Tenancy.end_on.is_(None), Tenancy.end_on >= today),
    )


def _sort_keys(sort: AccountSort) -> list[Any]:
    match sort:
        case AccountSort.NAME:
            return [AccountSearch.text]
        case AccountSort.REFERENCE:
            return [Account.reference_key]
        case AccountSort.ADDRESS:
            return [Property.address_1, Property.address_2, Property.town]
        case AccountSort.KIND:
            return [Account.kind, AccountSearch.text]
        case AccountSort.BALANCE:
            return [Account.balance_pence]
