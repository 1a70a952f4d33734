"""`rentbook report-views`: what other programs may read."""

from __future__ import annotations

import click

from app.cli.frame import answer, command, table
from app.services.core.errors import UserError
from app.services.reporting.documentation import ViewWords, described


@command("report-views")
@click.argument("view", required=False)
def report_views(view: str | None) -> None:
    """List the reporting views, or the columns of VIEW. They are the same in every database."""
    views = described()
    if view is None:
        answer(
            {"views": [_told(each) for each in views]},
            table(("View", "One row is"), [(each.name, each.row) for each in views]),
        )
        return
    found = next((each for each in views if each.name == view), None)
    if found is None:
        raise UserError(f"There is no view called {view}.", "`rentbook report-views` lists them.")
    rows = [(each.name, each.kind, each.words) for each in found.columns]
    answer(_told(found), [found.about, "", *table(("Column", "Holds", "Means"), rows)])


def _told(view: ViewWords) -> dict[str, object]:
    columns = [{"name": each.name, "holds": each.kind, "means": each.words} for each in view.columns]
    return {"name": view.name, "row": view.row, "about": view.about, "columns": columns}
