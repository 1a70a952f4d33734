"""The fixed words of what begins, ends and changes: tenancies, people, benefits, arrangements."""

from __future__ import annotations

from enum import StrEnum


class EndReason(StrEnum):
    """Why a tenancy ends."""

    TENANT_NOTICE = "tenant_notice"
    TRANSFER = "transfer"
    MUTUAL_EXCHANGE = "mutual_exchange"
    DEATH = "death"
    ABANDONED = "abandoned"
    EVICTED = "evicted"
    NOTICE_TO_QUIT = "notice_to_quit"
    RIGHT_TO_BUY = "right_to_buy"
    TERM_ENDED = "term_ended"
    SURRENDER = "surrender"
    SUCCESSION = "succession"
    ASSIGNMENT = "assignment"
    DECANT_OVER = "decant_over"
    OTHER = "other"


class EndingState(StrEnum):
    """How far an ending has come: notice is given, the tenancy has ended, or it was taken back."""

    NOTICE = "notice"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"
    REVERSED = "reversed"


class TenancyChange(StrEnum):
    """What happened to a tenancy, as its history tells it."""

    STARTED = "started"
    NOTICE = "notice"
    NOTICE_WITHDRAWN = "notice_withdrawn"
    ENDED = "ended"
    ENDING_REVERSED = "ending_reversed"
    TRANSFER = "transfer"
    MUTUAL_EXCHANGE = "mutual_exchange"
    SUCCESSION = "succession"
    ASSIGNMENT = "assignment"
    TO_SOLE = "to_sole"
    TO_JOINT = "to_joint"
    TO_SECURE = "to_secure"
    TRIAL_EXTENDED = "trial_extended"
    RENAMED = "renamed"
    DECANT = "decant"
    RETURN = "return"
    START_CORRECTED = "start_corrected"
    END_CORRECTED = "end_corrected"
    LIFE_EVENT = "life_event"


class VoidReason(StrEnum):
    """Why a property stands empty."""

    TO_LET = "to_let"
    REPAIRS = "repairs"
    MAJOR_WORKS = "major_works"
    DECANT = "decant"
    FIRE_OR_FLOOD = "fire_or_flood"
    FOR_SALE = "for_sale"
    DEMOLITION = "demolition"
    NOT_LETTABLE = "not_lettable"


class LifeEvent(StrEnum):
    """What happened to somebody, from which much follows."""

    DEATH = "death"
    MOVE = "move"
    HOSPITAL = "hospital"
    PRISON = "prison"
    ABANDONMENT = "abandonment"
    EVICTION = "eviction"
    RIGHT_TO_BUY = "right_to_buy"


class AddressKind(StrEnum):
    """What an address of a person is for."""

    HOME = "home"
    CORRESPONDENCE = "correspondence"
    FORWARDING = "forwarding"
    PREVIOUS = "previous"


class Authority(StrEnum):
    """What somebody may do for a person."""

    NONE = "none"
    SPEAK = "speak"
    ACT = "act"


class PersonFlagKind(StrEnum):
    """What a flag on a person is about; a safety flag also keeps contact from being confirmed by the old way."""

    VULNERABILITY = "vulnerability"
    SAFETY = "safety"
    CAUTION = "caution"


class BenefitKind(StrEnum):
    """A benefit that pays for housing."""

    HOUSING_BENEFIT = "housing_benefit"
    UNIVERSAL_CREDIT = "universal_credit"
    DISCRETIONARY = "discretionary"


class ClaimState(StrEnum):
    """How far a claim has come."""

    APPLIED = "applied"
    LIVE = "live"
    SUSPENDED = "suspended"
    REFUSED = "refused"
    ENDED = "ended"


class Frequency(StrEnum):
    """How often something falls due."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    FOUR_WEEKLY = "four_weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


class ArrangementState(StrEnum):
    """How far a repayment arrangement has come."""

    LIVE = "live"
    BROKEN = "broken"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class ChargeChangeState(StrEnum):
    """How far a bulk change of charges has come."""

    REHEARSED = "rehearsed"
    NOTICED = "noticed"
    APPLIED = "applied"
    CANCELLED = "cancelled"


class DebitMove(StrEnum):
    """Why a property's weekly debit is another than at the last debit control."""

    NEW_LET = "new_let"
    ENDING = "ending"
    CHANGE = "change"
    VOID = "void"
