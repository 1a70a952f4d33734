"""Officers: teams, how they sign in, and the roles they hold."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.db import Base, Id, Text_, UtcDateTime, Versioned, Word
from app.models.values import SignInWord


class Team(Versioned, Base):
    """A team of the office, which tasks and post can be handed to."""

    __tablename__ = "team"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(Text_(120), unique=True)
    email: Mapped[str] = mapped_column(Text_(254), default="")
    leader_id: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id", use_alter=True))


class Officer(Versioned, Base):
    """Somebody who works in Rentbook, known by the name they sign in to the computer with."""

    __tablename__ = "officer"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    username: Mapped[str] = mapped_column(Text_(80), unique=True)
    name: Mapped[str] = mapped_column(Text_(120))
    active: Mapped[bool] = mapped_column(default=True)
    """False from the moment they are made a leaver: they can't sign in. Nothing of theirs is deleted."""
    email: Mapped[str] = mapped_column(Text_(254), default="", server_default="")
    team_id: Mapped[int | None] = mapped_column(Id, ForeignKey("team.id"))
    left_on: Mapped[date | None]
    """Their last day, once they have left."""


class Credential(Base):
    """How an officer signs in with a password, and what was tried; no row: they never had one."""

    __tablename__ = "credential"

    officer_id: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"), primary_key=True)
    password_hash: Mapped[str] = mapped_column(Text_(200), default="")
    """Argon2id with its parameters; never in the audit."""
    must_change: Mapped[bool] = mapped_column(default=False)
    failed_tries: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SignInEvent(Base):
    """One line of the sign-in log: append only (triggers refuse a change)."""

    __tablename__ = "sign_in_event"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    officer_id: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"), index=True)
    """Nobody where the name that was typed is no officer's."""
    username: Mapped[str] = mapped_column(Text_(80))
    computer: Mapped[str] = mapped_column(Text_(120), default="")
    what: Mapped[SignInWord] = mapped_column(Word(SignInWord))
    by_officer_id: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    """The administrator, of a reset or an unlock."""


class OfficerRole(Base):
    """A role that an officer holds: one as shipped, or one of the office's own."""

    __tablename__ = "officer_role"

    officer_id: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"), primary_key=True)
    role: Mapped[str] = mapped_column(Text_(40), primary_key=True)


class OfficeRole(Versioned, Base):
    """A role that the office made, or its own name for a shipped one."""

    __tablename__ = "role"

    key: Mapped[str] = mapped_column(Text_(40), primary_key=True)
    name: Mapped[str] = mapped_column(Text_(80), unique=True)


class RolePermission(Base):
    """A permission that the office gave to a role or took from it; what isn't here is as shipped."""

    __tablename__ = "role_permission"

    role: Mapped[str] = mapped_column(Text_(40), primary_key=True)
    permission: Mapped[str] = mapped_column(Text_(40), primary_key=True)
    held: Mapped[bool]
