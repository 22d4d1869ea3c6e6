"""Run in a process of its own: one evening's reports, through the site's actions.

Thirty reports in English, Simplified and Traditional Chinese, some mixed, of posts, a translation, a
correction and a figure; some of them of the same thing, some of nothing that breaks a rule. Prints
what a fair moderator would do with each case, as JSON: `{target: "hide" | "leave"}`.
"""

import json
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "exchange.config.settings"

import django

django.setup()

from django.db import transaction

from exchange.accounts.models import User
from exchange.boards import actions
from exchange.boards.models import Board
from exchange.languages import actions as languages
from exchange.languages.actions import Draft
from exchange.moderation import actions as moderation
from exchange.moderation.targets import find, of_post
from exchange.safety.models import Rule

# What is written, in which rule's name it is reported by how many, with which note, and what is right.
POSTS = [
    ("Add me on another app, I sell cheap tuition papers.", "spam", 2, "advert", "hide"),
    ("加我微信，代写论文，包过。", "spam", 2, "广告", "hide"),
    ("代購美國保健品，私訊我有折扣。", "spam", 1, "", "hide"),
    ("You people are all liars and should shut up.", "harassment", 2, "", "hide"),
    ("你这种水平也敢写英文？笑死人了，别出来丢人。", "harassment", 2, "嘲笑别人的英文", "hide"),
    ("看你寫的中文就知道你有多笨，滾回去。", "harassment", 2, "", "hide"),
    ("Send me the code from your phone and I double your money.", "scam", 2, "", "hide"),
    ("把验证码发给我，我帮你领补贴。", "scam", 2, "骗子", "hide"),
    ("His number is 555-0142, call him at night.", "private-data", 2, "", "hide"),
    ("他家住在幸福路12号3单元，大家去找他。", "private-data", 1, "", "hide"),
    ("I think the rent there is far too high, and so is the deposit.", "off-topic", 1, "", "leave"),
    ("我不同意，这里的医院没有那么贵。", "harassment", 1, "他反驳我", "leave"),
    ("我覺得這個說法不太對，可以給個來源嗎？", "harassment", 1, "", "leave"),
    ("My 中文 is bad, sorry! 我很喜欢你的猫。", "mistranslation", 1, "", "leave"),
    ("Thanks, that helped a lot!", "spam", 1, "", "leave"),
    ("这家面馆真的好吃，我每周都去。", "spam", 1, "像广告", "leave"),
]
# With two halves that say different things.
HALVES = ("The dentist is free for everybody.", "看牙一次要三千块，谁也看不起。")
TRANSLATED = "房租一个月三千五，押一付三。"
WRONG = "The landlord is a thief and rent is free."
SENTENCE = "I pays a third of my income."


@transaction.atomic
def plant() -> dict[str, str]:
    mei, tom, lin = (User.objects.get(username=name) for name in ("mei", "tom", "lin"))
    others = list(User.objects.filter(is_sample=True).exclude(pk__in=[mei.pk, tom.pk, lin.pk]))
    rules = Rule.objects.in_bulk(field_name="code")
    right: dict[str, str] = {}
    thread = actions.open_thread(
        author=tom,
        board=Board.objects.get(slug="daily-life"),
        title=Draft("An ordinary evening", "平常的一个晚上"),
        draft=Draft("What did you have for dinner? 晚饭吃了什么？"),
    )

    def report(target, code, count, note, decision):
        reporters = [one for one in others if one != target.author][:count]
        for reporter in reporters:
            language = reporter.reads[0] if reporter.reads else "en"
            moderation.report(
                reporter=reporter, target=target, rule=rules[code], note=note, language=language
            )
        right[target.name] = decision

    for at, (body, code, count, note, decision) in enumerate(POSTS):
        author = others[-1 - at % 4]
        written = actions.reply(author=author, thread=thread, draft=Draft(body))
        report(of_post(written), code, count, note, decision)
    unlike = actions.reply(author=others[-1], thread=thread, draft=Draft(*HALVES))
    report(of_post(unlike), "mistranslation", 2, "两边说的不一样", "hide")
    own = actions.reply(author=mei, thread=thread, draft=Draft(TRANSLATED))
    proposal = languages.propose(
        by=others[-2], passage=own.passage, language="en", body=WRONG, from_version=1
    )
    report(find(f"proposal.{proposal.pk}"), "mistranslation", 2, "made up", "hide")
    asking = Draft(SENTENCE, wants_correction=True)
    asked = actions.reply(author=tom, thread=thread, draft=asking)
    offered = languages.offer(
        by=others[-3], passage=asked.passage, place=0, corrected="You are stupid.", from_version=1
    )
    report(find(f"correction.{offered.pk}"), "harassment", 2, "不是修改，是骂人", "hide")
    return right


if __name__ == "__main__":
    sys.stdout.write(json.dumps(plant()) + "\n")
