"""The days that a plan is about, in the second formulation: a data set as of a start date. Written from planning-model.md, section Time, alone."""


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
    cut["receipt"] = [row for row in data["receipt"] if row["date"] >= date]
    there = sorted(row["from_date"] for row in data["capex_budget"] if row["from_date"] <= date)
    cut["capex_budget"] = [row for row in data["capex_budget"] if row["from_date"] not in there[:-1]]
    return cut
