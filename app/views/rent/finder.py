"""The list at the left of the Accounts page: find by anything, as you type, and filter by anything."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from app.models.values import AccountKind, Money, Tenure
from app.services.rent.listed_dto import EVERY_ACCOUNT, AccountFilter, AccountRow, AccountSort, Choices
from app.services.workbench.listing import Holds
from app.views.common import formats
from app.views.common.columns import Column, money_column
from app.views.common.facets import Choice, Facet
from app.views.common.paged_model import PagedModel
from app.views.common.paged_table import PagedTable, TableSpec
from app.views.common.parts import Card
from app.views.common.short_names import shorter_names


def _without_town(address: str) -> str:
    """The part of an address that tells one from another."""
    return address.rpartition(", ")[0] or address


COLUMNS: tuple[Column[AccountRow], ...] = (
    Column(
        AccountSort.REFERENCE,
        "Reference",
        lambda row: row.reference,
        94,
        sorts=True,
        least=2,
        holds=Holds.TEXT,
        firm=True,
    ),
    Column(
        AccountSort.NAME,
        "Name",
        lambda row: row.name,
        182,
        tone=lambda row: "muted" if row.ended_on else "",
        sorts=True,
        holds=Holds.TEXT,
        floor=140,
        shorter=lambda row: shorter_names(row.name),
    ),
    Column(
        AccountSort.ADDRESS,
        "Address",
        lambda row: row.address,
        128,
        shown=lambda row: _without_town(row.address),
        sorts=True,
        least=1,
        holds=Holds.TEXT,
        floor=100,
    ),
    Column("postcode", "Postcode", lambda row: row.postcode, 84, holds=Holds.TEXT, spare=True, firm=True),
    Column(
        AccountSort.KIND, "Kind", lambda row: formats.words(row.kind), 110, sorts=True, holds=Holds.TEXT, spare=True
    ),
    Column("tenure", "Tenure", lambda row: formats.words(row.tenure or ""), 110, holds=Holds.TEXT, spare=True),
    Column("rent_group", "Rent group", lambda row: row.rent_group, 92, holds=Holds.TEXT, spare=True),
    Column("started_on", "Since", lambda row: row.started_on, 96, holds=Holds.DATE, spare=True),
    Column("ended_on", "Ended", lambda row: row.ended_on, 96, holds=Holds.DATE, spare=True),
    money_column(AccountSort.BALANCE, "Balance", lambda row: row.balance, 96, balance=True, sorts=True, total=True),
)
_KINDS = {
    AccountKind.RENT: "Dwellings",
    AccountKind.GARAGE: "Garages",
    AccountKind.RECHARGE: "Recharges",
    AccountKind.COURT_COSTS: "Court costs",
    AccountKind.HB_OVERPAYMENT: "HB overpayments",
    AccountKind.FORMER_TENANT: "Former tenants' arrears",
    AccountKind.LEASEHOLD: "Leaseholds",
    AccountKind.SUNDRY: "Sundry",
}
_AMOUNTS = (5_000, 10_000, 25_000, 50_000, 100_000)
FACETS = (
    Facet(
        "owing",
        "Balance",
        (Choice(value=True, words="In arrears", quick=True), Choice(value=False, words="In credit")),
        plain=True,
    ),
    Facet(
        "kinds",
        "Kind",
        tuple(
            Choice(kind, words, quick=kind in {AccountKind.RENT, AccountKind.GARAGE}) for kind, words in _KINDS.items()
        ),
        many=True,
    ),
    Facet(
        "live",
        "Tenancy",
        (Choice(value=True, words="Current"), Choice(value=False, words="Former", quick=True)),
        plain=True,
    ),
    Facet("tenures", "Tenure", tuple(Choice(each, formats.words(each)) for each in Tenure), many=True),
    Facet("rent_groups", "Rent group", many=True),
    Facet("areas", "Area", many=True),
    Facet(
        "at_least",
        "Balance of at least",
        tuple(Choice(Money(each), str(Money(each))) for each in _AMOUNTS),
        amount=True,
    ),
    Facet("below", "Balance below", tuple(Choice(Money(each), str(Money(each))) for each in _AMOUNTS), amount=True),
)
SPEC: TableSpec[AccountRow] = TableSpec(
    key="rent.accounts",
    name="Accounts",
    noun=("account", "accounts"),
    columns=COLUMNS,
    everything=EVERY_ACCOUNT,
    facets=FACETS,
    find="Name, address, postcode or reference",
    sort=(AccountSort.NAME, False),
    stretch=AccountSort.NAME,
    nothing="No account is found by that. Try fewer words, part of a reference, or take a filter away.",
    none=(
        "There are no accounts yet.\n\nLoad your landlord's spreadsheet on the tab Admin: properties, people, "
        "tenancies, charges and balances."
    ),
)


class Finder(Card):
    """Finds accounts.

    Signals:
        opened(account_id): the officer is on this account.
    """

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__(margins=(0, 12, 0, 4), spacing=6)
        self.list = PagedTable(SPEC)
        self.text = self.list.bar.text
        self.model: PagedModel[AccountRow] = self.list.model
        self.table = self.list.table
        self.empty = self.list.empty
        self.filters: dict[str, QPushButton] = {name: self.list.bar.quick[where] for name, where in _QUICK.items()}
        self.column.addWidget(self.list, 1)
        self.list.moved.connect(self.opened)

    def show_choices(self, choices: Choices) -> None:
        """Offer the landlord's rent groups and areas."""
        bar = self.list.bar
        bar.offer("rent_groups", [Choice(code, f"{code}, {name}") for code, name in choices.rent_groups])
        bar.offer("areas", [Choice(area, area) for area in choices.areas])

    def look_for(self, text: str) -> None:
        """Look for this text, among all accounts if the filter hides it."""
        self.list.bar.look_for(text)

    def show_only(self, wanted: AccountFilter) -> None:
        """List the accounts of another filter, such as a bar of a chart."""
        self.list.bar.ask(wanted)

    def mark(self, account_id: int) -> None:
        """Another account was opened: mark it in the list, or mark none if it isn't there."""
        self.list.mark(account_id)


_QUICK = {
    "in_arrears": ("owing", True),
    "dwellings": ("kinds", AccountKind.RENT),
    "garages": ("kinds", AccountKind.GARAGE),
    "former": ("live", False),
}
