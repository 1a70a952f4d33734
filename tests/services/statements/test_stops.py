"""Runs that are killed or run out of room leave whole groups, and carry on: real processes, SIGKILL, a printed seed."""

import contextlib
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import event

from app.services.core.errors import UserError
from app.services.documents import queries as documents
from app.services.ledger import checks
from app.services.statements import jobs, queries
from app.services.statements.dto import RunRequest, RunState
from tests.factories.statements import FROM, TO, tenant
from tests.prepared import prepared
from tests.processes import killed_after, killed_at

ROOT = Path(__file__).resolve().parents[3]
GROUPS = ("A", "B", "C", "D", "E")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither SIGKILL nor file size limits")


@prepared
def roll(desk):
    return desk.do(lambda ctx: [tenant(ctx, group=group) for group in GROUPS for _ in range(2)])


def everything_is_whole(desk, roll, folder, result):
    items = desk.ask(queries.run_items, result.run_id)
    assert sorted(item.account_id for item in items) == sorted(roll)
    assert result.sent == len(roll)
    files = desk.ask(queries.run_files, result.run_id)
    assert len(files) == len(GROUPS)
    for path, file in zip(result.files, files, strict=True):
        assert path.read_bytes() == desk.ask(documents.content, file.sha256)
    singles = [path for path in folder.rglob("*.pdf") if path.parent != folder]
    assert len(singles) == len(roll)
    assert [path for path in folder.rglob("*") if path.name.startswith(".")] == []
    assert desk.ask(checks.check) == ()


@pytest.mark.sqlite_file
def test_a_killed_run_carries_on_where_it_stopped(desk, roll, tmp_path):
    seed = random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")  # noqa: T201  to make a failure again
    dice = random.Random(seed)
    folder = tmp_path / "out"
    for _ in range(3):
        step = dice.randrange(12, 45)

        def run(own, step=step):
            killed_at(step)
            jobs.run_statements(own, RunRequest(FROM, TO, out_dir=folder, file_each=True))

        assert killed_after(None, desk, run)
        for run in desk.ask(queries.runs):
            assert len(desk.ask(queries.run_items, run.run_id)) % 2 == 0, "a group is kept whole or not at all"
    folder.mkdir(exist_ok=True)
    (folder / ".Rent group A-0000.rentbook-part").write_bytes(b"half")
    result = jobs.run_statements(desk, RunRequest(FROM, TO, out_dir=folder, file_each=True))
    assert result.carried_on
    everything_is_whole(desk, roll, folder, result)


@contextlib.contextmanager
def files_no_larger_than(size):
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_folder_that_fills_says_so_and_the_run_carries_on(desk, roll, tmp_path, monkeypatch):
    def full(path, content):
        with files_no_larger_than(5_000):
            return whole(path, content)

    whole = jobs.write_whole
    monkeypatch.setattr(jobs, "write_whole", full)
    request = RunRequest(FROM, TO, out_dir=tmp_path / "out", file_each=True)
    with pytest.raises(UserError, match="no room left on the disk"):
        jobs.run_statements(desk, request)
    assert desk.ask(queries.runs)[0].state is RunState.RUNNING
    assert list((tmp_path / "out").rglob("*.pdf*")) == []
    monkeypatch.undo()
    result = jobs.run_statements(desk, request)
    assert result.carried_on
    everything_is_whole(desk, roll, tmp_path / "out", result)


@pytest.mark.sqlite_file
def test_a_database_that_fills_says_so_and_the_run_carries_on(desk, roll, tmp_path):
    """SQLITE_FULL while the third group is kept."""
    kept = []

    def fill(connection, cursor, statement, *_):
        if statement.startswith("INSERT INTO document "):
            kept.append(statement)
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            limit = pages + 2 if len(kept) == 3 else 2**30
            connection.exec_driver_sql(f"PRAGMA max_page_count = {limit}")

    request = RunRequest(FROM, TO, out_dir=tmp_path / "out", file_each=True)
    event.listen(desk.database.engine, "before_cursor_execute", fill)
    try:
        with pytest.raises(UserError, match="The disk is full; nothing was saved"):
            jobs.run_statements(desk, request)
    finally:
        event.remove(desk.database.engine, "before_cursor_execute", fill)
        desk.database.close()
    assert [run.sent for run in desk.ask(queries.runs)] == [4]
    result = jobs.run_statements(desk, request)
    assert result.carried_on
    everything_is_whole(desk, roll, tmp_path / "out", result)


def test_a_drawing_process_that_is_ended_stops_the_run_with_a_sentence(desk, roll, tmp_path, monkeypatch):
    """The run carries on afterwards, drawn here."""
    monkeypatch.setattr(jobs.drawing, "_FEW", 0)
    monkeypatch.setattr(jobs.drawing, "start_drawing", _end_this_process)
    with pytest.raises(UserError, match="one of the drawing processes was ended"):
        jobs.run_statements(desk, RunRequest(FROM, TO, out_dir=tmp_path / "out", file_each=True))
    monkeypatch.undo()
    result = jobs.run_statements(desk, RunRequest(FROM, TO, out_dir=tmp_path / "out", file_each=True))
    everything_is_whole(desk, roll, tmp_path / "out", result)


LEFT_ALONE = """
import multiprocessing, os, signal, sys
from concurrent.futures import ProcessPoolExecutor
from app.services.statements import drawing

if __name__ == "__main__":
    pool = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), initializer=drawing.start_drawing)
    print(pool.submit(os.getpid).result(), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_drawing_process_ends_with_the_program_that_started_it(tmp_path):
    script = tmp_path / "left_alone.py"
    script.write_text(LEFT_ALONE)
    killed = subprocess.run(
        [sys.executable, str(script)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,  # run() comes back when the last process that holds the pipe has ended
        text=True,
        check=False,
        timeout=120,
    )
    assert killed.returncode == -signal.SIGKILL
    assert int(killed.stdout)


def _end_this_process():
    os.kill(os.getpid(), signal.SIGKILL)
