"""The sheets of suppliers: a new one with those that are like it beside, a change, holds, contracts, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.purchase_orders.suppliers.contracts_dto import ContractFields, ContractRow
from app.services.purchase_orders.suppliers.dto import (
    CIS,
    SCOPES,
    BlockRow,
    NewBlock,
    NewSupplier,
    SupplierDetail,
    SupplierFields,
    SupplierForm,
)
from app.views.common.dialogs import Sheet
from app.views.common.effects import WorkSheet
from app.views.common.fields import AreaField, ChoiceField, LineField, TickField
from app.views.common.fields_count import CountField
from app.views.common.fields_dates import DateField
from app.views.common.fields_money import MoneyField
from app.views.common.fields_ticks import TicksField
from app.views.common.record_form import FormSheet
from app.views.common.theme import scaled
from app.views.purchase_orders.offered import with_standing
from app.views.purchase_orders.supplier_table import block_words, scope_names, scopes_of

_NAME, _REFERENCE, _EMAIL, _TEXT, _WIDE = 120, 40, 254, 400, 600
Add = Callable[..., Any]


def _add_fields(add: Add, form: SupplierForm, now: tuple[int, str] | None = None) -> None:
    """The fields of a supplier, in the order in which they are typed; `now`: the category that it has."""
    add("name", "&Name", LineField(_NAME), "As on its invoices")
    add("trading_as", "&Trading as", LineField(_NAME))
    add("category_id", "Cate&gory", ChoiceField(with_standing(form.categories, now)))
    add("address", "&Address", AreaField(_TEXT, height=84), "Lines under each other, the postcode last")
    add("contact", "&Contact", LineField(_NAME))
    add("phone", "Tele&phone", LineField(_REFERENCE), "It is called back before bank details change")
    add("email", "&E-mail for orders", LineField(_EMAIL))
    add("remittance_email", "E-mail for re&mittances", LineField(_EMAIL))
    add("vat_number", "&VAT number", LineField(20), "Empty where it isn't registered")
    add("company_number", "Compan&y number", LineField(20))
    add("finance_reference", "&Finance number", LineField(_REFERENCE), "What the finance system calls it")
    add("terms_days", "&Days of credit", CountField("days of credit", least=0, required=True))
    add("cis", "C&IS", ChoiceField([(words, status) for status, words in CIS.items()]))
    add(
        "cis_reference",
        "Verificati&on",
        LineField(_REFERENCE),
        "HMRC's number, of one that is registered or paid gross",
    )
    add("cis_verified_on", "Verified on", DateField(lambda: form.today))
    add("individual", "", TickField("A person: the name isn't p&ublished"))
    add("note", "Note", AreaField(_TEXT, height=56))


class NewSupplierSheet(WorkSheet):
    """Another supplier; those that it may be are told beside it."""

    def __init__(self, parent: QWidget, form: SupplierForm) -> None:
        note = "Look at the right before you save: one supplier twice is paid twice."
        super().__init__(parent, "New supplier", save="Keep it", note=note, width=1000)
        self._key = f"supplier:{uuid4().hex}"
        self.fields = fields = self.form()
        fields.add("alike_seen", "", TickField("I looked at those at the right: it is none of tho&se"))
        _add_fields(fields.add, form)
        fields.fill({"terms_days": 30})
        fields.setRowVisible(fields.labels["alike_seen"], False)
        self.begin_at(fields.field("name"))
        self.effects.told.connect(self._offer_tick)

    def command(self) -> NewSupplier | None:
        """What is typed; None while it can't be told."""
        values = self.fields.values()
        seen = bool(values.pop("alike_seen"))
        if values["terms_days"] is None or values["category_id"] is None:
            return None
        return NewSupplier(self._key, SupplierFields(**values), seen)

    def _offer_tick(self, told: Sequence[Any]) -> None:
        """Where some are like it, the officer says that it is none of them."""
        self.fields.setRowVisible(self.fields.labels["alike_seen"], any(each.warns for each in told))


class SupplierSheet(FormSheet):
    """What is known of a supplier, changed."""

    def __init__(self, parent: QWidget, found: SupplierDetail, form: SupplierForm) -> None:
        title = f"{found.row.number} {found.row.name}"
        note = "Bank details are changed apart, with a call back and a second officer."
        super().__init__(parent, title, note=note, width=680)
        _add_fields(self.record.add, form, (found.fields.category_id, found.row.category))


