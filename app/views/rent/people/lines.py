"""What is kept of the people of an account, as the lines of one table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from app.models.values import AddressKind, Authority, FormatNeed, PersonFlagKind, PreferredContact
from app.services.people.dto import (
    AccountPeople,
    AddressRow,
    AssociateRow,
    ConsentRow,
    PersonFlagRow,
    PersonRecord,
)
from app.views.common import formats
from app.views.common.columns import Column


class Kind(StrEnum):
    """What a line is about, in the order in which the lines of a person stand."""

    CONTACT = "Contact"
    FLAG = "Flag"
    ASSOCIATE = "Support"
    ADDRESS = "Address"
    CONSENT = "Consent"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is kept of a person.

    Attributes:
        whose: None where the account has one person.
        item: the row that it is made of; None of the contact details.
        over: it has ended, they hold the tenancy no more, or something said later counts.
        tone: a token to colour it by, besides what its words say.
    """

    person_id: int
    whose: str | None
    kind: Kind
    what: str
    details: str
    from_on: date | None = None
    to_on: date | None = None
    review_on: date | None = None
    item: AddressRow | AssociateRow | PersonFlagRow | ConsentRow | None = None
    over: bool = False
    tone: str = ""


ADDRESSES: Final = {
    AddressKind.HOME: "Home",
    AddressKind.CORRESPONDENCE: "Letters go to",
    AddressKind.FORWARDING: "Forwarding address",
    AddressKind.PREVIOUS: "Lived before at",
}
AUTHORITIES: Final = {
    Authority.SPEAK: "May speak for them",
    Authority.ACT: "May act for them",
    Authority.NONE: "Neither speaks nor acts for them",
}
FLAGS: Final = {
    PersonFlagKind.VULNERABILITY: "Vulnerability",
    PersonFlagKind.SAFETY: "Safety",
    PersonFlagKind.CAUTION: "Caution for officers",
}
_WAYS: Final = {
    PreferredContact.POST: "Prefers post",
    PreferredContact.EMAIL: "Prefers e-mail",
    PreferredContact.TEXT: "Prefers text messages",
    PreferredContact.PHONE: "Prefers the telephone",
}


def _tone(line: Line) -> str:
    return "muted" if line.over else line.tone


def _muted(line: Line) -> str:
    return "muted" if line.over else ""


LINES: tuple[Column[Line], ...] = (
    Column("whose", "Whose", lambda line: line.whose, 150, floor=100),
    Column("kind", "About", lambda line: line.kind.value, 80, tone=_tone, firm=True),
    Column("what", "What", lambda line: line.what, 180, tone=_tone, floor=150),
    Column("details", "Details", lambda line: line.details, 240, tone=_muted, floor=90, least=1),
    Column("from_on", "From", lambda line: line.from_on, 96, tone=_muted, spare=True),
    Column("to_on", "Until", lambda line: line.to_on, 96, tone=_muted, least=3),
    Column("review_on", "Look again", lambda line: line.review_on, 96, tone=_muted, least=2),
)


def lines(people: AccountPeople) -> tuple[Line, ...]:
    """The lines of every person, in the order of the people."""
    several = len(people.people) > 1
    return tuple(
        line for person in people.people for line in _of(person, person.name if several else None, people.today)
    )


def _of(person: PersonRecord, whose: str | None, today: date) -> Iterator[Line]:
    """The lines of one person; of somebody who left the tenancy before it ended they are all over."""
    found = [
        _contact(person, whose),
        *(_flag(person.person_id, whose, each, today) for each in person.flags),
        *(_associate(person.person_id, whose, each, today) for each in person.associates),
        *(_address(person.person_id, whose, each, today) for each in person.addresses),
        *(_consent(person.person_id, whose, each) for each in person.consents),
    ]
    left = person.held_to is not None and person.held_to < today
    yield from (replace(line, over=True) if left else line for line in found)


