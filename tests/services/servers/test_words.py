"""What is wrong is told from what a driver says: words and numbers as each of them really gives them."""

import pytest
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError, ProgrammingError

from app.services.core.driver_words import is_lock, raise_for_officer
from app.services.core.errors import UserError
from app.services.core.server_refusals import refusal
from app.services.core.server_words import Trouble, trouble_of

REFUSED = "Syntax error or access violation"
ODBC = "[Microsoft][ODBC Driver 18 for SQL Server]"
TAIL = "DB-Lib error message 20002, severity 9:\nTDS server connection failed (sql01)\n"


def mssql_python(said, kind="Client unable to establish connection"):
    return (f"Driver Error: {kind}; DDBC Error: {said}",)


SAID = [
    # mssql-python 1.16, on Linux and on Windows
    (Trouble.PORT, mssql_python("[Microsoft]TCP Provider: Error code 0x2749")),
    (Trouble.NAME, mssql_python("[Microsoft]TCP Provider: Error code 0x2AF9")),
    (Trouble.NO_ANSWER, mssql_python("[Microsoft]TCP Provider: Timeout error [258]. ")),
    (
        Trouble.PORT,
        mssql_python(
            "[Microsoft]TCP Provider: No connection could be made because the target machine actively refused it."
        ),
    ),
    (Trouble.NAME, mssql_python("[Microsoft]TCP Provider: No such host is known.")),
    (
        Trouble.INSTANCE,
        mssql_python(
            "[Microsoft]SQL Server Network Interfaces: Error Locating Server/Instance Specified [xFFFFFFFF]. "
        ),
    ),
    (
        Trouble.NOT_SQL_SERVER,
        mssql_python(
            "[Microsoft]Client unable to establish connection because an error was encountered during handshakes before login."
        ),
    ),
    (
        Trouble.CERTIFICATE,
        mssql_python(
            "[Microsoft]SSL Provider: [error:0A000086:SSL routines::certificate verify failed:self-signed certificate]"
        ),
    ),
    (
        Trouble.CERTIFICATE,
        mssql_python("[Microsoft]SSL Provider: The certificate chain was issued by an authority that is not trusted."),
    ),
    (Trouble.CERTIFICATE, mssql_python("[Microsoft]SSL Provider: The target principal name is incorrect.")),
    (
        Trouble.LOGIN,
        mssql_python("[Microsoft][SQL Server]Login failed for user 'sa'.", "Invalid authorization specification"),
    ),
    (
        Trouble.WINDOWS,
        mssql_python(
            "[Microsoft][SQL Server]Login failed. The login is from an untrusted domain and cannot be used with Integrated "
            "authentication.",
            "Invalid authorization specification",
        ),
    ),
    (
        Trouble.WINDOWS,
        mssql_python("[Microsoft]SSPI Provider: No Kerberos credentials available (default cache: FILE:/tmp/krb5cc_0)"),
    ),
    (
        Trouble.DATABASE,
        mssql_python(
            '[Microsoft][SQL Server]Cannot open database "Rentbook" requested by the login. The login failed.'
        ),
    ),
    (
        Trouble.RIGHTS,
        mssql_python(
            "[Microsoft][SQL Server]The INSERT permission was denied on the object 'entry', database 'Rentbook', schema 'dbo'."
        ),
    ),
    (
        Trouble.DRIVER,
        mssql_python("Failed to load the driver. Please read the documentation", "Connection operation failed"),
    ),
    (Trouble.PORT, mssql_python("[Microsoft]IO error: Connection refused (os error 111)")),
    (
        Trouble.NAME,
        mssql_python("[Microsoft]IO error: failed to lookup address information: Name or service not known"),
    ),
    # pyodbc with ODBC Driver 18: the number stands in brackets
    (Trouble.LOGIN, ("28000", f"[28000] {ODBC}[SQL Server]Login failed for user 'sa'. (18456) (SQLDriverConnect)")),
    (
        Trouble.DATABASE,
        (
            "42000",
            f"""[42000] {ODBC}[SQL Server]Cannot open database "Rentbook" requested by the login. The login failed. (4060)
            (SQLDriverConnect); [42000] {ODBC}[SQL Server]Login failed for user 'sa'. (18456)""",
        ),
    ),
    (Trouble.NO_ANSWER, ("HYT00", f"[HYT00] {ODBC}Login timeout expired (0) (SQLDriverConnect)")),
    (
        Trouble.DRIVER,
        ("01000", "[01000] [unixODBC][Driver Manager]Can't open lib 'ODBC Driver 18 for SQL Server' : file not found"),
    ),
    (
        Trouble.NO_ACCESS,
        (
            "42000",
            f"""[42000] {ODBC}[SQL Server]The server principal "rents" is not able to access the database "Rentbook" under
            the current security context. (916)""",
        ),
    ),
    (
        Trouble.PASSWORD_EXPIRED,
        (
            "28000",
            f"[28000] {ODBC}[SQL Server]Login failed for user 'rents'.  Reason: The password of the account has expired. (18487)",
        ),
    ),
    (
        Trouble.LOCKED_OUT,
        ("28000", f"[28000] {ODBC}[SQL Server]Login failed for user 'rents'. Reason: The account is disabled. (18470)"),
    ),
    (
        Trouble.FULL,
        (
            "42000",
            f"[42000] {ODBC}[SQL Server]The transaction log for database 'Rentbook' is full due to 'LOG_BACKUP'. (9002)",
        ),
    ),
    # pymssql 2.4 (FreeTDS): a number and bytes
    (
        Trouble.LOGIN,
        (
            (
                18456,
                f"Login failed for user 'sa'.DB-Lib error message 20018, severity 14:\nGeneral SQL Server error\n{TAIL}".encode(),
            ),
        ),
    ),
    (
        Trouble.PORT,
        (
            (
                20009,
                f"Unable to connect: TDS server is unavailable or does not exist (sql01)\nNet-Lib error during Connection refused (111)\n{TAIL}".encode(),
            ),
        ),
    ),
    (
        Trouble.NO_ANSWER,
        (
            (
                20009,
                f"DB-Lib error message 20003, severity 6:\nTDS server connection timed out (sql01)\n{TAIL}".encode(),
            ),
        ),
    ),
    (
        Trouble.NOT_SQL_SERVER,
        ((20009, f"DB-Lib error message 20017, severity 9:\nUnexpected EOF from the server (sql01)\n{TAIL}".encode()),),
    ),
    (Trouble.RIGHTS, ((229, b"The SELECT permission was denied on the object 'entry'"),)),
    (Trouble.UNKNOWN, ("something that nobody has heard of",)),
]


