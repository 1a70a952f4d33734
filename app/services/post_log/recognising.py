"""The account that a letter, e-mail or call is about, from whatever it says of itself.

Looked for in this order, the surest first: a payment or tenancy reference, the sender's e-mail address or telephone
number, a name or an address beside its postcode, a payment reference with one slip in it (its check digits are wrong),
and, for a single item, a name that only one person has. A restricted account is found by its reference only. What is
found is a guess: whoever logs it marks the field in `NewItem.guessed`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Select, select

from app.models.accounts import Account
from app.models.landlord import Landlord
from app.models.people import Person
from app.models.properties import Property
from app.models.search import SearchWord
from app.models.tenancies import Tenancy, Tenant
from app.models.values import AccountKind, Subject
from app.services.core import access
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.finding import matching_ids
from app.services.core.folding import LONGEST_WORD, fold
from app.services.core.phones import in_words, same_number, spellings
from app.services.core.tenants import holds
from app.services.post_log import rules
from app.services.post_log.dto import Clues, FoundBy, Guess
from app.services.rent.rules import main_kind_order, misread

_ONE: Final = 1
_MOST_MISREAD: Final = 4
_FULL_NAME: Final = 2


@dataclass(frozen=True, slots=True)
class _Hit:
    account_id: int
    by: FoundBy
    words: str
    person_id: int | None = None
    others: int = 0


_Many = Mapping[int, Clues]


def account_in(ctx: Context, clues: Clues) -> Guess | None:
    """The account that one item is likely about, or None."""
    hits = _hits(ctx, {0: clues})
    if not hits and (hit := _by_name(ctx, clues)):
        hits = {0: hit}
    return _named(ctx, hits).get(0)


def accounts_in(ctx: Context, many: Sequence[Clues]) -> list[Guess | None]:
    """The account that each of many items is likely about, in a few statements for all of them."""
    found = _named(ctx, _hits(ctx, dict(enumerate(many))))
    return [found.get(at) for at in range(len(many))]


def _hits(ctx: Context, many: _Many) -> dict[int, _Hit]:
    found: dict[int, _Hit] = {}
    steps: tuple[Callable[[Context, _Many], dict[int, _Hit]], ...] = (_by_reference, _by_person, _by_place, _by_misread)
    for step in steps:
        left = {at: clues for at, clues in many.items() if at not in found}
        hits = step(ctx, left) if left else {}
        hidden = frozenset[int]() if step is _by_reference or not hits else access.restricted_accounts(ctx)
        found |= {at: hit for at, hit in hits.items() if hit.account_id not in hidden}
    return found


def _named(ctx: Context, hits: Mapping[int, _Hit]) -> dict[int, Guess]:
    """With the names of the accounts; of a restricted one only that it is."""
    rows: dict[int, Any] = {}
    hidden = access.restricted_accounts(ctx) if hits else frozenset[int]()
    for chunk in in_chunks(sorted({hit.account_id for hit in hits.values()})):
        columns = select(Account.id, Account.payment_reference, Account.name).where(Account.id.in_(chunk))
        rows.update((row.id, row) for row in ctx.session.execute(columns))
    return {
        at: Guess(
            hit.account_id,
            rows[hit.account_id].payment_reference or "",
            access.RESTRICTED_NAME if hit.account_id in hidden else rows[hit.account_id].name,
            hit.by,
            hit.words,
            hit.person_id,
            hit.others,
        )
        for at, hit in hits.items()
    }


# By reference


def _by_reference(ctx: Context, many: _Many) -> dict[int, _Hit]:
    numbers = {at: rules.numbers_in(_everything(clues)) for at, clues in many.items()}
    known = _references(ctx, {number for each in numbers.values() for number in each})
    found: dict[int, _Hit] = {}
    for at, own in numbers.items():
        hits = [known[number] for number in own if number in known]
        if hits:
            account_id, written, said = hits[0]
            others = len({each[0] for each in hits}) - _ONE
            found[at] = _Hit(account_id, FoundBy.REFERENCE, f"the {said} reference {written}", others=others)
    return found


def _references(ctx: Context, keys: Iterable[str]) -> dict[str, tuple[int, str, str]]:
    """The account of each payment or tenancy reference; of a tenancy it is the main account."""
    found: dict[str, tuple[int, str, str]] = {}
    for chunk in in_chunks(sorted(keys)):
        by_payment = select(Account.id, Account.reference_key, Account.payment_reference)
        for row in ctx.session.execute(by_payment.where(Account.reference_key.in_(chunk))):
            found[row.reference_key or ""] = row.id, row.payment_reference or "", "payment"
        by_tenancy = select(Account.id, Account.kind, Tenancy.ref, Tenancy.ref_key)
        by_tenancy = by_tenancy.join(Tenancy, Tenancy.id == Account.tenancy_id).where(Tenancy.ref_key.in_(chunk))
        for held in sorted(ctx.session.execute(by_tenancy), key=_main_first):
            found.setdefault(held.ref_key, (held.id, held.ref, "tenancy"))
    return found


def _by_misread(ctx: Context, many: _Many) -> dict[int, _Hit]:
    """By a number in the text that is one digit, or two neighbours, from one reference.

    Where the landlord's references have no check digits the name must be there too.
    """
    scheme = ctx.session.scalar(select(Landlord.reference_scheme).order_by(Landlord.id)) or "none"
    meant: dict[str, dict[int, str]] = defaultdict(dict)
    for at, clues in many.items():
        phones = {number.replace("+44", "0") for number in rules.telephones_in(_everything(clues))}
        numbers = rules.misread_numbers(rules.numbers_in(_everything(clues)), scheme)
        for number in [each for each in numbers if each not in phones][:_MOST_MISREAD]:
            for key in misread(number):
                meant[key].setdefault(at, number)
    hits: dict[int, list[tuple[Any, str]]] = defaultdict(list)
    for chunk in in_chunks(sorted(meant)):
        rows = select(Account.id, Account.reference_key, Account.payment_reference, Account.name)
        for row in ctx.session.execute(rows.where(Account.reference_key.in_(chunk))):
            for at, number in meant[row.reference_key].items():
                hits[at].append((row, number))
    return {
        at: _Hit(row.id, FoundBy.MISREAD, f"{number}, which is {row.payment_reference} but for one slip")
        for at, rows_there in hits.items()
        if len(rows_there) == _ONE
        for row, number in rows_there
        if scheme != "none" or _anybody_of(row.name, _folded(many[at]))
    }


def _anybody_of(name: str, folded: str) -> bool:
    return any(rules.is_named(word, folded) for word in name.split() if len(word) > _FULL_NAME and word.istitle())


# By person


def _by_person(ctx: Context, many: _Many) -> dict[int, _Hit]:
    """By the e-mail address or a telephone number that only one person with an account has."""
    people: dict[int, list[tuple[int, str, FoundBy]]] = defaultdict(list)
    wanted = _reached_by(many)
    for person_id, word in _with_words(ctx, Subject.PERSON, wanted):
        people[person_id] += wanted[word]
    hits: dict[int, list[_Hit]] = defaultdict(list)
    for row in _accounts_of(ctx, people):
        for at, what, by in people[row.person_id]:
            if _is_theirs(row, what, by):
                said = f"the e-mail address {what}" if by is FoundBy.EMAIL else f"the telephone number {in_words(what)}"
                hits[at].append(_Hit(row.id, by, said, row.person_id))
    return {at: _best(own) for at, own in hits.items()}


def _reached_by(many: _Many) -> dict[str, list[tuple[int, str, FoundBy]]]:
    """The e-mail addresses and telephone numbers of items, by the words under which people are found by them."""
    wanted: dict[str, list[tuple[int, str, FoundBy]]] = defaultdict(list)
    for at, clues in many.items():
        for email in rules.emails_in(f"{clues.address} {clues.text}"):
            wanted[fold(email)[:LONGEST_WORD]].append((at, email, FoundBy.EMAIL))
        for number in rules.telephones_in(f"{clues.address}\n{clues.text}"):
            for spelling in spellings(number):
                wanted[spelling[:LONGEST_WORD]].append((at, number, FoundBy.TELEPHONE))
    return wanted


def _is_theirs(row: Any, what: str, by: FoundBy) -> bool:
    if by is FoundBy.EMAIL:
        return bool(row.email.lower() == what)
    return what in {same_number(row.mobile), same_number(row.phone)}


def _by_name(ctx: Context, clues: Clues) -> _Hit | None:
    """By a full name that only one person has."""
    if len(clues.sender.split()) < _FULL_NAME:
        return None
    people = matching_ids(ctx, Subject.PERSON, clues.sender, _FULL_NAME)
    if len(people) != _ONE:
        return None
    rows = list(_accounts_of(ctx, people))
    if not rows or rows[0].id in access.restricted_accounts(ctx):
        return None
    first = _Hit(rows[0].id, FoundBy.NAME, f"the name {clues.sender.strip()} alone", people[0])
    return _best([first, *(_Hit(row.id, FoundBy.NAME, "", people[0]) for row in rows[1:])])


def _accounts_of(ctx: Context, person_ids: Iterable[int]) -> Iterator[Any]:
    """The accounts of the tenancies that people hold, the main ones first."""
    for chunk in in_chunks(sorted(person_ids)):
        rows = _people().where(Person.id.in_(chunk), holds(ctx.clock.today()))
        yield from sorted(ctx.session.execute(rows), key=_live_first)


# By place


def _by_place(ctx: Context, many: _Many) -> dict[int, _Hit]:
    """By a last name, or the first line of an address, beside its postcode; the tenancy that is live, else the last."""
    wanted: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for at, clues in many.items():
        for postcode in rules.postcodes_in(_everything(clues)):
            wanted[fold(postcode).replace(" ", "")].append((at, postcode))
    places: dict[int, list[tuple[int, str]]] = {}
    for property_id, word in _with_words(ctx, Subject.PROPERTY, wanted):
        places.setdefault(property_id, []).extend(wanted[word])
    folded = {at: _folded(clues) for at, clues in many.items()}
    named: dict[int, list[_Hit]] = defaultdict(list)
    addressed: dict[int, list[_Hit]] = defaultdict(list)
    for ids in in_chunks(sorted(places)):
        rows = _people().add_columns(Property.address_1, Property.id.label("place"))
        rows = rows.join(Property, Property.id == Tenancy.property_id).where(Property.id.in_(ids))
        for row in sorted(ctx.session.execute(rows), key=_live_first):
            for at, postcode in places[row.place]:
                if rules.is_named(row.last_name, folded[at]):
                    said = f"the name {row.last_name} and the postcode {postcode}"
                    named[at].append(_Hit(row.id, FoundBy.NAME_AND_POSTCODE, said, row.person_id))
                elif rules.is_addressed(row.address_1, folded[at]):
                    said = f"the address {row.address_1}, {postcode}"
                    addressed[at].append(_Hit(row.id, FoundBy.ADDRESS, said))
    return {at: _best(own) for at, own in (addressed | named).items()}


# What they have in common


def _with_words(ctx: Context, subject: Subject, words: Iterable[str]) -> Iterator[tuple[int, str]]:
    """The records of one kind that have any of these words whole, each with the word."""
    for chunk in in_chunks(sorted(words)):
        there = select(SearchWord.subject_id, SearchWord.word)
        for row in ctx.session.execute(there.where(SearchWord.subject == subject, SearchWord.word.in_(chunk))):
            yield row.subject_id, row.word


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


def _main_first(row: Any) -> tuple[int, int]:
    return main_kind_order(row.kind), row.id


def _live_first(row: Any) -> tuple[bool, int, int, int]:
    return row.end_on is not None, -row.start_on.toordinal(), main_kind_order(row.kind), row.id


def _best(hits: Sequence[_Hit]) -> _Hit:
    """The first, with how many other accounts fit as well."""
    first = hits[0]
    others = len({each.account_id for each in hits}) - _ONE
    return _Hit(first.account_id, first.by, first.words, first.person_id, others)


def _everything(clues: Clues) -> str:
    return f"{clues.text}\n{clues.sender}\n{clues.address}"


def _folded(clues: Clues) -> str:
    return fold(_everything(clues))
