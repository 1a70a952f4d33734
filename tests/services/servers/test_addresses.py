"""How a server is typed, kept and opened again."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.engine import make_url

from app.services.core import database as databases
from app.services.core import server_login
from app.services.core.errors import UserError
from app.services.servers.addresses import address_of, url_of
from app.services.servers.dto import Encryption, ServerAddress, Tried
from app.services.servers.rules import checked, read_host, read_port, told, too_old

HOST = st.from_regex(r"[a-z][a-z0-9-]{0,20}(\.[a-z]{2,8}){0,2}", fullmatch=True)
WORDS = st.text(min_size=1, max_size=30).filter(lambda text: text.strip() == text and "\x00" not in text)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("sql01", ("sql01", None, "")),
        (" sql01.council.local ", ("sql01.council.local", None, "")),
        ("sql01,1440", ("sql01", 1440, "")),
        ("sql01:1440", ("sql01", 1440, "")),
        ("tcp:sql01, 1440", ("sql01", 1440, "")),
        (r"SQL01\RENTS", ("SQL01", None, "RENTS")),
        (".", ("localhost", None, "")),
        (r".\SQLEXPRESS", ("localhost", None, "SQLEXPRESS")),
        ("10.1.2.3,1433", ("10.1.2.3", 1433, "")),
        ("::1", ("::1", None, "")),
    ],
)
def test_a_server_is_read_as_administrators_write_it(typed, read):
    assert read_host(typed) == read


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ("", "host"),
        ("mssql://sql01/rents", "host"),
        (r"\\sql01\pipe\sql\query", "host"),
        (r"(localdb)\MSSQLLocalDB", "host"),
        ("sql 01", "host"),
        ("sql01;Database=x", "host"),
        (r"sql01\two words", "host"),
        ("sql01,port", "port"),
        ("sql01,0", "port"),
        ("sql01,70000", "port"),
        ("x" * 300, "host"),
    ],
)
def test_what_is_no_server_is_refused_at_its_field(typed, field):
    with pytest.raises(UserError) as refused:
        read_host(typed)
    assert (refused.value.field, bool(refused.value.hint)) == (field, True)


@given(st.text(max_size=8))
def test_a_port_is_a_number_or_refused(typed):
    with suppress(UserError):
        port = read_port(typed)
        assert port is None or 0 < port < 65_536


@pytest.mark.parametrize(
    ("address", "field"),
    [
        (ServerAddress("sql01", " "), "database"),
        (ServerAddress("sql01", "Rent;book"), "database"),
        (ServerAddress("sql01", "Rentbook", by_windows=False, login=" "), "login"),
        (ServerAddress("sql01", "Rentbook", port=1433, instance="RENTS"), "port"),
        (ServerAddress("sql01", "Rentbook", certificate_name="a;b"), "certificate_name"),
    ],
)
def test_what_an_address_lacks_is_said_at_its_field(address, field):
    with pytest.raises(UserError) as refused:
        checked(address)
    assert refused.value.field == field


@given(
    HOST,
    WORDS,
    st.none() | st.integers(1, 65_535),
    st.sampled_from(Encryption),
    st.booleans(),
    st.none() | st.tuples(WORDS, WORDS),
)
def test_an_address_comes_back_from_what_is_kept_but_for_its_password(host, database, port, encryption, trust, login):
    given_ = ServerAddress(
        host,
        database,
        port,
        by_windows=login is None,
        login=login[0] if login else "",
        password=login[1] if login else "",
        encryption=encryption,
        trust_certificate=trust,
    )
    assert address_of(url_of(given_)) == given_
    kept = server_login.without_password(url_of(given_))
    again = address_of(make_url(kept))
    assert (again.login, again.password, again.host, again.database) == (given_.login, "", host, database)


def test_windows_sign_in_and_options_stand_in_the_address_as_the_driver_calls_them():
    address = ServerAddress("sql01", "Rentbook", trust_certificate=True, certificate_name="sql.council.local")
    assert url_of(address).render_as_string() == (
        "mssql+mssqlpython://sql01/Rentbook?Encrypt=yes&HostnameInCertificate=sql.council.local"
        "&TrustServerCertificate=yes&Trusted_Connection=yes"
    )


def test_a_password_with_signs_of_its_own_reaches_the_driver_whole():
    from sqlalchemy.dialects.mssql.mssqlpython import dialect

    address = ServerAddress("sql01", "Rentbook", by_windows=False, login="rents", password="p@ss;w{o}rd=1/2")
    [text], _options = dialect().create_connect_args(url_of(address))
    assert "PWD={p@ss;w{o}}rd=1/2}" in text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("mssql+mssqlpython://", "server"),
        ("mssql+mssqlpython://sql01", "database"),
        ("mssql+odd://sql01/Rentbook", "odd"),
        ("postgresql://sql01/Rentbook", "postgresql"),
        ("mssql://sql01:port/Rentbook", "not the address"),
    ],
)
def test_a_wrong_url_is_refused_before_anybody_waits(typed, words):
    with pytest.raises(UserError, match=words) as refused:
        databases.database_url(typed)
    assert refused.value.hint


def test_a_wrong_url_is_not_repeated_with_its_password():
    with pytest.raises(UserError) as refused:
        databases.database_url("mssql://rents:opensesame@sql01:port/Rentbook")
    assert "opensesame" not in str(refused.value)


def test_a_server_is_spoken_to_by_the_driver_that_the_program_brings():
    assert databases.database_url("mssql://sql01/Rentbook").drivername == "mssql+mssqlpython"


def test_the_password_is_in_the_keyring_and_nowhere_else(monkeypatch, own_keyring):
    url = url_of(ServerAddress("SQL01", "Rentbook", by_windows=False, login="rents", password="opensesame"))
    assert server_login.keep_password(url)
    kept = make_url(server_login.without_password(url))
    assert kept.password is None
    assert server_login.with_password(kept).password == "opensesame"
    assert server_login.with_password(kept.set(database="Training")).password == "opensesame"
    assert server_login.with_password(kept.set(username="other")).password is None
    server_login.forget_password(kept)
    assert server_login.with_password(kept).password is None


def test_a_computer_without_a_keyring_says_so():
    url = url_of(ServerAddress("sql01", "Rentbook", by_windows=False, login="rents", password="opensesame"))
    assert not server_login.keep_password(url)
    assert server_login.with_password(url).password == "opensesame"


@pytest.mark.parametrize(
    ("revision", "state", "words"),
    [
        ("", "behind", "rentbook db create"),
        ("0001", "behind", "older"),
        ("9999", "ahead", "newer"),
        ("1", "current", "fits"),
    ],
)
def test_what_a_test_found_is_said(revision, state, words):
    assert words in told(Tried("sql01", "15.0.2000.5", state, revision, "0045"))


@pytest.mark.parametrize(
    ("version", "old"), [("12.0.6024.0", True), ("13.0.1601.5", False), ("16.0.1000.6", False), ("", False)]
)
def test_a_server_from_before_2016_is_too_old(version, old):
    assert too_old(version) is old
