"""The part of the account's card that shows its post, joined to the services."""

from __future__ import annotations

from app.services.post_log.register.queries import of_account
from app.views.common.office import Office
from app.views.common.post_desk import PostDesk, PostPart


class PostOfAccountController(PostDesk):
    """Shows the post of whichever account is open."""

    def __init__(self, office: Office) -> None:
        lines = PostPart("account", "Nothing about this account has come in or gone out.")
        super().__init__(office, lines, of_account)
