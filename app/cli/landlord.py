"""`rentbook landlord`: the name, address and ways to pay that head every statement."""

from __future__ import annotations

from dataclasses import asdict, replace

import click

from app.cli.frame import answer, command, open_desk, table
from app.services.core.landlord import LandlordDetails, landlord, set_landlord


@command("landlord")
@click.option("--name")
@click.option("--office", help="The team that writes: Rents team.")
@click.option("--address", multiple=True, metavar="LINE", help="A line of it; given again for the next.")
@click.option("--phone")
@click.option("--email")
@click.option("--website")
@click.option("--how-to-pay", multiple=True, metavar="LINE", help="A way to pay; given again for the next.")
def landlord_(**given: str | tuple[str, ...] | None) -> None:
    """Show the landlord's details, or change those that are given."""
    changed = {key: value for key, value in given.items() if value}
    with open_desk() as desk:
        details = desk.ask(landlord)
        if changed:
            details = replace(details, **changed)
            desk.do(set_landlord, details)
    answer(asdict(details), _text(details))


def _text(details: LandlordDetails) -> list[str]:
    if not details.name:
        return ["Nobody has entered the landlord's name yet: rentbook landlord --name NAME --address LINE ..."]
    shown = [
        (key.replace("_", " "), line)
        for key, value in asdict(details).items()
        for line in (value if isinstance(value, tuple) else (value,))
        if line
    ]
    return list(table(("", ""), shown))[1:]
