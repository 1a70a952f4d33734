"""`rentbook landlord`: the name, address and ways to pay that head every statement."""

from __future__ import annotations

from dataclasses import asdict

import click

from app.cli.frame import answer, command, open_desk, table
from app.services.core.landlord import LandlordDetails, set_landlord
from app.services.core.landlord import landlord as landlord_details


@command("landlord")
@click.option("--name")
@click.option("--office", help="The team that writes: Rents team.")
@click.option("--address", multiple=True, metavar="LINE", help="A line of it; given again for the next.")
@click.option("--phone")
@click.option("--email")
@click.option("--website")
@click.option("--how-to-pay", multiple=True, metavar="LINE", help="A way to pay; given again for the next.")
def landlord(
    name: str | None,
    office: str | None,
    address: tuple[str, ...],
    phone: str | None,
    email: str | None,
    website: str | None,
    how_to_pay: tuple[str, ...],
) -> None:
    """Show the landlord's details, or change those that are given."""
    with open_desk() as desk:
        known = desk.ask(landlord_details)
        details = LandlordDetails(
            name or known.name,
            office or known.office,
            address or known.address,
            phone or known.phone,
            email or known.email,
            website or known.website,
            how_to_pay or known.how_to_pay,
        )
        if details != known:
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
