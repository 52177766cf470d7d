/* Rows that are added to what is sealed, each behind the one before: tested values and key figures of a plan, releases.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "digest.h"

#include "try.h"

#include <stdio.h>
#include <string.h>

/* A table of such rows: chained for each plan, or as a whole. */
struct chain {
    const char *table, *word;
    bool by_plan;
    const char *select, *update;
};

static const struct chain chains[] = {
    {"plan_value", "plan", true,
     "SELECT h.content_sha256, h.schema_version, v.* FROM main.plan_value AS v LEFT JOIN main.plan_hash AS h ON h.plan = v.plan ORDER BY v.plan, v.number",
     "UPDATE main.plan_value SET row_sha256 = :sha256 WHERE plan = :plan AND number = :number"},
    {"plan_resilience", "plan", true,
     "SELECT h.content_sha256, h.schema_version, v.* FROM main.plan_resilience AS v LEFT JOIN main.plan_hash AS h ON h.plan = v.plan ORDER BY v.plan, v.number",
     "UPDATE main.plan_resilience SET row_sha256 = :sha256 WHERE plan = :plan AND number = :number"},
    {"plan_release", "release", false,
     "SELECT h.content_sha256, h.schema_version, r.* FROM main.plan_release AS r LEFT JOIN main.plan_hash AS h ON h.plan = r.plan ORDER BY r.number",
     "UPDATE main.plan_release SET row_sha256 = :sha256 WHERE plan = :plan AND number = :number"},
};

/* A row at hand, and the one before of its chain. */
struct link {
    int64_t plan, number, plan_before;
    bool dated; /* its plan has a schema version: rows have digests */
    char before[FAB_SHA256_HEX_SIZE + 1], stored[FAB_SHA256_HEX_SIZE + 1], found[FAB_SHA256_HEX_SIZE]; /* of what is stored one character more, which somebody may have added */
};

static const char *text_of(sqlite3_stmt *statement, int column)
{
    const char *text = (const char *)sqlite3_column_text(statement, column);
    return text ? text : "";
}

/* The digest of the row, of all its columns but that of the digest, the content of its plan, and the row before. */
static bool read_link(sqlite3_stmt *statement, const struct chain *chain, struct link *link)
{
    fab_sha256 *sha256 = fab_sha256_new();
    bool good = sha256 != NULL;
    link->dated = sqlite3_column_type(statement, 1) == SQLITE_INTEGER;
    *link->stored = '\0';
    for (int c = 2; good && c < sqlite3_column_count(statement); c++) {
        const char *name = sqlite3_column_name(statement, c);
        if (name && strcmp(name, "row_sha256") == 0)
            snprintf(link->stored, sizeof link->stored, "%s", text_of(statement, c));
        else
            good = name && fab_digest_add(sha256, statement, c);
        if (name && strcmp(name, "plan") == 0)
            link->plan = sqlite3_column_int64(statement, c);
        if (name && strcmp(name, "number") == 0)
            link->number = sqlite3_column_int64(statement, c);
    }
    if (chain->by_plan && link->plan != link->plan_before)
        *link->before = '\0';
    link->plan_before = link->plan;
    good = good && fab_sha256_add(sha256, text_of(statement, 0), strlen(text_of(statement, 0))) && fab_sha256_add(sha256, "\x1F", 1) &&
           fab_sha256_add(sha256, link->before, strlen(link->before)) && fab_sha256_finish(sha256, link->found);
    fab_sha256_free(sha256);
    return good;
}

/* ---- sealing ---- */

static fab_status write_link(fab_context *context, fab_store *store, sqlite3_stmt *update, const struct link *link)
{
    const fab_parameter parameters[] = {{":plan", fab_integer(link->plan)}, {":number", fab_integer(link->number)}, {":sha256", fab_text(link->found)}};
    fab_status status = FAB_OK;
    TRY(fab_store_bind(context, store, update, parameters, 3, FAB_INTERNAL));
    TRY(fab_store_execute(context, store, update));
out:
    return status;
}

static fab_status seal_chain(fab_context *context, fab_store *store, const struct chain *chain)
{
    sqlite3_stmt *statement = NULL, *update = NULL;
    struct link link = {.plan_before = -1};
    fab_status status = FAB_OK;
    bool row = true;
    TRY(fab_store_prepare(context, store, chain->select, &statement));
    TRY(fab_store_prepare(context, store, chain->update, &update));
    while (true) {
        TRY(fab_store_step(context, store, statement, &row));
        if (!row)
            break;
        TRY_MEMORY(context, read_link(statement, chain, &link));
        if (!*link.stored && link.dated)
            TRY(write_link(context, store, update, &link));
        snprintf(link.before, sizeof link.before, "%s", *link.stored ? link.stored : link.dated ? link.found : "");
    }
out:
    sqlite3_finalize(statement);
    sqlite3_finalize(update);
    return status;
}

fab_status fab_digest_seal_rows(fab_context *context, fab_store *store)
{
    fab_status status = FAB_OK;
    for (size_t c = 0; c < sizeof chains / sizeof *chains; c++)
        TRY(seal_chain(context, store, &chains[c]));
out:
    return status;
}

/* ---- checking ---- */

static fab_status check_chain(fab_context *context, fab_store *store, const struct chain *chain, fab_table *wrong)
{
    sqlite3_stmt *statement = NULL;
    struct link link = {.plan_before = -1};
    char detail[200];
    fab_status status = FAB_OK;
    int64_t named = -1;
    bool row = true;
    TRY(fab_store_prepare(context, store, chain->select, &statement));
    while (true) {
        TRY(fab_store_step(context, store, statement, &row));
        if (!row)
            break;
        TRY_MEMORY(context, read_link(statement, chain, &link));
        bool bad = strcmp(link.stored, link.found) != 0 && (link.dated || *link.stored);
        int64_t chained = chain->by_plan ? link.plan : 0;
        if (bad && named != chained) {
            named = chained;
            snprintf(detail, sizeof detail, "not what was stored: row %lld of %s, or one before it is gone", (long long)link.number, chain->table);
            TRY(fab_digest_add_wrong(context, wrong, chain->word, chain->by_plan ? link.plan : link.number, detail));
        }
        snprintf(link.before, sizeof link.before, "%s", link.stored);
    }
out:
    sqlite3_finalize(statement);
    return status;
}

fab_status fab_digest_check_rows(fab_context *context, fab_store *store, fab_table *wrong)
{
    fab_status status = FAB_OK;
    for (size_t c = 0; c < sizeof chains / sizeof *chains; c++)
        TRY(check_chain(context, store, &chains[c], wrong));
out:
    return status;
}
