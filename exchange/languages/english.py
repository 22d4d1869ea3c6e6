"""Which words are English: those of a dictionary's glosses, and what a board writes beside them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from .syllables import SYLLABLES, is_syllables

# A word that one gloss alone has is as likely a plant's Latin name or a misprint.
COUNT_TO_BE_KNOWN = 2
_SHORTEST_STEM = 3

# What is not English in a gloss: [readings], Han, the name of a species, and where a word is from.
_NOT_ENGLISH = re.compile(
    r"\[[^\]]*\]"
    r"|\((?:[A-Z][a-z]+ [a-z]+(?: (?:var|subsp)\. [a-z]+)?|[^()]*\b(?:from|pr\.|loanword|transliterat"
    r"|Sanskrit|Pali|Taiwanese|Cantonese|Japanese|French|German|Latin|Malay)\b[^()]*)\)"
    # Quoted foreign words stand behind the name of their language.
    r"|\b(?:from|Sanskrit|Pali|Taiwanese|Cantonese|Japanese|French|German|Latin|Malay|Spanish) \"[^\"]*\""
    r"|[A-Za-z]*[À-ɏ][A-Za-zÀ-ɏ]*|[^\x00-\x7f]+"
)
_SIGNS_OF_OTHERS = frozenset('[("')
_WORD = re.compile(r"(?<![\w'-])(?:[a-z]+|[A-Z][a-z]+)(?:'[a-z]+)?(?![\w'])")


def _listed(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# The words that hold an English sentence together; content alone is borrowed, these are not.
FUNCTION_WORDS = _listed(
    """
    a about above after again against all almost already also always am an and another any anybody
    anyone anything are aren't around as at away be because been before behind being below between
    both but by can can't cannot could couldn't did didn't do does doesn't doing don't done during
    each either else enough even ever every everybody everyone everything few for from had hadn't
    has hasn't have haven't having he he'd he'll he's her here hers herself him himself his how
    however i i'd i'll i'm i've if in instead into is isn't it it's its itself just least less let
    let's many may maybe me might mine more most much must my myself neither never no nobody none
    nor not nothing now of off often on once one only onto or other our ours out over own perhaps
    quite rather really same shall she she's should shouldn't since so some somebody someone
    something sometimes soon still such than that that's the their theirs them themselves then
    there there's these they they're they've this those though through to together too toward
    under until up upon us very was wasn't we we'd we'll we're we've were weren't what what's
    whatever when where whether which while who who's whom whose why will with within without
    won't would wouldn't yet you you'd you'll you're you've your yours yourself
    """
)
# Of everyday life and of chat, which glosses lack or have once. Names of days, peoples and cities,
# whose capital the glosses' other names share.
_BESIDE_THE_GLOSSES = _listed(
    """
    ac admin aight airbnb airpods aka allergies anymore anytime anyways app appt apps apt assignments
    autocorrect awesome babysit babysitter backpack bachelor's bestie bff bilingual biryani blog
    boba breakup brunch budgeting burrito cafe café carpool cashback cashier chatbot chill chilling
    chores classmate classmates clickbait coinsurance collab combo commute commuter commuting
    condo congrats copay copays cosign cosigner coupon coupons crappy cringe crush curfew
    dashcam daycare deductible deductibles dm dms doc dorm dorms downtown downvote dropout
    dumpling dumplings edit email emails emoji emojis enroll enrolled enrollment escrow eta
    expat expats faq fave feedback foodie freelance freelancer freelancers freshman freshmen fridge
    fries fyi gaming gap gif gig googled gpa grader grads grandma grandpa groceries hangout
    hashtag headphones homeowner homeschool hoodie hotpot hr hvac hw internship internships
    intro kiddo kiddos landlady landlords laptop laptops laundromat layoff layoffs leasing lifehack
    lineup livestream login logout lurker lurking meme memes microwave midterm midterms mic milktea
    minifridge mod mods mom mommy mom's movie moms multitask nanny natgas neighborhood notetaking
    noodle noodles offline online onsite outlet paycheck paychecks payday pc phd photocopy pic pics
    pizza playlist podcast podcasts popup postdoc potluck prepaid prepay prescription prof profs
    pronoun quiz quizzes ramen reddit refund refunded refunds rental rentals renter renters reply
    reschedule resume résumé retweet roomie roomies roommate roommates rsvp rude screenshot
    screenshots scam scammed scammer scammers scooter selfie selfies semester semesters shuttle
    signup sitcom skincare skype slang smartphone smoothie snack snacks snooze snoring soulmate
    spam spotify staycation streaming sublease subleasing sublet subletting subletter syllabus
    takeaway takeout taxes tenant's texted texting thrift tiktok timezone todo toefl toddler
    tofu tuition tutor tutoring typo typos uber unboxing undergrad undergrads unfollow unfollowed
    unfriend unfriended unpaid unsubscribe upvote upvotes username usernames utilities vacuum
    vegan veggie veggies vibe vibes vlog vlogs voicemail volunteer volunteering waitlist
    waitlisted waiver walkthrough wallet webcam website websites wifi wi-fi workaround workout
    workouts worksheet youtube yummy zipcode zoom

    af afaik ama asap atm awww aww bae bbq bc bday bf bffs bio biz bot brb bro bros bruh bt btw bud
    buddies bye cause coz cos cuz convo cmon c'mon couldve cya cutie dang dat def defs dem
    didnt dis doesnt dont dude dudes dunno duh eh etc fam fb ffs fr ftw fwiw gah gee gf gimme
    girly gj gl gm gn goin gonna goodnight gosh gotcha gotta gr8 gtg gud guys gym ha haha hahaha
    havent hbu hehe heh hella hello heres hes hey heya hey hi hiya hmm hmmm hmu howdy huh hun ic icymi
    idc idek idk ig ikr ily im imho imma imo innit irl isnt ive jk k kk kinda l8r lil lmao lmk lol
    lolz lowkey highkey luv m8 meh mhm mk msg msgs muah nah nbd ngl nm noob nope np nvm obv obvs oc
    ofc oh ok okay okie okey omfg omg omw oof ooh oops op ouch outta ow pfft pls plz pov ppl prob
    probs psa pst r rec recs rip rn rofl sec shoulda shes shoulda sis smh sorta sry srsly stfu sup
    sus tba tbd tbf tbh tbt tf tfw tgif thats thru tho thankyou thnx thx thanx theyre til tldr tl tmi tmr tmrw
    tnx totes ttyl tx ty tysm u uh uhh um umm ugh ughh ur vs wanna wat wassup wbu wdym welp werent
    whaddya whatcha whats wheres whoa whoops whos wont woohoo woot wouldnt wouldve wow wtf wtg wth
    wya wyd xo xoxo y'all ya yall yea yeah yep yer yikes yo youd youll youre youve yr yrs yum yup
    adulting bougie clout delulu dope extra finna flex ghosted gaslight goat highkey iconic legit
    lit lowkey mood periodt rizz salty savage shady simp slay sksksk stan tea vibing woke yeet

    monday tuesday wednesday thursday friday saturday sunday mon tues wed thurs fri january february
    april june july august september october november december jan feb mar apr jun jul aug sept oct
    nov dec english chinese mandarin cantonese taiwanese american americans british canadian
    australian japanese korean german spanish french russian italian vietnamese indian european
    asian african mexican thai indonesian malaysian america usa uk china taiwan japan korea canada
    australia england britain europe asia africa mexico india germany france spain italy russia
    vietnam thailand singapore malaysia indonesia philippines hong kong macau beijing shanghai
    guangzhou shenzhen chengdu chongqing hangzhou nanjing wuhan xi'an suzhou tianjin qingdao dalian
    xiamen harbin kunming changsha zhengzhou taipei kaohsiung taichung tainan yunnan sichuan
    guangdong fujian hunan henan hubei hebei shandong shanxi zhejiang jiangsu tibet london paris
    arabic armenian bengali brazilian burmese czech danish dutch filipino finnish greek hebrew hindi
    hungarian latin malay mongolian nepali norwegian persian polish portuguese swedish tagalog turkish
    ukrainian urdu
    tokyo berlin york boston chicago seattle toronto christmas easter thanksgiving halloween dr mr
    mrs ms prof pinyin hanzi hsk gaokao wechat alipay taobao xiaohongshu weibo bilibili
    """
) | {"don’t", "café", "déjà"}
# Alone they are a text that English readers read.
_BRANDS = _listed(
    """
    Adobe Airbnb Aldi Amazon Android Apple Boba Canvas ChatGPT Chipotle Chrome Costco Craigslist
    Discord Disney DoorDash Duolingo Expedia Facebook FedEx Gmail Google Grammarly Honda Ikea
    Instagram Kindle Kroger LinkedIn Lyft McDonald's Microsoft Netflix Nike Nintendo Notion
    Overleaf PayPal Photoshop PlayStation Quizlet Reddit Safeway Samsung Slack Snapchat Sony
    Spotify Starbucks Steam Subway Target Telegram Tesla TikTok Toyota Twitter Uber Venmo Verizon
    Visa Walgreens Walmart Wendy's WhatsApp Wikipedia YouTube Zelle Zillow Zoom
    """
)
# Single syllables of pinyin that English has as well; the glosses' others are pinyin.
_ENGLISH_SYLLABLES = _listed(
    """
    a an ban bang bin bun can chide den die ding dong dang fan fang fen gang gong gun hang he hen
    hi lie lane lose long man me men mine nun pan pang pen pie pin ping pun ran rang run rune sang
    sun she song sue sun tan tang tie ten ton tong tongs wan wen yang you lei lap bong fun chi chai
    chin shin lay hay pay kung bee hung lung sung tune pile pine china dune tea bao wo dan din dun
    """
) - {"wo", "dan", "bao", "fang", "wan", "chi", "lei", "ding", "tong", "bong", "chai", "wen", "din"}

# In glosses, but of other languages all the same.
_FOREIGN_IN_GLOSSES = _listed(
    "al au das de del der des di du el em en est et il la le les nu para pas per qu ti van vie von yang"
)

_LONG_DRAWN = re.compile(r"([a-z])\1{2,}")
_LAUGHTER = re.compile(r"(?:a?ha|he|hi){2,}h?|lo{1,}l+|lmf?a+o+|(?:bwa|mua)(?:ha)+")
_CONTRACTED = re.compile(r"([a-z]{2,})(?:'(?:s|ll|ve|re|d|m)|s'|n't)")


def vocabulary(senses: Iterable[str]) -> dict[str, int]:
    """The English words of a dictionary's senses, and how many times each is there.

    Names keep their capital ("Paris"), so that no word is taken for one: "hao" is not English
    because of a Mr Hao. Without readings in brackets, species, quoted words of other languages,
    and words and names that are pinyin.
    """
    counts: Counter[str] = Counter()
    for sense in senses:
        plain = sense.isascii() and _SIGNS_OF_OTHERS.isdisjoint(sense)
        counts.update(_WORD.findall(sense if plain else _NOT_ENGLISH.sub(" ", sense)))
    return {word: count for word, count in counts.items() if _is_no_other(word)}


@cache
def known() -> frozenset[str]:
    """The words of the glosses often enough there, read once."""
    words = {word for word, count in _words().items() if count >= COUNT_TO_BE_KNOWN}
    return frozenset(words)  # a copy takes half the room of a set that grew


@lru_cache(maxsize=4096)
def is_english(word: str) -> bool:
    """Whether a word is English, in whatever case: inflected, hyphenated, drawn out or of chat."""
    lower = word.lower().replace("’", "'")
    if _is_listed(lower) or _LAUGHTER.fullmatch(lower):
        return True
    if contracted := _CONTRACTED.fullmatch(lower):
        return is_english(contracted[1])
    if "-" in lower or "." in lower:
        parts = [part for part in re.split(r"[-.+]", lower) if part]
        return len(parts) > 1 and all(map(is_english, parts))
    if _LONG_DRAWN.search(lower):
        shorter = (_LONG_DRAWN.sub(r"\1", lower), _LONG_DRAWN.sub(r"\1\1", lower))
        return any(len(word) > 1 and _is_listed(word) for word in shorter)
    return any(map(_is_listed, _stems(lower)))


def is_name(word: str) -> bool:
    """Whether a word with a capital is a name that English glosses have, or a brand."""
    return word in known() or word in _BRANDS


def _is_listed(lower: str) -> bool:
    return lower in FUNCTION_WORDS or lower in _BESIDE_THE_GLOSSES or lower in known()


def _is_no_other(word: str) -> bool:
    if word[0].isupper():
        return not is_syllables(word)
    if len(word) == 1 or word in _FOREIGN_IN_GLOSSES:
        return word in FUNCTION_WORDS
    return word not in SYLLABLES or word in _ENGLISH_SYLLABLES


def _stems(word: str) -> Iterator[str]:
    """What an inflected form may come from: "moved" from "mov", "move"; "cheaper" from "cheap"."""
    for ending, others in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _SHORTEST_STEM:
            yield from (stem + other for other in others)
            if len(stem) > _SHORTEST_STEM and stem[-1] == stem[-2] and ending != "s":
                yield stem[:-1]


_ENDINGS = (
    ("ies", ("y",)),
    ("ied", ("y",)),
    ("ier", ("y",)),
    ("iest", ("y",)),
    ("ily", ("y",)),
    ("es", ("", "e")),
    ("s", ("",)),
    ("ed", ("", "e")),
    ("ing", ("", "e")),
    ("in'", ("", "e")),
    ("er", ("", "e")),
    ("ers", ("", "e")),
    ("est", ("", "e")),
    ("ly", ("", "le")),
    ("ness", ("",)),
    ("less", ("",)),
)


def _words() -> dict[str, int]:
    """The vocabulary of the built dictionary, whose builder asks this module for it."""
    from . import dictionary

    return dictionary.english_words()
