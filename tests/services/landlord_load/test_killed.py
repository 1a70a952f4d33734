"""A load that is killed at any moment, or runs out of disk, leaves nothing: real processes, SIGKILL."""

import random
import sys

import pytest
from sqlalchemy import event, func, select, text

from app.models.accounts import Account
from app.models.documents import Document
from app.models.imports import LoadBatch, LoadLine
from app.models.people import Person
from app.models.properties import Property, RentGroup
from app.models.tenancies import Tenancy
from app.models.values import AccountKind
from app.services.core.errors import UserError
from app.services.core.session import Database
from app.services.landlord_load import commands
from app.services.ledger import checks
from tests.factories import landlord_files as files
from tests.processes import killed_after, killed_at

TABLES = (Property, Person, Tenancy, RentGroup, LoadBatch, LoadLine, Document)


def stands(desk):
    def count(ctx):
        accounts = select(func.count()).select_from(Account).where(Account.kind != AccountKind.CONTROL)
        counts = [ctx.session.scalar(select(func.count()).select_from(table)) for table in TABLES]
        return [*counts, ctx.session.scalar(accounts), ctx.session.scalar(text("SELECT count(*) FROM journal"))]

    return desk.ask(count)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_killed_load_leaves_nothing_and_loads_again(desk, database_file, tmp_path):
    seed = random.randrange(10**6)
    path = files.write(tmp_path / "a.xlsx", files.small())
    for step in sorted(random.Random(seed).sample(range(1, 28), 3)):

        def load(own, step=step):
            killed_at(step, "INSERT", "UPDATE")
            own.do(commands.load, path)

        assert killed_after(None, desk, load), step
        assert not any(stands(desk)), (seed, step)
        assert desk.ask(checks.check) == ()
    loaded = desk.do(commands.load, path)
    assert loaded.errors == ()
    assert desk.ask(checks.check) == ()


@pytest.mark.sqlite_file
def test_a_disk_that_fills_leaves_nothing(desk, database, tmp_path):
    files.another_hand(tmp_path / "a.xlsx", 200)
    with database.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    small = Database(database.url)
    try:
        event.listen(
            small.engine, "connect", lambda raw, _: raw.execute(f"PRAGMA max_page_count = {pages + 8}").close()
        )
        with pytest.raises(UserError, match="The disk is full; nothing was saved"):
            type(desk)(small, desk.officer, desk.clock).do(commands.load, tmp_path / "a.xlsx")
    finally:
        small.close()
    assert not any(stands(desk))
    assert desk.do(commands.load, tmp_path / "a.xlsx").errors == ()
