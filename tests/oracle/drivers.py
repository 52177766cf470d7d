"""Orders that drivers make, in the second formulation. Written from data-dictionary.md, "Demand from drivers", and the figures of data/terafab-drivers alone: before the first from_date
of a use its first units_per_driver holds."""
import bisect

YEAR = 365.25
TERMS = {"price_usd": None, "shortage_usd": 0.0, "late_usd_per_week": 0.0, "max_late_days": 0.0, "min_fill": None, "class": None}


def linear(points, x):
    """The value at x of [(x, value)], sorted: linear between, outside the nearest; from None on holds until the next."""
    places = [float("-inf") if at is None else at for at, _ in points]
    k = bisect.bisect_right(places, x)
    if k == 0 or k == len(points):
        return points[min(k, len(points) - 1)][1]
    (a, left), (b, right) = points[k - 1], points[k]
    return left if a is None else (left * (b - x) + right * (x - a)) / (b - a)


def mean(points, a, b):
    """The mean over [a, b): trapezia between the knots."""
    knots = [a] + [x for x, _ in points if a < x < b] + [b]
    values = [linear(points, x) for x in knots]
    return sum((v + w) / 2 * (y - x) for x, y, v, w in zip(knots, knots[1:], values, values[1:])) / (b - a)


def day(date):
    return None if date is None else date.toordinal()


def orders(data):
    """The demand rows that drivers add to a data set as oracle.read_folder gives it. ValueError where terms differ."""
    taken = {(row["customer"], row["item"], period["period"]) for row in data["demand"] for period in data["calendar"]
             if period["start_date"] <= row["due_date"] < period["end_date"]}
    uses = {}
    for row in data["driver_use"]:
        uses.setdefault((row["driver"], row["item"], row["customer"]), []).append(row)
    made = {}
    for (driver, item, customer), rows in uses.items():
        rows.sort(key=lambda row: day(row["from_date"]) or 0)
        quantity = sorted((day(row["date"]), row["quantity"]) for row in data["driver"] if row["driver"] == driver)
        for period in data["calendar"]:
            row = [row for row in rows if row["from_date"] is None or row["from_date"] <= period["start_date"]][-1:] or rows[:1]
            lead = row[0]["lead_days"] or 0.0
            a, b = day(period["start_date"]) + lead, day(period["end_date"]) + lead
            units = linear([(day(use["from_date"]), use["units_per_driver"]) for use in rows], (a + b) / 2)
            units *= mean(quantity, a, b) * (1 + (row[0]["replacement_frac"] or 0.0)) * (b - a) / YEAR
            if units <= 0 or (customer, item, period["period"]) in taken:
                continue
            terms = {name: otherwise if row[0][name] is None else row[0][name] for name, otherwise in TERMS.items()}
            order = made.setdefault((customer, item, period["period"]),
                                    dict(terms, demand="%s_%s:%s" % (customer, item, period["period"]), customer=customer, item=item,
                                         due_date=period["start_date"], quantity=0.0))
            if any(order[name] != terms[name] for name in TERMS):
                raise ValueError("terms of %s differ" % order["demand"])
            order["quantity"] += units
    return list(made.values())
