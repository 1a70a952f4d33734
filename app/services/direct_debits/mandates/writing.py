"""A mandate made of what was typed or loaded: its row, its accounts, its bank account and its first step."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.models.direct_debits.mandates import Mandate, MandateAccount
from app.models.values import MandateEvent, MandateState, MandateWay, Subject, ToldBy
from app.services.bacs.dto import Checked, Destination
from app.services.core.context import Context
from app.services.core.search_index import index_record
from app.services.direct_debits.mandates.keeping import banks, paying, steps


@dataclass(frozen=True, slots=True, repr=False)
class Made:
    """A mandate whose every field has been checked. It has no readable form.

    Attributes:
        texts: the name of the bank, its branch, the number of the form, and the note, by field.
        script: the ticks, by field.
        despite: an officer said that it is kept although another mandate pays an account of it.
        state: NEW, or LIVE of one that is loaded.
        days: what is known of a loaded one: when it was lodged, first collected, and what the bank saw last.
    """

    entry_key: str
    account_id: int
    reference: str
    way: MandateWay
    payer_name: str
    destination: Destination
    checked: Checked
    given_on: date
    received_on: date
    person_id: int | None = None
    payer_address: str = ""
    beside: tuple[int, ...] = ()
    texts: dict[str, str] = field(default_factory=dict)
    script: dict[str, bool] = field(default_factory=dict)
    despite: bool = False
    state: MandateState = MandateState.NEW
    days: dict[str, date | None] = field(default_factory=dict)


def keep(ctx: Context, made: Made, words: str = "") -> Mandate:
    """Keep a mandate with its first step; nothing is asked of the bank yet."""
    today = ctx.clock.today()
    row = Mandate(**columns_of(ctx, made))
    ctx.session.add(row)
    ctx.session.flush()
    for account_id in dict.fromkeys((made.account_id, *made.beside)):
        ctx.session.add(MandateAccount(mandate_id=row.id, account_id=account_id))
    loaded = made.way is MandateWay.LOADED
    _bank(ctx, row, made, since=min(made.given_on, today) if loaded else today, held=loaded)
    steps.move(ctx, row, made.state, MandateEvent.SET_UP, words, told_by=ToldBy.OFFICER if loaded else ToldBy.PAYER)
    paying.pays_by_debit(ctx, row)
    index_record(ctx, Subject.MANDATE, row.id, row.reference, row.payer_name)
    return row


def columns_of(ctx: Context, made: Made) -> dict[str, Any]:
    """The row of a mandate that begins today."""
    return {
        "entry_key": made.entry_key,
        "account_id": made.account_id,
        "person_id": made.person_id,
        "payer_name": made.payer_name,
        "payer_address": made.payer_address,
        "reference": made.reference,
        "way": made.way,
        "state": made.state,
        "state_on": ctx.clock.today(),
        "given_on": made.given_on,
        "received_on": made.received_on,
        "form_number": made.texts.get("form_number", ""),
        "despite_at": ctx.clock.now() if made.despite else None,
        "note": made.texts.get("note", ""),
        "made_by": ctx.officer.id,
        "made_at": ctx.clock.now(),
        **made.script,
        **made.days,
    }


def _bank(ctx: Context, row: Mandate, made: Made, *, since: date, held: bool) -> None:
    banks.new_bank(
        ctx,
        row,
        made.destination,
        made.payer_name,
        on=since,
        held=held,
        bank_name=made.texts.get("bank_name", ""),
        branch=made.texts.get("branch", ""),
        checked=made.checked,
    )
