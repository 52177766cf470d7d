/* The cross-checks of an import: findings get the file and line of the row at fault when the import brought it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "checks.h"
#include "import.h"

#include <string.h>

struct state {
    struct fab_import *import;
    struct fab_findings others; /* about rows that were there before, or about no row */
};

static struct fab_import_file *find_file(struct fab_import *import, const struct fab_check_row *found)
{
    for (int f = 0; f < import->file_count; f++)
        if (found->def && import->files[f].def == found->def)
            return &import->files[f];
    return NULL;
}

/* A finding counts against the import when its table is one of the imported, or when a whole data set is. Anything else was so before. */
static void say_about_table(struct state *state, const struct fab_import_file *file, const struct fab_check_row *found, const char *key)
{
    fab_level level = found->finding && (file || state->import->whole) ? FAB_LEVEL_FINDING : FAB_LEVEL_WARNING;
    if (level == FAB_LEVEL_FINDING && state->others.count++ >= FAB_FINDINGS_SHOWN)
        return;
    fab_say(state->import->context, level, "table %s%s%s: %s", found->table, *key ? " " : "", key, found->text);
}

static fab_status say_about_row(struct state *state, struct fab_import_file *file, const struct fab_check_row *found, int64_t line)
{
    struct fab_csv_place place = {line, 1};
    fab_status status = FAB_OK;
    if (!fab_findings_full(&file->findings))
        status = fab_import_find_place(state->import, file, line, found->column, &place);
    if (status != FAB_OK)
        return status;
    if (found->finding)
        fab_finding_add(&file->findings, place, "%s", found->text);
    else
        fab_say(state->import->context, FAB_LEVEL_WARNING, "%s:%lld:%d: %s", file->path, (long long)place.line, place.column, found->text);
    return FAB_OK;
}

static fab_status take(void *user, const struct fab_check_row *found)
{
    struct state *state = user;
    struct fab_import_file *file = find_file(state->import, found);
    char key[FAB_PROBLEM_SIZE] = "";
    int64_t line = 0;
    fab_status status = FAB_OK;
    if (file && found->row_id)
        status = fab_import_find_line(state->import, file, found->row_id, &line);
    if (status == FAB_OK && line > 0)
        return say_about_row(state, file, found, line);
    if (status == FAB_OK && found->def && found->row_id)
        status = fab_statement_read_key(state->import->context, state->import->store, found->def, found->row_id, key, sizeof key);
    if (status == FAB_OK)
        say_about_table(state, file, found, key);
    return status;
}

fab_status fab_import_check(struct fab_import *import)
{
    struct state state = {.import = import, .others = {.context = import->context}};
    fab_status status = fab_checks_run(import->context, import->store, take, &state);
    if (status == FAB_OK && state.others.count > FAB_FINDINGS_SHOWN)
        fab_say(import->context, FAB_LEVEL_FINDING, "... and %lld more findings", (long long)(state.others.count - FAB_FINDINGS_SHOWN));
    import->other_findings = state.others.count;
    return status;
}
