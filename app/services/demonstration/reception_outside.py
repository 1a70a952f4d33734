"""What comes to the made-up landlord from outside: files of receipts, the bank's statement, what is in suspense, the board."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from sqlalchemy import select

from app.models.reception_payments.suspense import SuspenseItem
from app.models.values import Fund, Money, ReceiptChannel
from app.services.approvals import commands as approvals
from app.services.core.calendars import office
from app.services.core.context import Context
from app.services.demonstration.reception_desks import BAG
from app.services.demonstration.reception_office import LONG_AGO, Payer, Staff
from app.services.reception_payments.bank import accounts, commands, loading, proposing, queries, reading, transit
from app.services.reception_payments.bank.channels import BY_KEY
from app.services.reception_payments.bank.kept import NewBank, NewMatch, NewRule
from app.services.reception_payments.board import commands as board
from app.services.reception_payments.files import commands as files
from app.services.reception_payments.files.dto import NewLoad
from app.services.reception_payments.files.layouts import ColumnAt, Field, Layout
from app.services.reception_payments.files.profiles import commands as profiles
from app.services.reception_payments.files.profiles import queries as profile_queries
from app.services.reception_payments.files.profiles.dto import NewProfile
from app.services.reception_payments.files.reading import whole
from app.services.reception_payments.suspense import commands as suspense
from app.services.reception_payments.suspense.dto import ClearItem, NewPart
from app.services.reception_payments.tills import banked

_ACCOUNT: Final = "00-11-22 12345678"
"""No bank has such a sort code."""
_OPENING: Final = 48_210_55
_FEE: Final = 60
"""Hundredths of a percent that are kept back of a day's cards."""
_IN_BAGS: Final = frozenset({"cash:counter", "cash:cheque"})
_COLUMNS: Final = ("Reference", "Payer", "Amount", "Date", "Number")
_FIELDS: Final = (Field.REFERENCE, Field.PAYER, Field.AMOUNT, Field.DATE, Field.MARKER)
_SHOPS: Final = ("Testford shops", ReceiptChannel.AGENT, "RBR")
_ORDERS: Final = ("Testford standing orders", ReceiptChannel.STANDING_ORDER, "RSO")
_WEEK: Final = (118_46, 62_50, 104_38, 95_00, 131_72, 88_15, 110_00, 140_20, 57_90, 126_04)
_ELSEWHERE: Final = "BUSINESS RATES"

Row = tuple[str, str, int, date]
"""A payment of a file: reference, payer, pence, day."""


def receive(staff: Staff, payers: Sequence[Payer]) -> None:
    """Load a file long ago and one this week, then the bank's statement, and say what its lines and the strays are."""
    with tempfile.TemporaryDirectory() as folder:
        long_ago, lately = staff.at(LONG_AGO, 9, 30), staff.at(1, 9, 5)
        for name, channel, code in (_ORDERS, _SHOPS):
            _profile(long_ago, name, channel, code)
        _load(long_ago.finance, Path(folder), _ORDERS[0], tuple(_orders(long_ago, payers)))
        _settle(long_ago, payers)
        bank = accounts.add(
            staff.at(4, 9).leader,
            NewBank("Housing rents", Fund.HRA, _ACCOUNT, staff.day(4), Money(_OPENING)),
        ).bank_id
        commands.keep_rule(staff.at(4, 9).leader, NewRule(_ELSEWHERE))
        _load(lately.finance, Path(folder), _SHOPS[0], tuple(_shops(staff, payers)))
        path = _statement(staff, Path(folder), payers)
        loading.load(lately.finance, path, reading.read(path))
        _match(staff.minutes_ago(64), bank)
    _look_after(staff, payers)
    _sign(staff)


def swapped(reference: str) -> str:
    """A reference with two of its neighbouring digits swapped, the last pair that differs."""
    at = next(at for at in range(len(reference) - 2, 0, -1) if reference[at] != reference[at + 1])
    return f"{reference[:at]}{reference[at + 1]}{reference[at]}{reference[at + 2 :]}"


def _pounds(pence: int) -> str:
    return Money(pence).plain().replace(",", "")


def _profile(then: Staff, name: str, channel: ReceiptChannel, code: str) -> None:
    columns = tuple(
        ColumnAt(field, heading=heading, not_card=field is Field.MARKER)
        for field, heading in zip(_FIELDS, _COLUMNS, strict=True)
    )
    layout = Layout(channel=channel, headings=True, separator=",", columns=columns, code=code)
    kept = profiles.keep(then.finance, NewProfile(name, layout, "Made up for the demonstration"))
    profiles.see(then.senior, kept.profile_id, kept.edition)


def _orders(then: Staff, payers: Sequence[Payer]) -> Iterator[Row]:
    """Standing orders: two of them give a reference that is nobody's."""
    on = then.finance.clock.today()
    for payer, pence in zip(payers[-6:], _WEEK, strict=False):
        yield payer.reference, payer.name.upper(), pence, on
    yield swapped(payers[-7].reference), payers[-7].name.upper(), _WEEK[6], on
    yield "RENT", "A N OTHER", _WEEK[7], on


