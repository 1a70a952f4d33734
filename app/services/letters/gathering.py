"""Reading who is written to, for one account or for thousands in a handful of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Row, or_, select

from app.models.accounts import Account
from app.models.holds import Flag
from app.models.people import Person, Tenant
from app.models.properties import Property
from app.models.tenancies import Tenancy
from app.models.values import AccountKind, FormatNeed, PropertyType, Stop
from app.services.core import access
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.tenants import holds as holds_tenancy
from app.services.exports.fonts import can_print
from app.services.holds import queries as holds
from app.services.holds.dto import Stopped
from app.services.holds.rules import said
from app.services.letters.homes import elsewhere
from app.services.letters.rules import Recipient, foreign, greeting, tidy_address

SUSPECT: Final = "address suspect"
"""The flag on an account whose post came back."""


@dataclass(frozen=True, slots=True)
class _Somebody:
    """A tenant as letters need them."""

    person_id: int
    title: str
    first: str
    last: str
    email: str
    mobile: str
    elsewhere: str
    need: FormatNeed
    language: str
    quiet: bool


def recipient(ctx: Context, account_id: int) -> Recipient:
    """Who is written to about one account.

    Raises:
        UserError: there is no such account, or it is a control account.
    """
    found = recipients(ctx, [account_id])
    if not found:
        raise UserError("There is no such account to write to.", "Find the account again.", "account")
    return found[0]


def recipients(ctx: Context, account_ids: Sequence[int]) -> list[Recipient]:
    """Who is written to about each of some accounts, in their order; control accounts are left out."""
    rows = [row for chunk in in_chunks(account_ids) for row in _account_rows(ctx, chunk)]
    tenancy_ids = sorted({row.tenancy_id for row in rows if row.tenancy_id is not None})
    today = ctx.clock.today()
    people = _people(ctx, tenancy_ids, today)
    away = {row.tenancy_id for row in rows if row.tenancy_id is not None and not _lives_there(row, today)}
    homes = {each: _posted(lines) for each, lines in elsewhere(ctx, away).items()} if away else {}
    held = holds.stops(ctx, account_ids, Stop.LETTERS)
    suspect = _suspect(ctx, account_ids, today)
    closed = access.closed_accounts(ctx)
    made = {
        row.id: _recipient(
            row,
            people.get(row.tenancy_id, ()),
            _home(row) if _lives_there(row, today) else homes.get(row.tenancy_id, ()),
            held.get(row.id),
            suspect.get(row.id, ""),
            closed=row.id in closed,
        )
        for row in rows
    }
    return [made[account_id] for account_id in account_ids if account_id in made]


def _account_rows(ctx: Context, ids: Collection[int]) -> Sequence[Row[*tuple[Any, ...]]]:
    statement = (
        select(
            Account.id,
            Account.kind,
            Account.payment_reference,
            Account.name,
            Account.tenancy_id,
            Tenancy.end_on,
            Property.type,
            Property.address_1,
            Property.address_2,
            Property.town,
            Property.postcode,
        )
        .outerjoin(Tenancy, Tenancy.id == Account.tenancy_id)
        .outerjoin(Property, Property.id == Tenancy.property_id)
        .where(Account.id.in_(ids), Account.kind != AccountKind.CONTROL)
    )
    return ctx.session.execute(statement).all()


def _people(ctx: Context, tenancy_ids: Sequence[int], today: date) -> dict[int, list[_Somebody]]:
    """Whoever holds each tenancy, or held it at its end, in their order."""
    found: dict[int, list[_Somebody]] = defaultdict(list)
    for chunk in in_chunks(tenancy_ids):
        statement = (
            select(
                Tenant.tenancy_id,
                Person.id,
                Person.title,
                Person.first_name,
                Person.last_name,
                Person.email,
                Person.mobile,
                Person.correspondence_address,
                Person.format_need,
                Person.language,
                Person.do_not_contact,
            )
            .join(Person, Person.id == Tenant.person_id)
            .join(Tenancy, Tenancy.id == Tenant.tenancy_id)
            .where(Tenant.tenancy_id.in_(chunk), holds_tenancy(today))
            .order_by(Tenant.tenancy_id, Tenant.position, Person.id)
        )
        for tenancy_id, *each in ctx.session.execute(statement):
            found[tenancy_id].append(_Somebody(*each))
    return found


def _recipient(
    row: Row[*tuple[Any, ...]],
    people: Sequence[_Somebody],
    home: tuple[str, ...],
    hold: Stopped | None,
    suspect: str,
    *,
    closed: bool,
) -> Recipient:
    given = next((each.elsewhere for each in people if each.elsewhere.strip()), "")
    address = tidy_address(given.splitlines()) if given else home
    first = people[0] if people else None
    return Recipient(
        account_id=row.id,
        reference=row.payment_reference or f"account {row.id}",
        kind=row.kind,
        name=row.name,
        greeting=greeting([(each.title, each.first, each.last) for each in people], row.name),
        address=address,
        about=", ".join(line for line in (row.address_1, row.address_2, row.town, row.postcode) if line),
        person_id=first.person_id if first else None,
        email=next((each.email.strip() for each in people if each.email.strip()), ""),
        mobile=next((each.mobile.strip() for each in people if each.mobile.strip()), ""),
        elsewhere=bool(given),
        needs=frozenset(each.need for each in people) - {FormatNeed.STANDARD},
        languages=frozenset(each.language.strip() for each in people if foreign(each.language)),
        do_not_contact=any(each.quiet for each in people),
        hold=said(hold.kind, hold.reason, hold.until) if hold else "",
        hold_kind=hold.kind if hold else None,
        suspect=suspect,
        closed=closed,
        printable=all(text.isascii() or can_print(text) for text in (row.name, *address)),
    )


def _lives_there(row: Row[*tuple[Any, ...]], today: date) -> bool:
    """Whether post to the property reaches the tenant: nobody lives in a garage, or where their tenancy has ended."""
    return row.type not in {None, PropertyType.GARAGE} and (row.end_on is None or row.end_on >= today)


def _home(row: Row[*tuple[Any, ...]]) -> tuple[str, ...]:
    return _posted((row.address_1, row.address_2, row.town, row.postcode))


def _posted(lines: Iterable[str | None]) -> tuple[str, ...]:
    """The lines of a postal address; none where it is too little to post to."""
    first, second, town, code = (line or "" for line in lines)
    return tidy_address((first, second, town, code)) if first and (town or code) else ()


def _suspect(ctx: Context, account_ids: Sequence[int], today: date) -> dict[int, str]:
    """The accounts whose post came back, with the words of the flag."""
    found: dict[int, str] = {}
    for chunk in in_chunks(account_ids):
        statement = (
            select(Flag.account_id, Flag.note)
            .where(
                Flag.account_id.in_(chunk),
                Flag.flag == SUSPECT,
                Flag.from_on <= today,
                or_(Flag.to_on.is_(None), Flag.to_on >= today),
            )
            .order_by(Flag.id)
        )
        for account_id, note in ctx.session.execute(statement):
            found[account_id] = f"The address is doubted: {note}" if note else "The address is doubted: post came back."
    return found
