/* A model that is being changed: its tables as growing arrays whose rows know which change touched them last.
 *
 * Rows keep their indices while changes are applied (a deleted row stays as a dead one), so that references stay right; the end of the work
 * (change_end.h) sorts them and renumbers the references.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_CHANGE_EDIT_H
#define FAB_CHANGE_EDIT_H

#include "change.h"
#include "dictionary.h"
#include "model.h"

struct fab_row_state {
    int change;   /* the change that last made or changed the row, FAB_NONE: none did */
    bool dead;
    bool matched; /* the change under way is about it */
    bool piece;   /* the change under way has split it off another row */
    bool named;   /* it is dead, and a finding has said that a row names it */
};

struct fab_edit_table {
    const struct fab_table_def *def;
    char *rows;
    struct fab_row_state *state;
    int count, row_capacity, state_capacity;
    bool changed;
};

struct fab_edit {
    fab_context *context;
    fab_model *model; /* the copy that becomes the changed model; owns texts and adjustments */
    const struct fab_change_list *list;
    int current; /* the change under way */
    int findings;
    struct fab_edit_table *table; /* [fab_dictionary_count] */
    int *adjustment_change;       /* the change that made each adjustment; FAB_NONE: the model had it */
    int adjustment_capacity, adjustment_change_capacity;
    struct fab_adjustment *adjustment; /* growing; goes to the model at the end */
    int adjustment_count;
};

/* Opens the tables of a copy, which stays the caller's. FAB_NO_MEMORY. O(model). */
fab_status fab_edit_init(fab_context *context, fab_model *model, const struct fab_change_list *list, struct fab_edit *edit);
void fab_edit_fini(struct fab_edit *edit);

/* The table of the model by its definition. */
struct fab_edit_table *fab_edit_table(struct fab_edit *edit, const struct fab_table_def *def);

void *fab_edit_row(const struct fab_edit_table *table, int row);

/* The row that a reference names, NULL when it is empty. */
const void *fab_edit_referred(struct fab_edit *edit, const struct fab_column *column, const void *row);

/* The living row of that id, FAB_NONE when there is none. O(rows). */
int fab_edit_find(struct fab_edit *edit, const struct fab_table_def *def, const char *id);

/* The id of a row of a table that has one. */
const char *fab_edit_id(struct fab_edit *edit, const char *table, int row);

/* Appends a copy of `record` (NULL: zeroed). *row is its index; pointers to rows end here. */
fab_status fab_edit_add_row(struct fab_edit *edit, struct fab_edit_table *table, const void *record, int *row);

/* Appends an adjustment, whose origin lives as long as the model, as of the change under way. */
fab_status fab_edit_add_adjustment(struct fab_edit *edit, const struct fab_adjustment *adjustment);

/* Notes that the change under way has changed a row. */
void fab_edit_touch(struct fab_edit *edit, struct fab_edit_table *table, int row);

/* A finding about a field of the change under way, or of another one: "FILE:LINE:COLUMN: TEXT", without a file "scenario NAME, change N: TEXT". */
void fab_edit_finding(struct fab_edit *edit, fab_change_field field, const char *format, ...) __attribute__((format(printf, 3, 4)));
void fab_edit_finding_of(struct fab_edit *edit, int change, fab_change_field field, const char *format, ...) __attribute__((format(printf, 4, 5)));

/* A finding about the data set, which no change has made: "TEXT". */
void fab_edit_finding_of_data(struct fab_edit *edit, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The same of the change under way as a warning, which is not counted. */
void fab_edit_warn(struct fab_edit *edit, fab_change_field field, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Who a change is, for messages: "scenario NAME, change N". From the arena of the model; NULL when memory is short. */
const char *fab_edit_origin(struct fab_edit *edit, int change);

#endif
