"""`rentbook db` with a server: against the driver's stand-in, or a recorder where nothing has to answer."""

import pytest

from tests.services.servers.conftest import own_keyring  # noqa: F401  a fixture
from tests.services.servers.recording import ADDRESS, recorded
from tests.services.servers.standing_in import Refusal, StandIn
from tests.services.servers.test_drivers import answers

WRONG = (Refusal(18456, "Login failed for user 'rents'."),)


def address(server):
    return f"mssql+mssqlpython://rents:opensesame@127.0.0.1:{server.port}/Rentbook?Encrypt=no"


def test_what_is_wrong_is_said_and_the_exit_code_is_1(rentbook):
    with StandIn({"Rentbook": WRONG, "master": WRONG}) as server:
        for command in ("test", "status", "upgrade"):
            said = rentbook("db", command, "--db", address(server), "--json")
            assert (said.code, said.out) == (1, "")
            assert "127.0.0.1 refuses the login 'rents'." in said.err
            assert "opensesame" not in said.err


def test_a_server_that_lets_in_tells_of_itself_and_of_what_its_administrator_should_run(rentbook):
    with StandIn({}, answers("0001", snapshots=(0, 1, "Latin1_General_CI_AS"))) as server:
        said = rentbook("db", "test", "--db", address(server))
        told = rentbook("db", "test", "--db", address(server), "--json").data
    assert said.code == 0
    assert "older than this Rentbook" in said.out
    assert "  ALTER DATABASE [Rentbook] SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE;" in said.out
    assert (told["server_version"], told["state"], len(told["warnings"])) == ("15.0.2000.5", "behind", 1)
    assert "opensesame" not in said.out + told["database"]


def test_a_file_is_tried_too(office):
    assert "up to date" in office("db", "test").out


def test_an_empty_database_is_told_as_that(rentbook):
    with recorded():
        said = rentbook("db", "status", "--db", ADDRESS)
        assert rentbook("db", "upgrade", "--db", ADDRESS).code == 1
    assert "isn't set up in it yet (rentbook db create)" in said.out


def test_the_database_is_made_on_the_server_before_its_tables(rentbook):
    with recorded() as recorder:
        said = rentbook("db", "create", "--db", ADDRESS)
    texts = recorder.batches()
    first = {
        part: next(at for at, text in enumerate(texts) if part in text) for part in ("CREATE DATABASE", "CREATE TABLE")
    }
    assert first["CREATE DATABASE"] < first["CREATE TABLE"]
    assert said.code == 0
    assert "You (officer) are its first officer" in said.out


def test_a_password_is_kept_in_the_keyring_and_used_from_there(rentbook, own_keyring):  # noqa: F811
    with StandIn({}, answers("0001")) as server:
        whole = address(server)
        bare = whole.replace(":opensesame", "")
        assert rentbook("db", "password", "--db", whole, "--json").data["kept"] is True
        assert list(own_keyring.kept.values()) == ["opensesame"]
        assert rentbook("db", "test", "--db", bare).code == 0
    assert rentbook("db", "password", "--forget", "--db", bare).code == 0
    assert own_keyring.kept == {}


@pytest.mark.parametrize("place", ["{db}", "mssql+mssqlpython://sql01/Rentbook?Trusted_Connection=yes"])
def test_only_a_login_of_a_server_has_a_password(rentbook, database_file, place):
    said = rentbook("db", "password", "--db", place.format(db=database_file))
    assert (said.code, "no login of a server" in said.err) == (1, True)


def test_without_a_keyring_nothing_is_kept(rentbook):
    said = rentbook("db", "password", "--db", "mssql+mssqlpython://rents:opensesame@sql01/Rentbook")
    assert (said.code, "no keyring" in said.err) == (1, True)
    assert "opensesame" not in said.err
