import pytest
from django.core.management import CommandError, call_command

from exchange.boards.models import Post
from exchange.config import article, seeding
from exchange.languages.render import render
from exchange.ledger.models import Event
from exchange.web.templatetags.bilingual import localised

TITLE = "Two cats and a dictionary"
FILE = f"""{TITLE}

2025-March-3 08:05 By: Example.cn

By Example Daily Reporter Wang Xiaoming

A cat in Ohio met a cat in Chengdu. *Nobody* was surprised, said user_one_two.

1. The second paragraph starts like a list.

The third has <b>brackets</b> & an ampersand.

Editor: QQ
More from Example Online

Disclaimer

The views here are the cat's. Nobody else is liable.

点击右上角微信好友

朋友圈
"""
LINES = FILE.splitlines()


@pytest.fixture
def seeded(db, settings):
    settings.DEMO = False
    call_command("seed")


@pytest.fixture
def copy(tmp_path):
    def write(content: str | bytes = FILE):
        path = tmp_path / "article.txt"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def without(start: str) -> str:
    return "\n".join(line for line in LINES if not line.startswith(start))


def test_every_part_of_the_layout_is_read():
    found = article.parse(FILE.encode())
    assert found.title == TITLE
    assert f"{found.published:%Y-%m-%d %H:%M}" == "2025-03-03 08:05"
    assert (found.source, found.editor) == ("Example.cn", "QQ")
    assert found.reporter == "Example Daily Reporter Wang Xiaoming"
    assert len(found.paragraphs) == 3
    assert found.disclaimer == "The views here are the cat's. Nobody else is liable."


def test_the_pages_furniture_is_dropped():
    found = article.parse(FILE.encode())
    kept = found.body + found.disclaimer
    assert "More from" not in kept and "朋友圈" not in kept


def test_plain_prose_is_shown_as_it_is_and_never_as_markup():
    html = render(article.parse(FILE.encode()).body, "en")
    assert "*Nobody* was surprised, said user_one_two." in html
    assert "<p>1. The second paragraph" in html and "<ol" not in html
    assert "&lt;b&gt;brackets&lt;/b&gt; &amp; an ampersand" in html


@pytest.mark.parametrize(
    ("start", "part"),
    [
        (TITLE, "the title"),
        ("2025", "the line with time stamp and by-line"),
        ("By Example", "the reporter line"),
        ("Editor", "the editor line"),
        ("Disclaimer", "the disclaimer"),
    ],
)
def test_a_file_that_does_not_fit_says_which_part_is_missing(start, part):
    with pytest.raises(article.ArticleError) as raised:
        article.parse(without(start).encode())
    assert raised.value.missing == [part]


def test_a_file_without_paragraphs_says_so():
    words = ("A cat", "1. The", "The third")
    short = "\n".join(line for line in LINES if not line.startswith(words))
    with pytest.raises(article.ArticleError) as raised:
        article.parse(short.encode())
    assert raised.value.missing == ["the paragraphs"]


def test_an_impossible_date_is_no_time_stamp():
    with pytest.raises(article.ArticleError, match="time stamp"):
        article.parse(FILE.replace("March-3", "March-33").encode())


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xff\xfe\x00", "只有一行".encode()])
def test_a_file_of_another_kind_is_refused_and_changes_nothing(content, seeded, copy):
    before = seeding.opening_post().passage.version
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("pin_article", str(copy(content)))
    assert seeding.opening_post().passage.version == before


def test_a_missing_file_is_refused(seeded, tmp_path):
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("pin_article", str(tmp_path / "none.txt"))


def test_pinning_shows_the_copy_with_its_facts_and_keeps_the_former_text(seeded, copy, client):
    call_command("pin_article", str(copy()))
    post = seeding.opening_post()
    assert post.thread.title.body == TITLE and "A cat in Ohio" in post.passage.body
    assert post.passage.revisions.count() == 2
    assert "Catalina" in post.passage.revisions.get(version=1).body
    html = client.get(f"/en/threads/{post.thread_id}/").content.decode()
    for words in ("A cat in Ohio", "Wang Xiaoming", "the cat&#x27;s. Nobody", "Example.cn"):
        assert words in html


def test_pinning_again_changes_nothing(seeded, copy):
    call_command("pin_article", str(copy()))
    events, version = Event.objects.count(), seeding.opening_post().passage.version
    call_command("pin_article", str(copy()))
    assert (Event.objects.count(), seeding.opening_post().passage.version) == (events, version)


def test_seeding_leaves_a_pinned_copy_alone(seeded, copy):
    call_command("pin_article", str(copy()))
    call_command("seed")
    assert "A cat in Ohio" in seeding.opening_post().passage.body


def test_pinning_is_an_event_that_open_pages_hear_of(seeded, copy):
    post = seeding.opening_post()
    call_command("pin_article", str(copy()))
    event = Event.objects.order_by("id").last()
    assert (event.verb, event.scope) == ("post.edited", post.thread.scope)


def test_the_account_in_chinese_stays_beside_the_article_that_it_tells(seeded, copy):
    title, _ = seeding.opening_words()
    call_command("pin_article", str(copy(FILE.replace(TITLE, title.body))))
    post = seeding.opening_post()
    assert post.passage.translations.get().language == "zh-hans"
    facts = {fact["key"]: localised(fact["value"]) for fact in post.attribution.facts}
    assert "copy" in facts["text"]


def test_before_the_first_seeding_there_is_nothing_to_pin_to(db, copy):
    with pytest.raises(CommandError, match="seed"):
        call_command("pin_article", str(copy()))
    assert not Post.objects.exists()
