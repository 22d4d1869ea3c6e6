"""What an address names, as far as its reader may see it: 404 comes before 403."""

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from exchange.passages import queries
from exchange.passages.subject import Subject


def get_subject(request: HttpRequest, passage_id: int) -> Subject:
    try:
        return queries.find(request.user, passage_id)
    except queries.NotThere:
        raise Http404(_("There is no such text, or it is not open to you.")) from None
