from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from exchange.boards.models import Post
from exchange.config import article, seeding
from exchange.languages.actions import Draft


class Command(BaseCommand):
    help = "Show the operator's own copy of the article, in full, as the pinned opening post."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a text file in the layout of GMW.cn's page")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            found = article.parse(file.read_bytes())
            post = seeding.opening_post()
        except article.ArticleError as error:
            raise CommandError(f"{file}: {error} Nothing was changed.") from None
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}. Nothing was changed.") from None
        except Post.DoesNotExist:
            raise CommandError("There is no opening post yet: run `seed` first.") from None
        changed = seeding.publish(
            post,
            *self.words(found),
            article.facts(found, seeding.opening_facts()),
            full_text=True,
        )
        self.stdout.write("The article is pinned." if changed else "The article was pinned before.")

    def words(self, found: article.Article) -> tuple[Draft, Draft]:
        """With this site's Chinese account beside it where it is the article that it tells."""
        title, account = seeding.opening_words()
        if found.title.casefold() == title.body.casefold():
            return title, Draft(found.body, account.body_other, "en")
        return Draft(found.title, "", "en"), Draft(found.body, "", "en")
