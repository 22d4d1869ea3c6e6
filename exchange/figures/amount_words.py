"""The words that stand around an amount: currencies, periods, units, and those that say nothing.

Keys are as `parsing.plain` leaves a text: small letters, Simplified characters, ASCII figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

# What a sign or word may mean, the likeliest first. Two beside each other mean what both may mean:
# "$3500 加元" is Canadian.
DOLLARS = ("USD", "HKD", "TWD", "CAD", "AUD", "SGD", "NZD", "MOP", "MXN", "BRL")
YUAN = ("CNY", *DOLLARS, "JPY", "KRW")
_WORDS = {
    YUAN: "元 圆 块 块钱",
    DOLLARS: "$ dollar dollars buck bucks",
    ("USD", "CAD", "AUD"): "刀",
    ("CNY", "JPY"): "¥",
    ("CNY",): "cn¥ rmb¥ rmb cny cnh yuan kuai renminbi 人民币 人民币元 软妹币",
    ("USD",): "us$ usd usd$ 美元 美金 美刀",
    ("HKD",): "hk$ hkd hkd$ 港元 港币 港纸",
    ("TWD",): "nt$ nt twd ntd 台币 新台币 台币元",
    ("MOP",): "mop mop$ 澳门元 澳门币 葡币",
    ("EUR",): "€ eur euro euros 欧元 欧",
    ("GBP",): "£ gbp quid pound pounds 英镑 镑",
    ("JPY",): "jp¥ jpy yen 日元 日圆 日币 円",
    ("KRW",): "₩ krw won 韩元 韩币 韩圆",
    ("CAD",): "c$ ca$ cad cad$ 加元 加币 加刀",
    ("AUD",): "a$ au$ aud aud$ 澳元 澳币 澳刀",
    ("SGD",): "s$ sg$ sgd 新加坡元 新元 新币 坡币",
    ("NZD",): "nz$ nzd 纽币 纽元 新西兰元",
    ("CHF",): "chf 瑞郎 瑞士法郎",
    ("INR",): "₹ inr rupee rupees 卢比 印度卢比",
    ("MXN",): "mx$ mxn 墨西哥比索",
    ("BRL",): "r$ brl 雷亚尔 巴西雷亚尔",
    ("THB",): "฿ thb baht 泰铢 铢",
    ("MYR",): "rm myr ringgit 林吉特 令吉 马币",
    ("IDR",): "rp idr 印尼盾 印尼卢比",
    ("PHP",): "₱ php 菲律宾比索",
    ("SEK",): "sek 瑞典克朗",
    ("NOK",): "nok 挪威克朗",
    ("DKK",): "dkk 丹麦克朗",
    ("PLN",): "zł pln 兹罗提",
    ("CZK",): "kč czk 捷克克朗",
    ("HUF",): "huf 福林",
    ("RON",): "ron",
    ("TRY",): "₺ try 里拉",
    ("ILS",): "₪ ils 谢克尔",
    ("ZAR",): "zar 兰特",
    ("VND",): "₫ vnd 越南盾",
    ("RUB",): "₽ rub 卢布",
}
CURRENCIES = {word: codes for codes, words in _WORDS.items() for word in words.split()}
CENTS = {"¢", "cent", "cents", "美分"}

_PERIODS = {
    "day": "day days 天 日 晚 night",
    "week": "week wk w 周 星期 礼拜",
    "month": "month months mth mths mo mos mo. m 月 月份",
    "quarter": "quarter qtr q 季度 季",
    "term": "term semester sem 学期",
    "year": "year years yr yrs y yr. annum 年 学年",
    "hour": "hour hours hr hrs h 小时 钟头",
    "credit": "credit credits credit-hour 学分",
    "each": "each one time 次 回 each-one",
}
# On their own, without "per" or 每.
_ADVERBS = {
    "day": "daily 日租 日薪",
    "week": "weekly pw p/w 周租 周薪",
    "month": "monthly pm pcm p/m 月租 月租金 月薪 月供 月费 月付 按月",
    "quarter": "quarterly 季租 按季",
    "year": "yearly annual annually pa p.a. p.a 年租 年租金 年薪 年费 按年",
    "hour": "hourly 时薪",
    "each": "each apiece",
}
_UNITS = {
    "kg": "kg kgs kilo kilogram 公斤 千克",
    "g": "g gram 克",
    "jin": "jin 斤 市斤",
    "liang": "liang 两",
    "lb": "lb lbs pound 磅",
    "oz": "oz ounce 盎司",
    "L": "l liter litre 升",
    "ml": "ml 毫升",
    "gal": "gal gallon 加仑",
    "kWh": "kwh 度 千瓦时 度电",
    "m3": "m3 m³ 立方 立方米 吨",  # of water
    "m2": "m2 m² sqm ㎡ 平 平米 平方 平方米",
    "sqft": "sqft sf ft2 ft² 平方英尺 平方尺 尺",
    "piece": "piece 个 只 枚 颗 份",
    "dozen-eggs": "dozen doz 打",
    "qt": "quart qt",
    "km": "km 公里",
    "mile": "mile 英里",
    "box": "box 盒",
    "cup": "cup 杯",
    "ride": "ride trip 趟",
    "visit": "visit",
    "meal": "meal 顿 餐",
}


def _by_word(table: dict[str, str]) -> dict[str, str]:
    return {word: key for key, words in table.items() for word in words.split()}


PERIODS, ADVERBS, UNITS = _by_word(_PERIODS), _by_word(_ADVERBS), _by_word(_UNITS)
PERIODS |= {"个" + word: key for word, key in PERIODS.items() if not word.isascii()}  # 一个月
PERIODS |= {"credit hour": "credit"}
UNITS |= {"sq ft": "sqft", "sq. ft": "sqft", "square foot": "sqft"}
UNITS |= {"sq m": "m2", "square meter": "m2", "square metre": "m2", "cubic metre": "m3"}

# Words that change nothing about the amount.
FILLERS = (
    "约 大约 约莫 大概 差不多 左右 上下 将近 接近 近 一共 总共 共 合计 共计 就 才 只 只要 要 是 的 钱 整 正"
    " 吧 了 我 付 花了 花 租金 房租 学费 工资 about around approx approx. approximately roughly circa ca ca."
    " nearly almost some total in ish just only it's its is it i i'm pay paid paying rent tuition"
).split()
NOT_FINITE = "nan inf infinity infinite ∞ 无穷 无穷大 无限 无限大".split()
NEGATIVE = "负 minus negative".split()
BETWEEN = "到 至 to".split()


def one_of(words: Iterable[str]) -> str:
    """A regular expression for any of the words, the longest first, Latin ones whole."""
    return "|".join(map(_whole, sorted(words, key=len, reverse=True)))


def _whole(word: str) -> str:
    if word == "两":  # 一两千 is between one and two thousand
        return "两(?![百千万亿])"
    is_latin = word[-1].isascii() and word[-1].isalpha()
    return re.escape(word) + ("(?![a-z])" if is_latin else "")
