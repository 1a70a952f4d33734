"""`rentbook tasks`: making the recurring tasks of the day, and reading who has what to do."""

from __future__ import annotations

import click

from app.cli.frame import Group, answer, open_desk, spell, table
from app.services.diary import jobs, queries
from app.services.diary.dto import Shown, TaskFilter, TaskRow, Whose
from app.services.holds.dto import KINDS
from app.services.holds.jobs import note_ended
from app.services.jobs import by_hand


@click.group(cls=Group)
def tasks() -> None:
    """Make the recurring tasks that are wanted today, or list what is to be done."""


@tasks.command()
def make() -> None:
    """Make the recurring tasks that are wanted today and note which holds have ended. Run each morning, nothing is made twice."""
    with open_desk() as desk, by_hand.day(desk) as token:
        made = jobs.make_due(desk, cancel=token)
        ended = note_ended(desk, cancel=token).ended
    said = [f"{made.count} made:" if made.count else "Nothing was due that isn't there already."]
    said += [f"  {title}" for title in made.titles]
    said += [f"Hold ended on {spell(each.ended_on)}: {KINDS[each.kind].lower()}, {each.reference}" for each in ended]
    holds = [{"account": each.reference, "kind": each.kind.value, "ended": each.ended_on} for each in ended]
    answer({"made": made.count, "titles": made.titles, "holds_ended": holds}, said)


@tasks.command(name="list")
@click.option("--whose", type=click.Choice([each.value for each in Whose]), default=Whose.MINE.value, show_default=True)
@click.option("--overdue", "shown", flag_value=Shown.OVERDUE.value, help="Only what is overdue.")
@click.option("--done", "shown", flag_value=Shown.DONE.value, help="What was done or cancelled, the latest first.")
@click.option("--open", "shown", flag_value=Shown.OPEN.value, help="Also what is put off.")
def list_(whose: str, shown: str | None) -> None:
    """What is to be done, the earliest due first."""
    with open_desk() as desk:
        rows = desk.ask(queries.tasks, TaskFilter(Whose(whose), Shown(shown or Shown.WAITING.value)))
    listed = ((str(row.due_on), row.title, row.about, row.holder or "nobody yet") for row in rows)
    answer(
        {"tasks": [_data(row) for row in rows]},
        table(("Due", "What", "About", "With"), listed) if rows else "Nothing.",
    )


def _data(row: TaskRow) -> dict[str, object]:
    return {
        "id": row.task_id,
        "title": row.title,
        "state": row.state.value,
        "due": row.due_on,
        "working_days": row.working_days,
        "about": row.about,
        "asked_by": row.requester,
        "with": row.holder,
    }
