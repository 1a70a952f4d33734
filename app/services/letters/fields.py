"""The fields that a wording may use, as data, and what they stand for on each account; areas above plug in their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import func, or_, select

from app.models.accounts import Account
from app.models.charges import Charge
from app.models.tenancies import Tenancy
from app.models.values import Money
from app.services.core import plugs
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.landlord import landlord
from app.services.exports.statement.dto import long_date
from app.services.letters.dto import FieldRow, Wording
from app.services.letters.rules import Recipient

Found = Mapping[str, object]
"""Field keys of one group (without the group) and what they stand for; nothing and empty words are left out."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose fields are wanted, and the date of the letter."""

    ctx: Context
    recipients: Sequence[Recipient]
    day: date

    @property
    def account_ids(self) -> list[int]:
        """Their accounts."""
        return [each.account_id for each in self.recipients]


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Fields that are found together.

    Attributes:
        key: what they begin with: `account`.
        title: the heading over them in the editor.
        fields: (key without the group, title, example).
        found: what they stand for, by account; None where they come with each letter.
    """

    key: str
    title: str
    fields: tuple[tuple[str, str, str], ...]
    found: Callable[[Wanted], Mapping[int, Found]] | None = None


_GROUPS: dict[str, FieldGroup] = {}


def register(group: FieldGroup) -> None:
    """Plug in a group of fields; `app/registered.py` names the modules that do."""
    _GROUPS[group.key] = group


def known() -> frozenset[str]:
    """Every field there is, as it is written: `account.reference`."""
    return frozenset(f"{group.key}.{key}" for group in _groups() for key, _, _ in group.fields) | _FLAGS


def needs_more(wording: Wording) -> bool:
    """Whether a wording says what only the area that sends it knows, so that it can't be written by hand."""
    brought = [group.key for group in _groups() if group.found is None]
    text = f"{wording.subject_line}\n{wording.body}"
    return any(re.search(rf"\{{[{{%][^}}]*\b{key}\.", text) for key in brought)


def listed() -> tuple[FieldRow, ...]:
    """The fields as the editor offers them."""
    return tuple(
        FieldRow(f"{group.key}.{key}", title, example, group.title)
        for group in _groups()
        for key, title, example in group.fields
    )


def examples() -> dict[str, dict[str, object]]:
    """What the editor shows before an account is chosen."""
    shown: dict[str, dict[str, object]] = {
        group.key: {key: example for key, _, example in group.fields} for group in _groups()
    }
    shown["balance"] |= {"owed": True, "in_credit": False}
    return shown


def values(ctx: Context, recipients: Sequence[Recipient], day: date) -> dict[int, dict[str, dict[str, object]]]:
    """What every field stands for, by account, in a handful of statements however many accounts there are."""
    result: dict[int, dict[str, dict[str, object]]] = {each.account_id: {} for each in recipients}
    for group in _groups():
        if group.found is None:
            continue
        for account_id, found in group.found(Wanted(ctx, recipients, day)).items():
            result[account_id][group.key] = {key: value for key, value in found.items() if value not in {None, ""}}
    return result


def _groups() -> tuple[FieldGroup, ...]:
    plugs.fill("fields")
    return tuple(_GROUPS.values())


# The office's own


def _account(wanted: Wanted) -> Mapping[int, Found]:
    ids = wanted.account_ids
    weekly = _weekly(wanted.ctx, ids, wanted.day)
    started: dict[int, date] = {}
    for chunk in in_chunks(ids):
        statement = select(Account.id, Account.opened_on, Tenancy.start_on).outerjoin(
            Tenancy, Tenancy.id == Account.tenancy_id
        )
        for row in wanted.ctx.session.execute(statement.where(Account.id.in_(chunk))):
            started[row.id] = row.start_on or row.opened_on
    return {
        each.account_id: {
            "reference": each.reference,
            "property": each.about,
            "weekly_charge": str(Money(weekly[each.account_id])) if weekly.get(each.account_id) else "",
            "started_on": long_date(started[each.account_id]),
        }
        for each in wanted.recipients
        if each.account_id in started
    }


def _weekly(ctx: Context, ids: Sequence[int], day: date) -> dict[int, int]:
    """The charges of a week in force on a day, in pence by account."""
    found: dict[int, int] = {}
    for chunk in in_chunks(ids):
        statement = (
            select(Charge.account_id, func.sum(Charge.amount_pence))
            .where(
                Charge.account_id.in_(chunk), Charge.from_on <= day, or_(Charge.to_on.is_(None), Charge.to_on >= day)
            )
            .group_by(Charge.account_id)
        )
        found.update((account_id, int(pence)) for account_id, pence in ctx.session.execute(statement))
    return found


