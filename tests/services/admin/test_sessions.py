"""Who is signed in where, and a desk that is asked to sign out."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.models.desks import DeskSession
from app.models.values import DeskEnding
from app.services.admin import maintenance
from app.services.admin.maintenance import NewMaintenance
from app.services.admin.sessions.beating import beat
from app.services.admin.sessions.commands import ask_to_sign_out
from app.services.admin.sessions.dto import EXPIRES, GRACE, KEPT, Told
from app.services.admin.sessions.queries import page
from app.services.core.errors import NotAllowed, UserError
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.core.session import Desk
from tests.services.core.test_gate import WrongClock

FIRST = Told("w1", "DESK-07", "0.5.0", "Accounts")
SECOND = Told("w2", "DESK-12", "0.5.0", "Post")


@pytest.fixture
def manager(desk, colleague):
    return Desk.sit_down(desk.database, "manager", desk.clock)


def age(desk, by):
    """As if so long had gone by since everybody's last beat."""

    def shift(session):
        for row in session.scalars(select(DeskSession)).all():
            values = {name: getattr(row, name) and getattr(row, name) - by for name in ("since", "seen_at", "ended_at")}
            session.execute(update(DeskSession).where(DeskSession.id == row.id).values(**values))

    desk.database.transact(shift)


def shown(desk, **asked):
    return [(row.officer, row.computer, row.page, row.how) for row in desk.ask(page, **asked).rows]


def test_whoever_sits_at_a_desk_is_listed_with_the_page_they_are_on(desk, colleague, manager):
    desk.do(beat, FIRST)
    colleague.do(beat, SECOND)
    assert shown(manager) == [
        ("Test Officer", "DESK-07", "Accounts", "Here"),
        ("Test Colleague", "DESK-12", "Post", "Here"),
    ]
    desk.do(beat, replace(FIRST, page="Letters"))
    assert shown(manager)[0] == ("Test Officer", "DESK-07", "Letters", "Here")
    manager.do(add, NewOfficer("junior", "Test Junior", frozenset({Role.RENTS_OFFICER})))
    junior = Desk.sit_down(desk.database, "junior", desk.clock)
    with pytest.raises(NotAllowed):
        junior.ask(page)


def test_whoever_leaves_is_gone_and_stands_among_those_who_left(desk, manager):
    desk.do(beat, FIRST)
    desk.do(beat, replace(FIRST, leaving=DeskEnding.SIGNED_OUT))
    assert shown(manager) == []
    assert shown(manager, ended=True) == [("Test Officer", "DESK-07", "Accounts", "Signed out")]


def test_a_desk_that_crashed_disappears_by_itself_and_comes_back_if_it_had_only_slept(desk, colleague, manager):
    desk.do(beat, FIRST)
    age(desk, EXPIRES + timedelta(seconds=1))
    assert shown(manager) == []
    colleague.do(beat, SECOND)
    lost = ("Test Officer", "DESK-07", "Accounts", "Lost")
    assert lost in shown(manager, ended=True)
    desk.do(beat, FIRST)
    assert len(shown(manager)) == 2
    assert lost not in shown(manager, ended=True)


def test_after_thirty_days_nobody_knows_any_more(desk, colleague, manager):
    desk.do(beat, replace(FIRST))
    desk.do(beat, replace(FIRST, leaving=DeskEnding.SIGNED_OUT))
    age(desk, KEPT + timedelta(minutes=1))
    colleague.do(beat, SECOND)
    assert [row[0] for row in shown(manager, ended=True)] == ["Test Colleague"]


def test_a_desk_is_asked_to_sign_out_once_and_hears_it_with_its_next_beat(desk, manager):
    assert desk.do(beat, FIRST).asked is None
    [row] = manager.ask(page).rows
    assert "Test Officer at DESK-07" in manager.do(ask_to_sign_out, row.session_id, "Please, for the upgrade").told
    heard = desk.do(beat, FIRST)
    assert (heard.asked.by, heard.asked.words) == ("Test Manager", "Please, for the upgrade")
    assert timedelta() < heard.asked.until - heard.moment <= GRACE
    assert shown(manager)[0][-1] == "Asked to sign out"
    with pytest.raises(UserError, match="asked already"):
        manager.do(ask_to_sign_out, row.session_id, "")
    desk.do(beat, replace(FIRST, leaving=DeskEnding.ASKED))
    assert shown(manager, ended=True)[0][-1] == "Signed out when asked"
    with pytest.raises(UserError, match="have left"):
        manager.do(ask_to_sign_out, row.session_id, "")


def test_an_officer_may_not_ask_and_no_card_number_is_sent(desk, colleague, manager):
    desk.do(beat, FIRST)
    [row] = manager.ask(page).rows
    with pytest.raises(NotAllowed, match="ask desks to sign out"):
        colleague.do(ask_to_sign_out, row.session_id, "")
    with pytest.raises(UserError, match="card number"):
        manager.do(ask_to_sign_out, row.session_id, "4111 1111 1111 1111")


def test_a_desk_hears_of_maintenance_and_of_a_wrong_clock(colleague, manager):
    assert colleague.do(beat, SECOND).maintenance is None
    manager.do(maintenance.announce, NewMaintenance(10, "Upgrade"))
    heard = colleague.do(beat, SECOND)
    assert heard.maintenance.words == "Upgrade"
    assert timedelta(minutes=9) < heard.maintenance.begins_at - heard.moment <= timedelta(minutes=10)
    assert not heard.maintenance.stays
    assert manager.do(beat, FIRST).maintenance.stays
    assert heard.clock == ""
    wrong = Desk(colleague.database, colleague.officer, WrongClock(timedelta(hours=2)))
    assert wrong.do(beat, SECOND).clock == "This computer's clock is 2 hours ahead of the database's."
