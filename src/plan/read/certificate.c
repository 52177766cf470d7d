/* What is proven, as it is stored: every value that is not 0 of the columns, every multiplier that is not 0 of the rows, each with its family, key and period.
 * And the basis that it was found with: a start for the next solve, which is believed nothing.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tables.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* family, key ("subject" or "subject,detail") and period of a member. */
static void write_tag(struct fab_plan_table *w, struct fab_tag tag)
{
    const fab_program *program = w->plan->program;
    char key[2 * FAB_DETAIL_SIZE];
    struct fab_label label;
    fab_program_label(program, tag, &label);
    snprintf(key, sizeof key, "%s%s%s", label.subject, *label.detail ? "," : "", label.detail);
    fab_plan_table_text(w, program->family[tag.family].code);
    fab_plan_table_copy(w, key);
    fab_plan_table_period(w, tag.period);
}

fab_table *fab_table_columns_of(const fab_plan *plan, int64_t number)
{
    const fab_lp *lp = plan->program->lp;
    struct fab_plan_table w = fab_plan_table_begin(plan, number, "plan_column", "number value family key period");
    for (int j = 0; j < lp->column_count; j++) {
        if (plan->solution->x[j] == 0)
            continue;
        fab_plan_table_row(&w);
        fab_plan_table_integer(&w, j);
        fab_plan_table_real(&w, plan->solution->x[j]);
        write_tag(&w, lp->column[j].tag);
    }
    return fab_plan_table_end(&w);
}

fab_table *fab_table_rows_of(const fab_plan *plan, int64_t number)
{
    const fab_lp *lp = plan->program->lp;
    struct fab_plan_table w = fab_plan_table_begin(plan, number, "plan_row", "number multiplier family key period");
    for (int i = 0; i < lp->row_count; i++) {
        if (plan->solution->multiplier[i] == 0)
            continue;
        fab_plan_table_row(&w);
        fab_plan_table_integer(&w, i);
        fab_plan_table_real(&w, plan->solution->multiplier[i]);
        write_tag(&w, lp->row[i].tag);
    }
    return fab_plan_table_end(&w);
}

/* Of a plan that a limit left there is none. Columns that a policy added behind the program's are not of it. */
fab_table *fab_table_basis(const fab_plan *plan, int64_t number)
{
    char *columns = NULL;
    const fab_lp_solution *solution = plan->solution;
    struct fab_plan_table w = fab_plan_table_begin(plan, number, "plan_basis", "row_status column_status");
    if (solution->row_status && solution->column_status) {
        columns = strndup(solution->column_status, (size_t)plan->program->lp->column_count);
        w.failed = w.failed || !columns;
        fab_plan_table_row(&w);
        fab_plan_table_text(&w, solution->row_status);
        fab_plan_table_copy(&w, columns ? columns : "");
    }
    free(columns);
    return fab_plan_table_end(&w);
}
