"""Both sides of a subscription to events: Subscriber and Notifier (RFC 6665)."""

from __future__ import annotations

from app.sip.notifier import Notifier
from app.sip.subscriber import OutgoingSubscribe, Subscriber

__all__ = ["Notifier", "OutgoingSubscribe", "Subscriber"]
