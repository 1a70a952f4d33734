"""`rentbook demo`: a made-up landlord to try everything on."""

from __future__ import annotations

from dataclasses import fields

import click

from app.cli.frame import answer, command, long_work, make_if_missing, open_desk
from app.models.values import Money
from app.services.core.sign_in import DEMONSTRATION_PASSWORD
from app.services.demonstration.dto import FULL, SMALL, Size, Summary
from app.services.demonstration.jobs import create


@command()
@click.option("--dwellings", type=int, help=f"How many homes (usually {FULL.dwellings:,}).")
@click.option("--garages", type=int, help=f"How many garages (usually {FULL.garages:,}).")
@click.option("--years", type=int, help=f"How many rent years, the current one included (usually {FULL.years}).")
@click.option("--small", is_flag=True, help=f"{SMALL.dwellings} homes and {SMALL.garages} garages, in seconds.")
def demo(dwellings: int | None, garages: int | None, years: int | None, small: bool) -> None:
    """Make the demonstration landlord, in a new database or an empty one. Nobody in it is real."""
    usual = SMALL if small else FULL
    size = Size(
        usual.dwellings if dwellings is None else dwellings,
        usual.garages if garages is None else garages,
        usual.years if years is None else years,
    )
    make_if_missing()
    with open_desk() as desk, long_work("Making a landlord") as (progress, cancel):
        made = create(desk, size, progress, cancel)
    answer(_data(made), _said(made))


def _data(made: Summary) -> dict[str, object]:
    values = {each.name: getattr(made, each.name) for each in fields(Summary)}
    return {f"{key}_pence" if isinstance(value, Money) else key: value for key, value in values.items()}


def _said(made: Summary) -> list[str]:
    homes = f"{made.dwellings:,} homes ({made.void_dwellings:,} void), {made.garages:,} garages"
    owed = f"{made.in_arrears:,} accounts owe {made.arrears}, {made.in_credit:,} are {made.credits} in credit"
    return [
        f"{homes}, {made.people:,} people, {made.tenancies:,} tenancies, {made.accounts:,} accounts.",
        f"Rent years: {', '.join(made.years)}.",
        f"Charged this year {made.charged}, received {made.received} ({made.collected_basis_points / 100:.2f}%).",
        f"Of the homes let, {owed}.",
        f"An officer of every role can sign in at the window, such as demo.leader; the password is {DEMONSTRATION_PASSWORD}.",
    ]
