"""New lets from a spreadsheet: a row for each, read whole, every fault with its row, and all of them or none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from sqlalchemy import func, select

from app.models.people import Person
from app.models.properties import Property
from app.models.values import Money, PaymentMethod, PropertyType, Tenure
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.imports.dto import Column, Kind, Layout, Problem, Table
from app.services.imports.mapping import choices
from app.services.rent.rules import reference_key
from app.services.tenancies import keeping, many
from app.services.tenancies.many import RowsDone, RowsRead, read_sheet
from app.services.tenancies.starting import facts
from app.services.tenancies.starting.dto import NewCharge, NewTenant, Started, StartTenancy
from app.services.tenancies.starting.rules import FITS, TENURE_WORDS

NAME: Final = "Lets"
_RENT: Final = "rent"
_PERSON: Final = ("title", "first_name", "last_name", "date_of_birth", "mobile", "phone", "email")
_JOINT: Final = ("title", "first_name", "last_name", "date_of_birth")


@dataclass(frozen=True, slots=True)
class LetRow:
    """A row of the spreadsheet: `cells` by column, and `charges` by code, empty where those that are proposed will do."""

    row: int
    cells: Mapping[str, Any]
    charges: Mapping[str, Money]


LetsRead = RowsRead[LetRow]


@dataclass(frozen=True, slots=True)
class LetLine:
    """What became of a row: the property, the tenancy that was started, and its first day and charges of a week."""

    row: int
    property_ref: str
    start_on: date
    weekly: Money
    started: Started


LetsDone = RowsDone[LetLine]


def layout(codes: Iterable[str]) -> Layout:
    """The one sheet; a charge has a column of its own, called by its code, and `rent` is DBR (of a garage DGA)."""
    return Layout(
        NAME,
        (
            Column("property", Kind.CODE, required=True, length=40, synonyms=("property ref", "property reference")),
            Column("start", Kind.DATE, required=True, synonyms=("start date", "first day", "tenancy start")),
            Column("tenure", Kind.CHOICE, words=choices(TENURE_WORDS), synonyms=("tenancy type",)),
            Column("people", Kind.CODES, synonyms=("person", "person ref", "person references")),
            Column("title", Kind.TEXT, length=20),
            Column("first_name", Kind.TEXT, length=80, synonyms=("first names", "forename")),
            Column("last_name", Kind.TEXT, length=80, synonyms=("surname",)),
            Column("date_of_birth", Kind.BIRTH_DATE, synonyms=("dob", "born")),
            Column("mobile", Kind.TEXT, length=30),
            Column("phone", Kind.TEXT, length=30, synonyms=("telephone",)),
            Column("email", Kind.TEXT, length=254, synonyms=("e-mail",)),
            Column("joint_title", Kind.TEXT, length=20),
            Column("joint_first_name", Kind.TEXT, length=80),
            Column("joint_last_name", Kind.TEXT, length=80),
            Column("joint_date_of_birth", Kind.BIRTH_DATE, synonyms=("joint dob",)),
            Column("new_people", Kind.YES_NO, synonyms=("somebody else",)),
            Column("payment_method", Kind.CHOICE, words=choices(PaymentMethod), synonyms=("pays by",)),
            Column("account_name", Kind.TEXT, length=200),
            Column("home", Kind.CODE, length=40, synonyms=("goes with", "home tenancy"), may_look_like_card=True),
            Column("near_home", Kind.YES_NO, synonyms=("near",)),
            Column("two_homes", Kind.TEXT, length=300, synonyms=("why two homes",)),
            Column("welcome", Kind.YES_NO, synonyms=("welcome letter",)),
            Column(_RENT, Kind.MONEY, synonyms=("weekly rent",)),
            *(Column(code.lower(), Kind.MONEY) for code in codes),
        ),
        synonyms=("new lets", "lettings", "new tenancies", "starts"),
    )


def read(path: Path, codes: Iterable[str]) -> LetsRead:
    """Read a workbook or a .csv file of new lets; `codes` are the charges there may be.

    Raises:
        UserError: it can't be read at all, or no sheet of it has the columns property and start.
    """
    known = tuple(codes)
    wanted = layout(known)
    names = ", ".join(column.name for column in wanted.columns[: -len(known) or None])
    table = read_sheet(path, wanted, "new lets", f"{names}, and a code each", alone=False)
    problems = tuple(table.problems)
    return RowsRead(() if problems else tuple(_rows(table, known)), problems)


def wanted_of(ctx: Context, row: LetRow) -> StartTenancy:
    """What a row asks for: charges that it doesn't name are those that are proposed for the property.

    Raises:
        UserError: there is no such property, person or home.
    """
    cells = row.cells
    place = _property(ctx, cells["property"])
    fitting = FITS[place.type]
    return StartTenancy(
        property_id=place.id,
        tenure=Tenure(cells["tenure"]) if cells["tenure"] else fitting[0],
        start_on=cells["start"],
        tenants=tuple(_tenants(ctx, cells)),
        charges=_charges(ctx, row, place),
        payment_method=PaymentMethod(cells["payment_method"] or PaymentMethod.OTHER),
        account_name=cells["account_name"] or "",
        home_id=keeping.tenancy_by_reference(ctx, cells["home"]).id if cells["home"] else None,
        near_home=bool(cells["near_home"]),
        second_home=cells["two_homes"] or "",
        welcome=cells["welcome"] is not False,
    )


def problems_of(row: LetRow, error: UserError) -> Iterator[Problem]:
    """What is wrong with a row, as the command line lists it."""
    return many.problems_of(NAME, row.row, _COLUMNS, error)


_COLUMNS: Final = {
    "start_on": "start",
    "tenants": "last_name",
    "charges": _RENT,
    "second_home": "two_homes",
    "home_id": "home",
}
"""The column that a field of the form is in the spreadsheet."""


def _charges(ctx: Context, row: LetRow, place: Property) -> tuple[NewCharge, ...]:
    if row.charges:
        rent = "DGA" if place.type is PropertyType.GARAGE else "DBR"
        named = {rent if code == _RENT else code: amount for code, amount in row.charges.items()}
        return tuple(NewCharge(code, amount) for code, amount in named.items())
    proposed = facts.proposed_charges(ctx, place.id, row.cells["start"])
    return tuple(NewCharge(each.code, each.amount) for each in proposed)


def _tenants(ctx: Context, cells: Mapping[str, Any]) -> Iterator[NewTenant]:
    for reference in cells["people"] or ():
        key = reference_key(reference)
        found = ctx.session.scalar(select(Person.id).where(func.upper(Person.ref) == key).order_by(Person.id))
        if found is None:
            raise UserError(f"There is no person '{reference}'.", "Give their reference, or their name.", "people")
        yield NewTenant(person_id=found)
    another = bool(cells["new_people"])
    if cells["last_name"]:
        yield NewTenant(**{name: cells[name] or _EMPTY.get(name, "") for name in _PERSON}, another=another)
    if cells["joint_last_name"]:
        joint = {name: cells[f"joint_{name}"] or _EMPTY.get(name, "") for name in _JOINT}
        yield NewTenant(**joint, another=another)


_EMPTY: Final[Mapping[str, Any]] = {"date_of_birth": None}


def _property(ctx: Context, reference: str) -> Property:
    found = ctx.session.scalars(
        select(Property).where(func.upper(Property.ref) == reference_key(reference)).order_by(Property.id)
    ).first()
    if found is None:
        raise UserError(f"There is no property '{reference}'.", "Give its reference as it stands here.", "property")
    return found


def _rows(table: Table, codes: Iterable[str]) -> Iterator[LetRow]:
    keys = {_RENT: _RENT} | {code.lower(): code for code in codes}
    for row, cells in table.by_name():
        charges = {code: Money(cells[key]) for key, code in keys.items() if cells[key] is not None}
        yield LetRow(row, cells, charges)
