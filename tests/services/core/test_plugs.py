"""What fills a slot is read when the slot is first looked into, and once."""

import sys
from threading import Thread
from types import ModuleType

import pytest

from app import registered
from app.services.core import plugs


@pytest.fixture
def filled(monkeypatch):
    """How often the module of the slot `test` was called upon."""
    calls: list[str] = []
    module = ModuleType("tests_plugged_in")
    module.register = lambda: calls.append("filled")
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setattr(plugs, "_waiting", {})
    plugs.wait("test", (module.__name__,))
    return calls


def test_a_slot_is_filled_when_it_is_first_looked_into(filled):
    assert filled == []
    plugs.fill("another")
    assert filled == []
    plugs.fill("test")
    plugs.fill("test")
    assert filled == ["filled"]


def test_two_threads_that_look_at_once_fill_it_once(filled):
    threads = [Thread(target=plugs.fill, args=("test",)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert filled == ["filled"]


def test_every_module_that_is_named_fills_its_slot():
    registered.register()
    assert plugs._waiting == {}
