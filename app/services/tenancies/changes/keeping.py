"""Which functions tell of a change, and which make it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from app.services.core import access
from app.services.core.context import Context
from app.services.core.effects import Effect
from app.services.core.errors import ChangedMeanwhile, UserError, UserErrors
from app.services.tenancies.changes import dates, decanting, moving, naming, replacing, trial
from app.services.tenancies.changes.dto import (
    Assign,
    Change,
    ChangeSaved,
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
)
from app.services.tenancies.changes.reading import Standing, refuse, standing

_FIELDS: Final = {
    "start_on": "on",
    "agreed_on": "on",
    "second_home": "reason",
    "charges": "property",
    "account_name": "name",
}
"""The fields of an ending and of a start by those of a change that they come from."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of change: what it will do, told beforehand, and the doing of it."""

    tell: Callable[[Context, Standing, Any], Iterator[Effect]]
    make: Callable[[Context, Standing, Any], ChangeSaved]


KINDS: Final[Mapping[type, Kind]] = {
    Rename: Kind(naming.tell_rename, naming.rename),
    ToSole: Kind(naming.tell_sole, naming.to_sole),
    ToJoint: Kind(naming.tell_joint, naming.to_joint),
    EndTrial: Kind(trial.tell, trial.end),
    Succeed: Kind(replacing.tell_succession, replacing.succeed),
    Assign: Kind(replacing.tell_assignment, replacing.assign),
    CorrectStart: Kind(dates.tell_start, dates.correct_start),
    CorrectEnd: Kind(dates.tell_end, dates.correct_end),
    Transfer: Kind(moving.tell_transfer, moving.transfer),
    Exchange: Kind(moving.tell_exchange, moving.exchange),
    Decant: Kind(decanting.tell_decant, decanting.decant),
    Return: Kind(decanting.tell_return, decanting.go_home),
}
"""Every kind of change by its command."""


def preview(ctx: Context, change: Change) -> tuple[Effect, ...]:
    """What a change will do; nothing is written.

    Raises:
        UserError: it can't be made, where that can be told beforehand.
    """
    with _about_change():
        return tuple(KINDS[type(change)].tell(ctx, standing(ctx, change.tenancy_id), change))


def make(ctx: Context, change: Change) -> ChangeSaved:
    """Make a change: all of it is saved, or nothing.

    Raises:
        UserError: it can't be made, somebody changed the tenancy meanwhile, or the officer may not work on an account.
    """
    found = standing(ctx, change.tenancy_id)
    access.touch(ctx, found.case.account_ids)
    refuse(ctx, found, change)
    with _about_change():
        return KINDS[type(change)].make(ctx, found, change)


@contextmanager
def _about_change() -> Iterator[None]:
    """What an ending or a start refuses stands beside the field of the change that it comes from."""
    try:
        yield
    except ChangedMeanwhile:
        raise
    except UserErrors as refused:
        raise UserErrors([_renamed(each) for each in refused.errors]) from refused
    except UserError as refused:
        raise _renamed(refused) from refused


def _renamed(error: UserError) -> UserError:
    return UserError(error.message, error.hint, _FIELDS.get(error.field or "", error.field))
