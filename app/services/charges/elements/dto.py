"""Setting what a code costs from a day on, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.models.values import ZERO, Money
from app.services.charges.dto import Span
from app.services.core.changes import Changes


@dataclass(frozen=True, slots=True)
class Dated:
    """An amount a charge week, VAT included, for the days of a span."""

    weekly: Money
    span: Span


@dataclass(frozen=True, slots=True)
class SetCharge:
    """What a code costs an account from a day on: added, changed or ended.

    Attributes:
        weekly: pounds a charge week, VAT included; None ends the charge: the day before `from_on` is its last.
        from_on: the first day of it; in the past the weeks that were charged are put right.
        to_on: its last day, where it has one.
        reason: why, for the journal, the request and the rent notice; names no person.
        excuse: why it stands without a valid notice, where one is needed and can't be given any more.
        for_property: the property is let at it too, from the same day.
        notify: a rent notice goes out.
    """

    account_id: int
    code: str
    weekly: Money | None
    from_on: date
    to_on: date | None = None
    reason: str = ""
    excuse: str = ""
    for_property: bool = False
    notify: bool = True


@dataclass(frozen=True, slots=True)
class ChargeSet:
    """What setting a charge did.

    Attributes:
        journal: the journal that put the charged weeks right, if any differed.
        adjusted: what it comes to on the account; a debit where too little was charged.
        request_id: it is above the officer's limit and waits for approval: nothing was changed yet.
        letter_id: the rent notice that was made.
        told: what was done, as a sentence.
    """

    account_id: int
    told: str
    changes: Changes
    journal: int | None = None
    adjusted: Money = ZERO
    request_id: int | None = None
    letter_id: int | None = None


@dataclass(frozen=True, slots=True)
class SetPropertyCharge:
    """What a property is let at from a day on; as of `SetCharge`."""

    property_id: int
    code: str
    weekly: Money | None
    from_on: date
    to_on: date | None = None


@dataclass(frozen=True, slots=True)
class ElementRow:
    """A dated charge as it is listed."""

    code: str
    what: str
    weekly: Money
    from_on: date
    to_on: date | None
    in_force: bool


@dataclass(frozen=True, slots=True)
class CodeChoice:
    """A charge code that may be set, with what it costs now, if it is charged."""

    code: str
    what: str
    weekly: Money | None = None


@dataclass(frozen=True, slots=True)
class ChargeForm:
    """What the sheet of a charge begins with.

    Attributes:
        codes: those that are charged first, then the others by name.
        rows: every dated charge, by code and then the latest first.
        first_day: the Monday from which a notice posted today would be in time.
        charged_to: the last day of the last week that was charged.
    """

    account_id: int
    codes: tuple[CodeChoice, ...]
    rows: tuple[ElementRow, ...]
    first_day: date
    charged_to: date | None
    property_id: int
    property_ref: str


@dataclass(frozen=True, slots=True)
class RentNoticeWanted:
    """A rent notice on demand; `why` explains a change, in the letter."""

    account_id: int
    why: str = ""
