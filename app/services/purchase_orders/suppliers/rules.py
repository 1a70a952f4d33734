"""Names and numbers of suppliers: how they are compared and whether they can be; no database."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Final

from app.models.values import CisStatus
from app.services.core.folding import fold

_FORMS: Final = frozenset(
    "the and of co company limited ltd plc llp lp cic cio inc incorporated uk gb group holdings trading as t a".split()
)
"""Words by which two records of one supplier differ, and no two suppliers."""
_PARTS: Final = re.compile(r"\w+")
_MOST_KEY: Final = 120
_NEAR: Final = 0.86
"""Names that have so much of their letters in common are suspected to be one."""
_SIGNS: Final = re.compile(r"[\s.\-/]")
_COMPANY: Final = re.compile(r"\d{8}|[A-Z]{2}\d{6}|[A-Z]{2}\d{5}[A-Z]|R\d{7}")
_CIS: Final = re.compile(r"V\d{10}(?:/[A-Z]{1,2})?")
_GOVERNMENT: Final = re.compile(r"GD[0-4]\d\d|HA[5-9]\d\d")
_WEIGHTS: Final = (8, 7, 6, 5, 4, 3, 2)


@dataclass(frozen=True, slots=True)
class Marks:
    """That by which a second record of one supplier is suspected."""

    name_key: str
    trading_key: str = ""
    vat_number: str = ""
    company_number: str = ""
    finance_reference: str = ""
    postcode_key: str = ""


def name_key(text: str) -> str:
    """A name as it is compared: folded, without its legal form and signs; all of it where nothing else is left.

    `The Sample Paint Co. Limited` and `Sample Paints Ltd` differ by one letter then.
    """
    words = _PARTS.findall(fold(text))
    telling = [word for word in words if word not in _FORMS]
    return " ".join(telling or words)[:_MOST_KEY]


def alike(one: Marks, other: Marks) -> tuple[str, ...]:
    """Why two records may be of one supplier, as phrases; none where nothing says so."""
    return tuple(_reasons(one, other))


def _reasons(one: Marks, other: Marks) -> Iterator[str]:
    for what, words in (
        ("vat_number", "the same VAT number"),
        ("company_number", "the same company number"),
        ("finance_reference", "the same number in the finance system"),
    ):
        if getattr(one, what) and getattr(one, what) == getattr(other, what):
            yield words
    ours, theirs = ({each.name_key, each.trading_key} - {""} for each in (one, other))
    if ours & theirs:
        yield "the same name"
    elif any(_near(mine, its) for mine in ours for its in theirs):
        yield "a name that is near"
    if one.postcode_key and one.postcode_key == other.postcode_key:
        yield "the same postcode"


def _near(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return (
        matcher.real_quick_ratio() >= _NEAR and matcher.quick_ratio() >= _NEAR and matcher.ratio() >= _NEAR
    ) or _within(one.split(), other.split())


def _within(one: list[str], other: list[str]) -> bool:
    """One name is the other with words added, and says enough by itself."""
    few, many = sorted((one, other), key=len)
    return len(few) > 1 and set(few) <= set(many)


def vat_number(text: str) -> str:
    """A VAT number of the United Kingdom without its signs and GB: nine digits, twelve of a branch, or GD000 and HA500.

    The check is HMRC's: seven digits by the weights 8 to 2 and the last two come to a multiple of 97, or do with 55 added
    (numbers given out since 2010).

    Raises:
        ValueError: it can't be one; a sentence says why.
    """
    bare = _SIGNS.sub("", text.upper()).removeprefix("GB")
    if not bare:
        return ""
    if _GOVERNMENT.fullmatch(bare):
        return bare
    if not (bare.isascii() and bare.isdigit() and len(bare) in {9, 12}):
        raise ValueError("A VAT number has nine digits, or twelve with a branch; GD or HA and three of a public body.")
    weighed = sum(int(digit) * weight for digit, weight in zip(bare, _WEIGHTS, strict=False)) + int(bare[7:9])
    if weighed % 97 and (weighed + 55) % 97:
        raise ValueError("This VAT number fails its check digits: compare it with an invoice, digit by digit.")
    return bare


def company_number(text: str) -> str:
    """A number of Companies House: eight digits, zeros put before fewer, or two letters and six digits.

    Raises:
        ValueError: it can't be one.
    """
    bare = _SIGNS.sub("", text.upper())
    if bare.isascii() and bare.isdigit():
        bare = bare.zfill(8)
    if bare and not _COMPANY.fullmatch(bare):
        raise ValueError("A company number is eight digits, or two letters and six digits, such as SC123456.")
    return bare


def cis_reference(text: str) -> str:
    """HMRC's verification number: V, ten digits, and one or two letters after a stroke where it has them.

    Raises:
        ValueError: it can't be one.
    """
    bare = re.sub(r"\s", "", text.upper())
    bare = re.sub(r"(?<=\d)/?(?=[A-Z]{1,2}$)", "/", bare)
    if bare and not _CIS.fullmatch(bare):
        raise ValueError("A verification number is V and ten digits, such as V1234567890, and letters if it has them.")
    return bare


def cis_fault(status: CisStatus, reference: str, verified_on: date | None, today: date) -> tuple[str, str]:
    """What is wrong with how HMRC verified a subcontractor: the field and a sentence; two empty ones if nothing is."""
    verified = status in {CisStatus.REGISTERED, CisStatus.GROSS}
    if verified and not reference:
        return "cis_reference", "A registered subcontractor has a verification number of HMRC."
    if verified and verified_on is None:
        return "cis_verified_on", "The day on which HMRC verified it is missing."
    if verified_on is not None and verified_on > today:
        return "cis_verified_on", "HMRC can't have verified it on a day that is still to come."
    return "", ""


def spelt(day: date) -> str:
    """A day in a sentence: `21 Nov 2026`."""
    return f"{day.day} {day:%b %Y}"


def spelt_number(number: int) -> str:
    """A supplier's number as it is written: `S00012`."""
    return f"S{number:05}"
