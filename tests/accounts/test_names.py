"""Which names are taken for which, and that honest ones pass."""

import itertools
import random
import unicodedata

import pytest
from confusable_homoglyphs.confusables import confusables_data

from exchange.accounts import names, rules

FIRST_NAMES = (
    "James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara Richard "
    "Susan Joseph Jessica Thomas Sarah Charles Karen Christopher Lisa Daniel Nancy Matthew Sandra "
    "Anthony Betty Mark Ashley Donald Emily Steven Kimberly Andrew Margaret Paul Donna Joshua Michelle "
    "Kenneth Carol Kevin Amanda Brian Melissa Timothy Deborah Ronald Stephanie George Rebecca Jason "
    "Sharon Edward Laura Jeffrey Cynthia Ryan Dorothy Jacob Amy Nicholas Kathleen Gary Angela Eric "
    "Shirley Jonathan Emma Stephen Brenda Larry Pamela Justin Nicole Scott Anna Brandon Samantha "
    "Benjamin Katherine Samuel Christine Gregory Debra Alexander Rachel Patrick Carolyn Frank Janet "
    "Raymond Maria Jack Olivia Claire Daire Lucia Luda"
).split()
LAST_NAMES = "Smith O'Brien Miller Nguyen Baker García Turner Clark Müller Young Evans Kim".split()
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂文辉鑫宇博浩轩雨晨思佳琪欣怡子涵梓萱一诺安然"
NICKNAMES = "小{} 阿{} 老{} {}妈 爱吃{}的猫 {}同学 不想上班的{} {}在成都 大{}子 {}{}".split()
LATIN_NICKNAMES = (
    "{0}{2} {0}_{1} {0} {0}.{1} {0}-{1} {0}{1} Sleepy{0} {0}ReadsBooks {0}InOhio".split()
)
TAKEN = (
    "Alice Lorna Tom Oscar Mia Carmen Helen Peter Xenia Boris Vera Kate Simon Martin Monica Bernice "
    "Lionel Coco Amelia Tracy Howard Joanne Sally Emilio Walter "
    "王力 马丁 李丽 刘洋 张伟 陈静 杨鑫 黄磊 赵龙 吴飞 周华 徐静 孙强 马龙 朱丹 胡杨 郭靖 何东 林黛玉 高山 "
    "罗兰 郑和 梁山 谢广 宋江"
).split()


def spelling(name: str) -> str:
    return "".join(c for c in name.casefold() if c.isalnum())


def honest_names(count: int) -> list[str]:
    """Names of people who are not namesakes: `Tom Baker` and `tom_baker` are not both among them."""
    chance = random.Random(46)
    made: dict[str, str] = {}
    while len(made) < count:
        first, last = chance.choice(FIRST_NAMES), chance.choice(LAST_NAMES)
        han = "".join(chance.choices(GIVEN, k=chance.choice([1, 2, 2])))
        surname = chance.choice(SURNAMES)
        number = str(chance.choice([7, 23, 88, 520, 1998, 2025]))
        some = [
            chance.choice(LATIN_NICKNAMES).format(first, last, number),
            f"{first} {last}",
            first.lower() + number,
            surname + han,
            chance.choice(NICKNAMES).format(*han, *han),
            chance.choice([f"{surname}{han}{first}", f"{first}在上海", f"{surname}{han}_{number}"]),
        ]
        made |= {spelling(name): name for name in some}
    return list(made.values())[:count]


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Skeletons of the names that somebody has."""
    skeletons: set[str] = set()
    monkeypatch.setattr(rules, "is_taken", lambda name: names.skeleton(name) in skeletons)
    return skeletons


def test_of_2000_honest_names_all_but_a_few_can_be_had_by_2000_people(taken: set[str]) -> None:
    refused = []
    for name in honest_names(2000):
        if refusal := rules.may_be_called(name):
            refused.append((name, str(refusal)))
        taken.add(names.skeleton(name))
    assert len(refused) <= 10, refused


CYRILLIC = str.maketrans("aceopxyiABCEHKMOPTXjs", "асеорхуіАВСЕНКМОРТХјѕ")
GREEK = str.maketrans("oviaABEHIKMNOPTXYZ", "ονιαΑΒΕΗΙΚΜΝΟΡΤΧΥΖ")
WIDE = {ord(c): ord(c) + 0xFEE0 for c in map(chr, range(0x21, 0x7F))}
CIRCLED = {ord("a") + i: 0x24D0 + i for i in range(26)} | {
    ord("A") + i: 0x24B6 + i for i in range(26)
}
BOLD = {ord("a") + i: 0x1D41A + i for i in range(26)} | {
    ord("A") + i: 0x1D400 + i for i in range(26)
}
# One code point each that NFKC turns into the everyday one.
RADICALS = dict(zip("力马龙飞山玉丹高黛", "⼒⻢⻰⻜⼭⽟丹⾼黛", strict=True))
TRADITIONAL = str.maketrans(
    "马丽刘张陈静杨黄赵龙吴飞华孙东罗兰郑谢广鑫强", "馬麗劉張陳靜楊黃趙龍吳飛華孫東羅蘭鄭謝廣鑫強"
)
HIDDEN = ["\u200b", "\u200d", "\u00ad", "\u0301", "\u202e", "\u2066", "\ufe0f", "\u034f", "\u2060"]


def lookalikes(name: str) -> list[str]:
    """Other strings that show as `name`, or nearly."""
    shown = [
        *(name[:1] + hidden + name[1:] for hidden in HIDDEN[:2]),
        *(name.translate(t) for t in (CYRILLIC, GREEK, WIDE, CIRCLED, BOLD, TRADITIONAL)),
        "".join(RADICALS.get(c, c) for c in name),
        *(
            name.replace(a, b)
            for a, b in (("m", "rn"), ("l", "1"), ("l", "I"), ("o", "0"), ("w", "vv"))
        ),
        *(
            name.replace(a, b)
            for a, b in (("rn", "m"), ("i", "l"), ("a", "á"), ("e", "ē"), ("T", "丅"))
        ),
        *(name[:-1] + separator + name[-1:] for separator in "_·. -"),
        name.upper(),
        name + "\u3164",
        *(name[:1] + hidden + name[1:] for hidden in HIDDEN[2:]),
    ]
    return [other for other in dict.fromkeys(shown) if other != name]


@pytest.mark.parametrize("name", TAKEN)
def test_five_and_more_lookalikes_of_a_taken_name_are_refused(name: str, taken: set[str]) -> None:
    assert rules.may_be_called(name) is None
    taken.add(names.skeleton(name))
    others = lookalikes(name)
    accepted = [ascii(other) for other in others if rules.may_be_called(other) is None]
    assert len(others) >= 5
    assert accepted == []


def test_there_are_250_lookalikes_of_50_names() -> None:
    assert len(TAKEN) == 50
    assert sum(len(lookalikes(name)) for name in TAKEN) >= 250


def test_a_hundred_common_first_names_stay_apart() -> None:
    assert len(set(FIRST_NAMES)) >= 100
    clashes = [
        pair
        for pair in itertools.combinations(FIRST_NAMES, 2)
        if names.skeleton(pair[0]) == names.skeleton(pair[1])
    ]
    assert clashes == []


def test_latin_letters_that_unicode_calls_confusable_are_folded_or_not_allowed() -> None:
    """TS 39's table, for every letter that a name may hold."""
    unfolded = [
        (letter, other["c"])
        for letter, others in confusables_data.items()
        for other in others
        if len(letter) == 1 and names.ALLOWED.fullmatch(letter + "a")
        if unicodedata.normalize("NFKC", letter) == letter
        if len(other["c"]) == 1 and other["c"].isascii() and other["c"].isalnum()
        if names.skeleton(letter) != names.skeleton(other["c"])
        # I, l, 1 and |; 0 and O; m and rn: the table's other pairs are no one's mistake.
        if letter.isalpha() and not letter.isascii()
    ]
    assert unfolded == []


