"""How to get to every kind of page (`shots.py` lists them), for screenshots and for the axe tests."""

import email
import email.policy
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from email.message import EmailMessage
from pathlib import Path
from typing import NamedTuple, cast
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, expect

from .pages_bursts import CROWD, send_one_of_many
from .pages_moderation import ask_a_reader, offer_to_read, report_a_picture, send_a_picture
from .pages_told import appeal_first, warn

WIDTHS = {"phone": 360, "tablet": 768, "desktop": 1280}
HEIGHT = 800
THEMES = ("light", "dark")
LANGUAGES = ("en", "zh-hans")
STAFF = "priya"
NEWCOMER = "nora"  # signs up for these pictures, and never confirms her address
IDLE = "walter"  # keeps order where nothing is reported
EMPTY_BOARD = "tuition"  # once its threads are hidden
# Whoever starts the site for these pictures gives these to `manage.py appoint`.
APPOINTED = ((STAFF, "staff"), (IDLE, "moderator", "--board", "old-friends"))
LOCALES = {"en": "en-US", "zh-hans": "zh-CN", "zh-hant": "zh-TW"}


class Places(NamedTuple):
    """Addresses, after the language, of what `prepare` made."""

    long: str  # a thread of two pages
    thread: str  # a thread with a hidden post and an edited one
    hidden: str  # the hidden post's address in it
    own: str  # Tom's post in it, edited once
    others: str  # somebody else's
    locked: str  # a thread that nobody can reply to
    hidden_thread: str
    deleted_thread: str
    word: str  # that Tom proposed for the glossary
    text: str  # pages of one of Tom's texts, which Mei has proposed a translation of
    confirm: str  # the link in a newcomer's mail
    mails: Path  # the folder that mails are sent to


class Shot(NamedTuple):
    name: str
    person: str  # empty: a stranger
    show: Callable[[Page, str, Places], None]
    template: str  # that draws it
    route: str = ""  # the name of the address that it shows, where it is one of its page types


class People:
    """Browsers in which somebody is logged in; each logs in once."""

    def __init__(self, browser: Browser, site: str, data: Path) -> None:
        self.browser, self.site, self.data = browser, site, data
        self.password = (data / "demo-password").read_text().strip()
        self._sessions: dict[str, dict] = {}
        self._tabs: dict[tuple[str, str], Page] = {}

    @contextmanager
    def page(self, person: str, language: str, **options) -> Iterator[Page]:
        state = self.session(person) if person else None
        context = self.context(language, storage_state=state, **options)
        yield context.new_page()
        context.close()

    def tab(self, person: str, language: str) -> Page:
        """One page for all that somebody sees in a language: a browser costs more than what it shows.

        What the page before left in the browser is gone from it.
        """
        if (person, language) not in self._tabs:
            self._tabs[person, language] = self.context(language).new_page()
        page = self._tabs[person, language]
        if page.url.startswith(self.site):
            page.evaluate("sessionStorage.clear()")
        page.goto("about:blank")  # first: a page that is left may keep words on this device
        wire = page.context.new_cdp_session(page)
        kept = {"origin": self.site, "storageTypes": "local_storage"}
        wire.send("Storage.clearDataForOrigin", kept)
        wire.detach()
        page.context.clear_cookies()
        if person:
            page.context.add_cookies(self.session(person)["cookies"])
        return page

    def context(self, language: str, **options) -> BrowserContext:
        size = {"width": WIDTHS["desktop"], "height": HEIGHT}
        locale = LOCALES[language]
        # A worker would ask for everything once more.
        options = {"service_workers": "block", "reduced_motion": "reduce"} | options
        return self.browser.new_context(base_url=self.site, locale=locale, viewport=size, **options)

    def session(self, person: str) -> dict:
        if person not in self._sessions:
            context = self.context("en")
            address = "/en/accounts/login/"
            context.request.get(address)  # brings the token
            form = {"login": f"{person}@example.org", "password": self.password}
            tokens = [c.get("value", "") for c in context.cookies() if c.get("name") == "csrftoken"]
            # It leads to a page that says so: none of those that follow does.
            answer = context.request.post(address, form={**form, "csrfmiddlewaretoken": tokens[0]})
            assert address not in answer.url, f"{person} could not log in: {answer.status}"
            self._sessions[person] = cast(dict, context.storage_state())
            context.close()
        return self._sessions[person]


