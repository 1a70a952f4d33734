"""What the rows of a file of mandates are compared with, read once for all of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from sqlalchemy import and_, select

from app.models.accounts import Account
from app.models.direct_debits.mandates import Mandate, MandateAccount, MandateBank
from app.models.people import Person, Tenant
from app.models.tenancies import Tenancy
from app.services.bacs.rules import bacs_text
from app.services.core import access
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.direct_debits.mandates import references
from app.services.direct_debits.mandates.importing.dto import FileRow
from app.services.direct_debits.mandates.rules import OVER
from app.services.rent.rules import reference_key


@dataclass(slots=True)
class Known:
    """What is known before a row is looked at.

    Attributes:
        accounts: by the key of their payment reference.
        tenants: of each tenancy, whoever holds or held it.
        shut: accounts that the officer may not work on.
        standing: the mandates that pay accounts already, each with the keyed hash of its bank account.
        used: references of mandates, this one's or another's.
        kept: rows that are asked for again one by one, held so that they aren't read again.
    """

    accounts: dict[str, Account]
    tenants: dict[int, list[Person]]
    shut: Collection[int]
    standing: dict[int, list[tuple[str, str]]]
    used: set[str]
    kept: list[object] = field(default_factory=list)


def read_known(ctx: Context, rows: Collection[FileRow]) -> Known:
    """Everything that the rows are compared with, in a handful of statements."""
    keys = sorted({reference_key(each) for row in rows for each in (row.account, *row.beside) if each})
    accounts: dict[str, Account] = {}
    for chunk in in_chunks(keys):
        for account in ctx.session.scalars(select(Account).where(Account.reference_key.in_(chunk))):
            accounts[account.reference_key or ""] = account
    tenancies = sorted({each.tenancy_id for each in accounts.values() if each.tenancy_id is not None})
    tenants: dict[int, list[Person]] = {}
    kept: list[object] = []
    for ids in in_chunks(tenancies):
        kept += ctx.session.scalars(select(Tenancy).where(Tenancy.id.in_(ids))).all()
        people = select(Tenant.tenancy_id, Person).join(Person, Person.id == Tenant.person_id)
        for tenancy_id, person in ctx.session.execute(people.where(Tenant.tenancy_id.in_(ids)).order_by(Person.id)):
            tenants.setdefault(tenancy_id, []).append(person)
    standing = _standing(ctx, sorted(each.id for each in accounts.values()))
    used: set[str] = set()
    stems = {references.stem_of(each) for each in accounts.values()}
    for chunk in in_chunks(sorted({bacs_text(row.reference) for row in rows if row.reference} | stems)):
        used.update(ctx.session.scalars(select(Mandate.reference).where(Mandate.reference.in_(chunk))))
    shut = access.closed_accounts(ctx) | access.declared_accounts(ctx)
    return Known(accounts, tenants, shut, standing, used, kept)


def _standing(ctx: Context, account_ids: Collection[int]) -> dict[int, list[tuple[str, str]]]:
    """The mandates that stand and pay some accounts, also beside: the reference and the keyed hash of the bank account."""
    found: dict[int, list[tuple[str, str]]] = {}
    for chunk in in_chunks(sorted(account_ids)):
        rows = (
            select(MandateAccount.account_id, Mandate.reference, MandateBank.fingerprint)
            .join(Mandate, Mandate.id == MandateAccount.mandate_id)
            .outerjoin(MandateBank, and_(MandateBank.mandate_id == Mandate.id, MandateBank.to_on.is_(None)))
            .where(MandateAccount.account_id.in_(chunk), Mandate.state.not_in(sorted(OVER)))
            .order_by(Mandate.id)
        )
        for account_id, reference, print_ in ctx.session.execute(rows):
            found.setdefault(account_id, []).append((reference, print_ or ""))
    return found
