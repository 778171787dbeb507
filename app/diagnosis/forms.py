"""Which authentication names a carrier may want, and when to stop trying: the plan, not its execution."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.diagnosis.case import Case
from app.diagnosis.configured import Configured
from app.diagnosis.logins import refusals_of
from app.diagnosis.reading import Reading

MOST_FORMS: Final = 5  # of one search; carriers block accounts that try more
SPACING_S: Final = 30.0  # between two tries; a registrar that counts failures counts by the minute
_REFUSED_FOR_GOOD: Final = frozenset({403, 404, 410, 423, 603, 604})  # after these nobody tries on


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthForm:
    """One way to write the authentication name: what to say of it, and the fields that make it."""

    key: str  # "number", "+number", "number@domain", "+number@domain", "e-mail", "account"
    username: str
    fields: Mapping[str, str | bool]
    wait_s: float = SPACING_S  # before it is tried


def candidates(
    config: Mapping[str, object], template_forms: Iterable[str] = (), tried: Collection[str] = ()
) -> tuple[AuthForm, ...]:
    """The forms to try, the likeliest first: those the carrier's template documents, then the usual ones.

    `tried` are user names that were refused already; they and the name configured now are never repeated.
    """
    configured = Configured(config)
    made: list[AuthForm] = []
    seen = {name.lower() for name in (*tried, _current(configured))}
    for key in dict.fromkeys((*template_forms, *_usual(configured))):
        username, fields = _form(key, configured)
        if not username or username.lower() in seen:
            continue
        seen.add(username.lower())
        made.append(AuthForm(key=key, username=username, fields=fields, wait_s=SPACING_S if made else 0.0))
        if len(made) == MOST_FORMS:
            break
    return tuple(made)


def is_worth_going_on(statuses: Sequence[int]) -> bool:
    """Whether the next form may be tried after these final answers: not after success, nor after a 403."""
    return all(status in (401, 407) for status in statuses)


def names_tried(case: Case) -> tuple[str, ...]:
    """The user names a trace shows as refused, so that nobody tries them again."""
    login = Reading(case).login
    if login is None:
        return ()
    names = [refusal.username for refusal in refusals_of(login.attempts)]
    names += [
        credentials.username
        for each in login.attempts
        if each.status in _REFUSED_FOR_GOOD
        for credentials in each.request.credentials
    ]
    return tuple(dict.fromkeys(name for name in names if name))


def _current(configured: Configured) -> str:
    name = configured.text("auth_id") or configured.user
    is_long = configured.flag("auth_user_with_domain") is True and "@" not in name
    return f"{name}@{configured.domain}" if is_long else name


def _usual(configured: Configured) -> tuple[str, ...]:
    """For an account that is a number the domain first, as IMS cores want it; else the account as given."""
    if _number(configured):
        return ("+number@domain", "number@domain", "+number", "number", "e-mail")
    return ("account@domain", "account", "e-mail")


def _number(configured: Configured) -> str:
    plain = configured.user.partition("@")[0].lstrip("+")
    return plain if plain.isdigit() and len(plain) > 4 else ""


def _form(key: str, configured: Configured) -> tuple[str, dict[str, str | bool]]:
    """The user name of one form, and the fields that bring it about; "" where it cannot be made."""
    user, domain, number = configured.user.partition("@")[0], configured.domain, _number(configured)
    short = {
        "number": number,
        "+number": f"+{number}" if number else "",
        "account": user,
        "e-mail": configured.text("e_mail", "email"),
    }
    key, is_long, name = key.removesuffix("@domain"), key.endswith("@domain"), ""
    name = short.get(key, "")
    if not name:
        return "", {}
    is_account = name == user
    fields: dict[str, str | bool] = {
        "auth_id": "" if is_account else name,
        "auth_user_with_domain": is_long,
    }
    if not is_long:
        return name, fields
    return (f"{name}@{domain}", fields) if domain and "@" not in name else ("", {})
