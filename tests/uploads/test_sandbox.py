"""The child is limited and alone, and what it says is not trusted."""

import ast
import json
import platform
import sys
import threading
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from exchange.uploads import sandbox, syscalls, wire
from exchange.uploads.kinds import kind
from exchange.uploads.limits import MOST_BYTES
from exchange.uploads.made import CODES, Made, Part, Refused

from .files import picture, saved

MADE = Made(
    kind="paper",
    width=3,
    height=2,
    blur=b"blur",
    prints=("ab", "cd"),
    parts=(
        Part("w360", 1, 3, 2, "image/webp", b"one"),
        Part("file", 0, 3, 2, "application/pdf", b""),
    ),
    text=("一页",),
)


def packed_header(said: bytes) -> bytes:
    return len(said).to_bytes(4) + said


def packed(answer: Made | Refused) -> bytes:
    return b"".join(wire.pack(answer))


def test_an_answer_travels_whole() -> None:
    assert wire.unpack(packed(MADE)) == MADE
    for code in CODES:
        with pytest.raises(Refused) as refused:
            wire.unpack(packed(Refused(code)))
        assert refused.value.code == code


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"\0\0\0\2{}",
        b"\0\0\0\4null",
        b"\xff\xff\xff\xff{}",
        packed(MADE)[:-2],
        packed(MADE).replace(b"application/pdf", b"image/svg+xml  "),
        packed(MADE).replace(b'"kind": "paper"', b'"kind": "pager"'),
        packed(MADE).replace(b'"blur": 4', b'"blur":-4'),
        packed(MADE).replace(b'"width": 3', b'"width":[]'),
        # What the database would refuse.
        packed(MADE).replace(b'"width": 3', b'"width":-3'),
        packed(MADE).replace(b'"width": 3', b'"width":1' + b"0" * 9),
        packed(MADE).replace(b'"name": "w360"', b'"name": "w361"'),
        packed(MADE).replace(b'"name": "file", "page": 0', b'"name": "w360", "page": 1'),
        packed(MADE).replace(b'"ab"', b'"xy"'),
        packed(replace(MADE, blur=bytes(500))),
        packed(replace(MADE, parts=())),
        packed_header(b"[" * 100_000),
    ],
)
def test_what_is_no_answer_is_broken(said: bytes) -> None:
    with pytest.raises(Refused) as refused:
        sandbox.heard(said, 0)
    assert refused.value.code == "broken"


def test_of_a_paper_s_words_what_cannot_be_stored_is_left_out() -> None:
    found = sandbox.heard(packed(replace(MADE, text=("一\0页\ud800",))), 0)
    assert found.text == ("一页",)


@pytest.mark.parametrize(
    ("signal", "code"), [(9, "too_costly"), (24, "too_costly"), (11, "broken")]
)
def test_a_child_that_was_ended_is_a_refusal(signal: int, code: str) -> None:
    with pytest.raises(Refused) as refused:
        sandbox.heard(b"half an answ", -signal)
    assert refused.value.code == code


def test_what_is_no_picture_starts_no_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "run", None)
    for data, code in (
        (b"", "empty"),
        (b"<svg>", "vector"),
        (b"MZ", "unknown_type"),
        (b"\xff\xd8\xff" + bytes(MOST_BYTES), "too_large"),
    ):
        with pytest.raises(Refused) as refused:
            sandbox.make_safe(BytesIO(data))
        assert refused.value.code == code


def test_a_file_is_read_from_its_start_whatever_was_read_before() -> None:
    file = BytesIO(saved(picture(), "PNG"))
    file.read()
    found = sandbox.make_safe(file)
    assert (found.kind, found.width, found.height) == ("picture", 96, 64)


def test_who_waits_too_long_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "_TURNS", threading.BoundedSemaphore(1))
    monkeypatch.setattr(sandbox, "WAIT_SECONDS", 0.01)
    with sandbox._TURNS, pytest.raises(Refused) as refused:
        sandbox.make_safe(BytesIO(saved(picture(), "PNG")))
    assert refused.value.code == "busy"
    assert sandbox.make_safe(BytesIO(saved(picture(), "PNG"))).kind == "picture"


@pytest.fixture
def child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program in the child's place."""
    program = tmp_path / "child.py"
    monkeypatch.setattr(sandbox, "_CHILD", str(program))
    monkeypatch.setattr(sandbox, "SECONDS", 0.6)
    monkeypatch.setattr(sandbox, "MOST_ANSWER", 5000)
    return program


