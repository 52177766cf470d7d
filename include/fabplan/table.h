/* A table in memory: what a SELECT gives, what a plan is stored as, what rows are put from, what a report, a CSV file or JSON is made of.
 * Rows and columns count from 0. Reading is O(1); memory is some 16 bytes a value and the texts.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FABPLAN_TABLE_H
#define FABPLAN_TABLE_H

#include <fabplan/context.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum fab_value_type { FAB_NULL, FAB_INTEGER, FAB_REAL, FAB_TEXT } fab_value_type;

typedef struct fab_value {
    fab_value_type type;
    union {
        int64_t integer;
        double real;
        const char *text; /* UTF-8, owned by the table */
    };
} fab_value;

/* A parameter of a SELECT, such as {":plan", fab_integer(3)}: the name with its first character as the SQL has it. */
typedef struct fab_parameter {
    const char *name;
    fab_value value;
} fab_parameter;

/* An empty table; names are copied. column_count >= 1. NULL when memory is short. */
FAB_API fab_table *fab_table_new(const char *name, const char *const column_names[], int column_count);
FAB_API void fab_table_free(fab_table *table);

/* Appends a row of NULL values and returns its cells (column_count of them), NULL when memory is short. The pointer is valid until the
 * next row is added; the values may be set through it. Amortised O(columns). */
FAB_API fab_value *fab_table_add_row(fab_table *table);

/* Copies a string into the table's memory; NULL when memory is short. A NULL text gives NULL. */
FAB_API const char *fab_table_keep(fab_table *table, const char *text);

FAB_API const char *fab_table_name(const fab_table *table);
FAB_API int fab_table_columns(const fab_table *table);
FAB_API int fab_table_rows(const fab_table *table);
FAB_API const char *fab_table_column_name(const fab_table *table, int column);

/* Index of the column of that name, -1 when there is none. */
FAB_API int fab_table_find_column(const fab_table *table, const char *name);

/* The value at a row and column; both must exist. */
FAB_API const fab_value *fab_table_get(const fab_table *table, int row, int column);

/* The value as a double: NAN for NULL and text. */
FAB_API double fab_value_number(const fab_value *value);

static inline fab_value fab_integer(int64_t integer)
{
    fab_value value;
    value.type = FAB_INTEGER;
    value.integer = integer;
    return value;
}

static inline fab_value fab_real(double real)
{
    fab_value value;
    value.type = FAB_REAL;
    value.real = real;
    return value;
}

/* The text must live as long as the table: a literal, or a string of fab_table_keep. NULL gives a NULL value. */
static inline fab_value fab_text(const char *text)
{
    fab_value value;
    value.type = text ? FAB_TEXT : FAB_NULL;
    value.text = text;
    return value;
}

#ifdef __cplusplus
}
#endif

#endif
