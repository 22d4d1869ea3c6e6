"""What the words in Latin letters of a text are: English, another language, pinyin, or only names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .english import FUNCTION_WORDS, is_english, is_name
from .syllables import is_syllables

# Not the phonetic letters after ɏ, which faces are made of.
LETTERS = "A-Za-zªºÀ-ÖØ-öø-ɏ\u0300-\u036f\u1e00-\u1eff"
_TOKEN = re.compile(f"[{LETTERS}0-9]+(?:['’.+-][{LETTERS}0-9]+)*")
# A text in Latin letters alone is English if so much of what is not a name is.
ENOUGH_ENGLISH = 0.52
# Next to Han, as many words stand for themselves whatever their case.
FEWEST_OF_A_PHRASE = 3
LONGEST_TOKEN = 40
# Words of English and of another language at once say less, and so does the look of a word.
DOUBTFUL = 0.4


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# So much at home in Chinese that they make no text bilingual.
LOANS = _words(
    """
    app apps bye cp cpu ddl diy dna email emo excel flag gg gpa gps haha hahaha hello hey hi hr id
    ip kpi ktv lol mv nb no ok okay omg pdf pk plus pm po ppt pro pua qq rap ssn sim tv ui usb vip
    vlog vpn vs wifi wow xd yes
    """
)
# Chinese chat in initials, which no English reader reads.
_INITIALS = _words(
    "awsl bdjw bhys dbq dddd gkd jms kdl kswl nbcs nsdd pyq rnm srds tnl u1s1 wdnmd xdm xjj xswl "
    "xxs yjjc ylxdd yygq yyds zqsg"
)
# "Good morning", "go home" and "love it" are no terms.
_OPENS = _words(
    "come feel get give go good happy have help kill let long look love make merry miss need nice see "
    "stay take thank thanks want welcome"
)
_IN_TITLES = _words("a an and at by de for from in la le of on or the to von with")
# Borrowed with their marks; the marks do not make an English sentence foreign.
_MARKED_ENGLISH = _words(
    "à café cafés cliché clichés cortège crème crêpe crêpes déjà décor élite fiancé fiancée jalapeño "
    "jalapeños matcha naïve piñata protégé purée résumé résumés rosé sauté sautéed soirée touché voilà"
)
_ENGLISH_LOOK = re.compile(r"[a-z]{3,}(?:ing|ed|ly|ness|less|ful|ship|ght|ish|sh|ck|th|wn)\Z")
# Function words, greetings and what a board is about in the languages likely here.
_FOREIGN = _words(
    """
    el los las una unos unas del al pero porque que qué como cómo está están estoy soy eres es son
    muy más por sin donde dónde cuando cuándo cuánto cuanto quien quién hola gracias adiós buenos
    buenas días dias noches tardes mañana amigo amigos amiga gusta tengo tiene tienen quiero puedo
    puede casa comida bien vida hay este esta esto ese eso también tambien ahora todo todos nada
    nunca siempre hacer necesito busco vivo trabajo dinero gusto mucho mucha muchas favor feliz
    cumpleaños te su mi nos ella ellos si y o aquí allí jaja jajaja jajajaja claro vale entiendo
    alquiler piso renta escuela universidad clase estudiante ayuda saludos dios señor gato perro

    le les des du un une je tu il elle nous vous ils elles suis sont êtes avec pour dans sur pas ne
    très mais où qui quoi bonjour bonsoir merci salut oui non c'est j'ai n'est d'un d'une qu'il
    beaucoup aussi bien être avoir fait faire cette ces ses mon ma mes ton ta notre votre leur tout
    tous rien jamais toujours chez sans sous peut peux veux faut beau loyer appartement école fac
    l'école cours merde quand comme alors voici voilà ça aujourd'hui demain pourquoi parce
    combien rendez au aux et est la ou chat maison lycée étudiant désolé santé anniversaire joyeux

    der die das und ich nicht ist ein eine einen einem einer mit auf für wir ihr sie bin sind aber
    auch danke bitte guten gute tag wie geht dir mir mich dich euch uns kein keine wer wo warum was
    haben habe hat hast kann können möchte muss müssen werden wird wurde sehr gut schon noch nur
    von zu zum zur dem den im am bei nach aus über oder wenn weil dass heute morgen gestern jetzt
    immer viel viele vielen miete wohnung schule uni arzt liebe hallo tschüss tschüß abend nacht
    ja nein genau suche schön schöne alles gute man

    di che sono ho hai ciao grazie per molto questo questa come stai della dello degli nel nella il
    lo gli le ma anche perché perche quando dove cosa buongiorno buonasera buona sera prego scusa
    essere fare vorrei posso mi ti si ci bene casa tutto tutti più piu già mio mia tuo affitto

    os um uma não nao você voce vocês voces eu obrigado obrigada muito bom boa dia noite tarde com
    são sou estou está isso isto aqui ele ela nós mas mais quando onde porque também tudo todos
    pessoal tem tenho quero preciso aluguel oi olá tchau saudade meu minha de da do dos das em no
    na para por ao

    het een ik niet wat dat ook zijn maar van voor met jij je hij wij zij heb heeft hebben naar
    waar hoe waarom dank bedankt goedemorgen hallo wel geen deze dit kan wil moet huis huur kamer
    op te aan bij uit als nog goed veel er

    jeg ikke och inte jag det ett är på som med til till af av för hvad vad hvor hej tack tak takk
    mange kan ikke vi du han hun den de en og å har ikke også skal vil bor hyra leje kyllä kiitos
    hei moi mitä minä sinä olen ole ei ja on se että mutta

    bir ve bu için nasıl nasılsın merhaba teşekkürler teşekkür ederim çok ben sen biz siz ne değil
    var yok evet hayır ama gibi daha kira günaydın selam tamam lütfen mi mı mu

    yang dan ini itu saya kamu tidak aku ada untuk dengan apa selamat pagi siang malam terima kasih
    kita kami mereka dia akan sudah belum bisa mau lagi juga atau karena kalau dari ke di pada
    berapa kenapa bagaimana gimana siapa mana sini situ banget nggak gak ga enggak gue lo lu kok
    sih dong deh nih ya iya baik teman makan rumah sekolah kuliah sewa kos bahasa cari boleh tolong
    tak awak sangat boleh mahal murah semua harga kamar ulang tahun

    toi tôi khong không ban bạn va và là la cam ơn on xin chao chào cua của co có được duoc nhà nha
    một mot các những người nguoi rất rat thì đi di làm lam gì gi nào này đó với voi cho mình minh
    anh chị em ở o bao nhiêu nhieu tiếng tieng việt viet học hoc sinh viên biết biet phòng thuê

    ang mga sa ng po opo hindi salamat kumusta kamusta ako ikaw siya kami tayo sila ito iyan iyon
    ay na ba ka ko mo ni kay para lang din rin naman kasi pero wala meron mayroon maganda mahal
    kita magkano saan sino ano bakit paano gusto bahay araw umaga gabi tulong lahat may nang niya
    natin namin ninyo kain kumain trabaho

    nie jest się to jak co czy dziękuję dzięki cześć tak ale mam nie ma dla od proszę dzień dobry
    děkuji ahoj prosím není jsem že mám dobrý den ano hvala da ne sam nije kako što je su se i u na
    bun mulțumesc nu sunt este și pe cu szia köszönöm nem igen és egy hogy vagyok jó az

    konnichiwa konbanwa arigato arigatou gozaimasu ohayo ohayou desu masu kore sore wa ga wo ni
    watashi boku anata sayonara sumimasen gomen gomennasai hai iie nani doko daijoubu daisuki
    kawaii sugoi itadakimasu oishii baka sensei senpai

    annyeong haseyo annyeonghaseyo kamsahamnida gamsahamnida saranghae oppa hyung noona unnie
    eomma appa jinjja daebak aigoo mianhae gomawo juseyo imnida ani chingu

    habari asante karibu jambo sana yako ndiyo hapana rafiki nzuri kwa hakuna matata
    namaste dhanyavad shukriya aap tum hum mujhe hai hain nahi nahin kya kaise kaisa mera meri tera
    teri acha accha theek bahut bhai yaar aur ki ka ke ko se mein toh bhi haan
    privet spasibo kak dela poka da nyet zdravstvuyte pozhaluysta ya ty my chto eto
    efharisto efcharisto kalimera yassou parakalo ti
    marhaba shukran habibi inshallah wallah yalla salam alaikum
    """
)


@dataclass(frozen=True, slots=True)
class Words:
    """How many words of a text are English, of another language, and how they lie in Chinese.

    `terms`: in how many places English stands; `clause`: in one of them it is more than a term.
    """

    english: int = 0
    foreign: int = 0
    terms: int = 0
    clause: bool = False


NOTHING = Words()


def tokens(text: str) -> list[str]:
    """The words and numbers in Latin letters, each cut where no word is that long."""
    return [token[:LONGEST_TOKEN] for token in _TOKEN.findall(text)]


def alone(text: str) -> Words:
    """The words of a text without Han: all English, the default, or all of another language."""
    words = tokens(text)
    count = len(_without_digits(words))
    return Words(english=count) if _reads_english(words) else Words(foreign=count)


def beside_han(runs: Iterable[str]) -> Words:
    """The words of the runs between Han, where brands, names, acronyms and pinyin do not count."""
    english = foreign = terms = 0
    clause = False
    for run in runs:
        if run and not run.isspace():
            said = _of_short_run(run) if len(run) <= LONGEST_TOKEN else _of_run(run)
            english += said.english
            foreign += said.foreign
            terms += said.terms
            clause = clause or said.clause
    return Words(english, foreign, terms, clause)


def _of_run(run: str) -> Words:
    words = tokens(run)
    if _is_pinyin(words):
        return NOTHING
    words = _without_digits(words)
    if len(words) >= FEWEST_OF_A_PHRASE and _is_another_language(words):
        return Words(foreign=len(words))
    said = _english_of(words)
    return Words(len(said), terms=1, clause=_is_clause(said)) if said else NOTHING


_of_short_run = lru_cache(maxsize=2048)(_of_run)  # a long one would only fill the memory


def is_english_run(run: str) -> bool:
    """Whether what stands between Han may be marked up as English: names may, pinyin may not."""
    return _is_short_english(run) if len(run) <= LONGEST_TOKEN else _is_english(run)


def _is_english(run: str) -> bool:
    words = tokens(run)
    pinyin = _is_pinyin(words) and not all(map(is_english, words))
    return not pinyin and not _is_another_language(words)


_is_short_english = lru_cache(maxsize=2048)(_is_english)


def is_chinese_chat(text: str) -> bool:
    """Whether it is nothing but initials such as "yyds"."""
    words = tokens(text)
    return bool(words) and all(word.lower() in _INITIALS for word in words)


def _english_of(words: Sequence[str]) -> Sequence[str]:
    """What a run of words says in English, without names: all of it if it is a phrase."""
    if len(words) < FEWEST_OF_A_PHRASE:
        return [word for word in words if is_english(word)] if _has_content(words) else ()
    if not (_is_shouted(words) or (_has_content(words) and not _is_title(words))):
        return ()
    return words if _reads_english(words) else ()


def _has_content(words: Sequence[str]) -> bool:
    return any(word not in LOANS and _is_content(word) for word in words)


def _is_shouted(words: Sequence[str]) -> bool:
    """A sentence in capitals, not a row of acronyms."""
    return all(word.isupper() and is_english(word) for word in words) and any(
        map(_holds_together, words)
    )


def _is_content(word: str) -> bool:
    """An English word that is no name: in lower case, or "I"."""
    return (word[0].islower() or _is_first_person(word)) and is_english(word)


def _is_first_person(word: str) -> bool:
    return word == "I" or word.startswith(("I'", "I’"))


def _is_title(words: Sequence[str]) -> bool:
    """The Shawshank Redemption, University of California: capitals but for the small words."""
    small = [word for word in words if word[0].islower()]
    capitals = len(words) - len(small)
    return (
        words[-1] not in small
        and capitals > len(small)
        and not any(map(_is_first_person, words))
        and _IN_TITLES.issuperset(small)
        and capitals >= 2
    )


def _is_clause(words: Sequence[str]) -> bool:
    """Whether words say something: three, or two of which one is no part of a term."""
    said = len(words) == 2 and (words[0].lower() in _OPENS or any(map(_holds_together, words)))
    return said or len(words) > 2


def _holds_together(word: str) -> bool:
    return word.lower().replace("’", "'") in FUNCTION_WORDS


def _without_digits(words: Sequence[str]) -> list[str]:
    return [word for word in words if word.isalpha() or not any(map(str.isdigit, word))]


def _reads_english(words: Sequence[str]) -> bool:
    """Whether it is English, which it is unless something speaks against it."""
    words = _without_digits(words)
    if not words or _is_pinyin(words):
        return False
    weights = [_weight(word) for word in words]
    against = sum(1.0 for word in words if _is_foreign(word) or _is_unknown(word))
    against += _is_foreign_start(words[0]) and not _is_foreign(words[0])
    if not any(weights) and not all(map(str.isascii, words)):
        return False  # not even a name that English writes so
    if not against and not any(weights):
        return len(words) > 1 or is_name(words[0]) or not _may_only_start(words[0])
    if against:
        against += sum(1 - weight for weight in weights if weight)
        if _may_only_start(words[0]):
            against += DOUBTFUL
    return not against or sum(weights) >= ENOUGH_ENGLISH * (sum(weights) + against)


@lru_cache(maxsize=4096)
def _weight(word: str) -> float:
    lower = word.lower()
    if is_english(word):
        return _SHARED.get(lower, DOUBTFUL if lower in _FOREIGN else 1.0)
    return (
        DOUBTFUL if _ENGLISH_LOOK.match(lower) and word.isascii() and lower not in _FOREIGN else 0.0
    )


# English first of all, however many other languages have them too.
_SHARED = dict.fromkeys(
    _words("i is we of to for my was man can on in at no me"), 0.7
) | dict.fromkeys(_words("it you the and what one"), 1.0)


@lru_cache(maxsize=4096)
def _is_foreign(word: str) -> bool:
    """A word of another language, or marks on one that is no name."""
    lower = word.lower().replace("’", "'")
    if lower in _MARKED_ENGLISH or is_english(word):
        return False
    return lower in _FOREIGN or (word[:1].islower() and not word.isascii())


@lru_cache(maxsize=4096)
def _is_unknown(word: str) -> bool:
    """In lower case, and neither English nor of the listed words of other languages."""
    listed = word in _MARKED_ENGLISH or is_english(word) or _is_foreign(word)
    return word.islower() and len(word) > 1 and not listed


def _may_only_start(word: str) -> bool:
    """Whether a capital may be that of a sentence, not of a name."""
    return word.istitle() and _is_unknown(word.lower())


def _is_foreign_start(word: str) -> bool:
    return word.istitle() and not word.isascii() and _is_foreign(word.lower())


def _is_another_language(words: Sequence[str]) -> bool:
    """Whether more words are another language's than English, or two are and the rest is unclear."""
    foreign = sum(map(_is_foreign, words))
    return foreign > sum(map(is_english, words)) or (foreign > 1 and not _reads_english(words))


def _is_pinyin(tokens: Sequence[str]) -> bool:
    """Every token is Mandarin syllables or initials, and too few of them are English words."""
    english = sum(map(is_english, tokens))
    return english * 3 < len(tokens) * 2 and all(
        token.lower() in _INITIALS or is_syllables(token) for token in tokens
    )
