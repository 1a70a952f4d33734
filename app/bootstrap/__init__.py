"""The only wiring. Start at `program`; `doors` joins what pages share to the services behind it."""

from app.bootstrap.program import Rentbook, application, run

__all__ = ["Rentbook", "application", "run"]
