"""The benchmark: each row beside its reference, in one run. Called by `python3 build/dev.py bench [--json] [ROW...]`."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

import adjust_rows
import bacs_rows
import caller_rows
import charge_rows
import dataset
import debit_rows
import file_rows
import ledger_rows
import package_rows
import person_rows
import post_rows
import receipt_rows
import run_rows
import spend_rows
import window_rows
from measuring import Result, Row, say


def main(arguments: list[str]) -> int:
    """Run the rows that are named, or all; 0 if all are within budget, 1 if one isn't, 2 for a row that isn't known."""
    rows = {
        row.name: row
        for row in (
            *ledger_rows.ROWS,
            *person_rows.ROWS,
            *charge_rows.ROWS,
            *adjust_rows.ROWS,
            *bacs_rows.ROWS,
            *debit_rows.ROWS,
            *run_rows.ROWS,
            *spend_rows.ROWS,
            *file_rows.ROWS,
            *post_rows.ROWS,
            *caller_rows.ROWS,
            *receipt_rows.ROWS,
            *window_rows.ROWS,
            *package_rows.ROWS,
        )
    }
    as_json = "--json" in arguments
    wanted = [name for name in arguments if name != "--json"] or list(rows)
    if unknown := [name for name in wanted if name not in rows]:
        say(f"There is no row {', '.join(unknown)}. The rows: {', '.join(rows)}")
        return 2
    results = [run(rows[name]) for name in wanted]
    if as_json:
        print(json.dumps({"rows": [result.as_dict() for result in results]}, indent=2))
    else:
        print("\n".join(table(results)))
    return 0 if all(result.ok for result in results) else 1


def run(row: Row) -> Result:
    say(f"{row.name}: {row.what}")
    dataset.folder().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=dataset.folder(), prefix="run-") as folder:
        result = Result.of(row, row.measure(Path(folder)))
    held = "reported" if result.budget is None else "within budget" if result.ok else "OVER budget"
    say(f"    {result.ours:g} {result.unit}, {held}")
    return result


def table(results: list[Result]) -> list[str]:
    lines = [f"{'row':<12}{'ours':>12}{'reference':>12}{'ratio':>9}{'budget':>9}  "]
    for result in results:
        reference = "-" if result.reference is None else f"{result.reference:.3f}"
        ratio = "-" if result.ratio is None else f"{result.ratio:.2f}x"
        budget = "none" if result.budget is None else f"{result.budget:g}{'' if result.ratio is None else 'x'}"
        ours = f"{result.ours:.3f} {result.unit}"
        lines.append(
            f"{result.name:<12}{ours:>12}{reference:>12}{ratio:>9}{budget:>9}  {'ok' if result.ok else 'OVER'}"
        )
    return lines


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
