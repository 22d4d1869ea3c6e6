"""Passwords that are tried first: the common ones, and what people make of them to please a form."""

import unicodedata
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

# What stands for letters since there are rules for passwords.
LOOK_ALIKES = str.maketrans("@4301!$57", "aaeoiisst")
# “password” with a year and a sign behind it is as common as “password”; with a dozen more it is not.
MOST_ADDED = 8
LEAST_WORD = 4
# Found in leaks often and not on Django's list, or the first idea on a site like this.
ALSO = frozenset(
    (
        *("correcthorsebatterystaple", "thequickbrownfox", "nihao", "aini", "woaini", "woaiwojia"),
        *(
            "exchange",
            "jiaoliu",
            "rednote",
            "xiaohongshu",
            "taobao",
            "weixin",
            "wechat",
            "zhongguo",
        ),
    )
)


class ObviousPasswordValidator(CommonPasswordValidator):
    """Django's, which knows whole passwords only; a long one in words of one's own passes."""

    def validate(self, password: str, user: Any = None) -> None:
        super().validate(password, user)
        if self._is_obvious(unicodedata.normalize("NFKC", password).lower().strip()):
            raise ValidationError(self.get_error_message(), code="password_too_common")

    def _is_obvious(self, password: str) -> bool:
        if _repeats(password):
            return True
        for spelt in {password, password.translate(LOOK_ALIKES)}:
            for word in (_core(spelt), _core(password).translate(LOOK_ALIKES)):
                added = len(password) - len(word)
                is_known = word in self.passwords or word in ALSO
                if is_known and len(word) >= LEAST_WORD and added <= MOST_ADDED:
                    return True
        return False


def _core(password: str) -> str:
    """Without what stands before the first letter and behind the last one."""
    letters = [place for place, char in enumerate(password) if char.isalpha()]
    return password[letters[0] : letters[-1] + 1] if letters else ""


def _repeats(password: str) -> bool:
    """Whether it is up to four characters again and again."""
    return any(
        password == (password[:size] * len(password))[: len(password)] for size in range(1, 5)
    )
