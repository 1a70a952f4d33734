import pytest

from app.services.core.clock import FixedClock
from app.services.core.session import Desk


@pytest.fixture
def on(desk):
    """The same desk on another day."""
    return lambda day: Desk(desk.database, desk.officer, FixedClock(day))