# What is to be seen


def prepare(people: People) -> Places:
    with writing(people, "tom") as tom:
        tom.goto("/en/boards/daily-life/")
        thread = path_of(tom.locator(".row a.title").first.get_attribute("href"))
        tom.goto(f"/en/{thread}")
        last = tom.locator("article.post").last.get_attribute("id")
        others = path_of(
            tom.locator("article.post").nth(1).locator(".number").get_attribute("href")
        )
        reported = tom.locator("article.post").nth(2).locator(".number").get_attribute("href")
        fill_reply(
            tom,
            "I walk to the market on Sundays, it is *cheaper*.",
            "我星期天走路去菜市场，*便宜*。",
        )
        own = path_of(tom.locator("article.post").last.locator(".number").get_attribute("href"))
        tom.goto(f"/en/{own}edit/")
        tom.fill("[name=body]", "I walk to the market on Sundays: it is *much* cheaper.")
        tom.click("main form button.btn")
        for path, reason in ((others, "off-topic"), (path_of(reported), "mistranslation")):
            tom.goto(f"/en/{path}flag/")
            tom.select_option("[name=reason]", reason)
            tom.fill("[name=note]", "请看一下这里。Please have a look.")
            tom.click("main form button.btn")
        report_a_picture(tom)
    with writing(people, "kelsey") as kelsey:
        offer_to_read(kelsey)
    with writing(people, "tom") as tom:
        long = find_long_thread(tom)
        deleted = delete_a_thread(tom)
        word = propose_a_word(tom)
    with writing(people, "lin") as lin:
        lin.goto(f"/en/{thread}#{last}")
        hidden = lin.locator(f"#{last} a[href$='/hiding/']").get_attribute("href")
        act(lin, hidden, "spam", "第三次发同样的内容了。The third time.")
        hidden_thread = hide_all_threads(lin, EMPTY_BOARD)
        ask_a_reader(lin, "kelsey")
        locked = threads_of(lin, "exam-papers")[0]
        act(lin, f"/en/{locked}lock/", "off-topic")
        for reason in ("off-topic", "spam"):
            warn(lin, "kelsey", reason)
    with writing(people, "kelsey") as kelsey:
        appeal_first(kelsey)
    for number in range(len(CROWD)):
        with writing(people, "") as page:
            send_one_of_many(page, number, people.password)
    return Places(
        *(long, thread, f"{thread}#{last}", own, others, locked, hidden_thread, deleted),
        word=word,
        text=propose_a_translation(people, thread),
        confirm=sign_up(people),
        mails=people.data / "mail",
    )


def writing(people: People, person: str) -> AbstractContextManager[Page]:
    """What is only to be there in the end is written faster where no script runs."""
    return people.page(person, "en", java_script_enabled=False)


def propose_a_translation(people: People, thread: str) -> str:
    """A post in English alone, with a translation that waits; the beginning of its pages' addresses."""
    with writing(people, "tom") as tom:
        tom.goto(f"/en/{thread}")
        fill_reply(tom, "Nobody here cooks on Sundays. We buy **noodles** instead.\n\nAnd you?")
        own = tom.locator("article.post", has_text="Nobody here cooks")
        number = own.last.get_attribute("data-passage")
    with writing(people, "mei") as mei:
        mei.goto(f"/en/passages/{number}/translation/")
        mei.fill("[name=part-0]", "我们这儿星期天没人做饭。")
        mei.fill("[name=part-1]", "我们买**面条**吃。")
        mei.fill("[name=part-2]", "你们呢？")
        mei.click("#propose button.btn")
    return f"passages/{number}/"


