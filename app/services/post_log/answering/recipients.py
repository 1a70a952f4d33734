"""Who answers an item is written to: the tenant as their account says, or whoever else sent it, where they wrote from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import select

from app.models.post_log import PostCategory, PostItem
from app.models.values import AccountKind, FormatNeed, PostChannel
from app.services.core.context import Context
from app.services.letters import gathering, keeping
from app.services.letters.dto import Channel
from app.services.letters.rules import Recipient, foreign, is_email, judge, mobile_number
from app.services.post_log.answering.rules import NEEDS, is_theirs, postal_address, ways_of

DEATH: Final = "death"
"""The work of the category by which somebody tells us that a tenant died."""
_BY_HAND: Final = frozenset({FormatNeed.BRAILLE, FormatNeed.AUDIO, FormatNeed.EASY_READ})


@dataclass(frozen=True, slots=True)
class Sender:
    """Who an item is answered to.

    Attributes:
        to: as letters know them; without an account its number is that of the item, below 0.
        look: what to look at before anything goes to them.
        unchecked: the account is a guess that nobody has confirmed, so that it could be somebody else's.
    """

    to: Recipient
    look: tuple[str, ...] = ()
    unchecked: bool = False

    def stops(self, channel: Channel) -> str:
        """Why nothing can go to them that way, as a sentence; empty if it can."""
        if self.unchecked:
            return "Unchecked: confirm its account first."
        if not self.to.name.strip():
            return "Nobody to write to: say who sent it."
        verdict = judge(self.to, channel)
        return " ".join(verdict.stops)

    def look_at(self, channel: Channel) -> tuple[str, ...]:
        """What to look at before something goes to them that way."""
        needs = sorted(NEEDS[need] for need in self.to.needs if need in _BY_HAND and channel is not Channel.LETTER)
        by_hand = (f"Needs {' and '.join(needs)}.",) if needs else ()
        return (*by_hand, *self.look, *judge(self.to, channel).look)

    def where(self, channel: Channel) -> str:
        """Where it goes: the address in one line, the e-mail address, or the number."""
        if channel is Channel.LETTER:
            return ", ".join(self.to.address)
        return self.to.email if channel is Channel.EMAIL else self.to.mobile

    def best(self, came_by: PostChannel) -> Channel:
        """The channel that answers what came by another: the first that reaches them, else the one that suits best.

        Who needs braille, audio or easy read gets nothing else instead: that is made by hand.
        """
        ways = ways_of(came_by)
        if self.to.needs & _BY_HAND:
            return ways[0]
        return next((each for each in ways if not self.stops(each)), ways[0])


def senders(ctx: Context, items: Sequence[PostItem]) -> dict[int, Sender]:
    """Who each of some items is answered to, by item; a handful of statements however many there are."""
    ids = list(dict.fromkeys(item.account_id for item in items if item.account_id is not None))
    by_account = {each.account_id: each for each in gathering.recipients(ctx, ids)}
    deaths = frozenset(ctx.session.scalars(select(PostCategory.id).where(PostCategory.work == DEATH)))
    return {
        item.id: replace(
            sender_of(item, by_account.get(item.account_id or 0), death=item.category_id in deaths),
            unchecked="account_id" in item.guessed.split(","),
        )
        for item in items
    }


def sender_of(item: PostItem, account: Recipient | None, *, death: bool = False) -> Sender:
    """Who an item is answered to.

    A letter to a tenant goes to the address on their account, and never to another that only the letter itself names: who
    writes in a tenant's name from elsewhere would be sent what is the tenant's. An e-mail or text message goes back where
    the item came from, and says so where that isn't on the record. Nobody tells us of their own `death`.
    """
    theirs = account is not None and not death and is_theirs(item.sender, account.name)
    if theirs and account is not None:
        return _tenant(item, account)
    name = item.sender.strip()
    base = account or Recipient(-item.id, "", AccountKind.SUNDRY, name, "", (), "")
    to = keeping.to_somebody_else(base, name)
    return Sender(
        replace(
            to,
            greeting=f"Dear {name}" if name else "",
            address=postal_address(item.sender_address),
            elsewhere=False,
            email=item.sender_address.strip() if is_email(item.sender_address) else "",
            mobile=item.sender_address.strip() if mobile_number(item.sender_address) else "",
            suspect="",
            needs=_needs(item, frozenset()),
            languages=_languages(item, frozenset()),
        )
    )


def _tenant(item: PostItem, account: Recipient) -> Sender:
    look = []
    typed = item.sender_address.strip()
    email, mobile = account.email, account.mobile
    if is_email(typed):
        if typed.casefold() != email.casefold():
            look.append(f"{typed} is not the e-mail address on the account.")
        email = typed
    elif mobile_number(typed):
        if mobile_number(typed) != mobile_number(mobile):
            look.append(f"{typed} is not the mobile number on the account.")
        mobile = typed
    elif (written := postal_address(typed)) and written[-1] not in account.address:
        look.append(f"They wrote from {', '.join(written)}; letters go to the address on the account.")
    to = replace(
        account,
        email=email,
        mobile=mobile,
        needs=_needs(item, account.needs),
        languages=_languages(item, account.languages),
    )
    return Sender(to, tuple(look))


def _needs(item: PostItem, otherwise: frozenset[FormatNeed]) -> frozenset[FormatNeed]:
    """The format that the item asks for comes before what the record says."""
    return frozenset({item.format}) if item.format is not FormatNeed.STANDARD else otherwise


def _languages(item: PostItem, otherwise: frozenset[str]) -> frozenset[str]:
    return frozenset({item.language.strip()}) if foreign(item.language) else otherwise
