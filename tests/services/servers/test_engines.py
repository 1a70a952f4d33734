"""How a transaction begins on a server: one desk writes at a time, and whoever reads sees one state."""

import pytest
from sqlalchemy import select, text

from app.models.servers import WriteTurn
from app.services.core import database as databases
from app.services.core.engines import make_engine
from app.services.core.errors import UserError
from app.services.core.server_state import ServerState, advice, warnings
from app.services.core.session import Database
from app.services.servers import making
from tests.services.servers.recording import ADDRESS, recorded

TURN = "UPDATE write_turn SET taken = taken + 1"
SNAPSHOT = "SET TRANSACTION ISOLATION LEVEL SNAPSHOT"


@pytest.fixture
def sent():
    with recorded() as recorder:
        database = Database(ADDRESS)
        database.read(lambda session: session.execute(text("SELECT 1 AS warm")))
        recorder.sent.clear()
        recorder.database = database
        yield recorder
        database.close()


def test_a_connection_is_set_as_filtered_indexes_ask(sent):
    sent.database.close()
    sent.database.read(lambda session: session.execute(text("SELECT 2")))
    settings = sent.batches()[0]
    for name in "ANSI_NULLS ANSI_PADDING ANSI_WARNINGS ARITHABORT CONCAT_NULL_YIELDS_NULL QUOTED_IDENTIFIER".split():
        assert name in settings.partition(" ON;")[0]
    assert "NUMERIC_ROUNDABORT OFF" in settings
    assert "LOCK_TIMEOUT" in settings


def test_whoever_writes_takes_the_turn_first(sent):
    sent.database.transact(lambda session: session.execute(text("UPDATE setting SET value = 'x'")))
    assert sent.batches()[-4:] == [TURN, "UPDATE setting SET value = 'x'", "COMMIT", "ROLLBACK"]


def test_what_makes_the_tables_takes_none(sent):
    sent.database.transact(lambda session: session.execute(text("CREATE TABLE x (y INT)")), turn=False)
    assert TURN not in sent.batches()


def test_whoever_reads_waits_for_nobody(sent):
    sent.database.read(lambda session: session.execute(text("SELECT 3")))
    assert TURN not in sent.batches()
    assert SNAPSHOT not in sent.batches()


def test_a_query_sees_one_state_where_the_server_allows_it(sent):
    sent.database.read_snapshots()
    sent.database.read(lambda session: session.execute(text("SELECT 3")))
    texts = sent.batches()
    assert texts.index(SNAPSHOT) < texts.index("SELECT 3")
    sent.sent.clear()
    sent.database.transact(lambda session: session.execute(text("UPDATE setting SET value = 'x'")))
    assert SNAPSHOT not in sent.batches()[sent.batches().index(TURN) :]


def test_there_is_one_turn(desk):
    assert desk.database.read(lambda session: session.execute(select(WriteTurn.id, WriteTurn.taken)).all()) == [(1, 0)]


@pytest.mark.parametrize("driver", ["mssqlpython"])
def test_a_sign_in_has_a_limit_of_time(driver):
    given = []
    engine = make_engine(databases.database_url(f"mssql+{driver}://rents:x@127.0.0.1:1/Rentbook"))
    engine.dialect.connect = lambda *_, **options: given.append(options) or 1 / 0
    with pytest.raises(ZeroDivisionError):
        engine.connect()
    assert given == [{"timeout": 15}]


def test_a_database_is_made_as_rentbook_wants_it():
    with recorded() as recorder:
        assert making.make_if_missing(databases.database_url(ADDRESS.replace("/Rentbook", "/Rent]book")))
    made = [text for text in recorder.batches() if "DATABASE" in text]
    assert made == [
        "CREATE DATABASE [Rent]]book] COLLATE Latin1_General_100_CI_AS",
        "ALTER DATABASE [Rent]]book] SET ALLOW_SNAPSHOT_ISOLATION ON;",
        "ALTER DATABASE [Rent]]book] SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE;",
    ]


@pytest.mark.parametrize(
    ("state", "amiss", "statements"),
    [
        (ServerState(True, True, "SQL_Latin1_General_CP1_CI_AS"), 0, 0),
        (ServerState(False, True, "Latin1_General_CI_AS"), 1, 1),
        (ServerState(True, False, "Latin1_General_CS_AS"), 2, 1),
        (ServerState(False, False), 2, 2),
    ],
)
def test_what_is_amiss_with_a_server_is_said_with_the_statement_that_mends_it(state, amiss, statements):
    assert (len(warnings(state)), len(advice(state, "Rentbook"))) == (amiss, statements)


def test_an_empty_database_on_a_server_is_neither_opened_nor_upgraded():
    with recorded():
        for work in (databases.open_database, databases.upgrade):
            with pytest.raises(UserError, match="isn't set up") as refused:
                work(ADDRESS)
            assert "db create" in refused.value.hint
