/* Results as CSV.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* fopencookie */
#include <fabplan/result.h>

#include "csv_text.h"
#include "number.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

/* Where the text goes; nothing more once the writer has said no. */
struct sink {
    fab_writer *write;
    void *user;
};

static ssize_t put(void *cookie, const char *bytes, size_t size)
{
    const struct sink *sink = cookie;
    return sink->write(sink->user, bytes, size) ? (ssize_t)size : 0;
}

static void write_value(FILE *file, const fab_value *value)
{
    char number[FAB_NUMBER_TEXT_SIZE];
    switch (value->type) {
    case FAB_NULL: break;
    case FAB_INTEGER: fprintf(file, "%" PRId64, value->integer); break;
    case FAB_REAL: fputs(isfinite(value->real) ? fab_number_print(value->real, number) : "", file); break;
    case FAB_TEXT: fab_csv_write_text(file, value->text); break;
    }
}

/* Row -1 is the header. */
static void write_row(FILE *file, const fab_table *table, int row)
{
    for (int c = 0; c < fab_table_columns(table); c++) {
        if (c > 0)
            putc(',', file);
        if (row < 0)
            fab_csv_write_text(file, fab_table_column_name(table, c));
        else
            write_value(file, fab_table_get(table, row, c));
    }
    putc('\n', file);
}

bool fab_result_write_csv(const fab_result *result, const char *part, fab_writer *write, void *user)
{
    struct sink sink = {write, user};
    const fab_table *table = fab_result_table(result, part);
    FILE *file = table ? fopencookie(&sink, "w", (cookie_io_functions_t){.write = put}) : NULL;
    if (!file)
        return false;
    for (int r = -1; r < fab_table_rows(table) && !ferror(file); r++)
        write_row(file, table, r);
    bool complete = !ferror(file);
    return fclose(file) == 0 && complete;
}
