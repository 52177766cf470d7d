# SPDX-License-Identifier: GPL-3.0-or-later
"""The cost flow of workbooks.md a second time: weighted means by item and period, worked out from the matrix of the program that the plan solved and from the plan's values, without a sheet or its queries.

What a start takes and gives are its coefficients in the balances of the items, its hours those in the rows CAP. Means are iterated until they stand: within a period an item needs others of the period.
"""
import datetime

import sqlite3

PARTS = ("wafers", "assembly", "bought", "power", "tools", "stock")
NOTHING, LIFE = 1e-9, 1826


def name(text):
    return text.replace(" ", "_")


def day(text):
    return datetime.date.fromisoformat(text).toordinal()


def read_matrix(path):
    """{column: [(row family, first key, period, coefficient)]} of the rows BAL and CAP."""
    matrix, inside = {}, False
    for line in open(path, encoding="utf-8"):
        if not line.startswith((" ", "*")):
            inside = line.startswith("COLUMNS")
        elif inside and (words := line.split())[1].startswith(("BAL[", "CAP[")):
            key, period = words[1][4:-1].rsplit(",", 1)
            matrix.setdefault(words[0], []).append((words[1][:3], key, period, float(words[2])))
    return matrix


class Flow:
    def __init__(self, database, mps, plan=1):
        self.base = sqlite3.connect(database)
        self.base.row_factory = sqlite3.Row
        self.plan, self.matrix = plan, read_matrix(mps)
        self.periods = [row["period"] for row in self.rows("SELECT period FROM plan_period WHERE plan = :plan ORDER BY number")]
        self.stock = {(name(row["item"]), row["period"]): row for row in self.rows("SELECT * FROM plan_stock WHERE plan = :plan")}
        self.items = sorted({item for item, _ in self.stock})
        self.value = {(name(row["item"])): row["unit_value_usd"] for row in self.rows("SELECT item, max(unit_value_usd) AS unit_value_usd FROM plan_stock WHERE plan = :plan GROUP BY item")}
        self.sources = {row["source"]: row for row in self.rows("SELECT s.*, l.kind FROM source AS s LEFT JOIN line AS l ON l.line = s.line")}
        self.find_loops()
        self.find_rates()
        self.starts = [self.read_start(row) for row in self.rows("SELECT s.*, p.start_date FROM plan_start AS s JOIN plan_period AS p ON p.plan = s.plan AND p.period = s.period WHERE s.plan = :plan AND s.starts > 1e-9")]
        self.means = self.iterate()

    def rows(self, sql):
        return self.base.execute(sql, {"plan": self.plan} if ":plan" in sql else {}).fetchall()

    def find_loops(self):
        """Pairs of items that need each other, through bills, outputs and substitutes."""
        needs = {(name(row[0]), name(row[1])) for row in self.rows("SELECT instead_of, item FROM substitute UNION SELECT coalesce(o.item, s.item), b.component FROM source AS s JOIN bom AS b ON b.item = s.item "
                                                                   "LEFT JOIN source_output AS o ON o.source = s.source WHERE coalesce(s.consumes_bom, s.route IS NOT NULL)")}
        while True:
            more = {(a, d) for a, b in needs for c, d in needs if b == c} - needs
            if not more:
                break
            needs |= more
        self.loops = {(a, b) for a, b in needs if (b, a) in needs}

    def find_rates(self):
        """What an hour that a group is asked for costs in a period: depreciation and power of its own hours and of those moved to alternates."""
        capacity = {(row["tool_group"], row["period"]): row for row in self.rows("SELECT * FROM plan_capacity WHERE plan = :plan")}
        price = {(row["site"], row["period"]): row["usd_per_mwh"] for row in self.rows("SELECT * FROM plan_power WHERE plan = :plan")}
        span = {row["period"]: (day(row["start_date"]), row["days"]) for row in self.rows("SELECT * FROM plan_period WHERE plan = :plan")}
        depreciation = {}
        for row in self.rows(f"SELECT b.*, coalesce(g.life_days, {LIFE}) AS life, coalesce(g.lead_time_days, 0) AS lead FROM plan_purchase AS b JOIN tool_group AS g ON g.tool_group = b.tool_group WHERE plan = :plan AND event = 'order'"):
            for period, (first, days) in span.items():
                from_day = span[row["period"]][0] + row["lead"]  # part of a day: delivery_date is a whole one
                part = max(0, min(first + days, from_day + row["life"]) - max(first, from_day)) / row["life"]
                key = (row["tool_group"], period)
                depreciation[key] = depreciation.get(key, 0) + row["usd"] * part
        groups = {row["tool_group"]: row for row in self.rows("SELECT g.tool_group, g.power_kw, l.site, l.facility_power_factor FROM tool_group AS g JOIN line AS l ON l.line = g.line")}

        def of_hour(group, period):
            used, row = capacity[(group, period)]["used_hours"], groups[group]
            factor = 1 if row["facility_power_factor"] is None else row["facility_power_factor"]
            power = (row["power_kw"] or 0) / 1000 * factor * price.get((row["site"], period), 0)
            return depreciation.get((group, period), 0) / used if used > NOTHING else 0, power

        self.rate = {}
        for (group, period), row in capacity.items():
            if row["load_hours"] <= 0:
                continue
            shares = [(group, 1 - row["moved_out_hours"] / row["load_hours"])]
            shares += [(off["alternate"], off["alternate_hours"] / row["load_hours"]) for off in self.base.execute(
                "SELECT alternate, alternate_hours FROM plan_offload WHERE plan = ? AND tool_group = ? AND period = ?", (self.plan, group, period))]
            self.rate[(name(group), period)] = [sum(of_hour(to, period)[k] * share for to, share in shares) for k in (0, 1)]
        self.depreciation = sum(depreciation.values())

    def read_start(self, row):
        """What the starts of a source in a period cost of their own, take {(item, period): units} and give {(item, period): share of the cost}."""
        source, starts = self.sources[row["source"]], row["starts"]
        own = dict.fromkeys(PARTS, 0.0)
        kind = {"logic": "wafers", "memory": "wafers", "packaging": "assembly"}.get(source["kind"], "bought")
        own[kind] = starts * row["usd_per_start"]
        outputs = self.outputs(row, source)
        takes, gives, hours = {}, {}, {}
        for family, key, period, coefficient in self.matrix.get(f"x[{name(row['source'])},{row['period']}]", []):
            if period not in self.periods:
                continue  # a tail is in no book
            if family == "CAP":
                hours[(key, period)] = hours.get((key, period), 0) + coefficient * starts
            elif coefficient < 0:
                takes[(key, period)] = takes.get((key, period), 0) - coefficient * starts
            elif coefficient > 0:
                gives[(key, period)] = coefficient * starts / (row["good_units"] * outputs[key][0]) * outputs[key][1]
        for key, amount in hours.items():
            own["tools"] += amount * self.rate[key][0]
            own["power"] += amount * self.rate[key][1]
        looped = {item for item, _ in takes if any((out, item) in self.loops for out in outputs)}
        return {"source": row["source"], "own": own, "takes": takes, "gives": gives, "looped": looped}

    def outputs(self, row, source):
        """{item: (share of the good units, share of the cost)}"""
        share = {}
        for out in sorted(self.base.execute("SELECT item, share, coalesce(from_date, '') AS since FROM source_output WHERE source = ?", (row["source"],)), key=lambda out: out["since"], reverse=True):
            rows = share.setdefault(name(out["item"]), [])
            rows.append((out["since"], out["share"]))
        if not share:
            return {name(source["item"]): (1.0, 1.0)}
        share = {item: next((part for since, part in rows if since <= row["start_date"]), rows[-1][1]) for item, rows in share.items()}
        if len(share) == 1:
            return {item: (part, 1.0) for item, part in share.items()}
        weights = {item: part * self.value.get(item, 0) for item, part in share.items()}
        weights = weights if sum(weights.values()) > 0 else share
        return {item: (share[item], weight / sum(weights.values())) for item, weight in weights.items()}

    def opening_mean(self, means, item, period):
        at = self.periods.index(period)
        if at:
            return means[(item, self.periods[at - 1])]
        return {part: self.value[item] if part == "stock" else 0.0 for part in PARTS}

    def iterate(self):
        means = {(item, period): dict.fromkeys(PARTS, 0.0) for item in self.items for period in self.periods}
        moved = {(name(row["item"]), name(row["instead_of"]), row["period"]): row for row in self.rows(
            "SELECT item, instead_of, period, total(quantity * coalesce((SELECT s.rate FROM substitute AS s WHERE s.item = b.item AND s.instead_of = b.instead_of AND coalesce(s.consumer, '') = b.consumer "
            "AND coalesce(s.from_date, '') <= (SELECT start_date FROM plan_period AS p WHERE p.plan = b.plan AND p.period = b.period) ORDER BY s.from_date DESC LIMIT 1), 1)) AS quantity "
            "FROM plan_substitution AS b WHERE plan = :plan AND quantity > 1e-9 GROUP BY 1, 2, 3")}
        for _ in range(len(self.items) + 2 + len(self.periods)):
            old = {key: dict(mean) for key, mean in means.items()}
            self.sweep(means, moved)
            if all(abs(means[key][part] - old[key][part]) <= 1e-12 * abs(old[key][part]) for key in means for part in PARTS):
                return means
        raise SystemExit("cost flow: the means do not come to a stand")

    def sweep(self, means, moved):
        arrived = {}
        for start in self.starts:
            cost = dict(start["own"])
            for (item, period), units in start["takes"].items():
                mean = self.opening_mean(means, item, period) if item in start["looped"] else means[(item, period)]
                for part in PARTS:
                    cost[part] += units * mean[part]
            start["cost"] = cost
            for key, share in start["gives"].items():
                into = arrived.setdefault(key, dict.fromkeys(PARTS, 0.0))
                for part in PARTS:
                    into[part] += cost[part] * share
        for (item, instead_of, period), row in moved.items():
            mean = self.opening_mean(means, item, period) if (instead_of, item) in self.loops else means[(item, period)]
            into = arrived.setdefault((instead_of, period), dict.fromkeys(PARTS, 0.0))
            for part in PARTS:
                into[part] += row["quantity"] * mean[part]
        for period in self.periods:
            for item in self.items:
                row, before = self.stock[(item, period)], self.opening_mean(means, item, period)
                units = row["opening"] + row["made"] + row["bought"] + row["received"] + max(row["wip"], 0) + row["substituted_in"]
                for part in PARTS:
                    value = self.value[item] * (row["received"] + max(row["wip"], 0)) if part == "stock" else 0
                    come = arrived.get((item, period), {}).get(part, 0)
                    means[(item, period)][part] = (row["opening"] * before[part] + come + value) / units if units > NOTHING else before[part]

    def sales(self):
        """{(item, year): (units, {part: USD})} of what is shipped."""
        sales = {}
        for row in self.rows("SELECT s.item, s.period, s.quantity, substr(p.start_date, 1, 4) AS year FROM plan_shipment AS s JOIN plan_period AS p ON p.plan = s.plan AND p.period = s.period WHERE s.plan = :plan"):
            units, parts = sales.get((row["item"], int(row["year"])), (0.0, dict.fromkeys(PARTS, 0.0)))
            mean = self.means[(name(row["item"]), row["period"])]
            sales[(row["item"], int(row["year"]))] = units + row["quantity"], {part: parts[part] + row["quantity"] * mean[part] for part in PARTS}
        return sales