@pytest.mark.parametrize(("trouble", "said"), SAID, ids=lambda part: part if isinstance(part, Trouble) else None)
def test_each_driver_is_understood(trouble, said):
    assert trouble_of(OperationalError("SELECT 1", {}, Exception(*said))) is trouble


@pytest.mark.parametrize("trouble", Trouble)
def test_each_kind_has_a_sentence_a_way_out_and_no_password(trouble):
    url = make_url("mssql+mssqlpython://rents:opensesame@sql01:1440/Rentbook")
    told = refusal(trouble, url, "what the driver said")
    assert told.trouble is trouble
    assert told.message.endswith(".")
    assert told.hint
    assert "opensesame" not in str(told)
    assert "{" not in str(told)


@pytest.mark.parametrize(
    "said",
    [
        (
            "40001",
            f"[40001] {ODBC}[SQL Server]Transaction (Process ID 56) was deadlocked on lock resources with another process and has been chosen as the deadlock victim. Rerun the transaction. (1205)",
        ),
        mssql_python(
            "[Microsoft][SQL Server]Transaction (Process ID 56) was deadlocked on lock resources with another process and has been chosen as the deadlock victim."
        ),
        mssql_python("[Microsoft][SQL Server]Lock request time out period exceeded."),
        (
            (
                1205,
                b"Transaction (Process ID 56) was deadlocked on lock resources and has been chosen as the deadlock victim.",
            ),
        ),
        ((1222, b"Lock request time out period exceeded."),),
    ],
)
def test_a_deadlock_and_a_lock_are_tried_again(said):
    assert is_lock(OperationalError("UPDATE", {}, Exception(*said)))


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("The INSERT permission was denied on the object 'entry', database 'Rentbook', schema 'dbo'.", "login"),
        (
            "Could not allocate space for object in database 'Rentbook' because the 'PRIMARY' filegroup is full.",
            "disk of the server is full",
        ),
        ('Failed to update database "Rentbook" because the database is read-only.', "only be read"),
    ],
)
def test_what_a_server_refuses_in_the_middle_of_work_is_a_sentence(said, words):
    with pytest.raises(UserError, match=words) as told:
        raise_for_officer(
            ProgrammingError("INSERT", {}, Exception(*mssql_python(f"[Microsoft][SQL Server]{said}", REFUSED)))
        )
    assert told.value.hint
