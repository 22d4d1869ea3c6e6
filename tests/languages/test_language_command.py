"""`manage.py language VERB`: one JSON string a line in, one JSON object a line out."""

import json
import os
import resource
import select
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments: str, lines: list[bytes], **extra: str) -> list[Any]:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", **extra}
    environment.pop("PYTHONUTF8", None)
    done = subprocess.run(
        [sys.executable, "manage.py", "language", *arguments],
        input=b"\n".join(lines) + b"\n",
        capture_output=True,
        cwd=ROOT,
        env=environment,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == b""
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def ask(*arguments: str, texts: list[str]) -> list[Any]:
    return run(*arguments, lines=[json.dumps(text, ensure_ascii=False).encode() for text in texts])


def test_read_gives_words_that_join_with_one_element_of_pinyin_a_character() -> None:
    texts = ["我在重庆的银行开户", "utility bill 水电费", "", "😀"]
    answers = ask("read", texts=texts)
    assert ["".join(word["text"] for word in answer["words"]) for answer in answers] == texts
    words = {word["text"]: word for word in answers[0]["words"]}
    assert words["重庆"]["pinyin"] == ["chóng", "qìng"]
    assert words["银行"]["senses"] == ["bank"]
    assert answers[1]["words"][0]["pinyin"] is None


def test_lookup_equivalents_detect_and_convert_answer_in_their_own_forms() -> None:
    [entry, *_] = ask("lookup", texts=["銀行"])[0]["entries"]
    assert (entry["simplified"], entry["traditional"], entry["pinyin"]) == (
        "银行",
        "銀行",
        ["yín", "háng"],
    )
    found = ask("equivalents", texts=["landlord", "房东"])
    assert found[0]["words"][0] == "房东"
    assert found[1]["words"][0] == "landlord"
    assert ask("detect", texts=["我在重庆"])[0] == {"language": "zh-hans", "chinese_share": 1.0}
    assert ask("convert", "--to", "hant", texts=["头发"]) == [{"text": "頭髮"}]
    assert ask("convert", "--to", "hans", texts=["頭髮"]) == [{"text": "头发"}]


@pytest.mark.parametrize("verb", ["read", "lookup", "equivalents", "detect", "convert"])
def test_no_line_ends_the_stream(verb: str) -> None:
    lines = [
        b"not json",
        b"",
        b"5",
        b'["x"]',
        b'"\xff"',
        b'"\\ud800\xe5\xa4\xb4"',
        b'"\\u0000"',
        b'""',
        b"[" * 100_000,
        b'"' + "我".encode() * 350_000 + b'"',
        '"头发"'.encode(),
    ]
    answers = run(verb, lines=lines)
    assert len(answers) == len(lines)
    assert ["error" in answer for answer in answers] == [True] * 5 + [False] * 3 + [True] + [
        False
    ] * 2


@pytest.fixture
def talk() -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "manage.py", "language", "equivalents"]
    process = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    yield process
    for stream in (process.stdin, process.stdout, process.stderr):
        if stream:
            try:
                stream.close()
            except BrokenPipeError:
                continue
    process.kill()
    process.wait()


def test_each_line_is_answered_before_the_next_is_sent(talk: subprocess.Popen[bytes]) -> None:
    assert talk.stdin and talk.stdout
    for word, wanted in (("cat", "猫"), ("dog", "狗"), ("猫", "cat")):
        talk.stdin.write(json.dumps(word).encode() + b"\n")
        talk.stdin.flush()
        assert select.select([talk.stdout], [], [], 30)[0]
        assert json.loads(talk.stdout.readline())["words"][0] == wanted


def test_nobody_reading_on_is_no_error(talk: subprocess.Popen[bytes]) -> None:
    assert talk.stdin and talk.stdout and talk.stderr
    talk.stdin.write(b'"cat"\n')
    talk.stdin.flush()
    talk.stdout.readline()
    talk.stdout.close()
    try:
        talk.stdin.write(b'"dog"\n' * 1000)
        talk.stdin.close()
    except BrokenPipeError:
        pass
    assert talk.wait(timeout=30) == 0
    assert talk.stderr.read() == b""


def test_a_thousand_lines_cost_little_beside_the_start() -> None:
    def seconds(count: int) -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        ask("read", texts=["我在重庆的银行把押金还给房东了"] * count)
        return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before

    assert seconds(1000) < seconds(1) + 2.0


def test_it_needs_no_database() -> None:
    address = "postgres://nobody:nothing@127.0.0.1:1/none"
    assert run("equivalents", lines=[b'"cat"'], DATABASE_URL=address)[0]["words"][0] == "猫"
