"""The telephone tones of the countries: what a caller there knows as ringing, busy and so on.

From ITU-T E.180 Supplement 2 (various tones used in national networks); the ITU's own are those that
E.180 (03/98) recommends. The form of a tone is that of `app.media.call_tones`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_INFORMATION = "950*330 1400*330 1800*330 0*1000"  # E.180 clause 9: the same nearly everywhere
_RECORD = "1400*500 0*14500"


@dataclass(frozen=True, slots=True, kw_only=True)
class TonePlan:
    """One country's tones, each one round long."""

    label: str  # English
    dial: str
    ringback: str
    busy: str
    congestion: str
    special_information: str = _INFORMATION
    record: str = _RECORD  # heard now and then while a call is recorded

    def tone(self, announcement: str) -> str:
        """The tone behind an announcement's id, such as tone-special-information."""
        text: str = getattr(self, announcement.removeprefix("tone-").replace("-", "_"))
        return text


TONE_PLANS: Mapping[str, TonePlan] = {
    "itu": TonePlan(
        label="International (ITU)",
        dial="425*1000",
        ringback="425*1000 0*4000",
        busy="425*500 0*500",
        congestion="425*200 0*200",
    ),
    "cn": TonePlan(
        label="China",
        dial="450*1000",
        ringback="450*1000 0*4000",
        busy="450*350 0*350",
        congestion="450*700 0*700",
        record="950*400 0*10000",
    ),
    "us": TonePlan(
        label="United States, Canada",
        dial="350+440*1000",
        ringback="440+480*2000 0*4000",
        busy="480+620*500 0*500",
        congestion="480+620*250 0*250",
    ),
    "uk": TonePlan(
        label="United Kingdom",
        dial="350+440*1000",
        ringback="400+450*400 0*200 400+450*400 0*2000",
        busy="400*375 0*375",
        congestion="400*400 0*350 400*225 0*525",
    ),
    "de": TonePlan(
        label="Germany",
        dial="425*1000",
        ringback="425*1000 0*4000",
        busy="425*480 0*480",
        congestion="425*240 0*240",
        record="1400*80 0*14920",
    ),
    "fr": TonePlan(
        label="France",
        dial="440*1000",
        ringback="440*1500 0*3500",
        busy="440*500 0*500",
        congestion="440*250 0*250",
    ),
    "jp": TonePlan(
        label="Japan",
        dial="400*1000",
        ringback="400x16*1000 0*2000",
        busy="400*500 0*500",
        congestion="400*500 0*500",
    ),
    "au": TonePlan(
        label="Australia",
        dial="413+438*1000",
        ringback="413+438*400 0*200 413+438*400 0*2000",
        busy="425*375 0*375",
        congestion="425*375 0*375",
        special_information="425*2500 0*500",
        record="425*360 0*15000",
    ),
    "in": TonePlan(
        label="India",
        dial="400x25*1000",
        ringback="400x25*400 0*200 400x25*400 0*2000",
        busy="400*750 0*750",
        congestion="400*250 0*250",
    ),
    "br": TonePlan(
        label="Brazil",
        dial="425*1000",
        ringback="425*1000 0*4000",
        busy="425*250 0*250",
        congestion="425*250 0*250 425*750 0*250",
    ),
    "ru": TonePlan(
        label="Russia",
        dial="425*1000",
        ringback="425*1000 0*4000",
        busy="425*350 0*350",
        congestion="425*175 0*175",
    ),
}
DEFAULT_COUNTRY = "itu"


def country_for(code: str) -> str:
    """The country whose tones fit a country code, for a setting that says “automatic”."""
    return _BY_CODE.get(code, DEFAULT_COUNTRY)


_BY_CODE = {
    "86": "cn",
    "1": "us",
    "44": "uk",
    "49": "de",
    "33": "fr",
    "81": "jp",
    "61": "au",
    "91": "in",
    "55": "br",
    "7": "ru",
}
