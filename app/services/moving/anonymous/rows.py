"""Rows on their way into an anonymised copy: each column by its class, and what hangs together in a row together."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from app.models.tables import metadata
from app.services.core.keys import Key
from app.services.moving.anonymous.classes import EMPTIED, Fate, by_name, fates
from app.services.moving.anonymous.files import left_out
from app.services.moving.anonymous.words import LEFT_OUT, Words
from app.services.moving.copying import Row

_MOST_DAYS: Final = 300
_PLAIN_KEY: Final = re.compile(r"[\d,:-]*")
_VALUE: Final = re.compile(
    r"-?£?-?[\d,]+(?:\.\d+)?(?: ?(?:DR|CR|%))?|\d{4}-\d{2}-\d{2}(?:T[\d:.+Z]+)?|\d{1,2} [A-Z][a-z]{2} \d{4}|True|False|None"
)
_MOST_DIGITS: Final = 7
"""A number of more digits in a text may be somebody's."""
_SYSTEM: Final = "system"


@dataclass(frozen=True, slots=True)
class Secrets:
    """What a copy is made with beside its words.

    Attributes:
        key: the copy's own, to seal with.
        hashed: its keyed hash, of a text about something.
        password_hash: of the one password that every officer of the copy has.
        administrator: the officer who is given the sign-in name of whoever makes the copy; 0 where there is none.
        username: that name.
    """

    key: Key
    hashed: Callable[[str, str], str]
    password_hash: str
    administrator: int
    username: str


@dataclass(frozen=True, slots=True)
class Common:
    """What so many say that nobody can be told by it.

    Attributes:
        known: words of fixed lists and codes.
        narratives: of entries, that stand on several accounts.
        shapes: of journals' narratives and sources, without their digits, that several journals have.
    """

    known: frozenset[str]
    narratives: frozenset[str]
    shapes: frozenset[str]


def shape(text: str) -> str:
    """A text without its digits."""
    return re.sub(r"[\da-f]{8,}|\d+", "#", text)


