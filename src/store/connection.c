/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "internal.h"

#include "backup.h"
#include "fail.h"
#include "output.h"
#include "place.h"
#include "try.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    BUSY_MILLISECONDS = 3000,
    PROGRESS_STEPS = 20000, /* SQLite virtual machine steps between two looks at the interruption flag: about a millisecond */
    CACHE_KIB = 65536,
    ROLLBACK_TRIES = 2 /* one may fail for want of memory; the transaction would be in the way of the next */
};

/* ---- errors ---- */

static fab_status status_of(int code)
{
    switch (code) {
    case SQLITE_IOERR_NOMEM: return FAB_NO_MEMORY;
    case SQLITE_IOERR_WRITE:
    case SQLITE_IOERR_FSYNC:
    case SQLITE_IOERR_DIR_FSYNC:
    case SQLITE_IOERR_TRUNCATE:
    case SQLITE_IOERR_DELETE:
    case SQLITE_IOERR_CLOSE: return FAB_OUTPUT;
    default: break;
    }
    switch (code & 0xFF) {
    case SQLITE_NOMEM: return FAB_NO_MEMORY;
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return FAB_BUSY;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_SCHEMA:
    case SQLITE_IOERR: return FAB_DATABASE;
    case SQLITE_FULL:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN: return FAB_OUTPUT;
    case SQLITE_INTERRUPT: return FAB_INTERRUPTED;
    default: return FAB_INTERNAL;
    }
}

fab_status fab_store_fail_code(fab_context *context, const char *path, int code, const char *text)
{
    fab_status status = status_of(code);
    switch (status) {
    case FAB_NO_MEMORY: return fab_fail_memory(context);
    case FAB_BUSY: return fab_fail(context, status, "%s: locked by another program; try again when it is done", path);
    case FAB_INTERRUPTED: return fab_fail(context, status, "interrupted");
    default: return fab_fail_as(context, status, (code & 0xFF) == SQLITE_IOERR ? "disk" : "", "%s: %s", path, text);
    }
}

fab_status fab_store_fail(fab_context *context, fab_store *store)
{
    return fab_store_fail_code(context, store->path, sqlite3_extended_errcode(store->db), sqlite3_errmsg(store->db));
}

/* ---- statements ---- */

fab_status fab_store_run(fab_context *context, fab_store *store, const char *sql)
{
    return sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK ? FAB_OK : fab_store_fail(context, store);
}

fab_status fab_store_prepare(fab_context *context, fab_store *store, const char *sql, sqlite3_stmt **statement)
{
    return sqlite3_prepare_v2(store->db, sql, -1, statement, NULL) == SQLITE_OK ? FAB_OK : fab_store_fail(context, store);
}

fab_status fab_store_step(fab_context *context, fab_store *store, sqlite3_stmt *statement, bool *row)
{
    int code = sqlite3_step(statement);
    *row = code == SQLITE_ROW;
    return code == SQLITE_ROW || code == SQLITE_DONE ? FAB_OK : fab_store_fail(context, store);
}

fab_status fab_store_execute(fab_context *context, fab_store *store, sqlite3_stmt *statement)
{
    bool row;
    fab_status status = fab_store_step(context, store, statement, &row);
    sqlite3_reset(statement);
    return status;
}

/* ---- transactions ---- */

fab_status fab_store_begin(fab_context *context, fab_store *store)
{
    fab_store_enter(store, context);
    return fab_store_run(context, store, "BEGIN IMMEDIATE");
}

fab_status fab_store_check_references(fab_context *context, fab_store *store)
{
    sqlite3_stmt *statement = NULL;
    bool row = false;
    fab_status status = FAB_OK;
    TRY(fab_store_prepare(context, store, "PRAGMA foreign_key_check", &statement));
    TRY(fab_store_step(context, store, statement, &row));
    if (row)
        status = fab_fail(context, FAB_DATABASE, "%s: damaged: a row of %s names a row of %s that does not exist", store->path,
                          (const char *)sqlite3_column_text(statement, 0), (const char *)sqlite3_column_text(statement, 2));
out:
    sqlite3_finalize(statement);
    return status;
}

fab_status fab_store_hold(fab_context *context, fab_store *store, bool *held)
{
    fab_store_enter(store, context);
    *held = sqlite3_get_autocommit(store->db) != 0;
    return *held ? fab_store_run(context, store, "BEGIN") : FAB_OK;
}

