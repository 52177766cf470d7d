#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Independence of a plan of data/terafab with the layers of data/terafab-drivers, computed again from its starts, shipments and open orders and the tables of the data set.

    independence.py FABPLAN SOURCE

Written from data-dictionary.md, "Independence": what arrives is made of starts, lead times and yields here, not read from the plan's balances, and is then compared with them. Tables with
findings, and a layer without data, are tried on data/mini."""
import datetime
import math
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "support"))
from tables import read  # noqa: E402

SAME, NOTHING = 1e-9, 1e-6
COMPUTED = ("LO", "ME", "PK")


def fail(text):
    sys.exit(text)


def run(*command, code=0):
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode != code:
        fail(f"{' '.join(command)}: exit {done.returncode}\n{done.stderr}")
    return done.stdout + done.stderr


def day(text):
    return datetime.date.fromisoformat(text).toordinal()


def same(what, actual, expected):
    if (actual is None) != (expected is None) or (actual is not None and abs(actual - expected) > SAME * max(1, abs(expected))):
        fail(f"{what} is {actual!r}, not {expected!r}")


def own_parts(folder):
    kind = {row["line"]: row["kind"] for row in read(folder, "line")}
    worst = {}
    for row in read(folder, "dependency"):
        worst[row["source"]] = max(worst.get(row["source"], 0), float(row["share"]))
    return {row["source"]: 0 if kind[row["line"]] == "external" else 1 - worst.get(row["source"], 0) for row in read(folder, "source")}


def layers_of(folder):
    kind = {row["item"]: row["kind"] for row in read(folder, "item")}
    lines = {row["line"] for row in read(folder, "line") if row["kind"] == "memory"}
    made = {row["source"] for row in read(folder, "source") if row["line"] in lines}
    memory = {row["item"] for row in read(folder, "source") if row["source"] in made} | {row["item"] for row in read(folder, "source_output") if row["source"] in made}
    memory |= {row["item"] for row in read(folder, "bom") if row["component"] in memory}
    return {item: "PK" if what == "chip" else "ME" if item in memory else "LO" if what == "die" else None for item, what in kind.items()}


def arrivals(folder, db, periods):
    """{(item, period number): (all, own)} of starts and open orders."""
    outputs, item_of, part = {}, {row["source"]: row["item"] for row in read(folder, "source")}, own_parts(folder)
    for row in read(folder, "source_output"):
        outputs.setdefault(row["source"], []).append((row["item"], float(row["share"])))
    number = {period: k for k, (period, _, _) in enumerate(periods)}
    found = {}

    def add(item, k, units, own):
        total = found.get((item, k), (0.0, 0.0))
        found[item, k] = (total[0] + units, total[1] + units * own)

    for source, period, good, lead in db.execute("SELECT source, period, good_units, lead_days FROM plan_start"):
        _, a, b = periods[number[period]]
        for k, (_, c, d) in enumerate(periods):
            share = max(0, min(b + lead, d) - max(a + lead, c)) / (b - a)
            if share > 0:
                for item, part_of in outputs.get(source, [(item_of[source], 1.0)]):
                    add(item, k, good * part_of * share, part[source])
    for row in read(folder, "receipt"):
        for k, (_, c, d) in enumerate(periods):
            if c <= day(row["date"]) < d:
                add(row["item"], k, float(row["quantity"]), part[row["source"]] if row.get("source") else 0)
    return found


def weighted(parts):
    """Mean of (share, units, usd), by usd or, where that is 0, by units; shares that are not known are left out."""
    parts = [part for part in parts if part[0] is not None and part[1] > 0]
    by = 2 if any(part[2] > 0 for part in parts) else 1
    return sum(part[0] * part[by] for part in parts) / sum(part[by] for part in parts) if parts else None


def recompute(folder, db):
    """{(layer, period): own share}, {(chip, period): own units}, periods, {item: value}."""
    periods = [(name, day(start), day(end)) for name, start, end in db.execute("SELECT period, start_date, end_date FROM plan_period ORDER BY number")]
    got, kind = arrivals(folder, db, periods), layers_of(folder)
    value = {row["item"]: float(row["unit_value_usd"] or 0) for row in read(folder, "item")}
    line = {row["source"]: row["line"] for row in read(folder, "source")}
    outputs = {}
    for row in read(folder, "source_output"):
        outputs.setdefault(row["source"], []).append((row["item"], float(row["share"])))
    item_of = {row["source"]: row["item"] for row in read(folder, "source")}
    worth = {s: sum(value[i] * part for i, part in outputs.get(s, [(item_of[s], 1.0)])) for s in item_of}
    bills = {}
    for row in read(folder, "bom"):
        bills.setdefault(row["item"], []).append((row["component"], float(row["quantity"])))
    shares, units, last = {}, {}, {}
    for k, (period, begin, _) in enumerate(periods):
        for item in kind:
            total, own = got.get((item, k), (0, 0))
            if total > 0:
                last[item] = own / total
        shipped = dict(db.execute("SELECT item, sum(quantity) FROM plan_shipment WHERE period = ? GROUP BY item", (period,)))
        chips = {item: quantity for item, quantity in shipped.items() if kind[item] == "PK"}
        shares["PK", period] = weighted([(last.get(i), q, q * value[i]) for i, q in chips.items()])
        for layer in ("LO", "ME"):
            shares[layer, period] = weighted([(0 if last.get(i) == 0 else None if last.get(i) is None or last.get(c) is None else last[i] * last[c], q * n, q * n * value[c])
                                              for i, q in chips.items() for c, n in bills.get(i, []) if kind[c] == layer])
        for i in (item for item, what in kind.items() if what == "PK"):
            q = chips.get(i, 0)
            parts = [last.get(i)] + [last.get(c) for c, _ in bills.get(i, []) if kind[c]]
            units[i, period] = 0 if q <= 0 or parts[0] == 0 else None if None in parts else q * min(parts)
        started = list(db.execute("SELECT source, good_units FROM plan_start WHERE period = ?", (period,)))
        rows = {}
        for row in read(folder, "layer_share"):
            rows.setdefault((row["layer"], row["key"]), []).append((day(row["from_date"]), float(row["share"])))
        for layer in {name for name, _ in rows} - set(COMPUTED):
            parts = []
            for (name, key), dated in rows.items():
                if name != layer:
                    continue
                share = ([s for d, s in sorted(dated) if d <= begin] or [min(dated)[1]])[-1]
                parts += [(share, shipped.get(key, 0), shipped.get(key, 0) * value[key])] if key in value else [(share, g, g * worth[s]) for s, g in started if line[s] == key]
            shares[layer, period] = weighted(parts)
    return shares, units, periods, value


def check_balances(folder, db, periods):
    """What arrives here is what the plan's balances say arrives."""
    got = arrivals(folder, db, periods)
    number = {period: k for k, (period, _, _) in enumerate(periods)}
    for item, period, units in db.execute("SELECT item, period, made + bought + received FROM plan_stock"):
        if abs(units - got.get((item, number[period]), (0, 0))[0]) > SAME * max(1, units):
            fail(f"arrivals of {item} in {period}: {units} in the plan, {got.get((item, number[period]))} here")