def _shops(staff: Staff, payers: Sequence[Payer]) -> Iterator[Row]:
    """Payments at shops: one with two digits swapped, one without a reference, and one that looks like what was paid at a desk."""
    days = staff.day(3), staff.day(2)
    for at, pence in enumerate(_WEEK):
        payer = payers[(at * 2 + 3) % len(payers)]
        yield payer.reference, payer.name.upper(), pence, days[at % 2]
    stray = payers[-2]
    yield swapped(stray.reference), stray.name.upper(), 71_80, days[1]
    yield "", "B SAMPLE", 30_00, days[1]
    yield payers[5].reference, payers[5].name.upper(), 110_00, days[1]


def _load(ctx: Context, folder: Path, profile: str, rows: Sequence[Row]) -> None:
    path = folder / f"{profile} {rows[-1][3]}.csv"
    lines = [",".join(_COLUMNS)]
    for at, (reference, payer, pence, on) in enumerate(rows):
        lines.append(f"{reference},{payer},{_pounds(pence)},{on:%d/%m/%Y},{pence % 97:02}-{at // 12:02}-{at % 10}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    files.load(ctx, NewLoad(whole.read(path, profile_queries.profile(ctx, profile))))


def _statement(staff: Staff, folder: Path, payers: Sequence[Payer]) -> Path:
    """What the bank says of three working days: what was receipted before, and payments that only it knows of."""
    lines = sorted([*_seen(staff), *_straight(staff, payers)])
    path, balance = folder / f"Housing rents {staff.day(1)}.csv", _OPENING
    rows = ["Date,Amount,Description,Balance,Account"]
    for on, words, pence in lines:
        balance += pence
        rows.append(f"{on:%d/%m/%Y},{_pounds(pence)},{words},{_pounds(balance)},{_ACCOUNT}")
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def _seen(staff: Staff) -> Iterator[tuple[date, str, int]]:
    """The bag, and each channel's takings of a day as the bank has them on the next; of cards a fee is kept back."""
    ctx = staff.finance
    last = staff.day(1)
    bags = banked.awaiting(ctx)
    yield last, f"PAYING IN {BAG}", sum(each.total.pence for each in bags)
    takings: Counter[tuple[date, str]] = Counter()
    for each in transit.standing(ctx):
        if each.key not in _IN_BAGS:
            takings[office().add(each.on, 1), each.key] += each.amount.pence
    for (on, key), pence in sorted(takings.items()):
        if pence and on <= last:
            fee = pence * _FEE // 10_000 if key == "cash:card" else 0
            yield on, f"{BY_KEY[key].title.replace(',', '').upper()} {on:%d%m%y}", pence - fee


def _straight(staff: Staff, payers: Sequence[Payer]) -> Iterator[tuple[date, str, int]]:
    """A transfer with its reference, one with a digit out, one that says nothing, and money of another service."""
    known, near = payers[-4], payers[-5]
    yield staff.day(3), f"FPI {known.name.upper()} {known.reference}", 104_00
    yield staff.day(2), f"FPI {near.name.upper()} {swapped(near.reference)}", 87_35
    yield staff.day(2), f"BGC {_ELSEWHERE} 0042117", 1_204_00
    yield staff.day(1), "FPI THANK YOU", 55_00


def _match(then: Staff, bank: int) -> None:
    """Match what is proposed; what a digit out brought goes into suspense, and the last line stays open."""
    ctx = then.finance
    commands.match_all(ctx, [each.match for each in proposing.proposals(ctx, bank)])
    for line in queries.lines(ctx, bank):
        if line.match_id is None and line.amount.pence == 87_35:
            key = f"demonstration:line:{line.line_id}"
            commands.match(ctx, NewMatch(key, bank, (line.line_id,), to_suspense=line.amount.pence))


def _settle(then: Staff, payers: Sequence[Payer]) -> None:
    """The first stray of the first file was found to be of an account, approved, and its payer is known from then on."""
    ctx = then.finance
    item = ctx.session.scalars(select(SuspenseItem).order_by(SuspenseItem.id)).first()
    if item is None:
        return
    why = "Two digits of the reference are swapped, and the name is the tenant's"
    part = NewPart(item.left_pence, payers[-7].account_id, why=why)
    cleared = suspense.clear(ctx, ClearItem(item.id, item.version, (part,), learn=True))
    if cleared.request_id is not None:
        approvals.approve(then.senior, [cleared.request_id])


def _look_after(staff: Staff, payers: Sequence[Payer]) -> None:
    """The oldest that is left is somebody's to look after, and the stray of the shops waits for a second officer."""
    then = staff.minutes_ago(58)
    ctx = then.finance
    left = select(SuspenseItem).where(SuspenseItem.left_pence != 0).order_by(SuspenseItem.id)
    items = ctx.session.scalars(left).all()
    suspense.give(ctx, [items[0].id], then.officer.officer.id)
    suspense.note(ctx, items[0].id, items[0].version, "Asked the bank who sent it; no answer yet.")
    stray = next((each for each in items if each.payer_name == payers[-2].name.upper()), None)
    if stray is not None:
        part = NewPart(stray.left_pence, payers[-2].account_id, why="Two digits of the reference are swapped")
        suspense.clear(ctx, ClearItem(stray.id, stray.version, (part,)))


def _sign(staff: Staff) -> None:
    """The boards of the last two working days: one signed, the other waits."""
    then = staff.minutes_ago(50)
    signed = board.prepare(then.finance, staff.day(2), "Held against the statement of the day.")
    board.sign(then.senior, signed.board_id)
    waits = "The bank was asked who sent what nobody knows; the team leader looks into it."
    board.prepare(then.finance, staff.day(1), waits)
