/* A database file. An input that begins with F is the bytes of the file behind it; one that begins with S, or with D (then doctor examines
 * it too), is SQL that another program runs on a good database: the small fab with a plan and a yield estimate, as this program makes it.
 * Any other is a list of edits of the good one: its first byte holds the mode, then four bytes are an edit, a place and what is put there;
 * the last place of all cuts the file off.
 * - What cannot be used is refused as a database, by every verb.
 * - A database that is read is not written.
 * - One that is accepted, although it was edited, gives the same linear program unless its lots are others: the seal covers all inputs but
 * the wafer-lot history. With the mode's UNSEALED the good database has no seal, as if a stranger had made it: then only that every verb
 *   survives.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "fab.h"
#include "result.h"

#include <fabplan/history.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Bits of the mode. DATA: places are those of rows, not those of the schema and of empty pages. DOCTOR takes as long as all the rest. */
enum {
    UNSEALED = 1,
    DATA = 2,
    WRITE = 4,
    DOCTOR = 8,
    FILE_MODE = 'F',
    SQL_MODE = 'S',
    SQL_DOCTOR_MODE = 'D',
    EDIT_SIZE = 4,
    CUT_PLACE = 0xFFFFFF
};

struct base {
    char *bytes;
    size_t size;
};

struct bench {
    fab_context *context;
    struct base sealed, unsealed;
    uint32_t *places; /* of rows */
    size_t place_count;
    char *program; /* the good database's, as MPS */
    char *lots;    /* that are on their way, as JSON */
    char path[FUZZ_PATH_SIZE], model[FUZZ_PATH_SIZE], folder[FUZZ_PATH_SIZE];
};

/* ---- the good database ---- */

static void run_sql(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    int code = sqlite3_open(path, &db);
    if (code == SQLITE_OK)
        code = sqlite3_exec(db, sql, NULL, NULL, NULL);
    FUZZ_CHECK(code == SQLITE_OK, "%s: %s", sql, sqlite3_errmsg(db));
    sqlite3_close(db);
}

/* Small pages make a small file. Times of the plan are all that differs from run to run: the same places mean the same. */
static struct base pack(const char *path)
{
    struct base base;
    run_sql(path, "PRAGMA page_size = 512; VACUUM");
    base.bytes = fuzz_read(path, &base.size);
    FUZZ_CHECK(base.bytes, "%s: cannot be read", path);
    return base;
}

/* The lots that a plan counts with; NULL when they cannot be read. */
static char *read_lots(const struct bench *bench, fab *handle)
{
    fab_table *lots = NULL;
    fab_result *result = NULL;
    fab_status status = fab_store_select(bench->context, handle->store, "load_wip", NULL, 0, &lots);
    if (status == FAB_OK)
        status = fab_result_of(bench->context, "lots", "lots", lots, &result);
    char *text = status == FAB_OK ? fab_result_json(result) : NULL;
    fab_result_free(result);
    return text;
}

static void fill(struct bench *bench, fab *handle)
{
    const char *path = FUZZ_FAB;
    const fab_import_request import = {.paths = &path, .path_count = 1};
    const fab_optimise_request optimise = {0};
    const fab_yield_fit_request fit = {0};
    fab_optimise_result result = {0};
    fab_result *summary = NULL;
    int64_t snapshot;
    fab_status status = fab_import(bench->context, handle, &import, &summary);
    if (status == FAB_OK)
        status = fab_optimise(bench->context, handle, &optimise, &result);
    if (status == FAB_OK)
        status = fab_yield_fit(bench->context, handle, &fit, &snapshot);
    if (status == FAB_OK)
        status = fab_write_model(bench->context, handle, FAB_MODEL_MPS, bench->model);
    bench->lots = read_lots(bench, handle);
    FUZZ_CHECK(status == FAB_OK && result.plan == 1 && bench->lots, "%s", fab_context_message(bench->context));
    fab_result_free(result.answer);
    fab_result_free(summary);
}

static struct base make_base(struct bench *bench, bool filled)
{
    fab *handle = NULL;
    unlink(bench->path);
    fab_status status = fab_open(bench->context, bench->path, FAB_CREATE, &handle);
    FUZZ_CHECK(status == FAB_OK, "%s", fab_context_message(bench->context));
    if (filled)
        fill(bench, handle);
    fab_close(handle);
    return pack(bench->path);
}

