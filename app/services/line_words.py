"""Says in words why a registration failed, or why a peer cannot be reached."""

from __future__ import annotations

from app.diagnosis.reaching import tls_cause
from app.services.outside import Line
from app.sip.client_request import ClientRequest
from app.sip.events import RegistrationFailed
from app.sip.flow import Transport
from app.sip.message import Response

# What carriers say beside the status, in headers of their own and the standard's.
_TELLING = ("p-registrar-error", "warning", "reason", "error-info")


def why_failed(event: RegistrationFailed, line: Line) -> str:
    """One sentence for the state of a line."""
    request = event.client.request
    transaction = request.transaction if request is not None else None
    if event.response is None:
        if transaction is None:
            return f"The server {line.proxy or line.domain} cannot be found: its name does not resolve."
        peer = transaction.flow.remote
        if event.status == 408:
            return f"{peer} does not answer."
        return unreached(request) or f"{peer} cannot be reached."
    status, said = event.status, f"{event.status} {event.reason}".strip()
    detail = _detail(event.response)
    has_answered = bool(request is not None and request.draft.authorization)
    if status in (401, 407):
        if not line.password:
            return f"The carrier asks for a password, and none is set ({said})."
        if has_answered:
            return f"The carrier does not accept the user name or password ({said}){detail}."
        return f"The carrier's challenge cannot be answered ({said}){_realms(event.response, line)}."
    if status == 403 and has_answered:
        return f"The carrier refuses the user name, the password or the account ({said}){detail}."
    if status < 300:
        return "The carrier answers, but says that the line is not registered (lifetime 0)."
    if status == 423:
        return f"The carrier wants a longer registration than it asks for ({said})."
    if status == 503 or status == 480:
        return f"The carrier is out of service at the moment ({said}){detail}."
    return f"The carrier refuses the registration: {said}{detail}."


def unreached(request: ClientRequest | None) -> str:
    """One sentence for a peer to which no TLS connection could be made; "" for another trouble, or none."""
    transaction = request.transaction if request is not None else None
    if transaction is None or transaction.flow.transport is not Transport.TLS or not transaction.trouble:
        return ""
    peer, said = transaction.flow.remote, transaction.trouble
    cause = tls_cause(said)
    if cause == "tls_name":
        return f"The certificate of {peer} is made out to another name ({said})."
    if cause == "tls_expired":
        return f"The certificate of {peer} has expired or is not valid yet ({said})."
    if cause == "tls_untrusted":
        return f"The certificate of {peer} is not signed by an authority this computer knows ({said})."
    if cause == "tls_version":
        return f"{peer} and OpenMSS have no TLS version or cipher in common ({said})."
    if cause == "tls_plain_port":
        return f"{peer} does not speak TLS at this port ({said})."
    return f"{peer} cannot be reached: {said}."


def _detail(response: Response) -> str:
    for key in _TELLING:
        value = response.get(key)
        if value:
            return f": {value[:200]}"
    return ""


def _realms(response: Response, line: Line) -> str:
    """Where the realm of the record keeps us from answering, that is the reason."""
    offered = sorted({challenge.realm for challenge in response.challenges})
    if line.realm and line.realm not in offered:
        return f": it is for {', '.join(offered)}, and the line is set to {line.realm}"
    return ""
