"""The fixed words of Direct Debit: mandates, schedules, runs, what comes back, and cases."""

from __future__ import annotations

from enum import StrEnum


class MandateState(StrEnum):
    """How far a mandate (Direct Debit Instruction) has come."""

    NEW = "new"
    """It waits to be lodged."""
    LODGED = "lodged"
    """It was sent to the bank, which may still return it."""
    LIVE = "live"
    AMENDED = "amended"
    """Its bank details changed: the new instruction waits to be lodged, or for the bank."""
    SUSPENDED = "suspended"
    """Nothing is collected until somebody looks."""
    CANCELLED = "cancelled"
    DORMANT = "dormant"
    """Nothing went to the bank for 24 months: the bank has let it lapse."""
    EXPIRED = "expired"
    """The bank returned its conversion from paper: it had let the instruction lapse already."""


class MandateWay(StrEnum):
    """How the payer gave a mandate."""

    PAPER = "paper"
    TELEPHONE = "telephone"
    ONLINE = "online"
    LOADED = "loaded"
    """From another system, where it was in force."""


class MandateEvent(StrEnum):
    """What happened to a mandate, in its history."""

    SET_UP = "set_up"
    LODGED = "lodged"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    CHANGED = "changed"
    AMENDED = "amended"
    TRANSFERRED = "transferred"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    CANCELLED = "cancelled"
    REINSTATED = "reinstated"
    DORMANT = "dormant"
    EXPIRED = "expired"
    COLLECTED = "collected"
    """The first time: from now on collections are regular ones."""
    RETURNED = "returned"
    CLAIMED = "claimed"


class ToldBy(StrEnum):
    """Who made something happen to a mandate."""

    OFFICER = "officer"
    PAYER = "payer"
    BANK = "bank"
    SYSTEM = "system"


class InstructionState(StrEnum):
    """How far an instruction to the bank (0N, 0C, 0S) has come."""

    WAITING = "waiting"
    IN_RUN = "in_run"
    SENT = "sent"
    ACCEPTED = "accepted"
    """The bank didn't return it in its days, or said so."""
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    """It isn't needed any more, and was never sent."""


class PartKind(StrEnum):
    """A part of the sum that an instalment is worked out from."""

    CHARGES = "charges"
    """The charges of an account from the first collection to the end of the rent year."""
    HOUSING_BENEFIT = "housing_benefit"
    """Taken off: what Housing Benefit pays."""
    UNIVERSAL_CREDIT = "universal_credit"
    """Taken off: what Universal Credit pays to this account, and no other payment of it."""
    BALANCE = "balance"
    """What is owed, or in credit, when it is worked out."""
    SINCE = "since"
    """Of what is owed, the rent that was charged since the day from which a case protects the arrears."""
    ARRANGEMENT = "arrangement"
    """The instalments of an arrangement off the arrears, in place of what is owed."""
    TAKEN = "taken"
    """Taken off: collections that are on their way already."""
    LEFT = "left"
    """What an officer who changed a collection left for the end of the year; below nothing it is collected less."""


class ScheduleState(StrEnum):
    """Whether a schedule is the one that is collected by."""

    CURRENT = "current"
    SUPERSEDED = "superseded"
    ENDED = "ended"
    """With its mandate."""


class CollectionKind(StrEnum):
    """Why something is collected."""

    SCHEDULED = "scheduled"
    ADDED = "added"
    """By an officer, beside the schedule."""
    AGAIN = "again"
    """One that came back is presented again, with the code 18."""
    FINAL = "final"
    """The last of a mandate, with the code 19."""


class CollectionState(StrEnum):
    """How far a collection has come."""

    PLANNED = "planned"
    SKIPPED = "skipped"
    IN_RUN = "in_run"
    """In a run that waits for approval, or whose file was made or sent."""
    POSTED = "posted"
    """Credited to the accounts on its entry day."""
    RETURNED = "returned"
    """The bank sent it back: the credit was reversed."""
    CLAIMED = "claimed"
    """The payer's bank took it back under the Guarantee."""
    DROPPED = "dropped"
    """A newer schedule, or the end of the mandate, took its place."""