def check_kpis(db, units, periods, value, shares, weights):
    kpis = {(kpi, key, period): amount for kpi, key, period, amount in db.execute('SELECT kpi, "key", period, value FROM plan_kpi')}
    for (chip, period), own in units.items():
        same(f"K2 of {chip} in {period}", kpis["K2", chip, period], own)
    for period, _, _ in periods:
        wanted = sum(q * value[i] for i, q in db.execute("SELECT item, quantity FROM plan_demand WHERE period = ?", (period,)) if ("K2", i, period) in kpis)
        same(f"K3 in {period}", kpis.get(("K3", "", period)), sum((units[i, p] or 0) * value[i] for i, p in units if p == period) / wanted if wanted else None)
        known = {layer: share for (layer, at), share in shares.items() if at == period and share is not None}
        weakest = min(known, key=lambda layer: (known[layer], layer))
        same(f"K4 in {period}", kpis["K4", weakest, period], known[weakest])
        total = sum(weights[layer] for layer in known)
        same(f"K5 in {period}", kpis["K5", "", period], math.prod(max(share, 0.01) ** (weights[layer] / total) for layer, share in known.items()))


def check_terafab(fabplan, source, work):
    folder, database = os.path.join(work, "terafab"), os.path.join(work, "fab.db")
    shutil.copytree(os.path.join(source, "data", "terafab"), folder)
    os.chmod(folder, 0o755)
    for table in ("layer.csv", "layer_share.csv"):
        shutil.copy(os.path.join(source, "data", "terafab-drivers", table), folder)
    run(fabplan, "init", database, "-q")
    run(fabplan, "import", database, folder, "-q")
    run(fabplan, "optimise", database, "-q", "--values", "0")
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as db:
        shares, units, periods, value = recompute(folder, db)
        check_balances(folder, db, periods)
        stored = {(layer, period): share for layer, period, share in db.execute("SELECT layer, period, own_share FROM plan_independence")}
        if sorted(stored) != sorted(shares):
            fail(f"layers and periods are {sorted(set(stored) ^ set(shares))}")
        for key, share in shares.items():
            same(f"own share of {key}", stored[key], share)
        weights = {row["layer"]: float(row["weight"]) for row in read(folder, "layer")}
        check_kpis(db, units, periods, value, shares, weights)
    if "verified" not in run(fabplan, "doctor", database):
        fail("doctor does not verify the plan")
    known = sum(share is not None for share in shares.values())
    print(f"{known} of {len(shares)} shares, {sum(own is not None and own > NOTHING for own in units.values())} chips and periods with own units")
    if known < 300:
        fail("too few shares are known")


