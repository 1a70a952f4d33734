"""A file of receipts that is killed at any of its statements is not loaded, or loaded whole; loaded again, nothing is there twice."""

import os
import random
import signal

import pytest
from sqlalchemy import event

from app.models.values import Money
from app.services.core.errors import UserError
from app.services.ledger import checks
from app.services.reception_payments.files import commands, jobs
from app.services.reception_payments.files.dto import NewLoad
from tests.processes import killed_after
from tests.services.reception_payments.conftest import control, reception
from tests.services.reception_payments.files.conftest import bank_file
from tests.services.reception_payments.files.looks import balance, lines
from tests.services.reception_payments.files.made import HEAD, written

__all__ = ["bank_file", "reception"]
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has neither fork nor SIGKILL")
TEXT = (
    HEAD + "70 0001,10.00,16/11/2026,,\n70 0002,4.00,17/11/2026,,\n99,2.50,17/11/2026,,\n70 0001,-3.00,18/11/2026,,\n"
)
MOST, STRIDE = 120, 8


def load(desk, path):
    return desk.do(commands.load, NewLoad(jobs.read_file(desk, path, "Bank file")))


def load_and_die(own, path, at):
    """Load the file, killed before the statement of this number that writes, or once it is loaded."""
    count = 0

    def die(_connection, _cursor, statement, *_):
        nonlocal count
        count += not statement.startswith("SELECT")
        if count == at:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(own.database.engine, "before_cursor_execute", die)
    load(own, path)
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_killed_load_is_whole_or_not_at_all_and_never_twice(desk, reception, bank_file, tmp_path):
    path = written(tmp_path, TEXT)

    def stands():
        accounts = balance(desk, reception.rent), balance(desk, reception.other)
        return accounts, control(desk, "suspense"), control(desk, "cash:bank"), len(lines(desk))

    nothing = stands()
    assert nothing == ((0, 0), 0, 0, 0)
    tried = random.SystemRandom().randrange(STRIDE)  # Each run tries others of the statements.
    print(f"begins with {tried}")  # noqa: T201  to make a failure again
    while stands() == nothing:
        tried += STRIDE
        assert tried < MOST
        assert killed_after(None, desk, load_and_die, path, tried)
    assert tried > 2 * STRIDE
    whole = ((-700, -400), -250, 1350, 4)
    assert stands() == whole
    with pytest.raises(UserError, match="as file 1"):
        load(desk, path)
    again = load(desk, written(tmp_path, TEXT + "\n", "again.csv"))
    assert (again.posted, again.posted_total, again.known) == (0, Money(0), 4)
    assert stands()[:3] == whole[:3]
    assert desk.ask(checks.check) == ()
