/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check_made.h"

#include "internal.h"

#include <string.h>

/* ---- rows that hold at no period's start ---- */

/* One warning for each reason, at the row of the first key, so that the order of rows does not count; further rows are counted. `held` has row_id, first_day and end_day (open ones far away) of
 * the rows and their column at fault with its value and the reason, were they without effect. */
static const char without_effect[] =
    " SELECT severity, tbl, row_id, \"column\", value, message FROM (SELECT MIN(place), 'warning' AS severity, '%w' AS tbl, row_id, fault AS \"column\", value,"
    " '%s (' || reason ||"
    " CASE COUNT(*) WHEN 1 THEN '' WHEN 2 THEN '; 1 row more like it' ELSE '; ' || (COUNT(*) - 1) || ' rows more like it' END || ')' AS message"
    " FROM held JOIN placed USING (row_id) WHERE first_day < end_day AND NOT EXISTS (SELECT 1 FROM calendar WHERE start_date >= first_day AND start_date < end_day)"
    " AND EXISTS (SELECT 1 FROM calendar)"
    " GROUP BY fault, CASE WHEN end_day <= (SELECT MIN(start_date) FROM calendar) THEN 1 WHEN first_day >= (SELECT MAX(end_date) FROM calendar) THEN 2 END)";

static const char horizon[] = "WITH horizon(first, last) AS (SELECT MIN(start_date), MAX(end_date) FROM calendar),";

static void add_keys(sqlite3_str *sql, const struct fab_table_def *def)
{
    const char *word = "";
    for (int c = 0; c < def->column_count; c++)
        if (def->columns[c].flags & FAB_KEY) {
            sqlite3_str_appendf(sql, "%s\"%w\"", word, def->columns[c].name);
            word = ", ";
        }
}

/* Behind `held`: the place of every row by its key. */
static void add_placed(sqlite3_str *sql, const struct fab_table_def *def)
{
    sqlite3_str_appendall(sql, ", placed AS (SELECT rowid AS row_id, ROW_NUMBER() OVER (ORDER BY ");
    add_keys(sql, def);
    sqlite3_str_appendf(sql, ") AS place FROM main.\"%w\")", def->name);
}

static void add_partition(sqlite3_str *sql, const struct fab_table_def *def)
{
    const char *word = "PARTITION BY";
    for (int c = 0; c < def->column_count; c++)
        if ((def->columns[c].flags & FAB_KEY) && strcmp(def->columns[c].name, def->date) != 0) {
            sqlite3_str_appendf(sql, "%s \"%w\"", word, def->columns[c].name);
            word = ",";
        }
}

/* A row holds until the next one of its key; the first one before it too, unless a column of the parent does. */
static void add_from(sqlite3_str *sql, const struct fab_table_def *def)
{
    sqlite3_str_appendf(sql,
                        "%s dated AS (SELECT rowid AS row_id, \"%w\" AS day, LEAD(\"%w\") OVER same AS next_day, ROW_NUMBER() OVER same AS nth"
                        " FROM main.\"%w\" WINDOW same AS (",
                        horizon, def->date, def->date, def->name);
    add_partition(sql, def);
    sqlite3_str_appendf(sql,
                        " ORDER BY \"%w\")), held AS (SELECT row_id, CASE WHEN nth = 1 AND %d THEN '' ELSE day END AS first_day,"
                        " COALESCE(next_day, '9999') AS end_day, '%w' AS fault, day AS value,"
                        " CASE WHEN day >= last THEN 'the calendar ends on ' || last"
                        " WHEN next_day IS NULL THEN 'the last one starts on ' || (SELECT MAX(start_date) FROM calendar)"
                        " ELSE 'the row of ' || next_day || ' takes over before one starts' END"
                        " AS reason FROM dated, horizon)",
                        def->date, def->before == NULL, def->date);
}

