"""Callers: found by what they say, and their accounts with what is owed. A fixed number of statements, whatever they owe."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import Row, case, func, or_, select

from app.models.accounts import Account
from app.models.charges import Charge
from app.models.people import Person, PersonFlag, Tenant
from app.models.properties import Property
from app.models.reception_payments.pay_cards import PayCard
from app.models.reception_payments.receipts import Receipt, ReceiptShare
from app.models.tenancies import Tenancy
from app.models.values import AccountKind, FormatNeed, Money, MoneyReceiptState, PersonFlagKind, Subject
from app.services.arrangements import queries as arrangements
from app.services.core import access, finding
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.tenants import holds
from app.services.ledger.credits import last_paid
from app.services.reception_payments.callers.dto import Ask, Caller, CallerPerson, OwedRow, Question, Way
from app.services.rent.listed_dto import AccountRow
from app.services.rent.marks import in_force
from app.services.rent.queries import account_rows, near_references
from app.services.rent.rules import KIND_WORDS, full_name, one_line

_FOUND: Final = 12
_FIRST: Final = (PersonFlagKind.SAFETY, PersonFlagKind.CAUTION, PersonFlagKind.VULNERABILITY)
_KINDS: Final = {kind: at for at, kind in enumerate(AccountKind)}
_ALWAYS: Final = "always"


def find(ctx: Context, text: str, limit: int = _FOUND) -> tuple[AccountRow, ...]:
    """The accounts that a caller's words find: name, address, postcode, telephone, reference; also one digit out.

    A person is found by their own numbers too, and stands for the accounts of the tenancies that they hold or held; a pay
    point card, also one that was lost or replaced, for the account that is paid with it.
    """
    ids = finding.matching_ids(ctx, Subject.ACCOUNT, text, limit)
    people = finding.matching_ids(ctx, Subject.PERSON, text, limit)
    cards = finding.matching_ids(ctx, Subject.PAY_CARD, text, limit)
    ids = list(dict.fromkeys([*ids, *_accounts_of(ctx, people), *_of_cards(ctx, cards)]))
    found = account_rows(ctx, ids[:limit])
    return found or near_references(ctx, text)[:limit]


def caller(ctx: Context, account_id: int, way: Way) -> Caller:
    """Who may be calling about an account, what they are asked, and what they owe on everything that they pay.

    Of a restricted or declared account nothing is told but that it is there.

    Raises:
        UserError: there is no such account.
    """
    account = ctx.session.get(Account, account_id)
    if account is None or account.kind is AccountKind.CONTROL:
        raise UserError("There is no such account.", "Find the caller again.")
    needed = ctx.policy.number(f"reception.questions_{way}", ctx.clock.today())
    if shut := _shut(ctx, account_id):
        bare = OwedRow(account_id, account.payment_reference or "", account.kind, KIND_WORDS[account.kind], Money(0))
        return Caller(account_id, bare.reference, "", (), (bare,), needed, shut)
    access.open_account(ctx, account_id)
    people = _people(ctx, account)
    accounts = _accounts(ctx, account, [each.id for each in people])
    access.open_accounts(ctx, [row.account_id for row in accounts])
    return Caller(
        account_id,
        account.payment_reference or "",
        account.name,
        _asked(ctx, account, people, way),
        accounts,
        needed,
    )


def owed(ctx: Context, account_ids: Collection[int]) -> dict[int, OwedRow]:
    """What is owed on some accounts, by account."""
    found: dict[int, OwedRow] = {}
    for chunk in in_chunks(sorted(account_ids)):
        rows = list(ctx.session.execute(_statement().where(Account.id.in_(chunk))))
        found |= {row.account_id: row for row in _rows(ctx, rows, {})}
    return found


def _shut(ctx: Context, account_id: int) -> str:
    if account_id in access.closed_accounts(ctx):
        return "This is a restricted record: nothing of it is shown. Money is taken for it all the same."
    if account_id in access.declared_accounts(ctx):
        return "You declared this account: nothing of it is shown. Money is taken for it all the same."
    return ""


def _accounts_of(ctx: Context, person_ids: Sequence[int]) -> list[int]:
    if not person_ids:
        return []
    statement = (
        select(Account.id)
        .join(Tenant, Tenant.tenancy_id == Account.tenancy_id)
        .join(Tenancy, Tenancy.id == Account.tenancy_id)
        .where(Tenant.person_id.in_(person_ids), Account.closed_on.is_(None))
        .order_by(case((Tenancy.end_on.is_(None), 0), else_=1), Account.id)
    )
    return list(dict.fromkeys(ctx.session.scalars(statement)))


def _of_cards(ctx: Context, card_ids: Sequence[int]) -> Sequence[int]:
    if not card_ids:
        return ()
    return ctx.session.scalars(select(PayCard.account_id).where(PayCard.id.in_(card_ids)).order_by(PayCard.id)).all()


def _people(ctx: Context, account: Account) -> Sequence[Person]:
    statement = (
        select(Person)
        .join(Tenant, Tenant.person_id == Person.id)
        .join(Tenancy, Tenancy.id == Tenant.tenancy_id)
        .where(Tenant.tenancy_id == account.tenancy_id, holds(ctx.clock.today()), Person.died_on.is_(None))
        .order_by(Tenant.position)
    )
    return ctx.session.scalars(statement).all()


def _statement() -> Any:
    return (
        select(
            Account.id,
            Account.payment_reference,
            Account.kind,
            Account.balance_pence,
            Account.closed_on,
            Tenancy.end_on,
            Property.address_1,
            Property.address_2,
            Property.town,
        )
        .outerjoin(Tenancy, Tenancy.id == Account.tenancy_id)
        .outerjoin(Property, Property.id == Tenancy.property_id)
    )


def _accounts(ctx: Context, account: Account, person_ids: Sequence[int]) -> tuple[OwedRow, ...]:
    """Every account of the tenancies that they hold or held to the end: live, or not settled yet."""
    theirs = (
        select(Tenant.tenancy_id, Tenant.person_id)
        .join(Tenancy, Tenancy.id == Tenant.tenancy_id)
        .where(Tenant.person_id.in_(person_ids), holds(ctx.clock.today()))
    )
    people: dict[int, set[int]] = defaultdict(set)
    for tenancy_id, person_id in ctx.session.execute(theirs):
        people[tenancy_id].add(person_id)
    of_them = Account.tenancy_id.in_(sorted(people)) if people else Account.id == account.id
    standing = or_(Account.closed_on.is_(None), Account.balance_pence != 0, Account.id == account.id)
    statement = _statement().add_columns(Account.tenancy_id).where(or_(of_them, Account.id == account.id), standing)
    shut = access.closed_accounts(ctx) | access.declared_accounts(ctx)
    rows = [row for row in ctx.session.execute(statement) if row.id not in shut]
    held = {row.id: frozenset(people[row.tenancy_id]) for row in rows}
    found = _rows(ctx, rows, held)
    return tuple(sorted(found, key=lambda row: (row.ended_on is not None, _KINDS[row.kind], row.account_id)))


def _rows(ctx: Context, rows: Sequence[Row[Any]], people: Mapping[int, frozenset[int]]) -> list[OwedRow]:
    ids = [row.id for row in rows]
    today = ctx.clock.today()
    weekly, paid, due = _weekly(ctx, ids, today), _paid_today(ctx, ids, today), arrangements.standing(ctx, ids)
    return [
        OwedRow(
            account_id=row.id,
            reference=row.payment_reference or "",
            kind=row.kind,
            title=_title(row),
            balance=Money(row.balance_pence),
            due=due[row.id].progress.short if row.id in due else Money(0),
            weekly=Money(weekly.get(row.id, 0)),
            ended_on=row.end_on if row.end_on is not None and row.end_on < today else None,
            people=people.get(row.id, frozenset()),
            paid_today=Money(paid.get(row.id, 0)),
        )
        for row in rows
    ]


def _title(row: Row[Any]) -> str:
    address = one_line(row.address_1 or "", row.address_2 or "", "")
    return f"{KIND_WORDS[row.kind]}, {address}" if address else KIND_WORDS[row.kind]


def _weekly(ctx: Context, account_ids: Sequence[int], today: date) -> dict[int, int]:
    statement = (
        select(Charge.account_id, func.sum(Charge.amount_pence))
        .where(Charge.account_id.in_(account_ids), in_force(Charge.from_on, Charge.to_on, today))
        .group_by(Charge.account_id)
    )
    return {account_id: int(pence) for account_id, pence in ctx.session.execute(statement)}


def _paid_today(ctx: Context, account_ids: Sequence[int], today: date) -> dict[int, int]:
    statement = (
        select(ReceiptShare.account_id, func.sum(ReceiptShare.pence))
        .join(Receipt, Receipt.id == ReceiptShare.receipt_id)
        .where(
            ReceiptShare.account_id.in_(account_ids),
            Receipt.taken_on == today,
            Receipt.state != MoneyReceiptState.VOID,
        )
        .group_by(ReceiptShare.account_id)
    )
    return {account_id: int(pence) for account_id, pence in ctx.session.execute(statement)}


def _asked(ctx: Context, account: Account, people: Sequence[Person], way: Way) -> tuple[CallerPerson, ...]:
    """Each of them with what they are asked and the right answers; what we don't know isn't asked."""
    today = ctx.clock.today()
    asked = [ask for ask in Ask if ctx.policy.value(f"reception.ask_{ask}", today) in {_ALWAYS, way}]
    about = select(Tenancy.start_on, Property.postcode).join(Property, Property.id == Tenancy.property_id)
    home = ctx.session.execute(about.where(Tenancy.id == account.tenancy_id)).one_or_none()
    paid = last_paid(ctx, account.id) if Ask.LAST_PAYMENT in asked else None
    known = {
        Ask.PAPER: "seen",
        Ask.POSTCODE: home.postcode if home else "",
        Ask.START: _spelt(home.start_on) if home else "",
        Ask.LAST_PAYMENT: f"{paid[1]} on {_spelt(paid[0])}" if paid else "",
    }
    flags = _flags(ctx, [each.id for each in people], today)
    return tuple(
        CallerPerson(
            person.id,
            full_name(person.title, person.first_name, person.last_name),
            person.mobile,
            person.email,
            tuple(Question(ask, words) for ask in asked if (words := known.get(ask) or _own(person, people, ask))),
            flags.get(person.id, ()),
            large_print=person.format_need is FormatNeed.LARGE_PRINT,
        )
        for person in people
    )


def _own(person: Person, people: Sequence[Person], ask: Ask) -> str:
    """The answer that only they can give."""
    if ask is Ask.BIRTH:
        return _spelt(person.date_of_birth) if person.date_of_birth else ""
    if ask is Ask.PHONE:
        return " or ".join(each for each in (person.mobile, person.phone) if each)
    if ask is Ask.JOINT:
        others = [each for each in people if each.id != person.id]
        return ", ".join(full_name(each.title, each.first_name, each.last_name) for each in others)
    return ""


def _flags(ctx: Context, person_ids: Sequence[int], today: date) -> dict[int, tuple[str, ...]]:
    statement = select(PersonFlag).where(
        PersonFlag.person_id.in_(person_ids), in_force(PersonFlag.from_on, PersonFlag.to_on, today)
    )
    found = sorted(ctx.session.scalars(statement), key=lambda flag: (_FIRST.index(flag.kind), flag.id))
    mine: dict[int, tuple[str, ...]] = defaultdict(tuple)
    for flag in found:
        mine[flag.person_id] += (flag.flag,)
    return mine


def _spelt(on: date) -> str:
    return f"{on.day} {on:%b %Y}"
