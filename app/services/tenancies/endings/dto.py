"""Endings as they are noted, previewed, finished, taken back and listed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from app.models.values import ZERO, EndingState, EndReason, Money, VoidReason
from app.services.core.changes import Changes

REASONS = {
    EndReason.TENANT_NOTICE: "Tenant's notice",
    EndReason.TRANSFER: "Transfer to another home of ours",
    EndReason.MUTUAL_EXCHANGE: "Mutual exchange",
    EndReason.DEATH: "Death of the tenant",
    EndReason.ABANDONED: "Abandoned",
    EndReason.EVICTED: "Eviction",
    EndReason.NOTICE_TO_QUIT: "Our notice to quit",
    EndReason.RIGHT_TO_BUY: "Right to Buy completed",
    EndReason.TERM_ENDED: "Term came to its end",
    EndReason.SURRENDER: "Surrender",
    EndReason.SUCCESSION: "Succession",
    EndReason.ASSIGNMENT: "Assignment",
    EndReason.DECANT_OVER: "Decant is over",
    EndReason.OTHER: "Another reason",
}
"""What officers call each reason."""

STATES = {
    EndingState.NOTICE: "Notice given",
    EndingState.ENDED: "Ended",
    EndingState.WITHDRAWN: "Notice withdrawn",
    EndingState.REVERSED: "Reversed",
}
"""What officers call each state."""


class LateKeys(StrEnum):
    """What keys that come back late cost: another week's rent for each week begun, or nothing."""

    WEEK = "week"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Terms:
    """The policy that an ending is worked out by, as it stands on the day of the notice.

    Attributes:
        notice_days: how long before the last day the notice is given; 0 where none is asked for.
        whole_weeks: the tenancy ends with a rent week, on a Sunday.
        keys_hour: the hour of the day after the last by which the keys are due.
        late_keys: what happens when they come later.
    """

    notice_days: int
    whole_weeks: bool = True
    keys_hour: int = 12
    late_keys: LateKeys = LateKeys.WEEK


@dataclass(frozen=True, slots=True)
class Dates:
    """The days of an ending; moments are the office's own time.

    Attributes:
        notice_ends_on: the last day by the notice, or as it was agreed.
        keys_due_at: when the keys are due.
        late_weeks: weeks that late keys added.
        ends_on: the last day of the tenancy.
        by_policy: the last day that the notice would give by the policy; None where no notice is asked for.
    """

    notice_ends_on: date
    keys_due_at: datetime
    late_weeks: int
    ends_on: date
    by_policy: date | None = None


class Carry(StrEnum):
    """What becomes of something that goes with a tenancy: it is ended, or goes on with the former tenant's account."""

    END = "end"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Finish:
    """How an ending is finished: the tenancy is over, and its balance goes to the former tenant's account.

    Attributes:
        void: why the property is empty from the next day; None where somebody moves in at once.
        arrangements: whether repayment arrangements end, or go on for what is left.
        finding: what the officer adds to the check of benefit.
        statement: make the closing statement and its letter.
    """

    void: VoidReason | None = VoidReason.TO_LET
    arrangements: Carry = Carry.END
    finding: str = ""
    statement: bool = True


