"""The judge of all answers sees what is wrong with one, or the walk of the matrix would prove nothing."""

from django.http import HttpResponse

from tests.cast import make_board

from .answers import Asked, noting_writes, without_names, wrong
from .routes import route
from .world import NOTE, TITLE, World, session_of


def judged(person: str, response: HttpResponse, method: str = "GET") -> str:
    return "\n".join(wrong(Asked(route("front"), method, person, "site"), response, []))


def test_words_and_cookies_and_tokens_and_policies_are_seen() -> None:
    page = HttpResponse(f"{TITLE['hidden']} {NOTE.format('public')} csrfmiddlewaretoken")
    page.set_cookie("sessionid", "x")
    for person in ("anonymous", "member", "elsewhere"):
        found = judged(person, page)
        assert "shows hidden" in found and "shows note" in found and "another policy" in found
    assert "sets a cookie" in judged("anonymous", page)
    assert "holds a token" in judged("anonymous", page)
    assert "may be kept" in judged("member", page)
    assert "shows" not in judged("staff", page, "POST")


def test_a_write_of_a_look_or_a_refusal_is_seen(world: World) -> None:
    with noting_writes() as written:
        session_of(world.people["member"])
    assert written == []
    with noting_writes() as written:
        make_board("new", position=9)
        world.posts["public"].save(update_fields=["number"])
        world.cases["public"].delete()
    assert [sql.split()[0] for sql in written][:2] == ["INSERT", "UPDATE"]
    assert written[-1].startswith("DELETE")
    for method, status, seen in (("GET", 200, True), ("POST", 403, True), ("POST", 302, False)):
        asked = Asked(route("front"), method, "member", "site")
        found = "\n".join(wrong(asked, HttpResponse(status=status), written))
        assert ("writes" in found) is seen


def test_a_closed_board_that_answers_otherwise_than_nothing_is_told_apart() -> None:
    nothing = without_names(HttpResponse("at /987654321/", status=404), "/en/threads/987654321/")
    assert without_names(HttpResponse("at /7/", status=404), "/en/threads/7/") == nothing
    assert without_names(HttpResponse("at /7/!", status=404), "/en/threads/7/") != nothing
    odd = HttpResponse("at /7/", status=404, headers={"X-Seen": "1"})
    assert without_names(odd, "/en/threads/7/") != nothing
