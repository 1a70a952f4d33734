"""What a start of the window reads: each further table is time that every officer waits each morning."""

import subprocess
import sys

from tests.architecture.repository import ROOT

_FIRST = {"access", "accounts", "audit", "db", "desks", "imports", "landlord", "migrations", "officers", "policy"}
_FIRST |= {"properties", "search", "tenancies", "values"}
"""The tables that signing in and the list of accounts need (decision 22)."""
_READ = (
    "import importlib, sys; from app.__main__ import _BEFORE_QT; [importlib.import_module(each) for each in _BEFORE_QT];"
    " import app.bootstrap; print(*(each for each in sys.modules if each.startswith('app.models.')))"
)


def test_a_start_reads_no_tables_but_those_of_signing_in_and_of_the_first_list():
    done = subprocess.run([sys.executable, "-c", _READ], cwd=ROOT, capture_output=True, text=True, check=True)
    assert {module.split(".")[2] for module in done.stdout.split()} - _FIRST == set()
