"""The pages on which moderators decide about threads, posts, persons and roles."""

from .pages import STAFF, Shot, at

ACT = "moderation/act_page.html"

DECISIONS = (
    Shot("erasing-form", STAFF, at("{others}erasing/"), ACT, "erasing"),
    Shot("edit-request-form", "lin", at("{others}edit-request/"), ACT, "edit_request"),
    Shot("split-form", "lin", at("{thread}split/"), ACT, "split"),
    Shot("merge-form", "lin", at("{thread}merge/"), ACT, "merge"),
    Shot("proposal-removal-form", "lin", at("proposals/1/removal/"), ACT, "proposal_removal"),
    Shot(
        "translation-removal-form", "lin", at("translations/1/removal/"), ACT, "translation_removal"
    ),
    Shot("correction-removal-form", "lin", at("corrections/1/removal/"), ACT, "correction_removal"),
    Shot("warning-form", "lin", at("people/tom/warning/"), ACT, "warning"),
    Shot("silence-form", "lin", at("people/tom/silence/"), ACT, "silence"),
    Shot("suspension-form", "lin", at("people/tom/suspension/"), ACT, "suspension"),
    Shot("roles", STAFF, at("people/lin/roles/"), "moderation/roles.html", "roles"),
    Shot("record", "lin", at("people/tom/record/"), "moderation/record.html", "record"),
)
