/* The number formats of every workbook: one table, fourteen rows.
 * Money and quantities show zero as a dash, a loss in parentheses, a negative quantity with its sign; fractions are percent only by their
 * format.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_NUMBERS_H
#define FAB_NUMBERS_H

#include <stdint.h>

struct fab_number_format {
    const char *name;
    const char *code; /* of Excel */
    int decimals;     /* digits after the point, for the width of columns */
    double scale;     /* what is shown = value x scale */
};

enum fab_number {
    FAB_NUMBER_GENERAL,
    FAB_NUMBER_TEXT,
    FAB_NUMBER_COUNT,
    FAB_NUMBER_DECIMAL1,
    FAB_NUMBER_DECIMAL3,
    FAB_NUMBER_PERCENT,
    FAB_NUMBER_USD,
    FAB_NUMBER_USD_CENTS,
    FAB_NUMBER_USD_MILLIONS,
    FAB_NUMBER_FACTOR,
    FAB_NUMBER_DATE, /* text YYYY-MM-DD of a SELECT becomes a date */
    FAB_NUMBER_FLAG,
    FAB_NUMBER_YEAR,
    FAB_NUMBER_SMALL,
    FAB_NUMBER_FORMATS
};

/* The serial number of a day (1970-01-01 = 0) in a workbook, and back: 1900-01-01 is 1; 60 is the 29 February 1900 that never was, so that 1900-02-28 is 59 and 1900-03-01 is 61. */
int64_t fab_serial_of_date(int32_t date);
int32_t fab_date_of_serial(int64_t serial);

extern const struct fab_number_format fab_number_formats[FAB_NUMBER_FORMATS];

/* Index by name ("usd_millions"), -1: none. */
int fab_number_find(const char *name);

#endif
