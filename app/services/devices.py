"""Finds the devices of an extension: those registered, else the one phone its authorised address names."""

from __future__ import annotations

from app.calls.call import Call
from app.calls.originate import Destination
from app.services.bindings import Bindings
from app.services.directory import Extension
from app.sip.uri import SipUri


class Devices:
    """Where to ring an extension."""

    def __init__(self, bindings: Bindings) -> None:
        self._bindings = bindings

    def of(self, extension: Extension, call: Call) -> list[Destination]:
        """All devices but the one that calls: who dials the own number reaches the other phones of it."""
        found = self.registered(extension)
        if extension.number == call.caller_extension:
            calling = call.caller_flow.remote
            found = [each for each in found if each.flow is None or each.flow.remote != calling]
        return found

    def registered(self, extension: Extension) -> list[Destination]:
        """All devices, for a call that the PBX makes by itself."""
        return self._bindings.destinations(extension.number) or _authorised_phone(extension)


def has_authorised_phone(extension: Extension) -> bool:
    """Whether one address alone may speak for the extension, so that it can be called there."""
    return len(extension.allowed_addresses) == 1 and extension.allowed_addresses[0].num_addresses == 1


def _authorised_phone(extension: Extension) -> list[Destination]:
    if not has_authorised_phone(extension):
        return []
    host = str(extension.allowed_addresses[0].network_address)
    uri = SipUri.of(extension.number, host)
    return [Destination(number=extension.number, uri=uri, flow=None)]