def _balance(wanted: Wanted) -> Mapping[int, Found]:
    found: dict[int, Found] = {}
    for chunk in in_chunks(wanted.account_ids):
        statement = select(Account.id, Account.balance_pence).where(Account.id.in_(chunk))
        for account_id, pence in wanted.ctx.session.execute(statement):
            found[account_id] = balance_words(Money(pence))
    return found


def balance_words(balance: Money) -> Found:
    """A balance as letters say it, and whether it is owed or in credit, for conditions."""
    amount = str(abs(balance))
    if balance.pence > 0:
        words = f"You owe {amount}."
    elif balance.pence < 0:
        words = f"Your account is {amount} in credit."
    else:
        words = "Nothing is owed."
    return {"amount": amount, "words": words, "owed": balance.pence > 0, "in_credit": balance.pence < 0}


def _person(wanted: Wanted) -> Mapping[int, Found]:
    return {
        each.account_id: {
            "name": each.name,
            "greeting": each.greeting,
            "address": ", ".join(each.address),
            "email": each.email,
            "mobile": each.mobile,
        }
        for each in wanted.recipients
    }


def _landlord(wanted: Wanted) -> Mapping[int, Found]:
    found = landlord(wanted.ctx)
    same = {
        "name": found.name,
        "office": found.office,
        "address": ", ".join(found.address),
        "phone": found.phone,
        "email": found.email,
        "website": found.website,
        "how_to_pay": "\n".join(f"- {line}" for line in found.how_to_pay if line.strip()),
    }
    return {each.account_id: same for each in wanted.recipients}


def _officer(wanted: Wanted) -> Mapping[int, Found]:
    return {each.account_id: {"name": wanted.ctx.officer.name} for each in wanted.recipients}


def _dates(wanted: Wanted) -> Mapping[int, Found]:
    same = dates(wanted.day)
    return {each.account_id: same for each in wanted.recipients}


def dates(day: date) -> Found:
    """The date of a letter and the days after it that letters name."""
    return {"today": long_date(day)} | {
        f"in_{days}_days": long_date(day + timedelta(days=days)) for days in (7, 14, 28)
    }


_FLAGS: Final = frozenset({"balance.owed", "balance.in_credit"})
"""For conditions only: `{% if balance.owed %}`."""

for _group in (
    FieldGroup(
        "account",
        "Account",
        (
            ("reference", "Payment reference", "0012 4471 03"),
            ("property", "What is let", "12 Example Court, Exampletown, EX1 1AA"),
            ("weekly_charge", "Weekly charge", "£118.42"),
            ("started_on", "Tenancy began", "14 May 2018"),
        ),
        _account,
    ),
    FieldGroup(
        "balance",
        "Balance",
        (
            ("amount", "Balance without a sign", "£412.86"),
            ("words", "Balance as a sentence", "You owe £412.86."),
        ),
        _balance,
    ),
    FieldGroup(
        "person",
        "Whoever is written to",
        (
            ("name", "Name on the envelope", "Ms A Example and Mr B Example"),
            ("greeting", "Greeting", "Dear Ms Example and Mr Example"),
            ("address", "Address in one line", "12 Example Court, Exampletown, EX1 1AA"),
            ("email", "E-mail address", "a.example@example.com"),
            ("mobile", "Mobile number", "07700 900123"),
        ),
        _person,
    ),
    FieldGroup(
        "landlord",
        "The office",
        (
            ("name", "Landlord", "Example District Council"),
            ("office", "Office", "Rents team"),
            ("address", "Office address", "1 Example Street, Exampletown, EX1 1AA"),
            ("phone", "Telephone", "01632 960001"),
            ("email", "E-mail address", "rents@example.com"),
            ("website", "Website", "www.example.com"),
            ("how_to_pay", "Ways to pay, as a list", "- By Direct Debit\n- Online"),
        ),
        _landlord,
    ),
    FieldGroup("officer", "Whoever writes", (("name", "Officer's name", "J Officer"),), _officer),
    FieldGroup(
        "date",
        "Dates",
        (
            ("today", "Date of the letter", "21 November 2026"),
            ("in_7_days", "7 days later", "28 November 2026"),
            ("in_14_days", "14 days later", "5 December 2026"),
            ("in_28_days", "28 days later", "19 December 2026"),
        ),
        _dates,
    ),
):
    register(_group)
