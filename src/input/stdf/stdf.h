/* Test results from STDF V4 files (Teradyne, "Standard Test Data Format Specification", version 4), plain or gzip.
 *
 * What is read: FAR, MIR, RDR, WCR, WIR, PIR, PRR, WRR, PCR, HBR, SBR, MRR; every other record is skipped by its length (stdf_check.h says
 * which are damage). What counts:
 * - FAR comes first and says the byte order; MRR comes last, so that a file without it has been cut off.
 * - A part belongs to the wafer that is open on its test head. The site means nothing here, 255 included.
 * - A later part at the same X, Y supersedes an earlier one of the same wafer, and one with PART_FLG bit 0 all earlier ones of its
 * PART_ID. X or Y -32768 is none. PART_FLG bit 3 is a failure unless bit 4 (no verdict) is set: then the pass/fail mark of the bin in HBR
 * or SBR decides, and no mark is a failure.
 * - HBR and SBR of head 255 are totals over all heads and sites; where there are any the others are not added to them. They serve for the
 * mark of a bin and, in a file of a single wafer without parts, for its counts.
 * - Counts of WRR serve only a wafer without parts; 4294967295 is none. Where WRR, PCR or the bins contradict the parts, that is a warning,
 * and so are parts that begin and have no results.
 * - RDR says that the file is a retest, of all die or of some bins: the runs of a wafer are merged (stdf_runs.h).
 * - Times are seconds since 1970-01-01 of the tester's local clock, and are written so.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_STDF_H
#define FAB_STDF_H

#include <fabplan/context.h>

#include "stdf_result.h"

/* Reads a file. FAB_INPUT: not STDF V4, damaged (with the byte offset in the uncompressed file), or a name or wafer that cannot be used;
 * FAB_USAGE: an option outside its domain. After a failure the result holds nothing. O(bytes + parts log parts), memory O(parts). */
fab_status fab_stdf_read(fab_context *context, const char *path, const struct fab_stdf_options *options, struct fab_stdf_result *result);

#endif
