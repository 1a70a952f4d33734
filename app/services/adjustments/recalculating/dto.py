"""A charge that was wrong for some time, as it is asked about, worked out and shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.models.values import ZERO, Money
from app.services.adjustments.dto import NewLine, ReasonRow
from app.services.charges.elements.dto import CodeChoice, ElementRow
from app.services.core.effects import Effect
from app.services.documents.dto import NewFile


@dataclass(frozen=True, slots=True)
class Rate:
    """What a charge week should have cost from a day on, VAT included."""

    from_on: date
    weekly: Money


@dataclass(frozen=True, slots=True)
class Recalculation:
    """A charge was wrong from the day of its first rate to `to_on`, both included.

    Attributes:
        rates: what it should have been, each until the day before the next.
        reason: the key of an `AdjustmentReason`; empty while it is only looked at.
        note: in the officer's own words, also for whoever approves it.
        entry_key: the caller's own name for it: the same key never makes two.
        files: the evidence, kept with the adjustment before it is submitted.
    """

    account_id: int
    code: str
    rates: tuple[Rate, ...]
    to_on: date
    reason: str = ""
    note: str = ""
    entry_key: str = ""
    files: tuple[NewFile, ...] = ()

    @property
    def from_on(self) -> date:
        """The first day that was wrong."""
        return self.rates[0].from_on


@dataclass(frozen=True, slots=True)
class WeekWorked:
    """What a code of a rent week (its Monday) should have come to, was charged and was put right to already.

    Attributes:
        name: the week as officers say it: `week 53 of 2024-25`.
        charged: by the charge run.
        put_right: by corrections since; a debit is positive.
        effective_on: the first day that it belongs to.
        steps: how it is worked out, a sentence each.
    """

    week: date
    name: str
    code: str
    should: Money
    charged: Money
    put_right: Money
    effective_on: date
    steps: tuple[str, ...]

    @property
    def was(self) -> Money:
        """What stands on the account for the week."""
        return self.charged + self.put_right

    @property
    def difference(self) -> Money:
        """What puts it right: a debit where too little was charged."""
        return self.should - self.was


@dataclass(frozen=True, slots=True)
class Proposal:
    """A recalculation worked out.

    Attributes:
        weeks: every week that was charged, also those that were right; with VAT two rows a week.
        lines: what is to be posted.
        effects: what submitting it does, for the panel beside the form.
    """

    weeks: tuple[WeekWorked, ...]
    lines: tuple[NewLine, ...]
    effects: tuple[Effect, ...]

    @property
    def difference(self) -> Money:
        """What it comes to; a debit where too little was charged."""
        return sum((each.difference for each in self.weeks), ZERO)


@dataclass(frozen=True, slots=True)
class RecalculationForm:
    """What the sheet begins with.

    Attributes:
        account: the account in words.
        codes: those that are charged first, then the others by name.
        rows: every dated charge as it is recorded, by code and then the latest first.
        charged_from, charged_to: the first and last day of the weeks that were charged; None where none was.
        reasons: those that fit.
    """

    account_id: int
    account: str
    codes: tuple[CodeChoice, ...]
    rows: tuple[ElementRow, ...]
    charged_from: date | None
    charged_to: date | None
    reasons: tuple[ReasonRow, ...]
