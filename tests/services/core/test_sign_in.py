"""Signing in with a password: counted, slowed, locked, logged; and as the operating-system user."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from app.models.audit import AuditEntry
from app.models.officers import Credential, Officer, SignInEvent
from app.models.policy import PolicyValue
from app.models.values import SignInWord
from app.services.core import passwords, sign_in, tries
from app.services.core.errors import UserError
from app.services.core.sign_in import Desks, SignedIn
from tests.prepared import prepared

GOOD = "heron cotton larch"


@dataclass
class MovingClock:
    """A clock that the test sets."""

    at: datetime = datetime(2026, 11, 21, 12, tzinfo=UTC)

    def now(self):
        return self.at

    def today(self):
        return self.at.date()

    def go(self, **by):
        self.at += timedelta(**by)


@pytest.fixture
def moving():
    return MovingClock()


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    """Hashes of the least cost: what is tested is what becomes of a password, not how long it takes."""
    from argon2 import PasswordHasher

    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", lambda: cheap)
    passwords._nobodys.cache_clear()


@prepared
def kept(desk):
    desk.database.transact(
        lambda session: tries.set_password(session, desk.officer.id, GOOD, desk.clock.now(), must_change=False)
    )
    return desk


def log_of(desk):
    return [
        row.what
        for row in desk.ask(lambda ctx: ctx.session.scalars(select(SignInEvent).order_by(SignInEvent.id)).all())
    ]


def enter(desk, password, clock, username="officer"):
    return sign_in.by_password(desk.database, username, password, clock)


def test_the_right_password_signs_in_and_is_logged(kept, moving):
    signed = enter(kept, GOOD, moving)
    assert (signed.desk.officer.username, signed.by_password, signed.must_change) == ("officer", True, False)
    assert log_of(kept) == [SignInWord.SIGNED_IN]
    assert kept.ask(lambda ctx: ctx.session.get(Credential, 1).last_seen_at) == moving.now()


@pytest.mark.parametrize("username", ["officer", "nobody"])
def test_a_wrong_password_and_an_unknown_name_are_refused_in_the_same_words(kept, moving, username):
    with pytest.raises(UserError, match="don't go together") as refused:
        enter(kept, "wrong", moving, username)
    assert refused.value.field == "password"


def test_a_card_number_typed_as_a_name_is_not_kept_in_the_log(kept, moving):
    with pytest.raises(UserError, match="don't go together"):
        enter(kept, "wrong", moving, "4111 1111 1111 1111")
    (line,) = kept.ask(lambda ctx: ctx.session.scalars(select(SignInEvent)).all())
    assert line.username == "(a card number)"


def test_ten_wrong_tries_are_slowed_then_locked_then_free_again(kept, moving):
    for tried in range(1, 11):
        with pytest.raises(UserError, match="don't go together" if tried < 10 else "locked until"):
            enter(kept, "wrong", moving)
        if 5 <= tried < 10:
            with pytest.raises(UserError, match="Wait"):
                enter(kept, GOOD, moving)
        if tried < 10:
            moving.go(minutes=2)
    with pytest.raises(UserError, match="locked until"):
        enter(kept, GOOD, moving)
    words = log_of(kept)
    assert words.count(SignInWord.WRONG_PASSWORD) == 10
    assert words[-1] is SignInWord.LOCKED_OUT
    moving.go(minutes=15)
    assert enter(kept, GOOD, moving).desk.officer.username == "officer"
    assert kept.ask(lambda ctx: ctx.session.get(Credential, 1).failed_tries) == 0


def test_a_clock_set_back_does_not_open_a_locked_name(kept, moving):
    for _ in range(10):
        with pytest.raises(UserError):
            enter(kept, "wrong", moving)
        moving.go(minutes=2)
    moving.go(days=-30)
    with pytest.raises(UserError, match="locked until"):
        enter(kept, GOOD, moving)


def test_no_password_at_all_signs_nobody_in(desk, moving):
    for password in ("", "anything"):
        with pytest.raises(UserError, match="don't go together"):
            enter(desk, password, moving)


def test_a_leaver_is_refused_with_the_right_password(kept, moving):
    def leave(session):
        session.get(Officer, 1).active = False

    kept.database.transact(leave)
    with pytest.raises(UserError, match="has left"):
        enter(kept, GOOD, moving)
    assert log_of(kept) == [SignInWord.LEAVER]


def test_a_password_hashed_with_old_parameters_is_hashed_anew(kept, moving, monkeypatch):
    from argon2 import PasswordHasher

    before = kept.ask(lambda ctx: ctx.session.get(Credential, 1).password_hash)
    dearer = PasswordHasher(time_cost=2, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", lambda: dearer)
    enter(kept, GOOD, moving)
    after = kept.ask(lambda ctx: ctx.session.get(Credential, 1).password_hash)
    assert "t=1" in before
    assert "t=2" in after
    enter(kept, GOOD, moving)


def test_the_shipped_parameters_are_argon2id_and_dear():
    from argon2 import PasswordHasher, Type

    shipped = PasswordHasher()
    assert shipped.type is Type.ID
    assert shipped.memory_cost >= 19 * 1024


def test_an_officer_changes_their_own_password(kept, moving):
    signed = enter(kept, GOOD, moving)
    with pytest.raises(UserError, match="not your password") as refused:
        sign_in.change_password(signed.desk, "wrong", "amber walnut canal")
    assert refused.value.field == "old"
    sign_in.change_password(signed.desk, GOOD, "amber walnut canal")
    assert enter(kept, "amber walnut canal", moving)
    with pytest.raises(UserError):
        enter(kept, GOOD, moving)
    assert SignInWord.PASSWORD_CHANGED in log_of(kept)


@pytest.mark.parametrize(
    "bad",
    ["short", "passwordpassword", "Passw0rd!!!!2026", "123456789012", "aaaaaaaaaaaa", "officerofficer", "x" * 201],
)
def test_a_password_that_is_tried_first_is_refused(kept, moving, bad):
    signed = enter(kept, GOOD, moving)
    with pytest.raises(UserError) as refused:
        sign_in.change_password(signed.desk, GOOD, bad)
    assert refused.value.field == "password"


def test_temporary_passwords_pass_their_own_rules():
    for _ in range(50):
        passwords.check(passwords.temporary(), least=12)


def test_no_hash_is_ever_in_the_audit(kept, moving):
    enter(kept, GOOD, moving)
    rows = kept.ask(lambda ctx: ctx.session.scalars(select(AuditEntry)).all())
    assert not [row for row in rows if "argon2" in row.before + row.after]


def test_the_logs_are_append_only(kept, moving):
    enter(kept, GOOD, moving)
    for statement in ("UPDATE sign_in_event SET username = 'x'", "DELETE FROM sign_in_event"):
        with pytest.raises(Exception, match="append only"):
            kept.database.transact(lambda session, text=statement: session.connection().exec_driver_sql(text))


def test_the_computers_own_user_needs_no_password_until_the_office_asks(desk, moving, monkeypatch):
    monkeypatch.setattr(sign_in, "system_user", lambda: ("officer", "Test Officer"))
    found = sign_in.by_computer(desk.database, moving)
    assert isinstance(found, SignedIn)
    assert not found.must_change

    def ask(session):
        value = PolicyValue(key="sign_in.password_asked", scope="", effective_from=date(2026, 1, 1), value="1", unit="")
        session.add(value)

    desk.database.transact(ask)
    first = sign_in.by_computer(desk.database, moving)
    assert isinstance(first, SignedIn)
    assert first.must_change, "whoever never had a password is let in once, to choose one"
    sign_in.change_password(first.desk, "", GOOD)
    asked = sign_in.by_computer(desk.database, moving)
    assert isinstance(asked, Desks)
    assert (asked.username, asked.without_password) == ("officer", False)


def test_a_user_who_is_no_officer_sees_the_page_and_why(desk, moving, monkeypatch):
    monkeypatch.setattr(sign_in, "system_user", lambda: ("stranger", "Stranger"))
    found = sign_in.by_computer(desk.database, moving)
    assert isinstance(found, Desks)
    assert "not an officer" in found.problem
