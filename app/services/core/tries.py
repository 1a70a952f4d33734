"""Tries at signing in: each is counted, slowed, logged, and after too many the name is locked for a while."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.officers import Credential, Officer, SignInEvent
from app.models.values import SignInWord
from app.services.core import passwords
from app.services.core.cards import holds_card_number
from app.services.core.clock import Clock
from app.services.core.errors import UserError
from app.services.core.policy import Policy

_SLOW_FROM: Final = 5
_NOT_KEPT: Final = "(a card number)"
_REFUSED: Final = "That name and password don't go together."
_HINT: Final = "Check both, with Caps Lock off. An administrator can reset the password."


@dataclass(frozen=True, slots=True)
class SignInRules:
    """How this office signs in (policy values `sign_in.*`)."""

    password_asked: bool
    lock_minutes: int
    tries: int
    locked_minutes: int
    password_length: int


def sign_in_rules(session: Session, today: date) -> SignInRules:
    """How this office signs in today."""
    policy = Policy(session)
    return SignInRules(
        policy.number("sign_in.password_asked", today) > 0,
        policy.number("sign_in.lock_minutes", today),
        policy.number("sign_in.tries", today),
        policy.number("sign_in.locked_minutes", today),
        policy.number("sign_in.password_length", today),
    )


def attempt(
    session: Session, username: str, password: str, clock: Clock, word: SignInWord = SignInWord.SIGNED_IN
) -> str | UserError:
    """Try a password: the sign-in name as it is kept, or why not (returned, since its line in the log has to be committed)."""
    officer = session.scalar(select(Officer).where(Officer.username == username))
    if officer is None:
        passwords.fits("", password)
        log(session, clock, _NOT_KEPT if holds_card_number(username) else username, SignInWord.UNKNOWN_NAME)
        return UserError(_REFUSED, _HINT, "password")
    row, now = credential(session, officer.id), clock.now()
    rules = sign_in_rules(session, clock.today())
    if row.locked_until is not None and now < row.locked_until:
        return _locked(row.locked_until, now)
    if not passwords.fits(row.password_hash, password):
        return _wrong(session, officer, row, clock, rules)
    if not officer.active:
        log(session, clock, username, SignInWord.LEAVER, officer.id)
        return UserError(f"{officer.name} has left and can't sign in.", "If that is wrong, ask an administrator.")
    if passwords.is_outdated(row.password_hash):
        row.password_hash = passwords.make_hash(password)
    row.failed_tries, row.locked_until = 0, None
    seen(session, officer.id, officer.username, word, clock)
    return officer.username


def _wrong(session: Session, officer: Officer, row: Credential, clock: Clock, rules: SignInRules) -> UserError:
    row.failed_tries += 1
    log(session, clock, officer.username, SignInWord.WRONG_PASSWORD, officer.id)
    if row.failed_tries >= rules.tries:
        row.locked_until = clock.now() + timedelta(minutes=rules.locked_minutes)
        log(session, clock, officer.username, SignInWord.LOCKED_OUT, officer.id)
        return _locked(row.locked_until, clock.now())
    if row.failed_tries >= _SLOW_FROM:
        row.locked_until = clock.now() + timedelta(seconds=2 ** (row.failed_tries - _SLOW_FROM + 1))
    session.flush()
    left = rules.tries - row.failed_tries
    more = f" {left} more and the name is locked for a while." if left <= _SLOW_FROM else ""
    return UserError(_REFUSED, _HINT + more, "password")


def _locked(until: datetime, now: datetime) -> UserError:
    seconds = int((until - now).total_seconds()) + 1
    if seconds <= 60:
        return UserError(f"Wait {seconds} seconds before you try again.", _HINT, "password")
    at = until.astimezone()
    return UserError(
        f"After so many wrong passwords this name is locked until {at:%H:%M}.",
        "An administrator can unlock it sooner (Admin, Officers).",
        "password",
    )


def credential(session: Session, officer_id: int) -> Credential:
    """How an officer signs in, made empty where there is nothing yet."""
    row = session.get(Credential, officer_id)
    if row is None:
        row = Credential(officer_id=officer_id, password_hash="", must_change=False, failed_tries=0)
        session.add(row)
        session.flush()
    return row


def seen(session: Session, officer_id: int, username: str, what: SignInWord, clock: Clock) -> None:
    """Write that somebody is at a desk: into the log, and as the last time they were seen."""
    credential(session, officer_id).last_seen_at = clock.now()
    log(session, clock, username, what, officer_id)


def set_password(session: Session, officer_id: int, password: str, now: datetime, *, must_change: bool) -> None:
    """Keep an officer's password, and forget the wrong tries."""
    row = credential(session, officer_id)
    row.password_hash = passwords.make_hash(password)
    row.must_change, row.changed_at, row.failed_tries, row.locked_until = must_change, now, 0, None
    session.flush()


def log(
    session: Session,
    clock: Clock,
    username: str,
    what: SignInWord,
    officer_id: int | None = None,
    by_officer_id: int | None = None,
) -> None:
    """Write a line of the sign-in log."""
    session.add(
        SignInEvent(
            at=clock.now(),
            officer_id=officer_id,
            username=username[:80],
            computer=platform.node()[:120],
            what=what,
            by_officer_id=by_officer_id,
        )
    )
    session.flush()
