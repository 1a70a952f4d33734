"""What a profile has to say before it is kept: no session, no clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from app.services.core.errors import UserError
from app.services.reception_payments.files.layouts import (
    AmountForm,
    Field,
    Form,
    Keep,
    Layout,
    SignForm,
    dumped,
)
from app.services.reception_payments.files.reading.cells import DATES

SEPARATORS: Final = {"": "Found by itself", ",": "Comma", ";": "Semicolon", "\t": "Tab", "|": "Bar"}
ENCODINGS: Final = {"": "Found by itself", "utf-8-sig": "UTF-8", "cp1252": "Windows"}
FIELDS: Final[dict[Field, str]] = {
    Field.REFERENCE: "Reference",
    Field.SECOND: "Second reference",
    Field.AMOUNT: "Amount",
    Field.SIGN: "Sign",
    Field.DATE: "Day of payment",
    Field.TYPE: "Kind of line",
    Field.PAYER: "Payer",
    Field.NARRATIVE: "Text",
    Field.MARKER: "Number of the payment or cheque",
    Field.CURRENCY: "Currency",
}
FORMS: Final = {Form.DELIMITED: "Columns parted by a mark", Form.FIXED: "Columns of fixed width"}
AMOUNTS: Final = {
    AmountForm.POUNDS: "Pounds and pence (1,234.50)",
    AmountForm.IMPLIED: "Digits without a point (123450)",
}
SIGNS: Final = {
    SignForm.MINUS: "Minus in front (-12.00)",
    SignForm.TRAILING: "Minus behind (12.00-)",
    SignForm.BRACKETS: "Brackets ((12.00))",
    SignForm.CR_DR: "CR or DR behind (12.00 CR)",
    SignForm.COLUMN: "In a column of its own",
}
KEEPS: Final = {Keep.ALL: "All of it", Keep.DIGITS: "Digits", Keep.ALPHANUMERIC: "Letters and digits"}
_MOST: Final = 3_900
"""Characters of a kept layout (4,000 fit)."""
_NEEDED: Final = (Field.REFERENCE, Field.AMOUNT)
_WIDEST, _MOST_SKIPPED, _MOST_DECIMALS, _MOST_WORD = 2_000, 50, 4, 60


def faults(layout: Layout) -> Iterator[UserError]:
    """What is wrong with a layout, each beside its field."""
    yield from _columns(layout)
    yield from _shape(layout)
    if layout.sign is SignForm.COLUMN and (layout.column(Field.SIGN) is None or not layout.minus_words):
        yield UserError("Say which column has the sign, and what it says for minus.", field="minus_words")
    if layout.column(Field.DATE) is not None and layout.date_format not in DATES:
        yield UserError("Say how days are written.", "Look at a few in the file: which comes first?", "date_format")
    if layout.column(Field.DATE) is None and layout.date_format:
        yield UserError(
            "There is no column for the day of payment.", "Add it, or choose that the day is typed.", "columns"
        )
    if not layout.code and not layout.codes:
        yield UserError("Say under which code the payments go.", field="code")
    if layout.codes and layout.column(Field.TYPE) is None:
        yield UserError("There is no column for the kind of line, by which codes are chosen.", field="codes")
    kinds = Counter(word.casefold() for word, _ in layout.codes)
    for word in (*(word for word, times in kinds.items() if times > 1), *_both(layout)):
        yield UserError(f"The kind '{word}' is there twice.", "Leave it once.", "codes")
    if len(dumped(layout)) > _MOST:
        yield UserError("The profile says more than can be kept.", "Leave out kinds that don't come.", "codes")


def _both(layout: Layout) -> Iterator[str]:
    over = {word.casefold() for word in layout.passed_over}
    return (word for word, _ in layout.codes if word.casefold() in over)


def _columns(layout: Layout) -> Iterator[UserError]:
    fields = Counter(each.field for each in layout.columns)
    for field in _NEEDED:
        if field not in fields:
            yield UserError(f"There is no column for the {FIELDS[field].lower()}.", field="columns")
    for field, times in fields.items():
        if times > 1:
            yield UserError(f"Two columns are both the {FIELDS[field].lower()}.", "Leave one.", "columns")
    for each in layout.columns:
        what = FIELDS[each.field]
        if layout.form is Form.FIXED and not (0 < each.place <= _WIDEST and 0 < each.length <= _WIDEST):
            yield UserError(f"{what}: say at which character it begins, and how many it has.", field="columns")
        elif layout.form is Form.DELIMITED and layout.headings and not each.place and not each.heading.strip():
            yield UserError(f"{what}: say its heading, or its number.", field="columns")
        elif layout.form is Form.DELIMITED and not layout.headings and not 0 < each.place <= _WIDEST:
            yield UserError(f"{what}: say which column it is, counted from 1.", field="columns")
        if each.not_card and each.field is not Field.MARKER:
            yield UserError(f"{what}: only numbers of payments may look like card numbers.", field="columns")


def _shape(layout: Layout) -> Iterator[UserError]:
    if layout.separator not in SEPARATORS or layout.encoding not in ENCODINGS:
        yield UserError("Choose the separator and the characters from the lists.", field="separator")
    if not 0 <= layout.skip <= _MOST_SKIPPED:
        yield UserError(f"At most {_MOST_SKIPPED} lines are skipped.", field="skip")
    if not 0 <= layout.decimals <= _MOST_DECIMALS:
        yield UserError(f"An amount has up to {_MOST_DECIMALS} decimals.", field="decimals")
    at = layout.trailer
    if not at.mark and (at.count_at or at.total_at):
        yield UserError("Say how the trailer begins.", "Such as T, or TRL.", "trailer")
    lacks = (at.count_at and not at.count_length) or (at.total_at and not at.total_length)
    if layout.form is Form.FIXED and lacks:
        yield UserError("Say how many characters the trailer's numbers have.", field="trailer")
    if at.mark and at.mark == layout.header_mark:
        yield UserError("Headers and the trailer begin alike.", "They couldn't be told apart.", "trailer")
    words = (layout.header_mark, at.mark, layout.clean_up.prefix, *layout.minus_words, *layout.passed_over)
    if any(len(word) > _MOST_WORD for word in (*words, *(word for word, _ in layout.codes))):
        yield UserError(f"A word of the file may have {_MOST_WORD} characters.", field="codes")
