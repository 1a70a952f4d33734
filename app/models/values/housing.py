"""The fixed words of housing, rents and the ledger."""

from __future__ import annotations

from enum import StrEnum


class PropertyType(StrEnum):
    """What is let."""

    DWELLING = "dwelling"
    GARAGE = "garage"
    OTHER = "other"


class Tenure(StrEnum):
    """The right under which somebody holds a property (rules: HA 1985, HA 1996 and the landlord's policy)."""

    SECURE = "secure"
    INTRODUCTORY = "introductory"
    FLEXIBLE = "flexible"
    AFFORDABLE = "affordable"
    NON_SECURE = "non_secure"
    LICENCE = "licence"
    USE_AND_OCCUPATION = "use_and_occupation"
    LEASEHOLD = "leasehold"
    FREEHOLD = "freehold"
    GARAGE = "garage"
    OTHER = "other"


class AccountKind(StrEnum):
    """A sub-ledger account of a tenancy, or a control account."""

    RENT = "rent"
    GARAGE = "garage"
    RECHARGE = "recharge"
    COURT_COSTS = "court_costs"
    HB_OVERPAYMENT = "hb_overpayment"
    FORMER_TENANT = "former_tenant"
    LEASEHOLD = "leasehold"
    SUNDRY = "sundry"
    CONTROL = "control"


class PaymentMethod(StrEnum):
    """How somebody usually pays."""

    DIRECT_DEBIT = "direct_debit"
    STANDING_ORDER = "standing_order"
    PAYMENT_CARD = "payment_card"
    BANK_TRANSFER = "bank_transfer"
    CARD = "card"
    CHEQUE = "cheque"
    CASH = "cash"
    HOUSING_BENEFIT = "housing_benefit"
    UNIVERSAL_CREDIT = "universal_credit"
    SALARY = "salary"
    OTHER = "other"


class Fund(StrEnum):
    """The council fund that an account belongs to (Housing Revenue Account or General Fund)."""

    HRA = "hra"
    GENERAL = "general"


class CodeKind(StrEnum):
    """What a transaction code does to an account."""

    CHARGE = "charge"
    RECEIPT = "receipt"
    ADJUSTMENT = "adjustment"
    OPENING = "opening"
    TRANSFER = "transfer"
    WRITE_OFF = "write_off"
    CONTROL = "control"


class ExplainGroup(StrEnum):
    """The parts in which a balance is explained, in the order they are shown."""

    OPENING = "opening"
    CHARGES = "charges"
    HOUSING_BENEFIT = "housing_benefit"
    UNIVERSAL_CREDIT = "universal_credit"
    DIRECT_DEBIT = "direct_debit"
    CASH = "cash"
    ADJUSTMENTS = "adjustments"


class JournalKind(StrEnum):
    """Where a journal came from; a charge correction puts weeks that were charged already right, by either sign.

    BANKING moves money between control accounts alone: banked, settled, counted over or under.
    """

    CHARGE_RUN = "charge_run"
    CHARGE_CORRECTION = "charge_correction"
    RECEIPTS = "receipts"
    BANKING = "banking"
    ADJUSTMENT = "adjustment"
    LOAD = "load"
    OPENING = "opening"
    REVERSAL = "reversal"
    DEMONSTRATION = "demonstration"


class Basis(StrEnum):
    """The two meanings of a balance "as at" a date.

    KNOWN is by the date each line belongs to (`effective_on`), as known now; REPORTED is by the period each
    line was posted in (`accounting_on`), as reported then.
    """

    KNOWN = "known"
    REPORTED = "reported"


class PeriodState(StrEnum):
    """Whether an accounting period takes postings."""

    OPEN = "open"
    CLOSED = "closed"


class FormatNeed(StrEnum):
    """The format in which somebody needs to be written to (Equality Act 2010 s.20)."""

    STANDARD = "standard"
    LARGE_PRINT = "large_print"
    TEXT_ONLY = "text_only"
    BRAILLE = "braille"
    AUDIO = "audio"
    EASY_READ = "easy_read"


class PreferredContact(StrEnum):
    """How somebody asked to be reached first; a format need and 'do not contact' come before it."""

    POST = "post"
    EMAIL = "email"
    TEXT = "text"
    PHONE = "phone"
