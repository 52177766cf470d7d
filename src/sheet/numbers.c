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
