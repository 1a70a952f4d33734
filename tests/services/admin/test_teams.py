"""Teams: named, led, and their members in one team each."""

import pytest

from app.services.admin.teams import TeamForm, page, save
from app.services.core.errors import ChangedMeanwhile, UserError
from app.services.core.session import Desk


@pytest.fixture
def manager(colleague):
    return Desk.sit_down(colleague.database, "manager", colleague.clock)


def ids(desk):
    return {name: officer_id for officer_id, name, _team in desk.ask(page).officers}


def test_a_team_has_a_leader_and_members_who_are_in_one_team(manager):
    known = ids(manager)
    leader, clerk = known["Test Colleague"], known["Test Officer"]
    manager.do(save, TeamForm(None, "Income", "income@example.org", leader, frozenset({leader, clerk})))
    manager.do(save, TeamForm(None, "Former tenants", "", None, frozenset({clerk})))
    former, income = manager.ask(page).teams
    assert (income.name, income.leader, income.members) == ("Income", "Test Colleague", ("Test Colleague",))
    assert former.members == ("Test Officer",)
    manager.do(save, TeamForm(former.id, "Former tenancies", "", leader, frozenset(), former.version))
    former = manager.ask(page).teams[0]
    assert (former.name, former.members, former.leader) == ("Former tenancies", (), "Test Colleague")


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
    manager.do(save, TeamForm(None, "Income", "", None, frozenset()))
    with pytest.raises(UserError) as refused:
        manager.do(save, TeamForm(None, name, email, None, frozenset()))
    assert refused.value.field == field


def test_two_administrators_at_once(manager):
    manager.do(save, TeamForm(None, "Income", "", None, frozenset()))
    (team,) = manager.ask(page).teams
    manager.do(save, TeamForm(team.id, "Rents", "", None, frozenset(), team.version))
    with pytest.raises(ChangedMeanwhile):
        manager.do(save, TeamForm(team.id, "Money", "", None, frozenset(), team.version))
    assert manager.ask(page).teams[0].name == "Rents"