def balance(folder, db, layer):
    """The objective independence:LAYER of a plan, from its starts and open orders."""
    periods = [(name, day(start), day(end)) for name, start, end in db.execute("SELECT period, start_date, end_date FROM plan_period ORDER BY number")]
    kind, value = layers_of(folder), {row["item"]: float(row["unit_value_usd"] or 0) for row in read(folder, "item")}
    return sum(value[item] * (own - (units - own)) for (item, _), (units, own) in arrivals(folder, db, periods).items() if kind[item] == layer)


def check_stage(fabplan, source, work):
    """Memory as independent as it can be, but for a hundredth: worth more than the profit alone gives it, and not less than the stage says."""
    folder, database, stages = os.path.join(work, "terafab"), os.path.join(work, "stage.db"), os.path.join(work, "stages.csv")
    with open(stages, "w", encoding="utf-8") as file:
        file.write("number,name,objective,sense,within\n1,own,independence:ME,max,0.01\n")
    run(fabplan, "init", database, "-q")
    run(fabplan, "import", database, folder, "-q")
    run(fabplan, "optimise", database, "-q", "--values", "0", "--stages", stages)
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as db:
        best, reached = db.execute("SELECT value FROM plan_stage WHERE name = 'own'").fetchone()[0], balance(folder, db, "ME")
    with sqlite3.connect(f"file:{os.path.join(work, 'fab.db')}?mode=ro", uri=True) as db:
        before = balance(folder, db, "ME")
    print(f"independence:ME {before:.6g} USD by profit, {reached:.6g} kept of {best:.6g}")
    if not (best - 0.01 * abs(best) - SAME * abs(best) <= reached <= best + SAME * abs(best) and before < reached):
        fail("the stage does not keep what it reached")


def check_mini(fabplan, source, work):
    """A layer without data: its weight is spread. Findings of the tables."""
    folder = os.path.join(work, "mini")
    shutil.copytree(os.path.join(source, "data", "mini"), folder)
    os.chmod(folder, 0o755)
    write = lambda table, text: open(os.path.join(folder, table), "w", encoding="utf-8").write(text)  # noqa: E731
    write("layer.csv", "layer,name,weight\nPK,Packages,0.2\nEN,Energy,0.3\nXX,Nothing known,0.5\n")
    write("layer_share.csv", "layer,key,from_date,share\nEN,FAB,2027-01-11,0.4\n")
    database = os.path.join(work, "mini.db")
    run(fabplan, "init", database, "-q")
    run(fabplan, "import", database, folder, "-q")
    run(fabplan, "optimise", database, "-q", "--values", "0")
    shown = run(fabplan, "show", "independence", database, "--csv")
    expected = ("layer,period,own_share,weight\nEN,2027-W01,0.4,0.6\nEN,2027-W02,0.4,0.6\nPK,2027-W01,1,0.4\nPK,2027-W02,1,0.4\n"
                "XX,2027-W01,,0\nXX,2027-W02,,0\n")
    if shown != expected:
        fail(f"independence of mini is\n{shown}not\n{expected}")
    write("layer_share.csv", "layer,key,from_date,share\nEN,FAB,2027-01-04,0.4\nEN,CHIP,2027-01-04,0.4\nXX,NOBODY,2027-01-04,1\nPK,CHIP,2027-01-04,1\n")
    said = run(fabplan, "check", folder, code=3)
    for text in ("layer_share.csv:2:4: key is 'FAB', must be an item as other keys of layer EN are", "layer_share.csv:4:4: key is 'NOBODY', must be an item or a line",
                 "layer is 'PK', should not be LO, ME or PK"):
        if text not in said:
            fail(f"check says\n{said}and not '{text}'")


def main():
    fabplan, source = sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix="fabplan-independence-") as work:
        check_mini(fabplan, source, work)
        check_terafab(fabplan, source, work)
        check_stage(fabplan, source, work)


if __name__ == "__main__":
    main()
