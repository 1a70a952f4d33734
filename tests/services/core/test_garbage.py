import gc
import weakref

import pytest

from app.services.core import garbage


class Loop:
    """Holds itself, so that only a search finds it."""

    def __init__(self):
        self.me = self


@pytest.fixture
def by_itself():
    """Python searches by itself, and as soon as there is anything."""
    was_enabled, thresholds = gc.isenabled(), gc.get_threshold()
    gc.enable()
    yield
    gc.set_threshold(*thresholds)
    (gc.enable if was_enabled else gc.disable)()


@pytest.mark.usefixtures("by_itself")
def test_no_search_in_the_block_and_again_after_the_last_of_several():
    with garbage.search_paused():
        assert not gc.isenabled()
        with garbage.search_paused():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


@pytest.mark.usefixtures("by_itself")
def test_it_searches_after_a_failure_too():
    with pytest.raises(ZeroDivisionError), garbage.search_paused():
        _ = 1 / 0
    assert gc.isenabled()


@pytest.mark.usefixtures("by_itself")
def test_by_hand_what_holds_itself_goes_when_a_search_is_due_and_not_before():
    garbage.search_by_hand()
    gc.set_threshold(10, 1000, 1000)
    lost = weakref.ref(Loop())
    made = [Loop() for _ in range(50)]
    assert lost() is not None
    with garbage.search_paused():
        garbage.search_if_due()
        assert lost() is not None
    garbage.search_if_due()
    assert lost() is None
    assert all(each.me is each for each in made)


@pytest.mark.usefixtures("by_itself")
def test_nothing_is_searched_that_is_not_due():
    garbage.search_by_hand()
    gc.set_threshold(1_000_000, 1000, 1000)
    lost = weakref.ref(Loop())
    garbage.search_if_due()
    assert lost() is not None
