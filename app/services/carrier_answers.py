"""The questions a carrier template asks, and whether the answers will do."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Mapping

from app.db.field_checks import is_host, split_host_port
from app.errors import UserError
from app.services.carrier_forms import plain_number
from app.services.carrier_template import AnswerChoice, CarrierTemplate, Question, Shape, Way, Words

WAY_LABELS = {
    Way.REGISTRATION: Words("Registration with account and password", "用账号和密码注册"),
    Way.CALL: Words("Account and password on each call, no registration", "不注册，每次呼叫用账号和密码鉴权"),
    Way.IP: Words("By our fixed public address", "按本机固定公网地址识别"),
}
_OWN_CARD = Question(
    key="bind_address",
    label=Words("Local address on the carrier's network", "通往运营商专网的本机地址"),
    help=Words(
        "The IP address of the network card that leads to the carrier, if it has a card of its own.",
        "若为运营商专网单独配了网卡，填写该网卡的 IP 地址。",
    ),
    shape=Shape.ADDRESS,
    example="10.32.7.20",
    required=False,
)
_OWN_DNS = Question(
    key="dns_server",
    label=Words("The carrier's DNS server", "运营商的 DNS 服务器"),
    help=Words(
        "Needed only if the proxy is a name that the public DNS does not know.",
        "仅当代理地址是域名且公网 DNS 无法解析时需要。",
    ),
    shape=Shape.SERVER,
    example="10.32.7.1",
    required=False,
)


def chosen_way(template: CarrierTemplate, answers: Mapping[str, str]) -> Way:
    """The way that the answers name, else the carrier's usual one. Raises UserError."""
    named = answers.get("way", "").strip()
    if not named:
        return template.auth[0]
    for way in template.auth:
        if way == named:
            return way
    known = ", ".join(template.auth)
    text = f"{template.label.en} does not offer “{named}”. Choose one of: {known}."
    raise UserError("carrier.way", text, field="way", value=named, known=known)


def questions(template: CarrierTemplate, way: Way | None = None) -> tuple[Question, ...]:
    """What to ask, in order. The first asks for the way, where the carrier offers several."""
    chosen = way or template.auth[0]
    asked = [each for each in template.questions if not each.ways or chosen in each.ways]
    if len(template.auth) > 1:
        asked.insert(0, _way_question(template))
    network = template.facts[chosen].network
    if network is not None and chosen is not Way.IP:
        if network.own_card:
            asked.append(_OWN_CARD)
        if network.own_dns:
            asked.append(_OWN_DNS)
    return tuple(asked)


def checked(template: CarrierTemplate, answers: Mapping[str, str]) -> dict[str, str]:
    """Every answer, as the forms want it: trimmed, with defaults. Raises UserError with the key as field."""
    asked = {question.key: question for question in questions(template, chosen_way(template, answers))}
    elsewhere = {question.key for question in template.questions}
    for key in answers:
        if key not in asked and key not in elsewhere:
            known = ", ".join(asked)
            text = f"{template.label.en} does not ask for “{key}”. Its questions: {known}."
            raise UserError("carrier.answer_unknown", text, field=key, key=key, known=known)
    return {key: _answer(question, answers.get(key, "")) for key, question in asked.items()}


def _way_question(template: CarrierTemplate) -> Question:
    return Question(
        key="way",
        label=Words("How the carrier knows you", "认证方式"),
        shape=Shape.CHOICE,
        default=template.auth[0],
        choices=tuple(AnswerChoice(value=way, label=WAY_LABELS[way]) for way in template.auth),
    )


def _answer(question: Question, raw: str) -> str:
    answer = raw if question.shape is Shape.SECRET else raw.strip()
    if question.shape is Shape.NUMBER:
        answer = plain_number(answer)
    answer = answer or question.default
    if not answer:
        if question.required:
            text = f"{question.label.en} is missing. Please enter what the carrier gave you."
            raise UserError("carrier.answer_missing", text, field=question.key, label=question.label.en)
        return ""
    is_right = _RIGHT.get(question.shape)
    fits = is_right is None or is_right(answer)
    if question.choices:
        fits = answer in [choice.value for choice in question.choices]
    if not fits or (question.pattern and not re.fullmatch(question.pattern, answer)):
        raise _unfit(question, answer)
    return answer


def _unfit(question: Question, answer: str) -> UserError:
    shown = "what was entered" if question.shape is Shape.SECRET else f"“{answer}”"
    text = f"{question.label.en}: {shown} cannot be right."
    if question.choices:
        text += f" Choose one of: {', '.join(choice.value for choice in question.choices)}."
    elif question.help is not None:
        text += f" {question.help.en}"
    if question.example:
        text += f" Example: {question.example}"
    return UserError(
        "carrier.answer_unfit",
        text,
        field=question.key,
        label=question.label.en,
        value=shown,
        example=question.example,
    )


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


_RIGHT: dict[Shape, Callable[[str], bool]] = {
    Shape.NUMBER: lambda text: re.fullmatch(r"\+?[0-9]{3,20}", text) is not None,
    Shape.EMAIL: lambda text: re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", text) is not None,
    Shape.HOST: is_host,
    Shape.SERVER: lambda text: split_host_port(text) is not None,
    Shape.ADDRESS: _is_address,
}
