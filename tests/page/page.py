#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""page.py FABPLAN SOURCE: the page of stored plans, in a real browser (chromium, headless).

- it loads without a word in the browser's console, and what scripts add (buttons of columns, boxes to filter, the choice of plans) is there
- a column sorts up and down, numbers as numbers; a filter hides the rows without its text; a tool group leads to the rows that load it; another plan can be chosen
- the policy holds: a script that somebody adds to the file does not run; names that look like markup are text
- every figure of its tables is one of the database; the same plans give the same bytes; it prints
"""
import html.parser
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile

class Tables(html.parser.HTMLParser):
    """Tables by identifier: rows of texts and of sort values."""

    def __init__(self, text):
        super().__init__()
        self.tables, self.rows, self.cell = {}, None, None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "table":
            self.rows = self.tables.setdefault(attributes["id"], [])
        elif tag == "tr" and self.rows is not None:
            self.rows.append([])
        elif tag in ("td", "th") and self.rows is not None:
            self.cell = [attributes.get("data-v"), ""]
            self.rows[-1].append(self.cell)

    def handle_endtag(self, tag):
        if tag == "table":
            self.rows = None
        elif tag in ("td", "th"):
            self.cell = None

    def handle_data(self, data):
        if self.cell is not None:
            self.cell[1] += data


class Page:
    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.database = os.path.join(folder, "fab.db")

    def path(self, name):
        return os.path.join(self.folder, name)

    def must(self, *arguments):
        done = subprocess.run([self.program, *arguments, "--quiet"], capture_output=True, text=True, check=False)
        assert done.returncode == 0, (arguments, done.stderr)

    def browse(self, name, *options):
        """The document after its scripts have run, and what the console said."""
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-extensions", "--user-data-dir=" + self.path("profile"), "--enable-logging=stderr", "--virtual-time-budget=5000", *options,
                   "--dump-dom", "file://" + self.path(name)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout, [line for line in done.stderr.splitlines() if "CONSOLE" in line]

    def act(self, script, *options):
        """Runs a script of ours in a copy that allows it; what it leaves in the title."""
        with open(self.path("plan.html"), encoding="utf-8") as file:
            text = file.read()
        text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
        with open(self.path("act.html"), "w", encoding="utf-8") as file:
            file.write(text.replace("</body>", "<script>document.title = JSON.stringify((function () {" + script + "}()));</script></body>"))
        shown, console = self.browse("act.html", *options)
        assert not console, console
        return re.search(r"<title>(.*?)</title>", shown)[1]


def make(page, source):
    """Two plans of a small fab, one of a scenario; a customer with a name that looks like markup."""
    folder = page.path("data")
    shutil.copytree(os.path.join(source, "tests", "cases", "everything"), folder)
    with open(os.path.join(folder, "customer.csv"), encoding="utf-8") as file:
        text = file.read()
    with open(os.path.join(folder, "customer.csv"), "w", encoding="utf-8") as file:
        file.write(text.replace("BUYER", "<script>x</script>", 1))
    with open(os.path.join(folder, "demand.csv"), encoding="utf-8") as file:
        text = file.read()
    with open(os.path.join(folder, "demand.csv"), "w", encoding="utf-8") as file:
        file.write(text.replace("BUYER", "<script>x</script>"))
    for name in os.listdir(folder):
        path = os.path.join(folder, name)
        if name.endswith(".csv") and name not in ("customer.csv", "demand.csv"):
            with open(path, encoding="utf-8") as file:
                text = file.read()
            with open(path, "w", encoding="utf-8") as file:
                file.write(re.sub(r"\bBUYER\b", "<script>x</script>", text))
    page.must("init", page.database)
    page.must("import", page.database, folder)
    page.must("optimise", page.database, "--name", "the usual")
    page.must("optimise", page.database, "--scenario", os.path.join(folder, "scenarios", "less.csv"))
    page.must("report", page.database, "--html", page.path("plan.html"), "--plan", "1")


def check_figures(page, text):
    """Fills and loads of the page against the tables of the database."""
    tables = Tables(text).tables
    database = sqlite3.connect(page.database)
    for plan in (1, 2):
        rows = {row[0][1]: row for row in tables[f"plan-{plan}-page_customers-table"][1:]}
        for customer, demanded, shipped in database.execute("SELECT customer, sum(quantity * price_usd), sum(shipped * price_usd) FROM plan_demand WHERE plan = ? GROUP BY customer", (plan,)):
            shown = [float(cell[0]) for cell in rows[customer][1:]]
            right = [demanded, shipped, demanded - shipped, shipped / demanded if demanded else 1]
            assert all(abs(a - b) <= 1e-9 * max(1, abs(b)) for a, b in zip(shown, right)), (customer, shown, right)
        loads = {}
        for group, hours in database.execute("SELECT tool_group, sum(load_hours) FROM plan_capacity WHERE plan = ? GROUP BY tool_group", (plan,)):
            loads[group] = hours
        for row in tables[f"plan-{plan}-page_load-table"][1:]:
            loads[row[0][1]] -= float(row[3][0])
        assert all(abs(left) < 1e-6 for left in loads.values()), loads
        kinds = {row[1][1]: row for row in tables[f"plan-{plan}-load_groups-table"][1:] if row[1][1]}
        for group, *hours in database.execute("SELECT tool_group, sum(process_hours), sum(lot_hours), sum(batch_hours), sum(setup_hours), sum(lead_hours), sum(rework_hours), sum(maintenance_hours) FROM plan_capacity "
                                              "WHERE plan = ? GROUP BY tool_group HAVING sum(load_hours) > 0", (plan,)):
            assert all(abs(float(cell[0] or 0) - hour) < 1e-6 for cell, hour in zip(kinds[group][3:10], hours)), (kinds[group], hours)
        assert f"plan-{plan}-load_areas-table" in tables
        heat = tables[f"plan-{plan}-page_heat-table"]
        for row in heat[1:]:
            for cell, head in zip(row[1:], heat[0][1:]):
                used, available = database.execute("SELECT used_hours, available_hours FROM plan_capacity WHERE plan = ? AND tool_group = ? AND period = ?", (plan, row[0][1], head[1])).fetchone()
                assert abs(float(cell[0]) - (used / available if available else 0)) < 1e-9, (row[0], head)


def check_script(page):
    """What a reader does with it."""
    up = page.act("""var table = document.querySelector('table[id=plan-1-page_levers-table]'), head = table.querySelectorAll('thead th')[6], values = function () {
        return Array.prototype.map.call(table.tBodies[0].rows, function (row) { return Number(row.cells[6].getAttribute('data-v')); }); };
        head.querySelector('button').click(); var first = values(); head.querySelector('button').click(); return [first, values(), head.getAttribute('aria-sort')];""")
    first, second, word = json.loads(up)
    assert first == sorted(first) and second == sorted(first, reverse=True) and len(set(first)) > 1 and word == "descending", up
    only = page.act("""var link = document.querySelector('section[id=plan-1-page_heat] a[data-only]'); link.click();
        return Array.prototype.filter.call(document.querySelector('table[id=plan-1-page_load-table]').tBodies[0].rows, function (row) { return !row.hidden; })
        .every(function (row) { return row.cells[0].textContent === link.textContent; });""")
    assert only == "true", only
    chosen = page.act("""var choice = document.getElementById('choice'); choice.value = 'plan-2'; choice.dispatchEvent(new Event('change'));
        return [document.getElementById('plan-1').hidden, document.getElementById('plan-2').hidden];""")
    assert chosen == "[true,false]", chosen
    kept = page.act("""var box = document.querySelector('input[type=search]'), table = box ? document.getElementById(box.id.replace('-filter', '')) : null; if (!box) { return 'no box'; }
        box.value = 'no such text'; box.dispatchEvent(new Event('input')); return Array.prototype.filter.call(table.tBodies[0].rows, function (row) { return !row.hidden; }).length;""")
    assert kept in ("0", '"no box"'), kept


def check_narrow(page):
    """In a narrow window nothing is wider than it: what is scrolls by itself, and charts keep a size in which their texts can be read."""
    width, whole, charts = json.loads(page.act("""return [window.innerWidth, document.documentElement.scrollWidth, Array.prototype.map.call(document.querySelectorAll('section[id=plan-1] svg'), function (chart) {
        return chart.getBoundingClientRect().width; })];""", "--window-size=360,800"))
    assert width < 640 and whole <= width, ("the page is wider than the window", whole, width)
    assert charts and min(charts) >= 600, charts


def check_policy(page):
    """Somebody's script in the file does not run."""
    with open(page.path("plan.html"), encoding="utf-8") as file:
        text = file.read()
    with open(page.path("evil.html"), "w", encoding="utf-8") as file:
        file.write(text.replace("</main>", "<script>document.title = 'evil';</script><img src='x' onerror=\"document.title = 'evil'\"/></main>"))
    shown, console = page.browse("evil.html")
    assert "<title>evil</title>" not in shown and any("Content Security Policy" in line for line in console), console


