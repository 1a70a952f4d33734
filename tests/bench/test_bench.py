"""The benchmark's own arithmetic and answer; its rows are not run by the tests."""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BENCH = ROOT / "build" / "bench"


@pytest.fixture(scope="module")
def measuring():
    spec = importlib.util.spec_from_file_location("measuring", BENCH / "measuring.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["measuring"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["measuring"]


def row(measuring, budget):
    return measuring.Row("charge", "a week", "s", budget, lambda _: None)


def test_a_row_with_a_reference_is_held_by_its_ratio(measuring):
    result = measuring.Result.of(row(measuring, 2.0), measuring.Figure(3.0, 1.5))
    assert (result.ratio, result.ok) == (2.0, True)
    assert not measuring.Result.of(row(measuring, 1.9), measuring.Figure(3.0, 1.5)).ok


def test_a_row_without_one_is_held_by_its_figure(measuring):
    result = measuring.Result.of(row(measuring, 50), measuring.Figure(49.9))
    assert (result.reference, result.ratio, result.ok) == (None, None, True)
    assert not measuring.Result.of(row(measuring, 50), measuring.Figure(50.1)).ok


def test_a_row_without_a_budget_is_only_reported(measuring):
    result = measuring.Result.of(row(measuring, None), measuring.Figure(3.0, 0.001))
    assert (result.ratio, result.budget, result.ok) == (3000.0, None, True)


def test_the_answer_has_the_promised_keys(measuring):
    found = measuring.Result.of(row(measuring, 2.0), measuring.Figure(1.0, 2.0)).as_dict()
    assert json.loads(json.dumps(found)) == {
        "name": "charge",
        "unit": "s",
        "ours": 1.0,
        "reference": 2.0,
        "ratio": 0.5,
        "budget": 2.0,
        "ok": True,
    }


def test_rounds_are_interleaved_and_the_median_counts(measuring):
    order = []

    def work(name, figures):
        def take(number):
            order.append(name)
            return figures[number]

        return take

    figure = measuring.in_turn(work("ours", [5.0, 1.0, 3.0]), work("bare", [1.0, 9.0, 2.0]), rounds=3)
    assert figure == measuring.Figure(3.0, 2.0)
    assert order == ["bare", "ours", "ours", "bare", "bare", "ours"]


def test_a_row_nobody_knows_is_wrong_usage():
    done = subprocess.run(
        [sys.executable, str(BENCH), "nonsense"],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert (
        "There is no row nonsense. The rows: charge, balances, open, find, person, change, adjust, bacs" in done.stderr
    )
    assert done.stdout == ""
