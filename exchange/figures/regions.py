"""States and provinces: the code in `cities.csv`, and what they are called in English and Chinese."""

_STATES = """\
AL Alabama 亚拉巴马
AK Alaska 阿拉斯加
AZ Arizona 亚利桑那
AR Arkansas 阿肯色
CA California 加利福尼亚
CO Colorado 科罗拉多
CT Connecticut 康涅狄格
DE Delaware 特拉华
DC District-of-Columbia 哥伦比亚特区
FL Florida 佛罗里达
GA Georgia 佐治亚
HI Hawaii 夏威夷
ID Idaho 爱达荷
IL Illinois 伊利诺伊
IN Indiana 印第安纳
IA Iowa 艾奥瓦
KS Kansas 堪萨斯
KY Kentucky 肯塔基
LA Louisiana 路易斯安那
ME Maine 缅因
MD Maryland 马里兰
MA Massachusetts 马萨诸塞
MI Michigan 密歇根
MN Minnesota 明尼苏达
MS Mississippi 密西西比
MO Missouri 密苏里
MT Montana 蒙大拿
NE Nebraska 内布拉斯加
NV Nevada 内华达
NH New-Hampshire 新罕布什尔
NJ New-Jersey 新泽西
NM New-Mexico 新墨西哥
NY New-York 纽约
NC North-Carolina 北卡罗来纳
ND North-Dakota 北达科他
OH Ohio 俄亥俄
OK Oklahoma 俄克拉何马
OR Oregon 俄勒冈
PA Pennsylvania 宾夕法尼亚
RI Rhode-Island 罗得岛
SC South-Carolina 南卡罗来纳
SD South-Dakota 南达科他
TN Tennessee 田纳西
TX Texas 得克萨斯
UT Utah 犹他
VT Vermont 佛蒙特
VA Virginia 弗吉尼亚
WA Washington 华盛顿
WV West-Virginia 西弗吉尼亚
WI Wisconsin 威斯康星
WY Wyoming 怀俄明
"""
_PROVINCES = """\
Anhui 安徽
Beijing 北京
Chongqing 重庆
Fujian 福建
Gansu 甘肃
Guangdong 广东
Guangxi 广西
Guizhou 贵州
Hainan 海南
Hebei 河北
Heilongjiang 黑龙江
Henan 河南
Hubei 湖北
Hunan 湖南
Inner-Mongolia 内蒙古
Jiangsu 江苏
Jiangxi 江西
Jilin 吉林
Liaoning 辽宁
Ningxia 宁夏
Qinghai 青海
Shaanxi 陕西
Shandong 山东
Shanghai 上海
Shanxi 山西
Sichuan 四川
Tianjin 天津
Tibet 西藏
Xinjiang 新疆
Yunnan 云南
Zhejiang 浙江
"""
_CANADIAN = """\
AB Alberta 艾伯塔
BC British-Columbia 不列颠哥伦比亚
MB Manitoba 马尼托巴
NB New-Brunswick 新不伦瑞克
NL Newfoundland-and-Labrador 纽芬兰与拉布拉多
NS Nova-Scotia 新斯科舍
ON Ontario 安大略
PE Prince-Edward-Island 爱德华王子岛
QC Quebec 魁北克
SK Saskatchewan 萨斯喀彻温
"""

CHINESE = ("CN", "HK", "MO", "TW")
# Short forms that people type: another name of a code.
SHORT = {"加州": "US-CA", "德州": "US-TX", "麻省": "US-MA", "宾州": "US-PA", "Mass": "US-MA"}


def _named() -> dict[str, tuple[str, str]]:
    """Code ("US-OH", "CN-Sichuan") to the names in English and Chinese."""
    table = {}
    for country, lines in (("US", _STATES), ("CA", _CANADIAN)):
        for line in lines.splitlines():
            code, english, chinese = line.split()
            table[f"{country}-{code}"] = (english.replace("-", " "), chinese)
    for line in _PROVINCES.splitlines():
        english, chinese = line.split()
        english = english.replace("-", " ")
        table[f"CN-{english}"] = (english, chinese)
    return table


REGIONS = _named()
