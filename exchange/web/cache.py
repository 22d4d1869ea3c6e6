import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)


def forgiving(name: str, otherwise: Any) -> Callable[..., Any]:
    """The method of RedisCache, answering as an empty cache does where Redis does not answer."""
    method = getattr(RedisCache, name)

    @wraps(method)
    def forgiven(self: RedisCache, *args: Any, **kwargs: Any) -> Any:
        try:
            return method(self, *args, **kwargs)
        except RedisError as error:
            log.warning("the cache is away (%s): %s goes on without it", type(error).__name__, name)
            if name == "get":
                return args[1] if len(args) > 1 else kwargs.get("default")
            return otherwise() if callable(otherwise) else otherwise

    return forgiven


class ForgivingRedisCache(RedisCache):
    """What is kept here can all be made again, so a Redis that is away costs time and no page."""

    get = forgiving("get", None)
    get_many = forgiving("get_many", dict)
    has_key = forgiving("has_key", False)
    add = forgiving("add", True)
    set = forgiving("set", None)
    set_many = forgiving("set_many", list)
    touch = forgiving("touch", False)
    delete = forgiving("delete", False)
    delete_many = forgiving("delete_many", None)
