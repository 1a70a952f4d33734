"""The sign-in log: who came and went, wrong passwords, names locked and unlocked, passwords changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.models.officers import SignInEvent
from app.models.values import SignInWord
from app.services.core import officers
from app.services.core.context import Context
from app.services.core.permissions import Permission, require

MOST = 1_000
WORDS = {
    SignInWord.SIGNED_IN: "Signed in",
    SignInWord.BY_COMPUTER: "Signed in through the computer",
    SignInWord.SIGNED_OUT: "Signed out",
    SignInWord.WRONG_PASSWORD: "Wrong password",
    SignInWord.UNKNOWN_NAME: "No officer has this name",
    SignInWord.LEAVER: "Refused: has left",
    SignInWord.LOCKED_OUT: "Locked after too many wrong passwords",
    SignInWord.UNLOCKED: "Unlocked",
    SignInWord.PASSWORD_CHANGED: "Password changed",
    SignInWord.PASSWORD_RESET: "Password reset",
    SignInWord.DESK_UNLOCKED: "Desk unlocked",
}
_AMISS = frozenset({SignInWord.WRONG_PASSWORD, SignInWord.UNKNOWN_NAME, SignInWord.LEAVER, SignInWord.LOCKED_OUT})


@dataclass(frozen=True, slots=True)
class SignInLine:
    """A line of the log; the moment is UTC."""

    at: datetime
    officer: str
    username: str
    what: str
    computer: str
    by: str
    amiss: bool


def page(ctx: Context, *, amiss_only: bool = False) -> tuple[SignInLine, ...]:
    """The latest lines, the newest first; `amiss_only` leaves out what went as it should.

    Raises:
        UserError: the officer may neither change officers nor read the audit.
    """
    if Permission.MANAGE_OFFICERS not in ctx.officer.permissions:
        require(ctx, Permission.VIEW_AUDIT)
    names = {row.id: row.name for row in officers.list_officers(ctx)}
    statement = select(SignInEvent).order_by(SignInEvent.id.desc()).limit(MOST)
    if amiss_only:
        statement = statement.where(SignInEvent.what.in_(sorted(_AMISS)))
    return tuple(
        SignInLine(
            row.at,
            names.get(row.officer_id or 0, ""),
            row.username,
            WORDS[row.what],
            row.computer,
            names.get(row.by_officer_id or 0, ""),
            row.what in _AMISS,
        )
        for row in ctx.session.scalars(statement)
    )
