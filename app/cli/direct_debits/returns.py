"""`rentbook dd read`: what the bank sent back, read, and carried out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import click

from app.cli.frame import FILE, REFUSED, answer, command, open_desk, read_file, spell, table, tell
from app.models.values import Money, ReportItemState
from app.services.bacs import reports
from app.services.bacs.dto import ReadReport
from app.services.bacs.reports.xml import MOST_BYTES
from app.services.core.errors import UserError
from app.services.core.session import Desk
from app.services.direct_debits.returns import rules

_SHOWN: Final = 1_000
"""Items that are printed as text; all of them are in the JSON."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A file as it was read: its report, its items, what could not be read of it, and what was done."""

    report: dict[str, Any] | None
    items: tuple[dict[str, Any], ...] = ()
    faults: tuple[dict[str, Any], ...] = ()
    told: str = ""


@command("read")
@click.argument("files", type=FILE, nargs=-1, required=True, metavar="FILE...")
@click.option("--apply", "applies", is_flag=True, help="Keep them, and carry out every item that has its mandate.")
@click.option("--sun", default="", help="The Service User Number that they should be of.")
def read(files: tuple[Path, ...], applies: bool, sun: str) -> int:
    """Read FILE... (reports of Bacs as XML): each item with its reason and what it does here.

    Without --apply nothing is kept, and no database is needed. Faults found, or items left as they are, is exit 1.
    """
    if applies:
        with open_desk() as desk:
            found = [_carried_out(desk, path) for path in files]
    else:
        found = [_looked_at(path, sun) for path in files]
    items = [item for each in found for item in each.items]
    faults = [fault for each in found for fault in each.faults]
    known = [each.report for each in found if each.report is not None]
    data = {"report": known[0]["kind"] if known else None, "reports": known, "items": items, "faults": faults}
    answer(data, _text(found))
    return REFUSED if faults else 0


def _looked_at(path: Path, sun: str) -> _Read:
    try:
        found = reports.read(read_file(path, MOST_BYTES), sun)
    except UserError as error:
        return _refused(path, error)
    items = tuple(
        _item(path, each.reference, each.reason_code, each.words, each.amount, _effect(found, each))
        for each in found.items
    )
    return _Read(_report(path, found), items or _files(path, found), _faults(path, found))


def _carried_out(desk: Desk, path: Path) -> _Read:
    """Read a file and apply what it says: each a transaction of its own, so that a file that is spoilt stops no other."""
    from app.services.direct_debits.returns import commands, queries
    from app.services.direct_debits.returns.dto import NewReport

    try:
        content = read_file(path, MOST_BYTES)
        kept = desk.do(commands.read, NewReport(content, path.name))
        rows = desk.ask(queries.of_report, kept.report_id)
        waiting = tuple(row.item_id for row in rows if row.state is ReportItemState.PROPOSED)
        done = desk.do(commands.apply, waiting) if waiting else None
    except UserError as error:
        return _refused(path, error)
    rows = desk.ask(queries.of_report, kept.report_id)
    items = tuple(
        _item(path, row.reference, row.reason_code, row.reason.partition("  ")[2], row.amount, row.effect.value)
        | {"mandate": row.mandate or None, "state": row.state.value, "outcome": row.outcome}
        for row in rows
    )
    said = list(kept.faults)
    said += [f"{left.reference or 'No reference'}: {left.why}" for left in (done.left if done is not None else ())]
    faults: list[dict[str, Any]] = [{"file": path.name, "item": 0, "message": message} for message in said]
    unmatched = (row for row in rows if row.state is ReportItemState.UNMATCHED)
    faults += [
        {"file": path.name, "item": row.place, "message": f"{row.reference}: {row.outcome}"} for row in unmatched
    ]
    report = {"kind": kept.kind.value.upper(), "file": path.name, "count": kept.count, "before": kept.before}
    report |= {"amount_pence": kept.amount.pence, "journals": list(done.journals) if done is not None else []}
    return _Read(report, items, tuple(faults), f"{kept.told} {done.told if done is not None else ''}".strip())


def _refused(path: Path, error: UserError) -> _Read:
    message = f"{error.message} {error.hint}".strip()
    tell(f"{path.name}: {message}")
    return _Read(None, faults=({"file": path.name, "item": 0, "message": message},))


def _effect(found: ReadReport, each: Any) -> str:
    rule = rules.rule_for(found.kind, each.reason_code, each.record_type)
    if each.new_destination is None:
        rule = rules.without_details(rule)
    return rule.effect.value


def _item(
    path: Path, reference: str, reason_code: str, words: str, amount: Money | None, effect: str
) -> dict[str, Any]:
    return {
        "file": path.name,
        "reference": reference,
        "reason_code": reason_code,
        "reason": words,
        "amount_pence": amount.pence if amount is not None else None,
        "effect": effect,
        "mandate": None,
    }


def _files(path: Path, found: ReadReport) -> tuple[dict[str, Any], ...]:
    """Of a report of whole files of ours: each of them, in place of items."""
    if found.kind not in rules.OF_FILES:
        return ()
    effect = rules.rule_for(found.kind, "").effect.value
    made = []
    for file in found.files:
        amount = file.debits.accepted.amount if file.debits is not None else None
        made.append(_item(path, file.serial or file.reference, file.error_code, "A file of ours", amount, effect))
    return tuple(made)


def _report(path: Path, found: ReadReport) -> dict[str, Any]:
    return {
        "kind": found.kind.value.upper(),
        "file": path.name,
        "sun": found.sun,
        "generated_on": found.generated_on,
        "count": len(found.items),
        "amount_pence": sum(item.amount.pence for item in found.items if item.amount is not None),
        "submission_reference": found.submission_reference,
        "serials": list(found.serials),
    }


def _faults(path: Path, found: ReadReport) -> tuple[dict[str, Any], ...]:
    said = [{"file": path.name, "item": each.line, "message": each.message} for each in found.faults]
    return (*said, *({"file": path.name, "item": 0, "message": f"Bacs says: {each}"} for each in found.errors))


def _text(found: Sequence[_Read]) -> Iterable[str]:
    for each in found:
        if each.report is not None:
            on = each.report.get("generated_on")
            yield f"{each.report['file']}: {each.report['kind']}" + (f" of {spell(on)}" if on else "")
            yield from _rows(each.items)
        for fault in each.faults if each.report is not None else ():
            yield f"Item {fault['item']}: {fault['message']}" if fault["item"] else str(fault["message"])
        if each.told:
            yield each.told


def _rows(items: Sequence[dict[str, Any]]) -> Iterable[str]:
    if not items:
        yield "It holds no items."
        return
    rows = [
        (
            item["reference"],
            item["reason_code"],
            item["reason"],
            str(Money(item["amount_pence"])) if item["amount_pence"] is not None else "",
            item.get("outcome") or item["effect"],
        )
        for item in items[:_SHOWN]
    ]
    yield from table(("Reference", "Code", "Reason", "Amount", "Effect"), rows, right=frozenset({3}))
    if len(items) > _SHOWN:
        yield f"and {len(items) - _SHOWN:,} more; --json has them all."
