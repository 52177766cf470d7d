/* Changes of a model: the one way in which what is planned differs from the data set (data-dictionary.md "Changes").
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_CHANGE_H
#define FAB_CHANGE_H

#include <fabplan/context.h>

#include "arena.h"
#include "date.h"

#include <stdbool.h>

typedef enum fab_change_operation {
    FAB_CHANGE_SET,
    FAB_CHANGE_SCALE,
    FAB_CHANGE_ADD,
    FAB_CHANGE_SHIFT,
    FAB_CHANGE_INSERT,
    FAB_CHANGE_DELETE,
    FAB_CHANGE_OPERATION_COUNT
} fab_change_operation;

/* Why a change is made, in the order in which they work. */
typedef enum fab_change_origin {
    FAB_CHANGE_MEASURED, /* what the history measured */
    FAB_CHANGE_YIELD,    /* estimated yields; the sources whose source_yield it sets follow changes of their process */
    FAB_CHANGE_SCENARIO,
    FAB_CHANGE_ORIGIN_COUNT
} fab_change_origin;

/* The fields of a change that a finding can be about. */
typedef enum fab_change_field {
    FAB_CHANGE_FIELD_SCENARIO,
    FAB_CHANGE_FIELD_NUMBER,
    FAB_CHANGE_FIELD_TABLE,
    FAB_CHANGE_FIELD_KEY,
    FAB_CHANGE_FIELD_COLUMN,
    FAB_CHANGE_FIELD_OPERATION,
    FAB_CHANGE_FIELD_VALUE,
    FAB_CHANGE_FIELD_FROM,
    FAB_CHANGE_FIELD_TO,
    FAB_CHANGE_FIELD_BASIS,
    FAB_CHANGE_FIELD_COUNT
} fab_change_field;

/* One change. Texts are never NULL, "" is an empty cell. */
struct fab_change {
    fab_change_origin origin;
    const char *scenario;
    int64_t number;
    const char *table, *key, *column;
    fab_change_operation operation;
    const char *value;
    int32_t from, to; /* [from, to); FAB_DATE_NONE: open */
    const char *basis;
    const char *file;                     /* NULL: it comes from no file */
    int64_t line;                         /* of the file */
    int place[FAB_CHANGE_FIELD_COUNT];    /* character of the line where a field begins; 0: not in the file */
};

struct fab_change_list {
    fab_arena *arena; /* owns the texts */
    struct fab_change *change;
    int count, capacity;
};

/* Names of the operations and of the origins, as files and tables write them. */
extern const char *const fab_change_operation_names[FAB_CHANGE_OPERATION_COUNT];
extern const char *const fab_change_origin_names[FAB_CHANGE_ORIGIN_COUNT];

/* The names of the fields: the columns of a file of changes. */
extern const char *const fab_change_field_names[FAB_CHANGE_FIELD_COUNT];

/* An empty list; NULL when memory is short. */
struct fab_change_list *fab_change_list_new(void);
void fab_change_list_free(struct fab_change_list *list);

/* Appends a change; its texts are copied (NULL becomes ""). FAB_NO_MEMORY. */
fab_status fab_change_list_add(fab_context *context, struct fab_change_list *list, const struct fab_change *change);

/* An id as a key or an inserted value writes it: with a `\` before what has a meaning there. NULL when memory is short. */
const char *fab_change_escape(fab_arena *arena, const char *id);

/* Whether a change works before drivers make orders: what is measured, and changes of `driver` and `driver_use`. */
bool fab_change_is_before_orders(const struct fab_change *change);

/* Puts the changes into the order in which they work: by origin, of scenarios those of drivers first, else as they were added. O(n) when they are in order. */
void fab_change_list_sort(struct fab_change_list *list);

#endif
