"""English base forms: "apartments" is "apartment", "moved" is "move". A short table, then endings."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

# Form: base. What the endings below would not find, or would find wrong.
_IRREGULAR = """
    ate eaten:eat bought:buy brought:bring built:build caught:catch chose chosen:choose came:come
    did done does:do drank drunk:drink drove driven:drive fell fallen:fall felt:feel fought:fight
    found:find flew flown:fly forgot forgotten:forget gave given:give went gone goes:go got gotten:get
    grew grown:grow had has:have heard:hear held:hold hid hidden:hide kept:keep knew known:know
    laid:lay led:lead left:leave lent:lend lost:lose made:make meant:mean met:meet paid:pay
    rode ridden:ride ran:run said:say saw seen:see sold:sell sent:send shook:shake shone:shine
    sang sung:sing sat:sit slept:sleep spoke spoken:speak spent:spend stood:stand stole stolen:steal
    stuck:stick swam swum:swim took taken:take taught:teach told:tell thought:think threw thrown:throw
    understood:understand woke woken:wake wore worn:wear won:win wrote written:write broke broken:break
    began begun:begin became:become blew blown:blow bit bitten:bite bred:breed bent:bend bled:bleed
    dealt:deal dug:dig drew drawn:draw fed:feed froze frozen:freeze hung:hang hurt:hurt lay:lie
    rang rung:ring rose risen:rise sank sunk:sink shot:shoot swept:sweep swore sworn:swear tore torn:tear
    is are am was were been being:be men:man women:woman children:child feet:foot teeth:tooth
    mice:mouse geese:goose people:person lives:life wives:wife knives:knife leaves:leaf
    halves:half shelves:shelf wolves:wolf thieves:thief selves:self better best:good worse worst:bad
    cheaper cheapest:cheap further farther:far analyses:analysis theses:thesis crises:crisis
    criteria:criterion data:datum dying:die lying:lie tying:tie
"""
_BRITISH = {
    "neighbour": "neighbor", "neighbourhood": "neighborhood", "colour": "color",
    "favourite": "favorite", "favour": "favor", "flavour": "flavor", "behaviour": "behavior",
    "honour": "honor", "labour": "labor", "centre": "center", "theatre": "theater",
    "metre": "meter", "litre": "liter", "cheque": "check", "programme": "program",
    "organise": "organize", "apologise": "apologize", "realise": "realize",
    "recognise": "recognize", "practise": "practice", "licence": "license", "enrol": "enroll",
    "travelling": "traveling", "traveller": "traveler", "cancelled": "canceled", "tyre": "tire",
    "grey": "gray", "pyjamas": "pajamas", "mum": "mom", "aeroplane": "airplane",
    "catalogue": "catalog", "dialogue": "dialog", "jewellery": "jewelry", "defence": "defense",
    "fulfil": "fulfill", "yoghurt": "yogurt", "maths": "math", "organisation": "organization",
}  # fmt: skip
_DOUBLED = "bdgklmnprtvz"


@cache
def _irregular() -> dict[str, str]:
    pairs: dict[str, str] = {}
    forms: list[str] = []
    for word in _IRREGULAR.split():
        form, _, base = word.partition(":")
        forms.append(form)
        if base:
            pairs |= dict.fromkeys(forms, base)
            forms = []
    return pairs


@lru_cache(maxsize=8192)
def bases(word: str) -> tuple[str, ...]:
    """What a word in lower case may be a form of, itself first and the likelier before the rest."""
    found = [word, *_spelt_otherwise(word)]
    bare = word.removesuffix("'s").removesuffix("’s").rstrip("'’")
    if bare != word:
        found.append(bare)
    if bare in _irregular():
        found.append(_irregular()[bare])
    found += _without_ending(bare)
    return tuple(dict.fromkeys(form for form in found if form))


def _spelt_otherwise(word: str) -> Iterator[str]:
    if word in _BRITISH:
        yield _BRITISH[word]
    elif word.endswith("s") and word[:-1] in _BRITISH:
        yield _BRITISH[word[:-1]]


def _without_ending(word: str) -> Iterator[str]:
    if len(word) < 4:
        return
    if word.endswith("ies"):
        yield word[:-3] + "y"
        yield word[:-1]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        yield word[:-1]
        if word.endswith(("ses", "xes", "zes", "ches", "shes", "oes")):
            yield word[:-2]
    elif word.endswith("ied"):
        yield word[:-3] + "y"
    for ending in ("ing", "ed", "er", "est"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            yield from _stems(word[: -len(ending)])
    if word.endswith("ly") and len(word) > 5:
        yield word[:-3] + "y" if word.endswith("ily") else word[:-2]


def _stems(stem: str) -> Iterator[str]:
    if stem[-1] == stem[-2] and stem[-1] in _DOUBLED:
        yield stem[:-1]
        yield stem
    elif stem.endswith("i"):
        yield stem[:-1] + "y"
    elif stem[-1] in "aeiouwxy" or stem.endswith(
        ("ll", "ss", "ck", "nt", "st", "ct", "rt", "pt", "lp")
    ):
        yield stem
        yield stem + "e"
    else:
        yield stem + "e"
        yield stem
