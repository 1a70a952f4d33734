"""What starting a tenancy is asked, proposes and answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.models.values import Fund, Money, PaymentMethod, PropertyType, Tenure
from app.services.charges.dto import PartWeek
from app.services.core.changes import Changes


@dataclass(frozen=True, slots=True)
class NewTenant:
    """Somebody who will hold the tenancy: a person of ours, or one to be made.

    Attributes:
        person_id: a person who is there already; the rest is left empty then.
        another: whoever looked at the people who are alike says that this is somebody else.
    """

    person_id: int | None = None
    title: str = ""
    first_name: str = ""
    last_name: str = ""
    date_of_birth: date | None = None
    mobile: str = ""
    phone: str = ""
    email: str = ""
    another: bool = False


@dataclass(frozen=True, slots=True)
class NewCharge:
    """What is charged from the first day: a code and a charge week's amount, VAT included."""

    code: str
    amount: Money


@dataclass(frozen=True, slots=True)
class StartTenancy:
    """A tenancy to start.

    Attributes:
        tenants: who holds it, whoever is named first on letters first.
        charges: without any, a leasehold or freehold account is charged nothing; every other needs its rent.
        account_name: the name letters carry; empty: the tenants' names.
        trial_ends_on: of an introductory tenancy; None: as the policy says.
        term_ends_on: of a flexible tenancy; None: as the policy says.
        home_id: of a garage: the tenancy of the home it goes with.
        near_home: of a garage: it is near that home (HMRC VATGPB8345).
        second_home: why somebody holds this home and another one on the same days.
        welcome: the welcome letter and the first statement are made.
        ask_to_pay: the payment card or the Direct Debit mandate is asked for.
        before_id: the tenancy that this one comes from by transfer, exchange, succession or decant.
        succeeded: the one succession that the law allows has been used.
        rent_elsewhere: its tenants pay for the home that they were decanted from, so that nothing is charged here.
    """

    property_id: int
    tenure: Tenure
    start_on: date
    tenants: tuple[NewTenant, ...]
    charges: tuple[NewCharge, ...]
    payment_method: PaymentMethod
    account_name: str = ""
    trial_ends_on: date | None = None
    term_ends_on: date | None = None
    home_id: int | None = None
    near_home: bool = False
    second_home: str = ""
    welcome: bool = True
    ask_to_pay: bool = True
    before_id: int | None = None
    succeeded: bool = False
    rent_elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Started:
    """A tenancy that was started.

    Attributes:
        journal: what was posted for the weeks that had been charged already; None where there were none.
        letter_id: the welcome letter's line of the register; None where none was made, and `not_written` says why.
    """

    tenancy_id: int
    tenancy_ref: str
    account_id: int
    reference: str
    journal: int | None
    letter_id: int | None
    not_written: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class LetProperty:
    """A property as whoever lets it sees it.

    Attributes:
        standing: who has it or since when it is void, as a sentence.
        let: somebody holds it now or from a later day.
    """

    property_id: int
    reference: str
    type: PropertyType
    address: str
    bedrooms: int | None
    rent_group: str
    fund: Fund
    standing: str
    let: bool
    near_home: bool = False
    home_id: int | None = None


@dataclass(frozen=True, slots=True)
class ProposedCharge:
    """A charge that is proposed for a let: `source` says where the amount comes from."""

    code: str
    name: str
    amount: Money
    source: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a form of a new let begins with, for a property, a tenure and a first day.

    Attributes:
        tenures: those under which the property may be let.
        homes: of a garage: (tenancy, address) of the homes that the tenants hold.
        held: of a home: the other homes that the tenants hold then, each by its address.
        trial_ends_on, term_ends_on: by the policy, where the tenure has them.
        codes: every charge there may be: (code, name).
    """

    property: LetProperty
    tenures: tuple[Tenure, ...]
    charges: tuple[ProposedCharge, ...]
    trial_ends_on: date | None
    term_ends_on: date | None
    homes: tuple[tuple[int, str], ...]
    codes: tuple[tuple[str, str], ...]
    held: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WeekSum:
    """A charge of the first week: what it is and how it is worked out."""

    name: str
    part: PartWeek


@dataclass(frozen=True, slots=True)
class FirstWeek:
    """The week in which a tenancy starts: `free` charges are left out of a rent-free week."""

    monday: date
    sums: tuple[WeekSum, ...]
    free: tuple[str, ...] = ()

    @property
    def total(self) -> Money:
        """What the week comes to."""
        return Money(sum(each.part.amount.pence for each in self.sums))


@dataclass(frozen=True, slots=True)
class OtherLet:
    """Another letting, of the same property or of another home of the tenants, by its dates (both included)."""

    tenancy_id: int
    reference: str
    first: date
    last: date | None
    address: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """What the policy says on the first day: how early and late it may be, months of a trial, years of a term."""

    earliest: date
    latest: date
    trial_months: int
    least_term_years: int
    term_years: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules of a start look at, read from the database.

    Attributes:
        lets: of the property. `homes`: that the tenants hold besides.
        codes, either_sign: the charge codes in use, and those that may be negative.
        people: the tenants who are there already: why each may not hold a tenancy, as a sentence; empty if they may.
    """

    type: PropertyType
    today: date
    limits: Limits
    lets: tuple[OtherLet, ...] = ()
    homes: tuple[OtherLet, ...] = ()
    codes: frozenset[str] = frozenset()
    either_sign: frozenset[str] = frozenset()
    people: Mapping[int, str] = field(default_factory=dict)
