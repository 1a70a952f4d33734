"""HTML of e-mails: made safe to show, and read as text."""

from __future__ import annotations

import html
import re
from typing import Final

_TAGS: Final = frozenset(
    "a abbr address b blockquote br center cite code dd del div dl dt em h1 h2 h3 h4 h5 h6 hr i ins li ol p pre q s small"
    " span strike strong sub sup table tbody td tfoot th thead tr tt u ul".split()
)
_ATTRIBUTES: Final = {"*": {"dir"}, "a": {"href"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}}
_SCHEMES: Final = frozenset({"http", "https", "mailto", "tel"})
_DROPPED: Final = frozenset("script style head title iframe object embed svg math template noscript textarea".split())
_FROM_ELSEWHERE: Final = re.compile(
    r"<(?:img|video|audio|source|iframe|object|embed|link|input)\b|background\s*=|url\s*\(", re.IGNORECASE
)
_BREAKS: Final = re.compile(r"<(?:br|hr|/p|/div|/tr|/li|/h[1-6]|/table|/blockquote|/title)\b[^<>]*>", re.IGNORECASE)
_CELLS: Final = re.compile(r"</t[dh]\b[^<>]*>", re.IGNORECASE)
_LINES: Final = re.compile(r"(?<![ \t\xa0])[ \t\xa0]*\n[ \t\xa0]*")
_GAPS: Final = re.compile(r"\n{3,}")
TOO_DEEP: Final = "It is packed into itself so often that only its beginning is read. The original is kept as it came."
_DEEPEST: Final = 1_000
"""How deep HTML is read; a correspondence of years reaches some hundreds."""
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*)")
_ALONE: Final = frozenset(
    "area base br col dd dt embed hr img input li link meta option p param source tbody td tfoot th thead tr track"
    " wbr o:p".split()
)
"""What needs no end, or is often written without one."""
_TABLES: Final = 4
_OF_TABLES: Final = re.compile(r"<(/?)(table|tbody|thead|tfoot|tr|td|th)\b[^<>]*>")
_AS_LINES: Final = {("tr", True): "<div>", ("tr", False): "</div>", ("td", False): " ", ("th", False): " "}
_SPANS: Final = re.compile(r" (?:col|row)span=\"[^\"]{3,}\"")
_ENDLESS: Final = re.compile(r"<[^<>]*>|[^\s<>]{300}")


def shallow(source: str) -> str:
    """The HTML up to where it is packed into itself more often than any letter is: what comes then is read by nothing in time."""
    if source.count("<") <= _DEEPEST:
        return source
    depth = 0
    for tag in _TAG.finditer(source):
        if tag[2].lower() not in _ALONE:
            depth = max(0, depth - 1 if tag[1] else depth + 1)
        if depth > _DEEPEST:
            return source[: tag.start()]
    return source


def safe(source: str) -> str:
    """The HTML with nothing in it that runs, submits, or is fetched from elsewhere; colours are those of the window.

    Nor is there anything in it that takes a window long to lay out: tables in tables take twice as long for each that is
    around them, so that the inner ones are written as lines, and words without end may be parted.
    """
    import nh3

    clean = nh3.clean(
        source,
        tags=set(_TAGS),
        clean_content_tags=set(_DROPPED),
        attributes=_ATTRIBUTES,
        url_schemes=set(_SCHEMES),
        link_rel="noopener noreferrer",
    )
    return parted(_flat(_SPANS.sub("", clean)))


def parted(text: str) -> str:
    """The text, or clean HTML, with places at which words without end may be parted."""
    return _ENDLESS.sub(lambda found: found[0] if found[0].startswith("<") else f"{found[0]}\u200b", text)


def _flat(clean: str) -> str:
    """Clean HTML whose tables stand in no more than so many others."""
    depth = 0

    def lines(tag: re.Match[str]) -> str:
        nonlocal depth
        opens, table = not tag[1], tag[2] == "table"
        depth += table and opens
        kept = depth <= _TABLES
        depth -= table and not opens
        return tag[0] if kept else _AS_LINES.get((tag[2], opens), "")

    return _OF_TABLES.sub(lines, clean)


def left_out(source: str) -> int:
    """How many pictures and other things the HTML would have fetched."""
    return sum(1 for _ in _FROM_ELSEWHERE.finditer(source))


def as_text(source: str) -> str:
    """What is written in the HTML, a line for each paragraph, row or entry of a list."""
    import nh3

    lines = _CELLS.sub("\t", _BREAKS.sub(lambda found: f"{found.group()}\n", source))
    bare = nh3.clean(lines, tags=set(), clean_content_tags=set(_DROPPED))
    return _GAPS.sub("\n\n", _LINES.sub("\n", html.unescape(bare))).strip()
