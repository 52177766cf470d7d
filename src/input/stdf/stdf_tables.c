/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stdf_tables.h"

bool stdf_tables_make(struct fab_stdf_result *result)
{
    static const char *const test[] = {"wafer", "stage", "run", "time", "tested", "good"};
    static const char *const bin[] = {"wafer", "stage", "run", "bin", "count"};
    static const char *const map[] = {"wafer", "stage", "run", "map"};
    static const char *const die[] = {"wafer", "stage", "run", "file", "time", "die"};
    result->wafer_test = fab_table_new("wafer_test", test, (int)(sizeof test / sizeof *test));
    result->wafer_bin = fab_table_new("wafer_bin", bin, (int)(sizeof bin / sizeof *bin));
    result->die_map = fab_table_new("die_map", map, (int)(sizeof map / sizeof *map));
    result->die = fab_table_new("stdf_file", die, (int)(sizeof die / sizeof *die));
    return result->wafer_test && result->wafer_bin && result->die_map && result->die;
}

void fab_stdf_result_fini(struct fab_stdf_result *result)
{
    fab_table_free(result->wafer_test);
    fab_table_free(result->wafer_bin);
    fab_table_free(result->die_map);
    fab_table_free(result->die);
    *result = (struct fab_stdf_result){0};
}
