"""`rentbook policy`: listed by anybody who may, set by two officers."""

import pytest


@pytest.fixture
def manager(office, colleague, monkeypatch):
    """The command line in the hands of the administrator."""

    def run(*arguments):
        with monkeypatch.context() as hands:
            hands.setattr("app.cli.frame.system_user", lambda: ("manager", "Test Manager"))
            return office(*arguments)

    return run


NEW = ("tenancies.closing_statement_days", "10", "--from", "2027-04-05", "--source", "Cabinet", "--reason", "faster")


def test_what_is_in_force_and_what_is_to_be_verified(office):
    values = office("policy", "list", "--json").data["values"]
    assert [row["value"] for row in values if row["key"] == "vat.standard_rate"] == ["20"]
    both = office("policy", "list", "--all", "--json").data["values"]
    assert [row["value"] for row in both if row["key"] == "vat.standard_rate"] == ["17.5", "20"]
    assert "vat.standard_rate" not in office("policy", "list", "--verify").out


def test_a_new_value_waits_for_a_second_officer(manager):
    made = manager("policy", "set", *NEW, "--json")
    assert made.code == 0, made.err
    assert f"request {made.data['request']} waits" in manager("policy", "list").out
    again = manager("policy", "set", NEW[0], "61", *NEW[2:])
    assert again.code == 1
    assert "too high" in again.err
