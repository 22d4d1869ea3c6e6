from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from exchange.boards import urls as boards
from exchange.moderation import urls as moderation
from exchange.uploads import urls as uploads
from exchange.web.views import favicon, service_worker

from . import views
from .styleguide import error_page, styleguide

urlpatterns = [
    path("", views.root, name="root"),
    path("healthz", views.healthz, name="healthz"),
    path("sw.js", service_worker, name="service_worker"),
    path("favicon.ico", favicon, name="favicon"),
    path("", include("exchange.uploads.urls")),
    path("", include(moderation.feeds)),
    *i18n_patterns(
        path("styleguide/", styleguide, name="styleguide"),
        path("styleguide/errors/<int:status>/", error_page, name="error_page"),
        path("accounts/", include("exchange.accounts.urls")),
        path("", include(uploads.localised)),
        path("", include("exchange.safety.urls")),
        path("", include("exchange.figures.urls")),
        path("", include("exchange.boards.urls")),
        path("", include("exchange.comparisons.urls")),
        path("", include("exchange.moderation.urls")),
        path("", include("exchange.notifications.urls")),
        path("", include("exchange.passages.urls")),
        path("", include("exchange.people.urls")),
        path("", include("exchange.live.urls")),
        path("", include("exchange.web.urls")),
        *boards.slugged,
        prefix_default_language=True,
    ),
]

handler400 = "exchange.web.errors.bad_request"
handler403 = "exchange.web.errors.permission_denied"
handler404 = "exchange.web.errors.page_not_found"
handler429 = "exchange.accounts.views.too_many_requests"
handler500 = "exchange.web.errors.server_error"
