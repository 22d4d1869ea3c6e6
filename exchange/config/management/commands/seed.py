from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from exchange.config import seeding
from exchange.config.seeding_decisions import seed_decisions
from exchange.config.seeding_figures import seed_entries, seed_items, seed_references
from exchange.config.seeding_glossary import seed_glossary
from exchange.config.seeding_pictures import seed_pictures


class Command(BaseCommand):
    help = "Bring boards, rules, the opening post, the glossary, figures and, with DEMO=1, sample talk in."

    def handle(self, *args: Any, **options: Any) -> None:
        seeding.seed_boards()
        seeding.seed_rules()
        seeding.seed_opening_post()
        seed_glossary()
        seed_items()
        seed_references()
        if settings.DEMO:
            people = seeding.seed_people()
            fresh = seeding.seed_threads(people)
            seeding.seed_translations(people)
            seeding.seed_corrections(people)
            seed_entries(people)
            seed_pictures(people)
            seed_decisions(people)
            self.stdout.write(f"sample threads: {fresh} new")
