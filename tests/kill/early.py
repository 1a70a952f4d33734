"""When a landlord is made up in these tests."""

from datetime import date

from app.services.core.clock import FixedClock

TODAY = FixedClock(date(2026, 6, 9))
"""A Tuesday early in a rent year: there are ten weeks of it to make up."""
