import re

import pytest

pytestmark = pytest.mark.django_db


def test_smoke(mei, tom, rent, log_in):
    from exchange.languages import actions
    from tests.cast import open_thread, reply

    thread = open_thread(tom, rent)
    post = reply(mei, thread, "I very like it. It is good.", body_other="我很喜欢。它很好。")
    assert post.passage.wants_correction
    c = actions.offer(by=tom, passage=post.passage, place=0, corrected="I really like it.", from_version=1, reason="因为")
    for who in (None, tom, mei):
        for lang in ("en", "zh-hans"):
            r = log_in(who).get(f"/{lang}/passages/{post.passage_id}/correction/?sentence=0")
            assert r.status_code == 200
    r = log_in(tom).get("/en/corrections/waiting/")
    assert r.status_code == 200
    html = log_in(None).get(f"/en/threads/{thread.pk}/").content.decode()
    assert "1 correction<" in html
    r = log_in(mei).post(f"/en/passages/{post.passage_id}/correction/{c.pk}/taking/")
    assert r.status_code == 302, r.content.decode()
    post.passage.refresh_from_db()
    assert post.passage.body == "I really like it. It is good."
    print(log_in(mei).get(f"/en/passages/{post.passage_id}/correction/?sentence=0").content.decode())
