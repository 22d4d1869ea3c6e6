"""The house rules and their editions."""

import pytest

from exchange.accounts.models import User
from exchange.ledger.models import Event
from exchange.safety.actions import publish_rules
from exchange.safety.editions import GONE, NEW, OTHER, SAME, beside
from exchange.safety.models import Edition, Rule
from exchange.safety.queries import edition_now, rules
from tests.cast import PASSWORD


def row(code: str, number: int, text: str = "Answer the words.", severity: int = 2) -> dict:
    texts = {"en": text, "zh-hans": "对事不对人。", "zh-hant": "對事不對人。"}
    name = {"en": f"Rule {code}", "zh-hans": f"规则 {code}", "zh-hant": f"規則 {code}"}
    return {"code": code, "number": number, "severity": severity, "name": name, "text": texts}


BEFORE = [row("harassment", 1), row("spam", 2)]
AFTER = [row("harassment", 1, "Answer the words, and leave the person alone."), row("spam", 2)]


@pytest.mark.django_db
def test_a_change_of_what_members_read_is_a_new_edition_in_the_public_log():
    assert publish_rules(rules=BEFORE).number == 1
    assert publish_rules(rules=AFTER).number == 2
    events = Event.objects.filter(verb="rules.published", public=True).order_by("id")
    assert [event.target for event in events] == ["rules.1", "rules.2"]
    assert rules()[0].text["en"] == AFTER[0]["text"]["en"]
    assert edition_now() == 2


@pytest.mark.django_db
def test_the_same_rules_again_publish_nothing():
    publish_rules(rules=BEFORE)
    assert publish_rules(rules=[dict(rule) for rule in BEFORE]) is None
    assert (Edition.objects.count(), Event.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_another_severity_is_the_moderators_matter_and_no_edition():
    publish_rules(rules=BEFORE)
    assert publish_rules(rules=[row("harassment", 1, severity=3), row("spam", 2)]) is None
    assert Rule.objects.get(code="harassment").severity == 3


@pytest.mark.django_db
def test_rules_can_change_places():
    publish_rules(rules=BEFORE)
    publish_rules(rules=[row("spam", 1), row("harassment", 2)])
    assert [rule.code for rule in rules()] == ["spam", "harassment"]
    assert [rule["code"] for rule in Edition.objects.get(pk=2).rules] == ["spam", "harassment"]


@pytest.mark.django_db
def test_rules_from_before_editions_were_counted_are_kept_as_the_first():
    Rule.objects.create(**BEFORE[0])
    publish_rules(rules=AFTER)
    assert [edition.number for edition in Edition.objects.all()] == [2, 1]
    assert Edition.objects.get(pk=1).rules[0]["text"] == BEFORE[0]["text"]


@pytest.mark.django_db
def test_an_edition_has_the_number_that_it_is_given_unless_it_was_taken():
    assert publish_rules(rules=BEFORE, edition=3).number == 3
    assert publish_rules(rules=AFTER, edition=3).number == 4


def test_an_edition_beside_the_one_before_says_what_changed():
    now = [AFTER[0], row("scam", 3)]
    found = {said.code: said for said in beside(now, BEFORE, "en")}
    states = {code: said.state for code, said in found.items()}
    assert states == {"harassment": OTHER, "scam": NEW, "spam": GONE}
    added = [run.text for run in found["harassment"].text_changes if run.kind == "added"]
    assert "".join(added).strip(" ,.") == "and leave the person alone"
    assert beside(now, BEFORE, "zh-hans")[0].state == SAME


@pytest.mark.django_db
def test_the_page_shows_the_rules_of_now_and_leads_to_earlier_editions(client):
    publish_rules(rules=BEFORE)
    publish_rules(rules=AFTER)
    page = client.get("/en/rules/").content.decode()
    assert 'id="rule-harassment"' in page and "leave the person alone" in page
    assert "Edition 2" in page and 'href="/en/rules/1/"' in page
    assert "<ins" not in page


@pytest.mark.django_db
def test_an_edition_s_page_marks_what_it_changed_in_both_languages(client):
    publish_rules(rules=BEFORE)
    publish_rules(rules=AFTER)
    new = client.get("/en/rules/2/").content.decode()
    assert "<ins" in new and "changed" in new
    first = client.get("/en/rules/1/").content.decode()
    assert "no longer hold" in first and "<ins" not in first
    assert "这一版站规已经失效" in client.get("/zh-hans/rules/1/").content.decode()
    assert client.get("/en/rules/3/").status_code == 404


@pytest.mark.django_db
def test_the_page_asks_the_same_number_of_queries_for_one_edition_and_three(
    client, django_assert_num_queries
):
    publish_rules(rules=BEFORE)
    client.get("/en/rules/")
    with django_assert_num_queries(1):
        client.get("/en/rules/")
    publish_rules(rules=AFTER)
    publish_rules(rules=BEFORE)
    client.get("/en/rules/")
    with django_assert_num_queries(1):
        client.get("/en/rules/")


def sign_up(client, **more):
    fields = {"email": "neu@example.org", "username": "neu", "password1": PASSWORD, "reads": ["en"]}
    return client.post("/en/accounts/signup/", fields | more)


@pytest.mark.django_db
def test_who_signs_up_is_shown_the_rules_and_which_edition_is_kept(client):
    publish_rules(rules=BEFORE)
    publish_rules(rules=AFTER)
    page = client.get("/en/accounts/signup/").content.decode()
    assert "By signing up you agree to keep them" in page
    assert page.count("<summary>") >= 2 and "leave the person alone" in page
    assert 'name="rules_edition" value="2"' in page
    sign_up(client, rules_edition="1")  # the page stood open while the second came out
    assert User.objects.get(username="neu").rules_edition == 1


@pytest.mark.django_db
@pytest.mark.parametrize("shown", ["", "9", "-1", "x", "２", "99999999999999999999"])
def test_an_edition_that_is_none_is_taken_for_the_one_of_now(shown, client):
    publish_rules(rules=BEFORE)
    sign_up(client, rules_edition=shown)
    assert User.objects.get(username="neu").rules_edition == 1


@pytest.mark.django_db
def test_without_rules_somebody_can_sign_up_all_the_same(client):
    assert "agree to keep" not in client.get("/en/accounts/signup/").content.decode()
    sign_up(client)
    assert User.objects.get(username="neu").rules_edition == 0


def test_each_rule_s_text_can_be_read_where_a_reason_is_chosen(thread, mei, lin, rules, log_in):
    post = thread.posts.get()
    for person, address in [
        (mei, f"/en/posts/{post.pk}/flag/"),
        (lin, f"/en/posts/{post.pk}/hiding/"),
        (lin, f"/en/threads/{thread.pk}/move/"),
        (lin, f"/en/threads/{thread.pk}/"),
    ]:
        page = log_in(person).get(address).content.decode()
        _before, _summary, beside_it = page.partition("What each rule says</summary>")
        assert beside_it.partition("</details>")[0].count("<dd>Text.</dd>") == len(rules), address
