"""The judge of the packaged program: any line that isn't expected, and any that is missing, is a fault."""

import sys

import pytest


@pytest.fixture
def smoke(built):
    return built("smoke")


def program(tmp_path, words):
    """A stand-in for an executable, which does what the script says."""
    made = tmp_path / "rentbook"
    made.write_text(f"#!{sys.executable}\n{words}\n", "utf-8")
    made.chmod(0o755)
    home = tmp_path / "empty"
    home.mkdir()
    return tmp_path, home


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("print('Done')", None),
        ("print('Done'); print('QWidget: no style')", "Unexpected on standard output: QWidget: no style"),
        ("import sys; print('Done'); print('warning', file=sys.stderr)", "Unexpected on standard error: warning"),
        ("print('Undone')", "Unexpected on standard output: Undone"),
        ("pass", "Missing on standard output: Done"),
        ("print('Done'); raise SystemExit(3)", "It ended with 3."),
        (
            "print('Done'); open('rentbook.log', 'w').write('ERROR RB-1')",
            "Unexpected on the log rentbook.log: ERROR RB-1",
        ),
    ],
)
def test_a_step_is_judged_by_every_line(smoke, tmp_path, words, fault):
    place, home = program(tmp_path, words)
    found = smoke.take(place, smoke.Step("rentbook", ("check",), ("Done",)), home)
    assert found == ([fault] if fault else [])


def test_an_answer_in_json_has_to_be_json(smoke, tmp_path):
    place, home = program(tmp_path, "import sys; print('{\"a\": 1}' if 'good' in sys.argv else 'oops')")
    assert smoke.take(place, smoke.Step("rentbook", ("good",), None), home) == []
    assert "not JSON" in smoke.take(place, smoke.Step("rentbook", ("bad",), None), home)[0]


def test_files_that_should_be_there_are_looked_into(smoke, tmp_path):
    (tmp_path / "statement.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "printed.pdf").write_bytes(b"nothing")
    assert smoke.left(tmp_path) == [
        "There is no PDF of the printed statement.",
        "There is no PDF of the statements of a run.",
    ]


def test_without_a_packaged_program_it_says_how_to_make_one(smoke, tmp_path, capsys):
    assert smoke.main(tmp_path / "nowhere") == 2
    assert "build/dev.py package" in capsys.readouterr().err