CONFINED = """
import sys; sys.path.append(%r)
from exchange.uploads import confinement
confinement.confine()
"""
PROGRAMS = {
    "while True: pass": "too_costly",  # the clock
    "import os\nwhile True: os.write(1, bytes(4096))": "too_costly",  # an endless answer
    "import os; os.close(1)\nwhile True: pass": "too_costly",
    "import os; os.kill(os.getpid(), 11)": "broken",
    "raise ValueError('what is this path?')": "broken",
    "confine\nopen('/tmp/exchange-written', 'w').write('x' * 9999)": "broken",
    "confine\nopen('/dev/null')\nb = bytearray(2_000_000_000)": "broken",
    "confine\nfiles = [open('/dev/null') for _ in range(99)]": "broken",
}


@pytest.mark.parametrize("program", list(PROGRAMS))
def test_a_child_that_does_too_much_is_stopped(child: Path, program: str) -> None:
    confined = CONFINED % str(Path(sandbox.__file__).parents[2])
    answer = "\nimport os; os.write(1, b'\\0\\0\\0\\x15' + b'{\"refused\": \"vector\"} ')"
    child.write_text(program.replace("confine\n", confined) + answer)
    with pytest.raises(Refused) as refused:
        sandbox.make_safe(BytesIO(saved(picture(), "PNG")))
    assert refused.value.code == PROGRAMS[program]


def test_a_child_is_told_nothing_of_the_site(child: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "PLANTED")
    child.write_text("import json, os; os.write(1, json.dumps(dict(os.environ)).encode())")
    with Path("/dev/null").open("rb") as nothing:
        said = sandbox.run(nothing).said.decode()
    assert "OPENBLAS_NUM_THREADS" in said
    assert not {"SECRET_KEY", "HOME", "PATH", "DATABASE_URL"} & set(json.loads(said))


def test_types_are_told_by_content() -> None:
    assert kind(b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf") == "AVIF"
    assert kind(b"\0\0\0\x1cftypmif1\0\0\0\0mif1heicmiaf") == "HEIF"
    assert kind(b"GIF87a") == "GIF"


FORBIDDEN = {
    "fork": "os.fork()",
    "run": "os.execv('/bin/true', ['true'])",
    "spawn": "__import__('subprocess').run(['/bin/true'])",
    "connect": "__import__('socket').socket()",
    "write": "open(name, 'r+')",
    "empty": "open(name, 'w')",
    "add": "os.open(name + '2', os.O_CREAT)",
    "truncate": "os.truncate(name, 0)",
    "remove": "os.unlink(name)",
    "rename": "os.rename(name, name + '2')",
    "open to all": "os.chmod(name, 0o777)",
    "kill": "os.kill(os.getppid(), 0)",
}
FORBIDDING = """
import json, os, threading
name = %r
done = []
for title, what in json.loads(%r).items():
    try:
        exec(what)
        done.append(title)
    except OSError:
        pass
worker = threading.Thread(target=lambda: done.append(len(open(name).read())))
worker.start(); worker.join()
os.write(1, json.dumps(done).encode())
"""


@pytest.mark.skipif(
    platform.machine() not in syscalls._CALLS, reason="no filter for this processor"
)
@pytest.mark.skipif(sys.platform != "linux", reason="a filter of Linux")
def test_a_child_cannot_reach_the_machine(child: Path) -> None:
    """Threads, which some decoders start, and reading are what it may."""
    confined = CONFINED % str(Path(sandbox.__file__).parents[2])
    child.write_text(confined + FORBIDDING % (str(child), json.dumps(FORBIDDEN)))
    size = child.stat().st_size
    with Path("/dev/null").open("rb") as nothing:
        ran = sandbox.run(nothing)
    assert json.loads(ran.said) == [size]
    assert child.stat().st_size == size


def test_the_site_itself_loads_no_decoder() -> None:
    """Only the child does; the modules that the site imports import nothing else of this folder."""
    site = {"kinds", "limits", "made", "sandbox", "wire"}
    folder = Path(sandbox.__file__).parent
    for name in site:
        tree = ast.parse((folder / f"{name}.py").read_text())
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.level:
                found = {node.module} if node.module else {alias.name for alias in node.names}
                assert found <= site, name
            elif isinstance(node, ast.Import | ast.ImportFrom):
                names = [getattr(node, "module", None) or node.names[0].name]
                assert not {"PIL", "pikepdf", "pypdfium2", "pi_heif", "imagehash"} & set(names), (
                    name
                )
