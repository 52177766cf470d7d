/* The data dictionary as data: every input table and column with type, unit, rule and default.
 *
 * CSV import and export, the load of the model, checks, help and a test of the SQL schema are all driven by it; no other place lists columns.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_DICTIONARY_H
#define FAB_DICTIONARY_H

#include <stdbool.h>
#include <stddef.h>

/* How a column is written in CSV, stored in SQLite and held in the model's struct. */
typedef enum fab_column_type {
    FAB_COLUMN_ID,     /* the row's own name; TEXT; const char * */
    FAB_COLUMN_REF,    /* names a row of `ref`; TEXT; int index */
    FAB_COLUMN_TEXT,   /* free text up to FAB_TEXT_MAX bytes; TEXT; const char * */
    FAB_COLUMN_CHOICE, /* one of the words of `choices`, separated by '|'; TEXT; const char * */
    FAB_COLUMN_REAL,   /* REAL; double */
    FAB_COLUMN_INT,    /* INTEGER; int */
    FAB_COLUMN_FLAG,   /* 0 or 1; INTEGER; bool, or int when it has no default */
    FAB_COLUMN_DATE,   /* TEXT YYYY-MM-DD; int32_t day number */
    FAB_COLUMN_TIME    /* TEXT YYYY-MM-DDTHH:MM:SS (fab-local time); only in history tables */
} fab_column_type;

enum { FAB_KEY = 1, FAB_OPTIONAL = 2, FAB_MIN_OPEN = 4 /* the minimum itself is not allowed */, FAB_UNREAD = 8 /* no plan reads it */, FAB_BY_POLICY = 16 /* plans of a policy other than profit alone read it */, FAB_BY_REPORT = 32 /* no plan reads it, books do */, FAB_BY_WHOLE = 64 /* plans with whole decisions alone read it */, FAB_LATER = 128 /* came after plans were hashed: what is empty (of a first column: a table without rows) is no part of the hash of the inputs */, FAB_MAX_OPEN = 256 /* the maximum itself is not allowed */ };

enum { FAB_ID_MAX = 63, FAB_TEXT_MAX = 4000 };

struct fab_column {
    const char *name;
    fab_column_type type;
    int flags;
    const char *ref;         /* REF: the table */
    const char *choices;     /* CHOICE: words */
    double minimum, maximum; /* REAL, INT: inclusive rule; a maximum of 1 is a fraction (hint: percent?) */
    double preset;           /* default of an optional number or flag, NAN: none */
    const char *unit;        /* NULL: none */
    const char *meaning;     /* one phrase for help and messages */
    size_t offset;           /* in the struct; FAB_NO_OFFSET for history tables, which the model does not hold */
};

#define FAB_NO_OFFSET ((size_t)-1)

/* What the dates of a table's rows mean (planning-model.md "Effective dating"). */
typedef enum fab_dating {
    FAB_DATING_NONE,   /* no dates of their own */
    FAB_DATING_FROM,   /* a row holds from `date` until the next row of the same key, the first one before it too */
    FAB_DATING_WINDOW, /* a row holds in [date, end) */
    FAB_DATING_POINT   /* an amount or a point of time: it is what it is on `date`, and no part of it is on another day */
} fab_dating;

struct fab_table_def {
    const char *name;
    const char *meaning;
    const struct fab_column *columns; /* in the order of data-dictionary.md; `basis` and `note` (TEXT, optional) exist in every table besides */
    int column_count;
    size_t record_size;  /* of the struct, 0 for history tables */
    size_t rows_offset;  /* of the pointer to the rows in struct fab_model */
    size_t count_offset; /* of the row count */
    const char *order;   /* NULL: rows are sorted by key; else the column that sorts them (calendar: start_date) */
    fab_dating dating;
    const char *date, *end; /* the columns of the dates; NULL: none */
    const char *before;     /* FAB_DATING_FROM: the column of the table named by the first key column whose value holds before the first row; NULL: the first row's does */
};

/* Every input table, parents before children, so that it is also an order of import. */
extern const struct fab_table_def fab_dictionary[];
extern const int fab_dictionary_count;

/* NULL when there is no such table. */
const struct fab_table_def *fab_dictionary_find(const char *table);

/* Index of a column by name, -1 when there is none. */
int fab_table_def_find_column(const struct fab_table_def *table, const char *column);

/* The column of a row's own date and of its end, NULL when the table has none. */
const struct fab_column *fab_table_def_date(const struct fab_table_def *table);
const struct fab_column *fab_table_def_end(const struct fab_table_def *table);

/* A figure that no table holds, or not by date, and that changes may change for periods: what a model's adjustments are about. */
struct fab_derived_column {
    const char *table;
    struct fab_column rule; /* name, range, unit, meaning; preset: the value where the table holds none, NAN: a formula gives it */
};

/* In the order of enum fab_adjusted (model.h). */
extern const struct fab_derived_column fab_derived_columns[];
extern const int fab_derived_columns_count;

/* A setting: known key, rule and default. */
struct fab_setting_def {
    const char *key;
    bool number;
    double minimum, maximum, preset;
    const char *preset_text;
    const char *meaning;
    bool date; /* instead of a number or a text */
};
extern const struct fab_setting_def fab_settings[];
extern const int fab_settings_count;
const struct fab_setting_def *fab_setting_find(const char *key);

#endif
