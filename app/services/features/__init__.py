"""What a PBX makes of calls: one file an action, and the table that says which."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.events import EventBus
from app.services.actions import (
    CallGroup,
    CheckMessages,
    DialOut,
    Feature,
    JoinConference,
    LeaveMessage,
    OpenMenu,
    Refuse,
    RingExtension,
    SetForwarding,
)
from app.services.announcements import Announcements
from app.services.conferences import Conferences
from app.services.devices import Devices
from app.services.directory import DirectoryHolder
from app.services.extension_rules import ChangeExtension
from app.services.features.attendant import Attendant
from app.services.features.conference import Conference
from app.services.features.extensions import Extensions
from app.services.features.forwarding import ForwardingCodes
from app.services.features.mailbox import MailboxDoor
from app.services.features.outside import Outside
from app.services.features.refusals import Refusals
from app.services.features.ring_groups import RingGroups
from app.services.features.voice_mail import VoiceMail
from app.services.forwarding import Forwarder
from app.services.gateway import Gateway
from app.services.mailbox_pins import MailboxPins
from app.services.mailboxes import Mailboxes
from app.services.voice_mail_session import Sessions


def all_features(
    holder: DirectoryHolder,
    devices: Devices,
    gateway: Gateway,
    *,
    forwarder: Forwarder,
    conferences: Conferences,
    announcements: Announcements,
    clock: Callable[[], float],
    events: EventBus,
    mailboxes: Mailboxes | None,
    change_extension: ChangeExtension,
) -> Mapping[type, Feature]:
    """Make every feature, by the action it serves."""
    return {
        SetForwarding: ForwardingCodes(holder, announcements, forwarder, change_extension).run,
        **_voice_mail(holder, announcements, forwarder, clock, events, mailboxes, change_extension),
        RingExtension: Extensions(holder, devices, forwarder).run,
        CallGroup: RingGroups(holder, devices, clock).run,
        DialOut: Outside(holder, gateway).run,
        JoinConference: Conference(conferences).run,
        Refuse: Refusals(holder, announcements).run,
        OpenMenu: Attendant(holder, announcements, clock).run,
    }


def _voice_mail(
    holder: DirectoryHolder,
    announcements: Announcements,
    forwarder: Forwarder,
    clock: Callable[[], float],
    events: EventBus,
    mailboxes: Mailboxes | None,
    change_extension: ChangeExtension,
) -> Mapping[type, Feature]:
    if mailboxes is None:
        return {}
    pins = MailboxPins(mailboxes.on_disk, events, clock)
    sessions = Sessions(holder, mailboxes, pins, change_extension, clock)
    return {
        LeaveMessage: VoiceMail(holder, mailboxes, announcements, forwarder, clock).run,
        CheckMessages: MailboxDoor(holder, announcements, pins, sessions).run,
    }
