"""One job for a passage, a language and a version, whatever happens."""

from datetime import timedelta

import pytest
from django.utils import timezone

from exchange.languages import actions
from exchange.languages.actions import Draft, jobs
from exchange.languages.models import Passage, TranslationJob

pytestmark = pytest.mark.django_db
State = TranslationJob.State


@pytest.fixture
def passage(mei) -> Passage:
    return actions.write(by=mei, scope="thread.1", draft=Draft("房租太贵了，押一付三。"))


def only(**fields) -> TranslationJob:
    return TranslationJob.objects.get(**fields)


def test_a_text_is_queued_once_however_often_it_is_asked_for(passage, mei):
    assert len(jobs.queue(passage=passage, author=mei)) == 1
    assert jobs.queue(passage=passage, author=mei) == []
    assert (only().language, only().version, only().state) == ("en", 1, State.WAITING)


@pytest.mark.parametrize(
    ("body", "other", "languages"),
    [
        ("The rent is too high, three months at once.", "", ["zh-hans"]),
        ("房租太贵了，押一付三。", "", ["en"]),
        ("房租太贵了，押一付三。", "The rent is too high.", []),
        ("我的landlord很mean，真的 really not nice at all。", "", ["en", "zh-hans"]),
        ("今日はとても寒いですね。どうしましたか。", "", []),
        ("好" * 10_001, "", []),
    ],
)
def test_only_what_nobody_wrote_is_queued(mei, body, other, languages):
    passage = actions.write(by=mei, scope="thread.1", draft=Draft(body, other))
    jobs.queue(passage=passage, author=mei)
    found = TranslationJob.objects.filter(passage=passage).values_list("language", flat=True)
    assert sorted(found) == languages


def test_an_edit_drops_what_waits_and_queues_the_new_version_after_a_quiet_time(passage, mei):
    jobs.queue(passage=passage, author=mei)
    draft = Draft("房租太贵了，押一付一。")
    actions.rewrite(by=mei, passage=passage, draft=draft, from_version=1)
    jobs.queue(passage=passage, author=mei)
    assert only(version=1).state == State.DROPPED
    assert only(version=2).due_at > timezone.now() + timedelta(seconds=100)
    assert jobs.claim(engine="test") is None


def test_a_job_is_claimed_by_one_worker_only(passage, mei):
    jobs.queue(passage=passage, author=mei)
    assert jobs.claim(engine="one") is not None
    assert jobs.claim(engine="two") is None


def test_a_claim_whose_worker_died_is_anybody_s_again_and_the_dead_one_can_end_nothing(
    passage, mei
):
    jobs.queue(passage=passage, author=mei)
    first = jobs.claim(engine="one")
    long_ago = timezone.now() - jobs.CLAIM - timedelta(seconds=1)
    TranslationJob.objects.update(claimed_at=long_ago)
    first.claimed_at = long_ago
    second = jobs.claim(engine="two")
    assert (second.pk, second.attempts) == (first.pk, 2)
    assert not jobs.finish(job=first, body="Late.", spent=5)
    assert jobs.finish(job=second, body="The rent is too high.", spent=11)
    assert passage.translations.get().body == "The rent is too high."


def test_an_answer_for_a_version_that_is_gone_is_not_shown(passage, mei):
    jobs.queue(passage=passage, author=mei)
    job = jobs.claim(engine="one")
    actions.rewrite(by=mei, passage=passage, draft=Draft("不贵。"), from_version=1)
    assert not jobs.finish(job=job, body="The rent is too high.", spent=11)
    assert not passage.translations.exists()


def test_an_engine_that_is_down_is_asked_ever_less_often_and_then_no_more(passage, mei):
    jobs.queue(passage=passage, author=mei)
    waits = []
    for _ in range(len(jobs.WAITS) + 1):
        TranslationJob.objects.filter(state=State.WAITING).update(due_at=timezone.now())
        job = jobs.claim(engine="one")
        jobs.put_off(job=job, reason="unavailable")
        waits.append(round((only().due_at - timezone.now()).total_seconds()))
    assert only().state == State.FAILED
    assert waits[:-1] == sorted(waits[:-1])
    assert jobs.claim(engine="one") is None


def test_a_budget_that_is_used_up_is_no_failed_try(passage, mei):
    jobs.queue(passage=passage, author=mei)
    job = jobs.claim(engine="one")
    jobs.put_off(job=job, reason="site", no_try=True)
    assert (only().state, only().attempts, only().reason) == (State.WAITING, 0, "site")


def test_hidden_words_are_not_sent_and_restored_ones_are(passage, mei):
    jobs.queue(passage=passage, author=mei)
    jobs.drop(passage=passage)
    assert jobs.claim(engine="one") is None
    jobs.take_up(passage=passage)
    assert jobs.claim(engine="one") is not None


def test_what_was_spent_is_counted_for_all_and_for_one(passage, mei, tom):
    jobs.queue(passage=passage, author=mei)
    jobs.finish(job=jobs.claim(engine="one"), body="The rent.", spent=11)
    start = timezone.now() - timedelta(days=1)
    assert [jobs.spent_since(start), jobs.spent_since(start, mei)] == [11, 11]
    assert jobs.spent_since(start, tom) == 0


def test_erased_words_leave_nothing_that_others_made_of_them(passage, mei, tom):
    jobs.queue(passage=passage, author=mei)
    actions.propose(by=tom, passage=passage, language="en", body="Canary", from_version=1)
    actions.ask_for_translation(by=tom, passage=passage, language="en")
    actions.erase(passage)
    assert not passage.proposals.exists() and not passage.requests.exists()
    assert only().state == State.DROPPED
    passage.refresh_from_db()
    assert (passage.body, passage.html, passage.human_in) == ("", "", "")
