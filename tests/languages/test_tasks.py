"""What happens beside the pages, from the ledger's event to the half that readers see."""

from collections.abc import Sequence

import pytest
from django.utils import timezone

from exchange.boards import actions as boards
from exchange.languages import tasks
from exchange.languages.actions import Draft, jobs
from exchange.languages.engines import OutOfQuota, Unavailable
from exchange.languages.engines.protocol import PAIRS, Health
from exchange.languages.models import TranslationJob
from exchange.moderation import actions as moderation
from tests.cast import open_thread, reply

pytestmark = pytest.mark.django_db
State = TranslationJob.State


class Engine:
    """Says a fixed sentence in the language that it is asked for, or fails as it is told to."""

    name = "test engine"
    answers = {"en": "The rent is too high for me here.", "zh-hans": "这里的房租对我来说太贵了。"}

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error
        self.asked: list[str] = []

    def pairs(self) -> frozenset[tuple[str, str]]:
        return PAIRS

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        self.asked += texts
        if self.error:
            raise self.error
        return [self.answers[target] for _ in texts]

    def healthy(self) -> Health:
        return Health(True)


CHINESE = "这里的房租对我来说太贵了。"


def go(engine: Engine) -> int:
    tasks.consumer().round()
    return tasks.work(engine)


@pytest.fixture
def post(thread, mei):
    return reply(mei, thread, CHINESE)


def half(post, language: str = "en"):
    return post.passage.translations.filter(kind="machine", language=language).first()


def test_a_new_post_gets_a_machine_s_half_and_is_asked_for_once(post):
    engine = Engine()
    go(engine)
    assert half(post).body == Engine.answers["en"]
    assert (half(post).engine, half(post).source_version) == ("test engine", 1)
    asked = list(engine.asked)
    go(engine)
    assert engine.asked == asked


def test_a_post_s_own_other_half_is_trusted_more_than_any_machine(thread, mei):
    post = reply(mei, thread, CHINESE, body_other="The rent here is too high for me.")
    go(Engine())
    assert half(post) is None


def test_titles_are_translated_too(tom, rent):
    thread = open_thread(tom, rent, "The rent is too high here", title_other="")
    go(Engine())
    made = thread.title.translations.get()
    assert (made.kind, made.html) == ("machine", "")


def test_what_only_moderators_read_never_leaves(lin, moderators_board):
    open_thread(lin, moderators_board, "Who is next on our list of people?", title_other="")
    engine = Engine()
    go(engine)
    assert engine.asked == []


def test_hidden_words_are_not_sent(post, lin, rules):
    moderation.hide(moderator=lin, post=post, rule=rules["spam"])
    engine = Engine()
    go(engine)
    assert CHINESE not in "".join(engine.asked)


def test_restored_words_are(post, lin, rules):
    moderation.hide(moderator=lin, post=post, rule=rules["spam"])
    go(Engine())
    moderation.restore(moderator=lin, post=post, rule=rules["spam"])
    go(Engine())
    assert half(post)


def test_an_edit_marks_the_machine_s_half_as_stale_and_queues_it_again(post, mei):
    go(Engine())
    boards.edit(author=mei, post=post, draft=Draft("现在便宜多了。"), from_version=1)
    go(Engine())
    assert half(post).source_version == 1 < post.passage.version
    TranslationJob.objects.update(due_at=timezone.now())
    go(Engine())
    assert half(post).source_version == 2


def test_an_answer_that_is_no_good_is_refused_with_its_reason_and_not_shown(post):
    engine = Engine()
    engine.answers = {"en": "rent " * 200}
    go(engine)
    job = TranslationJob.objects.get(passage=post.passage)
    assert (job.state, job.reason) == (State.REFUSED, "repeated")
    post.passage.refresh_from_db()
    assert post.passage.refused_version == post.passage.version
    assert half(post) is None
    assert job.spent > 0


def test_an_engine_that_is_down_changes_nothing_and_is_tried_again(post):
    go(Engine(Unavailable("timed out")))
    job = TranslationJob.objects.get(passage=post.passage)
    assert (job.state, job.attempts, job.reason) == (State.WAITING, 1, "unavailable")
    TranslationJob.objects.update(due_at=timezone.now())
    go(Engine())
    assert half(post)


def test_a_used_up_quota_waits_without_counting_as_a_try(post):
    go(Engine(OutOfQuota("all used")))
    job = TranslationJob.objects.get(passage=post.passage)
    assert (job.state, job.attempts) == (State.WAITING, 0)


@pytest.mark.parametrize(
    ("setting", "reason"),
    [("TRANSLATION_DAILY_CHARACTERS", "site"), ("TRANSLATION_MEMBER_CHARACTERS", "member")],
)
def test_past_a_day_s_budget_texts_wait_for_the_next(post, settings, setting, reason):
    setattr(settings, setting, 5)
    engine = Engine()
    go(engine)
    job = TranslationJob.objects.get(passage=post.passage)
    assert (job.state, job.reason, engine.asked) == (State.WAITING, reason, [])


def test_a_fault_of_ours_is_logged_and_the_others_go_on(thread, mei, caplog):
    first, second = reply(mei, thread, CHINESE), reply(mei, thread, CHINESE + "真的。")

    class Odd(Engine):
        def translate(self, texts, source, target):
            if "真的" in "".join(texts):
                raise RuntimeError("odd")
            return super().translate(texts, source, target)

    go(Odd())
    assert half(first) and not half(second)
    assert "cannot be done" in caplog.text


def test_words_that_were_deleted_before_their_turn_are_not_sent(post, mei):
    tasks.consumer().round()
    boards.delete(author=mei, post=post)
    engine = Engine()
    assert jobs.claim(engine="other") is not None  # the title's or the opening post's
    tasks.work(engine)
    assert CHINESE not in "".join(engine.asked)
