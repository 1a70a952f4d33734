"""`rentbook signing`: the certificate that payment requests and write-off schedules are signed with."""

from __future__ import annotations

from pathlib import Path

import click

from app.cli.frame import FILE, REFUSED, Group, answer, open_desk, read_file, spell, table
from app.services.exports.files import write_whole
from app.services.signing import commands, queries
from app.services.signing.dto import MOST_PDF, CertificateRow, NewOwn, Standing
from app.services.signing.reading import MOST_BYTES


@click.group(cls=Group)
def signing() -> None:
    """Load the office's certificate or make one, see how long it is valid, and check a PDF that was signed with it."""


@signing.command()
@click.argument("file", type=FILE)
@click.option(
    "--password",
    prompt="Password of the file",
    default="",
    show_default=False,
    hide_input=True,
    envvar="RENTBOOK_PASSPHRASE",
    help="Asked for if it isn't given; empty where the file has none.",
)
def load(file: Path, password: str) -> None:
    """Sign with the certificate in FILE (.p12 or .pfx, with its private key) from now on."""
    content = read_file(file, MOST_BYTES)
    with open_desk() as desk:
        loaded = desk.do(commands.load, content, password)
    answer({"certificate": loaded.certificate_id}, loaded.told)


@signing.command()
@click.option("--name", default="Housing rents", show_default=True, help="What it signs as, up to 64 characters.")
@click.option("--years", type=click.IntRange(1, 3), default=2, show_default=True, help="How long it is valid.")
def own(name: str, years: int) -> None:
    """Make a certificate of our own and sign with it from now on, where nobody issues one to the office."""
    with open_desk() as desk:
        loaded = desk.do(commands.make_own, NewOwn(name, years))
    answer({"certificate": loaded.certificate_id}, loaded.told)


@signing.command()
@click.argument("file", type=FILE)
def save(file: Path) -> None:
    """Write the public part of the certificate in force to FILE (.cer), for whoever is to trust it. It is no secret."""
    with open_desk() as desk:
        content = desk.ask(queries.public)
    write_whole(file, content)
    answer({"file": str(file)}, f"The public part is in {file}.")


@signing.command()
def status() -> None:
    """Whether PDFs are signed now, and every certificate that was loaded."""
    with open_desk() as desk:
        standing, rows = desk.ask(queries.standing), desk.ask(queries.listed)
    listed = table(
        ("Signs as", "Issued by", "Valid until", "Days", "State", "Loaded by"),
        (
            (
                row.signer,
                "itself" if row.self_signed else row.issuer,
                spell(row.valid_until.astimezone().date()),
                str(row.days),
                "in force" if row.in_force else "out of use",
                row.loaded_by,
            )
            for row in rows
        ),
        right=frozenset({3}),
    )
    answer(_data(standing, rows), [standing.told, *(listed if rows else ())])


@signing.command()
@click.argument("file", type=FILE)
def check(file: Path) -> int:
    """Whether the PDF in FILE is one that Rentbook signed and keeps; any other, also signed by the office, is exit 1."""
    content = read_file(file, MOST_PDF)
    with open_desk() as desk:
        found = desk.ask(queries.check, content)
    answer({"ours": found.ours, "kept": found.kept, "told": found.told}, found.told)
    return 0 if found.sound else REFUSED


def _data(standing: Standing, rows: tuple[CertificateRow, ...]) -> dict[str, object]:
    return {
        "signs": not standing.why_not,
        "why_not": standing.why_not,
        "certificates": [
            {
                "signer": row.signer,
                "issuer": row.issuer,
                "serial": row.serial,
                "sha256": row.sha256,
                "key": row.key_type,
                "valid_from": row.valid_from,
                "valid_until": row.valid_until,
                "days": row.days,
                "in_force": row.in_force,
                "loaded_by": row.loaded_by,
                "loaded_at": row.loaded_at,
            }
            for row in rows
        ],
    }
