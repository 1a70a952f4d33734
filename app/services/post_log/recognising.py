"""The account that a letter, e-mail or call is about, from whatever it says of itself.

Looked for in this order, the surest first: a payment or tenancy reference, the sender's e-mail address or telephone
number, a name or an address beside its postcode, an e-mail address or telephone number in the text, a payment reference
with one slip in it (its check digits are wrong), and, for a single item, a name that only one person has. A restricted
account is found by its reference only. What is found is a guess: whoever logs it marks the field in `NewItem.guessed`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final

from sqlalchemy import select

from app.models.accounts import Account
from app.models.landlord import Landlord
from app.models.tenancies import Tenancy
from app.services.core import access
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.post_log import resembling, rules
from app.services.post_log.dto import Clues, FoundBy, Guess
from app.services.post_log.resembling import Hit, Many, everything, folded
from app.services.rent.rules import main_kind_order, misread

_MOST_MISREAD: Final = 3
_SHORT: Final = 2
"""Words of a name up to this length are titles and initials."""


_Numbers = Mapping[int, tuple[str, ...]]


def account_in(ctx: Context, clues: Clues) -> Guess | None:
    """The account that one item is likely about, or None."""
    hits = _hits(ctx, {0: clues})
    if not hits and (hit := resembling.by_name(ctx, clues)):
        hits = {0: hit}
    return _named(ctx, hits).get(0)


def accounts_in(ctx: Context, many: Sequence[Clues]) -> list[Guess | None]:
    """The account that each of many items is likely about, in a few statements for all of them."""
    found = _named(ctx, _hits(ctx, dict(enumerate(many))))
    return [found.get(at) for at in range(len(many))]


def _hits(ctx: Context, many: Many) -> dict[int, Hit]:
    numbers = {at: rules.numbers_in(everything(clues)) for at, clues in many.items()}
    found = _by_reference(ctx, many, numbers)
    steps: tuple[Callable[[Context, Many], dict[int, Hit]], ...] = (
        resembling.by_sender,
        resembling.by_place,
        resembling.by_mention,
        partial(_by_misread, numbers=numbers),
    )
    hidden = access.restricted_accounts(ctx)
    for step in steps:
        left = {at: clues for at, clues in many.items() if at not in found}
        hits = step(ctx, left) if left else {}
        found |= {at: hit for at, hit in hits.items() if hit.account_id not in hidden}
    return found


def _named(ctx: Context, hits: Mapping[int, Hit]) -> dict[int, Guess]:
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


def _by_reference(ctx: Context, many: Many, numbers: _Numbers) -> dict[int, Hit]:
    """By the references in a text; where it names several accounts, that of the sender, else the first."""
    known = _references(ctx, {number for each in numbers.values() for number in each})
    named: dict[int, dict[int, Hit]] = {}
    for at, own in numbers.items():
        hits: dict[int, Hit] = {}
        for account_id, written, said in (known[number] for number in own if number in known):
            hits.setdefault(account_id, Hit(account_id, FoundBy.REFERENCE, f"the {said} reference {written}"))
        if hits:
            named[at] = hits
    several = {at: many[at] for at, hits in named.items() if len(hits) > 1}
    senders = resembling.by_sender(ctx, several) if several else {}
    found = {}
    for at, hits in named.items():
        theirs = hits.get(senders[at].account_id) if at in senders else None
        found[at] = theirs or replace(next(iter(hits.values())), others=len(hits) - 1)
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
        for held in sorted(ctx.session.execute(by_tenancy), key=lambda each: (main_kind_order(each.kind), each.id)):
            found.setdefault(held.ref_key, (held.id, held.ref, "tenancy"))
    return found


def _by_misread(ctx: Context, many: Many, *, numbers: _Numbers) -> dict[int, Hit]:
    """By a number in the text that is one digit, or two neighbours, from one reference.

    Where the landlord's references have no check digits the name must be there too.
    """
    scheme = ctx.session.scalar(select(Landlord.reference_scheme).order_by(Landlord.id)) or "none"
    meant: dict[str, dict[int, str]] = defaultdict(dict)
    for at, clues in many.items():
        wrong = rules.misread_numbers(numbers[at], scheme)
        phones = {each.replace("+44", "0") for each in rules.telephones_in(everything(clues))} if wrong else set()
        for number in [each for each in wrong if each not in phones][:_MOST_MISREAD]:
            for key in misread(number):
                meant[key].setdefault(at, number)
    hits: dict[int, list[tuple[Any, str]]] = defaultdict(list)
    for chunk in in_chunks(sorted(meant)):
        rows = select(Account.id, Account.reference_key, Account.payment_reference, Account.name)
        for row in ctx.session.execute(rows.where(Account.reference_key.in_(chunk))):
            for at, number in meant[row.reference_key or ""].items():
                hits[at].append((row, number))
    return {
        at: Hit(row.id, FoundBy.MISREAD, f"{number}, which is {row.payment_reference} but for one slip")
        for at, rows_there in hits.items()
        if len(rows_there) == 1
        for row, number in rows_there
        if scheme != "none" or _anybody_of(row.name, folded(many[at]))
    }


def _anybody_of(name: str, text: str) -> bool:
    """Whether a name of an account stands in a folded text."""
    return any(rules.is_named(word, text) for word in name.split() if len(word) > _SHORT and word.istitle())
