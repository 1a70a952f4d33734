"""Files of receipts from a folder: each once, by the profile that its name begins with, and put away with what became of it."""

import os
from dataclasses import replace

import pytest
from sqlalchemy import select

from app.models.diary import Task
from app.models.values import JobState
from app.services.core import gate
from app.services.core.errors import NotAllowed, UserError
from app.services.core.officers import SYSTEM
from app.services.core.reach import OutOfReach
from app.services.core.session import Desk
from app.services.jobs import claims, folder, keeping, running
from app.services.jobs.dto import Given
from app.services.ledger import checks
from tests.factories import approving
from tests.processes import killed_before
from tests.services.reception_payments.conftest import reception
from tests.services.reception_payments.files.conftest import bank_file
from tests.services.reception_payments.files.looks import NUMBER, balance, lines
from tests.services.reception_payments.files.made import HEAD

__all__ = ["bank_file", "reception"]
ONE, OTHER = "70 0001,10.00,16/11/2026,,1\n", "70 0002,4.00,17/11/2026,,2\n"


@pytest.fixture
def system(desk, reception, bank_file):
    """The desk of the officer of scheduled jobs."""
    return Desk.sit_down(desk.database, SYSTEM, desk.clock)


@pytest.fixture
def place(tmp_path):
    (tmp_path / "files" / "in").mkdir(parents=True)
    return tmp_path / "files"


def put(place, desk, text, name="Bank file 20261121.csv", seconds_old=60):
    path = place / "in" / name
    path.write_text(text, "utf-8")
    moment = desk.clock.now().timestamp() - seconds_old
    os.utime(path, (moment, moment))


def load(system, place):
    return folder.load_all(system, Given(folder=str(place)))


def lies(place):
    return {each: sorted(path.name for path in (place / each).iterdir()) for each in ("in", "done", "refused")}


def tasks(desk):
    return desk.ask(lambda ctx: ctx.session.scalars(select(Task).where(Task.kind == "receipt_file_refused")).all())


def test_files_are_loaded_the_oldest_first_and_put_away(system, reception, place):
    put(place, system, HEAD + OTHER, "bank_file-2.csv")
    put(place, system, HEAD + ONE, seconds_old=90)
    done = load(system, place)
    assert done.told == (
        "Bank file 20261121.csv: File 1: 1 payment of £10.00 posted. bank_file-2.csv: File 2: 1 payment of £4.00 posted."
    )
    assert lies(place) == {"in": [], "done": ["Bank file 20261121.csv", "bank_file-2.csv"], "refused": []}
    assert (balance(system, reception.rent), balance(system, reception.other)) == (-1000, -400)
    assert load(system, place).did is False
    assert system.ask(checks.check) == ()


def test_the_same_file_again_is_put_away_and_posts_nothing(system, reception, place):
    put(place, system, HEAD + ONE)
    load(system, place)
    put(place, system, HEAD + ONE, "Bank file again.csv")
    assert "as file 1 (Bank file 20261121.csv)" in load(system, place).told
    put(place, system, HEAD + OTHER)
    load(system, place)
    assert lies(place)["done"] == ["Bank file 20261121 (2).csv", "Bank file 20261121.csv", "Bank file again.csv"]
    assert balance(system, reception.rent) == -1000


def test_one_that_is_wrong_is_refused_with_the_reason_beside_it_and_the_others_are_loaded(system, reception, place):
    put(place, system, HEAD + "70 0001,ten,16/11/2026,,1\n", "Bank file bad.csv", 90)
    put(place, system, HEAD + ONE, "Bank file good.csv")
    with pytest.raises(UserError, match="1 file was refused") as refused:
        load(system, place)
    assert "Bank file good.csv: File 1" in refused.value.message
    assert lies(place) == {
        "in": [],
        "done": ["Bank file good.csv"],
        "refused": ["Bank file bad.csv", "Bank file bad.csv.txt"],
    }
    assert "Row 2" in (place / "refused" / "Bank file bad.csv.txt").read_text("utf-8")
    (task,) = tasks(system)
    assert (task.title, task.officer_id) == ("Look at Bank file bad.csv: it was refused", None)


def test_a_file_that_no_profile_reads_is_refused_until_one_was_loaded_by_hand(system, place):
    put(place, system, HEAD + ONE, "cash 2026-11-21.csv")
    with pytest.raises(UserError, match="No profile is known for cash 2026-11-21"):
        load(system, place)
    assert lies(place)["refused"] == ["cash 2026-11-21.csv", "cash 2026-11-21.csv.txt"]


def test_a_file_is_read_as_the_last_one_called_so_but_for_its_digits(desk, system, reception, place, tmp_path):
    from tests.services.reception_payments.files import made

    made.load(desk, tmp_path, HEAD + ONE, name="cash 2026-11-20.csv")
    put(place, system, HEAD + OTHER, "cash 2026-11-21.csv")
    assert "File 2: 1 payment" in load(system, place).told


