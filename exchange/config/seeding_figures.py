"""Items, published figures and the sample people's, from `seeds/figures/`."""

from decimal import Decimal
from typing import Any

from django.db import transaction

from exchange.accounts.models import User
from exchange.boards.actions import is_listed
from exchange.boards.models import Post
from exchange.config.seeding import load, with_traditional
from exchange.figures import actions as figures
from exchange.figures.actions import EntryDraft
from exchange.figures.forms import EntryForm
from exchange.figures.models import Entry, Item, Reference
from exchange.languages.actions import shown_anew


def seed_items() -> None:
    """Those that a moderator changed stay as they are."""
    changed = set(Item.objects.exclude(by=None).values_list("slug", flat=True))
    rows = list(enumerate(load("figures/items.toml")["item"]))
    Item.objects.bulk_create(
        [_item(row, position) for position, row in rows if row["slug"] not in changed],
        update_conflicts=True,
        unique_fields=["slug"],
        update_fields=ITEM_FIELDS,
    )


ITEM_FIELDS = (
    *("topic", "position", "name", "question", "period", "periods", "unit", "units"),
    *("conditions", "basis", "usual_low", "usual_high"),
)


def _item(row: dict[str, Any], position: int) -> Item:
    low, high = row["usual"]
    texts = {name: with_traditional(row[name]) for name in ("name", "question")}
    said = {name: row[name] for name in ITEM_FIELDS if name in row}
    return Item(
        **(said | texts), slug=row["slug"], position=position, usual_low=low, usual_high=high
    )


@transaction.atomic
def seed_references() -> None:
    rows = load("figures/references.toml")["reference"]
    items = Item.objects.in_bulk(field_name="slug")
    for row in rows:
        figures.set_reference(
            key=row["id"],
            item=items[row["item"]],
            amount=Decimal(str(row["amount"])),
            currency=row["currency"],
            period=row["period"],
            unit=row.get("unit", ""),
            country=row["country"],
            city=row["city_id"],
            city_name=row.get("city", ""),
            region=row.get("region", ""),
            year=row["year"],
            month=row.get("month"),
            conditions=row.get("conditions", {}),
            measure=row.get("measure", ""),
            publisher=row["publisher"],
            address=row["address"],
            confidence=row["confidence"],
            weak=row.get("weak", False),
            note=with_traditional(row["note"]),
        )
    Reference.objects.exclude(key__in=[row["id"] for row in rows]).delete()


def seed_entries(people: dict[str, User]) -> None:
    """Sample people's figures. A post that has any, or was edited, is left alone."""
    rows: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for row in load("figures/entries.toml")["entry"]:
        rows.setdefault((row["thread"], row["post"]), []).append(row)
    items = Item.objects.in_bulk(field_name="slug")
    for (key, number), wanted in rows.items():
        found = Post.objects.select_related("passage", "author", "thread__board")
        post = found.filter(thread__seed_key=key, number=number, edited_at=None).first()
        if (
            post
            and post.state == "shown"
            and not Entry.objects.filter(passage=post.passage).exists()
        ):
            _seed_entries(post, [draft(items[row["item"]], row) for row in wanted])


@transaction.atomic
def _seed_entries(post: Post, drafts: list[EntryDraft]) -> None:
    listed = is_listed(post, post.thread.board)
    figures.write(by=post.author, passage=post.passage, drafts=drafts, listed=listed)
    Entry.objects.filter(passage=post.passage).update(created_at=post.created_at)
    shown_anew(post.passage)


def draft(item: Item, row: dict[str, Any]) -> EntryDraft:
    """Read as what somebody types is. Raises ValueError for what would be refused or asked back."""
    names = ("amount", "currency", "period", "unit", "city", "country", "year", "month")
    typed = {name: row.get(name, "") for name in (*names, "household", "income")}
    typed |= row.get("conditions", {})
    typed |= {name: "on" for name in ("shows_income", "sure") if row.get(name)}
    data = {f"figure-0-{name}": str(value) for name, value in typed.items()}
    form = EntryForm(item, 0, data=data)
    if not form.is_valid():
        raise ValueError(f"{item.slug}: {row}: {form.errors.as_json()}")
    return form.draft()
