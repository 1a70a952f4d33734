"""Made-up words, numbers and addresses: the same thing becomes the same everywhere in one copy, and never in another.

Everything is worked out from a secret that is thrown away when the copy is done, so that nobody can work it back.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from typing import Final

from app.services.core.folding import fold

LEFT_OUT: Final = "Left out of this copy"
_PARTS: Final = (
    "ba ce di fo gu ha ji ko lu ma ne pi qo ra su ti vo wa xe zy zor vex quin tarq lix bren dov kes mur yol".split()
)
_STAY: Final = frozenset(
    "mr mrs ms miss mx dr rev sir lady lord prof and or of the for de to in at with no rent ltd limited plc llp cic co company "
    "council flat house apartment room floor block garage unit plot road rd street st lane ln avenue ave close court crescent "
    "drive gardens green grove hill mews park place row square terrace view walk way yard north south east west upper lower old "
    "new executors executor personal representatives estate late trustees tenant occupier landlord income charge charges "
    "services service housing".split()
)
"""Words of names and addresses that name nobody."""
_WORD: Final = re.compile(r"[^\W\d_]+")
_DIGITS: Final = re.compile(r"\d{3,}")
_LONG_DIGITS: Final = re.compile(r"\d{5,}")
_POSTCODE: Final = re.compile(r"\b([A-Za-z]{1,2}\d[A-Za-z\d]?)( ?)(\d[A-Za-z]{2})\b")
_KIND: Final = re.compile(r"[a-z][a-z_ -]*:")
_EMAIL: Final = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE: Final = re.compile(r"(?<![\w£])(?:\+44 ?|0)\d(?:[ -]?\d){8,10}(?!\d)")
_DRAMA: Final = (
    "0113 496 0,0114 496 0,0115 496 0,0116 496 0,0117 496 0,0118 496 0,0121 496 0,0131 496 0,0141 496 0".split(",")
)
"""The beginnings of numbers that Ofcom keeps for drama; three digits follow."""
_MOBILE: Final = "07700 900"
_ROUNDS: Final = 6
_LETTERS: Final = "ABDEFGHJLNPQRSTUWXYZ"


class Words:
    """The made-up words of one copy.

    Args:
        secret: of this copy alone.
        personal: folded words of names and addresses of the source, postcodes without spaces and telephone numbers as digits:
            none of them is ever made up, and sentences are looked through for them.
    """

    def __init__(self, secret: bytes, personal: frozenset[str] = frozenset()) -> None:
        self._secret = secret
        self._personal = personal
        self._made: dict[str, str] = {}
        self._taken: set[str] = set()

    def hash(self, text: str, about: str = "") -> str:
        """A keyed hash of a text, of 64 characters."""
        return hmac.new(self._secret, f"{about}|{text}".encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()

    def number(self, text: str, below: int, about: str = "") -> int:
        """A number under `below` that stands for a text."""
        return int(self.hash(text, about)[:16], 16) % below

    def word(self, token: str) -> str:
        """A made-up word for a word, in its script, of its length and with its capitals."""
        key = token.casefold()
        if key not in self._made:
            self._made[key] = self._make(key)
        return _as_written(self._made[key], token)

    def name(self, text: str) -> str:
        """A name, word by word; titles and words such as `Ltd` stay, and so do initials but for their letter."""
        return self._digits(_WORD.sub(lambda found: self._part(found[0]), text), _DIGITS)

    def address(self, text: str) -> str:
        """An address, line by line: streets and towns word by word, other house numbers, a postcode that isn't in use."""
        return _PHONE_OR_CODE.sub(lambda found: self._coded(found[0]), text) if _has_code(text) else self._street(text)

    def postcode(self, text: str) -> str:
        """A postcode of an area that doesn't exist; those of one district stay together."""
        return _POSTCODE.sub(self._postcode, text) if _POSTCODE.search(text) else self.name(text)

    def phone(self, text: str) -> str:
        """A number that is kept for drama."""
        digits = plain_number(text)
        if len(digits) < 7:
            return self._digits(text, _DIGITS)
        for attempt in range(99):
            ends = f"{self.number(digits, 1_000, f'phone{attempt}'):03d}"
            begins = _MOBILE if digits.startswith("07") else _DRAMA[self.number(digits, len(_DRAMA), f"area{attempt}")]
            made = begins + ends
            if plain_number(made) not in self._personal:
                break
        return f"+44{plain_number(made)[1:]}" if text.startswith("+44") else made

    def email(self, text: str) -> str:
        """An address at example.org."""
        own, _, _domain = text.partition("@")
        return f"{self.name(own).replace(' ', '.') or 'somebody'}@example.org"

    def reference(self, text: str) -> str:
        """A reference with its digits exchanged one for one: as unique as before, and as long."""
        words = _WORD.sub(lambda found: self.word(found[0]) if self.is_personal(found[0]) else found[0], text)
        return self._digits(words, _DIGITS)

    def sentence(self, text: str) -> str:
        """A sentence of the program's, with whatever is personal in it made up as it is everywhere else."""
        return _ANY.sub(self._in_sentence, text)

    def tag(self, text: str) -> str:
        """A key as it is, where nothing in it is personal; else a hash of it, after the word of the program it begins with."""
        kind = _KIND.match(text)
        return text if self.sentence(text) == text else f"{kind[0] if kind else ''}x{self.hash(text, 'tag')[:31]}"

    def is_personal(self, token: str) -> bool:
        """Whether a word stands in a name or an address of the source."""
        return fold(token) in self._personal

    def _in_sentence(self, found: re.Match[str]) -> str:
        part = found[0]
        if found["email"]:
            return self.email(part)
        if found["phone"]:
            return self.phone(part)
        if found["code"]:
            return self.postcode(part)
        if found["digits"]:
            return self.exchanged(part)
        return self.word(part) if self.is_personal(part) else part

    def _part(self, token: str) -> str:
        if fold(token) in _STAY:
            return token
        if len(token) == 1:
            return _as_written(_LETTERS[self.number(token.casefold(), len(_LETTERS), "initial")].casefold(), token)
        return self.word(token)

    def _street(self, text: str) -> str:
        """As a name, with house numbers of one and two digits exchanged too."""
        return re.sub(r"\d+", lambda found: self.exchanged(found[0]), _WORD.sub(lambda each: self._part(each[0]), text))

    def _coded(self, part: str) -> str:
        if _POSTCODE.fullmatch(part):
            return self.postcode(part)
        return self._street(part)

    def _postcode(self, found: re.Match[str]) -> str:
        outward, space, inward = (each.upper() for each in found.groups())
        for attempt in range(99):
            district = 10 + self.number(outward, 90, "district" if attempt < 20 else f"district{attempt}")
            about = f"{outward}{inward}{attempt}"
            unit = "".join(_LETTERS[self.number(about, len(_LETTERS), each)] for each in ("one", "two"))
            made = f"ZZ{district}{space}{self.number(about, 10, 'sector')}{unit}"
            if made.replace(" ", "").casefold() not in self._personal:
                break
        return made if found[0] != found[0].lower() else made.lower()

    def _digits(self, text: str, which: re.Pattern[str]) -> str:
        return which.sub(lambda found: self.exchanged(found[0]), text)

    def exchanged(self, digits: str) -> str:
        """As many digits, each number for one other: a Feistel network over decimal halves."""
        if len(digits) == 1:
            return str((int(digits) + self.number("", 10, "one digit")) % 10)
        middle = len(digits) // 2
        left, right = digits[:middle], digits[middle:]
        for turn in range(_ROUNDS):
            about = f"digits{len(digits)}:{turn}"
            if turn % 2:
                right = _added(right, self.number(left, 10 ** len(right), about))
            else:
                left = _added(left, self.number(right, 10 ** len(left), about))
        return left + right

    def _make(self, key: str) -> str:
        """Syllables up to the length of the word; another try while that is a word of the source or somebody's already."""
        for attempt in range(99):
            made = self._spelt(key, attempt)
            if made not in self._taken and fold(made) not in self._personal and made != key:
                break
        self._taken.add(made)
        return made

    def _spelt(self, key: str, attempt: int) -> str:
        if not unicodedata.name(key[0], "").startswith("LATIN"):
            return "".join(self._letter_like(letter, f"{key}{at}.{attempt}") for at, letter in enumerate(key))
        wanted, made, at = max(len(key), 3) + attempt // 25, "", 0
        while len(made) < wanted:
            made += _PARTS[self.number(key, len(_PARTS), f"part{at}.{attempt}")]
            at += 1
        made = made[:wanted]
        return made if key.isascii() else made[:1] + "é" + made[2:]

    def _letter_like(self, letter: str, about: str) -> str:
        """Another letter of the same script: one of those near it in Unicode."""
        begins = ord(letter) & ~0x7F
        near = [chr(code) for code in range(begins, begins + 0x80) if chr(code).isalpha()]
        return near[self.number(about, len(near), "letter")] if near else letter


