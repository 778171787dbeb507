"""Messages without their secrets, to be shown to others: digests, passwords, keys and telephone numbers."""

from __future__ import annotations

import re

_BLANK = b"***"
# The response proves the password and can be attacked off-line (RFC 7616 5.8), for which cnonce is needed
# too.
_CREDENTIALS = re.compile(rb"^((?:proxy-)?authorization[ \t]*:[^\r\n]*(?:\r?\n[ \t]+[^\r\n]*)*)", re.I | re.M)
_SECRET_PARAM = re.compile(rb'\b(response|cnonce|opaque)([ \t]*=[ \t]*)("[^"]*"|[^,\s]+)', re.I)
_BASIC = re.compile(rb"(:\s*(?:basic|bearer)\s+)\S+", re.I)
_URI_PASSWORD = re.compile(rb"(sips?:[^@:;>\s]*):[^@>\s]*@", re.I)
_SDP_KEY = re.compile(rb"^(a=(?:crypto:\d+ \S+ inline:|ice-pwd:|key-mgmt:)|k=)[^\r\n]+", re.M)
_USER = re.compile(rb"((?:sips?:|tel:))([^@:;>\s]+)", re.I)
_DISPLAY = re.compile(rb'"((?:[^"\\\r\n]|\\.)*)"(?=\s*<)')
_DIGITS = re.compile(rb"\d(?=[\d().-]*\d\d)")
_DIGEST_USER = re.compile(rb"\b(username[ \t]*=[ \t]*)(\"[^\"]*\"|[^,\s]+)", re.I)
_DTMF = re.compile(rb"^(Signal[ \t]*=[ \t]*)\S+", re.I | re.M)


def mask(data: bytes, *, numbers: bool = False) -> bytes:
    """Blank out what must not leave the house.

    Always: digest responses, passwords in URIs, SRTP and ICE keys, DTMF digits in INFO. With `numbers` also
    all but the last two digits of users, telephone numbers and display names. Lines and their order stay;
    Content-Length is not corrected, for the reader wants to see what was sent.
    """
    data = _CREDENTIALS.sub(lambda found: _mask_credentials(found, numbers=numbers), data)
    data = _URI_PASSWORD.sub(rb"\1:" + _BLANK + b"@", data)
    data = _SDP_KEY.sub(rb"\1" + _BLANK, data)
    data = _DTMF.sub(rb"\1*", data)
    if numbers:
        data = _USER.sub(lambda found: found[1] + _mask_digits(found[2]), data)
        data = _DISPLAY.sub(lambda found: b'"' + _mask_digits(found[1]) + b'"', data)
    return data


def _mask_credentials(found: re.Match[bytes], *, numbers: bool) -> bytes:
    header = _BASIC.sub(rb"\1" + _BLANK, found[1])
    if numbers:
        header = _DIGEST_USER.sub(lambda user: user[1] + _mask_digits(user[2]), header)
    return _SECRET_PARAM.sub(rb'\1\2"' + _BLANK + b'"', header)


def _mask_digits(text: bytes) -> bytes:
    # The host of "sip:192.0.2.1" is no number of anyone.
    if re.fullmatch(rb"\d+(\.\d+){3}", text):
        return text
    return _DIGITS.sub(b"x", text)