void fab_store_let_go(fab_store *store, bool held)
{
    if (held)
        fab_store_rollback(store);
}

fab_status fab_store_commit(fab_context *context, fab_store *store)
{
    fab_status status = FAB_OK;
    fab_store_enter(store, context);
    if (store->inputs_changed && store->mode != FAB_STORE_MEMORY)
        TRY(fab_store_seal(context, store));
    TRY(fab_store_run(context, store, "COMMIT"));
    store->inputs_changed = false;
out:
    return status;
}

void fab_store_rollback(fab_store *store)
{
    /* a failed statement may have rolled back already; the rollback itself must not be interrupted */
    store->context = NULL;
    store->inputs_changed = false;
    for (int i = 0; i < ROLLBACK_TRIES && !sqlite3_get_autocommit(store->db); i++)
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
}

/* ---- opening and closing ---- */

static int on_progress(void *user)
{
    const fab_store *store = user;
    return store->context && fab_context_interrupted(store->context);
}

/* Nothing that a hostile file holds may run or reach beyond the file. */
static fab_status configure(fab_context *context, fab_store *store)
{
    static const struct {
        int option, value;
    } options[] = {
        {SQLITE_DBCONFIG_DEFENSIVE, 1}, {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0}, {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
        {SQLITE_DBCONFIG_DQS_DML, 0},   {SQLITE_DBCONFIG_DQS_DDL, 0},        {SQLITE_DBCONFIG_ENABLE_FKEY, 1},
    };
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        if (sqlite3_db_config(store->db, options[i].option, options[i].value, NULL) != SQLITE_OK)
            return fab_store_fail(context, store);
    sqlite3_limit(store->db, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_busy_timeout(store->db, BUSY_MILLISECONDS);
    sqlite3_progress_handler(store->db, PROGRESS_STEPS, on_progress, store);
    char *pragmas =
        sqlite3_mprintf("PRAGMA cell_size_check = ON; PRAGMA recursive_triggers = ON; PRAGMA cache_size = -%d; PRAGMA temp_store = FILE%s",
                        CACHE_KIB, store->mode == FAB_STORE_READ ? "; PRAGMA query_only = ON" : "");
    if (!pragmas)
        return fab_fail_memory(context);
    fab_status status = fab_store_run(context, store, pragmas);
    sqlite3_free(pragmas);
    return status;
}

fab_status fab_store_enforce_references(fab_context *context, fab_store *store, bool enforced)
{
    return sqlite3_db_config(store->db, SQLITE_DBCONFIG_ENABLE_FKEY, (int)enforced, NULL) == SQLITE_OK ? FAB_OK
                                                                                                       : fab_store_fail(context, store);
}

static void disconnect(fab_store *store)
{
    sqlite3_close(store->db);
    store->db = NULL;
}

static fab_status connect(fab_context *context, fab_store *store, const char *path, int flags)
{
    disconnect(store);
    int code = sqlite3_open_v2(path, &store->db, flags | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_NOMUTEX, NULL);
    if (!store->db)
        return fab_fail_memory(context);
    return code == SQLITE_OK ? configure(context, store) : fab_store_fail(context, store);
}

void fab_store_close(fab_store *store)
{
    if (!store)
        return;
    store->context = NULL;
    sqlite3_close(store->db);
    free(store->path);
    free(store);
}

static fab_status make_store(fab_context *context, const char *path, fab_store_mode mode, fab_store **made)
{
    fab_store *store = calloc(1, sizeof *store);
    if (!store)
        return fab_fail_memory(context);
    store->mode = mode;
    store->context = context;
    store->path = strdup(path ? path : "memory");
    if (!store->path) {
        free(store);
        return fab_fail_memory(context);
    }
    *made = store;
    return FAB_OK;
}

fab_status fab_store_open_memory(fab_context *context, fab_store **opened)
{
    fab_store *store = NULL;
    fab_status status = FAB_OK;
    TRY(make_store(context, NULL, FAB_STORE_MEMORY, &store));
    TRY(connect(context, store, ":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY));
    *opened = store;
    store = NULL;
out:
    fab_store_close(store);
    return status;
}

/* Makes the empty file, so that an existing one is never written over. An empty file that is there already is what an interrupted creation
 * leaves. */
static fab_status reserve_file(fab_context *context, const char *path, bool *made)
{
    struct stat found;
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    *made = file >= 0;
    if (file >= 0) {
        close(file);
        return FAB_OK;
    }
    if (errno != EEXIST)
        return fab_fail_errno(context, FAB_OUTPUT, "%s: cannot be made", path);
    if (stat(path, &found) == 0 && S_ISREG(found.st_mode) && found.st_size == 0)
        return FAB_OK;
    return fab_fail(context, FAB_USAGE, "%s: exists already", path);
}

static fab_status check_file(fab_context *context, const char *path)
{
    struct stat found;
    if (stat(path, &found) != 0)
        return fab_fail_errno(context, FAB_USAGE, "%s", path);
    if (!S_ISREG(found.st_mode))
        return fab_fail(context, FAB_USAGE, "%s: not a file", path);
    if (found.st_size == 0)
        return fab_fail(context, FAB_DATABASE, "%s: empty, not a fabplan database", path);
    return fab_store_check_place(context, path);
}

static fab_status open_existing(fab_context *context, fab_store *store, const char *path)
{
    int version = 0;
    fab_status status = check_file(context, path);
    /* To read it as well, although query_only is on then: an interrupted write has to be undone first, and SQLite leaves the CHECKs out of
     * the schema of a file that it may not write (sqlite3AddCheckConstraint), so that values outside their domains would pass. */
    if (status == FAB_OK)
        status = connect(context, store, path, SQLITE_OPEN_READWRITE);
    if (status == FAB_OK)
        status = fab_store_examine(context, store, false, &version);
    if (status == FAB_INTERNAL) /* what SQLite cannot make sense of is the file's fault */
        status = FAB_DATABASE;
    if (status != FAB_OK || version == fab_store_schema_version())
        return status;
    if (store->mode == FAB_STORE_READ)
        return fab_fail(context, FAB_DATABASE,
                        "%s: schema %d is older than this program's %d; import or optimise into it once to bring it up to date", path,
                        version, fab_store_schema_version());
    status = fab_store_backup(context, store, version);
    return status == FAB_OK ? fab_store_migrate(context, store, version, fab_store_schema_version()) : status;
}

/* A new database is made under another name, without a journal, and then put in its place: an interruption leaves nothing there but the
 * empty file that holds the name. */
static fab_status make_database(fab_context *context, fab_store *store, const char *path)
{
    struct fab_output output = {0};
    fab_status status = FAB_OK;
    TRY(fab_output_begin(context, path, &output));
    TRY(connect(context, store, output.temporary, SQLITE_OPEN_READWRITE));
    TRY(fab_store_run(context, store, "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF"));
    TRY(fab_store_migrate(context, store, 0, fab_store_schema_version()));
    disconnect(store);
    TRY(fab_output_commit(context, &output));
out:
    disconnect(store);
    fab_output_end(&output);
    return status;
}

static fab_status open_new(fab_context *context, fab_store *store, const char *path)
{
    bool made = false;
    fab_status status = FAB_OK;
    TRY(reserve_file(context, path, &made));
    TRY(fab_store_check_place(context, path));
    TRY(make_database(context, store, path));
    TRY(connect(context, store, path, SQLITE_OPEN_READWRITE));
out:
    if (status != FAB_OK && made) {
        disconnect(store);
        unlink(path);
    }
    return status;
}

fab_status fab_store_open(fab_context *context, const char *path, fab_store_mode mode, fab_store **opened)
{
    fab_store *store = NULL;
    fab_status status = FAB_OK;
    char *plain = NULL;
    if (mode == FAB_STORE_MEMORY) {
        TRY(fab_store_open_memory(context, &store));
        TRY(fab_store_migrate(context, store, 0, fab_store_schema_version()));
    } else {
        if (!path || !*path)
            return fab_fail(context, FAB_USAGE, "a database needs a name");
        /* SQLite gives a meaning of its own to names that begin with a colon */
        TRY_MEMORY(context, plain = sqlite3_mprintf("%s%s", path[0] == ':' ? "./" : "", path));
        TRY(make_store(context, path, mode, &store));
        TRY(mode == FAB_STORE_CREATE ? open_new(context, store, plain) : open_existing(context, store, plain));
    }
    *opened = store;
    store = NULL;
out:
    sqlite3_free(plain);
    fab_store_close(store);
    return status;
}

const char *fab_store_engine_name(void)
{
    return "SQLite " SQLITE_VERSION;
}
