"""Maintenance: announced, begun, and ended by whoever looks after Rentbook."""

import pytest
from sqlalchemy import update

from app.models.desks import Maintenance
from app.services.admin import maintenance
from app.services.admin.maintenance import NewMaintenance
from app.services.core import gate, sign_in
from app.services.core.errors import NotAllowed, UserError
from app.services.core.session import Desk
from app.services.core.sign_in import Desks, SignedIn
from tests.services.core.test_gate import save, set_version

UPGRADE = "Upgrade to the new version"


@pytest.fixture
def manager(desk, colleague):
    return Desk.sit_down(desk.database, "manager", desk.clock)


def begin(desk):
    """As if the minutes had gone by."""

    def shift(session):
        session.execute(update(Maintenance).values(begins_at=Maintenance.announced_at))

    desk.database.transact(shift)


def test_until_it_begins_everybody_works_and_from_then_on_only_who_looks_after_rentbook(manager, colleague):
    told = manager.do(maintenance.announce, NewMaintenance(15, UPGRADE)).told
    assert "closes for maintenance at" in told
    found = colleague.ask(maintenance.standing)
    assert (found.by, found.words, found.stays) == ("Test Manager", UPGRADE, False)
    colleague.do(save)
    begin(manager)
    with pytest.raises(gate.Closed, match="closed for maintenance since") as refused:
        colleague.do(save)
    assert "What you typed is kept as a draft" in refused.value.hint
    manager.do(save)
    assert colleague.ask(maintenance.standing) is not None
    assert manager.do(maintenance.end).told == "Rentbook is open again."
    colleague.do(save)
    assert colleague.ask(maintenance.standing) is None


def test_it_outlives_whoever_began_it_and_another_ends_it(manager, desk, colleague):
    manager.do(maintenance.announce, NewMaintenance(0, UPGRADE))
    manager.database.close()
    with pytest.raises(gate.Closed):
        colleague.do(save)
    again = Desk.sit_down(desk.database, "manager", desk.clock)
    again.do(maintenance.end)
    colleague.do(save)


def test_it_is_called_off_before_it_begins(manager):
    manager.do(maintenance.announce, NewMaintenance(15, UPGRADE))
    assert "called off" in manager.do(maintenance.end).told
    with pytest.raises(UserError, match="No maintenance"):
        manager.do(maintenance.end)


@pytest.mark.parametrize(
    ("minutes", "words", "says"),
    [
        (-1, UPGRADE, "within seven days"),
        (7 * 24 * 60 + 1, UPGRADE, "within seven days"),
        (5, " ", "Say what it is for"),
        (5, "x" * 201, "longer than 200"),
        (5, "Card 4111 1111 1111 1111", "card number"),
    ],
)
def test_what_can_not_be_announced(manager, minutes, words, says):
    with pytest.raises(UserError, match=says):
        manager.do(maintenance.announce, NewMaintenance(minutes, words))


def test_only_one_at_a_time_and_not_by_everybody(manager, colleague):
    with pytest.raises(NotAllowed, match="close Rentbook"):
        colleague.do(maintenance.announce, NewMaintenance(5, UPGRADE))
    manager.do(maintenance.announce, NewMaintenance(5, UPGRADE))
    with pytest.raises(UserError, match="announced maintenance already"):
        manager.do(maintenance.announce, NewMaintenance(5, UPGRADE))


def test_it_is_announced_and_ended_in_a_database_of_another_version_too(manager):
    set_version(manager.database, "0044")
    manager.do(maintenance.announce, NewMaintenance(0, UPGRADE))
    manager.do(maintenance.end)


def test_nobody_else_signs_in_while_it_is_on(manager, desk, monkeypatch):
    manager.do(maintenance.announce, NewMaintenance(0, UPGRADE))
    monkeypatch.setattr(sign_in, "system_user", lambda: ("colleague", "Test Colleague"))
    shown = sign_in.by_computer(desk.database, desk.clock)
    assert isinstance(shown, Desks)
    assert shown.closed
    assert not shown.without_password
    assert "closed for maintenance since" in shown.problem
    monkeypatch.setattr(sign_in, "system_user", lambda: ("manager", "Test Manager"))
    assert isinstance(sign_in.by_computer(desk.database, desk.clock), SignedIn)
    manager.do(maintenance.end)
    monkeypatch.setattr(sign_in, "system_user", lambda: ("colleague", "Test Colleague"))
    assert isinstance(sign_in.by_computer(desk.database, desk.clock), SignedIn)


def test_nor_with_a_password(manager, desk):
    sign_in.change_password(Desk.sit_down(desk.database, "colleague", desk.clock), "", "several plain words")
    manager.do(maintenance.announce, NewMaintenance(0, UPGRADE))
    with pytest.raises(gate.Closed, match="closed for maintenance"):
        sign_in.by_password(desk.database, "colleague", "several plain words", desk.clock)
    manager.do(maintenance.end)
    assert sign_in.by_password(desk.database, "colleague", "several plain words", desk.clock).by_password
