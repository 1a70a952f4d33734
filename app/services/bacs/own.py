"""The council as a Bacs service user, by policy."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import select

from app.models.properties import RentGroup
from app.services.bacs import rules
from app.services.bacs.dto import OwnAccount, OwnAccounts, OwnSide
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
    account = _account(ctx, on)
    sun = _value(ctx, "sun", on)
    if not (len(sun) == _SUN_DIGITS and sun.isascii() and sun.isdigit()):
        raise UserError(f"The Service User Number '{sun}' is not six digits.", _WHERE)
    return OwnSide(account, sun, _text(ctx, "user_name", on), ctx.policy.value("bacs.credit_files", on) == "yes")


def own_accounts(ctx: Context, on: date) -> OwnAccounts:
    """The council's accounts on a day: its own, and those that its policy names for rent groups.

    Raises:
        UserError: one of them isn't set whole, or isn't of the form that Bacs takes; the rent group is named.
    """
    found = {"": _account(ctx, on)}
    for code in ctx.session.scalars(select(RentGroup.code).order_by(RentGroup.code)):
        scope = scope_of(code)
        named = [name for name in _ACCOUNT if _is_of(ctx, name, on, scope)]
        if not named:
            continue
        if "own_sort_code" not in named or "own_account_number" not in named:
            missing = _title("own_sort_code" if "own_account_number" in named else "own_account_number")
            raise UserError(
                f"'{missing}' isn't set for rent group {code}, though another part of its account is.", _WHERE
            )
        found[scope] = _account(ctx, on, scope)
    return OwnAccounts(found)


def scope_of(rent_group: str) -> str:
    """What policy calls a rent group, by its code."""
    return f"rent_group:{rent_group}"


_ACCOUNT: Final = ("own_sort_code", "own_account_number", "own_account_name")
_WHERE: Final = "Put it right in Admin, Policy values; a second officer approves it."


def _is_of(ctx: Context, name: str, on: date, scope: str) -> bool:
    """Whether a value is one for this scope, and not the one for everything."""
    found = ctx.policy.find(f"bacs.{name}", on, scope)
    return found is not None and found.scope == scope and found.value != NOT_SET


def _account(ctx: Context, on: date, scope: str = "") -> OwnAccount:
    try:
        own = rules.destination(_value(ctx, "own_sort_code", on, scope), _value(ctx, "own_account_number", on, scope))
    except UserError as error:
        of = f" for {scope.replace('_', ' ').replace(':', ' ')}" if scope else ""
        raise UserError(f"The council's own account for Bacs{of}: {error.message}", _WHERE) from error
    return OwnAccount(own.sort_code, own.account_number, _text(ctx, "own_account_name", on, scope))


def _title(name: str) -> str:
    return declared()[f"bacs.{name}"].title


def own_number(ctx: Context) -> str:
    """The council's Service User Number, which reports are held against; empty where none is set, so that any is read."""
    value = ctx.policy.value("bacs.sun", ctx.clock.today())
    return value if value.isdigit() else ""


def _value(ctx: Context, name: str, on: date, scope: str = "") -> str:
    value = ctx.policy.value(f"bacs.{name}", on, scope)
    if value == NOT_SET:
        raise UserError(f"'{_title(name)}' isn't set, so no Bacs file can be made.", _WHERE)
    return value


def _text(ctx: Context, name: str, on: date, scope: str = "") -> str:
    value = _value(ctx, name, on, scope)
    text = rules.bacs_text(value)[: rules.NAME_LENGTH].rstrip()
    if not text:
        raise UserError(f"'{_title(name)}' holds nothing that a Bacs file can carry.", _WHERE)
    return text
