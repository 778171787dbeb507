"""Cases for the doctor's tests: read from tests/data/cases, or made of a few message texts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from app.diagnosis import Case, Finding, diagnose
from app.diagnosis.reading import Reading

FOLDER = Path(__file__).parents[1] / "data" / "cases"
PEER = "203.0.113.10:5060/udp"


def named(name: str) -> dict[str, Any]:
    """The content of one case file."""
    content: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return content


def findings_of(name: str, **config: object) -> tuple[Finding, ...]:
    """What is found in a case file, after changing its configuration."""
    content = named(name)
    content["config"] = {**content.get("config", {}), **config}
    return diagnose(Case.from_json(content))


def made(*messages: tuple[str, str], rtp: object = None, **config: object) -> Case:
    """A case of messages ("out" or "in", text), half a second apart."""
    rows = [{"t": n / 2, "dir": way, "peer": PEER, "text": text} for n, (way, text) in enumerate(messages)]
    return Case.from_json({"config": config, "messages": rows, "rtp": rtp})


def reading(*messages: tuple[str, str], rtp: object = None, **config: object) -> Reading:
    """The same, made ready."""
    return Reading(made(*messages, rtp=rtp, **config))


def message(start: str, *headers: str, call_id: str = "c1", cseq: str = "1 REGISTER", body: str = "") -> str:
    """A message text with bare line feeds."""
    lines = [start, f"Call-ID: {call_id}", f"CSeq: {cseq}", *headers, "", body]
    return "\n".join(lines)


def register(cseq: int = 1, *headers: str, call_id: str = "c1", branch: str = "") -> tuple[str, str]:
    """A REGISTER of ours."""
    text = message(
        "REGISTER sip:example.net SIP/2.0",
        f"Via: SIP/2.0/UDP 198.51.100.20:5060;rport;branch={branch or f'z9hG4bK{cseq}'}",
        "From: <sip:100@example.net>;tag=a",
        "To: <sip:100@example.net>",
        "Contact: <sip:100@198.51.100.20:5060>;expires=3600",
        *headers,
        call_id=call_id,
        cseq=f"{cseq} REGISTER",
    )
    return "out", text


def answer(
    status: str, cseq: int = 1, *headers: str, call_id: str = "c1", branch: str = ""
) -> tuple[str, str]:
    """An answer to it."""
    text = message(
        f"SIP/2.0 {status}",
        f"Via: SIP/2.0/UDP 198.51.100.20:5060;branch={branch or f'z9hG4bK{cseq}'}",
        "From: <sip:100@example.net>;tag=a",
        "To: <sip:100@example.net>;tag=b",
        *headers,
        call_id=call_id,
        cseq=f"{cseq} REGISTER",
    )
    return "in", text
