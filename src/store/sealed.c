/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sealed.h"

#include "try.h"

#include <string.h>

static const char *const plan_apart[] = {"plan_value", "plan_resilience", "plan_hash", "plan_digest", NULL};
static const char *const plan_beside[] = {"plan_basis", NULL}; /* where a solver stood: nothing that is believed */
static const char *const plan_left_out[] = {"plan", "name", "created_utc", "iterations", "versions", "input_sha256", NULL};
static const char *const yields_apart[] = {"yield_hash", "yield_digest", NULL};
static const char *const yields_beside[] = {NULL};
static const char *const yields_left_out[] = {"snapshot", "created_utc", "versions", NULL};

static const char *const sweep_apart[] = {"sweep_hash", "sweep_digest", NULL};
static const char *const sweep_beside[] = {NULL};
static const char *const sweep_left_out[] = {"sweep", "created_utc", "versions", NULL};

#define SELECT_HASH(hash, key) "SELECT content_sha256, schema_version, record_sha256 FROM main." hash " WHERE " key " = :number"
#define SELECT_ALL(head, hash, key) \
    "SELECT h." key ", x.content_sha256, x.schema_version, x.record_sha256 FROM main." head " AS h LEFT JOIN main." hash " AS x ON x." key " = h." key " ORDER BY 1"
#define SELECT_DIGEST(digest, key) "SELECT name, sha256 FROM main." digest " WHERE " key " = :number ORDER BY name"

const struct fab_sealed fab_sealed_plan = {"plan", "plan", "plan\\_%", "plan", "plan_hash", "plan_digest", plan_apart, plan_beside, plan_left_out,
                                           SELECT_HASH("plan_hash", "plan"), SELECT_ALL("plan", "plan_hash", "plan"), SELECT_DIGEST("plan_digest", "plan"), 13};
const struct fab_sealed fab_sealed_yields = {"yields", "yield_snapshot", "yield\\_%", "snapshot", "yield_hash", "yield_digest", yields_apart, yields_beside, yields_left_out,
                                             SELECT_HASH("yield_hash", "snapshot"), SELECT_ALL("yield_snapshot", "yield_hash", "snapshot"),
                                             SELECT_DIGEST("yield_digest", "snapshot"), 31};

const struct fab_sealed fab_sealed_sweep = {"sweep", "sweep", "sweep\\_%", "sweep", "sweep_hash", "sweep_digest", sweep_apart, sweep_beside, sweep_left_out,
                                            SELECT_HASH("sweep_hash", "sweep"), SELECT_ALL("sweep", "sweep_hash", "sweep"), SELECT_DIGEST("sweep_digest", "sweep"), 37};

static bool is_one_of(const char *const names[], const char *name)
{
    for (; *names; names++)
        if (strcmp(*names, name) == 0)
            return true;
    return false;
}

bool fab_sealed_is_left_out(const struct fab_sealed *kind, const char *column)
{
    return is_one_of(kind->left_out, column) || strncmp(column, "seconds_", strlen("seconds_")) == 0;
}

bool fab_sealed_is_beside(const struct fab_sealed *kind, const char *table)
{
    return is_one_of(kind->beside, table);
}

bool fab_sealed_is_apart(const struct fab_sealed *kind, const char *table)
{
    return is_one_of(kind->apart, table);
}

/* Rows of a table by all columns, the first of which are the key: `columns` has them from row `first` on; `count` of them. */
static char *make_sql(const fab_table *columns, int first, int count, const char *key)
{
    const char *table = fab_table_get(columns, first, 0)->text;
    sqlite3_str *sql = sqlite3_str_new(NULL);
    for (int c = 0; c < count; c++)
        sqlite3_str_appendf(sql, "%s \"%w\"", c ? "," : "SELECT", fab_table_get(columns, first + c, 1)->text);
    sqlite3_str_appendf(sql, " FROM main.\"%w\" WHERE \"%w\" = :number ORDER BY 1", table, key);
    for (int c = 2; c <= count; c++)
        sqlite3_str_appendf(sql, ", %d", c);
    return sqlite3_str_finish(sql);
}

struct visit {
    fab_context *context;
    fab_store *store;
    const struct fab_sealed *kind;
    int64_t number;
    const fab_table *columns;
};

static fab_status visit_table(const struct visit *visit, int first, int count, fab_sealed_sink *sink, void *user)
{
    const fab_parameter of_number = {":number", fab_integer(visit->number)};
    sqlite3_stmt *statement = NULL;
    char *sql = NULL;
    fab_status status = FAB_OK;
    TRY_MEMORY(visit->context, sql = make_sql(visit->columns, first, count, visit->kind->key));
    TRY(fab_store_prepare(visit->context, visit->store, sql, &statement));
    TRY(fab_store_bind(visit->context, visit->store, statement, &of_number, 1, FAB_INTERNAL));
    TRY(sink(user, fab_table_get(visit->columns, first, 0)->text, statement));
out:
    sqlite3_free(sql);
    sqlite3_finalize(statement);
    return status;
}

fab_status fab_sealed_visit(fab_context *context, fab_store *store, const struct fab_sealed *kind, fab_store *shape, int64_t number, fab_sealed_sink *sink, void *user)
{
    const fab_parameter parameters[] = {{":head", fab_text(kind->head)}, {":like", fab_text(kind->like)}, {":key", fab_text(kind->key)}};
    fab_table *columns = NULL;
    fab_status status = FAB_OK;
    TRY(fab_store_select(context, shape, "store_sealed_tables", parameters, 3, &columns));
    const struct visit visit = {context, store, kind, number, columns};
    for (int first = 0, next = 0; first < fab_table_rows(columns); first = next) {
        while (next < fab_table_rows(columns) && strcmp(fab_table_get(columns, next, 0)->text, fab_table_get(columns, first, 0)->text) == 0)
            next++;
        TRY(visit_table(&visit, first, next - first, sink, user));
    }
out:
    fab_table_free(columns);
    return status;
}
