/* Tables as CSV files in a folder.
 *
 * Rows go through a buffer of fixed size; a file of any length takes no more memory. The header and the order of the cells are those of the
 * data dictionary, and `basis` ends every row. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_TABLE_FILE_H
#define FAB_TABLE_FILE_H

#include <fabplan/context.h>
#include <stdint.h>
#include <stdio.h>

#include "arena.h"
#include "output.h"

enum { FAB_TABLE_FILE_BUFFER = 1 << 18 };

typedef struct fab_table_file {
    char *path;
    FILE *file;
    char *buffer;
    size_t used;
    bool row;          /* a cell of the row has been written */
    int error;         /* errno of the first failed write */
    const char *basis; /* as a CSV field */
    int64_t rows;
    int64_t day; /* day number of day_text */
    char day_text[16];
} fab_table_file;

/* Opens folder/TABLE.csv and writes the header. `basis` is a CSV field and must live as long. */
fab_status fab_table_file_open(fab_context *context, fab_table_file *file, const char *folder, const char *table, const char *basis);

/* The same with some of the table's columns, separated by commas. Nothing ends a row until `basis` is set. */
fab_status fab_table_file_open_columns(fab_context *context, fab_table_file *file, const char *folder, const char *table, const char *columns);

/* Writes what is left and synchronises. A failed write of any row shows here. The file must still be freed. */
fab_status fab_table_file_close(fab_context *context, fab_table_file *file);
void fab_table_file_free(fab_table_file *file);

/* Cells, from left to right; then the end of the row. A text is written as it is: see fab_csv_field_of. NULL is an empty cell. */
void fab_table_file_text(fab_table_file *file, const char *text);
void fab_table_file_number(fab_table_file *file, int64_t number);
void fab_table_file_decimal(fab_table_file *file, int64_t number, int digits); /* number x 10^-digits, digits 0..9, without zeros at its end */
void fab_table_file_day(fab_table_file *file, int64_t day);                    /* since 1970-01-01 */
void fab_table_file_time(fab_table_file *file, int64_t seconds); /* since 1970-01-01T00:00:00 */
void fab_table_file_end_row(fab_table_file *file);

/* The text as a CSV field, in the arena; NULL when memory is short. */
const char *fab_csv_field_of(fab_arena *arena, const char *text);

#endif
