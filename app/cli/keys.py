"""`rentbook key`: the key that opens what is encrypted, for another desk."""

from __future__ import annotations

from pathlib import Path

import click

from app.cli.frame import FILE, Group, answer, long_work, open_desk, table
from app.services.admin import office_keys
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
@click.option("--key", "key_id", default="", help="The name of an older key, as `rentbook key list` tells it.")
def export(file: Path, passphrase: str, key_id: str) -> None:
    """Write the key to FILE, encrypted with a passphrase."""
    if file.exists():
        raise UserError(f"There is a file at {file} already.", "Choose another name for the key.")
    with open_desk() as desk:
        text = desk.do(keys.export_key, passphrase, key_id)
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


@key.command("list")
def list_() -> None:
    """Every key of the database, whether this desk has it, and how much it seals."""
    with open_desk() as desk:
        found = desk.ask(office_keys.page)
    rows = [
        (str(row.number), row.key_id, f"{row.made_at:%Y-%m-%d}", "here" if row.here else "not here", str(_sealed(row)))
        for row in found.rows
    ]
    told = [{"number": row.number, "key": row.key_id, "here": row.here, "seals": dict(row.seals)} for row in found.rows]
    answer({"keys": told}, table(("Key", "Name", "Made", "At this desk", "Seals"), rows, frozenset({4})))


@key.command()
def renew() -> None:
    """Seal anew what older keys have sealed. What is done stays done if it is stopped; it can be run again."""
    with open_desk() as desk, long_work("Sealing anew") as (progress, cancel):
        done = office_keys.renew(desk, progress, cancel)
    answer({"renewed": done.count, "altered": dict(done.shut)}, done.told)


def _sealed(row: office_keys.KeyRow) -> int:
    return sum(count for _, count in row.seals)