class BlockSheet(Sheet):
    """A hold on a supplier."""

    def __init__(self, parent: QWidget, found: SupplierDetail, today: date) -> None:
        note = "Each step says so in words while it stands. It ends by itself on the day that you name."
        super().__init__(parent, f"Block {found.row.name}", primary="Block it", note=note)
        self.about = (Subject.SUPPLIER, found.row.supplier_id)
        self._found = found
        self.fields = fields = self.form()
        fields.add("scopes", "&For", TicksField(scope_names(), height=100))
        fields.add("from_on", "F&rom", DateField(lambda: today, required=True))
        fields.add(
            "release_on", "&Until", DateField(lambda: today), "The first day on which it is free; empty: until released"
        )
        fields.add("reason", "&Why", AreaField(_TEXT, height=64))
        fields.fill({"from_on": today, "scopes": (scope_names()[0],)})
        self.resize(scaled(_WIDE), self.height())

    def command(self) -> NewBlock | None:
        """What is asked for; None while a field can't be taken."""
        if not self.fields.check():
            return None
        values = self.fields.values()
        scopes = scopes_of(values["scopes"])
        return NewBlock(self._found.row.supplier_id, scopes, values["from_on"], values["reason"], values["release_on"])


class ReleaseSheet(Sheet):
    """A hold is released."""

    def __init__(self, parent: QWidget, found: SupplierDetail) -> None:
        super().__init__(parent, f"Release {found.row.name}", primary="Release it")
        self.about = (Subject.SUPPLIER, found.row.supplier_id)
        standing = [each for each in found.blocks if each.may_end]
        self.fields = self.form()
        self.fields.add("block", "Whi&ch", ChoiceField([(_block(each), each) for each in standing]))
        self.fields.add("reason", "&Why", AreaField(_TEXT, height=64))
        self.resize(scaled(_WIDE), self.height())

    def command(self) -> tuple[BlockRow, str]:
        """The hold, and why."""
        values = self.fields.values()
        return values["block"], values["reason"]


class ReasonSheet(Sheet):
    """Why something is done."""

    def __init__(self, parent: QWidget, title: str, does: str, note: str, about: int) -> None:
        super().__init__(parent, title, primary=does, note=note)
        self.about = (Subject.SUPPLIER, about)
        self.fields = self.form()
        self.fields.add("reason", "&Why", AreaField(_TEXT, height=64))
        self.resize(scaled(_WIDE), self.height())

    def command(self) -> str:
        """Why."""
        return str(self.fields.values()["reason"])


def _add_contract(add: Add, form: SupplierForm, now: tuple[int, str] | None = None) -> None:
    add("number", "&Number", LineField(_REFERENCE))
    add("title", "&For", LineField(200))
    add("starts_on", "F&irst day", DateField(lambda: form.today, required=True))
    add("ends_on", "&Last day", DateField(lambda: form.today, required=True))
    add("value", "Wo&rth", MoneyField(required=True), "Over its whole time, before VAT")
    add("warn_days", "&Warn", CountField("days before its end", least=0, required=True), "Days before its last day")
    add("holder_id", "&Holder", ChoiceField([("Nobody", None), *with_standing(form.officers, now)]))
    add("note", "N&ote", AreaField(_TEXT, height=56))


class NewContractSheet(Sheet):
    """Another contract with a supplier."""

    def __init__(self, parent: QWidget, found: SupplierDetail, form: SupplierForm) -> None:
        super().__init__(parent, f"New contract with {found.row.name}", primary="Keep it")
        self.about = (Subject.SUPPLIER, found.row.supplier_id)
        self.fields = self.form()
        _add_contract(self.fields.add, form)
        self.fields.fill({"warn_days": 90})
        self.resize(scaled(_WIDE), self.height())

    def command(self) -> ContractFields | None:
        """What is typed; None while a field can't be taken."""
        return ContractFields(**self.fields.values()) if self.fields.check() else None


class ContractSheet(FormSheet):
    """A contract, changed."""

    def __init__(self, parent: QWidget, title: str, form: SupplierForm, shown: ContractRow) -> None:
        super().__init__(parent, title, width=_WIDE)
        _add_contract(self.record.add, form, (shown.holder_id, shown.holder) if shown.holder_id else None)


def _block(each: BlockRow) -> str:
    return f"{SCOPES[each.scope]}, {block_words(each).lower()}"
