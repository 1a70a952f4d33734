"""Signing in to Microsoft as an application (OAuth2, client credentials), by `msal`."""

from __future__ import annotations

from typing import Any, Final

from app.services.post_log.mailboxes.dto import Access
from app.services.post_log.mailboxes.server import ServerGoneError, ServerRefusedError

GRAPH_SCOPE: Final = "https://graph.microsoft.com/.default"
IMAP_SCOPE: Final = "https://outlook.office365.com/.default"
MICROSOFT: Final = "https://login.microsoftonline.com"
AUTHORITY = MICROSOFT
"""Where applications sign in; the councils of another cloud have another."""


def token(access: Access, scope: str) -> str:
    """An access token for the office's application.

    Raises:
        ServerRefusedError: Microsoft doesn't know the directory or the application, or its secret has run out.
        ServerGoneError: Microsoft can't be reached.
    """
    import msal
    import requests

    try:
        application: Any = msal.ConfidentialClientApplication(
            access.client_id,
            authority=f"{AUTHORITY}/{access.tenant}",
            client_credential=access.secret,
            instance_discovery=AUTHORITY == MICROSOFT,
        )
        answer = application.acquire_token_for_client(scopes=[scope])
    except requests.RequestException as error:
        raise ServerGoneError("Microsoft's sign-in can't be reached.") from error
    except ValueError as error:
        raise ServerRefusedError("Microsoft doesn't know this directory.") from error
    found = answer.get("access_token") if isinstance(answer, dict) else None
    if not found:
        said = str(answer.get("error_description", "")).splitlines()[:1] if isinstance(answer, dict) else []
        raise ServerRefusedError(
            f"Microsoft doesn't let the application in: {' '.join(said)[:200] or 'no reason given'}"
        )
    return str(found)
