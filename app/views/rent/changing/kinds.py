"""What can be changed of a tenancy, as data: its words, the fields it asks for, and the command they come to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from app.models.values import PropertyType, Tenure
from app.services.core.calendars import monday_on_or_after
from app.services.tenancies.changes.dto import (
    Assign,
    Change,
    CorrectEnd,
    CorrectStart,
    Decant,
    EndTrial,
    Exchange,
    Rename,
    Return,
    Succeed,
    ToJoint,
    ToSole,
    Transfer,
    Trial,
)
from app.services.tenancies.changes.shown import ChangeForm

Values = Mapping[str, Any]
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Kind:
    """One thing that can be changed.

    Attributes:
        words: how it is offered.
        about: what the day means and what else is to be known, as a sentence under it.
        fields: what it asks for besides the day and the reason.
        command: what is typed as a command; None while something that it needs is missing.
        day: the day that is proposed.
        fits: whether it can be done to this tenancy.
    """

    key: str
    words: str
    about: str
    fields: frozenset[str]
    command: Callable[[ChangeForm, Values], Change | None]
    day: Callable[[ChangeForm, date], date | None] = lambda _form, today: today
    fits: Callable[[ChangeForm], bool] = lambda _form: True


def _home(form: ChangeForm) -> bool:
    return form.type is PropertyType.DWELLING and form.end_on is None


def _live(form: ChangeForm) -> bool:
    return form.end_on is None


def _rename(form: ChangeForm, typed: Values) -> Change | None:
    if typed["name"] == form.name:
        return None
    return Rename(form.tenancy_id, form.version, typed["on"], typed["name"], typed["reason"], typed["letter"])


def _to_sole(form: ChangeForm, typed: Values) -> Change | None:
    return ToSole(
        form.tenancy_id, form.version, typed["on"], typed["leaves"], typed["name"], typed["reason"], typed["letter"]
    )


def _to_joint(form: ChangeForm, typed: Values) -> Change | None:
    if not typed["tenants"]:
        return None
    people = typed["tenants"]
    return ToJoint(form.tenancy_id, form.version, typed["on"], people, typed["name"], typed["reason"], typed["letter"])


def _secure(form: ChangeForm, typed: Values) -> Change | None:
    return EndTrial(
        form.tenancy_id,
        form.version,
        typed["on"],
        Trial.SECURE,
        typed["becomes"],
        typed["term_ends_on"] if typed["becomes"] == Tenure.FLEXIBLE else None,
        typed["reason"],
        typed["letter"],
    )


def _extend(form: ChangeForm, typed: Values) -> Change | None:
    return EndTrial(
        form.tenancy_id, form.version, typed["on"], Trial.EXTEND, reason=typed["reason"], letter=typed["letter"]
    )


def _succeed(form: ChangeForm, typed: Values) -> Change | None:
    if not typed["tenants"]:
        return None
    return Succeed(
        form.tenancy_id,
        form.version,
        typed["on"],
        typed["tenants"],
        typed["relation"],
        typed["lived_from"],
        typed["excused"],
        typed["payment_method"],
        _ticked(form, typed),
        typed["reason"],
        typed["letter"],
    )


def _assign(form: ChangeForm, typed: Values) -> Change | None:
    if not typed["tenants"]:
        return None
    return Assign(
        form.tenancy_id,
        form.version,
        typed["on"],
        typed["tenants"],
        typed["ground"],
        typed["excused"],
        typed["payment_method"],
        _ticked(form, typed),
        typed["reason"],
        typed["letter"],
    )


def _start(form: ChangeForm, typed: Values) -> Change | None:
    return CorrectStart(form.tenancy_id, form.version, typed["on"], typed["reason"])


def _end(form: ChangeForm, typed: Values) -> Change | None:
    return CorrectEnd(form.tenancy_id, form.version, typed["on"], typed["reason"])


def _transfer(form: ChangeForm, typed: Values) -> Change | None:
    if typed["property"] is None:
        return None
    kept = _ticked(form, typed)
    return Transfer(
        form.tenancy_id,
        form.version,
        typed["on"],
        typed["property"],
        typed["tenure"],
        typed["payment_method"],
        balance=typed["balance"],
        keep_garages=kept,
        near=kept if typed["near"] else (),
        reason=typed["reason"],
        letter=typed["letter"],
    )


def _exchange(form: ChangeForm, typed: Values) -> Change | None:
    if not typed["other"]:
        return None
    return Exchange(form.tenancy_id, form.version, typed["on"], typed["other"], typed["reason"], typed["letter"])


def _decant(form: ChangeForm, typed: Values) -> Change | None:
    if typed["property"] is None:
        return None
    return Decant(form.tenancy_id, form.version, typed["on"], typed["property"], typed["reason"], typed["letter"])


def _return(form: ChangeForm, typed: Values) -> Change | None:
    return Return(form.tenancy_id, form.version, typed["on"], typed["reason"], typed["letter"])


def _ticked(form: ChangeForm, typed: Values) -> tuple[int, ...]:
    return tuple(each.tenancy_id for each in form.garages if typed.get(f"garage_{each.tenancy_id}"))


def _monday(_form: ChangeForm, today: date) -> date:
    return monday_on_or_after(today)


_NEW: Final = frozenset({"tenants", "payment_method", "excused", "letter", "garages"})
RENAME: Final = Kind(
    "rename",
    "The name of the account",
    "The name that letters and statements carry from this day on. Who holds the tenancy stays as it is.",
    frozenset({"name", "letter"}),
    _rename,
)
TO_JOINT: Final = Kind(
    "to_joint",
    "Somebody joins: joint tenants",
    "The day is the first on which they hold it too.",
    frozenset({"tenants", "name", "letter"}),
    _to_joint,
    fits=_live,
)
TO_SOLE: Final = Kind(
    "to_sole",
    "A joint tenant leaves",
    "The day is the first without them. They stay findable, and keep what they owe.",
    frozenset({"leaves", "name", "letter"}),
    _to_sole,
    fits=lambda form: len(form.holders) > 1 and form.end_on is None,
)
SECURE: Final = Kind(
    "secure",
    "The trial is over: secure",
    "The day is the first after the trial.",
    frozenset({"becomes", "term_ends_on", "letter"}),
    _secure,
    day=lambda form, _today: form.trial_ends_on + _DAY if form.trial_ends_on else None,
    fits=lambda form: form.trial_ends_on is not None and form.end_on is None,
)
EXTEND: Final = Kind(
    "extend",
    "The trial is extended",
    "The day is the one on which notice of it was served. A trial is extended once.",
    frozenset({"letter"}),
    _extend,
    fits=lambda form: form.extended_to is not None and form.end_on is None,
)
SUCCEED: Final = Kind(
    "succeed",
    "Succession after a death",
    "The day is that of the death: the tenancy ends with it, and the successor's begins on the next.",
    _NEW | {"relation", "lived_from"},
    _succeed,
    day=lambda _form, _today: None,
    fits=lambda form: _home(form) and len(form.holders) == 1,
)
ASSIGN: Final = Kind(
    "assign",
    "Assignment to somebody else",
    "The day is the first of whoever it is assigned to.",
    _NEW | {"ground"},
    _assign,
    fits=_live,
)
START: Final = Kind(
    "start",
    "The first day was wrong",
    "The day is the first as it should have been. Weeks that were charged are put right.",
    frozenset(),
    _start,
    day=lambda form, _today: form.start_on,
)
END: Final = Kind(
    "end",
    "The last day was wrong",
    "The day is the last as it should have been. Weeks that were charged are put right.",
    frozenset(),
    _end,
    day=lambda form, _today: form.end_on,
    fits=lambda form: form.end_on is not None,
)
TRANSFER: Final = Kind(
    "transfer",
    "Transfer to another home of ours",
    "The day is the first in the new home: this tenancy ends the day before. The new home is charged as it is let.",
    frozenset({"property", "tenure", "payment_method", "balance", "garages", "near", "letter"}),
    _transfer,
    day=_monday,
    fits=_home,
)
EXCHANGE: Final = Kind(
    "exchange",
    "Mutual exchange",
    "The day is the first in each other's home. Garages stay as they are.",
    frozenset({"other", "letter"}),
    _exchange,
    day=_monday,
    fits=_home,
)
DECANT: Final = Kind(
    "decant",
    "Decant: another home for a time",
    "The day is the first in the other home. The tenancy and its rent go on; nothing is charged for the other home.",
    frozenset({"property", "letter"}),
    _decant,
    fits=lambda form: _home(form) and not form.decanted,
)
RETURN: Final = Kind(
    "return",
    "Home again after a decant",
    "The day is the first at home: the licence of the other home ends the day before.",
    frozenset({"letter"}),
    _return,
    fits=lambda form: form.decanted,
)
