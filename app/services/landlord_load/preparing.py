"""From a file that was read to everything that a rehearsal shows and a load writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from app.models.imports import LoadLine
from app.services.core.context import Context
from app.services.imports.dto import Problem, Table
from app.services.imports.fingerprints import line_fingerprints, occurrences
from app.services.landlord_load import facts
from app.services.landlord_load.dto import AccountKey, Known, LandlordFile, SheetCount
from app.services.landlord_load.rules import checking, postings
from app.services.landlord_load.rules.accounts import NewAccount, NewGroup, plan_accounts, plan_groups
from app.services.landlord_load.rules.receipts import turned_receipts
from app.services.landlord_load.rules.reconciling import Groups, Sums, sums_by_group
from app.services.landlord_load.rules.sheet import Lettings

Prints = dict[str, list[tuple[str, int]]]
"""By sheet, the fingerprint and occurrence of each new line."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file beside the database: its new lines, what they refer to, what is wrong, and what they would make."""

    file: LandlordFile
    tables: Mapping[str, Table]
    prints: Prints
    counts: tuple[SheetCount, ...]
    known: Known
    lettings: Lettings
    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    accounts: Mapping[AccountKey, NewAccount]
    groups: Mapping[str, NewGroup]
    file_pence: Mapping[AccountKey, int]
    file_sums: Sums

    @property
    def new_rent_groups(self) -> tuple[str, ...]:
        """The names of the rent groups that the file makes."""
        return tuple(group.name for group in self.groups.values())


def prepare(ctx: Context, file: LandlordFile) -> Prepared:
    """Leave out the lines that were loaded before, and check the rest against each other and the database."""
    ctx.progress(0, 0, "Checking")
    tables, prints, counts = _recognise(ctx, file)
    ctx.cancel.check()
    known = facts.known(ctx, tables)
    lettings = Lettings(tables, known)
    tables, turned = turned_receipts(tables, known, lettings)
    errors = [*file.problems, *checking.faults(tables, known, lettings)]
    order = {name: place for place, name in enumerate(file.tables)}
    errors.sort(key=lambda problem: (order.get(problem.sheet, -1), problem.row))
    errors = list(map(file.named, errors))
    warnings = list(
        map(file.named, (*file.warnings, *checking.warnings(tables, known, lettings), *([turned] if turned else [])))
    )
    accounts = plan_accounts(tables, known, lettings)
    pence = postings.file_sums(tables, known, lettings)
    named = dict.fromkeys([*accounts, *pence])
    sums = sums_by_group(Groups(tables, known, lettings), named, pence)
    groups = plan_groups(tables, known)
    return Prepared(
        file,
        tables,
        prints,
        counts,
        known,
        lettings,
        tuple(errors),
        tuple(warnings),
        accounts,
        groups,
        pence,
        sums,
    )


def _recognise(ctx: Context, file: LandlordFile) -> tuple[Mapping[str, Table], Prints, tuple[SheetCount, ...]]:
    """The tables without the lines that were loaded before: same values, and the same time of coming in the file."""
    tables: dict[str, Table] = {}
    prints: Prints = {}
    counts: list[SheetCount] = []
    for name, table in file.tables.items():
        fingerprints = list(line_fingerprints(name, table.columns.values()))
        lines = list(zip(fingerprints, occurrences(fingerprints), strict=True))
        before = _loaded(ctx, name)
        if before:
            keep = [line not in before for line in lines]
            lines = [line for line, kept in zip(lines, keep, strict=True) if kept]
            tables[name] = table.kept(keep)
        else:
            tables[name] = table
        prints[name] = lines
        counts.append(SheetCount(name, len(table), len(lines), len(table) - len(lines)))
    return tables, prints, tuple(counts)


def _loaded(ctx: Context, sheet: str) -> set[tuple[str, int]]:
    statement = select(LoadLine.fingerprint, LoadLine.occurrence).where(LoadLine.sheet == sheet)
    return {(row.fingerprint, row.occurrence) for row in ctx.session.execute(statement)}
