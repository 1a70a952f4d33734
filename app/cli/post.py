"""`rentbook post`: by when something that arrived is dealt with, and what is late."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from app.cli.frame import AS_SHIPPED, DATE, Group, answer, has_database, open_desk, spell, table, tell
from app.cli.post_mail import fetch, import_, send
from app.services.post_log.standards import keeping, promised, queries
from app.services.post_log.standards.dto import CategoryDue, LateRow


@click.group(cls=Group)
def post() -> None:
    """What arrives: e-mails brought in, by when it is acknowledged and answered, and what is late."""


post.add_command(import_)
post.add_command(fetch)
post.add_command(send)


@post.command()
@click.option("--received", type=DATE, required=True, help="The day that it counts as received, such as 2026-12-24.")
@click.option("--category", required=True, metavar="NAME", help="The category, by its key (complaint_1) or its name.")
@click.option("--acknowledged", type=DATE, help="The day that it was acknowledged, if it was.")
def due(received: date, category: str, acknowledged: date | None) -> None:
    """By when something of a category, received on a day, is acknowledged and answered: each with its working."""
    if has_database():
        with open_desk() as desk:
            found = desk.ask(queries.category_due, category, received, acknowledged)
    else:
        tell(AS_SHIPPED)
        found = promised.category_due(promised.as_shipped(), category, received, acknowledged)
    lines = [f"{found.name}, received {spell(received)}, in {keeping.CALENDARS[found.calendar]}"]
    for what, by, working in _deadlines(found):
        lines.append(f"{what.capitalize()} by {spell(by) if by else 'no day: it needs none'}")
        lines += [f"  {each}" for each in working]
    answer(_data(found), lines)


@post.command()
def overdue() -> None:
    """The open items past a day to keep, the oldest first."""
    with open_desk() as desk:
        rows = desk.ask(queries.late)
    shown = (
        (row.number, spell(row.received_on), row.category, row.sender, row.holder or "nobody yet", *_lateness(row))
        for row in rows
    )
    headings = ("Item", "Received", "Category", "From", "With", "What", "Was due", "Working days")
    answer(
        {"overdue": [_late(row) for row in rows], "count": len(rows), "most": queries.MOST},
        table(headings, shown, right=frozenset({7})) if rows else "Nothing is late.",
    )


def _deadlines(found: CategoryDue) -> tuple[tuple[str, date | None, tuple[str, ...]], ...]:
    by = found.due
    return (
        ("acknowledge", by.acknowledge_by, by.acknowledge_working),
        ("reply", by.reply_by, by.reply_working),
    )


def _data(found: CategoryDue) -> dict[str, Any]:
    return {
        "category": found.key,
        "name": found.name,
        "received": found.received_on,
        "calendar": found.calendar,
        "acknowledge_by": found.due.acknowledge_by,
        "reply_by": found.due.reply_by,
        "deadlines": [{"what": what, "by": by, "working": working} for what, by, working in _deadlines(found)],
        "pausing": found.standard.pausing,
        "extend_most": found.standard.extend_most,
        "unit": found.standard.unit,
        "runs_from": found.standard.runs_from,
        "source": found.standard.source,
    }


def _lateness(row: LateRow) -> tuple[str, str, str]:
    return row.what, spell(row.due_on), str(row.working_days)


def _late(row: LateRow) -> dict[str, Any]:
    return {
        "id": row.item_id,
        "number": row.number,
        "received": row.received_on,
        "category": row.category,
        "sender": row.sender,
        "subject": row.subject_line,
        "account": row.reference,
        "with": row.holder,
        "late": row.what,
        "due": row.due_on,
        "working_days": row.working_days,
        "escalated": row.escalated,
    }
