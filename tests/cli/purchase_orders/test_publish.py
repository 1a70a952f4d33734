"""`rentbook spend publish`: a file in the columns of the Transparency Code."""


def test_a_time_without_payments_is_a_file_of_headings(office, tmp_path):
    out = tmp_path / "spending.csv"
    done = office("spend", "publish", "--from", "2026-11-01", "--to", "2026-11-30", "--out", out, "--json")
    assert (done.code, done.data["lines"], done.data["total_pence"]) == (0, 0, 0)
    assert out.read_text(encoding="utf-8-sig").startswith(
        "Organisation name,Payment date,Transaction number,Department"
    )
    orders = tmp_path / "orders.csv"
    done = office("spend", "publish", "--from", "2026-11-01", "--to", "2026-11-30", "--what", "orders", "--out", orders)
    assert (done.code, orders.read_text(encoding="utf-8-sig").startswith("Organisation name,Reference number")) == (
        0,
        True,
    )
    wrong = office("spend", "publish", "--from", "2026-11-30", "--to", "2026-11-01", "--out", out)
    assert (wrong.code, "before the first" in wrong.err) == (1, True)