def act(page: Page, address: str | None, reason: str, note: str = "") -> None:
    """A moderator's act, on the page of its own."""
    page.goto(address or "")
    page.select_option("[name=reason]", reason)
    page.fill("[name=note]", note)
    page.click("main form button.btn")


def threads_of(page: Page, board: str) -> list[str]:
    page.goto(f"/en/boards/{board}/")
    links = page.locator(".row a.title").all()
    return [path_of(link.get_attribute("href")) for link in links]


def hide_all_threads(moderator: Page, board: str) -> str:
    """One of them."""
    threads = threads_of(moderator, board)
    for thread in threads:
        moderator.goto(f"/en/{thread}")
        opening = moderator.locator("article.post a[href$='/hiding/']").first
        act(moderator, opening.get_attribute("href"), "off-topic")
    return threads[0]


def delete_a_thread(page: Page) -> str:
    page.goto("/en/threads/new/?board=pets-and-memes")
    page.fill("[name=title]", "Wrong board, sorry")
    page.fill("[name=body]", "I will write it again elsewhere.")
    page.locator("main form .buttons .btn").click()
    expect(page.locator("article.post")).to_be_visible()
    thread = path_of(urlsplit(page.url).path)
    page.goto(page.locator("article.post a[href$='/deletion/']").get_attribute("href") or "")
    page.click("main form button.danger")
    return thread


def propose_a_word(page: Page) -> str:
    page.goto("/en/glossary/new/")
    page.fill("[name=en]", "moving-in day\nmove-in day")
    page.fill("[name=zh]", "入住日")
    page.fill("[name=pinyin]", "rù zhù rì")
    page.fill("[name=note_en]", "The day the keys and the first money change hands.")
    page.fill("[name=note_zh]", "交钥匙、付第一笔钱的那一天。")
    page.click("main form button.btn")
    return path_of(urlsplit(page.url).path)


def sign_up(people: People) -> str:
    """The path of the link that confirms the newcomer's address."""
    with writing(people, "") as page:
        page.goto("/en/accounts/signup/")
        page.fill("[name=email]", f"{NEWCOMER}@example.org")
        page.fill("[name=username]", NEWCOMER)
        page.fill("[name=password1]", people.password)
        page.click("main form button.btn")
        expect(page.locator(".menu")).to_be_visible()
        send_a_picture(page)
    return link_in(newest_mail(people.data / "mail"), "confirm-email")


def newest_mail(mails: Path) -> EmailMessage:
    newest = max(mails.iterdir(), key=lambda path: path.stat().st_mtime_ns)
    return email.message_from_bytes(newest.read_bytes(), policy=email.policy.default)


def link_in(mail: EmailMessage, part: str) -> str:
    text = mail.get_body(("plain",))
    found = re.search(rf"https?://\S*/{part}/\S+", text.get_content() if text else "")
    return path_of(urlsplit(found[0]).path) if found else ""


def find_long_thread(page: Page) -> str:
    """The sample thread with the most replies has more than one page."""
    page.goto("/en/")
    rows = page.locator(".rows .row")
    counts = [int(text) for text in rows.locator(".row-count b").all_inner_texts()]
    link = rows.nth(counts.index(max(counts))).locator("a.title")
    return path_of(link.get_attribute("href"))


def path_of(address: str | None) -> str:
    """Without the language: `threads/7/`."""
    return (address or "").split("/", 2)[2]


def fill_reply(page: Page, body: str, body_other: str = "") -> None:
    page.fill("#reply [name=body]", body)
    if body_other:
        fill_other_half(page, body_other)
    else:  # a draft of before may be there: what is sent past the scripts leaves one
        page.evaluate("document.querySelector('#reply [name=body_other]').value = ''")
    with page.expect_navigation():  # not in place: what comes may be an error's page
        page.evaluate("document.querySelector('#reply').submit()")


def fill_other_half(page: Page, words: str) -> None:
    if not page.is_visible("#reply [name=body_other]"):  # a draft has opened it
        page.click("#reply details.more > summary")
    page.fill("#reply [name=body_other]", words)


