"""Where the files that come with the program are, from source and in the packaged program."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path


def resource(*parts: str) -> Path:
    """The path of a file or folder under `resources/`."""
    packaged = getattr(sys, "_MEIPASS", None)
    root = Path(packaged) if packaged else Path(__file__).resolve().parents[3]
    return root.joinpath("resources", *parts)


def font_file(name: str) -> Path:
    """The file of a font of the package ttf-opensans, such as `OpenSans-Regular`, without importing the package (and Pillow).

    Raises:
        FileNotFoundError: the package is not installed.
    """
    spec = find_spec("ttf_opensans")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("The package ttf-opensans is missing: run 'python build/dev.py setup'.")
    return Path(spec.submodule_search_locations[0]) / "ttf" / f"{name}.ttf"
