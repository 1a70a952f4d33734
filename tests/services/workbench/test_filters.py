"""Saved filters: own and shared, by two officers."""

import pytest

from app.services.core.errors import ChangedMeanwhile, UserError
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.core.session import Desk
from app.services.workbench.filters import commands
from app.services.workbench.filters.queries import saved_filters
from tests.prepared import prepared

PAGE = "rent.accounts"


@prepared
def clerk(colleague):
    """A rents officer, who may not share."""
    manager = Desk.sit_down(colleague.database, "manager", colleague.clock)
    manager.do(add, NewOfficer("clerk", "Test Clerk", frozenset({Role.RENTS_OFFICER})))
    return Desk.sit_down(colleague.database, "clerk", colleague.clock)


def names(desk):
    return [(each.name, each.owner, each.shared, each.default) for each in desk.ask(saved_filters, PAGE)]


def test_a_filter_of_ones_own_is_nobody_elses(desk, colleague):
    saved = desk.do(commands.save_filter, PAGE, "  In   arrears ", '{"owing":true}')
    assert saved.name == "In arrears"
    assert names(desk) == [("In arrears", "Test Officer", False, False)]
    assert names(colleague) == []
    assert desk.ask(saved_filters, "rent.other") == ()


def test_two_officers_may_use_the_same_name(desk, colleague):
    desk.do(commands.save_filter, PAGE, "Arrears", "{}", shared=True)
    colleague.do(commands.save_filter, PAGE, "arrears", "{}", shared=True)
    assert names(desk) == [("Arrears", "Test Officer", True, False), ("arrears", "Test Colleague", True, False)]
    assert names(colleague) == [("arrears", "Test Colleague", True, False), ("Arrears", "Test Officer", True, False)]


def test_a_name_is_taken_once_and_replaced_when_asked(desk):
    desk.do(commands.save_filter, PAGE, "Arrears", "{}")
    with pytest.raises(UserError, match="called Arrears already"):
        desk.do(commands.save_filter, PAGE, "ARREARS", '{"owing":true}')
    desk.do(commands.save_filter, PAGE, "ARREARS", '{"owing":true}', replace=True)
    (saved,) = desk.ask(saved_filters, PAGE)
    assert (saved.name, saved.text) == ("ARREARS", '{"owing":true}')


def test_sharing_needs_the_permission(clerk):
    with pytest.raises(UserError, match="may not share"):
        clerk.do(commands.save_filter, PAGE, "Mine", "{}", shared=True)
    saved = clerk.do(commands.save_filter, PAGE, "Mine", "{}")
    with pytest.raises(UserError, match="may not share"):
        clerk.do(commands.share_filter, saved.filter_id, 1, shared=True)


def test_a_shared_filter_that_its_owner_deletes_is_no_longer_what_a_table_opens_with(colleague, clerk):
    saved = colleague.do(commands.save_filter, PAGE, "Arrears", "{}", shared=True)
    clerk.do(commands.open_with, PAGE, saved.filter_id)
    assert names(clerk) == [("Arrears", "Test Colleague", True, True)]
    assert names(colleague) == [("Arrears", "Test Colleague", True, False)]
    with pytest.raises(UserError, match="a colleague's"):
        clerk.do(commands.delete_filter, saved.filter_id)
    assert colleague.do(commands.delete_filter, saved.filter_id).others == 1
    assert names(clerk) == []
    with pytest.raises(UserError, match="no longer there"):
        clerk.do(commands.open_with, PAGE, saved.filter_id)


def test_a_filter_no_longer_shared_is_taken_from_those_who_opened_with_it(colleague, clerk):
    saved = colleague.do(commands.save_filter, PAGE, "Arrears", "{}", shared=True)
    clerk.do(commands.open_with, PAGE, saved.filter_id)
    colleague.do(commands.open_with, PAGE, saved.filter_id)
    assert colleague.do(commands.share_filter, saved.filter_id, 1, shared=False).others == 1
    assert names(clerk) == []
    assert names(colleague) == [("Arrears", "Test Colleague", False, True)]


def test_a_table_opens_with_one_filter_or_with_everything(desk):
    first = desk.do(commands.save_filter, PAGE, "First", "{}")
    second = desk.do(commands.save_filter, PAGE, "Second", "{}")
    desk.do(commands.open_with, PAGE, first.filter_id)
    desk.do(commands.open_with, PAGE, second.filter_id)
    assert [name for name, *_, default in names(desk) if default] == ["Second"]
    desk.do(commands.open_with, PAGE, None)
    assert not any(default for *_, default in names(desk))


def test_renaming(desk):
    first = desk.do(commands.save_filter, PAGE, "First", "{}")
    desk.do(commands.save_filter, PAGE, "Second", "{}")
    with pytest.raises(UserError, match="called Second already"):
        desk.do(commands.rename_filter, first.filter_id, "second", 1)
    desk.do(commands.rename_filter, first.filter_id, "Third", 1)
    with pytest.raises(ChangedMeanwhile):
        desk.do(commands.rename_filter, first.filter_id, "Fourth", 1)
    assert [each[0] for each in names(desk)] == ["Second", "Third"]


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("  ", "{}", "needs a name"),
        ("x" * 61, "{}", "over 60"),
        ("x", "x" * 3_501, "too much"),
        ("4111 1111 1111 1111", "{}", "card number"),
        ("x", '{"text":"4111 1111 1111 1111"}', "card number"),
    ],
)
def test_what_can_not_be_saved(desk, name, text, why):
    with pytest.raises(UserError, match=why):
        desk.do(commands.save_filter, PAGE, name, text)
    assert desk.ask(saved_filters, PAGE) == ()
