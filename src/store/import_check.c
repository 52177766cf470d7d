/* The cross-checks of an import: findings get the file, line and column of the row at fault when the import brought it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "checks.h"
#include "import.h"

#include "arena.h"
#include "try.h"

#include <stdio.h>
#include <string.h>

/* What the checks say, kept until the files have been read for the places. */
struct complaint {
    struct complaint *next;
    struct fab_import_file *file; /* that brought rows of the table, NULL: none did */
    bool finding, placed;
    const char *code, *table, *key, *column, *value, *text; /* key, column and value may be NULL */
    struct fab_row_place place;
};

struct state {
    struct fab_import *import;
    fab_arena *arena;
    struct complaint *first, **end;
    int *kept;          /* findings per file, and behind them those about other tables */
    int64_t *uncounted; /* in the same order: findings that are only counted */
    int64_t others;     /* said about rows that were there before, or about no row */
};

static int find_file(const struct fab_import *import, const struct fab_table_def *def)
{
    for (int f = 0; f < import->file_count; f++)
        if (def && import->files[f].def == def)
            return f;
    return import->file_count;
}

static const char *dup(struct state *state, const char *text, bool *good)
{
    const char *copy = text ? fab_arena_dup(state->arena, text) : NULL;
    *good = *good && (copy || !text);
    return copy;
}

/* Only the findings that can be shown are kept. */
static fab_status take(void *user, const struct fab_check_row *found)
{
    struct state *state = user;
    int f = find_file(state->import, found->def);
    bool counts = found->finding && (f < state->import->file_count || state->import->options->whole), good = true;
    if (found->finding && state->kept[f] == FAB_FINDINGS_SHOWN) {
        state->uncounted[f]++;
        return FAB_OK;
    }
    struct complaint *complaint = fab_arena_take(state->arena, 1, sizeof *complaint);
    if (!complaint)
        return fab_fail_memory(state->import->context);
    complaint->file = f < state->import->file_count ? &state->import->files[f] : NULL;
    complaint->finding = counts;
    complaint->code = dup(state, found->code, &good);
    complaint->table = dup(state, found->table, &good);
    complaint->key = dup(state, found->key, &good);
    complaint->column = dup(state, found->column, &good);
    complaint->value = dup(state, found->value, &good);
    complaint->text = dup(state, found->text, &good);
    if (!good)
        return fab_fail_memory(state->import->context);
    state->kept[f] += found->finding;
    *state->end = complaint;
    state->end = &complaint->next;
    return FAB_OK;
}

/* ---- places ---- */

struct search {
    struct state *state;
    const struct fab_import_file *file;
    int left; /* to be found */
};

static bool is_sought(const struct complaint *complaint, const struct fab_import_file *file)
{
    return complaint->file == file && complaint->key && !complaint->placed;
}

static fab_status place_row(void *user, const struct fab_scanned_row *row, bool *stop)
{
    struct search *search = user;
    for (struct complaint *complaint = search->state->first; complaint; complaint = complaint->next) {
        if (!is_sought(complaint, search->file) || strcmp(complaint->key, row->key) != 0)
            continue;
        int column = complaint->column ? fab_statement_find_column(search->file->def, complaint->column) : -1;
        int field = column >= 0 ? row->fields[column] : -1;
        complaint->place = field >= 0 ? fab_row_place_of(row->reader, field) : (struct fab_row_place){row->reader->line, 1};
        complaint->placed = true;
        search->left--;
    }
    *stop = search->left == 0;
    return FAB_OK;
}

static fab_status find_places(struct state *state)
{
    fab_status status = FAB_OK;
    for (int f = 0; f < state->import->file_count; f++) {
        struct search search = {.state = state, .file = &state->import->files[f]};
        for (const struct complaint *complaint = state->first; complaint; complaint = complaint->next)
            search.left += is_sought(complaint, search.file);
        if (search.left > 0)
            TRY(fab_import_scan(state->import, search.file, place_row, &search));
    }
out:
    return status;
}

/* ---- saying ---- */

/* A finding counts against the import when its table is one of the imported, or when a whole data set is. Anything else was so before. */
static void say_about_table(struct state *state, const struct complaint *complaint, const fab_finding *known)
{
    if (!complaint->finding || state->others++ < FAB_FINDINGS_SHOWN)
        fab_finding_say(state->import->context, complaint->finding ? FAB_LEVEL_FINDING : FAB_LEVEL_WARNING, known, complaint->text);
}

static void say(struct state *state, const struct complaint *complaint)
{
    char key[FAB_ROW_KEY_SIZE] = "";
    snprintf(key, sizeof key, "%s", complaint->key ? complaint->key : "");
    const fab_finding known = {.code = complaint->code,
                               .table = complaint->table,
                               .key = complaint->key ? fab_statement_show_key(key) : NULL,
                               .column = complaint->column,
                               .value = complaint->value};
    if (!complaint->placed)
        say_about_table(state, complaint, &known);
    else if (complaint->finding)
        fab_finding_add(&complaint->file->findings, complaint->place, &known, "%s", complaint->text);
    else
        fab_finding_warn(&complaint->file->findings, complaint->place, &known, complaint->text);
}

static void say_all(struct state *state)
{
    struct fab_import *import = state->import;
    for (const struct complaint *complaint = state->first; complaint; complaint = complaint->next)
        say(state, complaint);
    for (int f = 0; f < import->file_count; f++)
        import->files[f].findings.count += state->uncounted[f];
    int64_t uncounted = state->uncounted[import->file_count];
    if (import->options->whole)
        state->others += uncounted;
    else if (uncounted > 0)
        fab_say_as(import->context, FAB_LEVEL_WARNING, "more", "... and %lld more in tables that are not imported", (long long)uncounted);
    if (state->others > FAB_FINDINGS_SHOWN)
        fab_say_as(import->context, FAB_LEVEL_FINDING, "more", "... and %lld more findings", (long long)(state->others - FAB_FINDINGS_SHOWN));
    import->other_findings = state->others;
}

/* The tables whose rows the import has added, changed or deleted. */
static void find_changed(const struct fab_import *import, bool changed[])
{
    for (int f = 0; f < import->file_count; f++) {
        const struct fab_import_file *file = &import->files[f];
        changed[file->def - fab_dictionary] = file->rows_added + file->rows_changed + file->rows_deleted > 0;
    }
}

fab_status fab_import_check(struct fab_import *import)
{
    struct state state = {.import = import, .arena = fab_arena_new()};
    fab_status status = FAB_OK;
    bool *changed = NULL;
    state.end = &state.first;
    TRY_MEMORY(import->context, state.arena);
    changed = fab_arena_take(state.arena, (size_t)fab_dictionary_count, sizeof *changed);
    state.kept = fab_arena_take(state.arena, (size_t)import->file_count + 1, sizeof *state.kept);
    state.uncounted = fab_arena_take(state.arena, (size_t)import->file_count + 1, sizeof *state.uncounted);
    TRY_MEMORY(import->context, changed && state.kept && state.uncounted);
    find_changed(import, changed);
    TRY(fab_checks_run(import->context, import->store, changed, take, &state));
    TRY(find_places(&state));
    say_all(&state);
out:
    fab_arena_free(state.arena);
    return status;
}
