"""Journeys drive the whole window as an officer would; their fixtures are those of the views."""

from tests.views.conftest import (  # noqa: F401
    _dressed,
    _nobody_types,
    accounts,
    desktop_over_landlord,
    furnished,
    landlord_file,
    program,
    qtbot,
    theme,
)
