"""The sheet of a claim to a benefit and of what it awards; what it comes to is told on every key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from app.models.values import ZERO, BenefitKind, ClaimState, Money
from app.services.benefits import telling
from app.services.benefits.dto import KINDS, Claim, ClaimForm, KeepClaim, SetAward
from app.services.core.errors import UserError
from app.views.common import formats
from app.views.common.effects import WorkSheet
from app.views.common.fields import ChoiceField, LineField, TickField
from app.views.common.fields_dates import DateField
from app.views.common.fields_money import MoneyField
from app.views.common.parts import label

_REFERENCE: Final = 40
_NOTE: Final = 400
_STATES: Final = (
    ("In payment", ClaimState.LIVE),
    ("Applied for", ClaimState.APPLIED),
    ("Suspended", ClaimState.SUSPENDED),
    ("Refused", ClaimState.REFUSED),
    ("Ended", ClaimState.ENDED),
)
_SPARE: Final = (("None", 0), ("One", 1), ("Two or more", 2))


class ClaimSheet(WorkSheet):
    """A claim, new or kept, and what it awards from a day on.

    Args:
        form: the claims there are, who may claim, and what is eligible.
        today: gives the day at the office.
        claim_id: the claim that is shown first; None: a new one.
    """

    def __init__(
        self, parent: QWidget, form: ClaimForm, today: Callable[[], date], claim_id: int | None = None
    ) -> None:
        note = f"Account {form.reference}, {form.name}, charged {form.weekly} a week"
        super().__init__(parent, "Benefit claim", save="Save the claim", note=note, width=1000)
        self._shown = form
        fields = self.fields = self.form()
        choices = [("A new claim", None), *((_offered(claim), claim.claim_id) for claim in form.claims)]
        fields.add("claim", "&Claim", ChoiceField(choices))
        fields.add("kind", "&Benefit", ChoiceField([(words, kind) for kind, words in KINDS.items()]))
        fields.add("person", "Who clai&ms", ChoiceField([(name, person_id) for person_id, name in form.people]))
        fields.add("state", "&How far", ChoiceField(_STATES))
        fields.add("claimed_on", "C&laimed on", DateField(today, required=True))
        fields.add("reference", "Claim &number", LineField(_REFERENCE))
        fields.add("ended_on", "Last &day", DateField(today), "The last day of entitlement")
        fields.add("portal_on", "Rent c&onfirmed", DateField(today), "On the landlord portal, for DWP")
        fields.addRow(label("What is awarded", "strong"))
        fields.add("from_on", "&From", DateField(today), "Empty: the award stays as it is")
        fields.add("amount", "&Amount", MoneyField(), "A week; of Universal Credit the housing costs of a month")
        fields.add("to_landlord", "To us", TickField("Paid to &us: a rebate or a managed payment"))
        fields.add("arrears", "Off the a&rrears", MoneyField())
        fields.add("spare", "&Spare bedrooms", ChoiceField(_SPARE))
        fields.add("note", "No&te", LineField(_NOTE))
        chosen = fields.field("claim")
        assert isinstance(chosen, ChoiceField)
        fields.fill({"claim": claim_id})
        self._show_claim()
        chosen.changed.connect(self._show_claim)
        fields.changed.connect(self.tell)
        self.tell()

    def command(self) -> KeepClaim | None:
        """What is to be kept; None while the day of the claim is missing."""
        values = self.fields.values()
        if values["claimed_on"] is None:
            return None
        claim = telling.claim_in(self._shown, values["claim"])
        kind = values["kind"]
        return KeepClaim(
            account_id=self._shown.account_id,
            person_id=values["person"],
            kind=kind,
            state=values["state"],
            claimed_on=values["claimed_on"],
            reference=values["reference"],
            ended_on=values["ended_on"],
            portal_on=values["portal_on"] if kind is BenefitKind.UNIVERSAL_CREDIT else None,
            note=values["note"],
            award=_award(values),
            claim_id=claim.claim_id if claim else None,
            version=claim.version if claim else 0,
        )

    def tell(self) -> None:
        """Say what saving does, or what won't do."""
        kind = BenefitKind(self.fields.values()["kind"])
        self.fields.field("portal_on").setEnabled(kind is BenefitKind.UNIVERSAL_CREDIT)
        try:
            wanted = self.command()
            if wanted is None:
                self.effects.say("Type the day of the claim, and this says what will be done.")
                return
            self.effects.show_effects(telling.effects(self._shown, wanted))
        except UserError as error:
            self.effects.say(str(error), wrong=True)

    def _show_claim(self) -> None:
        """Fill in the claim that is chosen; of a new one the first day of the tenancy."""
        claim = telling.claim_in(self._shown, self.fields.values()["claim"])
        self.fields.field("kind").setEnabled(claim is None)
        self.fields.fill(self._values(claim))

    def _values(self, claim: Claim | None) -> dict[str, Any]:
        if claim is None:
            person = self._shown.people[0][0] if self._shown.people else None
            first: dict[str, Any] = dict.fromkeys(("ended_on", "portal_on", "arrears", "amount", "from_on"))
            return first | {
                "person": person,
                "state": ClaimState.LIVE,
                "claimed_on": None,
                "reference": "",
                "note": "",
                "spare": 0,
                "to_landlord": True,
            }
        award = claim.award_on(self._shown.today) or (claim.awards[-1] if claim.awards else None)
        return {
            "kind": claim.kind,
            "person": claim.person_id,
            "state": claim.state,
            "claimed_on": claim.claimed_on,
            "reference": claim.reference,
            "ended_on": claim.ended_on,
            "portal_on": claim.portal_on,
            "note": claim.note,
            "from_on": award.from_on if award else None,
            "amount": award.amount if award else None,
            "to_landlord": award.to_landlord if award else True,
            "arrears": (award.arrears or None) if award else None,
            "spare": min(2, award.spare_bedrooms) if award else 0,
        }


def _award(values: dict[str, Any]) -> SetAward | None:
    """What is awarded; nothing is said of it where the day or the amount is missing.

    Raises:
        UserError: one of the two is missing.
    """
    from_on: date | None = values["from_on"]
    amount: Money | None = values["amount"]
    if from_on is None and amount is None:
        return None
    if from_on is None:
        raise UserError("Type the day from which it is awarded.", field="from_on")
    if amount is None:
        raise UserError("Type what is awarded; nothing is 0.00.", field="amount")
    return SetAward(
        from_on=from_on,
        amount=amount,
        spare_bedrooms=values["spare"],
        to_landlord=values["to_landlord"],
        arrears=values["arrears"] or ZERO,
    )


def _offered(claim: Claim) -> str:
    return f"{KINDS[claim.kind]} of {formats.day(claim.claimed_on)}, {telling.STATES[claim.state]}"
