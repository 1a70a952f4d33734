import threading

import pytest
import shiboken6
from PySide6.QtCore import QObject, QThread

from app.services.core.errors import UserError
from tests.views.desktop import wait


@pytest.fixture
def owner(qapp):
    made = QObject()
    yield made
    if shiboken6.isValid(made):
        made.deleteLater()


def outcome(task):
    """Everything that a task says, in order."""
    said = []
    task.progressed.connect(lambda *step: said.append(("progressed", *step)))
    task.succeeded.connect(lambda result: said.append(("succeeded", result)))
    task.failed.connect(lambda error: said.append(("failed", error)))
    task.cancelled.connect(lambda: said.append(("cancelled",)))
    task.ended.connect(lambda: said.append(("ended",)))
    return said


def test_work_runs_elsewhere_and_its_result_comes_back_here(tasks, owner, qtbot):
    main = QThread.currentThread()
    said = outcome(tasks.run_task(lambda _progress, _cancel: QThread.currentThread() is main, parent=owner))
    wait(qtbot, lambda: ("ended",) in said)
    assert said == [("succeeded", False), ("ended",)]


def test_what_goes_wrong_is_handed_over(tasks, owner, qtbot):
    wrong = UserError("The file is empty.")

    def work(_progress, _cancel):
        raise wrong

    said = outcome(tasks.run_task(work, parent=owner))
    wait(qtbot, lambda: ("ended",) in said)
    assert said == [("failed", wrong), ("ended",)]


def test_progress_is_passed_on_but_not_every_step_of_many(tasks, owner, qtbot):
    def work(progress, _cancel):
        for step in range(1, 100_001):
            progress(step, 100_000, "rows")

    said = outcome(tasks.run_task(work, parent=owner))
    wait(qtbot, lambda: ("ended",) in said)
    steps = [each for each in said if each[0] == "progressed"]
    assert steps[-1] == ("progressed", 100_000, 100_000, "rows")
    assert len(steps) < 300


def test_work_that_is_cancelled_stops_at_its_next_step(tasks, owner, qtbot):
    started = threading.Event()

    def work(_progress, cancel):
        started.set()
        while True:
            cancel.check()

    task = tasks.run_task(work, parent=owner, cancellable=True)
    said = outcome(task)
    wait(qtbot, started.is_set)
    task.cancel()
    wait(qtbot, lambda: ("ended",) in said)
    assert said == [("cancelled",), ("ended",)]


def test_nothing_is_delivered_to_a_page_that_has_gone(tasks, qtbot):
    for _ in range(20):
        owner, go_on = QObject(), threading.Event()
        said = []

        def work(_progress, _cancel, go_on=go_on):
            go_on.wait(5)
            return "late"

        tasks.run_task(work, parent=owner).succeeded.connect(said.append)
        shiboken6.delete(owner)
        go_on.set()
        wait(qtbot, lambda: not tasks.busy)
        assert said == []


def test_a_cancellable_task_stops_when_its_page_goes(tasks, qtbot):
    owner, started, stopped = QObject(), threading.Event(), threading.Event()

    def work(_progress, cancel):
        started.set()
        while not cancel.cancelled:
            pass
        stopped.set()

    tasks.run_task(work, parent=owner, cancellable=True)
    assert started.wait(5)
    shiboken6.delete(owner)
    wait(qtbot, stopped.is_set)


def test_an_abandoned_question_is_never_answered(tasks, owner, qtbot):
    go_on = threading.Event()
    task = tasks.run_task(lambda _progress, _cancel: go_on.wait(5), parent=owner)
    said = outcome(task)
    task.abandon()
    go_on.set()
    wait(qtbot, lambda: not tasks.busy)
    assert said == []


def test_the_pool_is_drained_on_leaving(tasks, owner):
    def work(_progress, cancel):
        while True:
            cancel.check()

    for _ in range(8):
        tasks.run_task(work, parent=owner, cancellable=True)
    assert tasks.drain()


def test_what_the_work_held_goes_on_the_thread_that_paints(tasks, owner, qtbot):
    went_on = []

    class Held:
        def __del__(self):
            went_on.append(threading.get_ident())

    def work_with(held):
        def work(_progress, _cancel):
            if held is not None:
                raise UserError("It failed, and its failure holds what the work held.")

        return work

    for _ in range(200):
        tasks.run_task(work_with(Held()), parent=owner)
    wait(qtbot, lambda: not tasks.busy and len(went_on) == 200)
    assert set(went_on) == {threading.get_ident()}
