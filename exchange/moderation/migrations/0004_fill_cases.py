"""Reports of before belong to cases too: all of one thing that were open to one, those that were closed
to another."""

from itertools import groupby

from django.db import migrations


def fill(apps, schema_editor):
    Case, Flag = apps.get_model("moderation", "Case"), apps.get_model("moderation", "Flag")
    flags = Flag.objects.filter(case=None).select_related("post__passage", "post__thread")
    sorted_flags = sorted(flags, key=_thing)
    for thing, found in groupby(sorted_flags, key=_thing):
        group = list(found)
        _one_each(flags, group)
        first, post = group[0], group[0].post
        case = Case.objects.create(
            target=f"picture.{first.upload_id}" if first.upload_id else f"post.{post.pk}",
            kind="reported",
            post=post,
            board_id=post.thread.board_id,
            author_id=post.author_id,
            language=post.passage.language,
            version=post.passage.version,
            rule_id=first.rule_id,
            reports=len(group),
            score=len(group),
            opened_at=min(flag.created_at for flag in group),
            closed_at=max(flag.closed_at for flag in group) if thing[2] else None,
        )
        Flag.objects.filter(pk__in=[flag.pk for flag in group]).update(case=case)


def _thing(flag):
    return (flag.post_id, flag.upload_id or 0, flag.closed_at is not None)


def _one_each(flags, group):
    """An open case has one open report of each person: the first stays."""
    seen = set()
    for flag in sorted(group, key=lambda flag: flag.pk):
        if flag.closed_at is None and flag.reporter_id in seen:
            flags.filter(pk=flag.pk).update(closed_at=flag.created_at)
        seen.add(flag.reporter_id)


class Migration(migrations.Migration):

    dependencies = [("moderation", "0003_cases")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
