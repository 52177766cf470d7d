/* What is asked of an STDF file, and what it gives.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_STDF_RESULT_H
#define FAB_STDF_RESULT_H

#include <fabplan/table.h>
#include <stdbool.h>

/* Most parts of a file: it bounds the memory (some 40 bytes a part). */
enum { FAB_STDF_PARTS_MAX = 10000000, FAB_STDF_NAME_SIZE = 256 };

/* Zero is the default of everything. */
struct fab_stdf_options {
    const char *stage; /* "sort" or "final"; NULL: what MIR's TEST_COD, FLOW_ID or JOB_NAM says, else sort with and final without wafers */
    int run;           /* 0: 1 + what MIR's RTST_COD counts (Y: 2; N, blank: 1, with RDR 2) */
    const char *wafer; /* name of the wafer of parts outside WIR and WRR, or of the one whose WAFER_ID is empty; NULL: such parts are an error */
    bool lot_in_name;  /* a wafer is LOT_ID-WAFER_ID: testers often number the wafers of a lot 1 to 25 */
    bool make_lots;    /* lots and wafers that no table has are made of the file (stdf_lots.h) */
    const char *source; /* of those lots; NULL: what PART_TYP names */
    bool soft_bins;    /* bins are software bins; default: hardware bins */
};

/* The rows that a file gives, with the columns of data-dictionary.md (without basis and note), ordered by wafer and bin. Wafers without a
 * tested die have no row; a map of more than FAB_TEXT_MAX characters is left out with a warning. In a map a bin 0..61 is 0-9A-Za-z, a
 * higher one ?; rows run from the top as WCR's POS_Y and POS_X say (default: Y down, X right). */
struct fab_stdf_result {
    fab_table *wafer_test;                                               /* wafer, stage, run, time, tested, good */
    fab_table *wafer_bin;                                                /* wafer, stage, run, bin, count */
    fab_table *die_map;                                                  /* wafer, stage, run, map */
    fab_table *die;                                                      /* wafer, stage, run, file, time, die: the die that count (stdf_list.h) */
    const char *path;                                                    /* of the file, the caller's */
    char lot[FAB_STDF_NAME_SIZE], product[FAB_STDF_NAME_SIZE], stage[8]; /* LOT_ID, PART_TYP of MIR */
    int run, wafers;
    int64_t parts, superseded;
};

void fab_stdf_result_fini(struct fab_stdf_result *result);

#endif
