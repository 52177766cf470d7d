/* Where the rows of an import come from: a file, decoded test results, a table in memory. The store knows no format.
 *
 * Rows are texts, as a CSV file has them; the first row names the columns. An import reads a source once, and once more from its start,
 * while the first reading goes on, when it needs the place of a row that it has let go: every reading stands alone.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_ROW_SOURCE_H
#define FAB_ROW_SOURCE_H

#include <fabplan/context.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct fab_row_text {
    const char *text; /* ended by a NUL that length does not count; holds no other NUL, is valid UTF-8 */
    size_t length;
};

/* 1-based line of the source and character of that line. */
struct fab_row_place {
    int64_t line;
    int column;
};

/* Empty cells that a reader has left out, as spreadsheets leave them behind: said once, at the end. */
struct fab_row_ignored {
    int columns;         /* at the end of the header, without a name; their cells are empty, else they are not left out */
    int64_t rows, row;   /* of empty cells alone; line of the first */
    int64_t cells, cell; /* rows with empty cells behind the last column of the header; line of the first */
};

/* Rows that whoever looks at a sheet does not see, and that are read nevertheless: said once, at the end. */
struct fab_row_hidden {
    int64_t rows, row; /* hidden or filtered out; the first */
    bool sheet;        /* all of it */
};

enum fab_row_result {
    FAB_ROW,       /* texts, count and line are set */
    FAB_ROW_FAULT, /* fault and fault_place are set; the next call goes on behind the fault */
    FAB_ROW_END
};

struct fab_row_reader;

/* What each kind of reader does. */
struct fab_row_reader_kind {
    /* The next row or fault. FAB_NO_MEMORY, or FAB_INPUT when the source cannot be read. */
    fab_status (*next)(fab_context *context, struct fab_row_reader *reader, enum fab_row_result *result);

    /* Where a field of the row at hand begins (field = count: where the row ends). */
    struct fab_row_place (*place)(const struct fab_row_reader *reader, int field);

    void (*close)(struct fab_row_reader *reader);
};

/* A reading of a source; the first member of what a kind of source needs for it. */
struct fab_row_reader {
    const struct fab_row_reader_kind *kind;
    const struct fab_row_text *texts; /* of the row at hand, until the next one */
    int count;
    int64_t line; /* on which the row begins */
    bool marked;  /* of a file for spreadsheets: texts that begin with = + - @ tab CR or ' have a ' before them, which is not part of them */
    const char *fault, *fault_code; /* the code of the finding; NULL: "csv" */
    struct fab_row_place fault_place;
    struct fab_row_ignored ignored; /* so far */
    struct fab_row_hidden hidden;   /* so far */
};

struct fab_row_source {
    const char *table; /* whose rows they are, as the source says: the import finds out whether there is one */
    const char *name;  /* in messages: the path of the file */
    const char *sheet; /* of the file: places are cells of it (NAME:SHEET!F17), lines are its rows; NULL: places are lines and columns */
    void *state;

    /* Begins a reading, which its kind's close ends. FAB_INPUT: the source cannot be read. */
    fab_status (*open)(fab_context *context, const struct fab_row_source *source, struct fab_row_reader **reader);

    /* Where a row comes from that was made from something else, such as "lot42.stdf: wafer 05": findings say it instead of
     * name:line:column, and an id that no table has once, however many rows name it. The text lives as long as the source. NULL: the name
     * is the place. */
    const char *(*origin)(const void *origin_state, int64_t line);
    const void *origin_state;
};

#endif
