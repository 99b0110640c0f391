"""What people do with accounts, badges, tokens and sessions, and what admins do for them."""

from wms.people.actions.accounts import (
    LastAdmin,
    LoginTaken,
    add_user,
    change_user,
    create_first_admin,
    disable,
    enable,
    set_roles,
)
from wms.people.actions.attempts import (
    TooManyTries,
    claim_try,
    forget_tries,
    try_failed,
    try_succeeded,
)
from wms.people.actions.badges import issue_badge, revoke_badge
from wms.people.actions.first_run import invite_first_admin
from wms.people.actions.secrets import set_password, set_pin
from wms.people.actions.sessions import (
    close_overdue,
    end_session,
    end_sessions,
    open_session,
    seen,
)
from wms.people.actions.tokens import issue_token, revoke_device_tokens, revoke_token, used
from wms.people.rules import ENROL

__all__ = [
    "ENROL",
    "LastAdmin",
    "LoginTaken",
    "TooManyTries",
    "add_user",
    "change_user",
    "claim_try",
    "close_overdue",
    "create_first_admin",
    "disable",
    "enable",
    "end_session",
    "end_sessions",
    "forget_tries",
    "invite_first_admin",
    "issue_badge",
    "issue_token",
    "open_session",
    "revoke_badge",
    "revoke_device_tokens",
    "revoke_token",
    "seen",
    "set_password",
    "set_pin",
    "set_roles",
    "try_failed",
    "try_succeeded",
    "used",
]
