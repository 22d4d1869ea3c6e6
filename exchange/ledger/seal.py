"""The database itself refuses to change or delete an event."""

from typing import Any

TABLE = "ledger_event"

SQLITE_SEAL = [
    f"CREATE TRIGGER {TABLE}_{verb.lower()} BEFORE {verb} ON {TABLE} "
    f"BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
    for verb in ("UPDATE", "DELETE")
]
SQLITE_UNSEAL = [f"DROP TRIGGER IF EXISTS {TABLE}_{verb}" for verb in ("update", "delete")]

POSTGRES_SEAL = [
    f"CREATE OR REPLACE FUNCTION {TABLE}_sealed() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$",
    f"CREATE TRIGGER {TABLE}_sealed BEFORE UPDATE OR DELETE ON {TABLE} "
    f"FOR EACH ROW EXECUTE FUNCTION {TABLE}_sealed()",
]
POSTGRES_UNSEAL = [f"DROP TRIGGER IF EXISTS {TABLE}_sealed ON {TABLE}"]


def seal(connection: Any) -> None:
    _run(connection, SQLITE_SEAL if connection.vendor == "sqlite" else POSTGRES_SEAL)


def unseal(connection: Any) -> None:
    _run(connection, SQLITE_UNSEAL if connection.vendor == "sqlite" else POSTGRES_UNSEAL)


def _run(connection: Any, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
