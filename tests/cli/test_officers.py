import pytest


def test_add_and_list(office):
    added = office("officer", "add", "bob", "--name", "Bob Example", "--role", "team_leader", "--json")
    assert (added.code, added.data) == (
        0,
        {"username": "bob", "name": "Bob Example", "active": True, "roles": ["team_leader"]},
    )
    listed = office("officer", "list", "--json").data["officers"]
    assert [row["username"] for row in listed] == ["officer", "system", "bob"]
    assert "Bob Example" in office("officer", "list").out


def test_the_same_name_twice_is_refused(office):
    assert office("officer", "add", "officer", "--role", "rents_officer").code == 1


@pytest.mark.parametrize("role", ["system", "king"])
def test_a_role_that_nobody_can_be_given_is_wrong_usage(office, role):
    assert office("officer", "add", "bob", "--role", role).code == 2


def test_adding_a_colleague_says_what_an_administrator_may_no_longer_do(office):
    answer = office("officer", "add", "bob", "--role", "team_leader")
    assert "an administrator posts nothing" in answer.err
