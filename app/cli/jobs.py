"""`rentbook jobs`: what is done by itself, run by a scheduler every few minutes or by hand, with how each went."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import click

from app.cli.frame import REFUSED, Group, answer, long_work, open_desk, place, settings, table
from app.models.values import JobState
from app.services.core import database as databases
from app.services.core.errors import UserError
from app.services.jobs import queries, rules, running
from app.services.jobs.dto import STATES, JobRow, Ran, RunRow


@click.group(cls=Group)
def jobs() -> None:
    """What is done by itself: the weekly charge, e-mail, backups, checks, the tasks of the day."""


@jobs.command()
@click.argument("names", nargs=-1, metavar="[NAME...]")
@click.option("--due", is_flag=True, help="Whatever is due now; for a scheduler, every five minutes.")
@click.option("--quiet", is_flag=True, help="Say only what went wrong: a scheduler sends what is said by e-mail.")
def run(names: tuple[str, ...], due: bool, quiet: bool) -> int:
    """Run what is due, or the jobs of these names. Exit code 1 if one failed, waits for an officer or was held.

    A job runs once whoever else asks. What was missed while the computer was off is done once.
    """
    if bool(names) == due:
        raise click.UsageError("Name the jobs to run, or say --due: one of the two.")
    told = running.nobody if settings().as_json else _tell_wrong if quiet else _tell
    with open_desk() as desk, long_work("Jobs", quiet=quiet) as (progress, cancel):
        if due:
            done = running.run_due(desk, progress, cancel, told)
        else:
            done = running.run_named(desk, names, progress, cancel, told)
    answer({"jobs": [_ran(each) for each in done.ran]}, () if done.ran or quiet else "Nothing is due.")
    return REFUSED if any(each.wrong for each in done.ran) else 0


@jobs.command("list")
def list_() -> int:
    """Every job: when it runs, how it went last and when it is due next. Exit code 1 if one went wrong or is overdue."""
    with open_desk() as desk:
        found = desk.ask(queries.listed)
    rows = ((each.name, each.when, _standing(each), _local(each.started_at), _next(each)) for each in found.rows)
    lines = [*table(("Job", "When", "How it stands", "Last", "Next"), rows)]
    said = [f"{each.name}: {each.said}" for each in found.rows if each.tone in {"bad", "warning"}]
    data = {"jobs": [_data(each) for each in found.rows], "note": found.note}
    answer(data, [*lines, *([""] if said or found.note else []), *said, *([found.note] if found.note else [])])
    return REFUSED if any(each.wrong for each in found.rows) else 0


@jobs.command()
@click.argument("name", required=False, default="")
@click.option("--wrong", is_flag=True, help="Only what went wrong.")
def history(name: str, wrong: bool) -> None:
    """What jobs said, the newest first: all of them, or those of NAME."""
    with open_desk() as desk:
        rows = desk.ask(queries.history, name, wrong=wrong)
    listed = (
        (_local(row.started_at), row.name, STATES[row.state], f"{row.seconds:,.0f} s", row.by, row.said) for row in rows
    )
    answer(
        {"runs": [_run(row) for row in rows]},
        table(("When", "Job", "How it went", "Took", "By", "What it said"), listed, frozenset({3}))
        if rows
        else "No job has said anything yet.",
    )


@jobs.command()
@click.option("--every", type=click.IntRange(1, 60), default=5, show_default=True, help="Minutes between two calls.")
def schedule(every: int) -> None:
    """Print the line that has the system's scheduler call `rentbook jobs run --due`: for Windows and for cron.

    The account under which it runs is an officer of Rentbook who may run jobs.
    """
    call = [*_program(), "jobs", "--db", _place(), "run", "--due", "--quiet"]
    windows = subprocess.list2cmdline(call)
    task = subprocess.list2cmdline(
        ["schtasks", "/Create", "/TN", "Rentbook jobs", "/SC", "MINUTE", "/MO", str(every), "/TR", windows]
    )
    minutes = "*" if every == 1 else f"*/{every}"
    cron = f"{minutes} * * * * {shlex.join(call)}".replace("%", r"\%")  # A line of cron ends at a bare one.
    answer(
        {"every_minutes": every, "command": call, "windows": task, "cron": cron},
        [
            "Windows, in a command prompt of the account that is to run it (/RU names another, which asks for its password):",
            f"  {task}",
            "Linux or macOS, a line for `crontab -e` of that account:",
            f"  {cron}",
        ],
    )


def _program() -> list[str]:
    """How this program is called: the installed one by itself, else Python with the module."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    script = Path(sys.executable).with_name("rentbook.exe" if os.name == "nt" else "rentbook")
    return [str(script)] if script.is_file() else [sys.executable, "-m", "app.cli"]


def _place() -> str:
    """The database that was named, written so that it is found from wherever it is called; never a password."""
    url = databases.database_url(place())
    if url.get_backend_name() == "sqlite":
        return str(Path(url.database or "").absolute())
    if url.password:
        raise UserError(
            "The address of the database has a password in it, and a scheduler's line can be read by others.",
            "Leave the password out: it is kept in the system's keyring, or sign in as the Windows account.",
        )
    return url.render_as_string()


def _tell(ran: Ran) -> None:
    """A line for each job, as it ends."""
    how = STATES[ran.state] if ran.state else ("Held" if ran.held else "Left")
    took = f" ({ran.seconds:,.0f} s)" if ran.state else ""
    click.echo(f"{ran.title}: {how.lower()}. {ran.said}{took}")


def _tell_wrong(ran: Ran) -> None:
    """What went wrong just now; what it holds was told by it, and would be told again each few minutes."""
    if ran.wrong and ran.state is not None:
        _tell(ran)


def _ran(ran: Ran) -> dict[str, Any]:
    return {
        "job": ran.name,
        "state": ran.state,
        "held": ran.held,
        "said": ran.said,
        "seconds": round(ran.seconds, 1),
    }


def _standing(row: JobRow) -> str:
    return f"{row.standing}: request {row.request} waits" if row.request else row.standing


def _next(row: JobRow) -> str:
    return _local(row.next_at) if row.active else ""


def _local(moment: Any) -> str:
    return "" if moment is None else f"{moment.astimezone(rules.office_zone()):%Y-%m-%d %H:%M}"


def _data(row: JobRow) -> dict[str, Any]:
    return {
        "job": row.name,
        "title": row.title,
        "schedule": row.schedule,
        "on": row.active,
        "reason": row.reason,
        "state": row.state,
        "standing": row.standing,
        "wrong": row.wrong,
        "overdue": row.late,
        "said": row.said,
        "started_at": row.started_at,
        "seconds": row.takes,
        "next_at": row.next_at,
        "running": row.running,
        "by": row.by,
        "after": list(row.after),
    }


def _run(row: RunRow) -> dict[str, Any]:
    return {
        "job": row.name,
        "state": row.state,
        "said": row.said,
        "started_at": row.started_at,
        "seconds": round(row.seconds, 1),
        "by": row.by,
        "went_wrong": row.state is not JobState.DONE,
    }
