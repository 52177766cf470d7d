/* SELECTs from outside: of a report, of a program that embeds the library. Whatever the text is, it can only read.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "internal.h"

#include "try.h"

#include <limits.h>
#include <string.h>

enum { VALUE_BYTES_MAX = 64 << 20 /* of one value: repeated doubling would eat all memory */ };

/* ---- what is allowed ---- */

/* Functions of SQLite that compute from their arguments and nothing else. Not among them: what loads, reaches a file, shows how
 * the database was built, or makes values out of nothing. */
static const char *const functions[] = {
    "->",           "->>",          "abs",           "acos",          "acosh",       "asin",       "asinh",       "atan",        "atan2",
    "atanh",        "avg",          "ceil",          "ceiling",       "char",        "coalesce",   "cos",         "cosh",        "count",
    "cume_dist",    "current_date", "current_time",  "current_timestamp", "date",    "datetime",   "degrees",     "dense_rank",  "exp",
    "first_value",  "floor",        "format",        "glob",          "group_concat", "hex",       "ifnull",      "iif",         "instr",
    "json",         "json_array",   "json_array_length", "json_extract", "json_group_array", "json_group_object", "json_object", "json_quote", "json_type",
    "json_valid",   "julianday",    "lag",           "last_value",    "lead",        "length",     "like",        "likelihood",  "likely",
    "ln",           "log",          "log10",         "log2",          "lower",       "ltrim",      "max",         "min",         "mod",
    "nth_value",    "ntile",        "nullif",        "percent_rank",  "pi",          "pow",        "power",       "printf",      "quote",
    "radians",      "rank",         "replace",       "round",         "row_number",  "rtrim",      "sign",        "sin",         "sinh",
    "sqrt",         "strftime",     "substr",        "substring",     "sum",         "tan",        "tanh",        "time",        "total",
    "trim",         "trunc",        "typeof",        "unicode",       "unixepoch",   "unlikely",   "upper",
};

static bool is_allowed_function(const char *name)
{
    for (size_t f = 0; name && f < sizeof functions / sizeof *functions; f++)
        if (sqlite3_stricmp(name, functions[f]) == 0)
            return true;
    return false;
}

/* Tables that SQLite makes up: pragmas as tables, its own state. sqlite_master is an ordinary one. */
static bool is_allowed_table(const char *name)
{
    static const char *const hidden[] = {"pragma_", "sqlite_dbpage", "sqlite_stmt", "dbstat", "bytecode", "tables_used"};
    for (size_t h = 0; name && h < sizeof hidden / sizeof *hidden; h++)
        if (sqlite3_strnicmp(name, hidden[h], (int)strlen(hidden[h])) == 0)
            return false;
    return true;
}

static int allow_reading(void *user, int action, const char *a, const char *b, const char *database, const char *trigger)
{
    (void)user, (void)database, (void)trigger;
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_RECURSIVE: return SQLITE_OK;
    case SQLITE_READ: return is_allowed_table(a) ? SQLITE_OK : SQLITE_DENY;
    case SQLITE_FUNCTION: return is_allowed_function(b) ? SQLITE_OK : SQLITE_DENY;
    default: return SQLITE_DENY;
    }
}

/* From here to fab_open_gate nothing can be written, also not by what SQLite compiles again on the way. */
static fab_status close_gate(fab_context *context, fab_store *store)
{
    fab_status status;
    /* made by SQLite at its first use, which the gate would refuse */
    TRY(fab_store_run(context, store, "SELECT 1 FROM json_each('[]')"));
    TRY(fab_store_run(context, store, "PRAGMA query_only = ON"));
    sqlite3_limit(store->db, SQLITE_LIMIT_LENGTH, VALUE_BYTES_MAX);
    sqlite3_set_authorizer(store->db, allow_reading, NULL);
out:
    return status;
}

/* Always works: the pragma sets a flag. A failure for want of memory leaves the store read-only, which is on the safe side. */
static void open_gate(fab_store *store)
{
    sqlite3_set_authorizer(store->db, NULL, NULL);
    sqlite3_limit(store->db, SQLITE_LIMIT_LENGTH, INT_MAX);
    if (store->mode != FAB_STORE_READ)
        sqlite3_exec(store->db, "PRAGMA query_only = OFF", NULL, NULL, NULL);
}

/* ---- the statement ---- */