/* A window; either side may be open. */
static void add_window(sqlite3_str *sql, const struct fab_table_def *def, const char *date, const char *end)
{
    sqlite3_str_appendf(sql,
                        "%s held AS (SELECT rowid AS row_id, COALESCE(\"%w\", '') AS first_day, COALESCE(\"%w\", '9999') AS end_day,"
                        " CASE WHEN \"%w\" <= first THEN '%w' ELSE '%w' END AS fault, CASE WHEN \"%w\" <= first THEN \"%w\" ELSE \"%w\" END AS value,"
                        " CASE WHEN \"%w\" <= first THEN 'the calendar starts on ' || first WHEN \"%w\" >= last THEN 'the calendar ends on ' || last"
                        " ELSE 'none starts ' || COALESCE('before ' || \"%w\", 'from then on') END AS reason FROM main.\"%w\", horizon)",
                        horizon, date, end, end, end, date, end, end, date, end, date, end, def->name);
}

/* An amount that is there from its date on. */
static void add_amount(sqlite3_str *sql, const struct fab_table_def *def)
{
    sqlite3_str_appendf(sql,
                        "%s held AS (SELECT rowid AS row_id, \"%w\" AS first_day, '9999' AS end_day, '%w' AS fault, \"%w\" AS value,"
                        " CASE WHEN \"%w\" >= last THEN 'the calendar ends on ' || last ELSE 'the last one starts on ' || (SELECT MAX(start_date) FROM calendar) END"
                        " AS reason FROM main.\"%w\", horizon)",
                        horizon, def->date, def->date, def->date, def->date, def->name);
}

/* The columns between which a source can be started are a window too. */
static bool is_source(const struct fab_table_def *def)
{
    return strcmp(def->name, "source") == 0;
}

static bool is_budget(const struct fab_table_def *def)
{
    return strcmp(def->name, "capex_budget") == 0;
}

/* Not those of the other points of time: an order or an arrival is what it is whenever it is (check_demand). */
static bool concerns_dated(const struct fab_table_def *def)
{
    return def->dating == FAB_DATING_FROM || def->end != NULL || is_source(def) || is_budget(def);
}

static char *make_dated(const struct fab_table_def *def)
{
    sqlite3_str *sql = sqlite3_str_new(NULL);
    if (is_source(def))
        add_window(sql, def, "available_from", "available_to");
    else if (is_budget(def))
        add_amount(sql, def);
    else if (def->end)
        add_window(sql, def, def->date, def->end);
    else
        add_from(sql, def);
    add_placed(sql, def);
    sqlite3_str_appendf(sql, without_effect, def->name,
                        is_source(def) ? "should leave the start of a period to the source, else it is never started"
                                       : "should hold at the start of a period, else it has no effect");
    return sqlite3_str_finish(sql);
}

/* ---- windows of one key that must not lie on each other ---- */

/* Those of the planning language's second part, whose end may be left open; contracts and limits of the first part may overlap. */
static bool concerns_overlap(const struct fab_table_def *def)
{
    const struct fab_column *end = fab_table_def_end(def);
    return def->dating == FAB_DATING_WINDOW && end && (end->flags & FAB_OPTIONAL);
}

/* The columns of the key but for the date, an empty number as its default. */
static void add_key_by_value(sqlite3_str *sql, const struct fab_table_def *def)
{
    const char *word = "";
    for (int c = 0; c < def->column_count; c++) {
        const struct fab_column *column = &def->columns[c];
        if (!(column->flags & FAB_KEY) || strcmp(column->name, def->date) == 0)
            continue;
        if (column->type == FAB_COLUMN_REAL)
            sqlite3_str_appendf(sql, "%sCOALESCE(\"%w\", %g)", word, column->name, column->preset);
        else
            sqlite3_str_appendf(sql, "%s\"%w\"", word, column->name);
        word = ", ";
    }
}

