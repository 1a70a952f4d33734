"""Teams: named, led, and their members in one team each."""

import pytest

from app.services.admin.teams import NEW, page, save, team_as_kept
from app.services.core.errors import ChangedMeanwhile, UserErrors
from app.services.core.session import Desk
from tests.prepared import prepared

LEADER, CLERK = "Test Colleague (colleague)", "Test Officer (officer)"


@prepared
def manager(colleague):
    return Desk.sit_down(colleague.database, "manager", colleague.clock)


def typed(name, *members, email="", leader_id=None):
    return {"name": name, "email": email, "leader_id": leader_id, "members": members}


def test_a_team_has_a_leader_and_members_who_are_in_one_team(manager):
    leader = {name: officer_id for officer_id, name in manager.ask(page).officers}[LEADER]
    made = manager.do(save, NEW, typed("Income", LEADER, CLERK, email="income@example.org", leader_id=leader), 0)
    other = manager.do(save, NEW, typed("Former tenants", CLERK), 0)
    former, income = manager.ask(page).teams
    assert (income.name, income.leader, income.members) == ("Income", "Test Colleague", ("Test Colleague",))
    assert former.members == ("Test Officer",)
    kept = manager.ask(team_as_kept, made.team_id)
    assert kept.values == typed("Income", LEADER, email="income@example.org", leader_id=leader)
    assert kept.by == "Test Manager"
    again = manager.ask(team_as_kept, other.team_id)
    manager.do(save, other.team_id, typed("Former tenancies"), again.version)
    assert (manager.ask(page).teams[0].name, manager.ask(page).teams[0].members) == ("Former tenancies", ())


@pytest.mark.parametrize(
    ("name", "email", "field"),
    [
        (" ", "", "name"),
        ("income", "", "name"),
        ("x" * 121, "", "name"),
        ("Post", "at@", "email"),
        ("Post", "a b@c", "email"),
    ],
)
def test_a_team_that_can_not_be_is_refused(manager, name, email, field):
    manager.do(save, NEW, typed("Income"), 0)
    with pytest.raises(UserErrors) as refused:
        manager.do(save, NEW, typed(name, email=email), 0)
    assert [error.field for error in refused.value.errors] == [field]


def test_two_administrators_at_once(manager):
    team_id = manager.do(save, NEW, typed("Income"), 0).team_id
    version = manager.ask(team_as_kept, team_id).version
    manager.do(save, team_id, typed("Rents"), version)
    with pytest.raises(ChangedMeanwhile):
        manager.do(save, team_id, typed("Money"), version)
    assert manager.ask(page).teams[0].name == "Rents"
