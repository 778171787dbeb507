"""Whose signature is believed."""

from __future__ import annotations

import pytest

from installer.windows.signatures import is_signed_by_the_foundation

GOOD = """Signer #0:
    Subject: /C=US/ST=Oregon/L=Beaverton/O=Python Software Foundation/CN=Python Software Foundation
    Issuer : /C=US/O=DigiCert, Inc./CN=DigiCert Trusted G4 Code Signing RSA4096 SHA384 2021 CA1
Succeeded
"""


@pytest.mark.parametrize(
    ("report", "verdict"),
    [
        (GOOD, True),
        (GOOD.replace("Succeeded", "Failed"), False),
        (
            GOOD.replace(
                "O=Python Software Foundation/CN=Python Software Foundation", "O=Somebody/CN=Somebody"
            ),
            False,
        ),
        ("    Subject: /O=Somebody/CN=Somebody\n" + GOOD, False),  # the first signer counts
        ("No signature found\n", False),
    ],
)
def test_only_a_valid_signature_of_the_foundation_counts(report: str, verdict: bool) -> None:
    assert is_signed_by_the_foundation(report) is verdict
