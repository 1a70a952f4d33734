"""build/dev.py is typed by people who have nothing installed yet: it answers in sentences."""

import subprocess
import sys
from pathlib import Path

import pytest

DEV = Path(__file__).resolve().parents[2] / "build" / "dev.py"


def dev(*arguments):
    return subprocess.run([sys.executable, DEV, *arguments], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["shots"]])
def test_wrong_usage_says_what_is_right(arguments):
    answer = dev(*arguments)
    assert answer.returncode == 2
    assert "build/dev.py" in answer.stderr


def test_help():
    answer = dev("--help")
    assert answer.returncode == 0
    assert all(
        name in answer.stderr for name in ("setup", "run", "test", "check", "bench", "shots", "package", "installer")
    )


def test_only_the_standard_library_is_needed():
    """Run without site-packages, as on a machine where nothing is installed."""
    answer = subprocess.run([sys.executable, "-I", "-S", DEV, "--help"], capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
