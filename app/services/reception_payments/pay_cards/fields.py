"""The field of the letter that goes with a pay point card: it comes with each letter."""

from __future__ import annotations

from app.services.letters.fields import FieldGroup
from app.services.letters.fields import register as register_group


def register() -> None:
    """Plug the group of fields in."""
    register_group(FieldGroup("pay_card", "Pay point card", (("reference", "Card reference", "0000000000000000000"),)))