def main():
    program, source = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    with tempfile.TemporaryDirectory(prefix="fabplan-page-") as folder:
        page = Page(program, folder)
        make(page, source)
        with open(page.path("plan.html"), encoding="utf-8") as file:
            text = file.read()
        assert "<script>x" not in text and "&lt;script&gt;x&lt;/script&gt;" in text
        assert not re.search(r'(src|href)="(?!#)', text), "the page refers to something outside"
        shown, console = page.browse("plan.html")
        assert not console, console
        assert shown.count("<button type=\"button\">") > 20 and re.search(r'<section class="plan" id="plan-2" hidden', shown), "the script has not run"
        page.must("report", page.database, "--html", page.path("again.html"), "--plan", "1")
        with open(page.path("again.html"), encoding="utf-8") as file:
            assert file.read() == text, "the same plans give other bytes"
        page.must("report", page.database, "-o", page.path("plan.xlsx"), "--html", page.path("both.html"), "--plan", "1")
        with open(page.path("both.html"), encoding="utf-8") as file:
            assert file.read() == text, "the page is another one beside a workbook"
        check_figures(page, text)
        check_script(page)
        check_narrow(page)
        check_policy(page)
        subprocess.run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir=" + page.path("profile"), "--print-to-pdf=" + page.path("plan.pdf"), "file://" + page.path("plan.html")],
                       capture_output=True, timeout=120, check=True)
        with open(page.path("plan.pdf"), "rb") as file:
            assert file.read(5) == b"%PDF-"
    print("the page loads, sorts, filters, fits a narrow window, shows another plan, lets nobody's script run, and says what the database says")


if __name__ == "__main__":
    main()
