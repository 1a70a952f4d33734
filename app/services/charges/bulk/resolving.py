"""The rows of a spreadsheet as lines of a change: whose account each means, what it is now, what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, or_, select

from app.models.accounts import Account
from app.models.codes import TransactionCode
from app.models.properties import Property
from app.models.tenancies import Tenancy
from app.models.values import AccountKind
from app.services.charges.bulk import sql
from app.services.charges.bulk.dto import SheetLine
from app.services.charges.bulk.reading import NAME
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.imports.dto import Problem
from app.services.rent.rules import main_kind_order, reference_key


@dataclass(frozen=True, slots=True)
class Resolved:
    """Lines as they go into the table, and what is wrong with the other rows."""

    lines: tuple[dict[str, Any], ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Standing:
    """An account's charges in force on the day by code, the codes with a later amount, and whether notice was given."""

    amounts: Mapping[str, int]
    later: frozenset[str]
    leaving: bool


_NOTHING = _Standing({}, frozenset(), leaving=False)


def resolve(ctx: Context, rows: Iterable[SheetLine], on: date, codes: Mapping[str, TransactionCode]) -> Resolved:
    """Lines of (account_id, code, before_pence, after_pence, left_out); what stays as it is isn't a line."""
    wanted = list(rows)
    found = _accounts(ctx, {reference_key(row.reference) for row in wanted}, on)
    standing = _standing(ctx, {row.id for each in found.values() for row in each}, on)
    lines: dict[tuple[int, str], dict[str, Any]] = {}
    problems: list[Problem] = []
    for row in wanted:
        fault, line = _line(row, found.get(reference_key(row.reference), ()), standing, on, codes[row.code])
        if line is not None and (line["account_id"], row.code) in lines:
            fault = f"{row.reference} {row.code} is set by another row already, by another reference."
        if fault:
            problems.append(Problem(NAME, row.row, "reference", fault))
        elif line is not None and line["before_pence"] != line["after_pence"]:
            lines[line["account_id"], row.code] = line
    return Resolved(tuple(lines.values()), tuple(problems))


def _line(
    row: SheetLine,
    accounts: Iterable[Row[*tuple[Any, ...]]],
    standing: Mapping[int, _Standing],
    on: date,
    code: TransactionCode,
) -> tuple[str, dict[str, Any] | None]:
    charged = [each for each in accounts if each.start_on <= on and (each.end_on is None or each.end_on >= on)]
    if not charged:
        return f"There is no tenancy of {row.reference} that is charged on {on.day} {on:%b %Y}.", None
    if row.weekly is not None and row.weekly.pence < 0 and not code.allows_negative:
        return f"{code.name} ({code.code}) can't be a credit.", None
    with_code = [each for each in charged if row.code in standing.get(each.id, _NOTHING).amounts]
    account = min(with_code or charged, key=lambda each: (main_kind_order(each.kind), each.id))
    now = standing.get(account.id, _NOTHING)
    after = None if row.weekly is None else row.weekly.pence
    why = sql.LATER if row.code in now.later else sql.LEAVING if now.leaving else ""
    return "", {
        "account_id": account.id,
        "code": row.code,
        "before_pence": now.amounts.get(row.code),
        "after_pence": after,
        "left_out": why,
    }


def _accounts(ctx: Context, keys: set[str], on: date) -> dict[str, list[Row[*tuple[Any, ...]]]]:
    """The accounts that a payment reference, a tenancy's reference or a property's reference means."""
    found: dict[str, list[Row[*tuple[Any, ...]]]] = {}
    for chunk in in_chunks(sorted(keys), 300):
        statement = (
            select(
                Account.id,
                Account.kind,
                Account.reference_key,
                Tenancy.ref_key,
                Property.ref,
                Tenancy.start_on,
                Tenancy.end_on,
            )
            .join(Tenancy, Tenancy.id == Account.tenancy_id)
            .join(Property, Property.id == Tenancy.property_id)
            .where(
                Account.kind.not_in([AccountKind.CONTROL, AccountKind.FORMER_TENANT]),
                or_(Account.closed_on.is_(None), Account.closed_on >= on),
                or_(Account.reference_key.in_(chunk), Tenancy.ref_key.in_(chunk), Property.ref.in_(chunk)),
            )
        )
        for row in ctx.session.execute(statement):
            for key in _keys(row):
                if key in keys:
                    found.setdefault(key, []).append(row)
    return found


def _keys(row: Row[*tuple[Any, ...]]) -> Iterator[str]:
    yield from dict.fromkeys(key for key in (row.reference_key, row.ref_key, reference_key(row.ref)) if key)


def _standing(ctx: Context, account_ids: set[int], on: date) -> dict[int, _Standing]:
    amounts: dict[int, dict[str, int]] = {}
    later: dict[int, set[str]] = {}
    leaving: set[int] = set()
    for chunk in in_chunks(sorted(account_ids)):
        for row in ctx.session.execute(sql.standing(chunk, on)):
            if row.later:
                later.setdefault(row.account_id, set()).add(row.code)
            else:
                amounts.setdefault(row.account_id, {})[row.code] = row.amount_pence
            if row.leaving:
                leaving.add(row.account_id)
    every = amounts.keys() | later.keys()
    return {
        each: _Standing(amounts.get(each, {}), frozenset(later.get(each, ())), leaving=each in leaving)
        for each in every
    }
