"""The sums of a file: what its contra records and its trailer must come to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from app.models.values import BacsCode, Money
from app.services.bacs.dto import ReadLine, Totals
from app.services.bacs.standard18 import layout
from app.services.bacs.standard18.faults import Faults
from app.services.bacs.standard18.records import CREDITS, DEBITS, INSTRUCTIONS

_TRAILER: Final = (
    ("debit_pence", "total of debits"),
    ("credit_pence", "total of credits"),
    ("debit_count", "number of debits"),
    ("credit_count", "number of credits"),
    ("instruction_count", "number of instructions"),
)


def count(lines: Iterable[ReadLine]) -> Totals:
    """The totals of some records, contra records in them."""
    pence, counts = [0, 0], [0, 0]
    instructions = 0
    for line in lines:
        if line.code in INSTRUCTIONS:
            instructions += 1
        elif line.code in DEBITS or line.code in CREDITS:
            side = 0 if line.code in DEBITS else 1
            pence[side] += line.pence
            counts[side] += 1
    return Totals(pence[0], counts[0], pence[1], counts[1], instructions)


def check_contras(lines: Iterable[ReadLine], faults: Faults) -> None:
    """Each day's debits and credits of each of the council's accounts are balanced by a contra record each."""
    groups: dict[tuple[object, ...], list[ReadLine]] = defaultdict(list)
    for line in lines:
        groups[line.own.sort_code, line.own.account_number, line.processing_on].append(line)
    for group in groups.values():
        for codes, contra, what in ((DEBITS, BacsCode.CREDIT, "debits"), (CREDITS, BacsCode.REGULAR, "credits")):
            _check_side(group, codes, contra, what, faults)


def _check_side(group: list[ReadLine], codes: Iterable[str], contra: BacsCode, what: str, faults: Faults) -> None:
    known = frozenset(codes)
    total = sum(line.pence for line in group if line.code in known and not line.is_contra)
    balancing = [line for line in group if line.code == contra and line.is_contra]
    for line in balancing[1:]:
        faults.add(
            line.number,
            layout.DATA.first("reference"),
            f"It is another contra of the {what} of one account and day; line {balancing[0].number:,} is the first.",
        )
    if not balancing and total:
        ending = group[-1].own.account_number[-2:]
        faults.add(
            group[-1].number,
            0,
            f"The contra record of {Money(total)} that balances the {what} of the account ending {ending} is missing.",
        )
    elif (balanced := sum(line.pence for line in balancing)) != total:
        faults.add(
            balancing[-1].number,
            layout.DATA.first("pence"),
            f"The contra is {Money(balanced)}, but the {what} add up to {Money(total)}.",
        )


def check_trailer(found: tuple[int, str], totals: Totals, faults: Faults) -> None:
    """UTL1 says what the records come to."""
    number, line = found
    fields = layout.UTL1.read(line)
    for name, what in _TRAILER:
        at, text, counted = layout.UTL1.first(name), fields[name], getattr(totals, name)
        if name == "instruction_count" and not text.strip() and not counted:
            continue
        told = faults.digits(number, at, text, what)
        if told is not None and told != counted:
            shown = (str(Money(told)), str(Money(counted))) if name.endswith("pence") else (f"{told:,}", f"{counted:,}")
            faults.add(number, at, f"The {what} is {shown[0]} here; the records come to {shown[1]}.")
