/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numbers.h"

#include <string.h>

#define DASH ";\"–\""

const struct fab_number_format fab_number_formats[FAB_NUMBER_FORMATS] = {
    [FAB_NUMBER_GENERAL] = {"general", "General", 4, 1},
    [FAB_NUMBER_TEXT] = {"text", "@", 0, 1},
    [FAB_NUMBER_COUNT] = {"count", "#,##0;-#,##0" DASH, 0, 1},
    [FAB_NUMBER_DECIMAL1] = {"decimal1", "#,##0.0;-#,##0.0" DASH, 1, 1},
    [FAB_NUMBER_DECIMAL3] = {"decimal3", "#,##0.000;-#,##0.000" DASH, 3, 1},
    [FAB_NUMBER_PERCENT] = {"percent", "0.0%", 1, 100},
    [FAB_NUMBER_USD] = {"usd", "#,##0;(#,##0)" DASH, 0, 1},
    [FAB_NUMBER_USD_CENTS] = {"usd_cents", "#,##0.00;(#,##0.00)" DASH, 2, 1},
    [FAB_NUMBER_USD_MILLIONS] = {"usd_millions", "#,##0.0,,;(#,##0.0,,)" DASH, 1, 1e-6},
    [FAB_NUMBER_FACTOR] = {"factor", "0.0000", 4, 1},
    [FAB_NUMBER_DATE] = {"date", "yyyy-mm-dd", 5, 1},
    [FAB_NUMBER_FLAG] = {"flag", "\"yes\";;", 2, 1},
    [FAB_NUMBER_YEAR] = {"year", "0", 0, 1},
    [FAB_NUMBER_SMALL] = {"small", "0.0E+00;-0.0E+00" DASH, 6, 1},
};

int fab_number_find(const char *name)
{
    for (int n = 0; n < FAB_NUMBER_FORMATS; n++)
        if (strcmp(fab_number_formats[n].name, name) == 0)
            return n;
    return -1;
}

/* Day numbers of 1899-12-30, from which serial numbers count, and of 1900-03-01, before which they are one less. */
enum { EPOCH = -25569, MARCH_1900 = -25508 };

int64_t fab_serial_of_date(int32_t date)
{
    return (int64_t)date - EPOCH - (date < MARCH_1900);
}

int32_t fab_date_of_serial(int64_t serial)
{
    return (int32_t)(serial + EPOCH + (serial < MARCH_1900 - EPOCH));
}
