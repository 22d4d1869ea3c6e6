"""Pictures that wait were listed beside the reports; now each has a case of its own."""

from django.db import migrations

HELD = 15  # priority.HELD, as it was then


def fill(apps, schema_editor):
    Case, Upload = apps.get_model("moderation", "Case"), apps.get_model("uploads", "Upload")
    Post = apps.get_model("boards", "Post")
    waiting = Upload.objects.filter(held_at__isnull=False, hidden_at=None, passage__isnull=False)
    for upload in waiting.select_related("caption").order_by("held_at", "pk").iterator():
        posts = Post.objects.filter(passage=upload.passage_id, hidden_at=None, deleted_at=None)
        post = posts.select_related("thread", "passage").first()
        target = f"picture.{upload.pk}"
        if post is None or Case.objects.filter(target=target, closed_at=None).exists():
            continue
        Case.objects.create(
            target=target,
            kind="held",
            post=post,
            board_id=post.thread.board_id,
            author_id=post.author_id,
            language=(upload.caption or post.passage).language,
            # Another than that of its words, so the first report of it gives it the right one.
            version=0,
            score=HELD,
            opened_at=upload.held_at,
        )


class Migration(migrations.Migration):

    dependencies = [("moderation", "0005_reports_of_cases"), ("uploads", "0001_initial")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
