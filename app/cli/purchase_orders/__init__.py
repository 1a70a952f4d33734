"""`rentbook orders`, `invoices` and `spend`: orders, invoices of suppliers, and what is published of spending."""

from __future__ import annotations

from typing import Final

import click

from app.cli.frame import Modules

_PACKAGE: Final = "app.cli.purchase_orders"


@click.group(cls=Modules, package=_PACKAGE, modules={"load": "ordering", "list": "ordering", "pay": "paying"})
def orders() -> None:
    """Purchase orders: taken over from another system, listed, and their invoices paid."""


@click.group(cls=Modules, package=_PACKAGE, modules={"load": "invoicing", "cis": "subcontracting"})
def invoices() -> None:
    """Invoices of suppliers, logged from a file, and the monthly return of CIS."""


@click.group(cls=Modules, package=_PACKAGE, modules={"publish": "publishing", "read": "spending"})
def spend() -> None:
    """Spending as councils publish it: written, and read."""