class Changer:
    """Changes portions of rows, table by table; `documents` names each document's stand-in by its SHA-256."""

    def __init__(self, words: Words, secrets: Secrets, documents: Mapping[str, str], common: Common) -> None:
        self._words, self._secrets, self._documents, self._common = words, secrets, documents, common
        self._officers: dict[str, int] = {}
        self._by_fate: dict[Fate, Callable[[str], str]] = {
            Fate.MADE: words.sentence,
            Fate.TAG: self._tag,
            Fate.DIGEST: self._digest,
            Fate.REFERENCE: words.reference,
            Fate.COMPUTER: lambda text: f"computer-{words.number(text, 900, 'computer') + 100}",
            Fate.LOGIN: lambda text: f"login-{words.number(text, 900, 'login') + 100}",
            Fate.USERNAME: self._username,
            Fate.TOWN: words.name,
            Fate.STREET: words.address,
            Fate.ADDRESS: words.address,
            Fate.POSTCODE: words.postcode,
            Fate.PHONE: words.phone,
            Fate.EMAIL: words.email,
            Fate.NAME: words.name,
            Fate.VALUES: self._value,
            Fate.FREE: _free,
        }
        self._special: dict[str, Callable[[Row, Row], None]] = {
            "account": self._account,
            "approval_detail": self._approval_detail,
            "audit_entry": self._audit,
            "credential": self._credential,
            "document": self._document,
            "entry": self._entry,
            "journal": self._journal,
            "task": self._task,
            "landlord": self._landlord,
            "officer": self._officer,
            "person": self._person,
            "council_bank": self._council_bank,
            "visit_incident": self._incident,
            **dict.fromkeys(("bank_detail", "mandate_bank", "supplier_bank"), self._bank),
            "bank_report_item": self._report_item,
        }

    def know_officers(self, usernames: Mapping[str, int]) -> None:
        """Who had which sign-in name, so that the log of signing in names the same officers."""
        self._officers = dict(usernames)

    def change(self, table: str, rows: list[Row]) -> list[Row]:
        """What becomes of a portion of rows."""
        if table in EMPTIED:
            return []
        plan = [
            (column.name, fates().get((table, column.name)), _length(column)) for column in metadata.tables[table].c
        ]
        special = self._special.get(table)
        changed = []
        for row in rows:
            made = {name: self.value(row[name], fate, length) for name, fate, length in plan}
            if special is not None:
                special(row, made)
            changed.append(made)
        return changed

    def value(self, value: Any, fate: Fate | None, length: int | None = None) -> Any:
        """What becomes of one value; what a row has to say about it comes after."""
        if fate is Fate.EMPTY and value is not None:
            return None if isinstance(value, bytes) else ""
        if value in {None, ""} or not isinstance(value, str) or fate in {None, Fate.KEPT}:
            return value
        if fate is Fate.JSON:
            return self._json(value, "", length)
        assert fate is not None
        make = self._by_fate.get(fate)
        made = make(value) if make else value
        return made if length is None else made[:length]

    def _digest(self, text: str) -> str:
        return self._documents.get(text) or self._words.hash(text, "digest")[: len(text)]

    def _tag(self, text: str) -> str:
        return self._documents.get(text) or (text if _PLAIN_KEY.fullmatch(text) else self._words.tag(text))

    def _username(self, text: str) -> str:
        number = self._officers.get(text)
        if text == _SYSTEM:
            return text
        if number is not None and number == self._secrets.administrator:
            return self._secrets.username
        return f"officer{number}" if number is not None else "nobody"

    def _value(self, text: str) -> str:
        plain = _VALUE.fullmatch(text) and sum(map(str.isdigit, text)) <= _MOST_DIGITS + 7 * ("-" in text)
        return text if plain or text in self._common.known else LEFT_OUT

    # What goes by the names of fields

    def _json(self, text: str, table: str, length: int | None, person: int = 0) -> str:
        try:
            told = json.loads(text)
        except ValueError:
            return _free(text)[:length]
        made = json.dumps(self._field(told, table, "", person), ensure_ascii=False, sort_keys=True)
        return made if length is None or len(made) <= length else "{}"

    def _field(self, value: Any, table: str, name: str, person: int) -> Any:
        if isinstance(value, dict):
            return {self._field_name(key): self._field(each, table, key, person) for key, each in value.items()}
        if isinstance(value, list):
            return [self._field(each, table, name, person) for each in value]
        if not isinstance(value, str) or not value:
            return value
        if name == "date_of_birth":
            return self._born(date.fromisoformat(value), person).isoformat() if len(value) == 10 else ""
        fate = fates().get((table, name)) or by_name().get(name)
        if fate in {Fate.LAST_TWO, Fate.EMPTY, Fate.SEALED, Fate.CONTENT}:
            return ""
        if fate in {None, Fate.JSON, Fate.FINGERPRINT}:
            return self._value(value)
        return self._words.sentence(value) if fate is Fate.KEPT else self.value(value, fate)

    def _field_name(self, key: str) -> str:
        return key if key.isidentifier() or _PLAIN_KEY.fullmatch(key) else self._words.sentence(key)

    # What a row says of its columns

    def _account(self, row: Row, made: Row) -> None:
        if row["control_key"]:
            made["name"] = self._words.sentence(row["name"])

    def _approval_detail(self, row: Row, made: Row) -> None:
        """After a colon a label goes on with what an officer called it."""
        made["label"] = self._words.sentence(row["label"].partition(":")[0])

    def _audit(self, row: Row, made: Row) -> None:
        table, key = row["table_name"], row["row_key"]
        person = int(key) if table == "person" and key.isdigit() else 0
        for name in ("before", "after"):
            made[name] = row[name] and self._json(row[name], table, None, person)

    def _credential(self, _row: Row, made: Row) -> None:
        made |= {
            "password_hash": self._secrets.password_hash,
            "must_change": False,
            "failed_tries": 0,
            "locked_until": None,
        }

    def _document(self, row: Row, made: Row) -> None:
        made["content"], made["media_type"] = left_out(self._words.hash(row["sha256"], "document"), row["media_type"])
        made["size"] = len(made["content"])
        made["sha256"] = hashlib.sha256(made["content"]).hexdigest()

    def _entry(self, row: Row, made: Row) -> None:
        """A narrative that stands on few accounts may be what an officer typed."""
        if row["narrative"] not in self._common.narratives:
            made["narrative"] = ""

    def _journal(self, row: Row, made: Row) -> None:
        for name in ("narrative", "source"):
            if shape(row[name]) not in self._common.shapes:
                made[name] = "" if name == "narrative" else str(row["kind"].value)

    def _task(self, row: Row, made: Row) -> None:
        """Of a recurring task the title is the office's own; of another one, what somebody typed."""
        if not row["template"]:
            made["title"] = LEFT_OUT

    def _landlord(self, _row: Row, made: Row) -> None:
        made["name"] = "Training copy"

    def _officer(self, row: Row, made: Row) -> None:
        if row["username"] == _SYSTEM:
            made |= {"name": row["name"], "email": row["email"]}

    def _person(self, row: Row, made: Row) -> None:
        if row["date_of_birth"]:
            made["date_of_birth"] = self._born(row["date_of_birth"], row["id"])

    def _born(self, day: date, person: int) -> date:
        days = self._words.number(str(person), 2 * _MOST_DAYS, "born") - _MOST_DAYS
        return day + timedelta(days or _MOST_DAYS)

    def _numbers(self, told: str) -> tuple[str, str]:
        """A sort code that no bank has, and an account number."""
        return (
            f"00{self._words.number(told, 10_000, 'sort code'):04d}",
            f"{self._words.number(told, 10**8, 'account'):08d}",
        )

    def _sealed(self, numbers: tuple[str, str], about: str) -> bytes:
        return self._secrets.key.seal(json.dumps([*numbers, ""]).encode(), about)

    def _bank(self, row: Row, made: Row) -> None:
        table = next(each for each in ("mandate_bank", "supplier_bank", "bank_detail") if _is_of(row, each))
        if row["sealed"] is None:
            return
        numbers = self._numbers(row["fingerprint"])
        made["sealed"] = self._sealed(numbers, f"{table}:{row['id']}")
        made["fingerprint"] = self._secrets.hashed("|".join((*numbers, "")), "bank details")
        made["last_two"] = numbers[1][-2:]
        if "sort_hash" in row:
            made["sort_hash"] = self._secrets.hashed(numbers[0], "sort code")

    def _report_item(self, row: Row, made: Row) -> None:
        numbers = self._numbers(row["fingerprint"] or str(row["id"]))
        made["last_two"] = numbers[1][-2:] if row["last_two"] else ""
        made["fingerprint"] = (
            self._secrets.hashed("|".join((*numbers, "")), "bank details") if row["fingerprint"] else ""
        )
        made["new_last_two"] = numbers[1][-2:] if row["new_last_two"] else ""
        if row["new_sealed"] is not None:
            made["new_sealed"] = self._sealed(numbers, f"bank_report_item:{row['id']}")

    def _council_bank(self, row: Row, made: Row) -> None:
        digits = "".join(self._numbers(row["mark"]))
        made["sealed"] = self._secrets.key.seal(digits.encode(), f"council_bank:{row['id']}")
        made["tail"], made["mark"] = digits[-2:], self._secrets.hashed(digits, "council_bank")

    def _incident(self, row: Row, made: Row) -> None:
        made["sealed"] = self._secrets.key.seal(f"{LEFT_OUT}.".encode(), f"visit_incident:{row['id']}")


def _is_of(row: Row, table: str) -> bool:
    """Whether a row is of this table, by its columns."""
    return row.keys() == {column.name for column in metadata.tables[table].c}


def _free(text: str) -> str:
    return f"{LEFT_OUT} ({len(text):,} characters)" if len(text) > 60 else LEFT_OUT


def _length(column: Any) -> int | None:
    return getattr(column.type, "length", None)
