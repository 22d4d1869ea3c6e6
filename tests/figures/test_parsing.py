"""What people type as an amount, in both languages, and what is made of it."""

from decimal import Decimal

import pytest

from exchange.figures import amount_words as words
from exchange.figures.parsing import LARGEST, LONGEST, Reading, read_amount
from exchange.figures.units import UNITS

# What was typed, and the amount.
PLAIN = """
1150 | 1150
1,150 | 1150
1,150,000 | 1150000
1 150 | 1150
1 150 000.50 | 1150000.50
1'150 | 1150
1’150 | 1150
3500. | 3500
3,500.50 | 3500.50
3.5 | 3.5
.5 | 0.5
0.150 | 0.150
0350 | 350
1234.567 | 1234.567
+3500 | 3500
3.5k | 3500
3.5K | 3500
10 k | 10000
2k5 | 2500
1w2 | 12000
15w | 150000
1W | 10000
1,150k | 1150000
1.5m | 1500000
1.5 million | 1500000
2 thousand | 2000
12 grand | 12000
0.3 bn | 300000000
1万 | 10000
1万2 | 12000
1万2千 | 12000
1万2千5 | 12500
1万2000 | 12000
1万零500 | 10500
1.2万 | 12000
1.125万 | 11250
1 万 | 10000
3千5 | 3500
3千5百 | 3500
3千500万 | 35000000
2百5 | 250
1百20 | 120
1亿 | 100000000
1亿2 | 120000000
1亿2000万 | 120000000
一万亿 | 1000000000000
１１５０ | 1150
１，１５０．５ | 1150.5
３．５ｋ | 3500
١١٥٠ | 1150
١٬١٥٠٫٥ | 1150.5
۳۵۰۰ | 3500
३५०० | 3500
五 | 5
十 | 10
十五 | 15
二十 | 20
二十五 | 25
一百二十 | 120
一百二 | 120
一百零二 | 102
一百一十五 | 115
三百五 | 350
三千五 | 3500
三千五百 | 3500
三千零五 | 3005
三千零五十 | 3050
三千五百二 | 3520
两千 | 2000
两千三 | 2300
两百五 | 250
一万 | 10000
一万二 | 12000
一万零二 | 10002
一万二千五 | 12500
一万二千五百 | 12500
十万 | 100000
十二万 | 120000
二十五万 | 250000
一百二十万 | 1200000
三百万 | 3000000
5千万 | 50000000
1.5千万 | 15000000
三五〇〇 | 3500
二〇二四 | 2024
三点五 | 3.5
三点五万 | 35000
十二点八 | 12.8
零点五 | 0.5
壹仟 | 1000
壹萬貳仟 | 12000
壹万贰仟叁佰肆拾伍 | 12345
陸仟伍佰 | 6500
三萬五 | 35000
兩千 | 2000
3。5 | 3.5
\u200e3500\u200f | 3500
３５００． | 3500
"""
# What was typed, the amount, and what else it says.
WORDED = """
¥3500 | 3500 | CNY
￥3500 | 3500 | CNY
¥ 3,500.00 | 3500 | CNY
3500元 | 3500 | CNY
3500块 | 3500 | CNY
三千五百块钱 | 3500 | CNY
3500 RMB | 3500 | CNY
rmb3500 | 3500 | CNY
人民币3500元 | 3500 | CNY
人民幣壹萬貳仟元整 | 12000 | CNY
3500 yuan | 3500 | CNY
CN¥3,500 | 3500 | CNY
3万块 | 30000 | CNY
1万2千块 | 12000 | CNY
三万元 | 30000 | CNY
两块五 | 2.5 | CNY
三块五毛 | 3.5 | CNY
3块5毛2 | 3.52 | CNY
3元5角 | 3.5 | CNY
3块50 | 3.5 | CNY
12块8 | 12.8 | CNY
八毛 | 0.8 | CNY
五百块一晚 | 500 | CNY | day
3.2元一升 | 3.2 | CNY | each | L
三块五一斤 | 3.5 | CNY | each | jin
3块5/斤 | 3.5 | CNY | each | jin
15元/两 | 15 | CNY | each | liang
一块五 | 1.5 | CNY
5角 | 0.5 | CNY
$1,150 | 1150 | USD
＄1,150 | 1150 | USD
US$1,200.50 | 1200.50 | USD
1150 USD | 1150 | USD
1150usd | 1150 | USD
2000 dollars | 2000 | USD
20 bucks | 20 | USD
2000美元 | 2000 | USD
2000美金 | 2000 | USD
100块美金 | 100 | USD
1500刀 | 1500 | USD
99 cents | 0.99 | USD
50¢ | 0.50 | USD
HK$9,000 | 9000 | HKD
9000港币 | 9000 | HKD
NT$15,000 | 15000 | TWD
1万5台币 | 15000 | TWD
1萬5新臺幣 | 15000 | TWD
€650 | 650 | EUR
650 euros | 650 | EUR
650欧 | 650 | EUR
£900 | 900 | GBP
900镑 | 900 | GBP
S$2,400 | 2400 | SGD
2400新币 | 2400 | SGD
C$1,800 | 1800 | CAD
$1800 加元 | 1800 | CAD
A$2000 | 2000 | AUD
¥80000日元 | 80000 | JPY
8万日元 | 80000 | JPY
80,000 yen | 80000 | JPY
₩500,000 | 500000 | KRW
RM1500 | 1500 | MYR
฿12000 | 12000 | THB
₹25,000 | 25000 | INR
8000泰铢 | 8000 | THB
¥3500/月 | 3500 | CNY | month
¥3500／月 | 3500 | CNY | month
3500元每月 | 3500 | CNY | month
3500元/月 | 3500 | CNY | month
每月3500 | 3500 | | month
每个月三千五 | 3500 | | month
每個月三千五 | 3500 | | month
3500一个月 | 3500 | | month
三千一个月 | 3000 | | month
月租3500元 | 3500 | CNY | month
月薪1万2 | 12000 | | month
$3.5k a month | 3500 | USD | month
$1,150/mo | 1150 | USD | month
$1,150 per month | 1150 | USD | month
1150 monthly | 1150 | | month
£900 pcm | 900 | GBP | month
£200pw | 200 | GBP | week
$250/week | 250 | USD | week
一周800 | 800 | | week
$45,000 a year | 45000 | USD | year
$45k/yr | 45000 | USD | year
60k per annum | 60000 | | year
年薪30万 | 300000 | | year
30万一年 | 300000 | | year
3万/学年 | 30000 | | year
5000每学期 | 5000 | | term
$6,000 per semester | 6000 | USD | term
1万一季度 | 10000 | | quarter
$1,100 per credit hour | 1100 | USD | credit
600元/学分 | 600 | CNY | credit
$120 a night | 120 | USD | day
100元一天 | 100 | CNY | day
$17/hr | 17 | USD | hour
时薪25元 | 25 | CNY | hour
20元一次 | 20 | CNY | each
$3.50 each | 3.50 | USD | each
12元/斤 | 12 | CNY | each | jin
六块一斤 | 6 | CNY | each | jin
$3.49/gal | 3.49 | USD | each | gal
$4.99/lb | 4.99 | USD | each | lb
0.5元/度 | 0.5 | CNY | each | kWh
8元每升 | 8 | CNY | each | L
$4.15 a dozen | 4.15 | USD | each | dozen-eggs
¥80/平米/月 | 80 | CNY | month | m2
$2.50 per sq ft per month | 2.50 | USD | month | sqft
约3500 | 3500
大约3500元左右 | 3500 | CNY
差不多三千五吧 | 3500
about 3500 | 3500
~3500 | 3500
≈3500 | 3500
3500ish a month | 3500 | | month
房租3500一个月 | 3500 | | month
Rent is about $1,150 a month. | 1150 | USD | month
房租——3500 | 3500
rent - 1150 | 1150
"""
# What was typed, the question, the reading to propose, and the other one.
ASKED = """
1.150 | separators | 1.150 | 1150
3.459 | separators | 3.459 | 3459
1,234.567 | separators | 1234.567 | 1234567
1.234,56 | separators | 1234.56
1.150.000 | separators | 1150000
1.234.567,89 | separators | 1234567.89
1 150,50 € | separators | 1150.50
3,5 | separators | 3.5
3,50 | separators | 3.50
0,500 | separators | 0.5
,5 | separators | 0.5
3,5万 | separators | 35000
1,2345 | separators | 12345 | 1.2345
12,0000 | separators | 120000 | 12
1,15,000 | separators | 115000
1,15,000.50 | separators | 115000.50
1万25 | places | 10025 | 12500
1万20 | places | 10020 | 12000
1万200 | places | 10200 | 12000
3千50 | places | 3050 | 3500
3000-3500 | range | 3000 | 3500
3000–3500 | range | 3000 | 3500
3000 ~ 3500 | range | 3000 | 3500
3000到3500 | range | 3000 | 3500
3000至3500元 | range | 3000 | 3500
$3,000 to $3,500 | range | 3000 | 3500
3-5k | range | 3000 | 5000
3k-5k | range | 3000 | 5000
3到5千 | range | 3000 | 5000
10-15w | range | 100000 | 150000
1-2 million | range | 1000000 | 2000000
两三千 | range | 2000 | 3000
一两千 | range | 1000 | 2000
三四十万 | range | 300000 | 400000
$3500人民币 | currency | 3500
3500 USD RMB | currency | 3500
每月3500每年 | period | 3500
3500+ | text | 3500
3500多 | text | 3500
over 3500 | text | 3500
不到3500 | text | 3500
3500起 | text | 3500
3500/人 | text | 3500
1150 sq ft | text | 1150
3500（含物业费） | text | 3500
(3500) | text | 3500
💰3500 | text | 3500
"""
REFUSED = """
| empty
\u3000 | empty
\u200b | empty
abc | not_a_number
元 | not_a_number
每月 | not_a_number
- | not_a_number
. | not_a_number
万 | not_a_number
百 | not_a_number
点五 | not_a_number
几千 | not_a_number
1e5 | not_a_number
1E+5 | not_a_number
0x10 | not_a_number
0b11 | not_a_number
10^5 | not_a_number
10² | not_a_number
3½ | not_a_number
① | not_a_number
Ⅻ | not_a_number
50% | not_a_number
1/2 | not_a_number
3*1000 | not_a_number
1,,150 | not_a_number
1..5 | not_a_number
1,15 0 | not_a_number
12,34.56 | not_a_number
1.2.3 | not_a_number
3500 400 | not_a_number
35 00 | not_a_number
2024-05 | not_a_number
2024-05-01 | not_a_number
138-0013-8000 | not_a_number
押一付三 3500 | not_a_number
2室1厅 3500 | not_a_number
5月3500 | not_a_number
5 000-5 | not_a_number
50m2 | not_a_number
3km | not_a_number
3500 m | not_a_number
$5.50 cents | not_a_number
500块一人 | not_a_number
3元5月 | not_a_number
3500abc | not_a_number
1.2万5 | not_a_number
1万2万 | not_a_number
三百五千 | not_a_number
三千五万 | not_a_number
一万零 | not_a_number
1千5000 | not_a_number
五三千 | not_a_number
NaN | not_finite
nan | not_finite
Infinity | not_finite
-inf | not_finite
∞ | not_finite
无穷大 | not_finite
無窮 | not_finite
0 | zero
0.00 | zero
¥0 | zero
零 | zero
〇 | zero
-0 | negative
-3500 | negative
−3500 | negative
－３５００ | negative
-$50 | negative
$-50 | negative
负3500 | negative
負三千 | negative
minus 50 | negative
rent -5 | negative
2万亿 | too_large
1000000000001 | too_large
99999999999999999999999999 | too_large
5000 bn | too_large
"""


