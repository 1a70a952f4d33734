"""The council's bank account, and statements of it."""

from datetime import date
from types import SimpleNamespace

from app.models.values import Fund, Money
from app.services.reception_payments.bank import accounts, loading, reading
from app.services.reception_payments.bank.kept import NewBank
from tests.prepared import prepared

ACCOUNT = "09-99-99 66374958"


@prepared
def bank(desk, reception):
    """The account of the rents, with 1,000.00 before 20 November 2026."""
    new = NewBank("Rents collection", Fund.HRA, ACCOUNT, date(2026, 11, 16), Money(1_000_00))
    return SimpleNamespace(id=desk.do(accounts.add, new).bank_id)


def statement(folder, *lines, opening=1_000_00, name="statement.csv"):
    """A statement of the account as a table: each line is (day of November 2026, pence, words)."""
    path = folder / name
    rows, balance = ["Date,Amount,Description,Balance,Account"], opening
    for day, pence, words in lines:
        balance += pence
        rows.append(f"{day}/11/2026,{pence / 100:.2f},{words},{balance / 100:.2f},{ACCOUNT}")
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def load(desk, path, **rest):
    return desk.do(loading.load, path, reading.read(path), **rest)
