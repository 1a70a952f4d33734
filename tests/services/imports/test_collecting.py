import gc

import pytest

from app.services.imports.collecting import collector_paused


def test_the_collector_rests_in_the_block_and_works_after_it():
    with collector_paused():
        assert not gc.isenabled()
        with collector_paused():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_works_after_a_failure_too():
    with pytest.raises(ZeroDivisionError), collector_paused():
        _ = 1 / 0
    assert gc.isenabled()
