"""A supplier and a contract as they were typed, checked: every field with its fault."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import select

from app.models.purchase_orders.suppliers import PurchaseCategory, Supplier, SupplierContract
from app.services.core import phones
from app.services.core.card_refusal import refuse_card_number
from app.services.core.context import Context
from app.services.core.errors import UserError, UserErrors
from app.services.letters import rules as letters
from app.services.purchase_orders.suppliers import rules
from app.services.purchase_orders.suppliers.contracts_dto import ContractFields
from app.services.purchase_orders.suppliers.dto import Alike, SupplierFields

_LONGEST: Final = {
    "name": 120,
    "trading_as": 120,
    "finance_reference": 40,
    "address": 400,
    "contact": 120,
    "phone": 40,
    "email": 254,
    "remittance_email": 254,
    "note": 400,
}
_READ: Final[dict[str, Callable[[str], str]]] = {
    "company_number": rules.company_number,
    "vat_number": rules.vat_number,
    "cis_reference": rules.cis_reference,
}
_CONTRACT: Final = {"number": 40, "title": 200, "note": 400}
_SAID: Final = {
    "name": "name",
    "trading_as": "trading name",
    "finance_reference": "reference",
    "remittance_email": "e-mail address",
    "email": "e-mail address",
    "phone": "telephone number",
}


def supplier(ctx: Context, typed: SupplierFields) -> dict[str, Any]:
    """The columns of a supplier, its fields as they are kept.

    Raises:
        UserErrors: fields have faults, each named.
    """
    faults: list[UserError] = []
    kept: dict[str, Any] = typed.values()
    for field, most in _LONGEST.items():
        kept[field] = _text(ctx, faults, field, getattr(typed, field), most)
    for field, read in _READ.items():
        try:
            kept[field] = read(getattr(typed, field) or "")
        except ValueError as error:
            faults.append(UserError(str(error), field=field))
    if not kept["name"]:
        faults.append(UserError("Give the supplier its name.", field="name"))
    if kept["phone"] and not phones.is_number(kept["phone"]):
        faults.append(UserError("Nobody can be called by this telephone number.", field="phone"))
    faults += [
        UserError("This is no e-mail address.", field=field)
        for field in ("email", "remittance_email")
        if kept[field] and not letters.is_email(kept[field])
    ]
    faults += _terms(ctx, typed)
    field, fault = rules.cis_fault(typed.cis, kept["cis_reference"] or "", typed.cis_verified_on, ctx.clock.today())
    if fault:
        faults.append(UserError(fault, field=field))
    if ctx.session.get(PurchaseCategory, typed.category_id or 0) is None:
        faults.append(UserError("Choose what is bought of it.", field="category_id"))
    if faults:
        raise UserErrors(faults)
    kept["address"] = "\n".join(letters.tidy_address(kept["address"].splitlines()))
    return kept | {"name_key": rules.name_key(kept["name"]), "postcode_key": postcode_key(kept["address"])}


def postcode_key(address: str) -> str:
    """The postcode of an address without its space; empty where the last line is none."""
    lines = address.splitlines()
    return letters.postcode(lines[-1]).replace(" ", "") if lines else ""


def alike(ctx: Context, typed: SupplierFields, but: int | None = None) -> tuple[Alike, ...]:
    """The suppliers that may be the one that is typed, the surest first; `but`: itself, where it is changed."""
    marks = _marks_of(typed)
    columns = (
        Supplier.id,
        Supplier.number,
        Supplier.name,
        Supplier.state,
        Supplier.name_key,
        Supplier.trading_as,
        Supplier.vat_number,
        Supplier.company_number,
        Supplier.finance_reference,
        Supplier.postcode_key,
    )
    found: list[Alike] = []
    for row in ctx.session.execute(select(*columns).where(Supplier.id != (but or 0)).order_by(Supplier.number)):
        theirs = rules.Marks(
            row.name_key,
            rules.name_key(row.trading_as),
            row.vat_number,
            row.company_number,
            row.finance_reference,
            row.postcode_key,
        )
        why = rules.alike(marks, theirs)
        if why:
            found.append(Alike(row.id, rules.spelt_number(row.number), row.name, row.state, why))
    return tuple(sorted(found, key=lambda each: -len(each.why)))


def contract(ctx: Context, supplier_id: int, typed: ContractFields, but: int | None = None) -> dict[str, Any]:
    """The columns of a contract; `but`: itself, where it is changed.

    Raises:
        UserErrors: fields have faults, each named.
    """
    faults: list[UserError] = []
    kept: dict[str, Any] = {
        field: _text(ctx, faults, field, getattr(typed, field), most) for field, most in _CONTRACT.items()
    }
    for field, missing in (
        ("number", "Give the contract its number."),
        ("title", "Say what the contract is for."),
    ):
        if not kept[field]:
            faults.append(UserError(missing, field=field))
    for field, missing in (
        ("starts_on", "The first day of the contract is missing."),
        ("ends_on", "The last day of the contract is missing."),
        ("value", "Say what the contract is worth over its whole time."),
    ):
        if getattr(typed, field) is None:
            faults.append(UserError(missing, field=field))
    if typed.value is not None and typed.value.pence < 0:
        faults.append(UserError("A contract is worth nothing or more.", field="value"))
    if typed.starts_on is not None and typed.ends_on is not None and typed.ends_on < typed.starts_on:
        faults.append(UserError("The contract ends before it starts.", field="ends_on"))
    same = select(SupplierContract.id).where(
        SupplierContract.supplier_id == supplier_id,
        SupplierContract.number == kept["number"],
        SupplierContract.id != (but or 0),
    )
    if kept["number"] and ctx.session.scalars(same).first() is not None:
        faults.append(UserError(f"The supplier has a contract {kept['number']} already.", field="number"))
    if faults or typed.value is None:
        raise UserErrors(faults)
    days = {"starts_on": typed.starts_on, "ends_on": typed.ends_on, "warn_days": typed.warn_days or 0}
    return kept | days | {"value_pence": typed.value.pence, "holder_id": typed.holder_id}


def reason(ctx: Context, text: str, what: str, field: str = "reason") -> str:
    """Why something is done, as it is kept.

    Raises:
        UserError: nothing is written, it is too long, or it holds a card number.
    """
    words = " ".join(text.split())
    if not words:
        raise UserError(f"Say why {what}.", "It stays with the supplier.", field)
    if len(words) > 400:
        raise UserError("The reason has over 400 characters.", "Shorten it.", field)
    refuse_card_number(ctx, words, "reason", field)
    return words


def _terms(ctx: Context, typed: SupplierFields) -> list[UserError]:
    most = ctx.policy.number("purchasing.pay_days", ctx.clock.today())
    if 0 <= typed.terms_days <= most:
        return []
    return [UserError(f"Terms are 0 to {most} days: a council pays within {most} days.", field="terms_days")]


def _marks_of(typed: SupplierFields) -> rules.Marks:
    """What is compared of what is typed; a number that can't be is compared with none."""
    numbers: dict[str, str] = {}
    for field in ("vat_number", "company_number"):
        try:
            numbers[field] = _READ[field](getattr(typed, field) or "")
        except ValueError:
            numbers[field] = ""
    return rules.Marks(
        rules.name_key(typed.name),
        rules.name_key(typed.trading_as or ""),
        finance_reference=(typed.finance_reference or "").strip(),
        postcode_key=postcode_key((typed.address or "").strip()),
        **numbers,
    )


def _text(ctx: Context, faults: list[UserError], field: str, typed: str | None, most: int) -> str:
    text = (typed or "").strip() if field in {"address", "note"} else " ".join((typed or "").split())
    what = _SAID.get(field, field)
    if len(text) > most:
        faults.append(UserError(f"The {what} has over {most} characters.", "Shorten it.", field))
    try:
        refuse_card_number(ctx, text, what, field)
    except UserError as error:
        faults.append(error)
    return text
