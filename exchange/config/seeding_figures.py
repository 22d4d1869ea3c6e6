"""Items, published figures and the sample people's, from `seeds/figures/`."""

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


@transaction.atomic
def seed_items() -> None:
    """Those that a moderator changed stay as they are."""
    changed = set(Item.objects.exclude(by=None).values_list("slug", flat=True))
    for position, row in enumerate(load("figures/items.toml")["item"]):
        if row["slug"] in changed:
            continue
        low, high = row["usual"]
        Item.objects.update_or_create(
            slug=row["slug"],
            defaults={
                "topic": row["topic"],
                "position": position,
                "name": with_traditional(row["name"]),
                "question": with_traditional(row["question"]),
                "period": row["period"],
                "periods": row["periods"],
                "unit": row.get("unit", ""),
                "units": row.get("units", []),
                "conditions": row["conditions"],
                "basis": row["basis"],
                "usual_low": low,
                "usual_high": high,
            },
        )


@transaction.atomic
def seed_references() -> None:
    rows = load("figures/references.toml")["reference"]
    items = Item.objects.in_bulk(field_name="slug")
    for row in rows:
        figures.set_reference(
            key=row["id"],
            item=items[row["item"]],
            amount=row["amount"],
            currency=row["currency"],
            period=row["period"],
            unit=row.get("unit", ""),
            country=row["country"],
            city=row.get("city_id", 0),
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
    typed["shows_income"] = "on" if row.get("shows_income") else ""
    data = {f"figure-0-{name}": str(value) for name, value in typed.items()}
    form = EntryForm(item, 0, data=data)
    if not form.is_valid():
        raise ValueError(f"{item.slug}: {row}: {form.errors.as_json()}")
    return form.draft()
