"""Every job that is done by itself: what it does, when as shipped, what it comes after, and what a person has to do with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import time
from typing import Final

from app.services.core.errors import UserError
from app.services.core.later import Later
from app.services.core.permissions import Permission
from app.services.jobs.rules import Pace, Schedule

_WORKS: Final = "app.services.jobs.works"


@dataclass(frozen=True, slots=True)
class DeclaredJob:
    """A job as the program has it.

    Attributes:
        name: by which it is asked for and kept.
        title: as officers read it.
        does: what it does, as a sentence.
        schedule: when it is due as shipped.
        work: does it: `work(desk, given)` at the desk of the officer of scheduled jobs gives an `Outcome`.
        after: the jobs that must have gone well before it; one that is switched off is not waited for.
        person: what an officer does before or after it; empty where nothing.
        posts: what doing it by hand needs: it puts figures on accounts. None where it posts nothing of its own.
        guards: it guards the books: a second officer agrees before it is switched off, or runs less often than each day.
        limit: minutes after which it is stopped.
        starts: whether it is on as shipped; else `why_off` says why not.
        often: it is asked every few minutes: a run that found nothing to do leaves no line in the history.
        daily: the daily work of areas that it does, by key (see `diary/daily.py`).
        folder: it reads files from a folder of the office's choice.
    """

    name: str
    title: str
    does: str
    schedule: Schedule
    work: Later
    after: tuple[str, ...] = ()
    person: str = ""
    posts: Permission | None = None
    guards: bool = False
    limit: int = 30
    starts: bool = True
    why_off: str = ""
    often: bool = False
    daily: tuple[str, ...] = ()
    folder: bool = False


def _every_day(hour: int, minute: int = 0) -> Schedule:
    return Schedule(Pace.DAY, time(hour, minute))


def _every(minutes: int) -> Schedule:
    return Schedule(Pace.MINUTES, number=minutes)


def _of_the_day(name: str, title: str, does: str, at: Schedule, daily: tuple[str, ...]) -> DeclaredJob:
    return DeclaredJob(name, title, does, at, Later(_WORKS, "day_work"), daily=daily)


_AS_SHIPPED: Final = "As shipped: an officer does it until this is switched on."

JOBS: Final[tuple[DeclaredJob, ...]] = (
    DeclaredJob(
        "tidy",
        "Old history",
        "Forgets what jobs said more than 400 days ago.",
        _every_day(3),
        Later(_WORKS, "tidy"),
    ),
    DeclaredJob(
        "backup",
        "Backup",
        "Copies the database, restores the copy to a scratch file and checks it.",
        _every_day(4, 30),
        Later(_WORKS, "backup"),
        guards=True,
        person="Keep a copy somewhere else, and the key of the database apart from it.",
        limit=240,
    ),
    DeclaredJob(
        "checks",
        "Checks of the ledger",
        "Proves every balance, total and number, and the chain of journals.",
        _every_day(5),
        Later(_WORKS, "checks"),
        guards=True,
        limit=240,
    ),
    DeclaredJob(
        "weekly_charge",
        "Weekly charge",
        "Rehearses each week that is due and posts it if nothing new has to be looked at.",
        Schedule(Pace.WEEK, time(5, 30), 1),
        Later("app.services.jobs.charging", "charge_due"),
        after=("backup", "checks"),
        person="After it: prepare and sign Monday's debit control. The first week of all is posted by an officer.",
        posts=Permission.CHARGE_WEEK,
        limit=120,
        starts=False,
        why_off=_AS_SHIPPED,
    ),
    DeclaredJob(
        "card_days",
        "Card day",
        "Holds what the card provider has for yesterday against ours.",
        _every_day(5, 45),
        Later(_WORKS, "card_days"),
        person="After it: post or explain what differs, under Reception, Card days.",
    ),
    DeclaredJob(
        "tasks",
        "Tasks of the day",
        "Makes the recurring tasks that are wanted today and notes which holds have ended.",
        _every_day(6),
        Later(_WORKS, "tasks"),
    ),
    DeclaredJob(
        "debit_posting",
        "Direct Debit posting",
        "Posts what matched Direct Debit runs collect up to today, and what banks have taken for claims.",
        Schedule(Pace.WORKING_DAY, time(6, 15)),
        Later(_WORKS, "debit_posting"),
        after=("checks",),
        person="Before it: read the Input report, or match the run by hand.",
        posts=Permission.RUN_DIRECT_DEBITS,
        starts=False,
        why_off=_AS_SHIPPED,
    ),
    _of_the_day(
        "debit_reminders",
        "Direct Debit reminders",
        "Brings mandates to today, and makes a task of each mandate, run and schedule that somebody has to look at.",
        _every_day(6, 30),
        ("mandates", "direct_debit_runs", "debit_schedules"),
    ),
    _of_the_day(
        "overdue_post",
        "Overdue post",
        "Tells who has post that is late, and their team leader.",
        _every_day(6, 35),
        ("post_log",),
    ),
    _of_the_day(
        "pay_cards",
        "Pay point cards",
        "Orders the first card of new accounts whose tenants pay by card, where policy says so.",
        _every_day(6, 40),
        ("pay_cards",),
    ),
    _of_the_day(
        "rest_of_day",
        "The rest of the day",
        "Arrangements tested, tills left open, money in suspense, suppliers' contracts and invoices, the certificate.",
        _every_day(6, 45),
        (),
    ),
    DeclaredJob(
        "receipt_files",
        "Files of receipts",
        "Loads the files of receipts that lie in a folder, each once, by the profile that its name begins with.",
        _every(15),
        Later("app.services.jobs.folder", "load_all"),
        person="After it: decide about lines that look like ones that are there, and look at files that were refused.",
        posts=Permission.LOAD_RECEIPTS,
        starts=False,
        why_off="As shipped: choose the folder, then switch it on.",
        often=True,
        folder=True,
    ),
    DeclaredJob(
        "mailboxes",
        "Mailboxes",
        "Fetches the office's e-mail into the post log, as often as each mailbox says.",
        _every(5),
        Later(_WORKS, "mailboxes"),
        often=True,
    ),
    DeclaredJob(
        "letters",
        "E-mails and texts",
        "Hands what is queued to GOV.UK Notify, and asks what became of earlier messages.",
        _every(10),
        Later(_WORKS, "letters"),
        often=True,
    ),
    DeclaredJob(
        "post_mail",
        "Answers to post",
        "Sends what waits to go out from the office's own mailboxes.",
        _every(10),
        Later(_WORKS, "post_mail"),
        often=True,
    ),
    DeclaredJob(
        "cards",
        "Card payments",
        "Asks the card provider what became of payments and refunds that are open.",
        _every(5),
        Later(_WORKS, "cards"),
        often=True,
    ),
)
"""In the order of a day."""

BY_NAME: Final[Mapping[str, DeclaredJob]] = {job.name: job for job in JOBS}
DAY: Final = tuple(job for job in JOBS if job.daily or job.name == "rest_of_day")
"""What does the daily work of the areas; an open window does it too, where nobody has yet."""


def job_of(name: str) -> DeclaredJob:
    """The job of a name.

    Raises:
        UserError: there is none.
    """
    if name not in BY_NAME:
        raise UserError(f"There is no job '{name}'.", f"The jobs are: {', '.join(BY_NAME)}.", "name")
    return BY_NAME[name]


def rest_of_day(known: Iterable[str]) -> tuple[str, ...]:
    """The daily work that no job names: what an area adds is done by the last of them."""
    named = {key for job in JOBS for key in job.daily}
    return tuple(key for key in known if key not in named)
