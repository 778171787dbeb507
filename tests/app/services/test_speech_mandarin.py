from __future__ import annotations

from datetime import datetime

import pytest

from app.services.speech_mandarin import Mandarin
from app.services.spoken_parts import Moment

MANDARIN = Mandarin()
NOW = datetime(2026, 11, 23, 18, 0)

CHARACTERS = {
    **{f"n-{number}": character for number, character in enumerate("零一二三四五六七八九十")},
    "n-liang": "两",
    "n-hundred": "百",
    "n-thousand": "千",
    "n-wan": "万",
    "n-yi": "亿",
    "date-year": "年",
    "date-month": "月",
    "date-day": "日",
    "date-today": "今天",
    "date-yesterday": "昨天",
    **{f"weekday-{number}": f"星期{character}" for number, character in enumerate("一二三四五六日", 1)},
    "time-night": "凌晨",
    "time-morning": "上午",
    "time-midday": "中午",
    "time-afternoon": "下午",
    "time-evening": "晚上",
    "time-hour": "点",
    "time-minute": "分",
    "time-sharp": "整",
    "hour": "小时",
    "minute": "分钟",
    "second": "秒",
    "message": "条消息",
}


def written(ids: list[str]) -> str:
    return "".join(CHARACTERS[each] for each in ids)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, "零"),
        (2, "二"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (22, "二十二"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (112, "一百一十二"),
        (200, "两百"),
        (1000, "一千"),
        (1001, "一千零一"),
        (1010, "一千零一十"),
        (1100, "一千一百"),
        (2222, "两千两百二十二"),
        (10_000, "一万"),
        (10_001, "一万零一"),
        (12_000, "一万两千"),
        (20_000, "两万"),
        (100_500, "十万零五百"),
        (105_000, "十万五千"),
        (120_000, "十二万"),
        (1_120_034, "一百一十二万零三十四"),
        (10_000_000, "一千万"),
        (100_000_000, "一亿"),
        (100_120_000, "一亿零一十二万"),
        (200_000_002, "两亿零二"),
        (123_456_789, "一亿两千三百四十五万六千七百八十九"),
        (999_999_999, "九亿九千九百九十九万九千九百九十九"),
    ],
)
def test_numbers(value: int, said: str) -> None:
    assert written(MANDARIN.number(value)) == said


@pytest.mark.parametrize(
    ("when", "now", "said"),
    [
        (datetime(2026, 11, 23, 14, 5), NOW, "今天下午两点零五分"),
        (datetime(2026, 11, 23, 0, 0), NOW, "今天凌晨零点整"),
        (datetime(2026, 11, 22, 12, 0), NOW, "昨天中午十二点整"),
        (datetime(2026, 11, 22, 2, 30), NOW, "昨天凌晨两点三十分"),
        (datetime(2026, 11, 21, 11, 59), NOW, "十一月二十一日星期六上午十一点五十九分"),
        (datetime(2025, 12, 31, 23, 10), NOW, "二零二五年十二月三十一日星期三晚上十一点十分"),
        (datetime(2026, 2, 2, 18, 22), None, "二零二六年二月二日星期一晚上六点二十二分"),
    ],
)
def test_moments(when: datetime, now: datetime | None, said: str) -> None:
    assert written(MANDARIN.moment(Moment(when, now))) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "零秒"),
        (2, "两秒"),
        (12, "十二秒"),
        (60, "一分钟"),
        (125, "两分钟五秒"),
        (7322, "两小时两分钟两秒"),
    ],
)
def test_lengths_of_time(seconds: int, said: str) -> None:
    assert written(MANDARIN.duration(seconds)) == said


@pytest.mark.parametrize(
    ("value", "said"), [(1, "一条消息"), (2, "两条消息"), (12, "十二条消息"), (22, "二十二条消息")]
)
def test_things_are_counted_with_liang(value: int, said: str) -> None:
    assert written(MANDARIN.counted(value, "message", "messages")) == said
