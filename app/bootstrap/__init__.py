"""The only wiring. Start at `starting` and `program`; `doors` joins what pages share to the services behind it."""

from app.bootstrap.program import Rentbook
from app.bootstrap.starting import application, run

__all__ = ["Rentbook", "application", "run"]
