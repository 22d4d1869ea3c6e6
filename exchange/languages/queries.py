from exchange.accounts.models import User
from exchange.accounts.names import skeleton

from . import mentions


def mentioned(*texts: str) -> dict[str, str]:
    """The members whom texts call by name: `{as typed: username}`.

    One query, and none for texts that call nobody.
    """
    skeletons = {name: skeleton(name) for name in mentions.possible_names(*texts)}
    if not skeletons:
        return {}
    people = User.objects.filter(skeleton__in=set(skeletons.values()), is_active=True)
    usernames = dict(people.values_list("skeleton", "username"))
    return {
        name: usernames[found]
        for name, found in skeletons.items()
        if found in usernames and mentions.is_meant(name, usernames[found])
    }
