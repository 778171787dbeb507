"""What a PBX makes of calls: one file an action, and the table that says which."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.services.actions import DialOut, Feature, JoinConference, OpenMenu, Refuse, RingExtension
from app.services.announcements import Announcements
from app.services.conferences import Conferences
from app.services.devices import Devices
from app.services.directory import DirectoryHolder
from app.services.features.attendant import Attendant
from app.services.features.conference import Conference
from app.services.features.extensions import Extensions
from app.services.features.outside import Outside
from app.services.features.refusals import refuse
from app.services.forwarding import Forwarder
from app.services.gateway import Gateway


def all_features(
    holder: DirectoryHolder,
    devices: Devices,
    gateway: Gateway,
    *,
    forwarder: Forwarder,
    conferences: Conferences,
    announcements: Announcements,
    clock: Callable[[], float],
) -> Mapping[type, Feature]:
    """Make every feature, by the action it serves."""
    return {
        RingExtension: Extensions(holder, devices, forwarder).run,
        DialOut: Outside(holder, gateway).run,
        JoinConference: Conference(conferences).run,
        Refuse: refuse,
        OpenMenu: Attendant(holder, announcements, clock).run,
    }
