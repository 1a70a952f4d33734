"""The exit export: whole, provable without Rentbook, and careful with what is sealed."""

import csv
import hashlib
import json
from collections import defaultdict

import pytest
from sqlalchemy import text

from app.models.tables import metadata
from app.services.approvals import commands as approvals
from app.services.bacs import sealing
from app.services.bacs.dto import Destination
from app.services.core.clock import FixedClock
from app.services.core.database import open_database
from app.services.core.errors import Cancelled, UserError
from app.services.core.progress import CancelToken, no_progress
from app.services.core.session import Desk
from app.services.exit_export import cells, commands, jobs
from tests.conftest import TODAY
from tests.prepared import copy_of


@pytest.fixture(scope="module")
def made(demonstration, tmp_path_factory):
    """The demonstration landlord, exported once; the folder and the desk."""
    home = tmp_path_factory.mktemp("exit")
    database = open_database(copy_of(demonstration, home / "copy.db"), FixedClock(TODAY))
    desk = Desk.sit_down(database, "demo.admin", FixedClock(TODAY))
    exported = jobs.export(desk, home / "everything", no_progress, CancelToken())
    yield exported, desk
    database.close()


def read(folder, table):
    with (folder / "tables" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_balances_and_control_totals_rebuilt_from_the_files_are_those_of_the_ledger(made):
    exported, desk = made
    lines, journals = defaultdict(int), defaultdict(int)
    for row in read(exported.folder, "entry"):
        lines[row["account_id"]] += int(row["pence"])
        journals[row["journal"]] += int(row["pence"])
    accounts = read(exported.folder, "account")
    assert {row["id"]: int(row["balance_pence"]) for row in accounts} == {
        row["id"]: lines[row["id"]] for row in accounts
    }
    assert set(journals.values()) == {0}
    assert sorted(map(int, journals)) == list(range(1, len(journals) + 1))
    sql = "SELECT control_key, fund, SUM(balance_pence) FROM account WHERE kind = 'control' GROUP BY 1, 2"
    kept = desk.database.read(lambda session: session.execute(text(sql)).all())
    rebuilt = defaultdict(int)
    for row in accounts:
        if row["kind"] == "control":
            rebuilt[row["control_key"], row["fund"]] += lines[row["id"]]
    assert {(row[0], row[1]): row[2] for row in kept} == rebuilt


def test_every_file_is_named_with_its_sum_and_every_table_is_there(made):
    exported, _ = made
    told = json.loads((exported.folder / "manifest.json").read_text("utf-8"))
    files = {str(each.relative_to(exported.folder)) for each in exported.folder.rglob("*") if each.is_file()}
    assert files - {"manifest.json", "SHA256SUMS"} == told["sha256"].keys()
    for line in (exported.folder / "SHA256SUMS").read_text("utf-8").splitlines():
        digest, name = line.split("  ", 1)
        assert hashlib.sha256((exported.folder / name).read_bytes()).hexdigest() == digest
    assert told["tables"].keys() == metadata.tables.keys()
    described = {each["table"]: each for each in json.loads((exported.folder / "schema.json").read_text("utf-8"))}
    for name, table in told["tables"].items():
        rows = read(exported.folder, name) if table["rows"] < 500 else None
        assert rows is None or len(rows) == table["rows"], name
        assert [each["name"] for each in described[name]["columns"]] == list(metadata.tables[name].c.keys())
    assert sum(each["pence"].get("pence", 0) for name, each in told["tables"].items() if name == "entry") == 0


def test_documents_are_files_that_are_what_was_stored(made):
    exported, _ = made
    with (exported.folder / "documents.csv").open(encoding="utf-8", newline="") as file:
        index = list(csv.DictReader(file))
    assert len(index) == exported.documents > 0
    for row in index:
        content = (exported.folder / row["file"]).read_bytes()
        assert (hashlib.sha256(content).hexdigest(), len(content)) == (row["sha256"], int(row["size"]))
    assert {row["content"] for row in read(exported.folder, "document")} == {""}


def test_passwords_are_left_out_and_both_steps_are_in_the_audit(made):
    exported, desk = made
    assert {row["password_hash"] for row in read(exported.folder, "credential")} <= {""}
    sql = "SELECT action, after FROM audit_entry WHERE table_name = 'exit_export' ORDER BY id"
    steps = desk.database.read(lambda session: session.execute(text(sql)).all())
    assert [each.action for each in steps] == ["begun", "export"]
    assert exported.manifest_sha256 in steps[1].after


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, ""),
        ("", '""'),
        ('=cmd|"x"', '"=cmd|""x"""'),
        ("two\nlines, é", '"two\nlines, é"'),
        (True, "1"),
        (-12_345, "-12345"),
        (TODAY, "2026-11-21"),
        (FixedClock(TODAY).now(), "2026-11-21T12:00:00.000000Z"),
        (b"\x00\xff", "AP8="),
    ],
)
def test_a_value_is_written_so_that_it_can_be_read_back(value, written):
    assert cells.written(value) == written


def test_formulas_are_counted_and_not_changed():
    assert cells.formulas(["=1+1", "@x", "plain", -5, None]) == 2


def test_what_is_sealed_opens_only_when_a_second_officer_agreed(desk, colleague, tmp_path):
    manager = Desk.sit_down(desk.database, "manager", desk.clock)

    def keep(ctx):
        ctx.session.execute(
            text(
                "INSERT INTO council_bank (id, name, account_id, sealed, tail, mark, starts_on, opening_pence, active, version) "
                "SELECT 1, 'Main', id, :sealed, '78', 'm', '2026-04-01', 0, 1, 1 FROM account WHERE kind = 'control' LIMIT 1"
            ),
            {"sealed": sealing.seal_account(ctx, "council_bank:1", Destination("203040", "12345678", ""))},
        )

    desk.do(keep)
    with pytest.raises(UserError, match="No second officer"):
        jobs.export(manager, tmp_path / "opened", no_progress, CancelToken(), opened=True)
    shut = jobs.export(manager, tmp_path / "shut", no_progress, CancelToken())
    assert "12345678" not in (shut.folder / "tables" / "council_bank.csv").read_text("utf-8")
    request = manager.do(commands.ask_opened, "The new system takes over on 1 December")
    with pytest.raises(UserError):
        manager.do(approvals.approve, [request])
    assert not (tmp_path / "opened").exists()
    colleague.do(approvals.approve, [request])
    opened = jobs.export(manager, tmp_path / "opened", no_progress, CancelToken(), opened=True)
    assert json.loads(read(opened.folder, "council_bank")[0]["sealed"]) == ["203040", "12345678", ""]
    with pytest.raises(UserError, match="No second officer"):
        manager.do(commands.begin, "again", True)


def test_a_folder_that_is_there_is_refused_and_a_stopped_export_leaves_nothing(desk, tmp_path):
    with pytest.raises(UserError, match="something at"):
        jobs.export(desk, tmp_path, no_progress, CancelToken())
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        jobs.export(desk, tmp_path / "new", no_progress, token)
    assert not list(tmp_path.glob("*new*"))