def rows(table: str) -> list[list[str]]:
    lines = table.strip("\n").split("\n")
    return [[cell.strip(" ") for cell in line.split("|")] for line in lines]


def test_the_tables_are_large() -> None:
    tables = [rows(table) for table in (PLAIN, WORDED, ASKED, REFUSED)]
    assert sum(map(len, tables)) >= 300
    assert len({row[0] for table in tables for row in table}) == sum(map(len, tables))


@pytest.mark.parametrize("row", rows(PLAIN), ids="|".join)
def test_numbers_are_read(row: list[str]) -> None:
    typed, amount = row
    assert read_amount(typed) == Reading(Decimal(amount))


@pytest.mark.parametrize("row", rows(WORDED), ids="|".join)
def test_what_the_words_around_it_say_is_read_too(row: list[str]) -> None:
    typed, amount, currency, period, unit = [*row, "", "", ""][:5]
    assert read_amount(typed) == Reading(Decimal(amount), currency, period, unit=unit)


@pytest.mark.parametrize("row", rows(ASKED), ids="|".join)
def test_what_may_be_meant_otherwise_is_asked_back(row: list[str]) -> None:
    typed, question, amount, other = [*row, ""][:4]
    reading = read_amount(typed)
    assert (reading.question, reading.amount) == (question, Decimal(amount))
    assert reading.other == (Decimal(other) if other else None)
    assert not reading.error


@pytest.mark.parametrize("row", rows(REFUSED), ids="|".join)
def test_what_is_no_amount_is_refused_with_a_code(row: list[str]) -> None:
    typed, error = row
    assert read_amount(typed) == Reading(None, error=error)


def test_a_text_is_not_read_for_ever() -> None:
    assert read_amount("1" * (LONGEST + 1)).error == "not_a_number"
    assert read_amount(" " * 10_000 + "3500").amount == 3500


def test_the_largest_is_still_read() -> None:
    assert read_amount(str(LARGEST)).amount == LARGEST


def test_a_currency_that_two_words_contradict_is_left_open() -> None:
    assert read_amount("$3500人民币").currency == ""


def test_every_unit_that_can_be_typed_can_be_converted() -> None:
    assert set(words.UNITS.values()) <= set(UNITS)
