"""Ctrl+C in a real process: long work stops where it can, and what was posted is whole."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends Ctrl+C to a whole console")
def test_ctrl_c_stops_the_demonstration_and_it_goes_on_later(tmp_path):
    environment = os.environ | {"PYTHONPATH": str(ROOT), "RENTBOOK_DB": str(tmp_path / "demo.db")}
    rentbook = [sys.executable, "-m", "app.cli"]
    making = subprocess.Popen(
        [*rentbook, "demo", "--dwellings", "30", "--garages", "5", "--years", "1"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert "Making a landlord" in making.stderr.readline()
    making.send_signal(signal.SIGINT)
    said, told = making.communicate(timeout=120)
    assert (making.returncode, said, told) == (1, "", "Stopped. What was not finished is not there.\n")
    checked = subprocess.run([*rentbook, "check", "--json"], env=environment, capture_output=True, check=True)
    assert json.loads(checked.stdout) == {"ok": True, "faults": []}
    again = [*rentbook, "demo", "--dwellings", "30", "--garages", "5", "--years", "1", "--json"]
    finished = subprocess.run(again, env=environment, capture_output=True, check=True)
    assert json.loads(finished.stdout)["complete"] is True
