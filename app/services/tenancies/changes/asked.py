"""The rows of a spreadsheet of changes as the changes that they ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Final

from sqlalchemy import select

from app.models.people import Person
from app.models.properties import Property
from app.models.values import PaymentMethod, Tenure
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.imports.dto import Problem
from app.services.rent.rules import reference_key
from app.services.tenancies import keeping, many
from app.services.tenancies.changes import reading
from app.services.tenancies.changes.bulk import KINDS, NAME, ChangeRow
from app.services.tenancies.changes.dto import (
    Assign,
    Balance,
    Change,
    CorrectEnd,
    CorrectStart,
    Decant,
    EndTrial,
    Exchange,
    Ground,
    Relation,
    Rename,
    Return,
    Succeed,
    ToJoint,
    ToSole,
    Transfer,
    Trial,
)
from app.services.tenancies.changes.reading import Standing
from app.services.tenancies.starting.dto import NewTenant

_COLUMNS: Final = {
    "on": "day",
    "tenants": "person",
    "leaves": "person",
    "name": "name",
    "excused": "excused",
    "reason": "why",
    "property": "property",
    "start_on": "day",
    "agreed_on": "day",
    "other": "other",
    "lived_from": "lived_from",
}
"""The columns by the fields of the sheet that they stand for."""


def wanted_of(ctx: Context, row: ChangeRow) -> Change:
    """The change that a row asks for, of the tenancy as it is by then.

    Raises:
        UserError: there is no such tenancy, person or property, or a cell that the change needs is empty.
    """
    found = reading.standing(ctx, keeping.tenancy_by_reference(ctx, row.reference).id)
    return _COMMANDS[row.change](ctx, found, row)


def problems_of(row: ChangeRow, error: UserError) -> Iterator[Problem]:
    """What is wrong with a row, as the command line lists it."""
    return many.problems_of(NAME, row.row, _COLUMNS, error, "tenancy")


def _rename(_ctx: Context, found: Standing, row: ChangeRow) -> Change:
    return Rename(
        *_same(found, row), name=_text(row, "name"), reason=_text(row, "why"), letter=_letter(row, usual=False)
    )


def _sole(ctx: Context, found: Standing, row: ChangeRow) -> Change:
    leaves = _person(ctx, row)
    return ToSole(*_same(found, row), leaves, _text(row, "name"), _text(row, "why"), _letter(row))


def _joint(ctx: Context, found: Standing, row: ChangeRow) -> Change:
    return ToJoint(*_same(found, row), _tenants(ctx, row), _text(row, "name"), _text(row, "why"), _letter(row))


def _secure(_ctx: Context, found: Standing, row: ChangeRow) -> Change:
    becomes = Tenure(row.cells["tenure"] or Tenure.SECURE)
    return EndTrial(*_same(found, row), Trial.SECURE, becomes, reason=_text(row, "why"), letter=_letter(row))


def _extend(_ctx: Context, found: Standing, row: ChangeRow) -> Change:
    return EndTrial(*_same(found, row), Trial.EXTEND, reason=_text(row, "why"), letter=_letter(row))


def _succeed(ctx: Context, found: Standing, row: ChangeRow) -> Change:
    return Succeed(
        *_same(found, row),
        heir=_tenants(ctx, row),
        relation=Relation(row.cells["relation"] or Relation.OTHER),
        lived_from=row.cells["lived_from"],
        excused=_text(row, "excused"),
        payment_method=_method(found, row),
        garages=_garages(found, row),
        reason=_text(row, "why"),
        letter=_letter(row),
    )


def _assign(ctx: Context, found: Standing, row: ChangeRow) -> Change:
    return Assign(
        *_same(found, row),
        to=_tenants(ctx, row),
        ground=Ground(row.cells["ground"] or Ground.OTHER),
        excused=_text(row, "excused"),
        payment_method=_method(found, row),
        garages=_garages(found, row),
        reason=_text(row, "why"),
        letter=_letter(row),
    )


def _start(_ctx: Context, found: Standing, row: ChangeRow) -> Change:
    return CorrectStart(*_same(found, row), _text(row, "why"))


def _end(_ctx: Context, found: Standing, row: ChangeRow) -> Change:
    return CorrectEnd(*_same(found, row), _text(row, "why"))


def _transfer(ctx: Context, found: Standing, row: ChangeRow) -> Change:
    return Transfer(
        *_same(found, row),
        property_id=_property(ctx, row),
        tenure=Tenure(row.cells["tenure"] or found.tenancy.tenure),
        payment_method=_method(found, row),
        balance=Balance(row.cells["balance"] or Balance.FORMER),
        keep_garages=_garages(found, row),
        reason=_text(row, "why"),
        letter=_letter(row),
    )


def _exchange(_ctx: Context, found: Standing, row: ChangeRow) -> Change:
    return Exchange(*_same(found, row), other=_text(row, "other"), reason=_text(row, "why"), letter=_letter(row))


def _decant(ctx: Context, found: Standing, row: ChangeRow) -> Change:
    return Decant(*_same(found, row), _property(ctx, row), _text(row, "why"), _letter(row))


def _return(_ctx: Context, found: Standing, row: ChangeRow) -> Change:
    return Return(*_same(found, row), _text(row, "why"), _letter(row))


_COMMANDS: Final[Mapping[str, Callable[[Context, Standing, ChangeRow], Change]]] = dict(
    zip(
        KINDS,
        (
            _rename,
            _joint,
            _sole,
            _secure,
            _extend,
            _succeed,
            _assign,
            _start,
            _end,
            _transfer,
            _exchange,
            _decant,
            _return,
        ),
        strict=True,
    )
)


def _same(found: Standing, row: ChangeRow) -> tuple[int, int, date]:
    return found.tenancy.id, found.tenancy.version, row.on


def _text(row: ChangeRow, name: str) -> str:
    return str(row.cells[name] or "").strip()


def _letter(row: ChangeRow, *, usual: bool = True) -> bool:
    return usual if row.cells["letter"] is None else bool(row.cells["letter"])


def _method(found: Standing, row: ChangeRow) -> PaymentMethod:
    return PaymentMethod(row.cells["payment_method"] or found.tenancy.payment_method)


def _garages(found: Standing, row: ChangeRow) -> tuple[int, ...]:
    return tuple(each.id for each in found.case.garages) if row.cells["garages"] else ()


def _tenants(ctx: Context, row: ChangeRow) -> tuple[NewTenant, ...]:
    """Whoever is named: by their reference, or somebody new by their names."""
    if _text(row, "person"):
        return (NewTenant(person_id=_person(ctx, row)),)
    if not _text(row, "last_name"):
        raise UserError("Nobody is named.", "Give a person reference, or a last name.", "tenants")
    new = NewTenant(
        title=_text(row, "title"),
        first_name=_text(row, "first_name"),
        last_name=_text(row, "last_name"),
        date_of_birth=row.cells["date_of_birth"],
    )
    return (new,)


def _person(ctx: Context, row: ChangeRow) -> int:
    wanted = _text(row, "person")
    found = ctx.session.scalar(select(Person.id).where(Person.ref == wanted, Person.merged_into_id.is_(None)))
    if found is None:
        raise UserError(f"There is no person with the reference '{wanted}'.", "Check it with the person.", "tenants")
    return found


def _property(ctx: Context, row: ChangeRow) -> int:
    wanted = _text(row, "property")
    found = ctx.session.scalar(select(Property.id).where(Property.ref == reference_key(wanted)))
    if found is None:
        raise UserError(f"There is no property with the reference '{wanted}'.", "Check it.", "property")
    return found
