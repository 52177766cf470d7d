/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "near.h"

#include "try.h"

#include <stdlib.h>
#include <string.h>

/* A name and the letter of its row or column. */
struct named {
    const char *name;
    char letter;
};

static int compare_named(const void *left, const void *right)
{
    return strcmp(((const struct named *)left)->name, ((const struct named *)right)->name);
}

static const char *name_of(const fab_lp *lp, bool rows, int place)
{
    return rows ? lp->row[place].name : lp->column[place].name;
}

/* The letters of another program's rows or columns by name. In one order, which is usual, they are met one after the other; else they are looked up. */
static fab_status carry_letters(fab_context *context, const fab_lp *from, const char *letters, const fab_lp *to, bool rows, char **result)
{
    fab_status status = FAB_OK;
    int from_count = (int)strlen(letters), count = rows ? to->row_count : to->column_count;
    struct named *named = calloc((size_t)from_count + 1, sizeof *named);
    char *carried = malloc((size_t)count + 1);
    TRY_MEMORY(context, named && carried);
    for (int i = 0; i < from_count; i++)
        named[i] = (struct named){name_of(from, rows, i), letters[i]};
    qsort(named, (size_t)from_count, sizeof *named, compare_named);
    for (int i = 0; i < count; i++) {
        const char *name = name_of(to, rows, i);
        const struct named wanted = {name, 0}, *found = i < from_count && strcmp(name_of(from, rows, i), name) == 0 ? &(struct named){name, letters[i]}
                                                                                                                  : bsearch(&wanted, named, (size_t)from_count, sizeof *named, compare_named);
        carried[i] = found ? found->letter : rows ? 'b' : 'l';
    }
    carried[count] = '\0';
    *result = carried;
    carried = NULL;
out:
    free(carried);
    free(named);
    return status;
}

fab_status fab_near_start(fab_context *context, const fab_lp *near, const fab_lp_solution *answer, fab_solver *solver)
{
    fab_status status = FAB_OK;
    const fab_lp *lp = fab_solver_program(solver);
    char *rows = NULL, *columns = NULL;
    if (!answer || !answer->row_status || !answer->column_status)
        return FAB_OK;
    TRY(carry_letters(context, near, answer->row_status, lp, true, &rows));
    TRY(carry_letters(context, near, answer->column_status, lp, false, &columns));
    TRY(fab_solver_give_basis(context, solver, rows, columns));
out:
    free(rows);
    free(columns);
    return status;
}
