"""The Liquid of letters: few tags and filters, and limits on loops, output, memory and time.

A wording can't reach the database, a file or Python: it sees a mapping of words and nothing else.
"""

from __future__ import annotations

import time
from functools import lru_cache
from typing import Any, Final, TextIO

from liquid import Environment
from liquid.builtin.content import Literal
from liquid.builtin.filters import string
from liquid.builtin.filters.array import first, last
from liquid.builtin.filters.misc import default, size
from liquid.builtin.illegal import Illegal
from liquid.builtin.output import Output
from liquid.builtin.tags import assign_tag, case_tag, comment_tag, for_tag, if_tag, unless_tag
from liquid.context import RenderContext
from liquid.exceptions import LiquidError, LoopIterationLimitError
from liquid.template import BoundTemplate
from liquid.undefined import FalsyStrictUndefined

LONGEST_BODY: Final = 4_000
"""Characters of a wording; what it may become once filled in is `MOST_OUTPUT`."""
MOST_OUTPUT: Final = 4_000
_MOST_TURNS: Final = 500
_MOST_SECONDS: Final = 1.0


class TooSlowError(LiquidError):
    """Filling took longer than it may."""


class _Missing(FalsyStrictUndefined):
    """A field with nothing in it: false in an `if`, replaced by `default`, and an error where it would be printed."""

    __slots__ = ()
    force_liquid_default = True


class _Timed(RenderContext):
    """A context that stops when its time is up, wherever it looks something up or goes round a loop."""

    __slots__ = ("_until",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._until = time.monotonic() + _MOST_SECONDS

    def get(self, path: list[object], *, token: Any, **kwargs: Any) -> object:
        """A field."""
        self._check()
        return super().get(path, token=token, **kwargs)

    def raise_for_loop_limit(self, length: int = 1) -> None:
        """Called as a loop begins."""
        self._check()
        super().raise_for_loop_limit(length)

    def _check(self) -> None:
        if time.monotonic() > self._until:
            raise TooSlowError("too slow", token=None)


class _Template(BoundTemplate):
    """A template whose rendering is timed."""

    context_class = _Timed


class _ForNode(for_tag.ForNode):
    """A loop that looks how long a range is before it makes one: `reversed` and `offset` would go through all of it."""

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Go round."""
        over = self.expression.iterable.evaluate(context)
        if isinstance(over, range) and over.stop - over.start > _MOST_TURNS:
            raise LoopIterationLimitError("range too long", token=self.token)
        return super().render_to_output(context, buffer)


class _ForTag(for_tag.ForTag):
    """The tag of such loops."""

    node_class = _ForNode


class _Environment(Environment):
    """Liquid with what a letter needs: conditions, choices, short loops, and filters that can't make much of little."""

    block_nesting_limit = 6
    context_depth_limit = 12
    loop_iteration_limit = _MOST_TURNS
    local_namespace_limit = 20_000
    output_stream_limit = MOST_OUTPUT * 4
    template_class = _Template

    def setup_tags_and_filters(self, *, extra: bool = False) -> None:
        """Only these tags and filters exist."""
        for tag in (
            Literal,
            Output,
            Illegal,
            if_tag.IfTag,
            unless_tag.UnlessTag,
            case_tag.CaseTag,
            comment_tag.CommentTag,
            _ForTag,
            for_tag.BreakTag,
            for_tag.ContinueTag,
            assign_tag.AssignTag,
        ):
            self.add_tag(tag)
        for name, function in FILTERS.items():
            self.add_filter(name, function)


FILTERS: Final[dict[str, Any]] = {
    "append": string.append,
    "capitalize": string.capitalize,
    "default": default,
    "downcase": string.downcase,
    "first": first,
    "last": last,
    "prepend": string.prepend,
    "size": size,
    "strip": string.strip,
    "upcase": string.upcase,
}
_ENVIRONMENT: Final = _Environment(undefined=_Missing)


@lru_cache(maxsize=64)
def parsed(text: str) -> BoundTemplate:
    """A wording, read.

    Raises:
        LiquidError: it can't be.
    """
    return _ENVIRONMENT.from_string(text[: LONGEST_BODY + 1])
