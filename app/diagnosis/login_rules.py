"""Rules R07 to R15: the registrar asks who we are, and does not like the answer."""

from __future__ import annotations

import re
from typing import Any, Final

from app.diagnosis.digests import ChallengeSeen
from app.diagnosis.exchanges import Exchange
from app.diagnosis.findings import Finding, Severity, found, rule
from app.diagnosis.logins import CHALLENGES, Refusal, last_challenges, refusals_of
from app.diagnosis.peers import is_address
from app.diagnosis.reading import Reading

KNOWN_ALGORITHMS: Final = frozenset(
    {"MD5", "MD5-SESS", "SHA-256", "SHA-256-SESS", "SHA-512-256", "SHA-512-256-SESS"}
)
_MOST_REFRESHES = 3  # stale=true so often in a row is no refresh any more


def failing(reading: Reading) -> tuple[Exchange, ...]:
    """The attempts that failed and were not made good since: of the registration, else of the last call."""
    if reading.login is not None:
        return reading.login.recent
    return reading.refused[0].invites if reading.refused else ()


def username_of(exchange: Exchange | None) -> str:
    """The digest user that a request gave."""
    return exchange.request.credentials[0].username if exchange and exchange.request.credentials else ""


def _unanswered_challenge(reading: Reading) -> Exchange | None:
    """The last attempt, where it was challenged and nothing followed that answers the challenge."""
    attempts = failing(reading)
    if not attempts or attempts[-1].status not in CHALLENGES or attempts[-1].request.credentials:
        return None
    login = reading.login
    if login is not None and login.attempts[-1] is not attempts[-1]:
        return None  # one more is on its way
    return attempts[-1]


@rule("R07", "password_missing")
def no_password(reading: Reading) -> Finding | None:
    """401 or 407, and there is no password to answer with"""
    challenged = _unanswered_challenge(reading)
    if challenged is None or reading.config.has_password is True:
        return None
    is_told = reading.config.has_password is False
    if not is_told and (not reading.config.user or any(each.request.credentials for each in reading.ours)):
        return None
    realm = next((each.realm for each in last_challenges([challenged])), "")
    return found("password_missing", challenged.outcome, field="password", realm=realm)


@rule("R08", "nonce_refreshed")
def nonce_is_refreshed(reading: Reading) -> Finding | None:
    """A challenge after our answer, with a new nonce or stale=true, then success"""
    login = reading.login
    if login is None or not login.is_registered:
        return None
    fresh = [each for each in login.attempts if each.status in CHALLENGES and each.request.credentials]
    if not fresh or any(each.same_nonce for each in refusals_of(login.attempts)):
        return None
    return found("nonce_refreshed", fresh[-1].outcome, severity=Severity.INFO)


def _refused(reading: Reading, attempts: tuple[Exchange, ...]) -> list[Refusal]:
    """Refused answers to challenges: one with the same nonce is enough, and so are two with new ones.

    One with a new nonce may be a refresh (registrars of many heads do not always say stale=true): it counts
    only where the answer was to the nonce just given and our side saw no use in trying that new one.
    """
    refusals = refusals_of(attempts)
    if not refusals or attempts[-1].status not in CHALLENGES:
        return []
    login = reading.login
    gave_up = login is not None and login.attempts[-1] is refusals[-1].exchange
    return refusals if len(refusals) > 1 or refusals[-1].same_nonce or gave_up else []


def login_refused(reading: Reading, attempts: tuple[Exchange, ...]) -> Finding | None:
    """The password or the authentication name is wrong; which of them is the likelier."""
    refusals = _refused(reading, attempts)
    if not refusals:
        return None
    evidence = [seen for each in refusals for seen in each.exchange.outcome]
    username = refusals[-1].username
    if _wants_domain(reading, username) and reading.is_ims:
        return found(
            "auth_user_form",
            evidence,
            field="auth_user_with_domain",
            value=True,
            username=username,
            wanted=_with_domain(reading, username),
            status=refusals[-1].exchange.status,
        )
    return found("password_refused", evidence, field="password", username=username)


def _wants_domain(reading: Reading, username: str) -> bool:
    return bool(username) and "@" not in username and reading.config.flag("auth_user_with_domain") is not True


def _with_domain(reading: Reading, username: str) -> str:
    return f"{username}@{reading.config.domain or 'domain'}"


@rule("R09", "password_refused", "auth_user_form")
def same_challenge_again(reading: Reading) -> Finding | None:
    """The challenge comes again with the nonce just answered, or a third time with a new one"""
    return None if reading.login is None else login_refused(reading, reading.login.recent)


