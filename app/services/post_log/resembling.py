"""Accounts by the people of an item: who sent it, whose number stands in it, whose name and address it gives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import Select, select

from app.models.accounts import Account
from app.models.people import Person, Tenant
from app.models.properties import Property
from app.models.search import SearchWord
from app.models.tenancies import Tenancy
from app.models.values import AccountKind, Subject
from app.services.core import access
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.finding import matching_ids
from app.services.core.folding import LONGEST_WORD, fold
from app.services.core.phones import in_words, same_number, spellings
from app.services.core.tenants import holds
from app.services.post_log import rules
from app.services.post_log.dto import Clues, FoundBy
from app.services.rent.rules import main_kind_order

_FULL_NAME: Final = 2
"""A name of fewer words is shared by too many."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An account that fits.

    Attributes:
        words: what it was found by.
        rank: of its kind: a home counts before its garage, and its garage isn't another that fits.
        others: so many others of its rank fit as well.
    """

    account_id: int
    by: FoundBy
    words: str
    person_id: int | None = None
    rank: int = 0
    others: int = 0


Many = Mapping[int, Clues]
_Wanted = tuple[int, str, FoundBy]


def by_sender(ctx: Context, many: Many) -> dict[int, Hit]:
    """By the e-mail address or telephone number that an answer goes to."""
    return _reached(ctx, {at: clues.address for at, clues in many.items()})


def by_mention(ctx: Context, many: Many) -> dict[int, Hit]:
    """By an e-mail address or telephone number in the text."""
    return _reached(ctx, {at: clues.text for at, clues in many.items()})


def by_name(ctx: Context, clues: Clues) -> Hit | None:
    """By a full name that only one person has."""
    if len(clues.sender.split()) < _FULL_NAME:
        return None
    people = matching_ids(ctx, Subject.PERSON, clues.sender, _FULL_NAME)
    if len(people) != 1:
        return None
    hidden = access.restricted_accounts(ctx)
    rows = [row for row in _accounts_of(ctx, people) if row.id not in hidden]
    said = f"the name {clues.sender.strip()} alone"
    return _best([_hit(row, FoundBy.NAME, said) for row in rows]) if rows else None


def by_place(ctx: Context, many: Many) -> dict[int, Hit]:
    """By a last name, or the first line of an address, beside its postcode; the tenancy that is live, else the last."""
    wanted: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for at, clues in many.items():
        for postcode in rules.postcodes_in(everything(clues)):
            wanted[fold(postcode).replace(" ", "")].append((at, postcode))
    places: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for property_id, word in _with_words(ctx, Subject.PROPERTY, wanted):
        places[property_id] += wanted[word]
    texts = {at: folded(many[at]) for at in {at for items in places.values() for at, _ in items}}
    named: dict[int, list[Hit]] = defaultdict(list)
    addressed: dict[int, list[Hit]] = defaultdict(list)
    for row in _lived_at(ctx, places):
        for at, postcode in places[row.place]:
            if rules.is_named(row.last_name, texts[at]):
                said = f"the name {row.last_name} and the postcode {postcode}"
                named[at].append(_hit(row, FoundBy.NAME_AND_POSTCODE, said))
            elif rules.is_addressed(row.address_1, texts[at]):
                said = f"the address {row.address_1}, {postcode}"
                addressed[at].append(replace(_hit(row, FoundBy.ADDRESS, said), person_id=None))
    return {at: _best(own) for at, own in (addressed | named).items()}


def everything(clues: Clues) -> str:
    """All that is known of an item."""
    return f"{clues.text}\n{clues.sender}\n{clues.address}"


def folded(clues: Clues) -> str:
    """The same as it is compared."""
    return fold(everything(clues))


def _reached(ctx: Context, texts: Mapping[int, str]) -> dict[int, Hit]:
    """By what stands in these texts, where a person with an account has it."""
    wanted: dict[str, list[_Wanted]] = defaultdict(list)
    for at, text in texts.items():
        for email in rules.emails_in(text):
            wanted[fold(email)[:LONGEST_WORD]].append((at, email, FoundBy.EMAIL))
        for number in rules.telephones_in(text):
            for spelling in spellings(number):
                wanted[spelling[:LONGEST_WORD]].append((at, number, FoundBy.TELEPHONE))
    people: dict[int, list[_Wanted]] = defaultdict(list)
    for person_id, word in _with_words(ctx, Subject.PERSON, wanted):
        people[person_id] += wanted[word]
    hits: dict[int, list[Hit]] = defaultdict(list)
    for row in _accounts_of(ctx, people):
        for at, what, by in people[row.person_id]:
            if _is_theirs(row, what, by):
                said = f"the e-mail address {what}" if by is FoundBy.EMAIL else f"the telephone number {in_words(what)}"
                hits[at].append(_hit(row, by, said))
    return {at: _best(own) for at, own in hits.items()}


def _is_theirs(row: Any, what: str, by: FoundBy) -> bool:
    if by is FoundBy.EMAIL:
        return bool(row.email.lower() == what)
    return what in {same_number(row.mobile), same_number(row.phone)}


def _with_words(ctx: Context, subject: Subject, words: Iterable[str]) -> Iterator[tuple[int, str]]:
    """The records of one kind that have any of these words whole, each with the word."""
    for chunk in in_chunks(sorted(words)):
        there = select(SearchWord.subject_id, SearchWord.word)
        for row in ctx.session.execute(there.where(SearchWord.subject == subject, SearchWord.word.in_(chunk))):
            yield row.subject_id, row.word


def _accounts_of(ctx: Context, person_ids: Iterable[int]) -> Iterator[Any]:
    """The accounts of the tenancies that people hold, the main ones first."""
    for chunk in in_chunks(sorted(person_ids)):
        rows = _people().where(Person.id.in_(chunk), holds(ctx.clock.today()))
        yield from sorted(ctx.session.execute(rows), key=_live_first)


def _lived_at(ctx: Context, property_ids: Iterable[int]) -> Iterator[Any]:
    """Everybody who holds or held a tenancy of these properties, with its account, the live ones first."""
    for chunk in in_chunks(sorted(property_ids)):
        rows = _people().add_columns(Property.address_1, Property.id.label("place"))
        rows = rows.join(Property, Property.id == Tenancy.property_id).where(Property.id.in_(chunk))
        yield from sorted(ctx.session.execute(rows), key=_live_first)


def _people() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Account.id,
            Account.kind,
            Tenancy.end_on,
            Tenancy.start_on,
            Person.id.label("person_id"),
            Person.last_name,
            Person.email,
            Person.mobile,
            Person.phone,
        )
        .join(Tenancy, Tenancy.id == Account.tenancy_id)
        .join(Tenant, Tenant.tenancy_id == Tenancy.id)
        .join(Person, Person.id == Tenant.person_id)
        .where(Person.merged_into_id.is_(None), Account.kind != AccountKind.CONTROL)
    )


def _live_first(row: Any) -> tuple[bool, int, int, int]:
    """Of what is live the home first; of what has ended the last."""
    ended = row.end_on is not None
    return ended, 0 if not ended else -row.start_on.toordinal(), main_kind_order(row.kind), row.id


def _hit(row: Any, by: FoundBy, words: str) -> Hit:
    ended = row.end_on is not None
    return Hit(row.id, by, words, row.person_id, main_kind_order(row.kind) + (len(AccountKind) if ended else 0))


def _best(hits: Sequence[Hit]) -> Hit:
    """The first, with how many others of its rank fit as well."""
    first = hits[0]
    return replace(first, others=len({each.account_id for each in hits if each.rank == first.rank}) - 1)
