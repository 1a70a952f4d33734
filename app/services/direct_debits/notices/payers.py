"""Whom a notice goes to, and how: the payer of a mandate, who isn't always a tenant of its account."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import or_, select

from app.models.accounts import Account
from app.models.direct_debits.mandates import Mandate, MandateAccount
from app.models.people import Person, PersonAddress, Tenant
from app.models.values import AddressKind, FormatNeed, PreferredContact
from app.services.core import access
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.direct_debits.notices.dto import NoticeWay
from app.services.letters import gathering
from app.services.letters.dto import Channel
from app.services.letters.keeping import to_somebody_else
from app.services.letters.rules import Recipient, foreign, is_email, judge, tidy_address

_LIVED_IN: Final = (AddressKind.HOME, AddressKind.FORWARDING)


@dataclass(frozen=True, slots=True)
class Payer:
    """Somebody who is told of collections.

    Attributes:
        stops: why no letter or e-mail can go to them, as a sentence; empty if one can.
    """

    to: Recipient
    way: NoticeWay
    stops: str = ""


def payers(ctx: Context, mandates: Sequence[Mandate], *, by_email: bool) -> dict[int, Payer]:
    """Whom the notices of some mandates go to, by mandate; a handful of statements however many there are."""
    accounts = {each.account_id: each for each in gathering.recipients(ctx, sorted({m.account_id for m in mandates}))}
    people = _people(ctx, mandates)
    tenants = _tenants(ctx, sorted(accounts))
    homes = _homes(ctx, [id_ for id_ in people if not people[id_].correspondence_address.strip()])
    mine, shut = access.declared_accounts(ctx), access.closed_accounts(ctx)
    paid = paid_by(ctx, [each.id for each in mandates])
    found = {}
    for mandate in mandates:
        to = accounts[mandate.account_id]
        person = people.get(mandate.person_id or 0)
        lives_there = person is None or (mandate.account_id, person.id) in tenants
        if not lives_there or (mandate.person_id is None and mandate.payer_address.strip()):
            to = _somebody_else(to, mandate, person, homes)
        elif person is not None:
            to = replace(to, email=person.email.strip())
        way = _way(to, person, by_email=by_email)
        own = {mandate.account_id, *paid[mandate.id]}
        found[mandate.id] = Payer(to, way, _stops(to, way, declared=bool(own & mine), shut=bool(own & shut)))
    return found


def paid_by(ctx: Context, mandate_ids: Sequence[int]) -> defaultdict[int, set[int]]:
    """The accounts that some mandates pay, by mandate."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    for chunk in in_chunks(sorted(set(mandate_ids))):
        rows = select(MandateAccount.mandate_id, MandateAccount.account_id).where(MandateAccount.mandate_id.in_(chunk))
        for mandate_id, account_id in ctx.session.execute(rows):
            found[mandate_id].add(account_id)
    return found


def _way(to: Recipient, person: Person | None, *, by_email: bool) -> NoticeWay:
    """Whoever asked for e-mails, and needs no other form, gets one."""
    asked = person is not None and person.preferred_contact is PreferredContact.EMAIL
    return NoticeWay.EMAIL if by_email and asked and is_email(to.email) and not to.needs else NoticeWay.POST


def _stops(to: Recipient, way: NoticeWay, *, declared: bool, shut: bool) -> str:
    if declared:
        return "An account that you declared: a colleague gives the notice."
    if shut:
        return "A restricted record: somebody who may open it gives the notice."
    verdict = judge(to, Channel.EMAIL if way is NoticeWay.EMAIL else Channel.LETTER)
    return verdict.stops[0] if verdict.stops else ""


def _somebody_else(to: Recipient, mandate: Mandate, person: Person | None, homes: dict[int, str]) -> Recipient:
    """The payer who isn't a tenant: their own name, address, form and language."""
    written = person.correspondence_address if person is not None else mandate.payer_address
    lines = written.strip() or (homes.get(person.id, "") if person is not None else "")
    other = to_somebody_else(to, mandate.payer_name, tuple(lines.splitlines()))
    if person is None:
        return replace(other, email="", mobile="")
    return replace(
        other,
        address=other.address if lines else (),
        person_id=person.id,
        email=person.email.strip(),
        mobile=person.mobile.strip(),
        needs=frozenset({person.format_need}) - {FormatNeed.STANDARD},
        languages=frozenset({person.language.strip()} if foreign(person.language) else ()),
        do_not_contact=person.do_not_contact,
    )


def _people(ctx: Context, mandates: Sequence[Mandate]) -> dict[int, Person]:
    ids = sorted({each.person_id for each in mandates if each.person_id is not None})
    return {
        row.id: row
        for chunk in in_chunks(ids)
        for row in ctx.session.scalars(select(Person).where(Person.id.in_(chunk)))
    }


def _tenants(ctx: Context, account_ids: Sequence[int]) -> set[tuple[int, int]]:
    """Accounts with the people of their tenancies."""
    return {
        (row[0], row[1])
        for chunk in in_chunks(account_ids)
        for row in ctx.session.execute(
            select(Account.id, Tenant.person_id)
            .join(Tenant, Tenant.tenancy_id == Account.tenancy_id)
            .where(Account.id.in_(chunk))
        )
    }


def _homes(ctx: Context, person_ids: Sequence[int]) -> dict[int, str]:
    """Where people who asked for no other address live, as their own record says; lines parted by line breaks."""
    today = ctx.clock.today()
    found = {}
    for chunk in in_chunks(sorted(person_ids)):
        statement = (
            select(PersonAddress.person_id, PersonAddress.lines, PersonAddress.postcode)
            .where(
                PersonAddress.person_id.in_(chunk),
                PersonAddress.kind.in_(_LIVED_IN),
                or_(PersonAddress.from_on.is_(None), PersonAddress.from_on <= today),
            )
            .where(or_(PersonAddress.to_on.is_(None), PersonAddress.to_on >= today))
            .order_by(PersonAddress.id)
        )
        for person_id, lines, postcode in ctx.session.execute(statement):
            found[person_id] = "\n".join(tidy_address((*lines.splitlines(), postcode)))
    return found