def at(path: str) -> Callable[[Page, str, Places], None]:
    """A page that needs only its address; `{own}` and the like are filled in."""

    def show(page: Page, language: str, places: Places) -> None:
        page.goto(f"/{language}/{path.format(**places._asdict())}")

    return show


def passage(noun: str) -> Callable[[Page, str, Places], None]:
    """A page about the words of somebody's post."""

    def show(page: Page, language: str, places: Places) -> None:
        page.goto(f"/{language}/{places.long}")
        number = page.locator("article[data-passage]").nth(1).get_attribute("data-passage")
        page.goto(f"/{language}/passages/{number}/{noun}")

    return show


def kept_words(page: Page, language: str, places: Places) -> None:
    page.goto(f"/{language}/words/")
    for word in ("押金", "security deposit"):
        page.locator("#word").fill(word)
        page.locator("main .btn").click()


def word_card(page: Page, language: str, places: Places) -> None:
    page.goto(f"/{language}/{places.long}")
    page.locator("a.word-help").nth(1).click()
    page.locator(".word-card").wait_for()


def levels(page: Page, language: str, places: Places) -> None:
    page.goto(f"/{language}/{places.long}")
    page.locator(".helps summary").click()
    page.locator(".helps input[value=all]").check()
    page.locator("#posts rt").first.wait_for()


def reply_error(page: Page, language: str, places: Places) -> None:
    page.goto(f"/{language}/{places.thread}")
    fill_reply(page, "The same language in both halves?", "Yes, the very same language.")


def sent_before(page: Page, language: str, places: Places) -> None:
    for body in ("这是第一次发的话。", f"这是第二次发的话（{language}）。"):
        page.goto(f"/{language}/{places.thread}")
        page.evaluate("document.querySelector('[name=client_id]').value = 'screenshots'")
        fill_reply(page, body)


def conflict(page: Page, language: str, places: Places) -> None:
    page.goto(f"/{language}/{places.own}edit/")
    page.evaluate("document.querySelector('[name=version]').value = '1'")
    page.fill("[name=body]", "I take the bus to the market on Sundays.")
    page.click("main form button.btn")


def signup_errors(page: Page, language: str, places: Places) -> None:
    page.goto(f"/{language}/accounts/signup/")
    page.evaluate("document.querySelector('main form').noValidate = true")
    page.fill("[name=email]", "mei@example")
    page.fill("[name=username]", "管理员")
    page.fill("[name=password1]", "12345678")
    page.click("main form button.btn")


def term_errors(page: Page, language: str, places: Places) -> None:
    """A word that is there already, and a form that lacks an explanation."""
    page.goto(f"/{language}/glossary/new/")
    page.fill("[name=en]", "入住日")
    page.fill("[name=zh]", "入住日")
    page.click("main form.compose button.btn")


def dialog(page: Page, language: str, places: Places) -> None:
    page.goto(f"/{language}/{places.thread}")
    page.locator("article.post").nth(1).locator("a.act[href$='/hiding/']").click()
    expect(page.locator("dialog#act [data-notice]")).to_be_visible()


def drafts(page: Page, language: str, places: Places) -> None:
    """A kept draft, and the list that it stands in."""
    page.goto(f"/{language}/{places.long}")
    page.fill("#reply [name=body]", "我还没写完：房租里包不包物业费？\n\nNot finished yet.")
    with page.expect_navigation():
        page.evaluate(SAVE_DRAFT)
    page.goto(f"/{language}/drafts/")


SAVE_DRAFT = """() => {
  const form = document.querySelector("#reply");
  form.action = form.dataset.draft;
  form.submit();
}"""


def figure_row(page: Page, language: str, places: Places) -> None:
    """A figure that is being typed, and asked back about."""
    page.goto(f"/{language}/threads/new/?board=rent")
    page.click("button[name=figure_add]")
    page.select_option("[name=figure_item]", index=1)
    page.click("button[name=figure_add]")
    page.fill("[name=figure-0-amount]", "120,000")
    page.fill("[name=figure-0-city]", "Chengdu")
    page.select_option("[name=figure-0-currency]", "USD")
    page.click("main form .buttons .btn")
    expect(page.locator(".figure-row .errors").first).to_be_visible()