class NoticeKind(StrEnum):
    """What an advance notice tells."""

    FIRST = "first"
    CHANGE = "change"
    YEAR = "year"
    """The schedule of a new rent year."""
    AGAIN = "again"
    """A collection that came back will be presented again."""


class DebitRunKind(StrEnum):
    """What a run sends to Bacs."""

    LODGEMENT = "lodgement"
    """New, cancelled and converted instructions (AUDDIS)."""
    COLLECTION = "collection"


class DebitRunState(StrEnum):
    """How far a run has come."""

    WAITING = "waiting"
    """For a second officer."""
    MADE = "made"
    """Approved: its file is there."""
    SENT = "sent"
    MATCHED = "matched"
    """The Input report says that Bacs took all that was sent."""
    POSTED = "posted"
    """Its collections are on the accounts; of a lodgement: the bank's days to return it are over."""
    WITHDRAWN = "withdrawn"
    """Refused by the second officer or taken back, before a file was made."""
    CANCELLED = "cancelled"
    """After its file was made, before it was sent."""
    REFUSED = "refused"
    """By Bacs or the bank, whole."""


class LeftOut(StrEnum):
    """Why a run leaves a mandate or a collection out."""

    TENANCY_ENDED = "tenancy_ended"
    DECEASED = "deceased"
    BREATHING_SPACE = "breathing_space"
    SUSPENDED = "suspended"
    NOT_LODGED = "not_lodged"
    NO_NOTICE = "no_notice"
    NOTICE_TOO_SHORT = "notice_too_short"
    CHANGED_SINCE_NOTICE = "changed_since_notice"
    NOTHING_DUE = "nothing_due"
    ABOVE_LIMIT = "above_limit"
    CLAIM_OPEN = "claim_open"
    OTHER_MANDATE = "other_mandate"
    """Another mandate collects for the same account, and nobody has said that both do."""
    BAD_REFERENCE = "bad_reference"
    BAD_DETAILS = "bad_details"
    BAD_SHARES = "bad_shares"
    PAST_MONTH = "past_month"
    """It would be presented again over a month after it first was."""
    """What it is split into for the accounts doesn't come to it."""


class ReturnEffect(StrEnum):
    """What an item of a bank's report does here."""

    ACCEPT = "accept"
    """The instruction stands."""
    REJECT = "reject"
    """The instruction was returned: a new one is needed."""
    SUSPEND = "suspend"
    AMEND = "amend"
    """New details of the same mandate, which the bank holds already: nothing is sent."""
    TRANSFER = "transfer"
    """A new bank has it: a 0N goes there, never a 0C to the old one."""
    CANCEL = "cancel"
    EXPIRE = "expire"
    """The bank had let the instruction lapse: a new one is needed."""
    REINSTATE = "reinstate"
    """It stands again; neither a 0C nor a 0N is sent."""
    DEATH = "death"
    """Everything stops, and somebody looks at the tenancy."""
    REVERSE = "reverse"
    """The collection is taken off the accounts again."""
    CLAIM = "claim"
    """The payer's bank takes it back under the Guarantee: a case."""
    CORRECT = "correct"
    """The bank put wrong details right (AWACS)."""
    MATCH = "match"
    """A run's totals were taken, or not."""
    NONE = "none"


class ReportItemState(StrEnum):
    """How far an item of a report has come."""

    PROPOSED = "proposed"
    UNMATCHED = "unmatched"
    """No mandate is found for it: somebody looks."""
    APPLIED = "applied"
    SET_ASIDE = "set_aside"


class DebitCaseKind(StrEnum):
    """What a case about a Direct Debit is of."""

    INDEMNITY = "indemnity"
    """A claim under the Guarantee (DDICA)."""
    BANK_QUERY = "bank_query"
    OUR_ERROR = "our_error"


class DebitCaseState(StrEnum):
    """How far a case has come."""

    OPEN = "open"
    CHALLENGED = "challenged"
    CLOSED = "closed"


class DebitCaseOutcome(StrEnum):
    """How a case ended."""

    ACCEPTED = "accepted"
    """The claim was right: the bank keeps what it took."""
    WON = "won"
    """The bank withdrew the claim."""
    LOST = "lost"
    REFUNDED = "refunded"
    """Our mistake: it was paid back."""
    ANSWERED = "answered"
    MISTAKE = "mistake"
    """There was no case."""
