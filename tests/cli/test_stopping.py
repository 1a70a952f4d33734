"""Ctrl+C in a real process: long work stops where it can, and what was posted is whole."""

import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from app.services.core.clock import FixedClock
from app.services.core.sign_in import system_user

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def clock() -> FixedClock:
    """A Tuesday early in a rent year: there is less of it to make up."""
    return FixedClock(date(2026, 6, 9))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends Ctrl+C to a whole console")
def test_ctrl_c_stops_the_demonstration_and_it_goes_on_later(rentbook, tmp_path, monkeypatch):
    environment = os.environ | {"PYTHONPATH": str(ROOT), "RENTBOOK_DB": str(tmp_path / "demo.db")}
    making = subprocess.Popen(
        [sys.executable, "-m", "app.cli", "demo", "--dwellings", "3", "--garages", "1", "--years", "1"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert "Making a landlord" in making.stderr.readline()
    making.send_signal(signal.SIGINT)
    said, told = making.communicate(timeout=120)
    assert (making.returncode, said, told) == (1, "", "Stopped. What was not finished is not there.\n")
    monkeypatch.setenv("RENTBOOK_DB", environment["RENTBOOK_DB"])
    for module in ("frame", "database"):
        monkeypatch.setattr(f"app.cli.{module}.system_user", system_user)  # whoever made the landlord
    assert rentbook("check", "--json").data == {"ok": True, "faults": []}
    again = rentbook("demo", "--dwellings", 3, "--garages", 1, "--years", 1, "--json")
    assert again.data["complete"] is True
