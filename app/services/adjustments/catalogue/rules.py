"""What a kind of adjustment may be, and which changes of one let more through. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from app.models.values import AccountKind, AdjustmentSheet, Side
from app.services.adjustments.dto import KindRow, NewKind
from app.services.adjustments.rules import Fault
from app.services.ledger.rules import CodeRule, fault_in_code

LONGEST_TITLE: Final = 80
LONGEST_EXPLAINED: Final = 400
LONGEST_KEY: Final = 40
_CONTRA: Final = "CTL"


def faults(new: NewKind, standing: KindRow | None, code: CodeRule | None, titles: Collection[str]) -> tuple[Fault, ...]:
    """What is wrong with a kind; `titles` are those of the other kinds."""
    found = title_faults(new.title, titles, "kind")
    if len(new.explained) > LONGEST_EXPLAINED:
        found.append(Fault("explained", f"That is over {LONGEST_EXPLAINED} characters.", "Say it shorter."))
    if not new.account_kinds:
        found.append(Fault("account_kinds", "It is allowed on no account.", "Tick at least one kind of account."))
    if AccountKind.CONTROL in new.account_kinds:
        found.append(Fault("account_kinds", "No officer adjusts a control account."))
    own_sheet = standing is not None and standing.sheet is not AdjustmentSheet.ADJUSTMENT
    if standing is not None and own_sheet and (standing.code, standing.side) != (new.code, new.side):
        found.append(Fault("code", f"{standing.title} has a sheet of its own, which posts by {standing.code}."))
    elif not own_sheet:
        found += _posting(new, code)
    return tuple(found)


def title_faults(title: str, taken: Collection[str], what: str) -> list[Fault]:
    """What is wrong with what a kind or a reason is called."""
    plain = " ".join(title.split())
    if not plain:
        return [Fault("title", f"The {what} has no name.", "Say in a few words what it is for.")]
    if len(plain) > LONGEST_TITLE:
        return [Fault("title", f"The name has more than {LONGEST_TITLE} characters.", "Shorten it.")]
    if plain.casefold() in {each.casefold() for each in taken}:
        return [Fault("title", f"There is a {what} '{plain}' already.", "Give it another name.")]
    return []


def loosened(standing: KindRow | None, new: NewKind) -> tuple[str, ...]:
    """What of a change lets more through than before, in words; a new kind does altogether."""
    if standing is None:
        return ("it is new",)
    said: list[str] = []
    if new.active and not standing.active:
        said.append("it comes into use again")
    if standing.always_approved and not new.always_approved:
        said.append("no second officer is needed whatever the amount")
    if standing.needs_evidence and not new.needs_evidence:
        said.append("no evidence is needed")
    if standing.needs_period and not new.needs_period:
        said.append("no days are needed")
    if standing.tells_benefit and not new.tells_benefit:
        said.append("the benefit office isn't told")
    if new.account_kinds - standing.account_kinds:
        said.append("it is allowed on more accounts")
    if (standing.code, standing.side) != (new.code, new.side):
        said.append("it posts otherwise")
    return tuple(said)


def key_of(title: str, taken: Collection[str], otherwise: str) -> str:
    """A key made of a name: `Water rebate` becomes `water_rebate`."""
    plain = re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_")[: LONGEST_KEY - 4] or otherwise
    if plain not in taken:
        return plain
    return next(key for at in range(2, 1_000) if (key := f"{plain}_{at}") not in taken)


def _posting(new: NewKind, code: CodeRule | None) -> list[Fault]:
    if new.side is Side.TRANSFER:
        return [Fault("side", "A transfer has a sheet of its own.", "Choose debit, credit or either.")]
    if new.code == _CONTRA:
        return [Fault("code", f"{new.code} is for control accounts.", "Choose another code.")]
    sides = {Side.DEBIT: (False,), Side.CREDIT: (True,)}.get(new.side, (False, True))
    told = next((told for each in sides if (told := fault_in_code(new.code, code, credit=each))), "")
    return [Fault("code", told, "Choose another code, or the side that it allows.")] if told else []
