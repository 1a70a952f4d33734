import pytest


def test_add_and_list(office):
    added = office("officer", "add", "bob", "--name", "Bob Example", "--role", "team_leader", "--json")
    assert added.code == 0
    assert added.data["username"] == "bob"
    assert added.data["roles"] == ["team_leader"]
    assert added.data["request"] is None
    listed = office("officer", "list", "--json").data["officers"]
    assert [row["username"] for row in listed] == ["officer", "bob"]
    assert "Bob Example" in office("officer", "list").out


def test_the_same_name_twice_is_refused(office):
    assert office("officer", "add", "officer", "--role", "rents_officer").code == 1


@pytest.mark.parametrize("role", ["system", "king"])
def test_a_role_that_nobody_can_be_given_is_wrong_usage(office, role):
    assert office("officer", "add", "bob", "--role", role).code == 2


def test_adding_a_colleague_says_what_an_administrator_may_no_longer_do(office):
    answer = office("officer", "add", "bob", "--role", "team_leader")
    assert "an administrator posts nothing" in answer.err


def test_the_third_officer_is_asked_for(office):
    office("officer", "add", "bob", "--role", "team_leader")
    asked = office("officer", "add", "cat", "--role", "reception", "--reason", "A new post", "--json")
    assert asked.data == {"username": "cat", "request": 1}
    assert [row["username"] for row in office("officer", "list", "--json").data["officers"]] == ["officer", "bob"]
    assert office("officer", "add", "dee", "--role", "reception").code == 1, "a request says why"


def test_leave_reset_and_unlock(office):
    office("officer", "add", "bob", "--role", "team_leader")
    told = office("officer", "reset-password", "bob")
    assert len(told.out.strip().split("-")) == 4
    assert "officer isn't locked" not in office("officer", "unlock", "bob").err
    left = office("officer", "leave", "bob", "--on", "2020-01-31", "--json")
    assert (left.code, left.data["left_on"]) == (0, "2020-01-31")
    assert [row["active"] for row in office("officer", "list", "--leavers", "--json").data["officers"]] == [True, False]
    assert office("officer", "reset-password", "nobody").code == 1
    assert office("officer", "bring-back", "bob", "--reason", "It was a slip").code == 1, "one officer is left"


def test_roles_are_listed(office):
    assert {"key": "finance", "name": "Finance"} in office("officer", "roles", "--json").data["roles"]
