"""Who may: API keys, short-lived tokens of a portal, limits. Nothing here knows HTTP."""

from qa.serve.access.caller import SCOPES, Caller, Scope, checked_collection, checked_scopes
from qa.serve.access.door import Door
from qa.serve.access.errors import AccessError, NotAllowed, NotKnown, TooMany
from qa.serve.access.limits import Limits

__all__ = [
    "SCOPES",
    "AccessError",
    "Caller",
    "Door",
    "Limits",
    "NotAllowed",
    "NotKnown",
    "Scope",
    "TooMany",
    "checked_collection",
    "checked_scopes",
]
