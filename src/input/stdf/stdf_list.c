/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stdf_list.h"

#include "array.h"
#include "stdf_rows.h"
#include "try.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Of a line without its id; an escaped byte of an id takes three. */
enum { LINE_SIZE = 64, ESCAPED = 3 };

/* ---- writing ---- */

/* Bytes that are not printable ASCII, and %, as %XX. */
static char *write_escaped(char *to, const char *text)
{
    for (; *text; text++) {
        bool plain = isgraph((unsigned char)*text) && (unsigned char)*text < 0x80 && *text != '%';
        to += plain ? sprintf(to, "%c", *text) : sprintf(to, "%%%02X", (unsigned)(unsigned char)*text);
    }
    return to;
}

/* "BIN GOOD BY_ID X Y ID", X and Y - where the part has no place. */
static char *write_part(char *to, const struct stdf_part *part)
{
    to += sprintf(to, "%u %d %d ", (unsigned)part->bin, part->good, part->by_id);
    to += stdf_has_place(part) ? sprintf(to, "%d %d ", part->x, part->y) : sprintf(to, "- - ");
    to = write_escaped(to, part->id ? part->id : "");
    return to + sprintf(to, "\n");
}

static int compare_numbers(const void *left, const void *right)
{
    const struct stdf_part *const *a = left, *const *b = right;
    return ((*a)->number > (*b)->number) - ((*a)->number < (*b)->number);
}

/* In the order of the file; the first line is the directions of X and Y. The caller frees it; NULL when memory is short. */
static char *write_list(const struct stdf_file *file, const struct stdf_part *parts, size_t count)
{
    size_t size = LINE_SIZE;
    const struct stdf_part **ordered = calloc(count + 1, sizeof *ordered);
    for (size_t p = 0; p < count; p++)
        size += LINE_SIZE + ESCAPED * strlen(parts[p].id ? parts[p].id : "");
    char *list = ordered ? malloc(size) : NULL, *to = list;
    for (size_t p = 0; list && p < count; p++)
        ordered[p] = &parts[p];
    if (list) {
        qsort(ordered, count, sizeof *ordered, compare_numbers);
        to += sprintf(to, "%d %d\n", file->positive_x == 'L', file->positive_y == 'U');
    }
    for (size_t p = 0; list && p < count; p++)
        to = write_part(to, ordered[p]);
    free(ordered);
    return list;
}

static const char *name_file(const struct stdf_file *file)
{
    const char *const texts[] = {file->lot, file->node, file->job};
    char *escaped[3], *name = NULL;
    bool whole = true;
    for (int t = 0; t < 3; t++) {
        escaped[t] = fab_arena_take(file->arena, 1, ESCAPED * strlen(texts[t]) + 1);
        whole = whole && escaped[t];
        if (escaped[t])
            *write_escaped(escaped[t], texts[t]) = '\0';
    }
    if (whole)
        name = fab_arena_printf(file->arena, "%s %u %u %u %s %s", escaped[0], (unsigned)file->setup, (unsigned)file->start, (unsigned)file->station,
                                escaped[1], escaped[2]);
    return name;
}

fab_status stdf_list_add(fab_context *context, const struct stdf_file *file, const struct fab_stdf_result *result, const struct stdf_wafer *wafer,
                         const struct stdf_part *parts, size_t count)
{
    fab_status status = FAB_OK;
    size_t valid = 0;
    char *list = NULL;
    const char *name, *kept, *stage, *key;
    fab_value *row;
    while (valid < count && !parts[valid].superseded)
        valid++;
    if (valid > STDF_LIST_MAX)
        goto out;
    TRY_MEMORY(context, list = write_list(file, parts, valid));
    TRY_MEMORY(context, key = name_file(file));
    TRY_MEMORY(context, key = fab_table_keep(result->die, key));
    TRY_MEMORY(context, name = fab_table_keep(result->die, wafer->name));
    TRY_MEMORY(context, stage = fab_table_keep(result->die, result->stage));
    TRY_MEMORY(context, kept = fab_table_keep(result->die, list));
    TRY_MEMORY(context, row = fab_table_add_row(result->die));
    row[0] = fab_text(name);
    row[1] = fab_text(stage);
    row[2] = fab_integer(result->run);
    row[3] = fab_text(key);
    row[4] = fab_integer(stdf_time_of(file, wafer));
    row[5] = fab_text(kept);
out:
    free(list);
    return status;
}

/* ---- reading ---- */

/* A number and the blank behind it; false when there is none. */
static bool read_number(const char **at, long *number)
{
    char *end;
    *number = strtol(*at, &end, 10);
    bool found = end > *at && (*end == ' ' || *end == '\n');
    *at = found ? end + 1 : *at;
    return found;
}

static bool read_place(const char **at, struct stdf_part *part)
{
    long x, y;
    if (strncmp(*at, "- - ", 4) == 0) {
        *at += 4;
        part->x = part->y = STDF_NO_COORDINATE;
        return true;
    }
    if (!read_number(at, &x) || !read_number(at, &y))
        return false;
    part->x = (int16_t)x;
    part->y = (int16_t)y;
    return true;
}

/* Escaped ids are compared as they stand. */
static bool read_part(struct stdf_file *file, const char **at, struct stdf_part *part)
{
    long bin, good, by_id;
    if (!read_number(at, &bin) || !read_number(at, &good) || !read_number(at, &by_id) || !read_place(at, part))
        return false;
    size_t length = strcspn(*at, "\n");
    *part = (struct stdf_part){.number = (uint32_t)file->parts, .x = part->x, .y = part->y, .bin = (uint16_t)bin, .good = good != 0, .by_id = by_id != 0};
    part->id = fab_arena_dup_length(file->arena, *at, length);
    *at += length;
    *at += **at == '\n';
    return part->id != NULL;
}

fab_status stdf_list_read(fab_context *context, const char *list, struct stdf_file *file)
{
    fab_status status = FAB_OK;
    long left = 0, up = 0;
    const char *at = list;
    if (!read_number(&at, &left) || !read_number(&at, &up))
        TRY(fab_fail(context, FAB_DATABASE, "stdf_file: a list of die has no directions"));
    file->positive_x = left ? 'L' : 'R';
    file->positive_y = up ? 'U' : 'D';
    while (*at) {
        struct stdf_part part = {0};
        TRY_MEMORY(context, fab_array_room_size(&file->part, file->parts, 1, &file->part_capacity, sizeof *file->part));
        if (!read_part(file, &at, &part))
            TRY(fab_fail(context, FAB_DATABASE, "stdf_file: a list of die has a line that is none"));
        file->part[file->parts++] = part;
    }
out:
    return status;
}
