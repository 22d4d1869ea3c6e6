"""A browser without a screen: cookies and forms over plain HTTP."""

import re
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPConnection, HTTPMessage
from http.cookies import SimpleCookie
from itertools import count
from typing import Any
from urllib.parse import urlencode

_serial = count(1)


@dataclass
class Answer:
    status: int
    headers: HTTPMessage
    raw: bytes

    @property
    def text(self) -> str:
        return self.raw.decode("utf-8", "replace")

    @property
    def location(self) -> str:
        return self.headers.get("Location", "")


@dataclass
class Client:
    port: int
    host: str = "localhost"
    cookies: dict[str, str] = field(default_factory=dict)
    timeout: float = 20
    _connection: HTTPConnection | None = None

    def request(
        self, method: str, path: str, fields: Any = None, headers: dict[str, str] | None = None
    ) -> Answer:
        """Raises OSError or HTTPException where no answer comes."""
        sent = {"Host": f"{self.host}:{self.port}", **(headers or {})}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        body = fields if isinstance(fields, bytes) else None
        if fields is not None and body is None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode(fields, doseq=True).encode()
        self._connection = HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
        try:
            self._connection.request(method, path, body, sent)
            response = self._connection.getresponse()
            answer = Answer(response.status, response.headers, response.read())
        finally:
            self._connection.close()
        for line in answer.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        return answer

    def get(self, path: str, **headers: str) -> Answer:
        return self.request("GET", path, headers=headers)

    def post(self, path: str, **fields: Any) -> Answer:
        return self.request("POST", path, {"csrfmiddlewaretoken": self.token, **fields})

    @property
    def token(self) -> str:
        return self.cookies.get("csrftoken", "")

    def session(self) -> dict[str, str]:
        """For a browser of the same person: without what the site has still to tell this one."""
        return {name: value for name, value in self.cookies.items() if name != "messages"}

    def log_in(self, email: str, password: str) -> None:
        self.get("/en/accounts/login/")
        answer = self.post("/en/accounts/login/", login=email, password=password)
        if answer.status != 302:
            raise AssertionError(f"{email} could not log in: {answer.status} {answer.text[:2000]}")

    # What people do

    def upload(self, content: bytes, name: str = "cat.jpg") -> Answer:
        """As the composer's script sends a picture."""
        line = f"----{next(_serial)}-of-a-form"
        head = f'Content-Disposition: form-data; name="pictures"; filename="{name}"\r\n\r\n'
        body = f"--{line}\r\n{head}".encode() + content + f"\r\n--{line}--\r\n".encode()
        kind = f"multipart/form-data; boundary={line}"
        headers = {"Content-Type": kind, "X-CSRFToken": self.token, "Accept": "application/json"}
        return self.request("POST", "/en/uploads/", body, headers)

    def reply(self, thread: int, body: str, language: str = "en", **fields: Any) -> int:
        """The new post's number in the database."""
        fields = {"client_id": f"journey-{next(_serial)}", "body": body, **fields}
        answer = self.post(f"/{language}/threads/{thread}/posts/", **fields)
        assert answer.status == 302, (answer.status, errors_in(answer.text))
        number = answer.location.rpartition("#post-")[2]
        page = self.get(answer.location.partition("#")[0]).text
        return int(re.findall(rf'id="post-{number}" data-post-id="(\d+)"', page)[0])

    def open_thread(self, board: str, title: str, body: str, **fields: Any) -> int:
        client_id = f"journey-{next(_serial)}"
        fields = {"board": board, "title": title, "body": body, "client_id": client_id, **fields}
        answer = self.post("/en/threads/new/", **fields)
        assert answer.status == 302, (answer.status, errors_in(answer.text))
        return int(re.findall(r"/threads/(\d+)/", answer.location)[0])

    def edit(self, post: int, body: str, language: str = "en", **fields: Any) -> None:
        path = f"/{language}/posts/{post}/edit/"
        version = re.findall(r'name="version" value="(\d+)"', self.get(path).text)[0]
        answer = self.post(path, body=body, version=version, **fields)
        assert answer.status == 302, (answer.status, errors_in(answer.text))

    def act(self, path: str, reason: str = "other", **fields: str) -> None:
        answer = self.post(path, reason=reason, **fields)
        assert answer.status == 302, (answer.status, errors_in(answer.text))


def errors_in(html: str) -> str:
    """What a page says went wrong, or its first words."""
    main = html.partition("<main")[2] or html
    words = unescape(re.sub(r"<[^>]*>", " ", main.partition(">")[2]))
    return " ".join(words.split())[:600]
