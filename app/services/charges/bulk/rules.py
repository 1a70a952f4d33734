"""A rule of a bulk change: what it makes of an amount, how it is said, how it is written in one line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from app.models.values import Money, MoneyError
from app.services.charges.bulk.dto import BulkRule, Step
from app.services.core.errors import UserError

_RULE: Final = re.compile(
    r"(?P<codes>[A-Za-z]{2,8}(?:\s*,\s*[A-Za-z]{2,8})*)\s*"
    r"(?:(?P<end>end)|(?P<sign>[+-])\s*(?P<percent>\d{1,3}(?:\.\d{1,2})?)\s*%"
    r"|(?P<add>[+-]\s*£?[\d.,]+)|=\s*(?P<set>£?[\d.,]+))",
    re.IGNORECASE,
)
_MOST_PERCENT: Final = 10_000


def after(rule: BulkRule, before: Money) -> Money | None:
    """What an amount becomes, rounded half-up once; None where it ends."""
    match rule.step:
        case Step.PERCENT:
            return before.times(10_000 + rule.by, 10_000)
        case Step.ADD:
            return before + Money(rule.by)
        case Step.SET:
            return Money(rule.by)
        case Step.END:
            return None


def parse(text: str) -> BulkRule:
    """Read a rule written in one line: `DBR +4.8%`, `DSC,DGM +0.35`, `DLL =2.10`, `DWR end`.

    Raises:
        UserError: it isn't one.
    """
    found = _RULE.fullmatch(text.strip())
    if found is None:
        raise UserError(
            f"'{text.strip()[:60]}' is not a rule.",
            "Write codes and what is done to them: DBR +4.8%, DSC,DGM +0.35, DLL =2.10, DWR end.",
            "rule",
        )
    codes = tuple(code.strip().upper() for code in found["codes"].split(","))
    if found["end"]:
        return BulkRule(codes, Step.END)
    if found["percent"]:
        whole, _, part = found["percent"].partition(".")
        points = int(whole) * 100 + int(part.ljust(2, "0") or "0")
        return BulkRule(codes, Step.PERCENT, -points if found["sign"] == "-" else points)
    try:
        amount = Money.parse((found["add"] or found["set"]).replace(" ", "").removeprefix("+"))
    except MoneyError as error:
        raise UserError(str(error), field="rule") from error
    return BulkRule(codes, Step.ADD if found["add"] else Step.SET, amount.pence)


def written(rule: BulkRule) -> str:
    """The rule in one line, as `parse` reads it."""
    codes = ",".join(rule.codes)
    match rule.step:
        case Step.PERCENT:
            return f"{codes} {'-' if rule.by < 0 else '+'}{_percent(abs(rule.by))}%"
        case Step.ADD:
            return f"{codes} {'-' if rule.by < 0 else '+'}{Money(abs(rule.by)).plain()}"
        case Step.SET:
            return f"{codes} ={Money(rule.by).plain()}"
        case Step.END:
            return f"{codes} end"


def in_words(rule: BulkRule, names: Mapping[str, str]) -> str:
    """The rule with what it is limited to, for whoever approves it; `names` are those of the codes."""
    limits = [
        ("rent group", rule.rent_groups),
        ("tenure", tuple(each.value.replace("_", " ") for each in rule.tenures)),
        ("area", rule.areas),
    ]
    said = [f"{what} {' or '.join(values)}" for what, values in limits if values]
    charges = " and ".join(names.get(code, code) for code in rule.codes)
    done = written(rule).removeprefix(",".join(rule.codes)).strip()
    return ", ".join([f"{charges} {'ends' if rule.step is Step.END else done}", *said])[:400]


def check(rule: BulkRule) -> None:
    """Refuse a rule that can't be meant.

    Raises:
        UserError: no code, a fall to below nothing, or a rise of more than a hundred per cent.
    """
    if not rule.codes:
        raise UserError("No charge is chosen.", "Choose the charges that change.", "codes")
    if rule.step is Step.PERCENT and not -_MOST_PERCENT < rule.by <= _MOST_PERCENT:
        raise UserError(f"{_percent(rule.by)}% can't be meant.", "A rise is up to 100%, a fall less than that.", "by")
    if rule.step in {Step.PERCENT, Step.ADD} and not rule.by:
        raise UserError("By nothing: no charge would change.", "Type by how much.", "by")
    if rule.step is Step.SET and rule.by < 0:
        raise UserError("A charge can't be set to a credit for many at once.", "Type an amount above nothing.", "by")


def _percent(points: int) -> str:
    whole, part = divmod(abs(points), 100)
    return f"{whole}.{part:02}".rstrip("0").rstrip(".")
