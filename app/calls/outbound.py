"""What a call to the outside says and allows, where it differs from one to a phone of ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.sdp.negotiation import audio_target, keep_codecs, prefer_codecs, without_pictures

if TYPE_CHECKING:
    from app.sdp.description import SessionDescription
    from app.sip.digest import DigestClient
    from app.sip.flow import Flow
    from app.sip.uri import SipUri


@dataclass(frozen=True, slots=True)
class SoundRules:
    """What may be spoken of with one side of a call: these codecs in this order (none named = all), pictures.

    A description of which no codec would be left passes as it is: the peer shall say no, with its own reason.
    """

    codecs: tuple[str, ...] = ()
    has_video: bool = True

    def apply(self, desc: SessionDescription) -> SessionDescription:
        """Leave out what is not allowed."""
        if self.codecs:
            kept = keep_codecs(desc, self.codecs)
            target = audio_target(kept)
            if target is not None and any(codec.is_voice for codec in target.codecs):
                desc = prefer_codecs(kept, self.codecs)
        return desc if self.has_video else without_pictures(desc)


ALL_SOUND = SoundRules()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outbound:
    """The INVITE of a call that leaves by a line or trunk.

    `from_` and `to` are without tag. `media_mode` is as the setting `local_media`, "" = as the call has it.
    `flows` are tried in order; empty = as `hop` leads. `patience_s` > 0: a peer that has said nothing at all
    after that long counts as silent (408).
    """

    from_: str
    to: str
    contact_user: str
    headers: tuple[tuple[str, str], ...] = ()
    credentials: DigestClient | None = None
    has_rel100: bool = True
    needs_rel100: bool = False
    session_expires: int | None = None
    flows: tuple[Flow, ...] = ()
    hop: SipUri | None = None
    outlet: str = ""
    media_mode: str = ""
    sound: SoundRules = ALL_SOUND
    patience_s: float = 0.0
