"""`rentbook key`: the key that opens what is encrypted, for another desk."""

from __future__ import annotations

from pathlib import Path

import click

from app.cli.frame import FILE, Group, answer, open_desk
from app.services.core import keys
from app.services.core.errors import UserError
from app.services.core.private_files import write_private


@click.group(cls=Group)
def key() -> None:
    """Carry the key to another desk, or keep a copy of it somewhere safe. A backup of the database doesn't hold it."""


@key.command("export")
@click.argument("file", type=FILE)
@click.option(
    "--passphrase",
    prompt="Passphrase for the file",
    hide_input=True,
    confirmation_prompt=True,
    envvar="RENTBOOK_PASSPHRASE",
    help="At least 12 characters; asked for if it isn't given.",
)
def export(file: Path, passphrase: str) -> None:
    """Write the key to FILE, encrypted with a passphrase."""
    if file.exists():
        raise UserError(f"There is a file at {file} already.", "Choose another name for the key.")
    with open_desk() as desk:
        text = desk.do(keys.export_key, passphrase)
    write_private(file, text)
    answer(
        {"file": str(file)},
        [
            f"The key is in {file}.",
            "Give the passphrase by another way than the file, and delete the file when it is read in.",
        ],
    )


@key.command("import")
@click.argument("file", type=FILE)
@click.option(
    "--passphrase",
    prompt="Passphrase of the file",
    hide_input=True,
    envvar="RENTBOOK_PASSPHRASE",
    help="Asked for if it isn't given.",
)
def import_(file: Path, passphrase: str) -> None:
    """Keep at this desk the key in FILE."""
    try:
        text = file.read_text("utf-8", errors="replace")
    except OSError as error:
        raise UserError(f"{file} can't be read: {error.strerror}.") from error
    with open_desk() as desk:
        key_id = desk.ask(keys.import_key, text, passphrase)
    answer({"key": key_id}, f"The key {key_id} is kept at this desk.")
