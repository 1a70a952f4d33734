"""A command that takes a while is listed among those who are here."""

import threading

import click
import pytest

from app.cli import frame, seen
from app.services.admin.sessions import beating, commands, queries

pytestmark = pytest.mark.sqlite_file


@pytest.fixture
def slow(office, desk, monkeypatch):
    """A command of a minute: it is seen at once, beats often, and goes on until what it is given says so."""
    heard = threading.Event()
    tell = beating.tell

    def told(desk_, said):
        found = tell(desk_, said)
        heard.set()
        return found

    monkeypatch.setattr(seen, "AFTER", 0.01)
    monkeypatch.setattr(seen, "BEATS", 0.01)
    monkeypatch.setattr(beating, "tell", told)

    def run(work):
        @click.command()
        def minute():
            with frame.open_desk(), frame.long_work("Slow") as (_progress, cancel):
                assert heard.wait(30)
                work(cancel)

        with click.Context(minute, info_name="rentbook", obj=frame.Settings()) as context:
            context.invoke(minute)

    return run


def here(desk, **asked):
    return [(row.officer, row.page, row.how) for row in desk.ask(queries.page, **asked).rows]


def test_it_is_listed_with_its_officer_and_name_until_it_ends(slow, desk):
    found = []
    slow(lambda _cancel: found.extend(here(desk)))
    assert found == [("Test Officer", "Command line: rentbook minute", "Here")]
    assert here(desk) == []
    assert here(desk, ended=True) == [("Test Officer", "Command line: rentbook minute", "Signed out")]


def test_asked_to_sign_out_it_stops_as_by_ctrl_c(slow, desk):
    stopped = []

    def work(cancel):
        (row,) = desk.ask(queries.page).rows
        desk.do(commands.ask_to_sign_out, row.session_id, "We upgrade")
        waits = threading.Event()
        stopped.extend(True for _ in range(3_000) if cancel.cancelled or waits.wait(0.01))

    slow(work)
    assert stopped
    assert here(desk, ended=True)[0][2] == "Signed out when asked"


def test_a_short_command_is_not(office, desk):
    assert office("tasks", "list").code == 0
    assert here(desk, ended=True) == []
