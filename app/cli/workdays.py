"""`rentbook workdays`: the day so many working days from another."""

from __future__ import annotations

from datetime import date

import click

from app.cli.frame import AS_SHIPPED, DATE, answer, command, has_database, open_desk, tell
from app.services.post_log.standards import promised, queries, wording

_MOST = 5_000


@command()
@click.argument("day", type=DATE, metavar="DATE")
@click.argument("count", type=click.IntRange(-_MOST, _MOST), metavar="N")
@click.option(
    "--calendar",
    "name",
    type=click.Choice(["office", "statutory", "foi", "bacs"]),
    default="office",
    show_default=True,
    help="Which days count: the office's (without its closures), those by law, freedom of information, or Bacs.",
)
def workdays(day: date, count: int, name: str) -> None:
    """The date N working days after a date; the date itself isn't counted. Before it: put -- before a negative N."""
    if has_database():
        with open_desk() as desk:
            days = desk.ask(queries.calendar_of, name)
    else:
        tell(AS_SHIPPED)
        days = promised.calendar_called(promised.as_shipped(), name)
    found = days.add(day, count)
    steps = (wording.spelled(day), *wording.shut(days, min(day, found), max(day, found)))
    way = "later" if count >= 0 else "earlier"
    working = (
        "; ".join((*steps, f"{wording.counted(abs(count), 'working day')} {way} is {wording.spelled(found)}")) + "."
    )
    answer({"from": day, "days": count, "calendar": name, "date": found, "working": working}, working)