/* Rows are where the file differs from that of an empty database. */
static void find_places(struct bench *bench)
{
    struct base empty = make_base(bench, false);
    bench->places = calloc(bench->sealed.size, sizeof *bench->places);
    FUZZ_CHECK(bench->places, "out of memory");
    for (size_t i = 0; i < bench->sealed.size; i++)
        if (i >= empty.size || empty.bytes[i] != bench->sealed.bytes[i])
            bench->places[bench->place_count++] = (uint32_t)i;
    free(empty.bytes);
}

static const struct bench *get_bench(void)
{
    static struct bench bench;
    size_t size;
    if (bench.context)
        return &bench;
    bench.context = fuzz_context();
    fuzz_path(bench.path, "file.db");
    fuzz_path(bench.model, "file.mps");
    fuzz_path(bench.folder, "export");
    bench.sealed = make_base(&bench, true);
    bench.program = fuzz_read(bench.model, &size);
    FUZZ_CHECK(bench.program, "%s: cannot be read", bench.model);
    run_sql(bench.path, "DELETE FROM input_seal");
    bench.unsealed = pack(bench.path);
    find_places(&bench);
    return &bench;
}

/* ---- verbs ---- */

/* True when the verb worked; a failure must be one that bad data may have. */
static bool good(const struct bench *bench, fab_status status)
{
    if (status != FAB_OK)
        fuzz_check_failure(bench->context, status);
    return status == FAB_OK;
}

/* A result that came is printed as JSON and freed. */
static void take(fab_result **result)
{
    if (*result)
        fab_free(fab_result_json(*result));
    fab_result_free(*result);
    *result = NULL;
}

static void read_plans(const struct bench *bench, fab *handle)
{
    fab_result *result = NULL;
    int64_t plan = 0;
    good(bench, fab_plans(bench->context, handle, &result));
    take(&result);
    if (!good(bench, fab_find_plan(bench->context, handle, 0, &plan)))
        return;
    good(bench, fab_plan_show(bench->context, handle, plan, &result));
    take(&result);
    good(bench, fab_plan_summary(bench->context, handle, plan, &result));
    take(&result);
}

static void read_history(const struct bench *bench, fab *handle)
{
    const fab_lots_request lots = {0};
    const fab_yield_spc_request spc = {0};
    fab_yield_show_request show = {.whole = true};
    fab_result *result = NULL;
    good(bench, fab_lots_summary(bench->context, handle, &lots, &result));
    take(&result);
    good(bench, fab_yield_spc(bench->context, handle, &spc, &result));
    take(&result);
    if (good(bench, fab_yield_find_snapshot(bench->context, handle, 0, &show.snapshot)))
        good(bench, fab_yield_show(bench->context, handle, &show, &result));
    take(&result);
}

static void read_inputs(const struct bench *bench, fab *handle, bool same)
{
    fab_result *findings = NULL;
    size_t size;
    unlink(bench->model);
    good(bench, fab_check(bench->context, handle, &findings));
    take(&findings);
    fuzz_empty(bench->folder);
    good(bench, fab_export(bench->context, handle, bench->folder));
    bool written = good(bench, fab_write_model(bench->context, handle, FAB_MODEL_MPS, bench->model));
    char *program = written ? fuzz_read(bench->model, &size) : NULL;
    char *lots = read_lots(bench, handle);
    same = same && lots && strcmp(lots, bench->lots) == 0;
    FUZZ_CHECK(!same || (program && strcmp(program, bench->program) == 0), "accepted, and it gives another linear program: %s",
               written ? "" : fab_context_message(bench->context));
    free(program);
    free(lots);
}

static void use(const struct bench *bench, fab *handle, int mode)
{
    fab_result *report = NULL;
    read_inputs(bench, handle, !(mode & UNSEALED));
    read_plans(bench, handle);
    read_history(bench, handle);
    if (mode & DOCTOR)
        good(bench, fab_doctor(bench->context, handle, &report));
    take(&report);
}

/* ---- inputs ---- */

