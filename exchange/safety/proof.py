"""A calculation that a browser does by itself before it may sign up, in a time of attack.

ALTCHA's second protocol: the one number below TRIES is sought whose derived key (PBKDF2) begins as
the challenge says. All browsers have PBKDF2 built in, so that a phone is as fast as its processor,
and a program on a server not a hundred times faster than people. The number is chosen and not met by
chance, so nobody waits longer than TRIES takes. The library makes and checks it; that a solution
counts once is for the caller to see to, by its name.
"""

import json
import secrets
import time
from base64 import b64decode
from enum import StrEnum
from typing import Any

import altcha
from django.utils.crypto import salted_hmac

# At most 600,000 steps, half of it as a rule. Measured in Chromium on two shared cores: 0.3 s as a rule,
# and all of them, with the processor slowed down six times, in less than an old phone may take: 5 s.
COST, TRIES = 5_000, 120
# Seconds. The script fetches another one for whoever takes longer to fill in the form.
VALID = 600
LONGEST = 2_000


class Answer(StrEnum):
    RIGHT = "right"
    WRONG = "wrong"
    EXPIRED = "expired"


def challenge(form: str) -> str:
    """What a page gives its script, for one form; JSON."""
    made = altcha.create_challenge(
        "PBKDF2/SHA-256",
        COST,
        counter=secrets.randbelow(TRIES),
        expires_at=int(time.time()) + VALID,
        data={"form": form},
        hmac_secret=_secret(),
    )
    return json.dumps(made.to_dict() | {"tries": TRIES, "valid": VALID})


def check(form: str, solution: str) -> tuple[Answer, str]:
    """What a solution is worth, and the name under which it may count once; "" for a wrong one."""
    if len(solution) > LONGEST:
        return Answer.WRONG, ""
    try:
        sent: dict[str, Any] = json.loads(b64decode(solution, validate=True))
        payload = altcha.Payload.from_dict(sent)
        found = altcha.verify_solution(payload, _secret())
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Answer.WRONG, ""
    if found.expired:
        return Answer.EXPIRED, ""
    parameters = payload.challenge.parameters
    if not found.verified or parameters.data != {"form": form}:
        return Answer.WRONG, ""
    return Answer.RIGHT, parameters.nonce


def _secret() -> str:
    return salted_hmac("exchange.safety.proof", "", algorithm="sha256").hexdigest()
