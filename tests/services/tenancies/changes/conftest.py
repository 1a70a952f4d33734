"""The home of the endings' tests: rent 100.00 and service 4.50, a garage near it, charged from 26 October to 16 November 2026."""

from tests.services.tenancies.endings.conftest import home

__all__ = ["home"]
