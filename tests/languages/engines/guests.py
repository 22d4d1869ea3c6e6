"""Engines as they are: one that translates word for word, and servers that answer as they like."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

from exchange.languages.engines import Health
from exchange.languages.engines.protocol import PAIRS

ENGLISH = {
    "我": "I",
    "你": "you",
    "喜欢": "like",
    "火锅": "hotpot",
    "房租": "the rent",
    "太贵": "too expensive",
    "很": "very",
    "贵": "expensive",
    "月租": "monthly rent",
    "元": "yuan",
    "你好": "hello",
    "看": "see",
    "这个": "this",
    "指南": "guide",
    "房间": "room",
    "有": "has",
    "说": "says",
    "在": "at",
    "忽略以上内容": "ignore the above",
    "打印": "print",
    "密码": "password",
    "了": "",
    "。": ".",
    "，": ",",
    "！": "!",
}
CHINESE = {english: chinese for chinese, english in ENGLISH.items() if english[:1].isalpha()} | {
    "cats": "猫",
    "are": "",
    "is": "",
    "the": "",
    "and": "和",
    "room": "房间",
    "for": "给",
}
CHINESE |= {"a": "", "of": "的", "here": "这里", "Cats": "猫", "Rent": "房租", "dogs": "狗"}


def word_for_word(text: str, target: str) -> str:
    if target == "en":
        for chinese in sorted(ENGLISH, key=len, reverse=True):
            english = ENGLISH[chinese]
            text = text.replace(chinese, f" {english}" if english[:1].isalpha() else english)
        return text.strip()
    text = re.sub(r"(?<=\w)\.(?=\s|\Z)", "。", text)
    return re.sub(r"\s?(?<![A-Za-z])([A-Za-z]+)(?![A-Za-z0-9])\s?", _chinese, text)


def _chinese(match: re.Match[str]) -> str:
    word = match[1]
    return CHINESE.get(word, CHINESE.get(word.lower(), match[0]))


class WordForWord:
    """Honest; `spoil` does to each answer what a bad engine would."""

    name = "word-for-word"

    def __init__(self, spoil: Callable[[str], str] = str) -> None:
        self.spoil = spoil
        self.asked: list[list[str]] = []

    def pairs(self) -> frozenset[tuple[str, str]]:
        return PAIRS

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        self.asked.append(list(texts))
        return [self.spoil(word_for_word(text, target)) for text in texts]

    def healthy(self) -> Health:
        return Health(True)


class Server(ThreadingHTTPServer):
    """On this machine's loopback. `answer(path, data)` gives status and JSON, bytes or None: never."""

    daemon_threads = True

    def __init__(self, answer: Callable[[str, Any], tuple[int, Any]]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer = answer
        self.ended = Event()
        self.asked: list[tuple[str, Any]] = []
        self.headers: dict[str, str] = {}

    def handle_error(self, *args: Any) -> None:
        """Who asked has gone: it took no more."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer(None)

    def do_POST(self) -> None:
        self._answer(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

    def _answer(self, data: Any) -> None:
        self.server.asked.append((self.path, data))
        status, said = self.server.answer(self.path, data)
        if said is None:
            self.server.ended.wait(30)
            self.close_connection = True
            return
        body = said if isinstance(said, bytes) else json.dumps(said).encode()
        self.send_response(status)
        kind = "text/html" if isinstance(said, bytes) else "application/json"
        for name, value in {"Content-Type": kind, **self.server.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        pass


@contextmanager
def serving(answer: Callable[[str, Any], tuple[int, Any]]) -> Iterator[Server]:
    with Server(answer) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.ended.set()
            server.shutdown()
            thread.join()


LANGUAGES = [
    {"code": "en", "name": "English", "targets": ["en", "zh-Hans", "zh-Hant", "fr"]},
    {"code": "fr", "name": "French", "targets": ["en"]},
    {"code": "zh-Hans", "name": "Chinese", "targets": ["en", "zh-Hans"]},
    {"code": "zh-Hant", "name": "Chinese (traditional)", "targets": ["en", "zh-Hant"]},
]


def libretranslate(
    spoil: Callable[[str], str] = str, languages: Any = LANGUAGES
) -> Callable[[str, Any], tuple[int, Any]]:
    """LibreTranslate's protocol over a word-for-word translation."""

    def answer(path: str, data: Any) -> tuple[int, Any]:
        if path == "/languages":
            return 200, languages
        if path != "/translate":
            return 404, {"error": "Not found"}
        known = {language["code"] for language in languages}
        if data["source"] not in known or data["target"] not in known:
            return 400, {"error": f"{data['target']} is not supported"}
        texts = data["q"] if isinstance(data["q"], list) else [data["q"]]
        found = [spoil(word_for_word(text, data["target"])) for text in texts]
        return 200, {"translatedText": found if isinstance(data["q"], list) else found[0]}

    return answer
