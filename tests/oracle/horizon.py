"""The days that a plan is about, in the second formulation: a data set as of a start date, and with a tail behind its end. Written from
planning-model.md, section Time, alone."""
import datetime

WINDOWS = {"source_limit": ("source",), "line_limit": ("line",), "shipment_limit": ("customer", "item"),   # and their keys; tools come in the horizon alone
           "tool_alternate": ("tool_group", "alternate", "route", "step"), "stock_limit": ("item",),
           "stock_target": ("item", "target"), "substitute": ("item", "instead_of", "consumer"), "source_mix": ("item", "source"),
           "bom": ("item", "component", "source", "at_frac")}


def same_day(date, years):
    """The same month and day some years later (29 February: the 28th)."""
    try:
        return date.replace(year=date.year + years)
    except ValueError:
        return date.replace(year=date.year + years, day=28)


def add_tail(data, days):
    """setting.tail_days: periods, copied orders and windows behind the end of the calendar."""
    calendar = sorted(data["calendar"], key=lambda row: row["start_date"])
    begin, end = calendar[0]["start_date"], calendar[-1]["end_date"]
    data = dict(data, demand=[row for row in data["demand"] if row["due_date"] < end], receipt=[row for row in data["receipt"] if row["date"] < end])
    if days <= 0:
        return data
    short = begin > same_day(end, -1)           # a horizon under a year comes again as a whole
    first = begin if short else same_day(end, -1)

    def moved(date, times):
        return date + times * (end - begin) if short else same_day(date, times)

    aim = end + datetime.timedelta(days)
    ends, times = {end}, 0
    while max(ends) < aim:                      # more of them than are needed, then the first that cover the days
        times += 1
        ends |= {moved(row["end_date"], times) for row in calendar if first < row["end_date"]}
    borders = sorted(date for date in ends if date >= end)
    borders = borders[:1 + next(k for k, date in enumerate(borders) if date >= aim)]
    tail = [{"period": "tail+%d" % (k + 1), "start_date": a, "end_date": b, "tail": True} for k, (a, b) in enumerate(zip(borders, borders[1:]))]
    copies = []
    for n in range(1, times + 2):
        for row in data["demand"]:
            date = max(end, moved(row["due_date"], n))
            if row["due_date"] >= first and date < borders[-1]:
                copies.append(dict(row, demand="%s, tail %d" % (row["demand"], n), due_date=date, copy=True))
    data.update(calendar=calendar + tail, demand=data["demand"] + copies)
    for table, key in WINDOWS.items():
        rows = [dict(row) for row in data[table]]
        for row in rows:
            closes = table == "bom" and any((other["item"], other["source"], other["from_date"]) == (row["item"], row["source"], row["to_date"]) for other in rows)
            if row["to_date"] and row["to_date"] >= end and not closes:
                after = [other["from_date"] for other in rows if all(other[k] == row[k] for k in key) and other["from_date"] and other["from_date"] >= row["to_date"]]
                row["opened"] = min(after, default=datetime.date.max)
        data[table] = [dict(row, to_date=row.get("opened", row["to_date"])) for row in rows]
    data["source"] = [dict(row, available_to=None) if row["available_to"] and row["available_to"] >= end else row for row in data["source"]]
    return data


def start_at(data, date):
    """--start DATE: what lies before it is history. Rows of the tables are changed in place of the data set read from a folder."""
    calendar = sorted(data["calendar"], key=lambda row: row["start_date"])
    if date == calendar[0]["start_date"]:
        return data
    kept = [dict(row) for row in calendar if row["end_date"] > date]
    first = kept[0]["start_date"]               # of the period that the date falls into, whole
    kept[0]["start_date"] = date
    cut = dict(data, calendar=kept)
    cut["demand"] = [dict(row, due_date=max(row["due_date"], date)) for row in data["demand"] if row["due_date"] >= first]
    left = {(row["customer"], row["item"]) for row in cut["demand"] if not row.get("copy")}
    cut["ship_target"] = [row for row in data["ship_target"] if row["by_date"] >= date and (row["customer"], row["item"]) in left]
    cut["receipt"] = [row for row in data["receipt"] if row["date"] >= date]
    there = sorted(row["from_date"] for row in data["capex_budget"] if row["from_date"] <= date)
    cut["capex_budget"] = [row for row in data["capex_budget"] if row["from_date"] not in there[:-1]]
    return cut
