from __future__ import annotations

import pytest

from app.db.tables.setting_sound import PROMPT_LANGUAGES, SOUND_SETTINGS, VOICE_CODECS, language_field
from app.db.values import parse_value
from app.errors import UserError
from app.media.voice_codec import CODECS, DEFAULT_ORDER
from app.services.announcement_catalogue import LANGUAGES

BY_NAME = {field.name: field for field in SOUND_SETTINGS}


def test_the_codecs_are_those_that_we_speak() -> None:
    assert set(VOICE_CODECS) == set(CODECS)
    assert BY_NAME["codecs"].default == ", ".join(DEFAULT_ORDER)


@pytest.mark.parametrize("value", ["pcma", "PCMU, opus", "l16, g722, opus, pcmu, pcma"])
def test_an_order_of_codecs(value: str) -> None:
    assert parse_value(BY_NAME["codecs"], value) == value


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("gsm, pcma", "setting.codecs"),
        ("pcma, PCMA", "setting.codecs_twice"),
        ("opus, g722", "setting.codecs_none_usual"),
    ],
)
def test_an_order_that_makes_no_sense_is_refused(value: str, code: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_value(BY_NAME["codecs"], value)
    assert (caught.value.code, caught.value.field) == (code, "codecs")


def test_the_languages_are_those_of_the_announcements() -> None:
    assert tuple(choice.value for choice in PROMPT_LANGUAGES) == LANGUAGES
    field = language_field("Help.", "Basic")
    assert [choice.value for choice in field.choices] == ["", *LANGUAGES]
    assert field.default == ""


def test_silence_before_a_refusal_is_the_default() -> None:
    assert BY_NAME["early_announcements"].default is False
    assert BY_NAME["music_on_hold"].default is True
