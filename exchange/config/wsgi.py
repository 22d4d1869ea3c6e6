import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "exchange.config.settings")
pages = get_wsgi_application()

# Only after Django is set up: it reads settings.
from exchange.config.static_files import served_beside
from exchange.languages.words import warm

# Before the server forks (gunicorn --preload), so that its workers share what is known of words.
warm()
application = served_beside(pages, asynchronous=False)
