/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stdf_same.h"

#include "stdf_list.h"
#include "stdf_supersede.h"
#include "try.h"

#include <stdlib.h>
#include <string.h>

/* Parts from `first` on have a place or an id. */
static bool are_named(const struct stdf_file *file, size_t first)
{
    for (size_t p = first; p < file->parts; p++)
        if (stdf_has_place(&file->part[p]) || file->part[p].id[0])
            return true;
    return false;
}

/* A later part that says it repeats its id supersedes an earlier one: so are shared ones found. */
fab_status stdf_lists_share(fab_context *context, const char *a, const char *b, bool *shared)
{
    struct stdf_file file = {0};
    size_t first;
    fab_status status = FAB_OK;
    *shared = true;
    TRY_MEMORY(context, file.arena = fab_arena_new());
    TRY(stdf_list_read(context, a, &file));
    first = file.parts;
    TRY(stdf_list_read(context, b, &file));
    if (!are_named(&file, first) || !are_named(&(struct stdf_file){.part = file.part, .parts = first}, 0))
        goto out;
    *shared = false;
    for (size_t p = 0; p < file.parts; p++)
        file.part[p].by_id = p >= first && !stdf_has_place(&file.part[p]);
    stdf_supersede_parts(&file);
    for (size_t p = 0; p < file.parts; p++)
        *shared = *shared || (file.part[p].superseded && file.part[p].number < first);
out:
    stdf_file_fini(&file);
    return status;
}

void stdf_settle_parts(struct stdf_file *file)
{
    int64_t superseded = stdf_supersede_parts(file);
    file->parts -= (size_t)superseded;
    for (size_t p = 0; p < file->parts; p++) {
        file->part[p].number = (uint32_t)p;
        file->part[p].by_id = false; /* what it repeated is gone */
    }
}

static int compare_places(const void *left, const void *right)
{
    const struct stdf_part *a = left, *b = right;
    return a->y != b->y ? (a->y > b->y) - (a->y < b->y) : (a->x > b->x) - (a->x < b->x);
}

static bool repeats_id(const struct stdf_file *before, const struct stdf_part *part)
{
    for (size_t p = 0; part->by_id && part->id[0] && p < before->parts; p++)
        if (strcmp(before->part[p].id, part->id) == 0)
            return true;
    return false;
}

bool stdf_is_retest_of(const struct stdf_file *before, const struct stdf_file *run)
{
    struct stdf_part *places = calloc(before->parts + 1, sizeof *places);
    bool retest = places != NULL && run->parts > 0;
    size_t count = 0;
    for (size_t p = 0; retest && p < before->parts; p++)
        if (stdf_has_place(&before->part[p]))
            places[count++] = before->part[p];
    if (retest)
        qsort(places, count, sizeof *places, compare_places);
    for (size_t p = 0; retest && p < run->parts; p++) {
        const struct stdf_part *part = &run->part[p];
        bool placed = stdf_has_place(part) && bsearch(part, places, count, sizeof *places, compare_places) != NULL;
        retest = placed || (!stdf_has_place(part) && repeats_id(before, part));
    }
    free(places);
    return retest;
}
