"""What hangs on a record: the rows whose changes belong to its history."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from app.models.accounts import Account
from app.models.tables import metadata
from app.models.tenancies import Tenancy, Tenant
from app.services.admin.audit.words import KINDS
from app.services.rent.rules import reference_key

_DERIVED: Final = {"account_search", "entry", "snapshot", "statement_item", "letter_batch_item"}


def account_of(session: Session, reference: str) -> int | None:
    """The account with this payment reference, however it is spaced."""
    found = session.scalars(
        select(Account.id).where(Account.reference_key == reference_key(reference)).order_by(Account.id)
    )
    return found.first()


def related(session: Session, subject: str, subject_id: int) -> dict[str, list[str]]:
    """The rows of a record and of all that hangs on it, as row keys by table."""
    found: dict[str, set[str]] = {subject: {str(subject_id)}}
    if subject == "account":
        _add_tenancy(session, found, subject_id)
        for table in metadata.sorted_tables:
            if table.name not in _DERIVED and table.name in KINDS and _points(table, "account"):
                _add(session, found, table, table.c.account_id == subject_id)
    if subject == "officer":
        for table in metadata.sorted_tables:
            if table.name in {"officer_role", "officer_limit", "absence", "declared_account"}:
                _add(session, found, table, table.c.officer_id == subject_id)
    for table in metadata.sorted_tables:
        if table.name in KINDS and {"subject", "subject_id"} <= set(table.c.keys()):
            for kind in ("account", "tenancy", "person") if subject == "account" else (subject,):
                ids = [int(key) for key in found.get(kind, ())]
                _add(session, found, table, (table.c.subject == kind) & table.c.subject_id.in_(ids))
    return {table: sorted(keys) for table, keys in found.items() if keys}


def _add_tenancy(session: Session, found: dict[str, set[str]], account_id: int) -> None:
    tenancy_id = session.scalar(select(Account.tenancy_id).where(Account.id == account_id))
    if tenancy_id is None:
        return
    found["tenancy"] = {str(tenancy_id)}
    people = session.scalars(select(Tenant.person_id).where(Tenant.tenancy_id == tenancy_id)).all()
    found["person"] = {str(person) for person in people}
    found["tenant"] = {f"{tenancy_id},{person}" for person in people}
    home = session.scalar(select(Tenancy.property_id).where(Tenancy.id == tenancy_id))
    found["property"] = {str(home)}


def _add(session: Session, found: dict[str, set[str]], table: Table, condition: Any) -> None:
    keys = session.execute(select(*table.primary_key).where(condition))
    found.setdefault(table.name, set()).update(",".join(_part(part) for part in row) for row in keys)


def _part(value: Any) -> str:
    return str(getattr(value, "value", value))


def _points(table: Table, target: str) -> bool:
    return "account_id" in table.c and any(key.column.table.name == target for key in table.c.account_id.foreign_keys)
