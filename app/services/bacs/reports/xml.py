"""A report of Bacs as untrusted XML: bounded in size, depth and number of elements, without entities or document types."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, Final
from xml.etree.ElementTree import Element, ParseError
from xml.parsers.expat import errors

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from app.services.core.errors import UserError

MOST_BYTES: Final = 32 * 1024 * 1024
_DEEPEST: Final = 40
_MOST_ELEMENTS: Final = 500_000
_BEFORE: Final = b"\xef\xbb\xbf \t\r\n"
_BEGINS: Final = (b"<", b"\xff\xfe", b"\xfe\xff")
_CUT_OFF: Final = frozenset(
    errors.codes[getattr(errors, name)]
    for name in ("XML_ERROR_NO_ELEMENTS", "XML_ERROR_UNCLOSED_TOKEN", "XML_ERROR_PARTIAL_CHAR")
)
_OTHER_ENCODING: Final = frozenset(
    errors.codes[getattr(errors, name)] for name in ("XML_ERROR_UNKNOWN_ENCODING", "XML_ERROR_INCORRECT_ENCODING")
)
_ENCODING: Final = "its encoding is another than it says"
_AGAIN: Final = "Fetch the report from Bacs again, as XML."


def read_xml(content: bytes) -> Element:
    """The root of a report.

    Raises:
        UserError: it is no XML, is cut off, holds entities or a document type, or is larger or deeper than any report.
    """
    if len(content) > MOST_BYTES:
        raise UserError(f"The report has over {MOST_BYTES // 1024 // 1024} MB; no report of Bacs has.", _AGAIN)
    depth = elements = 0
    root: Any = None
    try:
        for event, element in iterparse(io.BytesIO(content), events=("start", "end"), forbid_dtd=True):
            if event == "end":
                depth -= 1
                continue
            root = element if root is None else root
            depth, elements = depth + 1, elements + 1
            if depth > _DEEPEST or elements > _MOST_ELEMENTS:
                raise UserError("The report is nested or long beyond any of Bacs.", _AGAIN)
    except DefusedXmlException as error:
        raise UserError(
            "The report holds a document type or entities, which no report of Bacs does.", _AGAIN
        ) from error
    except ParseError as error:
        raise UserError(f"The report is no whole XML: {_spoilt(content, error)}.", _AGAIN) from error
    except (ValueError, LookupError) as error:
        raise UserError(f"The report is no whole XML: {_ENCODING}.", _AGAIN) from error
    assert root is not None
    made: Element = root
    return made


def _spoilt(content: bytes, error: ParseError) -> str:
    """What is wrong with it, and where."""
    if not content.lstrip(_BEFORE).startswith(_BEGINS):
        return "it is another kind of file"
    line, _column = error.position
    if error.code in _CUT_OFF:
        return f"it is cut off at line {line:,}"
    if error.code in _OTHER_ENCODING:
        return _ENCODING
    return f"line {line:,} is spoilt, perhaps because another program saved it again"


def name_of(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def under(element: Element, name: str) -> Iterator[Element]:
    """Every element of a name below another, however deep."""
    return (each for each in element.iter() if each is not element and name_of(each) == name)
