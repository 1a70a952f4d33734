"""A file and its lines, kept; and what of them goes on accounts, set-based: one journal for each code and period."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from app.models.reception_payments.files import ReceiptFile, ReceiptFileLine
from app.models.values import ReceiptFileState, ReceiptLineState, Subject
from app.services.core import audit
from app.services.core.bulk import insert_columns
from app.services.core.card_refusal import refuse_card_number
from app.services.core.context import Context
from app.services.core.search_index import index_record
from app.services.documents import safe
from app.services.ledger import numbering
from app.services.reception_payments.files import doubled
from app.services.reception_payments.files.dto import Placed
from app.services.reception_payments.files.dto_read import FileRead, ReadLine
from app.services.reception_payments.files.planning import Plan

COUNTER: Final = "receipt_file"
MEDIA: Final = "application/octet-stream"
LINE: Final[Any] = ReceiptFileLine.__table__
WAITS: Final = frozenset({ReceiptLineState.SUSPECT})
_NAME: Final = 200
_PLACED: Final = ("state", "account_id", "matched_by", "why", "like_journal", "like_line", "receipt_id")


def about(file_id: int) -> str:
    """What the content of a file is sealed about."""
    return f"receipt_file:{file_id}"


def keep_file(ctx: Context, file: FileRead, state: ReceiptFileState, words: str = "") -> ReceiptFile:
    """Keep that a file came, its content aside."""
    layout = file.profile.layout
    refuse_card_number(ctx, file.name, "name of the file", "path")
    row = ReceiptFile(
        number=numbering.take(ctx, COUNTER),
        state=state,
        profile_key=file.profile.key,
        profile_name=file.profile.name,
        edition=file.profile.edition,
        channel=layout.channel,
        file_name=file.name[:_NAME],
        sha256=file.sha256,
        count=0,
        pence=0,
        words=words,
        officer_id=ctx.officer.id,
        loaded_at=ctx.clock.now(),
    )
    ctx.session.add(row)
    ctx.session.flush()
    index_record(ctx, Subject.RECEIPT_FILE, row.id, f"file {row.number}", Path(row.file_name).stem, row.profile_name)
    return row


def keep_lines(ctx: Context, row: ReceiptFile, plan: Plan) -> None:
    """Keep the lines of a file where they were placed, and its content, sealed."""
    file, days = plan.file, plan.days
    row.document_sha256 = safe.keep(ctx, about(row.id), file.content, MEDIA)
    row.count, row.pence = len(plan.placed), file.total.pence
    row.declared_count = file.declared.count
    row.declared_pence = file.declared.total.pence if file.declared.total is not None else None
    row.waiting = sum(each.state in WAITS for each in plan.placed)
    if days is not None:
        row.first_on, row.last_on = days
    ctx.session.flush()
    insert_columns(ctx.session, LINE, _columns(row.id, plan.placed))
    audit.record_bulk(ctx, "receipt_file_line", "insert", rows=len(plan.placed), of_file=row.number)


def _is_known(state: ReceiptLineState, like_journal: int | None) -> bool:
    """Whether an earlier file has the line; one that waits is like an entry, or like that line."""
    return state is ReceiptLineState.KNOWN or (state is ReceiptLineState.SUSPECT and like_journal is None)


def _columns(file_id: int, placed: Sequence[Placed]) -> dict[str, Sequence[Any]]:
    """The lines as they are kept, column by column."""
    lines = list(zip(*(each.line for each in placed), strict=True))
    where = dict(zip(Placed._fields, zip(*placed, strict=True), strict=True))
    read = dict(zip(ReadLine._fields, lines, strict=True))
    three = zip(read["once"], where["state"], where["like_journal"], strict=True)
    once = [doubled.not_posted(mark, file_id) if _is_known(state, like) else mark for mark, state, like in three]
    count = len(placed)
    return {
        "file_id": [file_id] * count,
        **{name: read[name] for name in ("place", "code", "pence", "paid_on", "narrative", "marker")},
        **{name: where[name] for name in _PLACED},
        "reference_given": read["given"],
        "payer_name": read["payer"],
        "once_key": once,
        "version": [1] * count,
    }
