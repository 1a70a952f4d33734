"""The rows by which accounts are found, kept in step with names, addresses and references."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Row, Select, delete, insert, select

from app.models.accounts import Account
from app.models.people import Person, Tenant
from app.models.properties import Property
from app.models.search import AccountSearch
from app.models.tenancies import Tenancy
from app.models.values import AccountKind, Subject
from app.services.core import access, search_index
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.tenants import holds
from app.services.rent.rules import search_text

_ROWS: Final = 20_000

PersonNames = tuple[str, str, str, str, str]


def refresh_search(ctx: Context, account_ids: Collection[int] | None = None) -> int:
    """Make the search rows of these accounts anew (of every account, if none are named) and say how many there are.

    Whatever changes a name, address, phone or reference calls this in the same transaction. Control accounts have none.
    The words of the people and the property of those accounts are made anew with them.
    """
    if account_ids is None:
        ctx.session.execute(delete(AccountSearch))
        search_index.forget_records(ctx, Subject.ACCOUNT)
        index_people(ctx, None)
        _index_properties(ctx, None)
        return sum(_write(ctx, rows, people) for rows, people in _everything(ctx))
    return sum(_refresh_some(ctx, chunk) for chunk in in_chunks(sorted(account_ids)))


def accounts_of_people(ctx: Context, person_ids: Collection[int]) -> frozenset[int]:
    """The accounts of the tenancies that any of these people hold or held: what a changed name or phone touches."""
    found: set[int] = set()
    for chunk in in_chunks(sorted(person_ids)):
        statement = (
            select(Account.id).join(Tenant, Tenant.tenancy_id == Account.tenancy_id).where(Tenant.person_id.in_(chunk))
        )
        found.update(ctx.session.scalars(statement))
    return frozenset(found)


def _refresh_some(ctx: Context, ids: Sequence[int]) -> int:
    ctx.session.execute(delete(AccountSearch).where(AccountSearch.account_id.in_(ids)))
    rows = ctx.session.execute(_accounts().where(Account.id.in_(ids))).all()
    tenancies = sorted({row.tenancy_id for row in rows if row.tenancy_id is not None})
    people = _gather(ctx.session.execute(_people(ctx).where(Tenant.tenancy_id.in_(tenancies))))
    search_index.forget_records(ctx, Subject.ACCOUNT, ids)
    held = select(Tenant.person_id).where(Tenant.tenancy_id.in_(tenancies)).distinct()
    index_people(ctx, ctx.session.scalars(held).all())
    let = select(Tenancy.property_id).where(Tenancy.id.in_(tenancies)).distinct()
    _index_properties(ctx, ctx.session.scalars(let).all())
    return _write(ctx, rows, people)


def _everything(ctx: Context) -> Iterator[tuple[Sequence[Row[Any]], dict[int, list[PersonNames]]]]:
    people = _gather(ctx.session.execute(_people(ctx)))
    found = ctx.session.execute(_accounts().order_by(Account.id)).all()
    for rows in in_chunks(found, _ROWS):
        ctx.cancel.check()
        yield rows, people


def _accounts() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Account.id,
            Account.tenancy_id,
            Account.name,
            Account.payment_reference,
            Tenancy.ref.label("tenancy_ref"),
            Property.ref.label("property_ref"),
            Property.address_1,
            Property.address_2,
            Property.town,
            Property.postcode,
        )
        .outerjoin(Tenancy, Tenancy.id == Account.tenancy_id)
        .outerjoin(Property, Property.id == Tenancy.property_id)
        .where(Account.kind != AccountKind.CONTROL)
    )


def _people(ctx: Context) -> Select[*tuple[Any, ...]]:
    """The names by which accounts are found: of whoever holds the tenancy; whoever left is found as a person."""
    return (
        select(Tenant.tenancy_id, Person.title, Person.first_name, Person.last_name, Person.mobile, Person.phone)
        .join(Person, Person.id == Tenant.person_id)
        .join(Tenancy, Tenancy.id == Tenant.tenancy_id)
        .where(holds(ctx.clock.today()))
        .order_by(Tenant.tenancy_id, Tenant.position, Person.id)
    )


def _gather(rows: Any) -> dict[int, list[PersonNames]]:
    people: dict[int, list[PersonNames]] = defaultdict(list)
    for tenancy_id, *person in rows:
        people[tenancy_id].append(tuple(person))
    return people


def index_people(ctx: Context, ids: Sequence[int] | None) -> None:
    """Make the words of these people anew, or of everybody; people of restricted records are found by their reference only.

    A record that was merged into another isn't found.
    """
    columns = (Person.ref, Person.title, Person.first_name, Person.last_name, Person.mobile, Person.phone, Person.email)
    shut = access.restricted_people(ctx)
    there = select(Person.id, *columns).where(Person.merged_into_id.is_(None))
    _index(ctx, Subject.PERSON, there, Person.id, ids, shut)


def _index_properties(ctx: Context, ids: Sequence[int] | None) -> None:
    columns = (Property.address_1, Property.address_2, Property.town, Property.postcode, Property.ref, Property.uprn)
    _index(ctx, Subject.PROPERTY, select(Property.id, *columns), Property.id, ids)


def _index(
    ctx: Context,
    subject: Subject,
    statement: Select[*tuple[Any, ...]],
    key: Any,
    ids: Sequence[int] | None,
    shut: Collection[int] = (),
) -> None:
    """Make the words of these records anew, or of every record of the kind; of those in `shut` the first text only."""
    if ids is None:
        search_index.forget_records(ctx, subject)
        found = ctx.session.execute(statement.order_by(key)).all()
        for rows in in_chunks(found, _ROWS):
            search_index.fill(ctx, subject, _by_number(rows, shut))
        return
    for chunk in in_chunks(ids):
        rows = ctx.session.execute(statement.where(key.in_(list(chunk)))).all()
        search_index.index_records(ctx, subject, _by_number(rows, shut))


def _by_number(rows: Sequence[Row[Any]], shut: Collection[int]) -> dict[int, Iterable[str | None]]:
    return {row[0]: row[1:2] if row[0] in shut else row[1:] for row in rows}


def _write(ctx: Context, rows: Sequence[Row[Any]], people: dict[int, list[PersonNames]]) -> int:
    """Restricted accounts are found by their references only."""
    shut = access.restricted_accounts(ctx)
    made = [
        {
            "account_id": row.id,
            "text": _text(row, people.get(row.tenancy_id, [])) if row.id not in shut else _references(row),
        }
        for row in rows
    ]
    if made:
        ctx.session.execute(insert(AccountSearch), made)
        texts: dict[int, Iterable[str | None]] = {
            row.id: _texts(row, people.get(row.tenancy_id, [])) if row.id not in shut else _three(row) for row in rows
        }
        search_index.fill(ctx, Subject.ACCOUNT, texts)
    return len(made)


def _references(row: Row[Any]) -> str:
    return search_text([("", "", access.RESTRICTED_NAME)], _three(row), ("", "", ""), "", [])


def _three(row: Row[Any]) -> tuple[str | None, str | None, str | None]:
    return row.payment_reference, row.tenancy_ref, row.property_ref


def _texts(row: Row[Any], people: Sequence[PersonNames]) -> Iterator[str | None]:
    yield row.name
    for person in people:
        yield from person
    yield from (row.payment_reference, row.tenancy_ref, row.property_ref)
    yield from (row.address_1, row.address_2, row.town, row.postcode)


def _text(row: Row[Any], people: Sequence[PersonNames]) -> str:
    return search_text(
        [person[:3] for person in people] or [("", "", row.name)],
        (row.payment_reference, row.tenancy_ref, row.property_ref),
        (row.address_1 or "", row.address_2 or "", row.town or ""),
        row.postcode or "",
        [number for person in people for number in person[3:]],
    )
