"""Single cells of a file of receipts, read as its layout says and in no other way."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final

from app.models.values import Money, MoneyError
from app.services.imports.values import CellError, read_code, read_date, read_money
from app.services.reception_payments.files.layouts import AmountForm, CleanUp, Keep, Layout, SignForm

Read = Callable[[Any], Any]
CURRENCIES: Final = frozenset({"GBP", "826", "£", "STG"})
"""What a currency column may say: pounds sterling, by their letters, their number in ISO 4217, or their sign."""
_EARLIEST: Final = date(1990, 1, 1)
_MOST_REFERENCE: Final = 60
_LAST_WORD: Final = re.compile(r"\s*\b(CR|DR)\.?$", re.IGNORECASE)
_FOREIGN: Final = re.compile(r"[$€¥]|\b(?:EUR|USD|CHF)\b", re.IGNORECASE)
_SHOWN: Final[dict[str, str]] = {
    "%d/%m/%Y": "31/12/2026",
    "%d/%m/%y": "31/12/26",
    "%d-%m-%Y": "31-12-2026",
    "%d.%m.%Y": "31.12.2026",
    "%d%m%Y": "31122026",
    "%d%m%y": "311226",
    "%Y-%m-%d": "2026-12-31",
    "%Y%m%d": "20261231",
    "%y%m%d": "261231",
    "%m/%d/%Y": "12/31/2026",
    "%d-%b-%Y": "31-Dec-2026",
    "%d %b %Y": "31 Dec 2026",
}
DATES: Final = _SHOWN
"""How a day can be written, by the format of strptime, with an example."""


def reader_of_amounts(layout: Layout) -> Read:
    """Reads an amount into pence without the word of a sign column; raises CellError with a sentence."""
    if layout.amount is AmountForm.IMPLIED:
        return lambda raw: _implied(raw, layout)
    return lambda raw: _pounds(raw, layout.sign)


def reader_of_dates(layout: Layout) -> Read:
    """Reads a day as the layout writes it; raises CellError with a sentence."""
    return lambda raw: _date(raw, layout.date_format)


def reader_of_references(clean_up: CleanUp) -> Callable[[Any], str]:
    """Reads a reference as it is looked up: capitals, no spaces, cleaned as the layout says; empty where there is none."""

    def read(raw: Any) -> str:
        if raw is None:
            return ""
        text = "".join(read_code(raw).upper().split())
        return cleaned(text, clean_up)

    return read


def cleaned(text: str, clean_up: CleanUp) -> str:
    """A reference without what the layout takes off it."""
    if clean_up.prefix and text.startswith(clean_up.prefix.upper()):
        text = text[len(clean_up.prefix) :]
    if clean_up.keep is Keep.DIGITS:
        text = "".join(each for each in text if each.isdigit())
    elif clean_up.keep is Keep.ALPHANUMERIC:
        text = "".join(each for each in text if each.isalnum())
    if clean_up.last:
        text = text[-clean_up.last :]
    return text.lstrip("0") if clean_up.zeros else text


def given(raw: Any) -> str:
    """A reference as it was given, for an officer to read."""
    return "" if raw is None else read_code(raw)[:_MOST_REFERENCE]


def read_currency(raw: Any) -> str:
    """Nothing but pounds sterling."""
    text = "" if raw is None else read_code(raw).upper()
    if text and text not in CURRENCIES:
        raise CellError(f"The currency is {text}: only pounds sterling can go on an account.")
    return text


def fits(text: str, form: str) -> bool:
    """Whether a text is a day in this format."""
    try:
        _date(text, form)
    except CellError:
        return False
    return True


def _date(raw: Any, form: str) -> date:
    if isinstance(raw, date):
        return read_date(raw)
    text = read_code(raw)
    try:
        found = datetime.strptime(text.split("T")[0] if "T" in text else text, form).date()  # noqa: DTZ007  a day
    except ValueError as error:
        raise CellError(
            f"'{text}' is no day as the profile has it, which would be like {_SHOWN.get(form, form)}."
        ) from error
    if found < _EARLIEST:
        raise CellError(f"'{text}' is in the year {found.year}, which can't be right.")
    return found


def _pounds(raw: Any, sign: SignForm) -> int:
    if isinstance(raw, int | float):
        return read_money(raw)
    text = read_code(raw)
    _refuse_foreign(text)
    body, minus = _parted(text, sign)
    try:
        pence = Money.parse(body).pence
    except MoneyError as error:
        raise CellError(str(error)) from error
    if pence < 0:
        raise CellError(f"'{text}' has two signs.")
    return -pence if minus else pence


def _parted(text: str, sign: SignForm) -> tuple[str, bool]:
    """The amount without its sign, and whether it is negative; a sign in another way than the layout's is refused."""
    marks = {
        SignForm.MINUS: text[:1] in "-+",
        SignForm.TRAILING: text[-1:] in "-+",
        SignForm.BRACKETS: text.startswith("(") and text.endswith(")"),
        SignForm.CR_DR: _LAST_WORD.search(text) is not None,
    }
    found = [form for form, there in marks.items() if there and text]
    if found and found != [sign]:
        raise CellError(f"'{text}' has a sign that the profile doesn't know.")
    if not found:
        return text, False
    match sign:
        case SignForm.MINUS:
            return text[1:].strip(), text[0] == "-"
        case SignForm.TRAILING:
            return text[:-1].strip(), text[-1] == "-"
        case SignForm.BRACKETS:
            return text[1:-1].strip(), True
        case _:
            return _LAST_WORD.sub("", text).strip(), text.rstrip(".").upper().endswith("DR")


def _implied(raw: Any, layout: Layout) -> int:
    if isinstance(raw, float) and not raw.is_integer():
        raise CellError(f"{raw} has decimals, and the profile has amounts without a point.")
    text = read_code(raw)
    _refuse_foreign(text)
    body, minus = _parted(text, layout.sign)
    if not body.isascii() or not body.isdigit():
        raise CellError(
            f"'{text}' is no amount as the profile has it: digits without a point, the last of them decimals."
        )
    number = int(body)
    if layout.decimals > 2:
        pence, rest = divmod(number, 10 ** (layout.decimals - 2))
        if rest:
            raise CellError(f"'{text}' has a part of a penny.")
    else:
        pence = number * 100 // 10**layout.decimals
    return int(-pence if minus else pence)


def _refuse_foreign(text: str) -> None:
    if found := _FOREIGN.search(text):
        raise CellError(f"'{text}' is in another currency ({found[0]}): only pounds sterling can go on an account.")
