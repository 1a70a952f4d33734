"""What a reason of write-offs may be, and which changes of one let more through. Pure functions."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from app.models.values import ZERO
from app.services.adjustments.catalogue.rules import LONGEST_EXPLAINED, title_faults
from app.services.adjustments.rules import Fault
from app.services.adjustments.write_offs.catalogue.dto import NewWriteOffReason
from app.services.adjustments.write_offs.dto import ReasonRow

LONGEST_EVIDENCE: Final = 200
MOST_LETTERS: Final = 20
MOST_DAYS: Final = 366


def faults(new: NewWriteOffReason, standing: ReasonRow | None, titles: Collection[str]) -> tuple[Fault, ...]:
    """What is wrong with a reason; `titles` are those of the others."""
    return (*title_faults(new.title, titles, "reason"), *_asked(new), *_law(new, standing))


def loosened(standing: ReasonRow | None, new: NewWriteOffReason) -> tuple[str, ...]:
    """What of a change lets more through than before, in words; a new reason does altogether."""
    return ("it is new",) if standing is None else tuple(_loosened(standing, new))


def asks(reason: ReasonRow) -> str:
    """What a reason asks for first, in words."""
    said = []
    if reason.most is not None:
        said.append(f"up to {reason.most}")
    if reason.least_letters:
        after = f", {_days(reason.least_days)} after the last" if reason.least_days else ""
        said.append(f"{reason.least_letters} letter{'' if reason.least_letters == 1 else 's'}{after}")
    if reason.needs_trace:
        said.append("a trace")
    if reason.needs_evidence:
        said.append(f"{reason.needs_evidence[:1].lower()}{reason.needs_evidence[1:]}")
    if not reason.for_joint:
        said.append("nobody else liable")
    words = "; ".join(said)
    return f"{words[:1].upper()}{words[1:]}"


def _asked(new: NewWriteOffReason) -> Iterator[Fault]:
    if len(new.explained) > LONGEST_EXPLAINED:
        yield Fault("explained", f"That is over {LONGEST_EXPLAINED} characters.", "Say it shorter.")
    if len(new.needs_evidence.strip()) > LONGEST_EVIDENCE:
        yield Fault("needs_evidence", f"That is over {LONGEST_EVIDENCE} characters.", "Say it shorter.")
    if new.most is not None and new.most <= ZERO:
        yield Fault(
            "most", "A reason for debts of nothing is never used.", "Give an amount, or leave it empty for any."
        )
    if not 0 <= new.least_letters <= MOST_LETTERS:
        yield Fault("least_letters", f"Give a number of letters from 0 to {MOST_LETTERS}.")
    if not 0 <= new.least_days <= MOST_DAYS:
        yield Fault("least_days", f"Give a number of days from 0 to {MOST_DAYS}.")
    elif new.least_days and not new.least_letters:
        yield Fault("least_days", "No letter is asked for, so there is none to count days from.", "Ask for a letter.")


def _law(new: NewWriteOffReason, standing: ReasonRow | None) -> Iterator[Fault]:
    if new.discharges and new.unenforceable:
        yield Fault("law", "A debt that the law has ended is not one that is out of time.", "Choose one of them.")
    if standing is not None and (standing.discharges, standing.unenforceable) != (new.discharges, new.unenforceable):
        yield Fault(
            "law", "What the law does to the debt stays as it was made.", "Take it out of use, and make another."
        )


def _loosened(standing: ReasonRow, new: NewWriteOffReason) -> Iterator[str]:
    if new.active and not standing.active:
        yield "it comes into use again"
    if standing.most is not None and (new.most is None or new.most > standing.most):
        yield "it is for larger debts"
    if new.least_letters < standing.least_letters:
        yield "fewer letters are asked for"
    if new.least_days < standing.least_days:
        yield "less time after the last letter"
    if standing.needs_trace and not new.needs_trace:
        yield "no trace is asked for"
    if standing.needs_evidence and new.needs_evidence.strip() != standing.needs_evidence:
        yield "other evidence is asked for" if new.needs_evidence.strip() else "no evidence is asked for"
    if new.for_current and not standing.for_current:
        yield "it is allowed while the tenancy goes on"
    if new.for_joint and not standing.for_joint:
        yield "it is allowed while somebody else is liable"


def _days(number: int) -> str:
    return f"{number} day{'' if number == 1 else 's'}"
