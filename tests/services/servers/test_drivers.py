"""The driver that the program brings, against ports that are closed, silent or something else, and against a stand-in."""

import socket
import ssl
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from app.services.core.clock import SystemClock
from app.services.core.errors import Cancelled
from app.services.core.progress import CancelToken, no_progress
from app.services.core.server_refusals import ServerRefusal
from app.services.core.server_words import Trouble
from app.services.servers import network
from app.services.servers.addresses import url_of
from app.services.servers.dto import Encryption, ServerAddress
from app.services.servers.trying import open_server, try_server
from tests.certificates import certificate, curve_key
from tests.services.servers.standing_in import Refusal, StandIn

WRONG = Refusal(18456, "Login failed for user 'rents'.")
NO_DATABASE = (Refusal(4060, 'Cannot open database "Rentbook" requested by the login. The login failed.', 11), WRONG)
DENIED = Refusal(
    229, "The SELECT permission was denied on the object 'alembic_version', database 'Rentbook', schema 'dbo'."
)
TABLES = (r"sys\.objects", ("alembic_version",))


def at(port, host="127.0.0.1", **said):
    said = {"by_windows": False, "login": "rents", "password": "opensesame", "encryption": Encryption.SIGN_IN} | said
    return url_of(ServerAddress(host, "Rentbook", port, **said))


def refused(url, work=try_server):
    with pytest.raises(ServerRefusal) as told:
        work(url, SystemClock(), no_progress, CancelToken())
    return told.value


@pytest.fixture
def certified(tmp_path):
    """A server's side of TLS, with a certificate that nobody vouches for."""
    key, file = curve_key(), tmp_path / "server.pem"
    now = datetime.now(UTC)
    made = certificate(key, now - timedelta(days=1), now + timedelta(days=9))
    file.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + made.public_bytes(Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


def test_a_closed_port_is_told_at_its_field():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    told = refused(at(port))
    assert (told.trouble, told.field, str(port) in told.message) == (Trouble.PORT, "port", True)


def test_a_name_that_nobody_knows():
    told = refused(at(1433, "no-such-server.invalid"))
    assert (told.trouble, told.field) == (Trouble.NAME, "host")


def test_what_answers_is_no_sql_server():
    def answer():
        talking, _address = listening.accept()
        with talking:
            talking.settimeout(5)
            talking.recv(4_096)
        talking, _address = listening.accept()
        talking.close()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=answer)
        thread.start()
        told = refused(at(listening.getsockname()[1]))
        thread.join()
    assert (told.trouble, told.field) == (Trouble.NOT_SQL_SERVER, "port")


def test_whoever_waits_for_a_silent_server_may_stop():
    token, listening = CancelToken(), socket.create_server(("127.0.0.1", 0))

    def progress(_done, _total, text=""):
        if text == "Signing in":
            threading.Timer(0.2, token.cancel).start()

    begun = time.monotonic()
    with listening, pytest.raises(Cancelled):
        try_server(at(listening.getsockname()[1]), SystemClock(), progress, token)
    assert time.monotonic() - begun < 5


def test_a_refused_login_says_whose():
    with StandIn({"Rentbook": (WRONG,), "master": (WRONG,)}) as server:
        told = refused(at(server.port))
    assert (told.trouble, told.field) == (Trouble.LOGIN, "login")
    assert "'rents'" in told.message
    assert "opensesame" not in str(told)


@pytest.mark.parametrize(("may", "trouble"), [(None, Trouble.DATABASE), (0, Trouble.NO_ACCESS)])
def test_a_missing_database_is_not_taken_for_a_wrong_login(may, trouble):
    """A server refuses both with the same words; only `master` knows which it was."""
    with StandIn({"Rentbook": NO_DATABASE}, ((r"has_dbaccess", (may,)),)) as server:
        told = refused(at(server.port))
    assert told.trouble is trouble


def test_no_rights_are_told_as_that():
    with StandIn({}, (TABLES, (r"alembic_version", DENIED))) as server:
        told = refused(at(server.port))
    assert told.trouble is Trouble.RIGHTS


def test_a_certificate_that_nobody_vouches_for_ends_it_before_the_password_is_sent(certified):
    with StandIn(certificate=certified) as server:
        told = refused(at(server.port, encryption=Encryption.ALWAYS))
    assert (told.trouble, told.field) == (Trouble.CERTIFICATE, "certificate_name")


def answers(revision, *, snapshots=(1, 1, "Latin1_General_CI_AS")):
    return (
        TABLES,
        (r"alembic_version", (revision,)),
        (r"sys\.databases", snapshots),
        (r"(?i)serverproperty", ("15.0.2000.5",)),
        (r"SYSUTCDATETIME", (datetime.now(UTC).replace(tzinfo=None) - timedelta(minutes=20),)),
    )


@pytest.mark.parametrize(("revision", "state"), [("0001", "behind"), ("9999", "ahead")])
def test_a_server_that_lets_in_is_looked_at(revision, state):
    with StandIn({}, answers(revision, snapshots=(0, 0, "Latin1_General_100_BIN2"))) as server:
        tried = try_server(at(server.port), SystemClock(), no_progress, CancelToken())
    assert (tried.version, tried.state, tried.revision, tried.ready) == ("15.0.2000.5", state, revision, False)
    assert "opensesame" not in tried.place
    assert [words.split(":")[0].split(" (")[0] for words in tried.warnings] == [
        "Whoever reads waits for whoever writes",
        "A long list may show two states of the accounts at once",
        "Text is compared with its capitals",
    ]
    assert [each.split(" SET ")[1] for each in tried.advice] == [
        "ALLOW_SNAPSHOT_ISOLATION ON;",
        "READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE;",
    ]
    assert timedelta(minutes=19) < tried.ahead < timedelta(minutes=21)


@pytest.mark.parametrize(("revision", "words"), [("0001", "older than this Rentbook"), ("9999", "newer Rentbook")])
def test_a_desk_that_is_behind_or_ahead_says_so_and_stops(revision, words):
    from app.services.core.errors import UserError

    with StandIn({}, answers(revision)) as server, pytest.raises(UserError, match=words):
        open_server(at(server.port), SystemClock(), no_progress, CancelToken())


def test_the_port_of_an_instance_is_read_from_what_its_computer_tells():
    told = b"\x05\x5e\x00ServerName;SQL01;InstanceName;RENTS;IsClustered;No;Version;15.0.2000.5;tcp;49172;np;\\\\SQL01\\pipe;;"
    assert network.port_told(told) == 49_172


def test_an_instance_that_nobody_tells_of():
    told = refused(at(None, instance="RENTS"))
    assert (told.trouble, told.field) == (Trouble.INSTANCE, "instance")
