from app.services.core.changes import Changes
from app.views.common.changes import ChangeBus, merge
from app.views.common.page import Page


def test_changes_of_one_moment_come_as_one(qapp, qtbot):
    bus, seen = ChangeBus(), []
    bus.changed.connect(seen.append)
    with qtbot.waitSignal(bus.changed):
        bus.publish(Changes(frozenset({"rent"}), frozenset({1})))
        bus.publish(Changes(frozenset({"diary"}), frozenset({2})))
    assert seen == [Changes(frozenset({"rent", "diary"}), frozenset({1, 2}))]


def test_changes_without_accounts_mean_any():
    named, any_account = Changes(frozenset({"rent"}), frozenset({1})), Changes(frozenset({"ledger"}))
    assert merge([named, any_account]) == Changes(frozenset({"rent", "ledger"}))


def page(qtbot) -> tuple[Page, list[Changes]]:
    made, asked = Page("Sample", areas=frozenset({"rent"})), []
    made.refresh_wanted.connect(asked.append)
    qtbot.addWidget(made)
    return made, asked


def test_a_page_asks_when_it_is_first_shown(qtbot):
    made, asked = page(qtbot)
    assert made.stale
    made.show()
    assert len(asked) == 1
    assert not made.stale


def test_a_page_in_sight_catches_up_at_once(qtbot):
    made, asked = page(qtbot)
    made.show()
    made.take_changes(Changes(frozenset({"rent"}), frozenset({5})))
    assert asked[1:] == [Changes(frozenset({"rent"}), frozenset({5}))]


def test_a_hidden_page_catches_up_once_when_it_is_shown(qtbot):
    made, asked = page(qtbot)
    made.show()
    made.hide()
    made.take_changes(Changes(frozenset({"rent"}), frozenset({5})))
    made.take_changes(Changes(frozenset({"rent"}), frozenset({6})))
    assert len(asked) == 1
    assert made.stale
    made.show()
    assert len(asked) == 2


def test_changes_of_other_areas_are_no_concern(qtbot):
    made, asked = page(qtbot)
    made.show()
    made.take_changes(Changes(frozenset({"statements"})))
    assert len(asked) == 1
