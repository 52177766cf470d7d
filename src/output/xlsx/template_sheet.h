/* A sheet of a template: its columns, what their cells may hold, its rows.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_XLSX_TEMPLATE_SHEET_H
#define FAB_XLSX_TEMPLATE_SHEET_H

#include <fabplan/table.h>
#include <stdbool.h>

enum fab_template_kind {
    FAB_TEMPLATE_TEXT,
    FAB_TEMPLATE_ID,        /* 1 to `maximum` characters */
    FAB_TEMPLATE_NUMBER,    /* minimum to maximum */
    FAB_TEMPLATE_INTEGER,   /* the same, whole */
    FAB_TEMPLATE_DATE,      /* YYYY-MM-DD in the table: a day with a date format in the sheet */
    FAB_TEMPLATE_TIME,      /* YYYY-MM-DDTHH:MM:SS */
    FAB_TEMPLATE_CHOICE,    /* one of the words of choices */
    FAB_TEMPLATE_REFERENCE  /* one of the first column of another sheet */
};

struct fab_template_column {
    const char *name, *unit, *meaning, *preset; /* unit, preset (what an empty cell means): NULL for none */
    enum fab_template_kind kind;
    bool required, key;
    double minimum, maximum; /* of numbers; maximum of an id's length */
    bool above;              /* the minimum itself is not allowed */
    const char *choices;     /* words separated by '|' */
    int sheet;               /* that a reference goes to */
};

struct fab_template_sheet {
    const char *name, *meaning;
    const struct fab_template_column *columns;
    int column_count;
    const fab_table *rows; /* its columns in the same order */
};

#endif
