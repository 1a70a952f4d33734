"""Why a collection or an instruction may not go, with which code it goes, and where runs differ; no database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.models.values import BacsCode, CollectionKind, DebitRunState, LeftOut, MandateState, Money
from app.services.direct_debits.runs.dto import CODES

ORDER: Final[Mapping[BacsCode, int]] = {code: place for place, code in enumerate(CODES)}
"""Where the records of a code stand in a file: 0C before 0N and 0S; 01 before 17, 18 and 19."""
LIVE: Final = frozenset({DebitRunState.WAITING, DebitRunState.MADE, DebitRunState.SENT, DebitRunState.MATCHED})
"""What is in a run of these states can't be in another."""
DEAD: Final = frozenset({DebitRunState.WITHDRAWN, DebitRunState.CANCELLED, DebitRunState.REFUSED})
"""Nothing of a run of these states went, or counts as gone."""
MOST_DAYS: Final = 5
"""Processing days of one file."""
_STILL: Final = frozenset({MandateState.LODGED, MandateState.LIVE})
_WAITS: Final = frozenset({MandateState.NEW, MandateState.AMENDED})

Why = tuple[LeftOut, str]
"""A reason and its sentence."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a mandate and its accounts that may stop a collection or an instruction.

    Attributes:
        died: the payer, or everybody who holds the tenancy, as a sentence; empty if not.
        ended: an account whose tenancy has ended without an arrangement, as a sentence; empty if none.
        claim: the case in which the payer claims, as a sentence; empty if there is none.
        reference, bank: why these can't be put in a file; empty if they can.
    """

    state: MandateState
    state_why: str = ""
    died: str = ""
    ended: str = ""
    claim: str = ""
    reference: str = ""
    bank: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """A collection as far as whether it may go.

    Attributes:
        shares_pence: what its shares come to.
        collect_from: the first day on which the mandate may be collected.
        stopped: a hold that stops the arrears which are in it, as a sentence; empty if none does.
        unfit: why it may not go for want of notice, and that as a sentence.
        limit_pence: the most that one collection may be.
        again_by: of one that is presented again, the last day on which that may be.
        doubled: another mandate that collects for the same account, as a sentence; empty if none does.
    """

    due_on: date
    pence: int
    shares_pence: int
    collect_from: date | None
    stopped: str
    unfit: Why | None
    limit_pence: int
    doubled: str = ""
    again_by: date | None = None


def why_not_collect(standing: Standing, due: Due) -> Iterator[Why]:
    """Every reason why a collection may not go; none, if it may."""
    yield from _circumstances(standing)
    if due.doubled:
        yield LeftOut.OTHER_MANDATE, due.doubled
    if due.stopped:
        yield LeftOut.BREATHING_SPACE, due.stopped
    if standing.state in _WAITS:
        what = "new bank details haven't" if standing.state is MandateState.AMENDED else "mandate hasn't"
        yield LeftOut.NOT_LODGED, f"The {what} been lodged with the bank yet."
    elif standing.state not in _STILL:
        yield LeftOut.SUSPENDED, _not_live(standing)
    elif due.collect_from is not None and due.collect_from > due.due_on:
        yield LeftOut.NOT_LODGED, f"The bank may still return the instruction: collect from {spelt(due.collect_from)}."
    yield from _of_amount(due)
    yield from _unwritable(standing)


def _of_amount(due: Due) -> Iterator[Why]:
    """What is wrong with the collection itself: its notice, its day as one that is presented again, its amount."""
    if due.unfit is not None:
        yield due.unfit
    if due.again_by is not None and due.due_on > due.again_by:
        yield LeftOut.PAST_MONTH, f"It may be presented again up to {spelt(due.again_by)}, a month after it first was."
    if not due.pence:
        yield LeftOut.NOTHING_DUE, "There is nothing to collect."
    elif due.shares_pence != due.pence:
        split = Money(due.shares_pence)
        yield LeftOut.BAD_SHARES, f"Only {split} of {Money(due.pence)} is split over the accounts."
    if due.pence > due.limit_pence:
        yield LeftOut.ABOVE_LIMIT, f"One collection may be {Money(due.limit_pence)} at most."


def why_not_lodge(standing: Standing, code: BacsCode) -> Iterator[Why]:
    """Every reason why an instruction may not go; a cancellation goes unless it can't be written."""
    if code is not BacsCode.CANCEL:
        yield from _circumstances(standing)
        if standing.state not in _STILL | _WAITS:
            yield LeftOut.SUSPENDED, _not_live(standing)
    yield from _unwritable(standing)


def code_of(kind: CollectionKind, *, first: bool) -> BacsCode:
    """The code of a collection; `first`: the bank has seen none of this mandate yet."""
    if kind is CollectionKind.AGAIN:
        return BacsCode.AGAIN
    if first:
        return BacsCode.FIRST
    return BacsCode.FINAL if kind is CollectionKind.FINAL else BacsCode.REGULAR


def notice_words(reason: LeftOut, due_on: date, told: tuple[date | None, date | None, int | None]) -> str:
    """A want of notice as a sentence; `told`: the day of the notice, the day and the pence that it told of."""
    given, told_on, told_pence = told
    if reason is LeftOut.NO_NOTICE or given is None:
        return "The payer wasn't told of it, or the notice hasn't gone yet or came back."
    if reason is LeftOut.CHANGED_SINCE_NOTICE and told_on is not None and told_pence is not None:
        return f"The payer was told of {Money(told_pence)} on {spelt(told_on)}."
    return f"The notice counts from {spelt(given)}, too late for {spelt(due_on)}."


def declared_fault(count: int, total: Money, found_count: int, found: Money, what: str) -> str:
    """How what was declared differs from what is selected, as a sentence; empty if it doesn't."""
    if (count, total) == (found_count, found):
        return ""
    differs = []
    if count != found_count:
        differs.append(f"{abs(found_count - count):,} {'more' if found_count > count else 'fewer'}")
    if total != found:
        apart = found - total
        differs.append(f"{Money(abs(apart.pence))} {'more' if apart.pence > 0 else 'less'}")
    return (
        f"You declared {count:,} {what} of {total}; {found_count:,} of {found} are selected now: {', '.join(differs)}."
    )


def spelt(day: date) -> str:
    """A day as sentences have it."""
    return f"{day:%a} {day.day} {day:%b %Y}"


def _circumstances(standing: Standing) -> Iterator[Why]:
    if standing.died:
        yield LeftOut.DECEASED, standing.died
    if standing.ended:
        yield LeftOut.TENANCY_ENDED, standing.ended
    if standing.claim:
        yield LeftOut.CLAIM_OPEN, standing.claim


def _unwritable(standing: Standing) -> Iterator[Why]:
    if standing.reference:
        yield LeftOut.BAD_REFERENCE, standing.reference
    if standing.bank:
        yield LeftOut.BAD_DETAILS, standing.bank


def _not_live(standing: Standing) -> str:
    why = f": {standing.state_why}" if standing.state_why else ""
    return f"The mandate is {standing.state.value}{why}."
