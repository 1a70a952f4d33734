"""What hangs on a record: the rows whose changes belong to its history."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Any, Final

from sqlalchemy import Table, or_, select
from sqlalchemy.orm import Session

from app.models.accounts import Account
from app.models.people import Tenant
from app.models.policy import PolicyValue
from app.models.tables import metadata
from app.models.tenancies import GarageHome, Tenancy
from app.services.admin.audit.kinds import KINDS
from app.services.admin.policy.dto import number_of
from app.services.rent.rules import reference_key

_OF_PERSON: Final = frozenset({"person_address", "associate", "person_flag", "consent"})
_OF_OFFICER: Final = {"officer_role", "officer_limit", "absence", "declared_account"}
_DERIVED: Final = {"account_search", "entry", "snapshot", "statement_item", "letter_batch_item"}


def account_of(session: Session, reference: str) -> int | None:
    """The account with this payment reference, however it is spaced."""
    found = session.scalars(
        select(Account.id).where(Account.reference_key == reference_key(reference)).order_by(Account.id)
    )
    return found.first()


def related(session: Session, subject: str, subject_id: int) -> dict[str, list[str]]:
    """The rows of a record and of all that hangs on it, as row keys by table."""
    if subject == "policy":
        rows = session.scalars(select(PolicyValue))
        return {"policy_value": [str(each.id) for each in rows if number_of(each.key, each.scope) == subject_id]}
    found: dict[str, set[str]] = {subject: {str(subject_id)}}
    if subject == "account":
        _add_tenancy(session, found, subject_id)
        names = {table.name for table in metadata.sorted_tables if _points(table, "account")} - _DERIVED
        _add_pointing(session, found, names, "account_id", subject_id)
    people = found.get("person", set()) if subject in {"account", "person"} else set()
    for person in sorted(people):
        _add_pointing(session, found, _OF_PERSON, "person_id", int(person))
    if subject == "officer":
        _add_pointing(session, found, _OF_OFFICER, "officer_id", subject_id)
    _add_about(session, found, ("account", "tenancy", "person") if subject == "account" else (subject,))
    return {table: sorted(keys) for table, keys in found.items() if keys}


def _add_pointing(
    session: Session, found: dict[str, set[str]], names: AbstractSet[str], column: str, target_id: int
) -> None:
    """Add the rows of some tables that point to a record by a column."""
    for name in sorted(names & KINDS.keys()):
        table = metadata.tables[name]
        _add(session, found, table, table.c[column] == target_id)


def _add_about(session: Session, found: dict[str, set[str]], kinds: Sequence[str]) -> None:
    """Add the notes, documents, tasks and requests about the records found."""
    for table in metadata.sorted_tables:
        if table.name in KINDS and {"subject", "subject_id"} <= set(table.c.keys()):
            for kind in kinds:
                ids = [int(key) for key in found.get(kind, ()) if key.isdigit()]
                if ids:
                    _add(session, found, table, (table.c.subject == kind) & table.c.subject_id.in_(ids))


def _add_tenancy(session: Session, found: dict[str, set[str]], account_id: int) -> None:
    tenancy_id = session.scalar(select(Account.tenancy_id).where(Account.id == account_id))
    if tenancy_id is None:
        return
    found["tenancy"] = {str(tenancy_id)}
    people = session.scalars(select(Tenant.person_id).where(Tenant.tenancy_id == tenancy_id)).all()
    found["person"] = {str(person) for person in people}
    found["tenant"] = {f"{tenancy_id},{person}" for person in people}
    links = select(GarageHome).where(or_(GarageHome.tenancy_id == tenancy_id, GarageHome.home_id == tenancy_id))
    found["garage_home"] = {f"{link.tenancy_id},{link.home_id}" for link in session.scalars(links)}
    home = session.scalar(select(Tenancy.property_id).where(Tenancy.id == tenancy_id))
    found["property"] = {str(home)}


def _add(session: Session, found: dict[str, set[str]], table: Table, condition: Any) -> None:
    keys = session.execute(select(*table.primary_key).where(condition))
    found.setdefault(table.name, set()).update(",".join(_part(part) for part in row) for row in keys)


def _part(value: Any) -> str:
    return str(getattr(value, "value", value))


def _points(table: Table, target: str) -> bool:
    return "account_id" in table.c and any(key.column.table.name == target for key in table.c.account_id.foreign_keys)
