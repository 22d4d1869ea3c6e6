from django.db import migrations


def fill(apps, schema_editor):
    """Which families people wrote a text in, for texts from before that was kept."""
    Passage = apps.get_model("languages", "Passage")
    Translation = apps.get_model("languages", "Translation")
    other = {"en": "zh", "zh": "en"}
    people = Translation.objects.exclude(kind="machine")
    halves = {}
    for passage_id, language in people.values_list("passage_id", "language"):
        halves.setdefault(passage_id, []).append(language)
    for passage in Passage.objects.filter(human_in="").exclude(body="").iterator():
        own = passage.language[:2] if passage.language[:2] in other else ""
        found = {own}
        for language in halves.get(passage.pk, ()):
            found.add(language[:2] if language[:2] in other else other.get(own, ""))
        Passage.objects.filter(pk=passage.pk).update(human_in=" ".join(sorted(found - {""})))


class Migration(migrations.Migration):
    dependencies = [("languages", "0005_correction_count")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
