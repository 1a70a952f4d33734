"""Lines of the audit read into words, a page at a time."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Table, select

from app.models.accounts import Account
from app.models.audit import AuditEntry
from app.models.people import Tenant
from app.models.tables import metadata
from app.models.tenancies import Tenancy
from app.services.admin.audit import naming, words
from app.services.admin.audit.dto import AuditRow, FieldChange
from app.services.admin.audit.shut_notes import without_shut_notes
from app.services.core import access
from app.services.core.context import Context
from app.services.core.policy_values import declared

_SUMMARY: Final = 3
_WORDS: Final = {"role", "permission", "kind", "relation", "decision"}
"""Columns whose text is a fixed word, besides those whose type says so."""
Values = dict[str, Any]
Line = tuple[tuple[str, str], ...]
"""What a record hangs on, what that hangs on, and so on, by table and key."""


def read_rows(ctx: Context, entries: Sequence[AuditEntry]) -> list[AuditRow]:
    """The entries in words; those of a restricted record that isn't the officer's to open say only that."""
    parsed = without_shut_notes(ctx, [(each, _parsed(each.before), _parsed(each.after)) for each in entries])
    lines = naming.lineages(ctx.session, _owners(ctx, parsed))
    names = naming.names_of(ctx.session, _wanted(parsed).union(*lines.values()))
    officers = naming.names_of(ctx.session, {("officer", str(each.officer_id)) for each in entries})
    closed = _closed(ctx)
    made = []
    for entry, before, after in parsed:
        line = lines.get(_key(entry), ())
        hidden = bool(closed) and bool({(entry.table_name, entry.row_key), *line} & closed)
        who = officers.get(("officer", str(entry.officer_id)), "nobody yet")
        made.append(_row(entry, before, after, who, line, names, hidden=hidden))
    return made


def _row(
    entry: AuditEntry,
    before: Values,
    after: Values,
    who: str,
    line: Line,
    names: naming.Names,
    *,
    hidden: bool,
) -> AuditRow:
    bulk = not entry.row_key
    kind = words.kind_of(entry.table_name)
    fields = () if bulk or hidden else _fields(entry.table_name, before, after, names)
    if hidden:
        record, summary = access.RESTRICTED_NAME, "A restricted record: only named officers may see what changed"
    elif bulk:
        record, summary = "Many", words.bulk_in_words(entry.table_name, after)
    else:
        record, summary = _record(entry, before | after, line, names), _summary(entry.action, fields)
    return AuditRow(
        entry.id,
        entry.at,
        who,
        words.DID.get(entry.action, entry.action),
        kind,
        record,
        summary,
        fields,
        bulk,
        None if bulk or hidden else _key(entry),
        None if hidden else next((int(key) for table, key in line if table == "account"), None),
    )


def _parsed(text: str) -> Values:
    found = json.loads(text) if text else {}
    return found if isinstance(found, dict) else {}


def _key(entry: AuditEntry) -> str:
    return f"{entry.table_name}|{entry.row_key}"


def _owners(ctx: Context, parsed: Sequence[tuple[AuditEntry, Values, Values]]) -> dict[str, tuple[str, str]]:
    """What each record hangs on: by what the line itself says, else by the record as it stands."""
    found: dict[str, tuple[str, str]] = {}
    unknown: dict[str, set[str]] = {}
    for entry, before, after in parsed:
        values = before | after
        if not entry.row_key:
            continue
        if entry.table_name == "account":
            found[_key(entry)] = ("account", entry.row_key)
        elif values.get("account_id") is not None:
            found[_key(entry)] = ("account", str(values["account_id"]))
        elif values.get("subject_id") is not None and (table := naming.subject_table(values.get("subject"))):
            found[_key(entry)] = (table, str(values["subject_id"]))
        elif (whole := naming.whole(entry.table_name, _keys_of(entry) | values)) is not None:
            found[_key(entry)] = whole
        else:
            unknown.setdefault(entry.table_name, set()).add(entry.row_key)
    for name, keys in unknown.items():
        known = metadata.tables.get(name)
        if known is not None:
            found |= {f"{name}|{key}": owner for key, owner in naming.owners(ctx.session, known, keys).items()}
    return found


def _wanted(parsed: Sequence[tuple[AuditEntry, Values, Values]]) -> set[tuple[str, str]]:
    """Every record that the lines name: themselves, and those that their fields and keys point to."""
    wanted: set[tuple[str, str]] = set()
    for entry, before, after in parsed:
        wanted.add((entry.table_name, entry.row_key))
        table = metadata.tables.get(entry.table_name)
        if table is None:
            continue
        for values in (before, after):
            wanted |= {
                (target, str(value))
                for column, value in values.items()
                if value is not None and column in table.c and (target := naming.named_table(table.c[column]))
            }
        for column, part in _key_parts(table, entry.row_key):
            if target := naming.named_table(table.c[column]):
                wanted.add((target, part))
    return wanted


def _keys_of(entry: AuditEntry) -> Values:
    table = metadata.tables.get(entry.table_name)
    return dict(_key_parts(table, entry.row_key)) if table is not None else {}


def _key_parts(table: Table, row_key: str) -> list[tuple[str, str]]:
    columns = [column.key for column in table.primary_key]
    parts = row_key.split(",", len(columns) - 1) if row_key else []
    return list(zip(columns, parts, strict=False))


def _record(entry: AuditEntry, values: Values, line: Line, names: naming.Names) -> str:
    """Which record, in plain words."""
    own = names.get((entry.table_name, entry.row_key))
    above = _named_above(entry, values, line, names)
    if own and not (above and entry.table_name in naming.ABOUT_FIRST):
        return own
    if above:
        return above
    if entry.table_name == "policy_value" and values.get("key") in declared():
        return declared()[str(values["key"])].title
    for column in ("title", "name", "summary"):
        if values.get(column):
            return str(values[column])
    table = metadata.tables.get(entry.table_name)
    if table is None:
        return entry.row_key
    parts = [
        names.get((naming.named_table(table.c[column]), part)) or _shown(table, column, part)
        for column, part in _key_parts(table, entry.row_key)
    ]
    return ", ".join(parts) if len(parts) > 1 or not entry.row_key.isdigit() else f"number {entry.row_key}"


def _named_above(entry: AuditEntry, values: Values, line: Line, names: naming.Names) -> str:
    """The nearest record above that has a name: with its kind, but for the whole that this is a part of."""
    nearest = next((each for each in line if each in names), None)
    if nearest is None:
        return ""
    if nearest != line[0] or not naming.is_part(entry.table_name):
        return f"{words.kind_of(nearest[0])}{': ' if naming.is_sentence(nearest[0]) else ' '}{names[nearest]}"
    return f"{names[nearest]}: {values['label']}" if values.get("label") else names[nearest]


def _fields(name: str, before: Values, after: Values, names: naming.Names) -> tuple[FieldChange, ...]:
    table = metadata.tables.get(name)
    changes = []
    for column in [*after, *(each for each in before if each not in after)]:
        if column in words.HIDDEN or (column == "subject_id" and "subject" in {*before, *after}):
            continue
        old, new = (_field(table, column, values, names) for values in (before, after))
        if (before and after) or (old or new) != "nothing":
            changes.append(FieldChange(words.label_of(column), old, new))
    return tuple(changes)


def _field(table: Table | None, column: str, values: Values, names: naming.Names) -> str:
    if column not in values:
        return ""
    value = values[column]
    if column == "subject" and "subject_id" in values:
        target = naming.subject_table(value)
        name = names.get((target, str(values["subject_id"])))
        between = ": " if name and naming.is_sentence(target) else " "
        return f"{words.value_in_words(column, value, word=True)}{between}{name or values['subject_id']}"
    if table is not None and column in table.c and value is not None:
        target = naming.named_table(table.c[column])
        if target and (name := names.get((target, str(value)))):
            return name
    return _shown(table, column, value)


def _shown(table: Table | None, column: str, value: Any) -> str:
    word = table is not None and column in table.c and (naming.is_word(table.c[column]) or column in _WORDS)
    return words.value_in_words(column, value, word=word)


def _summary(action: str, fields: Sequence[FieldChange]) -> str:
    """What changed in one line: the first fields, and how many more."""
    if action == "update":
        said = [f"{each.label}: {each.before} to {each.after}" for each in fields[:_SUMMARY]]
    else:
        said = [f"{each.label}: {each.after or each.before}" for each in fields[:_SUMMARY]]
    more = len(fields) - _SUMMARY
    return " ".join(("; ".join(said) + (f"; and {more} more" if more > 0 else "")).split())


def _closed(ctx: Context) -> set[tuple[str, str] | None]:
    """The restricted accounts that the officer may not open, with their tenancies, people and homes."""
    accounts = sorted(access.closed_accounts(ctx))
    found: set[tuple[str, str] | None] = {("account", str(each)) for each in accounts}
    if not accounts:
        return found
    tenancies = select(Account.tenancy_id).where(Account.id.in_(accounts), Account.tenancy_id.is_not(None))
    found |= {("tenancy", str(each)) for each in ctx.session.scalars(tenancies)}
    held = ctx.session.execute(select(Tenant.tenancy_id, Tenant.person_id).where(Tenant.tenancy_id.in_(tenancies)))
    for tenancy_id, person_id in held:
        found |= {("person", str(person_id)), ("tenant", f"{tenancy_id},{person_id}")}
    homes = select(Tenancy.property_id).where(Tenancy.id.in_(tenancies))
    return found | {("property", str(each)) for each in ctx.session.scalars(homes)}
