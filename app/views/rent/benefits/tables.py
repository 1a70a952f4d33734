"""The columns of claims with their awards, of expected against received, and of the register."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.models.values import BenefitKind, ClaimState
from app.services.benefits.dto import KINDS, Award, BenefitRow, Claim, PeriodRow
from app.services.benefits.telling import STATES
from app.views.common import formats
from app.views.common.columns import Column, money_column
from app.views.common.short_names import shorter_names

_TONES = {ClaimState.LIVE: "good", ClaimState.APPLIED: "warning", ClaimState.SUSPENDED: "warning"}
_SHORT = {
    BenefitKind.HOUSING_BENEFIT: "HB",
    BenefitKind.UNIVERSAL_CREDIT: "UC",
    BenefitKind.DISCRETIONARY: "DHP",
}


@dataclass(frozen=True, slots=True)
class AwardLine:
    """A claim with one of its awards; a claim without any has one line."""

    claim: Claim
    award: Award | None
    first: bool


def award_lines(claims: Sequence[Claim]) -> Iterator[AwardLine]:
    """The claims with their awards, the latest first."""
    for claim in claims:
        awards: list[Award | None] = list(reversed(claim.awards)) or [None]
        for at, award in enumerate(awards):
            yield AwardLine(claim, award, first=not at)


def _amount(line: AwardLine) -> str:
    if line.award is None:
        return ""
    each = "month" if line.claim.kind is BenefitKind.UNIVERSAL_CREDIT else "week"
    return f"{line.award.amount.plain()} a {each}"


def _difference(row: PeriodRow | BenefitRow) -> str:
    """What is missing, or what came too much."""
    gap = row.difference
    if not gap:
        return ""
    return f"{abs(gap).plain()} {'short' if gap.pence > 0 else 'over'}"


def _gap_tone(row: PeriodRow | BenefitRow) -> str:
    return "" if not row.difference else "bad" if row.difference.pence > 0 else "warning"


def _whom(ours: bool) -> str:
    return "Us" if ours else "The tenant"


def _spare(line: AwardLine) -> int | None:
    return (line.award.spare_bedrooms or None) if line.award else None


def _portal(row: BenefitRow) -> str:
    if row.kind is not BenefitKind.UNIVERSAL_CREDIT:
        return ""
    return formats.day(row.portal_on) if row.portal_on else "To confirm"


AWARDS: tuple[Column[AwardLine], ...] = (
    Column(
        "benefit",
        "Benefit",
        lambda line: KINDS[line.claim.kind] if line.first else "",
        140,
        floor=140,
        shorter=lambda line: (_SHORT[line.claim.kind],) if line.first else (),
    ),
    Column(
        "state",
        "Claim",
        lambda line: formats.words(STATES[line.claim.state]) if line.first else "",
        88,
        firm=True,
        tone=lambda line: _TONES.get(line.claim.state, ""),
    ),
    Column("person", "Who", lambda line: line.claim.person if line.first else "", 130, least=760),
    Column("from", "From", lambda line: line.award.from_on if line.award else line.claim.claimed_on, 92),
    Column("to", "To", lambda line: line.award.to_on if line.award else line.claim.ended_on, 92, least=620),
    Column("amount", "Award", _amount, 126, right=True, firm=True),
    Column("whom", "Paid to", lambda line: _whom(line.award.to_landlord) if line.award else "", 82),
    money_column("arrears", "Off arrears", lambda line: (line.award.arrears or None) if line.award else None, 92),
    Column("spare", "Spare rooms", _spare, 92, right=True, spare=True),
    Column("portal", "On the portal", lambda line: line.claim.portal_on if line.first else None, 100, spare=True),
    Column("number", "Claim number", lambda line: line.claim.reference if line.first else "", 110, spare=True),
)

PERIODS: tuple[Column[PeriodRow], ...] = (
    Column("benefit", "Benefit", lambda row: KINDS[row.kind], 66, shorter=lambda row: (_SHORT[row.kind],)),
    Column("from", "From", lambda row: row.from_on, 100),
    Column("to", "To", lambda row: row.to_on, 100, least=1),
    money_column("expected", "Expected", lambda row: row.expected, 82, total=True),
    money_column("received", "Received", lambda row: row.received, 82, total=True),
    Column("difference", "Difference", _difference, 104, right=True, tone=_gap_tone),
)

CLAIMS: tuple[Column[BenefitRow], ...] = (
    Column("reference", "Reference", lambda row: row.reference, 104, firm=True),
    Column("name", "Name", lambda row: row.name, 200, floor=185, shorter=lambda row: shorter_names(row.name)),
    Column("benefit", "Benefit", lambda row: KINDS[row.kind], 150, shorter=lambda row: (_SHORT[row.kind],)),
    Column(
        "state",
        "Claim",
        lambda row: formats.words(STATES[row.state]),
        96,
        tone=lambda row: _TONES.get(row.state, ""),
        least=1000,
    ),
    Column("claimed_on", "Claimed", lambda row: row.claimed_on, 96, spare=True),
    Column("portal_on", "On the portal", _portal, 110, floor=106, least=900),
    money_column("amount", "Award", lambda row: row.amount, 92),
    Column("whom", "Paid to", lambda row: _whom(row.to_landlord) if row.amount else "", 90, least=850),
    money_column("expected", "Expected", lambda row: row.expected, 100, total=True),
    money_column("received", "Received", lambda row: row.received, 100, total=True),
    Column("difference", "Difference", _difference, 130, right=True, tone=_gap_tone),
)