static void write_edited(const struct bench *bench, const uint8_t *bytes, size_t size)
{
    const struct base *base = bytes[0] & UNSEALED ? &bench->unsealed : &bench->sealed;
    size_t left = base->size;
    char *file = malloc(base->size);
    FUZZ_CHECK(file, "out of memory");
    memcpy(file, base->bytes, base->size);
    for (const uint8_t *edit = bytes + 1; edit + EDIT_SIZE <= bytes + size; edit += EDIT_SIZE) {
        uint32_t place = (uint32_t)edit[0] << 16 | (uint32_t)edit[1] << 8 | edit[2];
        if (place == CUT_PLACE)
            left = base->size * edit[3] / 256;
        else if (bytes[0] & DATA)
            file[bench->places[place % bench->place_count]] = (char)edit[3];
        else
            file[place % base->size] = (char)edit[3];
    }
    fuzz_write(bench->path, file, left);
    free(file);
}

static int allow_tables(void *user, int action, const char *a, const char *b, const char *database, const char *trigger)
{
    (void)user, (void)a, (void)b, (void)database, (void)trigger;
    return action == SQLITE_ATTACH || action == SQLITE_PRAGMA ? SQLITE_DENY : SQLITE_OK;
}

static int stop(void *user)
{
    (void)user;
    return 1;
}

/* What somebody's SQL makes of the good database, as far as SQLite takes it: the file at bench->path. */
static void run_strangers_sql(const struct bench *bench, const uint8_t *bytes, size_t size)
{
    enum { STEPS_MAX = 1000000 };
    sqlite3 *db = NULL;
    char *sql = malloc(size + 1);
    FUZZ_CHECK(sql, "out of memory");
    memcpy(sql, bytes, size);
    sql[size] = '\0';
    fuzz_write(bench->path, bench->unsealed.bytes, bench->unsealed.size);
    FUZZ_CHECK(sqlite3_open(bench->path, &db) == SQLITE_OK, "%s: cannot be opened", bench->path);
    sqlite3_exec(db, "PRAGMA foreign_keys = ON; PRAGMA synchronous = OFF", NULL, NULL, NULL);
    sqlite3_set_authorizer(db, allow_tables, NULL);
    sqlite3_progress_handler(db, STEPS_MAX, stop, NULL);
    sqlite3_exec(db, sql, NULL, NULL, NULL);
    sqlite3_close(db);
    free(sql);
}

static void check_unwritten(const struct bench *bench, const char *file, size_t size)
{
    size_t now_size = 0;
    char *now = fuzz_read(bench->path, &now_size);
    FUZZ_CHECK(now && now_size == size && memcmp(now, file, size) == 0, "a database that was only read has been written");
    free(now);
}

/* The file at bench->path holds the bytes. */
static void open_file(const struct bench *bench, const char *file, size_t size, int mode)
{
    fab *handle = NULL;
    fab_access access = mode & WRITE ? FAB_WRITE : FAB_READ;
    fab_status status = fab_open(bench->context, bench->path, access, &handle);
    if (status == FAB_OK)
        use(bench, handle, mode);
    else {
        fuzz_check_failure(bench->context, status);
        FUZZ_CHECK(status == FAB_DATABASE, "%s: %s", fab_status_name(status), fab_context_message(bench->context));
    }
    fab_close(handle);
    if (access == FAB_READ)
        check_unwritten(bench, file, size);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const struct bench *bench = get_bench();
    char journal[FUZZ_PATH_SIZE];
    if (size == 0)
        return 0;
    bool is_file = bytes[0] == FILE_MODE, is_sql = bytes[0] == SQL_MODE || bytes[0] == SQL_DOCTOR_MODE;
    int mode = is_file || bytes[0] == SQL_MODE ? UNSEALED : is_sql ? UNSEALED | DOCTOR : bytes[0];
    unlink(fuzz_path(journal, "file.db-journal"));
    unlink(fuzz_path(journal, "file.db-wal"));
    if (is_file)
        fuzz_write(bench->path, bytes + 1, size - 1);
    else if (is_sql)
        run_strangers_sql(bench, bytes + 1, size - 1);
    else
        write_edited(bench, bytes, size);
    char *file = fuzz_read(bench->path, &size);
    FUZZ_CHECK(file, "%s: cannot be read", bench->path);
    open_file(bench, file, size, mode);
    free(file);
    return 0;
}
