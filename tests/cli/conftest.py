"""Calls of the command line as its user makes them, and their answers."""

import json
from dataclasses import dataclass

import pytest

from app.cli.main import main


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str

    @property
    def data(self):
        return json.loads(self.out)


@pytest.fixture
def rentbook(capsys, monkeypatch, clock):
    """Run one command as `officer` on 21 November 2026, on the database of `--db` or RENTBOOK_DB."""
    monkeypatch.setattr("app.cli.frame.SystemClock", lambda: clock)
    monkeypatch.setattr("app.cli.frame.system_user", lambda: ("officer", "Test Officer"))
    monkeypatch.setattr("app.cli.database.system_user", lambda: ("officer", "Test Officer"))

    def run(*arguments):
        code = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Answer(code, said.out, said.err)

    return run


@pytest.fixture
def office(rentbook, database_file, monkeypatch):
    """The same, on a fresh migrated database."""
    monkeypatch.setenv("RENTBOOK_DB", str(database_file))
    return rentbook
