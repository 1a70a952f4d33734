"""What a message seems to be about: its account as letters are recognised, its category and holder by the rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.services.core.context import Context
from app.services.post_log.dto import LONGEST_TEXT, Clues, Holder, Priority
from app.services.post_log.mail.dto import Message
from app.services.post_log.recognising import accounts_in
from app.services.post_log.routing.queries import router
from app.services.post_log.routing.rules import Looked

_LOOKED_AT: Final = 4 * LONGEST_TEXT
"""Letters of a text in which references and words are looked for: a rent reference stands near the beginning."""


@dataclass(frozen=True, slots=True)
class Guess:
    """What Rentbook proposes for a message; each stays marked until an officer confirms it.

    Attributes:
        because: the words for the history, why the holder gets it.
    """

    account_id: int | None = None
    person_id: int | None = None
    category_id: int | None = None
    holder: Holder | None = None
    priority: Priority | None = None
    because: str = ""

    @property
    def guessed(self) -> frozenset[str]:
        """The names of the fields that this fills in."""
        named = {
            "account_id": self.account_id,
            "category_id": self.category_id,
            "holder": self.holder,
            "priority": self.priority,
        }
        return frozenset(name for name, value in named.items() if value is not None)


def guesses(ctx: Context, messages: Sequence[Message]) -> list[Guess]:
    """What each of some messages seems to be about; a fixed number of queries, however many they are.

    An account is proposed only where no other fits as well.
    """
    texts = [each.text[:_LOOKED_AT] for each in messages]
    found = accounts_in(
        ctx,
        [
            Clues(f"{each.subject}\n{text}", each.sender, each.sender_address)
            for each, text in zip(messages, texts, strict=True)
        ],
    )
    rules = router(ctx)
    made = []
    for message, text, account in zip(messages, texts, found, strict=True):
        sure = account if account is not None and not account.others else None
        account_id, person_id = (sure.account_id, sure.person_id) if sure else (None, None)
        rule = rules.fit(Looked(message.subject, message.sender, message.sender_address, text))
        if rule is None:
            made.append(Guess(account_id, person_id))
            continue
        holder = rule.holder if rule.holder.officer_id or rule.holder.team_id else None
        because = f"by the rule '{rule.words}'" if holder else ""
        made.append(Guess(account_id, person_id, rule.category_id, holder, rule.priority, because))
    return made
