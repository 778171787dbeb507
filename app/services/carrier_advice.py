"""What to tell whoever sets a line up from a carrier template: what to check, to do and to leave alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.services.carrier_forms import fill
from app.services.carrier_template import (
    CarrierTemplate,
    Dtmf,
    Facts,
    Grade,
    Need,
    NumberOut,
    Way,
    Words,
)

STALE_AFTER_MONTHS = 12


class Topic(StrEnum):
    """What a piece of advice is about."""

    ORDER_PAPER = "order_paper"
    STALE = "stale"
    UNVERIFIED = "unverified"
    FORBIDDEN = "forbidden"
    PORTAL = "portal"
    SETUP = "setup"  # something else that OpenMSS or its surroundings need
    REMARK = "remark"
    TEST_NUMBER = "test_number"


@dataclass(frozen=True, slots=True)
class Advice:
    """One piece of advice, in both languages. `field` is what FORBIDDEN speaks of."""

    topic: Topic
    words: Words
    field: str = ""


def advice(
    template: CarrierTemplate, way: Way, answers: Mapping[str, str], today: date
) -> tuple[Advice, ...]:
    """All advice for one line or trunk, what concerns the trust in the template first."""
    facts = template.facts[way]
    found = [Advice(Topic.ORDER_PAPER, _ORDER_PAPER)]
    found += _staleness(template, today)
    found += _unverified(template, way, facts)
    found += [Advice(Topic.FORBIDDEN, each.why, each.field) for each in template.forbidden]
    found += [Advice(Topic.PORTAL, words) for words in template.portal_steps]
    found += [Advice(Topic.SETUP, words) for words in _setup(template, way, facts)]
    found += [Advice(Topic.REMARK, words) for words in template.remarks]
    for each in template.test_numbers:
        number = fill(each.number, answers, template.calling_code)
        words = Words(f"To try it, call {number}: {each.what.en}", f"可拨打 {number} 测试：{each.what.zh}")
        found.append(Advice(Topic.TEST_NUMBER, words))
    return tuple(found)


_ORDER_PAPER = Words(
    "Carriers change their settings. Compare with your order papers or the carrier's portal.",
    "运营商会更改参数，请与您的开通单或运营商门户核对。",
)


def _staleness(template: CarrierTemplate, today: date) -> list[Advice]:
    source = template.main_source
    months = source.age_months(today)
    if months <= STALE_AFTER_MONTHS:
        return []
    words = Words(
        f"This template was read in {source.read_on}, {months} months ago. It may be out of date.",
        f"此模板的资料查阅于 {source.read_on}，距今 {months} 个月，可能已经过时。",
    )
    return [Advice(Topic.STALE, words)]


def unverified_facts(template: CarrierTemplate, way: Way, facts: Facts) -> tuple[Words, ...]:
    """What nobody has checked, in words."""
    found = [FACT_LABELS[name] for name in facts.given() if _is_unverified(template, name)]
    found += [
        Words(f"{each.upper()} as transport", f"{each.upper()} 传输")
        for each in facts.transports
        if _is_unverified(template, f"transports.{each}") and not _is_unverified(template, "transports")
    ]
    if _is_unverified(template, f"auth.{way}"):
        found.insert(0, Words("that this way of authentication is offered", "是否提供此认证方式"))
    return tuple(found)


def _is_unverified(template: CarrierTemplate, fact: str) -> bool:
    return template.source_of(fact).grade is Grade.KNOWLEDGE


def _unverified(template: CarrierTemplate, way: Way, facts: Facts) -> list[Advice]:
    found = unverified_facts(template, way, facts)
    if not found:
        return []
    en = ", ".join(each.en for each in found)
    zh = "、".join(each.zh for each in found)
    return [Advice(Topic.UNVERIFIED, Words(f"Not verified: {en}.", f"未经核实：{zh}。"))]


def _setup(template: CarrierTemplate, way: Way, facts: Facts) -> list[Words]:
    found: list[Words] = []
    code = template.calling_code
    if facts.number_out is not NumberOut.AS_DIALLED:
        found.append(
            Words(
                "Numbers are sent in a form that needs your country code in the system settings"
                + (f" (here {code})." if code else "."),
                "号码的书写格式需要在系统配置中设置国家码" + (f"（此处为 {code}）。" if code else "。"),
            )
        )
    if facts.number_out is NumberOut.PREFIX:
        found.append(
            Words(
                "Every number must begin with your technical prefix and a star: add a transition that "
                "inserts it, and a refine rule for the trunk that uses it.",
                "每个号码前都要加上技术前缀和星号：请添加一条插入该前缀的号码变换，并为此中继添加使用它的细化规则。",
            )
        )
    if facts.srtp is Need.REQUIRED:
        found.append(
            Words(
                "Sound must be encrypted (SRTP): the phones that use this line must offer it.",
                "语音必须加密（SRTP）：使用此外线的话机必须启用 SRTP。",
            )
        )
    if facts.dtmf is Dtmf.INBAND:
        found.append(
            Words(
                "Digits during calls may have to travel as tones in the sound (in-band).",
                "通话中的按键可能需要以带内音方式传送。",
            )
        )
    if facts.network is not None and facts.network.private:
        found.append(
            Words(
                "The carrier is reached over its own private network (a VLAN or a cable of its own), not "
                "over the internet. This computer needs an address there, and a route if it has a second "
                "network card.",
                "须经运营商专网（单独的 VLAN 或线路）接入，不经公共互联网。"
                "本机需要有专网地址，有第二块网卡时还需配置静态路由。",
            )
        )
    if way is Way.IP:
        found.append(
            Words(
                "The carrier knows you by your address: enter your fixed public IP address in its portal or "
                "order.",
                "运营商按地址识别您：请在其门户或订单中登记您的固定公网 IP 地址。",
            )
        )
    if facts.single_registration:
        found.append(
            Words(
                "The account may be registered once only: switch off other devices that use it.",
                "该账号只允许一处注册：请停用其他使用该账号的设备。",
            )
        )
    return found


FACT_LABELS: dict[str, Words] = {
    "domain": Words("domain", "域"),
    "domain_resolves": Words("whether the domain resolves", "域名能否解析"),
    "server": Words("server", "服务器"),
    "outbound_proxy": Words("proxy", "代理"),
    "transports": Words("transport", "传输协议"),
    "port": Words("port", "端口"),
    "srv": Words("SRV records", "SRV 记录"),
    "realm": Words("realm", "鉴权域"),
    "expires": Words("registration time", "注册有效期"),
    "keepalive_s": Words("keep-alive", "保活间隔"),
    "single_registration": Words("one registration only", "仅一处注册"),
    "user_form": Words("account", "账号格式"),
    "auth_user_form": Words("authentication user", "鉴权用户名格式"),
    "from_user_form": Words("user in From", "From 中的用户"),
    "contact_user": Words("user in Contact", "Contact 中的用户"),
    "request_uri": Words("Request-URI", "Request-URI"),
    "number_out": Words("form of called numbers", "被叫号码格式"),
    "number_in_source": Words("where the called number stands", "来话被叫号码位置"),
    "caller_id": Words("caller's number", "主叫号码位置"),
    "privacy": Words("privacy", "隐藏主叫"),
    "codecs": Words("codecs", "编解码"),
    "dtmf": Words("digits", "DTMF"),
    "rel100": Words("reliable ringing", "可靠临时响应"),
    "session_timer": Words("session timer", "会话定时器"),
    "srtp": Words("SRTP", "SRTP"),
    "t38": Words("T.38 fax", "T.38 传真"),
    "video": Words("video", "视频"),
    "call_id_policy": Words("Call-ID of registrations", "注册的 Call-ID"),
    "use_service_route": Words("Service-Route", "Service-Route"),
    "network": Words("private network", "专网"),
    "match_addresses": Words("addresses that calls come from", "来话地址"),
}
