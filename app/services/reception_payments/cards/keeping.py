"""What commands and jobs of card payments share: the settings, the connection, the rows. Nothing here asks for a permission."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sqlalchemy import select

from app.models.landlord import Setting
from app.models.reception_payments.cards import CardPayment, CardShare
from app.models.reception_payments.desks import IncomeStream
from app.models.values import CardProvider, Subject
from app.services.core import keys
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.records import record
from app.services.core.search_index import index_record
from app.services.reception_payments.cards import rules
from app.services.reception_payments.cards.dto.asked import CardMoved, CardSettings
from app.services.reception_payments.cards.govuk_pay import PUBLIC_URL, GovukPay
from app.services.reception_payments.cards.provider import Provider

AREAS: Final = frozenset({"reception_payments", "home"})
MOVED: Final = frozenset({"reception_payments", "ledger", "rent", "diary", "home"})
"""What is touched where money moved."""
RETURN_URL: Final = "https://www.gov.uk/"
KEY, URL, _PROVIDER, _RETURN = "cards.key", "cards.url", "cards.provider", "cards.return_url"
_NO_KEY: Final = "The office has no key of GOV.UK Pay."
_ENTER: Final = "Whoever sets up the reception enters it: Reception, Card payments, Settings."


def index(ctx: Context, row: CardPayment) -> None:
    """It is found by our reference, which begins with the account's, and by the provider's number."""
    index_record(ctx, Subject.CARD_PAYMENT, row.id, row.reference, row.provider_id)


def settings(ctx: Context) -> CardSettings:
    """How the office takes cards by telephone."""
    found = _settings(ctx)
    provider = found.get(_PROVIDER, "")
    return CardSettings(
        CardProvider(provider) if provider else None, found.get(_RETURN) or RETURN_URL, bool(found.get(KEY))
    )


def keep_settings(ctx: Context, new: CardSettings, key: str | None) -> None:
    """Keep the settings. `key`: None leaves the one that is kept, nothing takes it away; it is sealed."""
    _set(ctx, _PROVIDER, new.provider.value if new.provider else "")
    _set(ctx, _RETURN, new.return_url.strip())
    if key is not None:
        _set(ctx, KEY, keys.current(ctx).seal(key.strip().encode(), KEY).hex() if key.strip() else "")
    ctx.session.flush()


def connection(ctx: Context) -> Provider:
    """GOV.UK Pay with the office's key, whatever is taken by whom from now on: what was begun there is followed there.

    Raises:
        UserError: the office has no key, the key of the database isn't at this desk, or the address isn't safe.
    """
    found = _settings(ctx)
    if not found.get(KEY):
        raise UserError(_NO_KEY, _ENTER)
    url = found.get(URL) or PUBLIC_URL
    if not rules.safe_url(url):
        raise UserError("The address of GOV.UK Pay isn't safe: it begins with https://.", _ENTER)
    return GovukPay(keys.unseal(ctx.session, bytes.fromhex(found[KEY]), KEY).decode(), url)


def taker(ctx: Context) -> CardProvider:
    """Who takes cards by telephone.

    Raises:
        UserError: nobody does, or the office has no key for it.
    """
    found = settings(ctx)
    if found.provider is None:
        raise UserError("This office takes no cards by telephone yet.", _ENTER, "taken_by")
    if found.provider is CardProvider.GOVUK_PAY and not found.has_key:
        raise UserError(_NO_KEY, _ENTER, "taken_by")
    return found.provider


def found(ctx: Context, payment_id: int) -> CardPayment:
    """A card payment by its id.

    Raises:
        UserError: there is none.
    """
    return record(ctx, CardPayment, payment_id, "card payment")


def shares(ctx: Context, payment_id: int) -> list[CardShare]:
    """What a card payment pays, in its order."""
    rows = select(CardShare).where(CardShare.card_payment_id == payment_id).order_by(CardShare.place)
    return list(ctx.session.scalars(rows))


def accounts_of(ctx: Context, of: Iterable[CardShare]) -> frozenset[int]:
    """The accounts that shares go to, those of other income too."""
    accounts = set()
    for share in of:
        if share.account_id is not None:
            accounts.add(share.account_id)
        elif share.stream_id is not None:
            accounts.add(ctx.session.get_one(IncomeStream, share.stream_id).account_id)
    return frozenset(accounts)


def moved(ctx: Context, row: CardPayment, told: str = "") -> CardMoved:
    """A card payment after a step, with what that touched."""
    posted = row.receipt_id is not None or row.suspense_id is not None
    touched = accounts_of(ctx, shares(ctx, row.id)) if posted else frozenset[int]()
    changes = Changes(MOVED if posted else AREAS, touched)
    terminal = row.provider is CardProvider.TERMINAL
    return CardMoved(row.id, row.state, told or rules.said(row.state, row.code, row.words, terminal=terminal), changes)


def _settings(ctx: Context) -> dict[str, str]:
    wanted = (KEY, URL, _PROVIDER, _RETURN)
    return {row.key: row.value for row in ctx.session.scalars(select(Setting).where(Setting.key.in_(wanted)))}


def _set(ctx: Context, key: str, value: str) -> None:
    standing = ctx.session.get(Setting, key)
    if standing is None:
        ctx.session.add(Setting(key=key, value=value))
    else:
        standing.value = value
