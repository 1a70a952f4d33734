"""What every command about a person begins and ends with: who may, what can't stand there, and the task of its review."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from app.models.people import Person
from app.models.values import Subject
from app.services.core import access
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError, UserErrors
from app.services.diary import keeping as diary
from app.services.diary.dto import NewTask
from app.services.rent.opening import account_of
from app.services.rent.rules import full_name
from app.services.rent.search import accounts_of_people

_LONGEST: Final = 4_000
_FARTHEST: Final = 9
_OLDEST: Final = 110
"""Years ahead and back that a day may lie: beyond them it is a slip of the key."""


def begin(ctx: Context, person_id: int) -> Person:
    """The person whose record is to be changed.

    Raises:
        UserError: there is nobody of this number, their record was merged into another, or it is a declared or restricted
            record.
    """
    access.touch_subject(ctx, Subject.PERSON, person_id)
    person = ctx.session.get(Person, person_id)
    if person is None:
        raise UserError(f"There is no person number {person_id}.")
    if person.merged_into_id is not None:
        raise UserError(
            f"The record {person.ref} was merged into another.", "Open the account again: it shows that one."
        )
    return person


def name_of(person: Person) -> str:
    """A person as they are called on letters."""
    return full_name(person.title, person.first_name, person.last_name)


def refuse(wrong: list[UserError]) -> None:
    """Tell everything that is wrong at once.

    Raises:
        UserErrors: there is something.
    """
    if wrong:
        raise UserErrors(wrong)


def text_faults(ctx: Context, table: Any, values: Mapping[str, str], what: str) -> Iterator[UserError]:
    """Texts that are too long for their column, or hold a card number."""
    for name, text in values.items():
        longest = getattr(table.__table__.c[name].type, "length", None) or _LONGEST
        if len(text) > longest:
            yield UserError(f"It has {len(text):,} characters; it may have {longest:,}.", "Shorten it.", name)
        try:
            refuse_card_number(ctx, text, what, name)
        except UserError as refused:
            yield refused


def day_faults(ctx: Context, from_on: date | None, to_on: date | None, review_on: date | None) -> Iterator[UserError]:
    """Days that can't be meant: an end before the beginning, a review that has gone by, years off."""
    today = ctx.clock.today()
    for name, day in (("from_on", from_on), ("to_on", to_on), ("review_on", review_on)):
        if day is not None and not today.year - _OLDEST <= day.year <= today.year + _FARTHEST:
            yield UserError(f"{diary.written(day)} is years off.", "Check the year.", name)
    if from_on is not None and to_on is not None and to_on < from_on:
        yield UserError("It ends before it begins.", "Check both days.", "to_on")
    if review_on is not None and review_on < today and (to_on is None or to_on >= today):
        yield UserError("The day to look at it again has gone by.", "Choose a day to come.", "review_on")


def keep_review(ctx: Context, person: Person, kind: str, title: str, on: date | None) -> None:
    """Have it looked at again on a day, by a task on the person's account; one that stood for it before is finished.

    `kind` names what is looked at, such as `person_flag 12`; without a day it isn't looked at again, or has ended.
    """
    account_id = account_of(ctx, Subject.PERSON, person.id)
    about = (Subject.ACCOUNT, account_id) if account_id is not None else (Subject.PERSON, person.id)
    for subject, number in {about, (Subject.PERSON, person.id)}:
        diary.finish_for(ctx, subject, number, kind, "Its day was changed, or it has ended.")
    if on is not None:
        diary.add_task(ctx, NewTask(title[: diary.LONGEST_TITLE], on, "", *about, kind=kind))


def changed(ctx: Context, person_id: int) -> Changes:
    """What the pages are told when something of a person changed."""
    return Changes(frozenset({"rent", "diary", "letters"}), accounts_of_people(ctx, [person_id]))
