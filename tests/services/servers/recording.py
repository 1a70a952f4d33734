"""A SQL Server that isn't there: what Rentbook would send to one is written down, and every question has an empty answer.

The real dialect compiles for it and the real code runs; nothing is proved of the server itself.
"""

import re
from contextlib import contextmanager
from itertools import count

from sqlalchemy import Engine, event

HOST = "recorder"
ADDRESS = f"mssql+mssqlpython://{HOST}/Rentbook"
_SAID = (
    ("select @@version", "Microsoft SQL Server 2019 (RTM) - 15.0.2000.5"),
    ("SELECT schema_name()", "dbo"),
    ("SELECT name FROM sys.system_views", "dm_exec_sessions"),
    ("transaction_isolation_level", "READ COMMITTED"),
    ("test max support", "test max support"),
    ("fn_listextendedproperty", 1),
)
"""What SQLAlchemy asks of every new connection, and the answer."""
_RETURNED = re.compile(r"\bOUTPUT ((?:inserted\.\[?\w+\]?(?:, )?)+)")
_identity = count(1)


class Recorder:
    """What was sent, in order, without the questions that SQLAlchemy asks of every new connection."""

    def __init__(self):
        self.sent = []

    def batches(self):
        """The text of each."""
        return [text for text, _values in self.sent]


@contextmanager
def recorded():
    """Connections to HOST are made to a recorder while this lasts."""
    recorder = Recorder()

    def connect(_dialect, _record, arguments, _options):
        return _Connection(recorder) if arguments and f"Server={HOST}" in arguments[0] else None

    event.listen(Engine, "do_connect", connect)
    try:
        yield recorder
    finally:
        event.remove(Engine, "do_connect", connect)


class _Connection:
    autocommit = False

    def __init__(self, recorder):
        self.recorder = recorder

    def cursor(self):
        return _Cursor(self.recorder)

    def commit(self):
        self.recorder.sent.append(("COMMIT", ()))

    def rollback(self):
        self.recorder.sent.append(("ROLLBACK", ()))

    def close(self):
        pass


class _Cursor:
    arraysize = 1
    rowcount = 1

    def __init__(self, recorder):
        self._recorder, self._rows, self.description = recorder, [], None

    def execute(self, text, values=()):
        said = next((answer for part, answer in _SAID if part in text), None)
        if said is not None:
            self.description, self._rows = [("said", *[None] * 6)], [(said,)]
            return
        self._answer(text, 1)
        self._recorder.sent.append((text, values))

    def executemany(self, text, many):
        self._answer(text, len(many))
        self._recorder.sent.append((text, many))

    def _answer(self, text, lines):
        returned = _RETURNED.search(text)
        if returned:
            names = re.findall(r"inserted\.\[?(\w+)", returned[1])
            self._rows = [tuple(next(_identity) for _ in names) for _ in range(lines)]
        elif text.lstrip().upper().startswith("SELECT"):
            names, self._rows = ["nothing"], []
        else:
            names = []
        self.description = [(name, *[None] * 6) for name in names] or None

    def fetchall(self):
        rows, self._rows = self._rows, []
        return rows

    def fetchone(self):
        return self._rows.pop(0) if self._rows else None

    def fetchmany(self, size=None):
        rows, self._rows = self._rows[: size or 1], self._rows[size or 1 :]
        return rows

    def nextset(self):
        return False

    def setinputsizes(self, *_):
        pass

    def close(self):
        pass
