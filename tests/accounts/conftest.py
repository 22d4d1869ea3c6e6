"""Forms as a program sends them: see the contract in the README."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from tests.cast import PASSWORD


@pytest.fixture
def sign_up(db: None) -> Callable[..., Any]:
    def sign_up(client: Client, language: str = "en", **fields: Any) -> Any:
        data = {"email": "nora@example.org", "username": "nora", "password1": PASSWORD} | fields
        return client.post(f"/{language}/accounts/signup/", data)

    return sign_up


@pytest.fixture
def enter(db: None) -> Callable[..., Any]:
    """Log in through the form."""

    def enter(client: Client, email: str, password: str = PASSWORD, **fields: Any) -> Any:
        data = {"login": email, "password": password} | fields
        return client.post("/en/accounts/login/", data)

    return enter


@pytest.fixture
def link() -> Callable[[EmailMessage], str]:
    """The address that a mail asks to follow."""

    def link(message: EmailMessage) -> str:
        return re.findall(r"https?://\S+/accounts/\S+", str(message.body))[0]

    return link
