"""What those hear whom a decision does not concern: who reported, who moderates, who reads."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from exchange.moderation.notices import Notice

SEE = _("See the decision")
TO_POST = _("To the post")
THANKS = _(
    "Thank you for looking after this place. Who reported something is never told to others."
)
LEFT = (
    _("We looked at what you reported"),
    _("A moderator read it with care and found no breach of the house rules, so it stays."),
)
# By what was decided about it. Nothing here says more than everybody can see or read in the log.
OUTCOMES: dict[str, tuple[Any, Any]] = {
    "post.hidden": (
        _("The post that you reported was hidden"),
        _("A moderator agreed that it broke a house rule."),
    ),
    "post.erased": (
        _("The post that you reported was taken down"),
        _("Nobody can read it any more."),
    ),
    "post.edit_requested": (
        _("The author of a post that you reported was asked to change it"),
        _("Until then it stays where everybody can read it."),
    ),
    "picture.hidden": (
        _("The picture that you reported was hidden"),
        _("A moderator agreed that it broke a house rule."),
    ),
    "translation.removed": (
        _("The translation that you reported was removed"),
        _("The original is not changed by that."),
    ),
    "correction.removed": (
        _("The correction that you reported was removed"),
        _("The text itself is not changed by that."),
    ),
    "figure.excluded": (
        _("The figure that you reported is not counted any more"),
        _("A moderator took it out of the comparisons."),
    ),
    "appeal.upheld": (
        _("A decision about what you reported was taken back"),
        _(
            "After an appeal somebody else looked at it again and found no breach of the house rules."
        ),
    ),
    # However a case is left (`left_as`), and a report of what was left before.
    **dict.fromkeys(
        ("case.dismissed", "flag.raised", "post.released", "picture.released", "post.restored"),
        LEFT,
    ),
}
GONE = _("What you reported was deleted")
# By the kind of what was reported: what others write under a post is deleted with it.
UNDER = _("It stood under a post that its author deleted.")
DELETED = dict.fromkeys(("translation", "proposal", "correction"), UNDER)
ACTED = (
    _("Something was done about what you reported"),
    _("A moderator agreed that it broke a house rule."),
)


def outcome(verb: str) -> Notice:
    title, body = OUTCOMES.get(verb, ACTED)
    return Notice(str(title), f"{body}\n\n{THANKS}")


def gone(target: str) -> Notice:
    body = DELETED.get(target.partition(".")[0], _("Its author deleted what you reported."))
    return Notice(str(GONE), f"{body}\n\n{THANKS}")


def waits() -> Notice:
    return Notice(
        str(_("An appeal waits for an answer")),
        str(_("Somebody objects to a moderator's decision. Whoever is first can answer.")),
    )


def overruled(*, upheld: bool, nothing_left: bool) -> Notice:
    if nothing_left:
        return Notice(
            str(_("A decision of yours no longer counts")),
            str(
                _(
                    "It was appealed, and somebody else agreed with the appeal. What was done cannot be"
                    " undone any more."
                )
            ),
        )
    if upheld:
        return Notice(
            str(_("A decision of yours was taken back")),
            str(_("It was appealed, and somebody else agreed with the appeal.")),
        )
    return Notice(
        str(_("A decision of yours stands")),
        str(_("It was appealed, and somebody else turned the appeal down.")),
    )


def asked() -> Notice:
    return Notice(
        str(_("Moderators ask you what a text says")),
        str(
            _(
                "You read its language, and none of them does. Please say whether it breaks a house rule;"
                " what happens then is for them to decide."
            )
        ),
    )
