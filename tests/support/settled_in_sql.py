"""A settlement of large entries computed a second time, by DuckDB in SQL: nothing of the package is used.

It knows what the generator of large portfolios promises: no two debits of an operator are of one day, so that the
oldest goes first and nothing is shared in proportion; the due dates are six ends of months.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

PREPARE = """
CREATE TABLE contracts AS
  SELECT op.key AS operator, c.code AS contract, c.service, c.iban IS NOT NULL AS payable
  FROM (SELECT unnest(operators) AS op FROM read_json($portfolio, maximum_object_size = 1000000000)),
       LATERAL (SELECT unnest(op.contracts) AS c);
CREATE TABLE stopped AS
  SELECT r.operator FROM (SELECT unnest(restrictions) AS r
                          FROM read_json($portfolio, maximum_object_size = 1000000000));
-- Saturdays, Sundays and one Sunday before a holiday: read off a calendar by hand
CREATE TABLE value_dates (due DATE, day DATE);
INSERT INTO value_dates VALUES
  ('2026-01-31', '2026-02-02'), ('2026-02-28', '2026-03-02'), ('2026-03-31', '2026-03-31'),
  ('2026-04-30', '2026-04-30'), ('2026-05-31', '2026-06-01'), ('2026-06-30', '2026-06-30');
CREATE TABLE thresholds (service VARCHAR, least BIGINT);
INSERT INTO thresholds VALUES ('SSP', 100), ('RID', 500), ('PMG', 500);
CREATE TABLE given AS SELECT * FROM read_parquet($entries);
CREATE TABLE awaited AS SELECT DISTINCT operator FROM given WHERE side = 'debit' AND state = 'AWAITING_DELIVERY';
CREATE TABLE open AS
  SELECT g.side, g.id, contracts.operator, g.contract, contracts.service, g.cents, g.cents AS spare, g.issue_date,
         CASE g.side WHEN 'credit' THEN v.day
           ELSE greatest(coalesce(g.due_date, g.issue_date), g.issue_date) END AS day,
         len(g.held) = 0 AND g.state IN ('DELIVERED', 'ACCEPTED')
           AND contracts.operator NOT IN (SELECT operator FROM stopped)
           AND (g.side = 'debit' OR contracts.payable AND contracts.operator NOT IN (SELECT operator FROM awaited))
           AS moves
  FROM given g JOIN contracts USING (contract) LEFT JOIN value_dates v ON v.due = g.due_date;
CREATE TABLE paid (operator VARCHAR, contract VARCHAR, day DATE, cents BIGINT);
CREATE TABLE set_off (operator VARCHAR, cents BIGINT);
"""

# What the two sides of each group extinguish of one another, both in their order, as two heaps are zipped.
SET_OFF = """
CREATE OR REPLACE TEMP TABLE used AS
  WITH reach AS (
    SELECT side, id, operator, {near} AS near, spare,
           sum(spare) OVER (PARTITION BY side, operator, {near}
                            ORDER BY CASE side WHEN 'credit' THEN day END, issue_date, id
                            ROWS UNBOUNDED PRECEDING) - spare AS before
    FROM open
    WHERE moves AND spare > 0 AND day <= $day
      AND operator IN (SELECT operator FROM open WHERE side = 'credit' AND moves AND day = $day)),
  pairs AS (
    SELECT operator, near, least(sum(spare) FILTER (side = 'credit'), sum(spare) FILTER (side = 'debit')) AS common
    FROM reach GROUP BY operator, near HAVING count(DISTINCT side) = 2)
  SELECT side, id, operator, least(spare, greatest(common - before, 0)) AS cents
  FROM reach JOIN pairs USING (operator, near);
INSERT INTO set_off SELECT operator, cents FROM used WHERE side = 'credit' AND cents > 0;
UPDATE open SET spare = spare - used.cents FROM used WHERE open.operator = used.operator AND open.id = used.id;
"""

PAY = """
CREATE OR REPLACE TEMP TABLE due AS
  SELECT operator, contract, sum(spare) AS cents FROM open
  WHERE side = 'credit' AND moves AND spare > 0 AND day <= $day
    AND operator IN (SELECT operator FROM open WHERE side = 'credit' AND moves AND day = $day)
  GROUP BY operator, contract, service
  HAVING sum(spare) >= (SELECT least FROM thresholds t WHERE t.service = open.service);
INSERT INTO paid SELECT operator, contract, $day, cents FROM due;
UPDATE open SET spare = 0 FROM due
  WHERE open.contract = due.contract AND open.side = 'credit' AND moves AND day <= $day;
"""

ACCOUNTS = """
SELECT operator,
       sum(cents) FILTER (side = 'credit') AS credits,
       (SELECT sum(cents) FROM set_off s WHERE s.operator = open.operator) AS set_off,
       (SELECT sum(cents) FROM paid p WHERE p.operator = open.operator) AS transferred,
       sum(spare) FILTER (side = 'credit' AND moves) AS carried,
       sum(spare) FILTER (side = 'credit' AND NOT moves) AS held,
       sum(cents) FILTER (side = 'debit') AS debits,
       sum(spare) FILTER (side = 'debit' AND moves) AS debits_carried,
       sum(spare) FILTER (side = 'debit' AND NOT moves) AS debits_held
FROM open GROUP BY operator
"""

OPEN = "SELECT side, id, operator, spare AS cents FROM open WHERE spare > 0"

_SUMS = ("credits", "set_off", "transferred", "carried", "held", "debits", "debits_carried", "debits_held")
_COMPARED = {
    "accounts": (", ".join(f"coalesce({name}, 0)::BIGINT AS {name}" for name in _SUMS), ACCOUNTS),
    "payouts": ("contract, value_date, cents", "SELECT operator, contract, day AS value_date, cents FROM paid"),
    "open": ("side, id, cents", OPEN),
}


def recompute(database: duckdb.DuckDBPyConnection, *, portfolio: Path, entries: Path) -> None:
    """Fill the tables ``open``, ``paid`` and ``set_off`` from the files of a large portfolio."""
    _run(database, PREPARE, portfolio=str(portfolio), entries=str(entries))
    days = database.execute("SELECT DISTINCT day FROM open WHERE side = 'credit' AND moves ORDER BY day").fetchall()
    for (day,) in days:
        for near in ("contract", "service", "operator"):
            _run(database, SET_OFF.format(near=near), day=day)
        _run(database, PAY, day=day)


def _run(database: duckdb.DuckDBPyConnection, statements: str, **parameters: object) -> None:
    for statement in filter(str.strip, statements.split(";\n")):
        database.execute(statement, {name: value for name, value in parameters.items() if f"${name}" in statement})


def differences(database: duckdb.DuckDBPyConnection, folder: Path) -> dict[str, int]:
    """How many rows of accounts, payouts and open entries the files of a run and the recomputation do not share."""
    counts: dict[str, int] = {}
    for name, (columns, expected) in _COMPARED.items():
        ours = f"SELECT operator, {columns} FROM read_parquet('{folder / name}.parquet')"
        theirs = f"SELECT operator, {columns} FROM ({expected})"
        apart = f"({ours} EXCEPT ALL {theirs}) UNION ALL ({theirs} EXCEPT ALL {ours})"
        [(counts[name],)] = database.execute(f"SELECT count(*) FROM ({apart})").fetchall()
    return counts
