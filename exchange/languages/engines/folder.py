"""The folder of translation models: which pairs are in it, and whether its files are those recorded.

The layout is that of fxtranslate's cache: `<source>-<target>/` with `model.*`, `vocab.*` (or
`srcvocab.*` and `trgvocab.*`) and perhaps `lex.*`. `models.toml` records sizes and hashes.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from .protocol import Broken

RECORD = "models.toml"

_OURS = {
    "en": "en",
    **dict.fromkeys(("zh", "zh-hans", "zh-cn"), "zh-hans"),
    **dict.fromkeys(("zh-hant", "zt", "zh-tw"), "zh-hant"),
}


@dataclass(frozen=True, slots=True)
class Model:
    """The files of one pair. `name` is its folder's; `lex` may be missing."""

    name: str
    source: str
    target: str
    files: tuple[tuple[str, Path], ...]

    def read(self) -> tuple[bytes, bytes, bytes, bytes | None]:
        """Model, vocabularies of both sides, shortlist. Raises `Broken`."""
        files = dict(self.files)
        for wrong in self.faults():
            raise Broken(f"{self.name}: {wrong}")
        try:
            source = files.get("srcvocab") or files["vocab"]
            target = files.get("trgvocab") or files["vocab"]
            shortlist = files["lex"].read_bytes() if "lex" in files else None
            return files["model"].read_bytes(), source.read_bytes(), target.read_bytes(), shortlist
        except OSError as error:
            raise Broken(f"{self.name}: {error}") from None

    def faults(self) -> list[str]:
        """What is missing, cut off or of another version, in words for who runs the site."""
        kinds = {kind for kind, _ in self.files}
        missing = [] if "model" in kinds else ["model.*"]
        if "vocab" not in kinds and not {"srcvocab", "trgvocab"} <= kinds:
            missing.append("vocab.* (or srcvocab.* and trgvocab.*)")
        found = [f"{name} is missing" for name in missing]
        folder = self.files[0][1].parent if self.files else Path()
        recorded = _recorded(folder.parent)
        for path, entry in recorded.items():
            if path.startswith(f"{self.name}/"):
                wrong = _fault(folder.parent / path, entry)
                found += [f"{path.partition('/')[2]} {wrong}"] if wrong else []
        return found


def models(folder: Path) -> list[Model]:
    """The pairs of languages that the folder has something for, by name. None without a folder."""
    try:
        places = sorted(path for path in folder.iterdir() if path.is_dir())
    except OSError:
        return []
    return [
        Model(place.name, *pair, _files(place)) for place in places if (pair := _pair(place.name))
    ]


def record(folder: Path) -> int:
    """Writes sizes and hashes of every model's files to `models.toml`; returns how many."""
    files = [path for model in models(folder) for _, path in model.files]
    lines = ["# Written by `manage.py translation_models check --record`.\n"]
    for path in files:
        digest, size = sha256(path.read_bytes()).hexdigest(), path.stat().st_size
        name = json.dumps(path.relative_to(folder).as_posix())
        lines.append(f'["files".{name}]\nbytes = {size}\nsha256 = "{digest}"\n')
    (folder / RECORD).write_text("\n".join(lines), encoding="utf-8")
    return len(files)


def is_recorded(folder: Path) -> bool:
    return bool(_recorded(folder))


def _pair(name: str) -> tuple[str, str] | None:
    parts = name.lower().replace("_", "-").split("-")
    for at in range(1, len(parts)):
        source, target = _OURS.get("-".join(parts[:at])), _OURS.get("-".join(parts[at:]))
        if source and target and (source == "en") != (target == "en"):
            return source, target
    return None


def _files(place: Path) -> tuple[tuple[str, Path], ...]:
    kinds = ("model", "vocab", "srcvocab", "trgvocab", "lex")
    return tuple(
        (path.name.partition(".")[0], path)
        for path in sorted(place.iterdir())
        if path.name.partition(".")[0] in kinds and path.is_file()
    )


def _recorded(folder: Path) -> dict[str, dict[str, Any]]:
    """Path -> `bytes` and `sha256`; nothing where nothing readable is recorded."""
    try:
        files = tomllib.loads((folder / RECORD).read_text(encoding="utf-8")).get("files", {})
    except (OSError, ValueError):
        return {}
    if not isinstance(files, dict):
        return {}
    return {path: entry for path, entry in files.items() if isinstance(entry, dict)}


def _fault(path: Path, entry: dict[str, Any]) -> str:
    try:
        size = path.stat().st_size
        if size < entry.get("bytes", 0):
            return f"is cut off: {size} of {entry['bytes']} bytes"
        if sha256(path.read_bytes()).hexdigest() != entry.get("sha256"):
            return f"is of another version than {RECORD} records"
    except OSError:
        return "is missing"
    return ""