@rule("R09", "auth_user_other")
def another_form_of_name(reading: Reading) -> Finding | None:
    """As R09: the carrier may document another form of the authentication name"""
    login = reading.login
    if login is None or not _refused(reading, login.recent):
        return None
    username = username_of(login.recent[-1])
    if reading.is_ims or not username or reading.config.text("auth_id"):
        return None
    evidence = login.recent[-1].outcome
    return found("auth_user_other", evidence, field="auth_id", severity=Severity.WARNING, username=username)


@rule("R08", "stale_again")
def stale_for_ever(reading: Reading) -> Finding | None:
    """stale=true to every answer, three times in a row and more"""
    attempts = failing(reading)[-_MOST_REFRESHES:]
    stale = [
        each
        for each in attempts
        if each.request.credentials and each.final and any(c.is_stale for c in each.final.challenges)
    ]
    if len(stale) < _MOST_REFRESHES:
        return None
    return found("stale_again", [seen for each in stale for seen in each.outcome])


@rule("R10", "realm_differs")
def realm_differs(reading: Reading) -> Finding | None:
    """The realm of the challenge is not the one configured"""
    wanted = reading.config.text("realm")
    attempts = failing(reading)
    if not wanted or not attempts or attempts[-1].status not in (*CHALLENGES, 403):
        return None
    offered = [each for each in last_challenges(attempts) if each.scheme == "digest"]
    if not offered or any(each.realm == wanted for each in offered):
        return None
    evidence = attempts[-1].outcome
    return found("realm_differs", evidence, field="realm", value="", realm=offered[0].realm, wanted=wanted)


def _offered(reading: Reading) -> tuple[ChallengeSeen, ...]:
    attempts = failing(reading)
    if not attempts or attempts[-1].status not in CHALLENGES:
        return ()
    return last_challenges(attempts)


@rule("R11", "aka_login")
def sim_card_is_asked_for(reading: Reading) -> Finding | None:
    """Only AKAv1-MD5 or AKAv2-MD5 is offered"""
    offered = _offered(reading)
    if not offered or not all(each.algorithm.startswith("AKA") for each in offered):
        return None
    return found("aka_login", failing(reading)[-1].outcome, algorithm=offered[0].algorithm)


@rule("R12", "algorithm_not_offered", "algorithm_unknown", "scheme_unknown")
def algorithm_does_not_fit(reading: Reading) -> Finding | None:
    """We answered with an algorithm that was not offered, or none that is offered can be computed"""
    offered = _offered(reading)
    evidence = failing(reading)[-1].outcome if offered else []
    digest = [each for each in offered if each.scheme == "digest"]
    if offered and not digest:
        return found("scheme_unknown", evidence, scheme=offered[0].scheme)
    names = {each.algorithm for each in digest}
    if digest and names.isdisjoint(KNOWN_ALGORITHMS) and not all(name.startswith("AKA") for name in names):
        return found("algorithm_unknown", evidence, algorithm=", ".join(sorted(names)))
    used = {each.algorithm for one in failing(reading) for each in one.request.credentials}
    if digest and used and used.isdisjoint(names) and names & KNOWN_ALGORITHMS:
        return found(
            "algorithm_not_offered", evidence, used=", ".join(sorted(used)), offered=", ".join(sorted(names))
        )
    return None


@rule("R12", "sha_offered")
def sha_is_offered(reading: Reading) -> Finding | None:
    """Only SHA-256 or SHA-512-256 is offered, and it works"""
    login = reading.login
    if login is None or not login.is_registered:
        return None
    offered = last_challenges(login.attempts)
    if not offered or not all(each.algorithm.startswith("SHA-") for each in offered):
        return None
    return found(
        "sha_offered", login.attempts[-1].outcome, severity=Severity.INFO, algorithm=offered[0].algorithm
    )


_BLOCKED = re.compile(
    r"block|suspend|disabled|locked|banned|too many|expired|inactive|deactivat|barred|not active"
    r"|unpaid|overdue|arrear|temporarily denied"
)
_ADDRESS = re.compile(
    r"\bip\b|address|\bsource\b|\bacl\b|network not|not allowed from|location|country|region"
)
_DOMAIN = re.compile(r"domain|realm|\bhost\b|relay")
_PASSWORD = re.compile(
    r"password|\bpasswd\b|wrong credential|invalid credential"
    r"|digest|secret"
)
_BAD_LOGIN = re.compile(r"bad (?:auth|credential)")  # of several PBX programs: the password
_NAME = re.compile(r"auth\w* (?:user|name|id)|user ?name|\bimpi\b|private (?:user )?id")


