"""Signing in: as the operating-system user, or with a password where several share a desk.

Wrong passwords are counted for each officer: from the fifth on each costs a longer wait, at the office's limit (ten) the name
is locked for a while or until an administrator unlocks it. Everything goes into the sign-in log, in the transaction that
decides.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.landlord import Landlord
from app.models.officers import Credential, Officer, OfficerRole
from app.models.values import SignInWord
from app.services.core import gate, officers, passwords
from app.services.core.clock import Clock
from app.services.core.context import CurrentOfficer
from app.services.core.errors import UserError
from app.services.core.session import Database, Desk
from app.services.core.tries import SignInRules, attempt, log, seen, set_password, sign_in_rules

DEMONSTRATION_PASSWORD: Final = "testford-demo"  # noqa: S105  made up, and said on the page of the made-up landlord


@dataclass(frozen=True, slots=True)
class Colleague:
    """An officer that the sign-in page of a demonstration landlord offers."""

    username: str
    name: str
    roles: str


@dataclass(frozen=True, slots=True)
class Desks:
    """What the sign-in page shows.

    Attributes:
        landlord: whose database it is; may be empty.
        username: the operating-system user's.
        without_password: they may sign in as they are, without one.
        problem: why they can't, where the office would let them; empty if nothing is amiss.
        closed: that is maintenance, and passes.
        colleagues: officers to choose from; of a demonstration landlord only.
    """

    landlord: str
    username: str
    without_password: bool
    problem: str = ""
    colleagues: tuple[Colleague, ...] = ()
    closed: bool = False


@dataclass(frozen=True, slots=True)
class SignedIn:
    """An officer at their desk.

    Attributes:
        by_password: they typed one, so unlocking the desk asks for it too.
        must_change: they have to choose a password before they go on.
        lock_minutes: after so many minutes without a key or the mouse the desk is locked; 0 is never.
    """

    desk: Desk
    by_password: bool
    must_change: bool
    lock_minutes: int


def system_user() -> tuple[str, str]:
    """The sign-in name of the operating-system user, and their full name if the system keeps one (else the sign-in name).

    It is the operating system's word, not what a variable claims.
    """
    if sys.platform == "win32":
        name = os.getlogin()
        return name, name
    import pwd

    try:
        entry = pwd.getpwuid(os.getuid())
    except KeyError:
        return f"user-{os.getuid()}", f"User {os.getuid()}"
    return entry.pw_name, entry.pw_gecos.split(",")[0] or entry.pw_name


def by_computer(database: Database, clock: Clock) -> SignedIn | Desks:
    """Sign the operating-system user in without a password, if the office does so; else what the sign-in page shows.

    Where the office asks for passwords, an officer who never had one is let in once, to choose it.
    """
    username, _name = system_user()

    def work(session: Session) -> SignedIn | Desks:
        try:
            officer = officers.sign_in(session, username)
        except UserError as refused:
            return _desks(session, username, problem=str(refused))
        rules, closed = sign_in_rules(session, clock.today()), _closed(session, officer)
        if closed or not _is_free(session, officer.id, rules):
            return _desks(session, username, closed=closed)
        seen(session, officer.id, username, SignInWord.BY_COMPUTER, clock)
        return SignedIn(Desk(database, officer, clock), False, rules.password_asked, rules.lock_minutes)

    return database.transact(work)


def desks(session: Session, clock: Clock) -> Desks:
    """What the sign-in page shows."""
    username, _name = system_user()
    try:
        officer = officers.sign_in(session, username)
    except UserError as refused:
        return _desks(session, username, problem=str(refused))
    free = _is_free(session, officer.id, sign_in_rules(session, clock.today()))
    return _desks(session, username, without_password=free, closed=_closed(session, officer))


def _closed(session: Session, officer: CurrentOfficer) -> str:
    """Why an officer can't sign in while Rentbook is closed; nothing where they can."""
    try:
        gate.refuse_closed(gate.look(session), officer)
    except gate.Closed as refused:
        return f"{refused.message} Sign in when it is open again: this page sees that by itself."
    return ""


