"""The council as a Bacs service user, by policy."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.services.bacs import rules
from app.services.bacs.dto import OwnAccount, OwnSide
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.policy_values import declared

NOT_SET: Final = "not set"
"""What stands in resources/policy/bacs.toml where only the council's bank can say."""
_SUN_DIGITS: Final = 6


def own_side(ctx: Context, on: date) -> OwnSide:
    """Who the council is to Bacs on a day, such as a processing day.

    Raises:
        UserError: one of the policy values isn't set, or isn't of the form that Bacs takes.
    """
    try:
        own = rules.destination(_value(ctx, "own_sort_code", on), _value(ctx, "own_account_number", on))
    except UserError as error:
        raise UserError(f"The council's own account for Bacs: {error.message}", _WHERE) from error
    sun = _value(ctx, "sun", on)
    if not (len(sun) == _SUN_DIGITS and sun.isascii() and sun.isdigit()):
        raise UserError(f"The Service User Number '{sun}' is not six digits.", _WHERE)
    account = OwnAccount(own.sort_code, own.account_number, _text(ctx, "own_account_name", on))
    return OwnSide(account, sun, _text(ctx, "user_name", on), ctx.policy.value("bacs.credit_files", on) == "yes")


_WHERE: Final = "Put it right in Admin, Policy values; a second officer approves it."


def _value(ctx: Context, name: str, on: date) -> str:
    value = ctx.policy.value(f"bacs.{name}", on)
    if value == NOT_SET:
        raise UserError(f"'{declared()[f'bacs.{name}'].title}' isn't set, so no Bacs file can be made.", _WHERE)
    return value


def _text(ctx: Context, name: str, on: date) -> str:
    value = _value(ctx, name, on)
    text = rules.bacs_text(value)[: rules.NAME_LENGTH].rstrip()
    if not text:
        raise UserError(f"'{declared()[f'bacs.{name}'].title}' holds nothing that a Bacs file can carry.", _WHERE)
    return text
