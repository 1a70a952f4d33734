import importlib
import sys
from pathlib import Path

import pytest

BUILD = str(Path(__file__).resolve().parents[2] / "build")


@pytest.fixture(scope="module")
def built():
    """The scripts of build/ by name; they import one another."""
    sys.path.insert(0, BUILD)
    yield importlib.import_module
    sys.path.remove(BUILD)
    for name in ("installer", "listed", "package", "packing", "sbom", "sign", "smoke"):
        sys.modules.pop(name, None)
