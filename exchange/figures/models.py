from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from exchange.languages.models import Passage

TOPICS = ("rent", "tuition", "healthcare", "daily-life", "income")
MOST_ENTRIES = 8  # on one text


class Item(models.Model):
    """Something that costs, and what has to be said with its price.

    `name` and `question` ("What is included?") are by interface language. Amounts are normalised to
    `period` and, where that is `each`, to `unit`. `conditions` are keys of conditions.CONDITIONS;
    those in `basis` have to be the same before two amounts may stand in one chart. `usual_low` and
    `usual_high` are US dollars a normal period: an amount outside is read back before it is taken.
    """

    slug = models.SlugField(max_length=40, unique=True)
    topic = models.CharField(max_length=12)
    position = models.PositiveSmallIntegerField(default=1000)
    name = models.JSONField()
    question = models.JSONField()
    period = models.CharField(max_length=8)
    periods = models.JSONField(default=list)
    unit = models.CharField(max_length=12, blank=True)
    units = models.JSONField(default=list)
    conditions = models.JSONField(default=list)
    basis = models.JSONField(default=list)
    usual_low = models.FloatField()
    usual_high = models.FloatField()
    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    retired_at = models.DateTimeField(null=True, blank=True)

    # What the stored measures of its figures hang on: it stays once there are any.
    FIXED = ("slug", "period", "unit", "basis")

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.slug

    @property
    def target(self) -> str:
        return f"item.{self.pk}"

    def basis_of(self, conditions: dict[str, str]) -> str:
        """What has to be equal of two entries before they may be compared."""
        return ";".join(f"{key}={conditions.get(key, 'unknown')}" for key in self.basis)


class Figure(models.Model):
    """What a member's entry and a sourced figure have in common: an amount and its conditions.

    `day` is the date that it is converted at: the middle of its month, or of its year. The
    normalised columns are money for the item's normal period and unit: `usd` and `cny` at that
    day's rate, `intl` in international dollars; `hours` of work at the country's wage. None says
    that there is no rate, factor or wage for it. `area` is in square metres.
    """

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    amount = models.DecimalField(max_digits=16, decimal_places=4)
    currency = models.CharField(max_length=3)
    period = models.CharField(max_length=8)
    unit = models.CharField(max_length=12, blank=True)
    country = models.CharField(max_length=2)
    # GeoNames' number, 0 where the place is not in the list of cities; then only its name is known.
    city = models.PositiveIntegerField(default=0)
    city_name = models.CharField(max_length=80, blank=True)
    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField(null=True, blank=True)
    conditions = models.JSONField(default=dict)

    basis = models.CharField(max_length=160, blank=True)
    day = models.DateField()
    usd = models.FloatField(null=True)
    cny = models.FloatField(null=True)
    intl = models.FloatField(null=True)
    hours = models.FloatField(null=True)
    area = models.FloatField(null=True)

    class Meta:
        abstract = True


class Entry(Figure):
    """A member's figure on a text: one of up to eight, in the versions from `since` to `until`.

    `until` is None while the current version of the text has it. `listed` is false where the text is
    hidden or not public: then it stands in no statistic. Of one person's entries on the same cell
    the newest has the `voice`. `share` is the part of the author's own income, which is never shown
    unless `shows_income`.
    """

    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="entries")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="entries"
    )
    position = models.PositiveSmallIntegerField()
    since = models.PositiveIntegerField(default=1)
    until = models.PositiveIntegerField(null=True)
    household = models.PositiveSmallIntegerField(null=True, blank=True)
    income = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    shows_income = models.BooleanField(default=False)
    share = models.FloatField(null=True)
    sample = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    listed = models.BooleanField(default=True)
    voice = models.BooleanField(default=False)
    excluded_at = models.DateTimeField(null=True, blank=True)
    excluded_for = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["passage", "position"],
                condition=Q(until=None),
                name="entry_one_a_place",
            )
        ]
        indexes = [
            models.Index(
                fields=["item", "basis", "country", "city"],
                name="entry_voice",
                condition=Q(voice=True),
            ),
            models.Index(fields=["author", "item"], name="entry_of_author"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency} on {self.passage_id}"

    @property
    def target(self) -> str:
        return f"figure.{self.pk}"

    @property
    def is_asked(self) -> bool:
        """Whether somebody waits for an answer about it, as queries.as_figures found."""
        return bool(getattr(self, "has_question", False))

    def was_in(self, version: int) -> bool:
        return self.since <= version and (self.until is None or version <= self.until)

    @property
    def cell(self) -> tuple[int, str, str, int]:
        return self.item_id, self.basis, self.country, self.city


class Reference(Figure):
    """A published figure with its source. It never enters the statistics of members' figures.

    `measure` is `m2` where it is money a square metre. `weak` ones are drawn hatched and say so.
    """

    key = models.SlugField(max_length=60, unique=True)
    region = models.CharField(max_length=40, blank=True)
    measure = models.CharField(max_length=4, blank=True)
    publisher = models.CharField(max_length=200)
    address = models.CharField(max_length=500)
    confidence = models.CharField(max_length=6)
    weak = models.BooleanField(default=False)
    note = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["item", "basis"], name="reference_item")]

    def __str__(self) -> str:
        return self.key


class Cell(models.Model):
    """All voices on an item with one basis, in one city, or in a country where `city` is 0.

    Every change of its voices moves `version` on; `statistics` are those of version `computed`,
    with the sample people's figures or without, and of no use for another. They are summaries by
    measure (statistics.Summary as a dictionary); `points` holds the single values, which only charts
    need.
    """

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="cells")
    basis = models.CharField(max_length=160, blank=True)
    country = models.CharField(max_length=2)
    city = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    computed = models.PositiveIntegerField(default=0)
    samples = models.BooleanField(default=False)
    n = models.PositiveIntegerField(default=0)
    statistics = models.JSONField(default=dict)
    points = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item", "basis", "country", "city"], name="cell_one_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.basis} {self.country} {self.city}"


class Question(models.Model):
    """ "This looks off": somebody asks an entry's author about it, with a reason.

    `note` is a passage. It is answered by the author's word that the figure is right, or by a change
    of the figure.
    """

    class Reason(models.TextChoices):
        AMOUNT = "amount"
        CURRENCY = "currency"
        PERIOD = "period"
        PLACE = "place"
        DATE = "date"
        CONDITIONS = "conditions"

    class Answer(models.TextChoices):
        RIGHT = "right"
        CHANGED = "changed"

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="questions")
    reason = models.CharField(max_length=10, choices=Reason)
    note = models.OneToOneField(
        Passage, null=True, on_delete=models.PROTECT, related_name="asks_about_entry"
    )
    by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=8, blank=True, choices=Answer)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "by"], condition=Q(answered_at=None), name="question_one_open_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reason} of {self.entry_id}"