def _contact(person: PersonRecord, whose: str | None) -> Line:
    said = [person.mobile, person.phone, person.email]
    said = [each for each in said if each] or ["no telephone or e-mail"]
    if person.language:
        said.append(f"write in {person.language}")
    if person.format_need is not FormatNeed.STANDARD:
        said.append(formats.words(person.format_need).lower())
    if person.letters_to:
        said.append(f"letters go to {', '.join(person.letters_to)}")
    what = _WAYS[person.preferred_contact]
    if person.died_on is not None:
        what = f"Died on {formats.day(person.died_on)}"
    elif person.do_not_contact:
        what = "Do not contact"
    tone = "bad" if person.do_not_contact or person.died_on else ""
    details = f"{', '.join(said)}. {person.contact_note}".strip(". ")
    from_on, to_on = person.held_from, person.held_to
    return Line(person.person_id, whose, Kind.CONTACT, what, details, from_on, to_on, tone=tone)


def _flag(person_id: int, whose: str | None, row: PersonFlagRow, today: date) -> Line:
    note = f"Its note is read by: {row.seen_by_name}" if row.hidden else " ".join(row.note.split())
    return Line(
        person_id=person_id,
        whose=whose,
        kind=Kind.FLAG,
        what=row.flag,
        details=f"{FLAGS[row.kind]}. {note}".strip(". ") + "." if note else FLAGS[row.kind],
        from_on=row.from_on,
        to_on=row.to_on,
        review_on=row.review_on,
        item=row,
        over=row.to_on is not None and row.to_on < today,
        tone="bad" if row.kind is PersonFlagKind.SAFETY else "warning",
    )


def _associate(person_id: int, whose: str | None, row: AssociateRow, today: date) -> Line:
    said = [AUTHORITIES[row.authority] if row.authority is not Authority.NONE else ""]
    said += ["Next of kin" if row.next_of_kin else "", row.organisation, row.phone, row.email, row.evidence]
    return Line(
        person_id=person_id,
        whose=whose,
        kind=Kind.ASSOCIATE,
        what=f"{row.name} ({row.relation})",
        details=". ".join(each for each in said if each),
        from_on=row.from_on,
        to_on=row.to_on,
        review_on=row.review_on,
        item=row,
        over=row.to_on is not None and row.to_on < today,
    )


def _address(person_id: int, whose: str | None, row: AddressRow, today: date) -> Line:
    where = ", ".join(each for each in (*row.lines, row.postcode) if each)
    return Line(
        person_id=person_id,
        whose=whose,
        kind=Kind.ADDRESS,
        what=ADDRESSES[row.kind],
        details=f"{where}. {row.note}" if row.note else where,
        from_on=row.from_on,
        to_on=row.to_on,
        item=row,
        over=row.to_on is not None and row.to_on < today,
    )


def _consent(person_id: int, whose: str | None, row: ConsentRow) -> Line:
    said = f"{'Agreed' if row.agreed else 'Objected'}, {row.how[:1].lower()}{row.how[1:]}, to {row.officer}"
    return Line(
        person_id=person_id,
        whose=whose,
        kind=Kind.CONSENT,
        what=row.what,
        details=f"{said}. {row.note}" if row.note else said,
        from_on=row.said_on,
        item=row,
        over=not row.latest,
        tone="" if row.agreed else "warning",
    )


def days(line: Line) -> str:
    """The days of a line in words, such as `From 5 May 2026. Look again on 5 May 2027.`, or nothing."""
    said = []
    if line.kind is Kind.CONSENT:
        said.append(f"Said on {formats.day(line.from_on)}")
        said += ["What was said later counts"] if line.over else []
    elif line.from_on and line.to_on:
        said.append(f"From {formats.day(line.from_on)} to {formats.day(line.to_on)}")
    elif line.from_on or line.to_on:
        said.append(f"From {formats.day(line.from_on)}" if line.from_on else f"Until {formats.day(line.to_on)}")
    if line.review_on and not line.over:
        said.append(f"Look again on {formats.day(line.review_on)}")
    return "".join(f"{each}. " for each in said).strip()
