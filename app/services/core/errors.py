"""Two kinds of error: what an officer can put right, and everything else (which is logged and shown once)."""

from __future__ import annotations

from collections.abc import Sequence


class UserError(Exception):
    """Something an officer can understand and put right.

    Attributes:
        message: what is wrong and where, as a sentence.
        hint: what to do about it, as a sentence; may be empty.
        field: the field of the form or the option of the command line that it is about, if one is.
    """

    def __init__(self, message: str, hint: str = "", field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.field = field

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class UserErrors(UserError):  # noqa: N818  several of them
    """Several at once, each about a field: a form shows them all.

    Attributes:
        errors: one or more.
    """

    def __init__(self, errors: Sequence[UserError]) -> None:
        super().__init__(" ".join(str(error) for error in errors), field=errors[0].field)
        self.errors = tuple(errors)


class ChangedMeanwhile(UserError):  # noqa: N818  a form settles it field by field, others tell it
    """A save against a version that is no longer the newest: somebody else saved the record in between."""


class NotAllowed(UserError):  # noqa: N818  it stays so until somebody changes it
    """The officer may not do it, has left, or this desk hasn't the key: asking again by itself would only be refused again."""


class Cancelled(Exception):  # noqa: N818  not an error: the officer asked for it
    """Long work stopped because the officer asked; what was not finished is not there."""
