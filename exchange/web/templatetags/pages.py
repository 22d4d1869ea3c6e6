"""What a page's head says of the page more than once: its title, its description, its address."""

from django import template
from django.template.base import NodeList, Parser, Token
from django.template.defaultfilters import stringfilter
from django.utils.safestring import SafeString

from exchange.web import context

register = template.Library()

SITE = " · Exchange 交流"


class Capture(template.Node):
    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name, self.nodelist = name, nodelist

    def render(self, context: template.Context) -> SafeString:
        said = SafeString(self.nodelist.render(context).strip())
        context[self.name] = said
        return said


@register.tag
def capture(parser: Parser, token: Token) -> Capture:
    """`{% capture name %}…{% endcapture %}` prints what stands in it and keeps it as `name`.

    A block's words can be said a second time so: a block itself can stand in a template once.
    """
    _, name = token.split_contents()
    nodelist = parser.parse(("endcapture",))
    parser.delete_first_token()
    return Capture(name, nodelist)


@register.filter(is_safe=True)
@stringfilter
def own_title(title: str) -> str:
    """A page's title without the site's name, which a shown link says by itself."""
    return title.removesuffix(SITE)


@register.filter
def in_language(address: str, code: str) -> str:
    """The address of the same page in another language, or in the reader's own where it is ""."""
    return context.in_language(address, code)
