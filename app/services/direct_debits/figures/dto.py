"""The figures of Direct Debit: what stands today, what comes and came, and who might pay by it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.models.values import ZERO, MandateState, Money, PaymentMethod


@dataclass(frozen=True, slots=True)
class Sum:
    """How many collections, and what they come to."""

    count: int = 0
    total: Money = ZERO


@dataclass(frozen=True, slots=True)
class DayOfCollections:
    """What is planned for one day on which money moves.

    Attributes:
        again: how many are presented again.
    """

    on: date
    count: int
    again: int
    total: Money


@dataclass(frozen=True, slots=True)
class ReasonReturned:
    """What came back for one reason: the code of the bank's report and its meaning."""

    code: str
    words: str
    count: int
    total: Money


@dataclass(frozen=True, slots=True)
class MonthCollected:
    """What was posted and what came back in a month, named by its first day."""

    month_on: date
    collected: Sum
    returned: Sum

    @property
    def share(self) -> float | None:
        """How many per cent of the collections came back; None where nothing was collected."""
        return 100 * self.returned.count / self.collected.count if self.collected.count else None


@dataclass(frozen=True, slots=True)
class TakeUp:
    """How many rent accounts a mandate paid at the end of a day.

    Attributes:
        accounts: rent accounts of tenancies that were current then: the denominator.
        paying: those of them that a live mandate paid, each once: the numerator.
    """

    on: date
    paying: int
    accounts: int

    @property
    def rate(self) -> float | None:
        """Per cent; None where there was no account."""
        return 100 * self.paying / self.accounts if self.accounts else None


@dataclass(frozen=True, slots=True)
class MandateToSee:
    """A mandate that somebody should look at.

    Attributes:
        payer: the name, or `Restricted`.
        since: the day from which it stands as it does; of one that will be dormant, the last day that the bank saw it.
        until: of a suspended one the day by which somebody looks, if there is one; of the other the day it lapses.
        why: as its history says.
    """

    mandate_id: int
    account_id: int
    reference: str
    account: str
    payer: str
    state: MandateState
    since: date
    until: date | None
    why: str


@dataclass(frozen=True, slots=True)
class OwingAccount:
    """An account of a current tenancy that owes, and that no mandate pays; the name is `Restricted` where the record is."""

    account_id: int
    reference: str
    name: str
    balance: Money
    method: PaymentMethod


@dataclass(frozen=True, slots=True)
class Standing:
    """How many there are of what the cards name.

    Attributes:
        live: mandates that are paid by (`mandates.rules.LIVE`).
        lodged: those that the bank has and may still return.
        waiting: mandates with an instruction that waits for a run, or is in one that isn't sent.
        suspended: all that are.
        left_alone: those of them that the list of mandates left suspended has.
        dormant_soon: those that lapse within `soon_months` months.
        overdue: planned collections that no run takes any more, as the list Overdue has them.
        owing: accounts that owe and that no mandate pays, with the sum.
    """

    live: int
    lodged: int
    waiting: int
    suspended: int
    left_alone: int
    dormant_soon: int
    soon_months: int
    overdue: Sum
    owing: Sum


@dataclass(frozen=True, slots=True)
class DebitFigures:
    """All figures of the area.

    Attributes:
        as_at: the day that they were counted on.
        from_on, to_on: the days that the months are of, both included.
        days: the next days on which something is collected, the nearest first.
        returned: what came back this month by reason, the most first.
        left_alone, dormant_soon, owing: as many as are listed; `standing` has all counted.
    """

    as_at: date
    from_on: date
    to_on: date
    standing: Standing
    days: tuple[DayOfCollections, ...]
    returned: tuple[ReasonReturned, ...]
    months: tuple[MonthCollected, ...]
    take_up: tuple[TakeUp, ...]
    left_alone: tuple[MandateToSee, ...]
    dormant_soon: tuple[MandateToSee, ...]
    owing: tuple[OwingAccount, ...]


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A record of a run's file as it is shown, digits of bank accounts masked.

    Attributes:
        number: from 1, with the labels.
        text: 80, 100 or 106 characters.
        words: what it is.
        place: of the line of the run that it carries; None of labels and contra records.
    """

    number: int
    text: str
    words: str
    place: int | None


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """A day on which Bacs might process a run.

    Attributes:
        on: the processing day; `submit_on` the last day to send for it, `entry_on` the day on which money moves; both are
            the day itself where Bacs doesn't work.
        why_not: why no file can be processed then, such as `Christmas Day` or `Too late to send`; empty where one can.
        planned: the collections that are planned for its entry day.
    """

    on: date
    submit_on: date
    entry_on: date
    why_not: str
    planned: Sum


@dataclass(frozen=True, slots=True)
class RunsWaiting:
    """The runs that wait for one step, such as `To send`.

    Attributes:
        number, run_id: of the one that can wait the shortest.
        on: the day by which its file is sent, or on which its money moves.
        late: that day has passed.
    """

    title: str
    count: int
    number: int
    run_id: int
    on: date
    late: bool