STAFF = (
    "admin Admin ADMIN adm1n admin2025 the_admin admin小王 RealModerator rnoderator Mod_Lin siteadmin "
    "AdminTom Official offlcial TomOfficial "
    "管理员 管理員 管·理·员 本站管理员 管埋员 版主 官方客服 站长 系统消息 "
    "Exchange Exchange·交流 交流 root system System support_team guanliyuan ａｄｍｉｎ a.d.m.i.n ädmin"
).split()


@pytest.mark.parametrize("name", [*STAFF, "the admin", "Exchange 交流"])
def test_a_name_like_a_staff_word_is_refused(name: str, taken: set[str]) -> None:
    assert rules.may_be_called(name) == rules.STAFF


@pytest.mark.parametrize(
    "name",
    "badminton Modi Nadmina exchange_student dog_owner Rootabaga "
    "时间管理爱好者 操作系统 交流使我快乐".split(),
)
def test_a_name_that_merely_holds_a_staff_word_is_fine(name: str, taken: set[str]) -> None:
    assert rules.may_be_called(name) is None


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", rules.SHORT),
        (" \u3000", rules.SHORT),
        ("x", rules.SHORT),
        ("a" * 25, rules.LONG),
        ("山" * 13, rules.LONG),
        ("tom@home", rules.ODD),
        ("<b>tom</b>", rules.ODD),
        ("-tom", rules.ODD),
        ("tom\x00", rules.ODD),
        ("tom\u200b", rules.ODD),
        ("tom①", rules.ODD),
        ("tom²", rules.ODD),
        ("Том", rules.ODD),
        ("\ud800x", rules.ODD),
        ("ǀan", rules.ODD),
        ("😀😀", rules.ODD),
    ],
)
def test_a_name_that_cannot_be_had_says_why(name: str, reason: object, taken: set[str]) -> None:
    assert rules.may_be_called(name) == reason


@pytest.mark.parametrize(
    "name", ["李", "小雨", "Ång", "Nguyễn Ánh", "lǚ", "O’Brien", "a" * 24, "山" * 12]
)
def test_short_and_long_and_accented_names_are_fine(name: str, taken: set[str]) -> None:
    assert rules.may_be_called(name) is None


def test_a_name_is_kept_in_one_form() -> None:
    assert names.normalise(" ｔｏｍ\u3000 Baker ") == "tom Baker"
    assert names.normalise("O’Brien") == "O'Brien"
    assert names.normalise("⼩明") == "小明"


def test_folding_a_folded_name_changes_nothing() -> None:
    folded = [names.skeleton(name) for name in honest_names(500)]
    assert [names.skeleton(skeleton) for skeleton in folded] == folded