static int line_of(const char *sql, int offset)
{
    int line = 1;
    for (int i = 0; i < offset && sql[i]; i++)
        line += sql[i] == '\n';
    return line;
}

/* True when nothing but blanks, semicolons and comments is left. */
static bool is_finished(const char *text)
{
    for (;;) {
        text += strspn(text, " \t\r\n;");
        if (strncmp(text, "--", 2) == 0) {
            text += strcspn(text, "\n");
        } else if (strncmp(text, "/*", 2) == 0) {
            const char *end = strstr(text + 2, "*/");
            if (!end)
                return true;
            text = end + 2;
        } else {
            return *text == '\0';
        }
    }
}

static fab_status prepare(fab_context *context, fab_store *store, const char *sql, const char *origin, sqlite3_stmt **statement)
{
    const char *rest = NULL;
    int code = sqlite3_prepare_v2(store->db, sql, -1, statement, &rest);
    if (code == SQLITE_NOMEM)
        return fab_fail_memory(context);
    if (code == SQLITE_INTERRUPT)
        return fab_fail(context, FAB_INTERRUPTED, "interrupted");
    if (code == SQLITE_AUTH)
        return fab_fail(context, FAB_INPUT, "%s: only a SELECT that reads the tables is allowed (%s)", origin, sqlite3_errmsg(store->db));
    if (code != SQLITE_OK)
        return fab_fail(context, FAB_INPUT, "%s:%d: %s", origin, line_of(sql, sqlite3_error_offset(store->db)), sqlite3_errmsg(store->db));
    if (!*statement)
        return fab_fail(context, FAB_INPUT, "%s: there is no statement", origin);
    if (!is_finished(rest))
        return fab_fail(context, FAB_INPUT, "%s:%d: only one statement is allowed", origin, line_of(sql, (int)(rest - sql)));
    if (!sqlite3_stmt_readonly(*statement) || sqlite3_column_count(*statement) == 0)
        return fab_fail(context, FAB_INPUT, "%s: only a SELECT is allowed", origin);
    return FAB_OK;
}

static fab_status run(fab_context *context, fab_store *store, sqlite3_stmt *statement, const struct fab_outside *outside, fab_table **result,
                      bool *complete)
{
    int limit = outside->row_limit ? outside->row_limit : INT_MAX;
    fab_status status;
    fab_table *table = NULL;
    bool more = false;
    TRY(fab_store_bind(context, store, statement, outside->parameters, outside->parameter_count, FAB_INPUT));
    TRY(fab_store_collect(context, store, statement, outside->name, limit, &table));
    if (fab_table_rows(table) == limit)
        TRY(fab_store_step(context, store, statement, &more));
    *result = table;
    *complete = !more;
    table = NULL;
out:
    fab_table_free(table);
    if (status == FAB_INTERNAL) /* what fails while it runs (division of text, a JSON function) is the text's fault, not the program's */
        status = FAB_INPUT;
    return status == FAB_INPUT ? fab_fail_in(context, status, "%s", outside->name) : status;
}

fab_status fab_store_select_outside(fab_context *context, fab_store *store, const struct fab_outside *outside, fab_table **result,
                                    bool *complete)
{
    fab_status status;
    sqlite3_stmt *statement = NULL;
    fab_store_enter(store, context);
    TRY(close_gate(context, store));
    TRY(prepare(context, store, outside->sql, outside->name, &statement));
    TRY(run(context, store, statement, outside, result, complete));
out:
    sqlite3_finalize(statement);
    open_gate(store);
    return status;
}

fab_status fab_store_select_text(fab_context *context, fab_store *store, const char *sql, const char *origin,
                                 const fab_parameter parameters[], int parameter_count, fab_table **result)
{
    const struct fab_outside outside = {.sql = sql, .name = origin, .parameters = parameters, .parameter_count = parameter_count};
    bool complete;
    return fab_store_select_outside(context, store, &outside, result, &complete);
}

fab_status fab_store_find_parameters(fab_context *context, fab_store *store, const char *sql, const char *origin,
                                     const char *const names[], int count, bool found[])
{
    fab_status status;
    sqlite3_stmt *statement = NULL;
    fab_store_enter(store, context);
    TRY(close_gate(context, store));
    TRY(prepare(context, store, sql, origin, &statement));
    for (int n = 0; n < count; n++)
        found[n] = sqlite3_bind_parameter_index(statement, names[n]) > 0;
out:
    sqlite3_finalize(statement);
    open_gate(store);
    return status;
}
