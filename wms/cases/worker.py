"""Letters to whoever must know at once: sent by SMTP, under a number that stays the same if it is sent twice."""

import smtplib
import ssl
from collections.abc import Mapping
from contextlib import suppress
from email.message import EmailMessage
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from wms.kernel.call_lifecycle import Verb as CallVerb
from wms.kernel.calls import Call, Outcome
from wms.kernel.words import say

SECONDS = 10.0
"""How long a mail server may take to answer: shorter than a call's lease."""

PERMANENT = 500
"""SMTP answers from here on do not change by asking again (RFC 5321, 4.2.1)."""

PORTS = {"smtp": 587, "smtps": 465}


def mailer(url: str, to: str) -> Call:
    """Return the call that sends a letter by `url` (smtp://user:password@host:587?from=wms@shop.example).

    Without an address to send to, or a server, a letter counts as sent: nobody asked for letters.
    """

    def send(key: str, told: Mapping[str, Any]) -> Outcome:
        if not (url and to):
            return Outcome(CallVerb.OK, {"sent_to": ""})
        return _sent(urlsplit(url), to, _written(urlsplit(url), to, key, told))

    return Call(send, is_repeatable=True)


def _written(server: SplitResult, to: str, key: str, told: Mapping[str, Any]) -> EmailMessage:
    says = " ".join(say(told["sentence"], told["values"]).split())
    letter = EmailMessage()
    letter["Subject"] = f"Binwave: {says}"[:180]
    letter["From"] = _sender(server)
    letter["To"] = to
    letter["Message-ID"] = f"<{key.replace(':', '-')}@{server.hostname or 'binwave'}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(
        f"{says}\n\n{say('cases.mail_look', {'about': told['about'], 'thing': told['subject']})}\n"
    )
    return letter


def _sender(server: SplitResult) -> str:
    given = parse_qs(server.query).get("from")
    user = unquote(server.username or "")
    return given[0] if given else user if "@" in user else f"binwave@{server.hostname}"


def _sent(server: SplitResult, to: str, letter: EmailMessage) -> Outcome:
    try:
        with _open(server) as post:
            if server.username:
                post.login(unquote(server.username), unquote(server.password or ""))
            post.send_message(letter)
    except smtplib.SMTPRecipientsRefused as refused:
        code, said = next(iter(refused.recipients.values()))
        return _refused(code, said)
    except smtplib.SMTPResponseException as refused:
        return _refused(refused.smtp_code, refused.smtp_error)
    except (OSError, smtplib.SMTPException) as trouble:
        return Outcome(CallVerb.RETRYABLE, trouble=str(trouble) or type(trouble).__name__)
    return Outcome(CallVerb.OK, {"sent_to": to})


def _open(server: SplitResult) -> smtplib.SMTP:
    host, port = server.hostname or "", server.port or PORTS.get(server.scheme, PORTS["smtp"])
    trusted = ssl.create_default_context()
    if server.scheme == "smtps":
        return smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=trusted)
    post = smtplib.SMTP(host, port, timeout=SECONDS)
    post.ehlo_or_helo_if_needed()
    if post.has_extn("starttls"):
        with suppress(smtplib.SMTPNotSupportedError):
            post.starttls(context=trusted)
            post.ehlo()
    return post


def _refused(code: int, said: bytes | str) -> Outcome:
    words = said.decode(errors="replace") if isinstance(said, bytes) else said
    verb = CallVerb.DEFINITE_NO if code >= PERMANENT else CallVerb.RETRYABLE
    return Outcome(verb, trouble=f"{code} {words}")
