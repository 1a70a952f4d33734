"""What must be so of balances and history, and the lines that they post."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from app.models.values import CodeKind, JournalKind
from app.services.imports.dto import Problem, Table, row_number
from app.services.imports.values import fold
from app.services.landlord_load.dto import AccountKey, Known
from app.services.landlord_load.rules import sheet
from app.services.landlord_load.rules.sheet import Lettings, column, day, key, keys, owed

OPENING_CODE: Final = "ROB"
FURTHEST: Final = timedelta(days=31)
"""How far ahead of today the ledger takes a line."""
_RETURNED: Final = {"RDN", "RRC"}
"""Receipts that come back: a debit."""
_WORDS: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """A line to post on an account that is named by its key."""

    account: AccountKey
    code: str
    pence: int
    effective_on: date
    narrative: str


def account_keys(table: Table | None, lettings: Lettings) -> list[AccountKey | None]:
    """The account that each row of a sheet with `tenancy_ref` and `account` is about."""
    return [
        (place, lettings.kind(place, word)) if place is not None else None
        for place, word in zip(keys(table, "tenancy_ref"), column(table, "account"), strict=True)
    ]


def balance_faults(tables: Mapping[str, Table], known: Known, lettings: Lettings) -> Iterator[Problem]:
    """Tenancies that exist, one balance an account, days in the past, and history that adds up."""
    table = tables.get("Balances")
    if table is None:
        return
    places = keys(table, "tenancy_ref")
    yield from sheet.unknown(table, "tenancy_ref", places, lettings.main.keys(), "tenancy", "Tenancies")
    history = _history(tables, lettings)
    first: dict[AccountKey, int] = {}
    accounts = account_keys(table, lettings)
    rows = zip(table.rows, accounts, table.columns["amount"], table.columns["as_at"], strict=True)
    for row, account, amount, as_at in rows:
        if as_at is not None and as_at > known.today + FURTHEST:
            message = f"{day(as_at)} is too far ahead: a balance is as at a day that is over. Check the date."
            yield Problem(table.name, row, "as_at", message)
        if account is None:
            continue
        earlier = first.setdefault(account, row)
        if earlier != row:
            message = f"The {account[1]} account of {account[0]} has a balance in row {row_number(earlier)} already. Delete one."
            yield Problem(table.name, row, "account", message)
        elif amount is not None and as_at is not None:
            yield from _sum_fault(table, row, account, amount, as_at, history, known)


def balance_warnings(tables: Mapping[str, Table], known: Known) -> Iterator[Problem]:
    """Balances as at a day that isn't over."""
    days = {as_at for as_at in column(tables.get("Balances"), "as_at") if as_at is not None and as_at > known.today}
    for as_at in sorted(days):
        yield Problem("Balances", 0, "as_at", f"{day(as_at)} is still to come: there are balances as at that day.")


def transaction_faults(tables: Mapping[str, Table], known: Known, lettings: Lettings) -> Iterator[Problem]:
    """Tenancies that exist, days in the past, amounts whose side the code allows, nothing that an opening balance holds."""
    table = tables.get("Transactions")
    if table is None:
        return
    places = keys(table, "tenancy_ref")
    yield from sheet.unknown(table, "tenancy_ref", places, lettings.main.keys(), "tenancy", "Tenancies")
    columns = (table.columns[name] for name in ("code", "amount", "effective_on"))
    for row, account, code, amount, on in zip(table.rows, account_keys(table, lettings), *columns, strict=True):
        if on is not None and on > known.today + FURTHEST:
            yield Problem(table.name, row, "effective_on", f"{day(on)} is too far ahead. Check the date.")
        if code is not None and amount and (fault := _side_fault(code, amount, known)):
            yield Problem(table.name, row, "amount", fault)
        standing = known.accounts.get(account) if account else None
        if standing and standing.opened_by and on is not None and on <= standing.opened_by:
            message = (
                f"The opening balance of {day(standing.opened_by)} includes this line already. "
                "Only later lines can be added to this account."
            )
            yield Problem(table.name, row, "effective_on", message)


def plan_lines(
    tables: Mapping[str, Table], known: Known, lettings: Lettings
) -> dict[tuple[date, JournalKind], list[PlannedLine]]:
    """The lines to post, by accounting date and kind of journal, in date order.

    A balance is posted as an opening entry where its account has no history and nothing in the ledger; history is
    posted on its own days. A day in a closed period is accounted for on the first day after it.
    """
    planned: defaultdict[tuple[date, JournalKind], list[PlannedLine]] = defaultdict(list)
    table = tables.get("Transactions")
    with_history = set()
    clean = _cleaner(tables, known)
    names = ("code", "amount", "effective_on", "narrative")
    facts = zip(*(column(table, name) for name in names), strict=True)
    for account, (code, pence, on, narrative) in zip(account_keys(table, lettings), facts, strict=True):
        assert account is not None
        with_history.add(account)
        if pence:
            text = clean(account[0], narrative) if narrative else ""
            planned[_accounted(on, known), JournalKind.LOAD].append(PlannedLine(account, code, pence, on, text))
    table = tables.get("Balances")
    facts = zip(*(column(table, name) for name in ("amount", "as_at")), strict=True)
    for account, (pence, on) in zip(account_keys(table, lettings), facts, strict=True):
        assert account is not None
        standing = known.accounts.get(account)
        if pence and account not in with_history and not (standing and standing.posted):
            line = PlannedLine(account, OPENING_CODE, pence, on, "Balance brought forward")
            planned[_accounted(on, known), JournalKind.OPENING].append(line)
    return dict(sorted(planned.items()))