@dataclass(frozen=True, slots=True)
class NoteEnding:
    """What is known of an ending; it may be noted again and again until the ending is finished.

    Attributes:
        notice_on: the day the notice came (of a notice of ours: was served; of a death: the family told us).
        agreed_on: the last day, where it isn't the one that the policy gives; always where no notice is asked for.
        keys_on, keys_at: when the keys came back, by the office's own time.
        waive_late: late keys cost nothing.
        excused: why the end is earlier than the policy's, or late keys cost nothing.
        left_on: the last day that somebody lived there, where that isn't the last day of the notice.
        public_trustee: nobody deals with the estate, and our notice to quit was copied to the Public Trustee.
        forwarding_address: lines parted by line breaks.
        contact_name, contact_details: the next of kin, or whoever deals with the estate.
        garages: tenancies of garages that end with it; other garages go on, with VAT once the home is gone.
        letter: confirm a tenant's notice by letter, where it is only noted.
        finish: end the tenancy at once; None: what is known is only noted.
        ending_id, version: of the ending that was opened; 0 for a new one.
    """

    tenancy_id: int
    reason: EndReason
    notice_on: date | None = None
    agreed_on: date | None = None
    keys_on: date | None = None
    keys_at: time = time(12)
    waive_late: bool = False
    excused: str = ""
    left_on: date | None = None
    public_trustee: bool = False
    forwarding_address: str = ""
    contact_name: str = ""
    contact_details: str = ""
    garages: tuple[int, ...] = ()
    letter: bool = False
    finish: Finish | None = None
    ending_id: int = 0
    version: int = 0

    @property
    def keys_returned_at(self) -> datetime | None:
        """When the keys came back, without a zone."""
        return datetime.combine(self.keys_on, self.keys_at) if self.keys_on is not None else None


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Notice that is withdrawn, or an ending that is reversed: the tenancy goes on as if it had never been."""

    ending_id: int
    version: int
    reason: str


@dataclass(frozen=True, slots=True)
class EndingSaved:
    """An ending that was noted, finished or taken back.

    Attributes:
        former_account_id: the former tenant's account, once it is finished.
        balance: what stands on it.
        journal: the charges that were put right, if any were.
        told: what was done, in a sentence.
    """

    ending_id: int
    version: int
    state: EndingState
    ends_on: date
    changes: Changes
    former_account_id: int | None = None
    balance: Money = ZERO
    journal: int | None = None
    told: str = ""


@dataclass(frozen=True, slots=True)
class GarageRow:
    """A garage of the same people: its tenancy, account and weekly charge.

    `exempt`: it goes with the home, so that it bears VAT once that is gone; `vat` is how much of a week's charge that is.
    """

    tenancy_id: int
    account_id: int
    reference: str
    address: str
    weekly: Money
    vat: Money
    exempt: bool


@dataclass(frozen=True, slots=True)
class EndingForm:
    """What the sheet of an ending is filled from.

    Attributes:
        noted: what is noted so far; a new one with the tenancy's own facts where nothing is.
        state: None where nothing is noted yet.
        starts_on, ended_on: the first and the last day of the tenancy, as they stand.
        charged_to: the last day that was charged, if any was.
        garages: those that could end with it.
    """

    noted: NoteEnding
    state: EndingState | None
    tenancy_ref: str
    account_id: int
    reference: str
    name: str
    address: str
    starts_on: date
    ended_on: date | None
    charged_to: date | None
    garages: tuple[GarageRow, ...] = ()


class EndingShown(StrEnum):
    """Which endings are listed."""

    OPEN = "open"
    KEYS_DUE = "keys_due"
    STATEMENT_DUE = "statement_due"
    ENDED = "ended"
    TAKEN_BACK = "taken_back"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class EndingFilter:
    """What the register of endings shows: of what is shown, those with these words in the name, address or a reference."""

    shown: EndingShown = EndingShown.OPEN
    text: str = ""


@dataclass(frozen=True, slots=True)
class EndingRow:
    """A line of the register; moments are UTC.

    Attributes:
        account_id: the former tenant's account once there is one, else the rent account.
        balance: what stands on it.
        left_behind: what has come to stand on the rent account since.
        statement_due: by when the closing statement is to be sent; None once it was, or before the end.
        next_step: what is to be done, as an officer reads it.
    """

    ending_id: int
    account_id: int
    reference: str
    name: str
    address: str
    reason: EndReason
    state: EndingState
    notice_on: date | None
    ends_on: date
    keys_due_at: datetime | None
    keys_returned_at: datetime | None
    late_weeks: int
    overpaid: bool
    balance: Money
    left_behind: Money
    statement_due: date | None
    statement_on: date | None
    next_step: str
    ended: bool
