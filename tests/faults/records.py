"""What must be true of the database whenever the site was killed: nothing lost, nothing half-made."""

from collections.abc import Callable, Iterable

from .people import Sent

Rows = Callable[..., list[tuple]]

MADE_BY = """
SELECT p.client_id, p.thread_id, p.number, a.body,
  (SELECT count(*) FROM languages_revision r WHERE r.passage_id = p.passage_id),
  (SELECT count(*) FROM ledger_event e WHERE e.target = 'post.' || p.id AND e.verb = 'post.created')
FROM boards_post p JOIN languages_passage a ON a.id = p.passage_id WHERE p.client_id LIKE 'kill-%'
"""
# Per thread: the counters on its row beside what is really there.
COUNTERS = """
SELECT t.id, t.last_number, t.reply_count, count(p.id), count(DISTINCT p.number), min(p.number),
  max(p.number),
  sum(CASE WHEN p.number > 1 AND p.hidden_at IS NULL AND p.deleted_at IS NULL THEN 1 ELSE 0 END)
FROM boards_thread t LEFT JOIN boards_post p ON p.thread_id = t.id
GROUP BY t.id, t.last_number, t.reply_count
"""
# Rows that belong to nothing: a transaction that was cut in half would leave them.
LEFT_OVER = {
    "posts without a revision": "SELECT count(*) FROM boards_post p WHERE NOT EXISTS "
    "(SELECT 1 FROM languages_revision r WHERE r.passage_id = p.passage_id)",
    "posts without an event": "SELECT count(*) FROM boards_post p WHERE NOT EXISTS "
    "(SELECT 1 FROM ledger_event e WHERE e.target = 'post.' || p.id)",
    "passages without an owner": "SELECT count(*) FROM languages_passage a WHERE NOT EXISTS "
    "(SELECT 1 FROM boards_post p WHERE p.passage_id = a.id) AND NOT EXISTS "
    "(SELECT 1 FROM boards_thread t WHERE t.title_id = a.id) AND NOT EXISTS "
    "(SELECT 1 FROM moderation_flag f WHERE f.note_id = a.id) AND NOT EXISTS "
    "(SELECT 1 FROM moderation_annotation r WHERE r.words_id = a.id) AND NOT EXISTS "
    "(SELECT 1 FROM moderation_casenote n WHERE n.words_id = a.id) AND NOT EXISTS "
    "(SELECT 1 FROM moderation_readerrequest q WHERE q.words_id = a.id) AND NOT EXISTS "
    "(SELECT 1 FROM languages_term w WHERE w.note_id = a.id) AND NOT EXISTS "
    "(SELECT 1 FROM languages_correction c WHERE c.reason_id = a.id) AND NOT EXISTS "
    "(SELECT 1 FROM uploads_upload u WHERE a.id IN (u.caption_id, u.description_id)) AND NOT EXISTS "
    # What was said of a picture that is gone: its words are erased.
    "(SELECT 1 FROM languages_passage w WHERE w.id = a.within_id AND a.body = '') AND NOT EXISTS "
    "(SELECT 1 FROM moderation_appeal m WHERE a.id IN (m.words_id, m.answer_id)) AND NOT EXISTS "
    # A moderator's note is named by the event that it explains.
    "(SELECT 1 FROM ledger_event e WHERE CAST(e.data AS text) LIKE '%\"note\": ' || a.id || '}' "
    "OR CAST(e.data AS text) LIKE '%\"note\": ' || a.id || ',%')",
    "pictures that are made and have no file": "SELECT count(*) FROM uploads_upload u "
    "WHERE u.made_at IS NOT NULL AND NOT EXISTS "
    "(SELECT 1 FROM uploads_rendition r JOIN uploads_storedfile f ON f.key = r.file_id "
    "WHERE r.upload_id = u.id AND f.whole)",
    "events of posts that are not there": "SELECT count(*) FROM ledger_event e "
    "WHERE e.target LIKE 'post.%' AND NOT EXISTS "
    "(SELECT 1 FROM boards_post p WHERE 'post.' || p.id = e.target)",
}


def expect_whole(rows: Rows) -> None:
    for thread, last, replies, posts, different, first, highest, shown in rows(COUNTERS):
        assert (first, highest, last, different) == (1, posts, posts, posts), f"thread {thread}"
        assert replies == shown, f"thread {thread}"
    for what, query in LEFT_OVER.items():
        assert rows(query) == [(0,)], what


def expect_each_once(rows: Rows, sent: Iterable[Sent]) -> None:
    """Every one of these is there exactly once, whole, and where the site said that it is."""
    made: dict[str, list[tuple]] = {}
    for row in rows(MADE_BY):
        made.setdefault(row[0], []).append(row[1:])
    for reply in sent:
        found = made.get(reply.client_id, [])
        assert len(found) == 1, f"{reply} is there {len(found)} times"
        thread, number, body, revisions, events = found[0]
        assert (thread, body, revisions, events) == (reply.thread, reply.body, 1, 1)
        assert reply.answered.endswith(f"#post-{number}"), reply
