"""`rentbook post import`, `post fetch` and `post send`: e-mails into the log, and out from the office's mailboxes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from app.cli.frame import Command, answer, long_work, open_desk, table
from app.services.jobs.by_hand import holding
from app.services.post_log.mail import jobs
from app.services.post_log.mail.dto import Imported, TakenState
from app.services.post_log.mailboxes import jobs as fetching
from app.services.post_log.sending import jobs as sending


@click.command("import", cls=Command)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@click.option("--blank-cards", is_flag=True, help="Log what holds a card number too, with the number blanked.")
def import_(paths: tuple[Path, ...], blank_cards: bool) -> int:
    """Log the e-mails in files (.eml, .msg) and folders. The same message is never logged twice: run it as often as you like."""
    with open_desk() as desk, long_work("E-mails") as (progress, cancel):
        found = jobs.import_paths(desk, paths, progress, cancel, blank_cards=blank_cards)
    answer(data(found), told(found))
    return 1 if found.left or found.stopped else 0


def data(found: Imported) -> dict[str, Any]:
    """What became of some messages, for JSON."""
    return {
        **{each.value: found.count(each) for each in TakenState},
        "items": sorted({each.item_id for each in found.taken if each.state is TakenState.LOGGED}),
        "left": [
            {"place": each.place, "why": each.why, "message": each.message, "hint": each.hint} for each in found.left
        ],
        "stopped": found.stopped,
    }


def told(found: Imported) -> list[str]:
    """What became of some messages, in words."""
    here = (
        f"{found.count(TakenState.LOGGED):,} logged",
        f"{found.count(TakenState.JOINED):,} joined a conversation",
        f"{found.count(TakenState.KNOWN):,} were there before",
        f"{len(found.left):,} left where they are",
    )
    lines = [f"{', '.join(here)}."]
    if found.left:
        lines += table(("Left", "Why", "What to do"), ((each.place, each.message, each.hint) for each in found.left))
    if found.stopped:
        lines.append("Stopped. What was logged stays; run it again for the rest.")
    return lines


@click.command(cls=Command)
@click.argument("names", nargs=-1, metavar="[MAILBOX...]")
@click.option("--due", "only_due", is_flag=True, help="Only the mailboxes whose time has come; for a scheduler.")
def fetch(names: tuple[str, ...], only_due: bool) -> int:
    """Fetch the office's mailboxes, or those named. Cut off, it goes on with the next call; nothing is logged twice."""
    with (
        open_desk() as desk,
        long_work("Mailboxes") as (progress, cancel),
        holding(desk, ["mailboxes"], cancel) as token,
    ):
        found = fetching.fetch_due(desk, progress, token) if only_due else fetching.fetch(desk, names, progress, token)
    lines = [
        line
        for box in found.boxes
        for line in (
            f"{box.name}: {told(box.imported)[0]}",
            *told(box.imported)[1:],
            *([box.error] if box.error else []),
        )
    ]
    boxes = [{"mailbox": box.name, "error": box.error, **data(box.imported)} for box in found.boxes]
    answer({"mailboxes": boxes}, lines or "No mailbox is due.")
    return 1 if any(box.error for box in found.boxes) else 0


@click.command(cls=Command)
def send() -> int:
    """Send what waits to go out from the office's mailboxes: answers, and post that is passed on. Nothing is sent twice."""
    with open_desk() as desk, long_work("E-mails") as (progress, cancel), holding(desk, ["post_mail"], cancel) as token:
        done = sending.send(desk, progress, token)
    lines = [f"{done.sent:,} sent, {done.failed:,} failed, {done.left:,} wait."]
    answer(
        {"sent": done.sent, "failed": done.failed, "left": done.left, "said": done.said},
        [*lines, *([done.said] if done.said else [])],
    )
    return 1 if done.said else 0
