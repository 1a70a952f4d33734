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
_BREAKS: Final = re.compile(r"<(?:br|hr|/p|/div|/tr|/li|/h[1-6]|/table|/blockquote|/title)\b[^>]*>", re.IGNORECASE)
_CELLS: Final = re.compile(r"</t[dh]\b[^>]*>", re.IGNORECASE)
_LINES: Final = re.compile(r"[ \t\xa0]*\n[ \t\xa0]*")
_GAPS: Final = re.compile(r"\n{3,}")


def safe(source: str) -> str:
    """The HTML with nothing in it that runs, submits, or is fetched from elsewhere; colours are those of the window."""
    import nh3

    return nh3.clean(
        source,
        tags=set(_TAGS),
        clean_content_tags=set(_DROPPED),
        attributes=_ATTRIBUTES,
        url_schemes=set(_SCHEMES),
        link_rel="noopener noreferrer",
    )


def left_out(source: str) -> int:
    """How many pictures and other things the HTML would have fetched."""
    return sum(1 for _ in _FROM_ELSEWHERE.finditer(source))


def as_text(source: str) -> str:
    """What is written in the HTML, a line for each paragraph, row or entry of a list."""
    import nh3

    parted = _CELLS.sub("\t", _BREAKS.sub(lambda found: f"{found.group()}\n", source))
    bare = nh3.clean(parted, tags=set(), clean_content_tags=set(_DROPPED))
    return _GAPS.sub("\n\n", _LINES.sub("\n", html.unescape(bare))).strip()