_PHONE_OR_CODE: Final = re.compile(f"{_POSTCODE.pattern}|[^\\n,]+?(?=\\s*(?:{_POSTCODE.pattern})|\\n|,|$)")


_ANY: Final = re.compile(
    f"(?P<email>{_EMAIL.pattern})|(?P<phone>{_PHONE.pattern})|(?P<code>{_POSTCODE.pattern})|(?P<digits>{_LONG_DIGITS.pattern})"
    f"|(?P<word>{_WORD.pattern})"
)


def plain_number(text: str) -> str:
    """A telephone number as digits, as it is dialled at home."""
    digits = re.sub(r"\D", "", text)
    return f"0{digits[2:]}" if digits.startswith("44") and text.lstrip().startswith(("+", "0044")) else digits


def parts_of(text: str) -> set[str]:
    """What is personal in a name or an address: its words but those that name nobody, and its postcodes."""
    found = {fold(each) for each in _WORD.findall(text) if len(each) > 2}
    return (found - _STAY) | {"".join(each.groups()).replace(" ", "").casefold() for each in _POSTCODE.finditer(text)}


def codes_of(text: str) -> set[str]:
    """Postcodes and telephone numbers in a text, so that none of them is made up."""
    numbers = {plain_number(each) for each in _PHONE.findall(text)}
    return numbers | {"".join(each.groups()).replace(" ", "").casefold() for each in _POSTCODE.finditer(text)}


def _has_code(text: str) -> bool:
    return _POSTCODE.search(text) is not None


def _added(digits: str, number: int) -> str:
    return f"{(int(digits) + number) % 10 ** len(digits):0{len(digits)}d}"


def _as_written(made: str, token: str) -> str:
    if token.isupper() and len(token) > 1:
        return made.upper()
    return made.capitalize() if token[:1].isupper() else made
