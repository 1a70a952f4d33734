"""What a message seems to be about: its account by the references in it or by who sent it, its category by the rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select

from app.models.accounts import Account
from app.models.people import Person
from app.models.tenancies import Tenancy, Tenant
from app.models.values import AccountKind
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.tenants import holds
from app.services.post_log.dto import LONGEST_TEXT, Holder, Priority
from app.services.post_log.mail.dto import Message
from app.services.post_log.routing.queries import router
from app.services.post_log.routing.rules import Looked

_WRITTEN: Final = re.compile(r"(?<![\w.])[A-Za-z]{0,4}[ -]?\d+(?:[ /-]\d+){0,5}[A-Za-z]?(?!\w)")
_SHORTEST, _LONGEST = 6, 24
_LOOKED_AT: Final = 4 * LONGEST_TEXT
"""Letters of a text in which references and words are looked for: a rent reference stands near the beginning."""
_MOST: Final = 60
"""Numbers of one message that are looked up."""


@dataclass(frozen=True, slots=True)
class Guess:
    """What Rentbook proposes for a message; each stays marked until an officer confirms it.

    Attributes:
        because: the words for the history, why the holder gets it.
    """

    account_id: int | None = None
    person_id: int | None = None
    category_id: int | None = None
    holder: Holder | None = None
    priority: Priority | None = None
    because: str = ""

    @property
    def guessed(self) -> frozenset[str]:
        """The names of the fields that this fills in."""
        named = {
            "account_id": self.account_id,
            "category_id": self.category_id,
            "holder": self.holder,
            "priority": self.priority,
        }
        return frozenset(name for name, value in named.items() if value is not None)


def guesses(ctx: Context, messages: Sequence[Message]) -> list[Guess]:
    """What each of some messages seems to be about; a fixed number of queries, however many they are."""
    written = [tuple(references(f"{each.subject}\n{each.text[:_LOOKED_AT]}")) for each in messages]
    accounts = _accounts(ctx, {each for found in written for each in found})
    people = _people(ctx, {each.sender_address.casefold() for each in messages if each.sender_address})
    rules = router(ctx)
    made = []
    for message, found in zip(messages, written, strict=True):
        named = {accounts[each] for each in found if each in accounts}
        person_id, own = people.get(message.sender_address.casefold(), (None, None))
        account_id = named.pop() if len(named) == 1 else (own if own in named or not named else None)
        rule = rules.fit(
            Looked(message.subject, f"{message.sender} {message.sender_address}", message.text[:_LOOKED_AT])
        )
        if rule is None:
            made.append(Guess(account_id, person_id))
            continue
        holder = rule.holder if rule.holder.officer_id or rule.holder.team_id else None
        because = f"by the rule '{rule.words}'" if holder else ""
        made.append(Guess(account_id, person_id, rule.category_id, holder, rule.priority, because))
    return made


def references(text: str) -> Iterator[str]:
    """What in a text may be a payment reference, as references are looked up: without spaces, in capitals.

    Groups of digits may belong together or not, so each run of neighbours is tried.
    """
    seen: set[str] = set()
    for found in _WRITTEN.finditer(text):
        groups = re.split(r"[ /-]", found.group())
        for first in range(len(groups)):
            for last in range(len(groups), first, -1):
                whole = "".join(groups[first:last]).upper()
                if _SHORTEST <= len(whole) <= _LONGEST and whole not in seen and any(map(str.isdigit, whole)):
                    seen.add(whole)
                    yield whole
        if len(seen) >= _MOST:
            return


def _accounts(ctx: Context, keys: set[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for chunk in in_chunks(sorted(keys)):
        statement = select(Account.reference_key, Account.id).where(Account.reference_key.in_(chunk))
        found.update((key, account_id) for key, account_id in ctx.session.execute(statement) if key)
    return found


def _people(ctx: Context, addresses: set[str]) -> Mapping[str, tuple[int | None, int | None]]:
    """Who has each address, and their account; an address that several people have says nobody, several accounts none.

    The account of a home counts before that of a garage.
    """
    people: dict[str, set[int]] = {}
    rents: dict[str, set[int]] = {}
    garages: dict[str, set[int]] = {}
    for chunk in in_chunks(sorted(addresses)):
        statement = (
            select(func.lower(Person.email), Person.id, Account.id, Account.kind)
            .join(Tenant, Tenant.person_id == Person.id)
            .join(Tenancy, Tenancy.id == Tenant.tenancy_id)
            .join(Account, Account.tenancy_id == Tenancy.id)
            .where(
                func.lower(Person.email).in_(chunk),
                holds(ctx.clock.today()),
                Account.kind.in_((AccountKind.RENT, AccountKind.GARAGE)),
                Account.closed_on.is_(None),
            )
        )
        for where, person_id, account_id, kind in ctx.session.execute(statement):
            people.setdefault(where, set()).add(person_id)
            (rents if kind is AccountKind.RENT else garages).setdefault(where, set()).add(account_id)
    return {where: (_only(people[where]), _only(rents.get(where) or garages.get(where, set()))) for where in people}


def _only(ids: set[int]) -> int | None:
    return next(iter(ids)) if len(ids) == 1 else None
