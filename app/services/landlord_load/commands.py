"""Loading a landlord's file, and signing what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import select

from app.models.accounts import Account
from app.models.imports import LoadBatch
from app.models.properties import RentGroup
from app.models.tenancies import Tenancy
from app.models.values import JournalKind, Subject
from app.services.core.changes import Changes
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.garbage import search_paused
from app.services.core.permissions import Permission, requires
from app.services.documents.dto import NewLink
from app.services.documents.keeping import link, put
from app.services.imports.dto import Names
from app.services.imports.fingerprints import file_sha256
from app.services.landlord_load import reconciliation
from app.services.landlord_load.dto import LandlordFile, Loaded, Reconciliation
from app.services.landlord_load.keeping import summary
from app.services.landlord_load.preparing import Prepared, prepare
from app.services.landlord_load.queries import KIND, read_file
from app.services.landlord_load.rules.postings import OPENING_CODE, PlannedLine, plan_lines
from app.services.landlord_load.rules.reconciling import Sums, reconcile
from app.services.landlord_load.writing import Writer
from app.services.ledger.dto import JournalHeader, Line
from app.services.ledger.posting import append_series
from app.services.rent.search import refresh_search

AREAS: Final = frozenset({"rent", "charges", "home", "admin"})
_MEDIA: Final = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
}


@requires(Permission.LOAD_LANDLORD)
@search_paused()
def load(ctx: Context, path: Path | LandlordFile, mapping: Names | None = None) -> Loaded:
    """Load a landlord's file: all of its new lines or, where any of them is wrong, none.

    Args:
        ctx: one transaction; its progress is told the rows read and written.
        path: a workbook, a .csv file, a folder of .csv files, or the `file` of a rehearsal.
        mapping: what the landlord's own names mean.

    Raises:
        UserError: the file can't be read at all, none of its sheets is one of ours, or it changed since it was read.
        Cancelled: the officer stopped it; nothing was loaded.
    """
    prepared = prepare(ctx, read_file(ctx, path, mapping))
    loaded = {count.sheet: count.new for count in prepared.counts}
    recognised = {count.sheet: count.recognised for count in prepared.counts if count.recognised}
    if prepared.errors or not any(loaded.values()):
        nothing = dict.fromkeys(loaded, 0)
        return _result(prepared, None, nothing, recognised, reconcile(prepared.file_sums, {}), ())
    batch = _begin(ctx, prepared.file)
    writer = Writer(ctx, prepared, batch.id)
    writer.write()
    journals = _post(ctx, prepared, writer)
    refresh_search(ctx, None if not prepared.known.tenancies else [writer.accounts[key] for key in prepared.accounts])
    found = reconcile(prepared.file_sums, _ledger_sums(ctx, prepared, writer))
    if not found.agrees:
        raise UserError(
            f"The ledger came to {found.ledger_total.dr_cr()} and the file says {found.file_total.dr_cr()}; nothing was loaded.",
            "Keep the file and report this: it should not be possible.",
        )
    batch.summary = summary(ctx, loaded, recognised, found)
    _keep_file(ctx, prepared.file, batch.id)
    ctx.session.flush()
    return _result(prepared, batch.id, loaded, recognised, found, journals)


@requires(Permission.LOAD_LANDLORD)
def sign(ctx: Context, load_id: int) -> Changes:
    """Sign the reconciliation of a load; it is kept as a PDF with the load.

    Raises:
        UserError: there is no such load, or it is signed.
    """
    batch = reconciliation.check_signable(ctx, load_id)
    batch.signed_by = ctx.officer.id
    batch.signed_at = ctx.clock.now()
    ctx.session.flush()
    kept = put(ctx, reconciliation.pdf(ctx, load_id), "application/pdf")
    title = f"Reconciliation of load {load_id}, signed"
    link(ctx, kept, NewLink(Subject.LOAD, load_id, "reconciliation", title, f"reconciliation-{load_id}.pdf"))
    return Changes(frozenset({"admin"}))


def _begin(ctx: Context, file: LandlordFile) -> LoadBatch:
    batch = LoadBatch(
        kind=KIND,
        file_sha256=file.sha256,
        file_name=file.path.name[:200],
        loaded_at=ctx.clock.now(),
        officer_id=ctx.officer.id,
        summary="",
    )
    ctx.session.add(batch)
    ctx.session.flush()
    return batch


def _post(ctx: Context, prepared: Prepared, writer: Writer) -> tuple[int, ...]:
    """Post the opening balances and the history, oldest first: a journal for each accounting day."""
    planned = plan_lines(prepared.tables, prepared.known, prepared.lettings)
    source = f"load {prepared.file.sha256}"

    def postings() -> Iterator[tuple[JournalHeader, list[Line]]]:
        for number, ((on, kind), lines) in enumerate(planned.items()):
            ctx.progress(number, len(planned), "Posting to the ledger")
            header = JournalHeader(
                kind=kind,
                accounting_on=on,
                source=source,
                idempotency_key=f"{source} {kind.value} {on}",
                declared_count=len(lines),
                declared_pence=sum(line.pence for line in lines),
                narrative="Opening balances" if kind is JournalKind.OPENING else "History as loaded",
            )
            yield header, [_line(line, writer) for line in lines]

    return tuple(posted.journal for posted in append_series(ctx, postings()))


def _line(line: PlannedLine, writer: Writer) -> Line:
    on = line.effective_on
    week: date | None = on - timedelta(days=on.weekday())
    if line.code == OPENING_CODE:
        week = None
    return Line(writer.accounts[line.account], line.code, line.pence, on, week, line.narrative)


def _ledger_sums(ctx: Context, prepared: Prepared, writer: Writer) -> Sums:
    """The ledger's side: by what stands in the database now, less what stood before this load."""
    before = {fact.id: fact.balance_pence for fact in prepared.known.accounts.values()}
    ids = {writer.accounts[account] for account in prepared.accounts.keys() | prepared.file_pence.keys()}
    sums: Sums = {}
    statement = (
        select(RentGroup.name, Account.kind, Tenancy.tenure, Account.id, Account.balance_pence)
        .join(Tenancy, Tenancy.id == Account.tenancy_id)
        .join(RentGroup, RentGroup.id == Account.rent_group_id)
    )
    for chunk in in_chunks(sorted(ids)):
        for name, kind, tenure, account_id, pence in ctx.session.execute(statement.where(Account.id.in_(chunk))):
            count, total = sums.get((name, kind, tenure), (0, 0))
            sums[name, kind, tenure] = count + 1, total + pence - before.get(account_id, 0)
    return sums


def _keep_file(ctx: Context, file: LandlordFile, load_id: int) -> None:
    """Keep the file as it came, with the file that it puts right if it does, linked to its load."""
    if file_sha256(file.path) != file.sha256:
        raise UserError(f"{file.path.name} has changed since it was read; nothing was loaded.", "Load it again.")
    for part in file.files:
        kept = put(ctx, part.read_bytes(), _MEDIA.get(part.suffix.lower(), "text/csv"))
        link(ctx, kept, NewLink(Subject.LOAD, load_id, "load", f"Landlord's file {part.name}", part.name))


def _result(
    prepared: Prepared,
    load_id: int | None,
    loaded: dict[str, int],
    recognised: dict[str, int],
    found: Reconciliation,
    journals: tuple[int, ...],
) -> Loaded:
    changed = AREAS if load_id is not None else frozenset[str]()
    return Loaded(
        prepared.file,
        load_id,
        loaded,
        recognised,
        prepared.errors,
        prepared.warnings,
        found,
        prepared.new_rent_groups,
        journals,
        Changes(changed),
    )
