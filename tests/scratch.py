"""Where tests keep their files: in memory, where the system has a disk there with room enough.

Each test makes a database, a folder and a handful of files, and throws them away again: on a disk that took a sixth of the
suite's time.
"""

import os
import shutil
from pathlib import Path

_NAME = "PYTEST_DEBUG_TEMPROOT"
_IN_MEMORY = Path("/dev/shm")
_ROOM = 4 * 2**30
"""Far more than a run takes: only what failed is kept."""


def keep() -> None:
    """Keep them there for this process and its workers, unless whoever runs the tests named another place."""
    if _NAME not in os.environ and os.access(_IN_MEMORY, os.W_OK) and shutil.disk_usage(_IN_MEMORY).free > _ROOM:
        os.environ[_NAME] = str(_IN_MEMORY)
