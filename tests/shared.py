"""What is made once in a run, by whichever worker first needs it: a folder of files, with the keys of what is in them."""

import os
import shutil
import time
from pathlib import Path

import pytest

HOMES = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
_PATIENCE = 300
_PAUSE = 0.02


def live_in(patch, home) -> None:
    """Settings, data and keys are kept below a folder from now on."""
    for name in HOMES:
        patch.setenv(name, str(home / name.lower()))


def made_once(factory, home, name, make) -> Path:
    """The folder that `make` was given to fill, once for all workers; another worker waits until it is full.

    The keys that were made meanwhile are put into `home`, where this worker has its own.
    """
    root = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        root = root.parent
    folder, made, lock = root / name, root / f"{name}-made", root / f"{name}-being-made"
    until = time.monotonic() + _PATIENCE
    while not made.exists():
        assert time.monotonic() < until, f"{name} is being made by another worker, and isn't there yet."
        try:
            lock.mkdir()
        except FileExistsError:
            time.sleep(_PAUSE)
            continue
        try:
            if not made.exists():
                _fill(folder, make)
                made.mkdir()
        finally:
            lock.rmdir()
    shutil.copytree(folder / "home", home, dirs_exist_ok=True)
    return folder


def _fill(folder, make):
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "home").mkdir(parents=True)
    with pytest.MonkeyPatch.context() as patch:
        live_in(patch, folder / "home")
        make(folder)
