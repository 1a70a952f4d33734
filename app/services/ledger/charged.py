"""What was charged, week by week, as the ledger's own lines say: the charge runs, their corrections, what was reversed of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import aliased

from app.models.accounts import Account
from app.models.ledger import Entry, Journal
from app.models.values import AccountKind, JournalKind
from app.services.core.calendars import WEEK
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.ledger.controls import CONTRA
from app.services.ledger.sql import AnySelect

_CHARGES: Final = (JournalKind.CHARGE_CORRECTION, JournalKind.CHARGE_RUN)
_VOID: Final = re.compile(r"Void (?P<ref>.+?)(?:, (?:\d/7 of -?£\d+\.\d\d|put right))?")
_FEW: Final = 50
_TAKEN_BACK: Final = aliased(Journal)
"""Of a reversal, the journal that it takes back."""


@dataclass(frozen=True, slots=True)
class Charged:
    """What the lines of one code come to on an account in a rent week (its Monday), in pence; of a void, on its property.

    `effective_on` is the first day that one of the lines belongs to.
    """

    account_id: int
    code: str
    week: date
    pence: int
    effective_on: date
    property_ref: str = ""


def charged(ctx: Context, account_ids: Collection[int], first: date, last: date) -> Iterator[Charged]:
    """What was charged to accounts in the weeks from Monday `first` to Monday `last`."""
    for chunk in in_chunks(sorted(account_ids)):
        statement = _lines(first, last).add_columns(func.sum(Entry.pence), func.min(Entry.effective_on))
        statement = statement.where(Entry.account_id.in_(chunk)).group_by(Entry.account_id, Entry.code, Entry.rent_week)
        for account_id, code, week, pence, on in ctx.session.execute(statement):
            yield Charged(account_id, code, week, pence, on)


def put_right(ctx: Context, account_id: int, first: date, last: date) -> dict[tuple[str, date], int]:
    """Of what was charged to an account by code and week, the pence that corrections added to the charge runs' own lines."""
    corrects = JournalKind.CHARGE_CORRECTION
    statement = (
        _lines(first, last)
        .add_columns(func.sum(Entry.pence))
        .where(Entry.account_id == account_id, or_(Journal.kind == corrects, _TAKEN_BACK.kind == corrects))
        .group_by(Entry.account_id, Entry.code, Entry.rent_week)
    )
    return {(code, week): int(pence) for _account, code, week, pence in ctx.session.execute(statement)}


def charged_in_all(ctx: Context, monday: date) -> dict[int, int]:
    """What each account of a tenant was charged in the week of a Monday, all codes together, in pence."""
    statement = (
        _lines(monday, monday)
        .with_only_columns(Entry.account_id, func.sum(Entry.pence))
        .join(Account, Account.id == Entry.account_id)
        .where(Account.kind != AccountKind.CONTROL)
        .group_by(Entry.account_id)
    )
    return {account_id: int(pence) for account_id, pence in ctx.session.execute(statement)}


def charged_to_void(
    ctx: Context, controls: Collection[int], property_refs: Collection[str], first: date, last: date
) -> Iterator[Charged]:
    """What was charged for void properties to the void control accounts `controls`: their lines name the property."""
    wanted = frozenset(property_refs)
    statement = (
        _lines(first, last)
        .add_columns(Entry.pence, Entry.effective_on, Entry.narrative)
        .where(Entry.account_id.in_(sorted(controls)))
    )
    if len(wanted) <= _FEW:
        statement = statement.where(or_(*(_names(ref) for ref in sorted(wanted))))
    for account_id, code, week, pence, on, narrative in ctx.session.execute(statement):
        said = _VOID.fullmatch(narrative)
        if said and said["ref"] in wanted:
            yield Charged(account_id, code, week, pence, on, said["ref"])


def _names(property_ref: str) -> ColumnElement[bool]:
    words = f"Void {property_ref}"
    return or_(Entry.narrative == words, Entry.narrative.startswith(f"{words}, ", autoescape=True))


def _lines(first: date, last: date) -> AnySelect:
    """The lines of charge runs, corrections and their reversals in some weeks; every line lies in its own week."""
    return (
        select(Entry.account_id, Entry.code, Entry.rent_week)
        .join(Journal, Journal.number == Entry.journal)
        .outerjoin(_TAKEN_BACK, _TAKEN_BACK.number == Journal.reverses)
        .where(
            Entry.effective_on >= first,
            Entry.effective_on < last + WEEK,
            Entry.rent_week >= first,
            Entry.rent_week <= last,
            Entry.code != CONTRA,
            or_(
                Journal.kind.in_(_CHARGES),
                and_(Journal.kind == JournalKind.REVERSAL, _TAKEN_BACK.kind.in_(_CHARGES)),
            ),
        )
    )
