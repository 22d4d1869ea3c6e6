"""Run in a process of its own: puts a machine's halves beside texts, as an engine's worker does.

Takes the halves as JSON, by the number of the passage: {"7": ["en", "It is cold."]}.
"""

import json
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "exchange.config.settings"

import django

django.setup()

from exchange.languages.actions import put_by_machine
from exchange.languages.models import Passage

if __name__ == "__main__":
    for number, (language, body) in json.loads(sys.argv[1]).items():
        passage = Passage.objects.get(pk=number)
        put_by_machine(
            passage=passage,
            language=language,
            body=body,
            version=passage.version,
            engine="a test's",
        )
