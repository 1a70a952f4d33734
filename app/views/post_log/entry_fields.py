"""Fields of the entry screen, and what is said of an entry while it is typed."""

from __future__ import annotations

from app.services.core.effects import Effect
from app.services.post_log.dto import Guess
from app.services.post_log.logging.dto import Proposed
from app.views.common import formats
from app.views.common.fields_pickers import Find, Picked, Picker


class AccountField(Picker):
    """An account that need not be chosen from the list: a reference that is typed whole is looked up when it is needed."""

    def __init__(self, find: Find) -> None:
        super().__init__(find, "an account", "a reference, name or postcode")

    def problem(self) -> str:
        """Nothing yet: whoever looks it up says so."""
        return ""


def picked(guess: Guess) -> Picked:
    """The account of a guess as it is shown in a field."""
    return Picked(guess.account_id, guess.name, guess.reference)


def effects_of(found: Proposed) -> list[Effect]:
    """What is said of an entry: its account, category and holder, and what it may repeat."""
    said = []
    if (account := found.account) is not None:
        others = f"; {formats.count(account.others, 'other account')} fit too" if account.others else ""
        shown = f"{account.reference}  {account.name}".strip()
        said.append(Effect("Account", f"By {account.words}{others}", after=shown, warns=bool(account.others)))
    if found.category:
        said.append(Effect("Category", "By a routing rule", after=found.category))
    if found.holder_name:
        said.append(Effect("Given to", "By a routing rule", after=found.holder_name))
    said += [
        Effect(
            "Logged already?",
            f"{each.number} has {each.why}",
            after=f"{each.sender or 'Nobody named'}, {formats.day(each.received_on)}",
            warns=True,
        )
        for each in found.alike
    ]
    return said