def test_a_card_number_is_refused_and_nothing_of_the_file_is_kept(system, place):
    put(place, system, HEAD + f"70 0001,10.00,16/11/2026,{NUMBER},1\n")
    with pytest.raises(UserError, match="quarantine"):
        load(system, place)
    assert lines(system) == []
    assert NUMBER not in (place / "refused" / "Bank file 20261121.csv.txt").read_text("utf-8")
    assert NUMBER not in "".join(each.details or "" for each in tasks(system))


def test_a_card_number_in_a_files_name_is_in_no_history(system, place):
    put(place, system, HEAD + ONE, f"Bank file {NUMBER}.csv", 90)
    put(place, system, HEAD + ONE, f"unknown {NUMBER}.csv")
    with pytest.raises(UserError, match="2 files were refused") as refused:
        load(system, place)
    assert NUMBER not in str(refused.value)
    assert NUMBER not in "".join(f"{each.title} {each.details}" for each in tasks(system))


def test_a_file_that_cannot_be_moved_keeps_no_other_from_being_loaded(system, reception, place, monkeypatch):
    put(place, system, HEAD + ONE, "Bank file open elsewhere.csv", 90)
    put(place, system, HEAD + "70 0001,ten,16/11/2026,,1\n", "Bank file open and bad.csv", 80)
    put(place, system, HEAD + OTHER, "Bank file.csv")
    move = folder.Path.replace

    def used_elsewhere(path, target):
        if "open" in path.name:
            raise PermissionError(13, "The process cannot access the file")
        return move(path, target)

    monkeypatch.setattr(folder.Path, "replace", used_elsewhere)
    for _ in range(2):
        with pytest.raises(UserError, match=r"Bank file open elsewhere\.csv can't be put into"):
            load(system, place)
    assert (balance(system, reception.rent), balance(system, reception.other)) == (-1000, -400)
    assert lies(place)["done"] == ["Bank file.csv"]
    assert tasks(system) == []


@pytest.mark.parametrize("passing", [OutOfReach("Busy."), gate.Closed("Closed."), NotAllowed("No.")])
def test_what_is_no_fault_of_a_file_leaves_it_where_it_is(system, place, monkeypatch, passing):
    put(place, system, HEAD + ONE)

    def refused(*_):
        raise passing

    monkeypatch.setattr(folder.planning, "loaded_before", refused)
    with pytest.raises(type(passing)):
        load(system, place)
    assert lies(place) == {"in": ["Bank file 20261121.csv"], "done": [], "refused": []}
    assert tasks(system) == []


def test_what_is_still_being_written_is_left(system, place):
    put(place, system, HEAD + ONE, seconds_old=5)
    put(place, system, HEAD + ONE, "Bank file.csv.part")
    put(place, system, HEAD + ONE, ".Bank file.csv")
    assert load(system, place).did is False
    assert len(lies(place)["in"]) == 3


@pytest.mark.sqlite_file
def test_cut_off_between_loading_and_putting_away_nothing_is_posted_twice(desk, system, reception, place):
    put(place, system, HEAD + ONE)
    killed_before(desk, SYSTEM, lambda own: folder._load(own, place / "in" / "Bank file 20261121.csv", Given()))
    assert balance(system, reception.rent) == -1000
    assert "as file 1" in load(system, place).told
    assert lies(place)["done"] == ["Bank file 20261121.csv"]
    assert balance(system, reception.rent) == -1000


def test_a_folder_that_is_missing_is_a_sentence(system, tmp_path):
    for path, words in (("", "No folder is chosen"), (tmp_path / "gone", "There is no folder")):
        with pytest.raises(UserError, match=words):
            folder.load_all(system, Given(folder=str(path)))


def test_the_job_reads_the_folder_that_the_office_chose_and_lines_to_decide_about_are_a_task_for_anybody(
    desk, system, reception, place
):
    claims.make_rows(desk.database)

    def choose(ctx):
        row = keeping.row_of(ctx, "receipt_files")
        with approving.carried_out(ctx, "job", 1):
            row.active, row.folder = True, str(place)

    desk.do(choose)
    put(place, system, HEAD + ONE)
    (ran,) = running.run_named(desk, ["receipt_files"]).ran
    assert ran.state is JobState.DONE
    put(place, system, HEAD + ONE.replace(",1\n", ",\n"), "Bank file like.csv")
    (ran,) = running.run_named(replace(desk), ["receipt_files"]).ran
    assert ran.state is JobState.DONE
    assert "1 to decide about" in ran.said
    holders = desk.ask(
        lambda ctx: ctx.session.scalars(select(Task.officer_id).where(Task.kind == "receipt_lines")).all()
    )
    assert holders == [None]