def _is_free(session: Session, officer_id: int, rules: SignInRules) -> bool:
    """Whether an officer may sign in without a password."""
    kept = session.get(Credential, officer_id)
    return not rules.password_asked or kept is None or not kept.password_hash


def _desks(
    session: Session, username: str, *, without_password: bool = False, problem: str = "", closed: str = ""
) -> Desks:
    landlord = session.execute(select(Landlord.name, Landlord.demonstration)).first()
    name, made_up = (landlord.name, landlord.demonstration) if landlord else ("", False)
    colleagues = _colleagues(session) if made_up else ()
    return Desks(name, username, without_password and not closed, problem or closed, colleagues, bool(closed))


def _colleagues(session: Session) -> tuple[Colleague, ...]:
    names = officers.role_names(session)
    held: dict[int, list[str]] = {}
    for row in session.scalars(select(OfficerRole).order_by(OfficerRole.role)):
        held.setdefault(row.officer_id, []).append(names.get(row.role, row.role))
    with_password = (
        select(Officer)
        .join(Credential, Credential.officer_id == Officer.id)
        .where(Officer.active, Credential.password_hash != "")
        .order_by(Officer.id)
    )
    found = session.scalars(with_password)
    return tuple(Colleague(each.username, each.name, ", ".join(held.get(each.id, ()))) for each in found)


def by_password(database: Database, username: str, password: str, clock: Clock) -> SignedIn:
    """Sign an officer in with their password.

    Raises:
        UserError: the two don't go together, the name is locked, the officer has left, or Rentbook is closed.
    """

    def try_it(session: Session) -> str | UserError:
        tried = attempt(session, username.strip(), password, clock)
        if isinstance(tried, str):
            gate.refuse_closed(gate.look(session), officers.sign_in(session, tried))
        return tried

    outcome = database.transact(try_it)
    if isinstance(outcome, UserError):
        raise outcome

    def work(session: Session) -> SignedIn:
        officer = officers.sign_in(session, outcome)
        kept = session.get(Credential, officer.id)
        minutes = sign_in_rules(session, clock.today()).lock_minutes
        return SignedIn(Desk(database, officer, clock), True, kept is not None and kept.must_change, minutes)

    return database.read(work)


def unlock_desk(desk: Desk, password: str) -> None:
    """Check the password of the officer whose desk is locked; a wrong one counts as at sign-in.

    Raises:
        UserError: it is wrong, or the name is locked.
    """
    outcome = desk.database.transact(
        lambda session: attempt(session, desk.officer.username, password, desk.clock, SignInWord.DESK_UNLOCKED)
    )
    if isinstance(outcome, UserError):
        raise outcome


def sign_out(desk: Desk) -> None:
    """Write into the log that the officer left the desk."""
    desk.database.transact(
        lambda session: log(session, desk.clock, desk.officer.username, SignInWord.SIGNED_OUT, desk.officer.id)
    )


def has_password(desk: Desk) -> bool:
    """Whether the officer at the desk ever chose a password."""
    kept = desk.database.read(lambda session: session.get(Credential, desk.officer.id))
    return kept is not None and bool(kept.password_hash)


def change_password(desk: Desk, old: str, new: str) -> None:
    """Give the officer who is signed in another password, or their first (`old` is empty then).

    Raises:
        UserError: the old one is wrong or the name is locked (field `old`), or the new one won't do (field `password`).
    """
    if has_password(desk):
        outcome = desk.database.transact(
            lambda session: attempt(session, desk.officer.username, old, desk.clock, SignInWord.DESK_UNLOCKED)
        )
        if isinstance(outcome, UserError):
            raise UserError("That is not your password as it is now.", outcome.hint, "old") from outcome
        if old == new:
            raise UserError("That is the password you have.", "Choose another one.", "password")

    def work(session: Session) -> None:
        least = sign_in_rules(session, desk.clock.today()).password_length
        passwords.check(new, least=least, username=desk.officer.username)
        set_password(session, desk.officer.id, new, desk.clock.now(), must_change=False)
        log(session, desk.clock, desk.officer.username, SignInWord.PASSWORD_CHANGED, desk.officer.id)

    desk.database.transact(work)
