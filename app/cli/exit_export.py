"""`rentbook exit`: everything in open formats, for another system or the archive."""

from __future__ import annotations

from pathlib import Path

import click

from app.cli.frame import FILE, answer, command, long_work, open_desk
from app.services.core.errors import UserError
from app.services.exit_export import commands, jobs


@command("exit")
@click.argument("folder", type=FILE, required=False)
@click.option(
    "--open", "opened", is_flag=True, help="Bank details and incidents in plain text; a second officer agrees."
)
@click.option("--ask", "reason", metavar="REASON", help="Ask a second officer to agree to --open, and write nothing.")
def exit_(folder: Path | None, opened: bool, reason: str | None) -> None:
    """Write every table as CSV and every document as a file to FOLDER, with a description and sums that prove it whole.

    FOLDER must not be there. What is sealed stays sealed without --open. The export holds everybody's personal data.
    """
    if reason is not None:
        with open_desk() as desk:
            request = desk.do(commands.ask_opened, reason)
        answer({"request": request}, f"Request {request} waits for a second officer on the page Approvals.")
        return
    if folder is None:
        raise UserError("Name the folder to write to.", "`rentbook exit FOLDER`.")
    with open_desk() as desk, long_work("Export") as (progress, cancel):
        made = jobs.export(desk, folder, progress, cancel, opened=opened)
    answer(
        {
            "folder": str(made.folder),
            "tables": made.tables,
            "rows": made.rows,
            "documents": made.documents,
            "opened": made.opened,
            "manifest_sha256": made.manifest_sha256,
        },
        made.told,
    )
