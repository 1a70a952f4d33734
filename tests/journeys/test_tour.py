"""What `dev.py run` does on a machine without a screen: the first start by keyboard, the main job, and what it leaves."""

import os
import subprocess
import sys

from tests.architecture.repository import ROOT

DRIVE = """
import sys
from pathlib import Path
import app.offscreen
from app.services.demonstration.dto import Size
app.offscreen.SMALL = Size(3, 1, 1)
from app import tour
sys.exit(tour.run(Path(sys.argv[1])))
"""


def test_the_tour_leaves_pictures_the_pdf_and_the_workbook(tmp_path):
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", DRIVE, str(tmp_path / "tour")],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Explained the balance (F8):" in done.stderr
    assert sorted(path.name for path in (tmp_path / "tour").iterdir()) == [
        "1 found.png",
        "2 explained, dark.png",
        "2 explained.png",
        "3 statement.png",
        "statement.pdf",
        "statement.xlsx",
    ]
