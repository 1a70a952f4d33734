"""A file of mandates looked through: every fault of every row at once, what to look at, and how each would be kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Final, TypeVar

from sqlalchemy import select

from app.models.accounts import Account
from app.models.imports import LoadBatch
from app.models.officers import Officer
from app.models.values import MandateState, MandateWay, Verdict
from app.services.bacs.dto import Checked, Destination, Masked
from app.services.bacs.modulus.loaded import checker
from app.services.bacs.rules import bacs_text, core_reference, destination
from app.services.core.card_refusal import refuse_card_number
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.direct_debits.mandates import conditions, payers, references, rules
from app.services.direct_debits.mandates.checking import refuse_digits
from app.services.direct_debits.mandates.importing.collecting import day_of
from app.services.direct_debits.mandates.importing.doubled import Doubled
from app.services.direct_debits.mandates.importing.dto import FileRow, LoadCheck, NewLoad, PreviewRow
from app.services.direct_debits.mandates.importing.known import Known, read_known
from app.services.direct_debits.mandates.writing import Made
from app.services.imports.dto import Mistake
from app.services.rent.rules import reference_key

KIND: Final = "mandates"
_SHOWN: Final = 500
"""Rows of the preview; mistakes are shown of all."""
_TEXTS: Final = ("payer_name", "bank_name", "branch", "note")
_T = TypeVar("_T")


@dataclass(slots=True)
class Looked:
    """What came of it: the mandates to be kept, with what is wrong and what to look at."""

    made: list[tuple[FileRow, Made]] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)
    warnings: list[Mistake] = field(default_factory=list)
    doubled: int = 0
    """How many rows pay an account that another mandate pays."""


def check(ctx: Context, new: NewLoad) -> LoadCheck:
    """What loading a file would do; nothing is kept."""
    found = look(ctx, new)
    shown = tuple(_shown(row, made) for row, made in found.made[:_SHOWN])
    mistakes = tuple(sorted(found.mistakes, key=lambda each: each.row))
    return LoadCheck(len(new.file.rows), mistakes, tuple(found.warnings), shown, found.doubled)


def look(ctx: Context, new: NewLoad) -> Looked:
    """Look a file through, row by row."""
    found = Looked(mistakes=[*_of_file(ctx, new), *new.file.mistakes])
    spoilt = {each.row for each in new.file.mistakes}
    known = read_known(ctx, new.file.rows)
    says = checker(ctx)
    doubled = Doubled(ctx, known)
    taken: set[str] = set()
    for at, row in enumerate(new.file.rows, 1):
        ctx.cancel.check()
        if not at % 100:
            ctx.progress(at, len(new.file.rows), "Looking through")
        if row.row in spoilt:
            continue
        one = _Row(ctx, known, row, found)
        made = one.read(says, taken, f"load:{new.file.sha256[:40]}:{row.row}")
        if made is None:
            continue
        taken.add(made.reference)
        found.made.append((row, one.beside_others(doubled, made, despite=new.despite)))
    return found


def _of_file(ctx: Context, new: NewLoad) -> Iterator[Mistake]:
    count = len(new.file.rows)
    if not count:
        yield Mistake(0, "file", "The file has no mandates.", "Fill its rows in first.")
    if count != new.declared_count:
        yield Mistake(
            0,
            "declared_count",
            f"You declared {new.declared_count:,} mandates; the file has {count:,}.",
            "See that it is the file you meant, and that no row is missing.",
        )
    before = (
        select(LoadBatch.loaded_at, Officer.name)
        .join(Officer, Officer.id == LoadBatch.officer_id)
        .where(LoadBatch.kind == KIND, LoadBatch.file_sha256 == new.file.sha256)
    )
    row = ctx.session.execute(before.order_by(LoadBatch.id)).first()
    if row is not None:
        day = row.loaded_at
        yield Mistake(
            0, "file", f"This very file was loaded on {day.day} {day:%b %Y} by {row.name}.", "Nothing needs to be done."
        )


class _Row:
    """One row on its way to a mandate."""

    def __init__(self, ctx: Context, known: Known, row: FileRow, found: Looked) -> None:
        self._ctx, self._known, self._row, self._found = ctx, known, row, found
        self._good = True

    def wrong(self, field_: str, message: str, hint: str = "") -> None:
        """Something of it is wrong."""
        self._good = False
        self._found.mistakes.append(Mistake(self._row.row, field_, message, hint))

    def read(self, says: Callable[[Destination], Checked], taken: set[str], key: str) -> Made | None:
        """The mandate that it is, or None where something is wrong."""
        row, ctx = self._row, self._ctx
        account = self._account(row.account, "account")
        beside = [self._account(each, "beside") for each in row.beside]
        to = self._try(lambda: _destination(row))
        name = self._try(lambda: payers.payer_name(row.payer_name))
        reference = self._try(lambda: self._reference(account, taken))
        address = self._try(lambda: payers.checked_address(row.payer_address.replace(",", "\n")))
        self._refuse_numbers(to)
        days = self._days()
        self._try(lambda: day_of(row))
        if to is None or name is None or reference is None or account is None:
            return None
        checked = says(to)
        if checked.refuses:
            self.wrong("account_number", checked.words, "Compare both with the payer's bank statement.")
        elif checked.verdict is Verdict.INVALID:
            self._warn("account_number", checked.words)
        person = self._payer(account, name)
        if not self._good or days is None:
            return None
        return Made(
            entry_key=key,
            account_id=account.id,
            reference=reference,
            way=MandateWay.LOADED,
            payer_name=name,
            destination=to,
            checked=checked,
            given_on=row.given_on or ctx.clock.today(),
            received_on=row.given_on or ctx.clock.today(),
            person_id=person,
            payer_address=address or "",
            beside=tuple(each.id for each in beside if each is not None),
            texts={"bank_name": row.bank_name, "branch": row.branch, "note": row.note},
            state=MandateState.LIVE,
            days=days,
        )

    def beside_others(self, doubled: Doubled, made: Made, *, despite: bool) -> Made:
        """The mandate, compared with the others that pay its accounts: the same twice is wrong, two have to be ticked."""
        same = doubled.same(made)
        others = [] if same else [*doubled.others(self._row, made)]
        if same:
            self.wrong("account", *same)
        for each in others:
            self._warn(*each)
        self._found.doubled += bool(others)
        doubled.add(self._row, made)
        return replace(made, despite=True) if others and despite else made

    def _refuse_numbers(self, to: Destination | None) -> None:
        for field_ in _TEXTS:
            self._try(partial(refuse_card_number, self._ctx, getattr(self._row, field_), "text", field_))
        if to is not None:
            texts = {each: getattr(self._row, each) for each in (*_TEXTS, "reference", "payer_address")}
            self._try(partial(refuse_digits, to, texts))

    def _account(self, reference: str, field_: str) -> Account | None:
        account = self._known.accounts.get(reference_key(reference))
        if account is None:
            self.wrong(field_, f"There is no account '{reference}'.", "Take the payment reference from Accounts.")
        elif account.id in self._known.shut:
            self.wrong(field_, f"You may not work on account {reference}.", "A colleague loads it.")
        elif why := conditions.refusal(self._ctx, account):
            self.wrong(field_, why, "Take the row out.")
        else:
            return account
        return None

    def _reference(self, account: Account | None, taken: set[str]) -> str | None:
        if not self._row.reference:
            return self._made_reference(account, taken) if account is not None else None
        refuse_card_number(self._ctx, self._row.reference, "reference", "reference")
        written = core_reference(self._row.reference)
        if written in self._known.used or written in taken:
            raise UserError(
                f"The reference {written} was used for a mandate already.", "None is used again.", "reference"
            )
        return written

    def _made_reference(self, account: Account, taken: set[str]) -> str:
        stem = references.stem_of(account)
        free = stem not in self._known.used and stem not in taken
        return stem if free else references.reference_for(self._ctx, account, taken)

    def _payer(self, account: Account, name: str) -> int | None:
        """The tenant who has this name, if one has; else letters go to the address given, or to the account's."""
        folded = bacs_text(name)
        people = self._known.tenants.get(account.tenancy_id or 0, [])
        for person in people:
            called = {payers.name_of(person), f"{person.first_name} {person.last_name}"}
            if folded in {bacs_text(each) for each in called}:
                if person.died_on is not None:
                    self.wrong("payer_name", "The payer is recorded as having died.", "Take the row out.")
                return person.id
        if not self._row.payer_address:
            self._warn(
                "payer_name", f"{name} is no tenant of {self._row.account}: letters go to the account's address."
            )
        return None

    def _days(self) -> dict[str, date | None] | None:
        row, today = self._row, self._ctx.clock.today()
        given = row.given_on or today
        last = row.last_collected_on or row.first_collected_on or given
        for field_ in ("given_on", "first_collected_on", "last_collected_on"):
            if (day := getattr(row, field_)) is not None and day > today:
                self.wrong(field_, "The day is still to come.", "Give one up to today.")
        if row.first_collected_on and row.last_collected_on and row.last_collected_on < row.first_collected_on:
            self.wrong("last_collected_on", "The last collection is before the first.", "Look at both days.")
        months = self._ctx.policy.number("direct_debits.dormant_months", today)
        lapsed = rules.dormant_on(last, months)
        if lapsed is not None and lapsed <= today:
            self.wrong(
                "last_collected_on",
                f"The bank saw nothing of it for {months} months: it has lapsed.",
                "Take the row out, and ask the payer for a new mandate.",
            )
        return {
            "lodged_on": given,
            "collect_from": today,
            "last_bank_on": last,
            "first_collected_on": row.first_collected_on or row.last_collected_on,
        }

    def _warn(self, field_: str, message: str) -> None:
        self._found.warnings.append(Mistake(self._row.row, field_, message))

    def _try(self, read: Callable[[], _T]) -> _T | None:
        try:
            return read()
        except UserError as error:
            self.wrong(error.field or "file", error.message, error.hint)
            return None


def _destination(row: FileRow) -> Destination:
    """The account at a bank; a number that lost its leading zeros in the spreadsheet is told so."""
    try:
        return destination(row.sort_code, row.account_number)
    except UserError as error:
        lost = error.field == "sort_code" and len(row.sort_code) < len("200000") and row.sort_code.isdigit()
        hint = "Leading zeros are lost where the column isn't text: format it as text, and type it again."
        raise UserError(error.message, hint if lost else error.hint, error.field) from None


def _shown(row: FileRow, made: Made) -> PreviewRow:
    code = "regular (17)" if made.days.get("first_collected_on") else "first (01)"
    bank = Masked(made.destination.account_number[-2:]).account_number
    return PreviewRow(row.row, row.account, made.payer_name, made.reference, bank, code)
