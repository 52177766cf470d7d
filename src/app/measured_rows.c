/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measured_rows.h"

#include "number.h"
#include "try.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const fab_value *cell(const struct fab_measured_rows *rows, int row, const char *column)
{
    return fab_table_get(rows->rows, row, fab_table_find_column(rows->rows, column));
}

const char *fab_measured_text(const struct fab_measured_rows *rows, int row, const char *column)
{
    const fab_value *value = cell(rows, row, column);
    if (value->type != FAB_INTEGER)
        return value->type == FAB_TEXT ? value->text : "";
    const char *digits = fab_arena_printf(rows->list->arena, "%lld", (long long)value->integer);
    return digits ? digits : "";
}

double fab_measured_number(const struct fab_measured_rows *rows, int row, const char *column)
{
    return fab_value_number(cell(rows, row, column));
}

/* A key as changes write it: its parts, joined by /. */
static const char *join(fab_arena *arena, const char *const key[])
{
    const char *joined = fab_change_escape(arena, key[0]);
    for (int k = 1; joined && key[k]; k++) {
        const char *part = fab_change_escape(arena, key[k]);
        joined = part ? fab_arena_printf(arena, "%s/%s", joined, part) : NULL;
    }
    return joined;
}

static fab_status add(struct fab_measured_rows *rows, struct fab_change change)
{
    change.origin = FAB_CHANGE_MEASURED;
    change.from = change.to = FAB_DATE_NONE;
    return change.key && change.value ? fab_change_list_add(rows->context, rows->list, &change) : fab_fail_memory(rows->context);
}

fab_status fab_measured_set(struct fab_measured_rows *rows, const char *table, const char *const key[], const char *column, double value)
{
    char number[FAB_NUMBER_TEXT_SIZE];
    return add(rows, (struct fab_change){.table = table, .key = join(rows->list->arena, key), .column = column, .operation = FAB_CHANGE_SET, .value = isnan(value) ? "" : fab_number_print(value, number)});
}

fab_status fab_measured_delete(struct fab_measured_rows *rows, const char *table, const char *const key[])
{
    return add(rows, (struct fab_change){.table = table, .key = join(rows->list->arena, key), .operation = FAB_CHANGE_DELETE, .value = ""});
}

fab_status fab_measured_insert_stop(struct fab_measured_rows *rows, const char *const key[], double hours_between, double hours)
{
    char between[FAB_NUMBER_TEXT_SIZE], length[FAB_NUMBER_TEXT_SIZE];
    fab_arena *arena = rows->list->arena;
    const char *group = fab_change_escape(arena, key[0]), *cause = fab_change_escape(arena, key[1]);
    if (!group || !cause)
        return fab_fail_memory(rows->context);
    return add(rows, (struct fab_change){.table = "tool_down", .key = "", .operation = FAB_CHANGE_INSERT,
                                         .value = fab_arena_printf(arena, "tool_group=%s;cause=%s;hours_between=%s;hours=%s", group, cause, fab_number_print(hours_between, between),
                                                                   fab_number_print(hours, length))});
}

fab_status fab_measured_keep(struct fab_measured_rows *rows, const char *first, const char *second, const char *why)
{
    size_t used = strlen(rows->names);
    int length = snprintf(rows->names + used, sizeof rows->names - used, "%s%s/%s: %s", used ? "; " : "", first, second, why);
    bool whole = length < (int)(sizeof rows->names - used);
    if (!whole)
        rows->names[used] = '\0'; /* the count says that there are more */
    rows->named += whole;
    rows->kept++;
    return FAB_OK;
}

void fab_measured_say_kept(const struct fab_measured_rows *rows, const char *what)
{
    if (rows->kept > 0)
        fab_say(rows->context, FAB_LEVEL_WARNING, "measured %s: %d row%s as planned, since the history cannot show %s (%s%s)", what, rows->kept, rows->kept == 1 ? " stays" : "s stay", rows->kept == 1 ? "it" : "them",
                rows->names, rows->named < rows->kept ? "; ..." : "");
}

fab_status fab_measured_hash(const struct fab_measured_rows *rows, const char *const columns[], int count, char hash[FAB_SHA256_HEX_SIZE])
{
    fab_sha256 *sha256 = fab_sha256_new();
    bool ok = sha256 != NULL;
    for (int r = 0; ok && r < fab_table_rows(rows->rows); r++) {
        for (int c = 0; ok && c < count && columns[c]; c++) {
            const fab_value *value = cell(rows, r, columns[c]);
            char number[64];
            int length = value->type == FAB_TEXT ? 0 : snprintf(number, sizeof number, "|%.17g", fab_value_number(value));
            ok = value->type == FAB_TEXT ? fab_sha256_add(sha256, value->text, strlen(value->text)) : fab_sha256_add(sha256, number, (size_t)length);
        }
        ok = ok && fab_sha256_add(sha256, "\n", 1);
    }
    ok = ok && fab_sha256_finish(sha256, hash);
    fab_sha256_free(sha256);
    return ok ? FAB_OK : fab_fail_memory(rows->context);
}
