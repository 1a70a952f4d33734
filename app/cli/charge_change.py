"""`rentbook charge-change`: many charges changed at once, by a spreadsheet or a rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import click

from app.cli.frame import DATE, FILE, answer, command, long_work, open_desk, spell, table
from app.models.values import Tenure
from app.services.charges.bulk import commands, jobs, queries, reading
from app.services.charges.bulk.dto import Applied, Apply, BulkRule, ChangeDetail, ChangeLine, NewChange, NoticesGiven
from app.services.charges.bulk.rules import parse
from app.services.core.session import Desk

_TENURES = [each.value for each in Tenure]
_SHOWN = 20


@command("charge-change")
@click.argument("file", type=FILE, required=False)
@click.option("--rule", metavar="RULE", help="Instead of FILE: 'DBR +4.8%', 'DSC,DGM +0.35', 'DLL =2.10' or 'DWR end'.")
@click.option("--rent-group", "groups", multiple=True, metavar="CODE", help="Only this rent group. May be given again.")
@click.option(
    "--tenure", "tenures", multiple=True, type=click.Choice(_TENURES), help="Only this tenure. May be given again."
)
@click.option("--area", "areas", multiple=True, metavar="NAME", help="Only this area. May be given again.")
@click.option("--from", "effective_on", type=DATE, help="The Monday from which the new charges count.")
@click.option("--name", help="What the office calls it: Rent review 2027-28.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and keep nothing.")
@click.option("--notice", type=int, metavar="CHANGE", help="Make the rent notices of this change.")
@click.option("--why", default="", help="With --notice: what explains the change, for the letters.")
@click.option(
    "--apply", "apply_id", type=int, metavar="CHANGE", help="Apply this change, or ask for it to be approved."
)
@click.option("--excuse", default="", help="With --apply: why it stands for those without a notice in time.")
@click.option("--leave-out", is_flag=True, help="With --apply: leave those without a notice in time out of it.")
@click.option("--cancel", "cancel_id", type=int, metavar="CHANGE", help="Give this change up.")
def charge_change(file: Path | None, rule: str | None, **rest: Any) -> None:
    """Rehearse a change of many charges: FILE has a row for each with reference, code and weekly (empty: it ends).

    It is kept as a bulk change with its difference list; then --notice gives notice of it and --apply applies it.
    """
    steps = [rest["notice"], rest["apply_id"], rest["cancel_id"]]
    asked = sum(each is not None for each in (file, rule, *steps))
    if asked != 1:
        raise click.UsageError("Give one of: FILE, --rule RULE, --notice CHANGE, --apply CHANGE, --cancel CHANGE.")
    with open_desk() as desk:
        if file is not None or rule is not None:
            _rehearse(desk, file, _ruled(rule, rest), rest)
        elif rest["notice"] is not None:
            with long_work("Letters") as (progress, cancel):
                given = jobs.give_notice(desk, rest["notice"], rest["why"], progress=progress, cancel=cancel)
            _answer_given(given)
        elif rest["apply_id"] is not None:
            _answer_applied(desk.do(commands.apply, Apply(rest["apply_id"], rest["excuse"], rest["leave_out"])))
        else:
            desk.do(commands.cancel, rest["cancel_id"])
            answer({"change": rest["cancel_id"], "state": "cancelled"}, f"Bulk change {rest['cancel_id']} is given up.")


def _ruled(rule: str | None, rest: dict[str, Any]) -> BulkRule | None:
    if rule is None:
        return None
    tenures = tuple(Tenure(each) for each in rest["tenures"])
    return replace(parse(rule), rent_groups=rest["groups"], tenures=tenures, areas=rest["areas"])


def _rehearse(desk: Desk, file: Path | None, rule: BulkRule | None, rest: dict[str, Any]) -> None:
    effective_on: date | None = rest["effective_on"]
    if effective_on is None:
        raise click.UsageError("Say from which Monday the new charges count: --from 2027-04-05.")
    name = rest["name"] or (file.stem if file else f"Bulk change of {spell(effective_on)}")
    sheet = None
    if file is not None:
        with long_work("Reading") as (progress, cancel):
            sheet = reading.read(file, desk.ask(queries.codes), progress, cancel)
    new = NewChange(name, effective_on, rule, sheet)
    if rest["dry_run"]:
        found, lines = desk.do(commands.try_out, new), tuple[ChangeLine, ...]()
    else:
        change = desk.do(commands.rehearse, new)
        found, lines = desk.ask(queries.detail, change), desk.ask(queries.lines, change, _SHOWN)
    answer(_told(found, lines, dry_run=rest["dry_run"]), _said(found, lines, dry_run=rest["dry_run"]))


def _told(found: ChangeDetail, lines: Sequence[ChangeLine], *, dry_run: bool) -> dict[str, Any]:
    return {
        "change": None if dry_run else found.row.change_id,
        "dry_run": dry_run,
        "name": found.row.name,
        "from": found.row.effective_on,
        "rule": found.rule,
        "lines": found.row.lines,
        "accounts": found.accounts,
        "before_pence": found.row.before,
        "after_pence": found.row.after,
        "by_code": [
            {"code": each.code, "lines": each.lines, "before_pence": each.before, "after_pence": each.after}
            for each in found.by_code
        ],
        "notices_needed": found.notices.needed,
        "notices_missing": found.notices.missing,
        "post_by": found.notices.post_by,
        "weeks_charged": found.charged,
        "left_out": [{"reference": each.reference, "code": each.code, "why": each.why} for each in found.left_out],
        "dearest": [
            {"reference": each.reference, "code": each.code, "before_pence": each.before, "after_pence": each.after}
            for each in lines
        ],
    }


def _said(found: ChangeDetail, lines: Sequence[ChangeLine], *, dry_run: bool) -> Iterator[str]:
    right = frozenset({2, 3, 4})
    for each in found.left_out:
        yield f"left out: {each.reference} {each.code}: {each.why}"
    codes = [(each.code, each.what, f"{each.lines:,}", str(each.before), str(each.after)) for each in found.by_code]
    yield from table(("Code", "", "Charges", "Before", "After"), codes, right)
    yield ""
    if lines:
        shown = [
            (each.reference, each.code, _amount(each.before), _amount(each.after), each.difference.dr_cr())
            for each in lines
        ]
        yield from table(("Dearest", "Code", "Before", "After", "A week"), shown, right)
        yield ""
    if found.notices.missing:
        yield f"{found.notices.missing:,} accounts need notice: post it by {spell(found.notices.post_by)}."
    if found.charged:
        yield f"{found.charged} weeks from then on were charged already: applying it puts them right."
    kept = "Nothing was kept" if dry_run else f"Kept as bulk change {found.row.change_id}"
    yield (
        f"{found.row.name}, from {spell(found.row.effective_on)}: {found.row.lines:,} charges of {found.accounts:,} "
        f"accounts, {found.row.before} becomes {found.row.after} a week. {kept}."
    )


def _amount(amount: object | None) -> str:
    return "" if amount is None else str(amount)


def _answer_given(given: NoticesGiven) -> None:
    data = {
        "change": given.change_id,
        "batch": given.batch_id,
        "letters": given.made,
        "left_out": given.left_out,
        "served_on": given.served_on,
    }
    words = f"{given.made:,} rent notices are in Letters as batch {given.batch_id}, {given.left_out:,} left out. "
    answer(data, f"{words}Posted today they count as served on {spell(given.served_on)}.")


def _answer_applied(done: Applied) -> None:
    data = {"change": done.change_id, "lines": done.lines, "journal": done.journal, "request": done.request_id}
    if done.request_id is not None:
        answer(data, f"Asked for approval, as request {done.request_id}: nothing has changed yet.")
        return
    journal = f" Weeks charged already were put right by journal {done.journal}." if done.journal else ""
    answer(data, f"{done.lines:,} charges are changed.{journal}")
