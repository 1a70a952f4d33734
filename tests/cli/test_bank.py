"""`rentbook bank read`: a statement as JSON and as text, without a database."""

STATEMENT = """Date,Description,Amount,Balance
20/11/2026,OPENING RENT,120.50,1120.50
20/11/2026,CHEQUE RETURNED,-20.00,1100.50
"""


def test_a_statement_is_read_as_json(rentbook, tmp_path):
    path = tmp_path / "statement.csv"
    path.write_text(STATEMENT, encoding="utf-8")
    done = rentbook("bank", "read", path, "--json")
    assert done.code == 0
    assert (done.data["format"], done.data["opening_pence"], done.data["closing_pence"]) == ("csv", 1_000_00, 1_100_50)
    first, second = done.data["lines"]
    assert (first["date"], first["amount_pence"], first["narrative"]) == ("2026-11-20", 120_50, "OPENING RENT")
    assert (second["number"], second["amount_pence"]) == (2, -20_00)
    assert "opens £1,000.00, 2 lines of £100.50, closes £1,100.50" in rentbook("bank", "read", path).out


def test_a_statement_that_does_not_add_up_is_told_and_fails(rentbook, tmp_path):
    """1,000.00 and 120.50 are 1,120.50, not 1,130.50."""
    path = tmp_path / "statement.sta"
    path.write_text(
        ":20:S\n:25:09999966374958\n:28C:1/1\n:60F:C261119GBP1000,00\n:61:2611201120C120,50NTRFREF\n:62F:C261120GBP1130,50\n",
        encoding="utf-8",
    )
    done = rentbook("bank", "read", path, "--json")
    assert (done.code, len(done.data["faults"])) == (1, 1)
    assert done.data["accounts"][0]["account"] == "ending 58"
    assert "£10.00 more than that" in done.data["faults"][0]


def test_a_file_of_another_kind_is_refused(rentbook, tmp_path):
    path = tmp_path / "letter.txt"
    path.write_text("Dear Sir,\nplease find\n", encoding="utf-8")
    done = rentbook("bank", "read", path)
    assert done.code == 1
    assert "no sheet of bank statement" in done.err
