"""Many desks at once on one database, by hand: `python3 -m tests.stress.run --desks 20 --rounds 25`.

With `--db`, or RENTBOOK_TEST_DB_URL, they work on that server, whose database has to be empty; else on a SQLite file of
its own that is thrown away.
"""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

from app.registered import register
from app.services.core import database as databases
from app.services.core import sqlite_files
from app.services.core.session import Database, Desk
from tests.stress import office as offices
from tests.stress.processes import at_once
from tests.stress.proof import faults
from tests.stress.work import Worker


def load_everything(file, office, folder):
    """Do it all once by one desk on a copy of a SQLite file, so that the copies of this process have it all in memory."""
    scratch = sqlite_files.beside(Path(file), "tried", offices.CLOCK)
    sqlite_files.copy_to_new(Path(file), scratch)
    desk = Desk.sit_down(Database(databases.database_url(scratch)), office.usernames[0], offices.CLOCK)
    Worker(desk, office, 0, folder).work(1)
    desk.database.close()
    sqlite_files.remove(scratch)


def stress(place, office, rounds, folder):
    """Let every desk of an office work at once; what each tells."""

    def work(number, wait):
        desk = Desk.sit_down(Database(databases.database_url(place)), office.usernames[number], offices.CLOCK)
        worker = Worker(desk, office, number, folder)
        wait()
        worker.work(rounds)
        desk.database.close()
        return worker.told()

    return at_once(len(office.usernames), work)


def _summary(told, took):
    heard = [each for each in told if not isinstance(each, str)]
    done = sum(sum(each["done"].values()) for each in heard)
    longest, busy = max(each["longest"] for each in heard), sum(each["busy"] for each in heard)
    yield f"{len(told)} desks, {done:,} commands in {took:.1f} s, the longest {longest:.1f} s; {busy} were told it is busy."
    sentences = {words for each in heard for some in each["refused"].values() for words in some}
    yield from (f"Refused: {each}" for each in sorted(sentences))


def main() -> int:
    """Run it, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--desks", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=25)
    parser.add_argument("--db", default=os.environ.get("RENTBOOK_TEST_DB_URL"))
    asked = parser.parse_args()
    register()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {f"XDG_{each}_HOME": folder for each in ("DATA", "CONFIG", "STATE", "CACHE")}
        place = asked.db or str(Path(folder) / "rentbook.db")
        database = databases.create(databases.database_url(place), "officer", "Test Officer", offices.CLOCK)
        desk = Desk.sit_down(database, "officer", offices.CLOCK)
        office = offices.make(desk, asked.desks)
        database.close()
        if desk.database.is_sqlite:
            load_everything(place, office, folder)
        begun = time.monotonic()
        told = stress(place, office, asked.rounds, folder)
        took = time.monotonic() - begun
        found = faults(desk, office, told, asked.rounds)
        database.close()
    sys.stdout.write(
        "\n".join([*_summary(told, took), *(found or ["All is as it must be, and the ledger is whole."])]) + "\n"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