def preview(page: Page, language: str, places: Places) -> None:
    page.goto(f"/{language}/{places.long}")
    page.fill("#reply [name=body]", "## 押金\n\n*押一付三*，水电另算。\n\n1. 房租\n2. 物业费")
    fill_other_half(page, "## Deposit\n\n*One* and three.\n\n1. Rent\n2. Fees")
    page.locator("script[data-swaps=ready]").wait_for(state="attached")
    page.click("button[name=preview]")
    expect(page.locator(".preview .pair").first).to_be_visible()


def corrections(person: str) -> Callable[[Page, str, Places], None]:
    """The corrections of a sample letter, with the form for the first sentence that has some."""

    def show(page: Page, language: str, places: Places) -> None:
        page.goto(f"/{language}/boards/li-hua/")
        letter = page.locator(".row", has_text="Peter").locator("a.title")
        page.goto(letter.get_attribute("href") or "")
        leads_there = page.locator("#post-1 .acts a[href$='/correction/']").last
        page.goto(leads_there.get_attribute("href") or "")
        expect(page.locator(".sentences")).to_be_visible()
        if person:
            page.locator(".sentence:has(.proposal) .acts a").first.click()
            expect(page.locator("#offer")).to_be_visible()

    return show


def correction_error(page: Page, language: str, places: Places) -> None:
    corrections("tom")(page, language, places)
    page.fill("#offer [name=corrected]", "下星期五请来学校看剪纸展！")
    page.fill("#offer [name=why]", "说得短一点更亲切。")
    page.locator("#offer .btn").click()
    expect(page.locator("#errors")).to_be_visible()


def correction_try(page: Page, language: str, places: Places) -> None:
    """Her own try, beside what others proposed."""
    corrections("mei")(page, language, places)
    page.fill("#offer [name=corrected]", "Please come to our paper-cutting show next Friday.")
    page.locator("#offer [name=try]").click()
    expect(page.locator(".proposal .diff").first).to_be_visible()


def draft_conflict(page: Page, language: str, places: Places) -> None:
    for body in (f"From the phone ({language})", f"在电脑上写的（{language}）"):
        page.goto(f"/{language}/{places.own}edit/")
        page.fill("[name=body]", body)
        page.evaluate("document.querySelector('[name=draft_version]').value = '0'")
        with page.expect_navigation():
            page.evaluate(SAVE_DRAFT.replace("#reply", "form[data-draft]"))


def menu(page: Page, language: str, places: Places) -> None:
    page.goto(f"/{language}/")
    page.click(".menu summary")


def long_words(page: Page, language: str, places: Places) -> None:
    """What breaks layouts: one endless word, a wide table, code, a quotation in a quotation."""
    page.goto(f"/{language}/{places.thread}")
    fill_reply(page, LONG_WORDS)


LONG_WORDS = (
    "W" * 200 + "\n\n> > 引用里的引用，很长很长，" + "一直写下去" * 30 + "\n\n"
    "| city | rent | utilities | fees | deposit | included |\n"
    "|---|---:|---|---|---|---|\n"
    "| Chengdu 成都 | 3,000 | 水电另算 | 物业费 | 押一付三 | heating, furniture and broadband |\n\n"
    "    a_line_of_code_that_is_far_too_long_for_a_phone = 'and goes on' + 'and on and on'\n"
)


def log_in_first(page: Page, language: str, places: Places) -> None:
    page.goto(f"/{language}/{places.thread}")
    fill_reply(page, "我先写，再登录。 I write first and log in later.")


def too_old(page: Page, language: str, places: Places) -> None:
    """A form whose token is stale: the page was open for too long."""
    page.goto(f"/{language}/{places.thread}")
    page.evaluate(
        "document.querySelector('#reply [name=csrfmiddlewaretoken]').value = 'x'.repeat(32)"
    )
    fill_reply(page, "I wrote this for a long time. 这段话我写了很久。")
