"""The packaged command line. A process that draws statements for it starts here too."""

import multiprocessing
import sys


def begin() -> int:
    """Run one command; what follows the first line isn't for a process that multiprocessing started."""
    multiprocessing.freeze_support()
    from app.cli.main import main

    return main()


if __name__ == "__main__":
    sys.exit(begin())
