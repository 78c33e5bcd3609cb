"""A stand-in for Snowflake: fakesnow (DuckDB underneath), and sqlfluff for its dialect.

Jobs come as JSON lines on standard input; each is answered by a line on standard output, in order: {"ok": ...} or
{"error": "..."}. It knows no rights, warehouses, tasks or time travel, and says nothing about speed.
"""

import datetime
import decimal
import json
import math
import re
import sys
import warnings

warnings.filterwarnings("ignore")

DATABASE = "PIPELINE_TEST"

# What the engine has instead of Snowflake's types; fakesnow itself makes 64 bits of NUMBER(38,0).
TYPES = [
    (r"NUMBER\((\d+), ?(\d+)\)", r"DECIMAL(\1,\2)"),
    (r"(VARCHAR|BINARY|TIMESTAMP_NTZ|TIME)\(\d+\)", r"\1"),
    (r"BINARY", "BLOB"),
    (r"TIMESTAMP_NTZ", "TIMESTAMP"),
    (r"FLOAT", "DOUBLE"),
    (r"VARIANT", "JSON"),
]

# Functions that fakesnow lacks, as Snowflake's reference defines them. The first name is how sqlglot spells it.
MACROS = """
CREATE MACRO m_d5_number_lower64(x) AS CAST('0x' || right(md5(x), 16) AS UBIGINT);
CREATE MACRO formatted(x, form) AS left(
    rpad(if(contains(CAST(x AS VARCHAR), '.'), CAST(x AS VARCHAR), CAST(x AS VARCHAR) || '.'), 23, '0'),
    CASE form WHEN 'YYYY-MM-DD HH24:MI:SS.FF3' THEN 23 WHEN 'HH24:MI:SS.FF3' THEN 12 WHEN 'YYYY-MM-DD' THEN 10 END
);
"""

# What fakesnow would not understand or, for formats, would ignore. An error table is a table beside its own here.
REWRITES = [
    (r"\bERROR_TABLE\(([\w.]+)\)", r"\1__ERRORS"),
    (r"\bTO_CHAR\((\w+), '", r"FORMATTED(\1, '"),
]


class Warehouse:
    """The database of the tests."""

    def __init__(self) -> None:
        """Connect, with the two schemas that the stack makes."""
        from fakesnow.instance import FakeSnow

        self.connection = FakeSnow().connect(database=DATABASE)
        for schema in ("LANDING", "ANALYTICS"):
            self.connection.cursor().execute(f"CREATE SCHEMA {schema}")
        self.connection.cursor().execute("USE SCHEMA ANALYTICS")
        self.duck = self.connection._duck_conn  # noqa: SLF001
        self.duck.execute(MACROS)
        self.columns: dict[str, dict[str, str]] = {}

    def run(self, sql: str) -> dict:
        """Run a statement as Snowflake reads it."""
        for pattern, replacement in REWRITES:
            sql = re.sub(pattern, replacement, sql)
        cursor = self.connection.cursor().execute(sql)
        names = [column.name for column in cursor.description]
        return {"columns": names, "rows": [[plain(value) for value in row] for row in cursor.fetchall()]}

    def table(self, name: str, columns: list[dict]) -> None:
        """Make a table anew, by Snowflake's types."""
        self.columns[name] = {column["name"]: native(column["type"]) for column in columns}
        listed = ", ".join(f'"{column}" {kind}' for column, kind in self.columns[name].items())
        self.duck.execute(f"CREATE OR REPLACE TABLE {DATABASE}.{name} ({listed})")

    def load(self, name: str, rows: list[dict]) -> None:
        """Add rows. A value is NULL or text, which is cast as Snowflake does on the way in; columns may be left out."""
        if not rows:
            return
        columns = self.columns[name]
        fields = json.dumps([dict.fromkeys(columns, "VARCHAR")])
        values = [
            f'CAST(from_hex(r."{column}") AS BLOB)' if kind == "BLOB" else f'CAST(r."{column}" AS {kind})'
            for column, kind in columns.items()
        ]
        sql = f"SELECT {', '.join(values)} FROM (SELECT unnest(from_json(?, ?)) AS r)"
        self.duck.execute(f"INSERT INTO {DATABASE}.{name} {sql}", [json.dumps(rows), fields])

    def state(self, loads: dict[str, list[dict]], sql: str) -> list[dict]:
        """What the query says when the tables hold just these rows."""
        for name, rows in loads.items():
            self.duck.execute(f"DELETE FROM {DATABASE}.{name}")
            self.load(name, rows)
        result = self.duck.execute(sql)
        names = [column[0] for column in result.description]
        return [dict(zip(names, map(plain, row), strict=True)) for row in result.fetchall()]

    def native(self, sql: str) -> list[list]:
        """Run a statement of DuckDB itself: for filling tables by the million."""
        return [[plain(value) for value in row] for row in self.duck.execute(sql).fetchall()]


def native(kind: str) -> str:
    """Return the engine's own type for one of Snowflake's."""
    for pattern, replacement in TYPES:
        kind = re.sub(f"^{pattern}$", replacement, kind)
    return kind


def plain(value: object) -> object:
    """Return a value as JSON: decimals and times as text, bytes as hexadecimal digits."""
    if isinstance(value, decimal.Decimal):
        return format(value, "f")
    if isinstance(value, datetime.datetime):
        return value.isoformat(timespec="microseconds" if value.microsecond % 1000 else "milliseconds")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, datetime.time):
        return value.isoformat(timespec="milliseconds")
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else f"{'-' if value < 0 else ''}Infinity"
    if isinstance(value, int) and abs(value) > 2**53:
        return str(value)
    return value


def lint(files: dict[str, str], config: str) -> dict[str, list[str]]:
    """Return what sqlfluff has to say of each file, a line for each finding."""
    from sqlfluff.core import FluffConfig, Linter

    linter = Linter(config=FluffConfig.from_string(config))
    found = {}
    for name, sql in files.items():
        violations = linter.lint_string(sql, fname=name).get_violations()
        found[name] = [f"{v.line_no}:{v.line_pos} {v.rule_code()} {v.desc()}" for v in violations]
    return found


def main() -> None:
    """Answer jobs until the input ends."""
    answers = sys.stdout
    sys.stdout = sys.stderr
    warehouse = None
    for line in sys.stdin:
        job = json.loads(line)
        do = job.pop("do")
        try:
            if do == "lint":
                ok = lint(**job)
            else:
                warehouse = warehouse or Warehouse()
                ok = getattr(warehouse, do)(**job)
            answer = {"ok": ok}
        except Exception as error:  # noqa: BLE001 the test that asked shows it
            answer = {"error": str(error)}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
