"""`rentbook db grants`: the script that gives each login of a shared server its rights."""

from __future__ import annotations

from pathlib import Path

import click

from app.cli.frame import FILE, Command, answer, open_desk
from app.services.core.errors import UserError
from app.services.servers import grants as granting


@click.command(cls=Command)
@click.option(
    "--windows", metavar="DOMAIN", default="", help="Officers sign in with Windows, as DOMAIN\\their sign-in name."
)
@click.option("--sql", is_flag=True, help="Each officer has a login of the server's own, called as they sign in.")
@click.option("--jobs", metavar="LOGIN", default="", help="The login under which scheduled jobs run.")
@click.option("--to", "file", type=FILE, help="Write it to this file.")
def grants(windows: str, sql: bool, jobs: str, file: Path | None) -> None:
    """Print the script by which the owner of a shared database gives each login its rights.

    It makes the roles, says table by table what they may do, and with --windows or --sql whose login is whose: from then on the
    database itself takes nothing that needs another officer's approval from one login. It may be run again at any time, and is
    after each upgrade and each new officer.
    """
    if windows and sql:
        raise UserError("Officers sign in with Windows or with logins of the server, not with both.", "Leave one out.")
    if jobs and not (windows or sql):
        raise UserError("Say whose login is whose too.", "Add --windows DOMAIN, or --sql.")
    logins = granting.Logins(windows, jobs) if windows or sql else None
    with open_desk() as desk:
        script = desk.ask(granting.script, logins)
    if file is None:
        answer({"script": script}, script)
        return
    if file.exists():
        raise UserError(f"There is a file at {file} already.", "Choose another name for the script.")
    try:
        file.write_text(script, encoding="utf-8-sig", newline="\r\n")
    except OSError as error:
        raise UserError(f"{file} can't be written: {error.strerror}.", "Choose another place.") from error
    answer(
        {"file": str(file)},
        [f"The script is in {file}.", "The owner of the database runs it there: sqlcmd -d DATABASE -i FILE."],
    )
