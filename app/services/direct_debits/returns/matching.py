"""Which mandate, which collection and which run the items of a report are of: a fixed number of statements for a report."""

from __future__ import annotations

from collections.abc import Collection as Many
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Row, func, select

from app.models.direct_debits.mandates import Mandate, MandateBank
from app.models.direct_debits.reports import BankReport, BankReportItem
from app.models.direct_debits.schedules import Collection
from app.models.values import CollectionState, Money, ReportItemState
from app.services.bacs.rules import bacs_text
from app.services.core.calendars import WorkingDays
from app.services.core.chunks import in_chunks
from app.services.core.closures import bacs_days
from app.services.core.context import Context
from app.services.diary.keeping import written
from app.services.direct_debits.mandates import keeping as mandates

_SENT: Final = (
    CollectionState.IN_RUN,
    CollectionState.POSTED,
    CollectionState.RETURNED,
    CollectionState.CLAIMED,
)
_NOT_POSTED: Final = {
    CollectionState.IN_RUN: "isn't on the accounts yet",
    CollectionState.RETURNED: "came back unpaid, and is off the accounts already",
    CollectionState.CLAIMED: "was claimed back before",
}
_MOST_CANDIDATES: Final = 6


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an item says of the mandate and the collection that it is of.

    Attributes:
        place: of the item, by which the answer is told.
        returned: it is of a collection, so `pence` and `original_on` (its processing day) count.
    """

    place: int
    reference: str
    fingerprint: str
    returned: bool = False
    pence: int | None = None
    original_on: date | None = None


@dataclass(frozen=True, slots=True)
class Matched:
    """The mandate and collection of an item, or why one isn't found, as a sentence."""

    mandate_id: int | None = None
    collection_id: int | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Claimed:
    """What a claim names: collections on the accounts, each with its pence; and others, each with why not, as a sentence."""

    parts: tuple[tuple[int, int], ...]
    others: Mapping[int, str]


def match(ctx: Context, wanted: Sequence[Wanted]) -> dict[int, Matched]:
    """The mandate of each item: by its reference, else by the bank account; and of a return its collection, by place."""
    by_reference = _by_reference(ctx, {tidy(each.reference) for each in wanted} - {""})
    unknown = {each.fingerprint for each in wanted if tidy(each.reference) not in by_reference and each.fingerprint}
    by_bank = _by_fingerprint(ctx, unknown)
    possible = {each.place: _possible(each, by_reference, by_bank) for each in wanted}
    returned = {each.place for each in wanted if each.returned}
    sent = _sent(ctx, {one for place in returned for one in possible[place]})
    told = _told_of(ctx, {row.id for rows in sent.values() for row in rows})
    bacs = bacs_days(ctx.policy, ctx.clock.today())
    found: dict[int, Matched] = {}
    for each in wanted:
        found[each.place] = one = _settled(each, possible[each.place], sent, told, bacs)
        if one.collection_id is not None:
            told[one.collection_id] = ctx.clock.today()
    return found


def tidy(reference: str) -> str:
    """A reference as mandates have it, as Bacs writes it: upper case, single spaces."""
    return " ".join(bacs_text(reference).split())


def candidates(ctx: Context, item: BankReportItem) -> list[tuple[int, str]]:
    """The mandates that an unmatched item may be of, the likeliest first, each with why it is thought so."""
    found: dict[int, str] = {}
    if item.fingerprint:
        for mandate_id in _by_fingerprint(ctx, {item.fingerprint}).get(item.fingerprint, ()):
            found.setdefault(mandate_id, "The same bank account")
    if item.pence:
        same = select(Collection.mandate_id).where(Collection.pence == item.pence, Collection.state.in_(_SENT))
        if item.original_on is not None:
            same = same.where(Collection.due_on == entry_of(bacs_days(ctx.policy, ctx.clock.today()), item.original_on))
        for mandate_id in ctx.session.scalars(same.order_by(Collection.id.desc()).limit(_MOST_CANDIDATES)):
            found.setdefault(mandate_id, f"{Money(item.pence)} was collected then")
    if item.last_two and item.payer_name.strip():
        name = item.payer_name.strip().lower()
        alike = (
            select(Mandate.id)
            .join(MandateBank, MandateBank.mandate_id == Mandate.id)
            .where(MandateBank.last_two == item.last_two, func.lower(MandateBank.holder) == name)
        )
        for mandate_id in ctx.session.scalars(alike.order_by(Mandate.id.desc()).limit(_MOST_CANDIDATES)):
            found.setdefault(mandate_id, "The same name and last two digits")
    return list(found.items())[:_MOST_CANDIDATES]


def claimed(ctx: Context, mandate_id: int, named: Sequence[tuple[date | None, int | None]]) -> Claimed:
    """The collections that a claim names; a day may be that of processing or of entry.

    Only what is on the accounts is claimed back: one that came back, is claimed already or isn't posted yet is told.
    """
    rows = sorted(_sent(ctx, [mandate_id]).get(mandate_id, []), key=lambda row: row.state is not CollectionState.POSTED)
    bacs = bacs_days(ctx.policy, ctx.clock.today())
    parts: dict[int, int] = {}
    others: dict[int, str] = {}
    for on, pence in named:
        for row in rows:
            days = {row.due_on, bacs.add(row.due_on, -1)}
            known = row.id in parts or row.id in others
            if known or not (on is None or on in days) or not (pence is None or pence == row.pence):
                continue
            if row.state is CollectionState.POSTED:
                parts[row.id] = row.pence
            else:
                others[row.id] = f"{Money(row.pence)} of {written(row.due_on)} {_NOT_POSTED[row.state]}."
            break
    return Claimed(tuple(parts.items()), others)


