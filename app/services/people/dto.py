"""People as they are found, compared and shown, and what officers keep of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.models.values import AddressKind, Authority, FormatNeed, PersonFlagKind, PreferredContact
from app.services.core.changes import Changes


@dataclass(frozen=True, slots=True)
class Match:
    """A person who may be the one that is being added.

    Attributes:
        address: where they live or lived last, in one line.
        why: what is the same, as words: `the same date of birth, the same last name`.
        sure: enough is the same that it is very likely the same person.
    """

    person_id: int
    reference: str
    name: str
    date_of_birth: date | None
    address: str
    why: str
    sure: bool


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody to be made a record of."""

    title: str = ""
    first_name: str = ""
    last_name: str = ""
    date_of_birth: date | None = None
    mobile: str = ""
    phone: str = ""
    email: str = ""


# What is kept of a person


@dataclass(frozen=True, slots=True)
class AddressRow:
    """Where somebody lives, lived or has letters sent; `from_on` and `to_on` are both days of it, no end means on."""

    address_id: int
    kind: AddressKind
    lines: tuple[str, ...]
    postcode: str
    from_on: date | None
    to_on: date | None
    note: str
    version: int


@dataclass(frozen=True, slots=True)
class AssociateRow:
    """Somebody who belongs to a person, what they may do for them, and from when until when (both included)."""

    associate_id: int
    other_id: int | None
    name: str
    relation: str
    organisation: str
    phone: str
    email: str
    address: str
    authority: Authority
    evidence: str
    next_of_kin: bool
    from_on: date
    to_on: date | None
    review_on: date | None
    version: int


@dataclass(frozen=True, slots=True)
class PersonFlagRow:
    """What officers must know of a person.

    Attributes:
        note: empty where the officer may not read it.
        seen_by: the role that may read the note, as its key; empty: everybody who may open the account.
        seen_by_name: that role as the office calls it.
        hidden: there is a note, and it isn't the officer's to read.
    """

    flag_id: int
    kind: PersonFlagKind
    flag: str
    note: str
    seen_by: str
    seen_by_name: str
    hidden: bool
    from_on: date
    to_on: date | None
    review_on: date | None
    version: int


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """What a person agreed or objected to, how and to whom they said so; `latest`: it is the one of its kind that counts."""

    consent_id: int
    what: str
    agreed: bool
    said_on: date
    how: str
    note: str
    officer: str
    latest: bool


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """Everything that is kept of one person.

    Attributes:
        held_from, held_to: the days of whoever came later to the tenancy or left earlier than it ended.
        letters_to: the address that letters go to instead of the home; none where they go to the home.
    """

    person_id: int
    reference: str
    name: str
    date_of_birth: date | None
    died_on: date | None
    held_from: date | None
    held_to: date | None
    phone: str
    mobile: str
    email: str
    preferred_contact: PreferredContact
    language: str
    format_need: FormatNeed
    do_not_contact: bool
    contact_note: str
    letters_to: tuple[str, ...]
    addresses: tuple[AddressRow, ...]
    associates: tuple[AssociateRow, ...]
    flags: tuple[PersonFlagRow, ...]
    consents: tuple[ConsentRow, ...]


@dataclass(frozen=True, slots=True)
class AccountPeople:
    """The people of an account, in the order in which they hold it; `roles` may be named to read a note: (key, name)."""

    account_id: int
    today: date
    people: tuple[PersonRecord, ...]
    roles: tuple[tuple[str, str], ...]


# What officers do


@dataclass(frozen=True, slots=True)
class KeepAddress:
    """An address to be kept; `address_id` and `version` where one that stands is changed.

    Attributes:
        to_on: the last day of it; none means on.
    """

    person_id: int
    kind: AddressKind
    lines: tuple[str, ...]
    postcode: str = ""
    from_on: date | None = None
    to_on: date | None = None
    note: str = ""
    address_id: int | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class KeepAssociate:
    """Somebody who belongs to a person, to be kept; `associate_id` and `version` where one that stands is changed."""

    person_id: int
    name: str
    relation: str
    authority: Authority
    from_on: date
    organisation: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    evidence: str = ""
    next_of_kin: bool = False
    to_on: date | None = None
    review_on: date | None = None
    other_id: int | None = None
    associate_id: int | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class KeepFlag:
    """A flag to be kept; `flag_id` and `version` where one that stands is changed.

    Attributes:
        note: None leaves the note as it is: whoever may not read it may still end the flag.
        seen_by: the key of the role that may read the note; empty: everybody who may open the account.
    """

    person_id: int
    kind: PersonFlagKind
    flag: str
    from_on: date
    note: str | None = ""
    seen_by: str = ""
    to_on: date | None = None
    review_on: date | None = None
    flag_id: int | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class SayConsent:
    """What a person said of something that is done with their details: `what`, and how they said it."""

    person_id: int
    what: str
    agreed: bool
    said_on: date
    how: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class PersonSaved:
    """What was kept of a person: the number of its row, its version, and what was done, as a sentence."""

    row_id: int
    version: int
    told: str
    changes: Changes
