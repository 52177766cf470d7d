/* Workbooks to be filled in: a sheet for each table, with its rows, what a column means and what its cells may hold.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_XLSX_TEMPLATE_H
#define FAB_XLSX_TEMPLATE_H

#include <fabplan/context.h>
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

/* Says in words what a cell of the column may hold ("0 to 1", "an id of sheet item"), without its end when the text is longer than size. */
void fab_template_print_rule(const struct fab_template_sheet sheets[], const struct fab_template_column *column, char *text, int size);

/* Writes the workbook with a sheet "Guide" before the others: names of the columns in the first row (those that must be filled are dark, each with a
 * comment), rows below, for every column a rule for what is typed (lists for ids of other sheets and for choices, ranges for numbers) and a text that says
 * it; nothing is protected. Numbers that the file's 16 digits do not hold are written as texts. The same rows give the same bytes. The file at path is
 * overwritten; temporary files are made in folder. FAB_OUTPUT: it could not be written, or a table has more rows than a sheet; FAB_INTERRUPTED. O(cells),
 * some 300 bytes each. */
fab_status fab_template_write(fab_context *context, const struct fab_template_sheet sheets[], int sheet_count, const char *path, const char *folder);

#endif
