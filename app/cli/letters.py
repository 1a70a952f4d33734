"""`rentbook letters`: write one, list the queue, print it, send what waits for GOV.UK Notify."""

from __future__ import annotations

from pathlib import Path

import click

from app.cli.frame import FILE, Group, answer, long_work, open_desk, table
from app.services.exports.files import write_whole
from app.services.jobs.by_hand import holding
from app.services.letters import jobs
from app.services.letters.commands import queue as commands
from app.services.letters.dto import EVERYTHING, NewLetter, OutgoingSort, Variant
from app.services.letters.queries import queue, templates
from app.services.rent.queries import account_by_reference


@click.group(cls=Group)
def letters() -> None:
    """Write a letter, list and print the queue, send e-mails and texts."""


@letters.command("templates")
def templates_() -> None:
    """The templates in use, and what each asks for."""
    with open_desk() as desk:
        rows = desk.ask(templates.usable)
    answer(
        {
            "templates": [
                {
                    "key": row.key,
                    "title": row.title,
                    "channel": row.channel.value,
                    "asks": [key for key, _ in row.blanks],
                }
                for row in rows
            ]
        },
        table(
            ("Template", "Title", "By", "Asks for"),
            ((row.key, row.title, row.channel.value, ", ".join(key for key, _ in row.blanks)) for row in rows),
        ),
    )


@letters.command()
@click.argument("reference", metavar="REF")
@click.argument("template")
@click.option(
    "--set", "answers", multiple=True, metavar="KEY=TEXT", help="What the template asks for; may be given again."
)
@click.option("--large-print", is_flag=True, help="In large print, whatever the people need.")
def write(reference: str, template: str, answers: tuple[str, ...], large_print: bool) -> None:
    """Write a letter from a TEMPLATE to the account REF and queue it."""
    given = dict(_pair(each) for each in answers)
    with open_desk() as desk:
        account = desk.ask(account_by_reference, reference)
        variant = Variant.LARGE_PRINT if large_print else None
        made = desk.do(commands.write, NewLetter(template, account, given, variant))
    answer(
        {"letter": made.outgoing_id, "state": made.state.value},
        f"Letter {made.outgoing_id}: {made.title} to {made.addressee}, {made.state.value}.",
    )


@letters.command("queue")
def queue_() -> None:
    """Every letter that is queued, waits or failed."""
    with open_desk() as desk:
        ids = desk.ask(queue.ids, EVERYTHING, OutgoingSort.STATE, descending=False)
        rows = [
            row for row in desk.ask(queue.rows, list(ids)) if row.state in {"queued", "waiting", "failed", "sending"}
        ]
    answer(
        {
            "letters": [
                {
                    "letter": row.outgoing_id,
                    "title": row.title,
                    "channel": row.channel.value,
                    "state": row.state.value,
                    "reference": row.reference,
                    "remark": row.what,
                }
                for row in rows
            ]
        },
        table(
            ("Letter", "What", "To", "By", "State", "Remark"),
            (
                (str(row.outgoing_id), row.title, row.addressee, row.channel.value, row.state.value, row.what)
                for row in rows
            ),
        ),
    )


@letters.command("print")
@click.option(
    "--out", type=FILE, required=True, help="Write the queued letters to this PDF, in the order of the round."
)
@click.option("--two-sided", is_flag=True, help="Each letter begins on a sheet of its own.")
@click.option("--mark", is_flag=True, help="Mark them as printed once the file is written.")
def print_(out: Path, two_sided: bool, mark: bool) -> None:
    """Put every queued letter into one PDF."""
    with open_desk() as desk:
        run = desk.ask(queue.print_run, desk.ask(queue.to_print), two_sided=two_sided)
        if run.pdf:
            write_whole(out, run.pdf)
        if mark and run.outgoing_ids:
            desk.do(commands.mark_printed, list(run.outgoing_ids))
    answer(
        {"letters": len(run.outgoing_ids), "pages": run.sheets, "as_text": list(run.as_text), "pdf": str(out)},
        f"{len(run.outgoing_ids):,} letters on {run.sheets:,} pages written to {out}",
    )


@letters.command()
def send() -> None:
    """Hand e-mails and text messages that wait to GOV.UK Notify, and ask what became of earlier ones; for a scheduler."""
    with open_desk() as desk, long_work("Sending") as (progress, cancel), holding(desk, ["letters"], cancel) as token:
        result = jobs.send(desk, progress, token)
    answer(
        {
            "sent": result.sent,
            "delivered": result.delivered,
            "failed": result.failed,
            "left": result.left,
            "stopped": result.stopped,
        },
        [
            f"{result.sent:,} sent, {result.delivered:,} delivered, {result.failed:,} failed, {result.left:,} left.",
            *([result.stopped] if result.stopped else []),
        ],
    )


def _pair(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals:
        raise click.BadParameter(f"'{text}' is not KEY=TEXT.", param_hint="--set")
    return key.strip(), value
