"""A file of suppliers held against those that there are: what is wrong, what is there, and what may be."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import select

from app.models.purchase_orders.suppliers import PurchaseCategory, Supplier
from app.models.values import CisStatus
from app.services.core.context import Context
from app.services.core.errors import UserError, UserErrors
from app.services.core.folding import fold
from app.services.imports.dto import Mistake
from app.services.purchase_orders.suppliers import checking, rules
from app.services.purchase_orders.suppliers.dto import CIS, SupplierFields
from app.services.purchase_orders.suppliers.loading.dto import FileRow, LoadCheck, NewLoad

_CIS: Final = {fold(words): status for status, words in CIS.items()} | {
    "": CisStatus.OUTSIDE,
    "gross": CisStatus.GROSS,
    "unregistered": CisStatus.UNREGISTERED,
    "net": CisStatus.REGISTERED,
    "20%": CisStatus.REGISTERED,
    "30%": CisStatus.UNREGISTERED,
    "no": CisStatus.OUTSIDE,
}
_MARKS: Final = (
    ("name_key", "the same name"),
    ("vat_number", "the same VAT number"),
    ("company_number", "the same company number"),
)
_USUAL_TERMS: Final = 30


@dataclass(slots=True)
class Found:
    """What a file would do: the columns of those that are new with their rows, and how many are there."""

    mistakes: list[Mistake] = field(default_factory=list)
    suspected: list[Mistake] = field(default_factory=list)
    new: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    known: int = 0


def check(ctx: Context, new: NewLoad) -> LoadCheck:
    """What loading a file would do, and what is wrong in it; nothing is kept."""
    found = look(ctx, new)
    return LoadCheck(tuple(found.mistakes), tuple(found.suspected), len(found.new), found.known)


def look(ctx: Context, new: NewLoad) -> Found:
    """Each row of a file: wrong, there already, or ready to be kept, with what it may be the same as."""
    found = Found(list(new.file.mistakes))
    if not new.file.rows and not found.mistakes:
        found.mistakes.append(Mistake(0, "file", "The file has no suppliers.", "Fill in a row for each."))
    wrong = {each.row for each in found.mistakes}
    categories = {fold(row.name): row.id for row in ctx.session.execute(_categories())}
    references, keys, marks = _there(ctx)
    numbered: dict[str, int] = {}
    for row in new.file.rows:
        ctx.cancel.check()
        if row.row in wrong:
            continue
        reference = " ".join(row.texts["finance_reference"].split())
        if reference in references or key_of(new, row) in keys:
            found.known += 1
            continue
        if reference and (first := numbered.setdefault(reference, row.row)) != row.row:
            words = f"Row {first} has the number {reference} too."
            found.mistakes.append(Mistake(row.row, "finance_reference", words, "A supplier is there once."))
            continue
        columns = _columns(ctx, row, new, categories, found)
        if columns is not None:
            _suspect(row.row, columns, marks, found)
            found.new.append((row.row, columns))
    found.mistakes.sort(key=lambda each: each.row)
    return found


def key_of(new: NewLoad, row: FileRow) -> str:
    """The key of a row, so that a file is loaded once."""
    return f"file:{new.file.sha256[:40]}:{row.row}"


def _columns(
    ctx: Context, row: FileRow, new: NewLoad, categories: dict[str, int], found: Found
) -> dict[str, Any] | None:
    texts = row.texts
    named, cis, terms = fold(texts["category"]), _CIS.get(fold(texts["cis"])), texts["terms_days"].strip()
    faults: list[tuple[str, str, str]] = []
    if named and named not in categories:
        faults.append(("category", f"There is no category {texts['category']}.", "Choose one of the list."))
    if cis is None:
        faults.append(("cis", f"'{texts['cis']}' is no CIS status.", "Registered, not registered, gross, or empty."))
    if terms and not (terms.isascii() and terms.isdigit()):
        faults.append(("terms_days", f"'{terms}' is no number of days.", "Such as 30."))
    lines = [part.strip() for part in texts["address"].replace("\n", ",").split(",")]
    address = [each for each in (*lines, texts["address_2"], texts["town"], texts["postcode"]) if each.strip()]
    plain = ("trading_as", "finance_reference", "contact", "phone", "email", "remittance_email", "note")
    numbers = ("company_number", "vat_number", "cis_reference")
    typed: dict[str, Any] = {name: texts[name] for name in (*plain, *numbers)}
    fields = SupplierFields(
        name=texts["name"],
        category_id=categories.get(named, new.category_id),
        address="\n".join(address),
        cis=cis or CisStatus.OUTSIDE,
        cis_verified_on=row.verified_on,
        terms_days=int(terms) if terms and not faults else _USUAL_TERMS,
        **typed,
    )
    columns: dict[str, Any] | None = None
    try:
        columns = checking.supplier(ctx, fields)
    except UserErrors as error:
        faults += [(each.field or "", each.message, each.hint) for each in error.errors]
    except UserError as error:
        faults.append((error.field or "", error.message, error.hint))
    found.mistakes += [Mistake(row.row, *fault) for fault in faults]
    return None if faults else columns


def _suspect(row: int, columns: dict[str, Any], marks: dict[str, dict[str, str]], found: Found) -> None:
    """Say what a row may be the same as, a supplier that is there or a row before; then it counts for those after it."""
    for mark, words in _MARKS:
        value = columns[mark]
        if value and (other := marks[mark].setdefault(value, f"row {row}")) != f"row {row}":
            found.suspected.append(Mistake(row, mark, f"It has {words} as {other}.", "Look whether it is the same."))
            return


def _there(ctx: Context) -> tuple[set[str], set[str], dict[str, dict[str, str]]]:
    """The finance numbers and keys of those that are there, and who has each mark."""
    columns = (
        Supplier.number,
        Supplier.name,
        Supplier.entry_key,
        Supplier.finance_reference,
        *(getattr(Supplier, mark) for mark, _ in _MARKS),
    )
    references: set[str] = set()
    keys: set[str] = set()
    marks: dict[str, dict[str, str]] = {mark: {} for mark, _ in _MARKS}
    for row in ctx.session.execute(select(*columns)):
        keys.add(row.entry_key)
        references.add(row.finance_reference)
        for mark, _words in _MARKS:
            marks[mark][getattr(row, mark)] = f"{rules.spelt_number(row.number)} {row.name}"
    return references - {""}, keys, marks


def _categories() -> Any:
    return select(PurchaseCategory.id, PurchaseCategory.name).where(PurchaseCategory.active)
