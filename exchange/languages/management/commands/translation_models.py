from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from exchange.languages.engines import EngineError
from exchange.languages.engines.folder import RECORD, Model, is_recorded, models, record
from exchange.languages.engines.fx import Fx
from exchange.languages.engines.protocol import KNOWN

WHERE = """
The models are those that Firefox translates pages with, made by Mozilla; none come with the site. The
folder is laid out as the program `fxtranslate`, which is installed with the site, lays out its own:

  zh-Hans-en/  model.*  srcvocab.*  trgvocab.*  (and lex.*, if there is one)
  en-zh-Hans/  the same; a pair with one vocabulary for both languages has vocab.* instead

To get them, run this once on a machine with a network, and copy the folder FOLDER to here:

  fxtranslate models add zh-Hans en --cache-dir FOLDER
  fxtranslate models add en zh-Hans --cache-dir FOLDER

(`fxtranslate list` names what there is.) Mozilla asks that nobody's site fetches from its servers in
use: keep a copy for your machines. Traditional Chinese needs no models: it is converted. Then

  manage.py translation_models check --record

writes down sizes and hashes, and `check` says later which file is missing, cut off or another one.
"""


class Command(BaseCommand):
    help = "Say which translation models there are and where they come from, or try each of them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["check", "list"])
        parser.add_argument("--folder", type=Path, help="instead of TRANSLATION_MODELS")
        parser.add_argument(
            "--record", action="store_true", help=f"write sizes and hashes to {RECORD} first"
        )

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        folder = options["folder"] or settings.TRANSLATION_MODELS
        if options["record"]:
            self._record(folder)
        found = models(folder)
        if what == "list":
            self._list(folder, found)
            return
        if not found:
            raise CommandError(
                f"There are no models in {folder}. `translation_models list` says how."
            )
        if not is_recorded(folder):
            self.stdout.write(f"{RECORD} is not there: run `check --record` once the models work.")
        failed = [model.name for model in found if not self._works(folder, model)]
        if failed:
            raise CommandError(f"Not usable: {', '.join(failed)}.")

    def _record(self, folder: Path) -> None:
        if not models(folder):
            raise CommandError(f"There are no models in {folder} to record.")
        self.stdout.write(f"{record(folder)} files recorded in {folder / RECORD}.")

    def _list(self, folder: Path, found: list[Model]) -> None:
        self.stdout.write(f"{folder}: {len(found)} pairs of languages")
        for model in found:
            size = sum(path.stat().st_size for _, path in model.files)
            self.stdout.write(
                f"  {model.name}: {model.source} to {model.target},"
                f" {len(model.files)} files, {size / 1e6:.1f} MB"
            )
        self.stdout.write(WHERE)

    def _works(self, folder: Path, model: Model) -> bool:
        """Loads one pair and has it translate a known sentence."""
        engine = Fx(folder)
        faults = model.faults()
        try:
            known = KNOWN[model.source]
            if faults:
                raise CommandError("; ".join(faults))
            answer = engine.translate([known], model.source, model.target)[0]
        except (EngineError, CommandError) as error:
            self.stdout.write(f"  {model.name}: NOT usable: {error}")
            return False
        finally:
            engine.close()
        self.stdout.write(f"  {model.name}: ok, {known} -> {answer}")
        return True
