"""The packaged program with its window. A process that draws statements for it starts here too."""

import multiprocessing
import sys


def begin() -> int:
    """Open the window; what follows the first line isn't for a process that multiprocessing started."""
    multiprocessing.freeze_support()
    from app.__main__ import main

    return main()


if __name__ == "__main__":
    sys.exit(begin())