def entry_of(bacs: WorkingDays, processing_on: date) -> date:
    """The entry day of a processing day: the working day of Bacs after it (bacs.md 4)."""
    return bacs.add(processing_on, 1)


def _by_reference(ctx: Context, references: Many[str]) -> dict[str, int]:
    return {asked: row.id for asked, row in mandates.by_reference(ctx, references).items()}


def _by_fingerprint(ctx: Context, fingerprints: Many[str]) -> dict[str, tuple[int, ...]]:
    found = mandates.by_fingerprint(ctx, fingerprints)
    return {mark: tuple(row.id for row in rows) for mark, rows in found.items()}


def _possible(each: Wanted, by_reference: Mapping[str, int], by_bank: Mapping[str, tuple[int, ...]]) -> tuple[int, ...]:
    known = by_reference.get(tidy(each.reference))
    return (known,) if known is not None else by_bank.get(each.fingerprint, ())


def _sent(ctx: Context, mandate_ids: Many[int]) -> dict[int, list[Row[*tuple[Any, ...]]]]:
    """What was sent of some mandates, the latest first."""
    found: dict[int, list[Row[*tuple[Any, ...]]]] = {}
    columns = (Collection.id, Collection.mandate_id, Collection.due_on, Collection.pence, Collection.state)
    for chunk in in_chunks(sorted(mandate_ids)):
        rows = select(*columns, Collection.returned_on).where(
            Collection.mandate_id.in_(chunk), Collection.state.in_(_SENT)
        )
        for row in ctx.session.execute(rows.order_by(Collection.due_on.desc(), Collection.id.desc())):
            found.setdefault(row.mandate_id, []).append(row)
    return found


def _told_of(ctx: Context, collections: Many[int]) -> dict[int, date]:
    """The day of the report in which a collection is told of already, by an item that isn't set aside."""
    found: dict[int, date] = {}
    for chunk in in_chunks(sorted(collections)):
        rows = (
            select(BankReportItem.collection_id, BankReport.read_at)
            .join(BankReport, BankReport.id == BankReportItem.report_id)
            .where(
                BankReportItem.collection_id.in_(chunk),
                BankReportItem.state.in_((ReportItemState.PROPOSED, ReportItemState.APPLIED)),
            )
        )
        found.update({one: read_at.date() for one, read_at in ctx.session.execute(rows) if one is not None})
    return found


def _settled(
    each: Wanted,
    possible: tuple[int, ...],
    sent: Mapping[int, list[Row[*tuple[Any, ...]]]],
    told: Mapping[int, date],
    bacs: WorkingDays,
) -> Matched:
    if not possible:
        return Matched(why="No mandate has this reference or this bank account.")
    if not each.returned:
        if len(possible) == 1:
            return Matched(possible[0])
        return Matched(why=f"{len(possible)} mandates are on this bank account: choose one.")
    fitting = [row for one in possible for row in _fitting(each, sent.get(one, ()), bacs)]
    fresh = [row for row in fitting if row.id not in told and row.state in _SENT[:2]]
    if len({row.mandate_id for row in fresh}) == 1:
        return Matched(fresh[0].mandate_id, fresh[0].id)
    if fresh:
        return Matched(why=f"{len(fresh)} mandates on this bank account have such a collection: choose one.")
    mandate_id = possible[0] if len(possible) == 1 else None
    return Matched(mandate_id, why=_why_none(each, fitting, told))


def _fitting(each: Wanted, rows: Iterable[Row[*tuple[Any, ...]]], bacs: WorkingDays) -> list[Row[*tuple[Any, ...]]]:
    """The collections of a mandate of that amount and day; of that amount alone where the report names no day."""
    same = [row for row in rows if row.pence == each.pence]
    if each.original_on is None:
        return same[:1]
    return [row for row in same if row.due_on == entry_of(bacs, each.original_on)]


def _why_none(each: Wanted, fitting: Sequence[Row[*tuple[Any, ...]]], told: Mapping[int, date]) -> str:
    if each.pence is None:
        return "The report gives no amount for it."
    what = f"The collection of {Money(each.pence)}"
    for row in fitting:
        if row.state is CollectionState.RETURNED:
            on = f" on {written(row.returned_on)}" if row.returned_on is not None else ""
            return f"{what} due {written(row.due_on)} was returned already{on}."
        if row.state is CollectionState.CLAIMED:
            return f"{what} due {written(row.due_on)} was claimed back already."
        if row.id in told:
            return f"{what} due {written(row.due_on)} is in a report read on {written(told[row.id])} already."
    on = f" with the processing day {written(each.original_on)}" if each.original_on is not None else ""
    return f"No collection of {Money(each.pence)}{on} was sent on this mandate."