static char *make_overlap(const struct fab_table_def *def)
{
    sqlite3_str *sql = sqlite3_str_new(NULL);
    sqlite3_str_appendf(sql,
                        "WITH held AS (SELECT rowid AS row_id, \"%w\" AS day, \"%w\" AS end_day, MAX(COALESCE(\"%w\", '9999')) OVER (PARTITION BY ", def->date,
                        def->end, def->end);
    add_key_by_value(sql, def);
    sqlite3_str_appendf(sql,
                        " ORDER BY COALESCE(\"%w\", ''), rowid ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS last_end FROM main.\"%w\")"
                        " SELECT 'finding' AS severity, '%w' AS tbl, row_id, '%w' AS \"column\", end_day AS value, 'must be after %w ' || day || ' (the end is exclusive)' AS message"
                        " FROM held WHERE end_day <= day"
                        " UNION ALL SELECT 'finding', '%w', row_id, '%w', day, CASE last_end WHEN '9999' THEN 'must not lie behind a row of the same key without an end'"
                        " ELSE 'must not lie before ' || last_end || ', where the row before of the same key ends' END"
                        " FROM held WHERE COALESCE(day, '') < last_end",
                        def->date, def->name, def->name, def->end, def->date, def->name, def->date);
    return sqlite3_str_finish(sql);
}

/* ---- columns that no plan reads, or not every plan ---- */

static bool has_flag(const struct fab_table_def *def, int flag)
{
    for (int c = 0; c < def->column_count; c++)
        if (def->columns[c].flags & flag)
            return true;
    return false;
}

/* One warning for the columns of a table with a flag that have values, at the row of the first key with one. */
static char *make_flagged(const struct fab_table_def *def, int flag, const char *which)
{
    sqlite3_str *sql = sqlite3_str_new(NULL);
    const char *word = "";
    sqlite3_str_appendf(sql,
                        "SELECT 'warning' AS severity, '%w' AS tbl, (SELECT rowid FROM main.\"%w\" WHERE ", def->name, def->name);
    for (int c = 0; c < def->column_count; c++)
        if (def->columns[c].flags & flag) {
            sqlite3_str_appendf(sql, "%s\"%w\" IS NOT NULL", word, def->columns[c].name);
            word = " OR ";
        }
    sqlite3_str_appendall(sql, " ORDER BY ");
    add_keys(sql, def);
    sqlite3_str_appendf(sql,
                        " LIMIT 1) AS row_id, NULL AS \"column\", NULL AS value, group_concat(name, ', ') ||"
                        " CASE COUNT(*) WHEN 1 THEN ' has values that ' ELSE ' have values that ' END || '%w' AS message FROM (",
                        which);
    word = "";
    for (int c = 0; c < def->column_count; c++)
        if (def->columns[c].flags & flag) {
            const char *name = def->columns[c].name;
            sqlite3_str_appendf(sql, "%sSELECT '%w' AS name WHERE EXISTS (SELECT 1 FROM main.\"%w\" WHERE \"%w\" IS NOT NULL)", word, name, def->name, name);
            word = " UNION ALL ";
        }
    sqlite3_str_appendall(sql, ") HAVING COUNT(*) > 0");
    return sqlite3_str_finish(sql);
}

static bool concerns_unread(const struct fab_table_def *def)
{
    return has_flag(def, FAB_UNREAD);
}

static char *make_unread(const struct fab_table_def *def)
{
    return make_flagged(def, FAB_UNREAD, "no plan reads");
}

static bool concerns_policies(const struct fab_table_def *def)
{
    return has_flag(def, FAB_BY_POLICY);
}

static char *make_policies(const struct fab_table_def *def)
{
    return make_flagged(def, FAB_BY_POLICY, "only the policies priority, fair and entitlement read");
}

static bool concerns_whole(const struct fab_table_def *def)
{
    return has_flag(def, FAB_BY_WHOLE);
}

static char *make_whole(const struct fab_table_def *def)
{
    return make_flagged(def, FAB_BY_WHOLE, "only plans with whole decisions read");
}

const struct fab_made_check fab_made_checks[] = {
    {"check_dated", concerns_dated, make_dated},
    {"check_overlap", concerns_overlap, make_overlap},
    {"check_unread", concerns_unread, make_unread},
    {"check_policies", concerns_policies, make_policies},
    {"check_whole", concerns_whole, make_whole},
};
const int fab_made_check_count = (int)(sizeof fab_made_checks / sizeof *fab_made_checks);
