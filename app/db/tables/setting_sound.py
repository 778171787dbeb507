"""The settings of what callers hear: language of prompts, tones, music, words on failures, codecs."""

from __future__ import annotations

import re

from app.db.field_checks import listed
from app.errors import UserError
from app.fields import Choice, FieldKind, FieldSpec, Value

_GROUP = "Announcements"

VOICE_CODECS = ("opus", "g722", "pcma", "pcmu", "l16")  # as in app.media.voice_codec

PROMPT_LANGUAGES = (Choice("en", "English"), Choice("zh", "中文"))
TONE_COUNTRIES = (
    Choice("", "By the country code"),
    Choice("itu", "International (ITU)"),
    Choice("cn", "China"),
    Choice("us", "United States, Canada"),
    Choice("uk", "United Kingdom"),
    Choice("de", "Germany"),
    Choice("fr", "France"),
    Choice("jp", "Japan"),
    Choice("au", "Australia"),
    Choice("in", "India"),
    Choice("br", "Brazil"),
    Choice("ru", "Russia"),
)


def language_field(help_text: str, group: str) -> FieldSpec:
    """The language that an extension or a line has of its own."""
    return FieldSpec(
        name="language",
        label="Language of announcements",
        help=help_text,
        kind=FieldKind.CHOICE,
        default="",
        choices=(Choice("", "As the system"), *PROMPT_LANGUAGES),
        group=group,
    )


def _check_codecs(value: Value) -> None:
    names = listed(value)
    for name in names:
        if name.lower() not in VOICE_CODECS:
            text = f"Codecs: “{name}” is none that OpenMSS speaks. There are: {', '.join(VOICE_CODECS)}."
            raise UserError("setting.codecs", text, field="codecs", value=name)
    if len({name.lower() for name in names}) < len(names):
        text = "Codecs: one stands there twice. Name each once, the best first."
        raise UserError("setting.codecs_twice", text, field="codecs", value=str(value))
    if not re.search(r"pcm[au]", str(value), re.IGNORECASE):
        text = "Codecs: keep pcma or pcmu among them; many phones and nearly all carriers speak no other."
        raise UserError("setting.codecs_none_usual", text, field="codecs", value=str(value))


SOUND_SETTINGS: tuple[FieldSpec, ...] = (
    FieldSpec(
        name="prompt_language",
        label="Language of announcements",
        help="What callers hear announcements in. Extensions and external lines may have another.",
        kind=FieldKind.CHOICE,
        default="en",
        choices=PROMPT_LANGUAGES,
        group=_GROUP,
    ),
    FieldSpec(
        name="tone_country",
        label="Tones as in",
        help="The country whose ringing, busy and other tones callers hear from OpenMSS.",
        kind=FieldKind.CHOICE,
        default="",
        choices=TONE_COUNTRIES,
        group=_GROUP,
    ),
    FieldSpec(
        name="music_on_hold",
        label="Music on hold",
        help="Whom somebody puts on hold hears music. Off: silence, or what the phones make of it.",
        kind=FieldKind.BOOLEAN,
        default=True,
        group=_GROUP,
    ),
    FieldSpec(
        name="early_announcements",
        label="Say why a call fails",
        help="Before a call is refused the caller hears why: busy, no answer, no such number. The refusal "
        "comes after that, so that phones show it, and other systems try elsewhere, some seconds later. Off: "
        "the phone's own tones; callers who have been answered already, by a menu say, hear it all the same.",
        kind=FieldKind.BOOLEAN,
        default=False,
        group=_GROUP,
    ),
    FieldSpec(
        name="codecs",
        label="Codecs",
        help="The codecs that OpenMSS itself speaks, the best first, separated by commas: for menus, voice "
        "mail, conferences, and calls between phones that have none in common.",
        kind=FieldKind.TEXT,
        default="opus, g722, pcma, pcmu",
        required=True,
        max_length=80,
        example="g722, pcma, pcmu",
        group="Media",
        check=_check_codecs,
    ),
)
