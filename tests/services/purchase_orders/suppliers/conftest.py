"""The weight table of the published cases, for the modulus check of bank details."""

from tests.services.bacs.conftest import tabled

__all__ = ["tabled"]