def file_sums(tables: Mapping[str, Table], known: Known, lettings: Lettings) -> dict[AccountKey, int]:
    """What the file says that it brings to each account: its balance and what came after, or its history."""
    history = _history(tables, lettings)
    sums = {account: sum(pence for _, pence in lines) for account, lines in history.items()}
    table = tables.get("Balances")
    facts = zip(column(table, "amount"), column(table, "as_at"), strict=True)
    for account, (pence, on) in zip(account_keys(table, lettings), facts, strict=True):
        if account is None or pence is None or on is None:
            continue
        standing = known.accounts.get(account)
        if not (standing and standing.posted):
            sums[account] = pence + sum(amount for when, amount in history.get(account, ()) if when > on)
    return sums


def _history(tables: Mapping[str, Table], lettings: Lettings) -> dict[AccountKey, list[tuple[date, int]]]:
    """Day and pence of each account's lines in the sheet Transactions."""
    table = tables.get("Transactions")
    found: defaultdict[AccountKey, list[tuple[date, int]]] = defaultdict(list)
    facts = zip(column(table, "effective_on"), column(table, "amount"), strict=True)
    for account, (on, pence) in zip(account_keys(table, lettings), facts, strict=True):
        if account is not None and on is not None and pence is not None:
            found[account].append((on, pence))
    return dict(found)


def _sum_fault(
    table: Table,
    row: int,
    account: AccountKey,
    amount: int,
    as_at: date,
    history: Mapping[AccountKey, list[tuple[date, int]]],
    known: Known,
) -> Iterator[Problem]:
    """Whether the history, with what the ledger has already, comes to the balance."""
    standing = known.accounts.get(account)
    posted = standing is not None and standing.posted
    if account not in history and not posted:
        return
    total = sum(pence for on, pence in history.get(account, ()) if on <= as_at)
    if posted and standing is not None:
        total += known.ledger_pence.get((standing.id, as_at), 0)
    if total == amount:
        return
    short = amount - total
    what = "The ledger with these lines" if posted else "The history"
    message = (
        f"{what} of the {account[1]} account of {account[0]} comes to {owed(total)} at {day(as_at)} and the balance is "
        f"{owed(amount)}: {owed(short)} is missing. Correct the balance or the lines"
        + ("." if posted else f"; what stood before the first line is a line of its own, with code {OPENING_CODE}.")
    )
    yield Problem(table.name, row, "amount", message)


def _side_fault(code: str, amount: int, known: Known) -> str:
    fact = known.codes[code]
    if fact.allows_negative:
        return ""
    if fact.kind is CodeKind.CHARGE and amount < 0:
        return f"{fact.name} ({code}) is a charge and may not be negative. Take the minus off, or use ADJ for an adjustment."
    if fact.kind is CodeKind.RECEIPT and amount > 0:
        return f"{fact.name} ({code}) is money in: write it with a minus or CR. One that came back has its own code, RDN or RRC."
    return ""


def _accounted(on: date, known: Known) -> date:
    if known.closed_to is not None and on <= known.closed_to:
        return known.closed_to + timedelta(days=1)
    return on


def _cleaner(tables: Mapping[str, Table], known: Known) -> Callable[[str, str], str]:
    """A function that takes the names of a tenancy's people out of a narrative: the ledger can never forget them."""
    people = {place: {fact.first_name, fact.last_name} for place, fact in known.people.items()}
    table = tables.get("People")
    for place, first, last in zip(
        keys(table, "person_ref"), column(table, "first_name"), column(table, "last_name"), strict=True
    ):
        if place is not None:
            people[place] = {first or "", last or ""}
    tenancies = tables.get("Tenancies")
    holders = dict(known.holders)
    for place, refs in zip(keys(tenancies, "tenancy_ref"), column(tenancies, "people"), strict=True):
        if place is not None:
            holders[place] = tuple(map(key, refs or ()))
    named: dict[str, set[str]] = {}
    for place, held_by in holders.items():
        names = set[str]().union(*(people.get(person, set()) for person in held_by))
        named[place] = {fold(part) for name in names for part in name.split() if len(part) > 2}

    def clean(tenancy: str, narrative: str) -> str:
        hidden = named.get(tenancy)
        if not hidden:
            return narrative
        return _WORDS.sub(lambda word: "…" if fold(word[0]) in hidden else word[0], narrative)

    return clean
