/* Test results from STDF V4 files (Teradyne, "Standard Test Data Format Specification", version 4), plain or gzip.
 *
 * What is read: FAR, MIR, RDR, WCR, WIR, PIR, PRR, WRR, HBR, SBR, MRR; every other record is skipped by its length. What counts:
 * - FAR comes first and says the byte order; MRR comes last, so that a file without it has been cut off.
 * - A part belongs to the wafer that is open on its test head. The site means nothing here, 255 included.
 * - A later part at the same X, Y supersedes an earlier one of the same wafer, and one with PART_FLG bit 0 all earlier ones of its
 * PART_ID. X or Y -32768 is none. PART_FLG bit 3 is a failure unless bit 4 (no verdict) is set: then the pass/fail mark of the bin in HBR
 * or SBR decides, and no mark is a failure.
 * - HBR and SBR of head 255 are totals over all heads and sites; where there are any the others are not added to them. They serve for the
 * mark of a bin and, in a file of a single wafer without parts, for its counts.
 * - Counts of WRR serve only a wafer without parts; 4294967295 is none. Where they contradict the parts, that is a warning.
 * - RDR says that the file is a retest. One of some bins alone is an error: the last run of a wafer is its result, and this is not.
 * - Times are seconds since 1970-01-01 of the tester's local clock, and are written so.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_STDF_H
#define FAB_STDF_H

#include <fabplan/context.h>
#include <fabplan/table.h>
#include <stdbool.h>

/* Most parts of a file: it bounds the memory (some 40 bytes a part). */
enum { FAB_STDF_PARTS_MAX = 10000000, FAB_STDF_NAME_SIZE = 256 };

/* Zero is the default of everything. */
struct fab_stdf_options {
    const char *stage; /* "sort" or "final"; NULL: what MIR's TEST_COD, FLOW_ID or JOB_NAM says, else sort with and final without wafers */
    int run;           /* 0: 1 + what MIR's RTST_COD counts (Y: 2; N, blank: 1, with RDR 2) */
    const char *wafer; /* name of the wafer of parts outside WIR and WRR; NULL: such parts are an error */
    bool lot_in_name;  /* a wafer is LOT_ID-WAFER_ID: testers often number the wafers of a lot 1 to 25 */
    bool soft_bins;    /* bins are software bins; default: hardware bins */
};

/* The rows that a file gives, with the columns of data-dictionary.md (without basis and note), ordered by wafer and bin. Wafers without a
 * tested die have no row; a map of more than FAB_TEXT_MAX characters is left out with a warning. In a map a bin 0..61 is 0-9A-Za-z, a
 * higher one ?; rows run from the top as WCR's POS_Y and POS_X say (default: Y down, X right). */
struct fab_stdf_result {
    fab_table *wafer_test;                                               /* wafer, stage, run, time, tested, good */
    fab_table *wafer_bin;                                                /* wafer, stage, run, bin, count */
    fab_table *die_map;                                                  /* wafer, stage, run, map */
    char lot[FAB_STDF_NAME_SIZE], product[FAB_STDF_NAME_SIZE], stage[8]; /* LOT_ID, PART_TYP of MIR */
    int run, wafers;
    int64_t parts, superseded;
};

/* Reads a file. FAB_INPUT: not STDF V4, damaged (with the byte offset in the uncompressed file), or a name or wafer that cannot be used;
 * FAB_USAGE: an option outside its domain. After a failure the result holds nothing. O(bytes + parts log parts), memory O(parts). */
fab_status fab_stdf_read(fab_context *context, const char *path, const struct fab_stdf_options *options, struct fab_stdf_result *result);
void fab_stdf_result_fini(struct fab_stdf_result *result);

#endif