def _forbidden(reading: Reading) -> Exchange | None:
    login = reading.login
    if login is None or login.failure is None or login.failure.status != 403:
        return None
    return login.failure


def _was_authorised(attempts: tuple[Exchange, ...]) -> bool:
    return any(each.request.credentials for each in attempts)


@rule("R13", "from_not_known", "source_not_allowed", "account_blocked")
def forbidden_at_once(reading: Reading) -> Finding | None:
    """403 to a REGISTER that was never challenged"""
    refused = _forbidden(reading)
    login = reading.login
    if refused is None or login is None or refused.final is None or _was_authorised(login.recent):
        return None
    if any(each.status in CHALLENGES for each in login.recent):
        return None
    said, request = refused.final.complaint, refused.request
    details: dict[str, Any] = {
        "user": request.from_.user,
        "domain": request.from_.host,
        "reason": refused.final.reason,
    }
    if _BLOCKED.search(said):
        return found("account_blocked", refused.outcome, **details)
    if _ADDRESS.search(said):
        return found("source_not_allowed", refused.outcome, **details)
    other_domain = reading.config.domain and request.from_.host not in ("", reading.config.domain)
    is_domain = bool(_DOMAIN.search(said)) or is_address(request.from_.host) or bool(other_domain)
    field = "from_domain" if is_domain else "from_user"
    return found("from_not_known", refused.outcome, field=field, **details)


@rule("R14", "auth_user_form", "password_refused", "account_blocked")
def forbidden_after_login(reading: Reading) -> Finding | None:
    """403 to a REGISTER that carried an answer to the challenge"""
    refused = _forbidden(reading)
    login = reading.login
    if refused is None or login is None or not _was_authorised(login.recent):
        return None
    return forbidden_with_credentials(reading, refused, login.recent)


def forbidden_with_credentials(
    reading: Reading, refused: Exchange, attempts: tuple[Exchange, ...]
) -> Finding | None:
    """What a 403 to an authorised request means; the same for REGISTER and INVITE."""
    assert refused.final is not None
    username = next((username_of(each) for each in reversed(attempts) if username_of(each)), "")
    said = refused.final.complaint
    evidence = [seen for each in attempts if each.request.credentials for seen in each.outcome]
    details: dict[str, Any] = {
        "username": username,
        "reason": refused.final.reason,
        "user": username,
        "domain": reading.config.domain,
    }
    if _BLOCKED.search(said):
        return found("account_blocked", evidence, **details)
    is_password = bool(_PASSWORD.search(said)) or (not reading.is_ims and bool(_BAD_LOGIN.search(said)))
    if _wants_domain(reading, username) and (not is_password or _NAME.search(said)):
        wanted = _with_domain(reading, username)
        return found(
            "auth_user_form",
            evidence,
            field="auth_user_with_domain",
            value=True,
            username=username,
            wanted=wanted,
            status=403,
        )
    return found("password_refused", evidence, field="password", username=username)


@rule("R14", "password_refused")
def forbidden_for_password(reading: Reading) -> Finding | None:
    """As R14: where the name's form is suspected first, the password may be wrong all the same"""
    first = forbidden_after_login.check(reading) or same_challenge_again.check(reading)
    if first is None or first.cause != "auth_user_form" or reading.login is None:
        return None
    attempts = [each for each in reading.login.recent if each.request.credentials]
    evidence = [seen for each in attempts[-1:] for seen in each.outcome]
    return found(
        "password_refused",
        evidence,
        field="password",
        severity=Severity.WARNING,
        username=username_of(attempts[-1] if attempts else None),
    )


@rule("R15", "user_not_known")
def not_known_here(reading: Reading) -> Finding | None:
    """404, 410, 604 or 484 to REGISTER"""
    login = reading.login
    if login is None or login.failure is None or login.failure.status not in (404, 410, 604, 484):
        return None
    refused = login.failure
    assert refused.final is not None
    field = "domain" if re.search(r"domain", refused.final.complaint) else "user"
    return found(
        "user_not_known",
        refused.outcome,
        field=field,
        user=refused.request.to.user,
        domain=refused.request.to.host,
        status=refused.status,
    )


LOGIN = (
    no_password,
    nonce_is_refreshed,
    sim_card_is_asked_for,
    realm_differs,
    algorithm_does_not_fit,
    same_challenge_again,
    stale_for_ever,
    sha_is_offered,
    forbidden_at_once,
    forbidden_after_login,
    not_known_here,
    another_form_of_name,
    forbidden_for_password,
)
"""In the order they are asked. What needs no guess (AKA, the realm) stands before a refused password."""
