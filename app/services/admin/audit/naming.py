"""Which record a line of the audit is about, named for a page of lines at once: a query a kind, never one a line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Column, Select, Table, Unicode, func, literal, select
from sqlalchemy.orm import Session

from app.models.accounts import Account
from app.models.approvals import ApprovalRequest
from app.models.codes import TransactionCode
from app.models.db import Word
from app.models.diary import Task
from app.models.imports import LoadBatch
from app.models.letters import LetterTemplate
from app.models.officers import Officer, Team
from app.models.people import Person
from app.models.periods import Period
from app.models.policy import PolicyValue
from app.models.properties import Property, RentGroup
from app.models.tables import metadata
from app.models.tenancies import Tenancy
from app.services.admin.policy.rules import scope_in_words
from app.services.core.chunks import in_chunks
from app.services.core.policy_values import declared

Names = Mapping[tuple[str, str], str]
"""The name of a record by its table and key."""

_NAMED: Final[dict[str, tuple[Any, ...]]] = {
    "account": (Account.id, Account.payment_reference, Account.name),
    "approval_request": (ApprovalRequest.id, ApprovalRequest.summary),
    "letter_template": (LetterTemplate.id, LetterTemplate.title),
    "load_batch": (LoadBatch.id, LoadBatch.file_name),
    "officer": (Officer.id, Officer.name),
    "period": (Period.id, Period.name),
    "person": (Person.id, Person.title, Person.first_name, Person.last_name),
    "policy_value": (PolicyValue.id, PolicyValue.key, PolicyValue.scope),
    "property": (Property.id, Property.address_1, Property.postcode),
    "rent_group": (RentGroup.id, RentGroup.name),
    "task": (Task.id, Task.title),
    "team": (Team.id, Team.name),
    "tenancy": (Tenancy.id, Tenancy.ref),
    "transaction_code": (TransactionCode.code, TransactionCode.name),
}
_SUBJECTS: Final = {
    "account": "account",
    "approval": "approval_request",
    "letter": "outgoing",
    "letter_template": "letter_template",
    "load": "load_batch",
    "officer": "officer",
    "period": "period",
    "person": "person",
    "property": "property",
    "task": "task",
    "team": "team",
    "tenancy": "tenancy",
}
"""What a record may be about, and the table of it."""

_PARTS: Final = {
    "absence": ("officer_id", "officer"),
    "approval_detail": ("request_id", "approval_request"),
    "approval_event": ("request_id", "approval_request"),
    "associate": ("person_id", "person"),
    "bank_detail": ("person_id", "person"),
    "benefit_claim": ("person_id", "person"),
    "consent": ("person_id", "person"),
    "delegation": ("from_id", "officer"),
    "ending": ("tenancy_id", "tenancy"),
    "garage_home": ("tenancy_id", "tenancy"),
    "letter_template_version": ("template_id", "letter_template"),
    "life_event": ("person_id", "person"),
    "person_address": ("person_id", "person"),
    "person_flag": ("person_id", "person"),
    "restricted_reader": ("restricted_id", "restricted_record"),
    "task_step": ("task_id", "task"),
    "tenancy_event": ("tenancy_id", "tenancy"),
}
"""Records that are part of another: the column that points to it, and its table."""

_MIDWAY: Final = frozenset({"approval_request", "outgoing", "restricted_record", "task", "tenancy"})
"""Records that hang on something and that others hang on."""
_DEEPEST: Final = 3
"""A step of a request, the request, the letter that it is about, its account."""

ABOUT_FIRST: Final = frozenset({"task"})
"""Records that are known by what they are about, where it has a name, before their own."""
_ONE_OF: Final[dict[str, Callable[[Sequence[Any]], str]]] = {
    "account": lambda parts: str(parts[0] or parts[1] or ""),
    "policy_value": lambda parts: _policy(str(parts[0]), str(parts[1])),
    "property": lambda parts: ", ".join(str(part) for part in parts if part),
}


def named_table(column: Column[Any]) -> str:
    """The table that a column points to, if its records have names; else empty."""
    for key in column.foreign_keys:
        target = key.column.table.name
        if target in _NAMED:
            return str(target)
    return "approval_request" if column.key == "request_id" else ""


def is_word(column: Column[Any]) -> bool:
    """Whether a column holds one of a fixed list of words."""
    return isinstance(column.type, Word)


def subject_table(subject: object) -> str:
    """The table of a kind of record; empty where its records have no names."""
    return _SUBJECTS.get(str(subject), "")


def is_part(table: str) -> bool:
    """Whether records of this table are part of another."""
    return table in _PARTS


def is_sentence(table: str) -> bool:
    """Whether records of this table are called by a sentence, which a colon goes before."""
    return table in {"approval_request", "task"}


def whole(table: str, values: Mapping[str, Any]) -> tuple[str, str] | None:
    """The record that one of this table is part of, by table and key, where its values say so."""
    column, target = _PARTS.get(table, ("", ""))
    return (target, str(values[column])) if values.get(column) is not None else None


def lineages(session: Session, first: Mapping[str, tuple[str, str]]) -> dict[str, tuple[tuple[str, str], ...]]:
    """What each record hangs on, what that hangs on in turn, and so on; a query a table at each step."""
    above: dict[tuple[str, str], tuple[str, str]] = {}
    latest = set(first.values())
    for _ in range(_DEEPEST):
        step = _above(session, latest)
        above |= step
        latest = set(step.values())
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for key, owner in first.items():
        line = [owner]
        while (following := above.get(line[-1])) is not None and following not in line:
            line.append(following)
        found[key] = tuple(line)
    return found


def _above(session: Session, records: Iterable[tuple[str, str]]) -> dict[tuple[str, str], tuple[str, str]]:
    by_table: dict[str, set[str]] = {}
    for table, key in records:
        if table in _MIDWAY:
            by_table.setdefault(table, set()).add(key)
    return {
        (name, key): owner
        for name, keys in by_table.items()
        for key, owner in owners(session, metadata.tables[name], keys).items()
    }


def names_of(session: Session, wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """The names of these records, by table and key; what has gone has none."""
    by_table: dict[str, set[str]] = {}
    for table, key in wanted:
        if table in _NAMED and key:
            by_table.setdefault(table, set()).add(key)
    found: dict[tuple[str, str], str] = {}
    for table, keys in by_table.items():
        statement: Select[Any] = select(*_NAMED[table])
        primary = next(iter(metadata.tables[table].primary_key))
        for part in in_chunks(_typed(primary, keys)):
            for row in session.execute(statement.where(primary.in_(part))):
                name = _ONE_OF.get(table, _joined)(row[1:])
                found[(table, str(row[0]))] = name
    return found


def owners(session: Session, table: Table, keys: Iterable[str]) -> dict[str, tuple[str, str]]:
    """What each record of a table hangs on (table and key): its account, or whatever it is about."""
    primary = list(table.primary_key)
    if len(primary) != 1:
        return {}
    if "account_id" in table.c:
        statement: Select[Any] = select(primary[0], literal("account"), table.c.account_id)
    elif {"subject", "subject_id"} <= set(table.c.keys()):
        statement = select(primary[0], table.c.subject, table.c.subject_id)
    elif table.name == "tenancy":
        first = func.min(Account.id)
        statement = select(primary[0], literal("account"), first).join(Account, Account.tenancy_id == primary[0])
        statement = statement.group_by(primary[0])
    elif table.name in _PARTS:
        column, target = _PARTS[table.name]
        statement = select(primary[0], literal(target), table.c[column])
    else:
        return {}
    found: dict[str, tuple[str, str]] = {}
    for part in in_chunks(_typed(primary[0], keys)):
        for row in session.execute(statement.where(primary[0].in_(part))):
            if row[2] is not None:
                found[str(row[0])] = (subject_table(row[1]) or str(row[1]), str(row[2]))
    return found


def _typed(primary: Column[Any], keys: Iterable[str]) -> list[Any]:
    if isinstance(primary.type, Unicode):
        return sorted(keys)
    return sorted(int(key) for key in keys if key.isdigit())


def _policy(key: str, scope: str) -> str:
    title = declared()[key].title if key in declared() else key
    return f"{title}, {scope_in_words(scope).lower()}" if scope else title


def _joined(parts: Sequence[Any]) -> str:
    return " ".join(str(part) for part in parts if part)
