/* What the records of an STDF file say, before it is made into rows.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_STDF_PARTS_H
#define FAB_STDF_PARTS_H

#include "arena.h"
#include "stdf_result.h"
#include "stdf_stream.h"

enum { STDF_BINS = 65536, STDF_BINS_A_PAGE = 256, STDF_HEADS = 256, STDF_NO_COORDINATE = -32768 };

/* A count that the file does not give. */
#define STDF_NO_COUNT UINT32_MAX

struct stdf_part {
    int32_t wafer;   /* index of stdf_file.wafer */
    uint32_t number; /* order in the file */
    int16_t x, y;
    uint16_t bin;
    bool by_id; /* supersedes an earlier part of the same id */
    bool good;  /* as its flags say; without a verdict as its bin says */
    bool no_verdict, superseded;
    const char *id; /* NULL: none */
};

struct stdf_wafer {
    const char *name;                    /* NULL: none yet */
    int64_t offset;                      /* of its first record */
    uint32_t start, finish, parts, good; /* parts, good: of WRR */
    int32_t same;                        /* first wafer of the same name */
    bool named;                          /* by the options */
    bool several;                        /* other wafers have its name: the counts of WRR are of a part of it */
};

struct stdf_bin {
    uint64_t total, sites; /* of head 255, of the others */
    char mark;             /* P, F or something else */
    bool has_total;
};

/* Parts as a summary record counts them. */
struct stdf_counts {
    uint64_t parts, good;
    bool given, lacks_good; /* any record; one of them without GOOD_CNT */
};

struct stdf_file {
    fab_arena *arena;
    const struct fab_stdf_options *options;
    fab_stdf_stream *stream;
    struct stdf_part *part;
    struct stdf_wafer *wafer;
    struct stdf_bin *bins[STDF_BINS / STDF_BINS_A_PAGE]; /* of the chosen kind: pages, NULL where there is no bin */
    size_t parts, part_capacity;
    int wafers, wafer_capacity;
    int open[STDF_HEADS];                               /* wafer that is open on a head, -1: none */
    int loose;                                          /* wafer of parts outside WIR and WRR, -1: none yet */
    bool began, ended;                                  /* MIR, MRR have been read */
    uint32_t setup, start;                              /* of MIR */
    char retest;                                        /* RTST_COD of MIR */
    bool retested;                                      /* RDR: all parts are retested ones */
    uint32_t station;                                   /* STAT_NUM */
    const char *lot, *product, *node, *test_code, *flow, *job; /* of MIR, blanks at the ends cut off, bytes as in the file */
    struct stdf_counts total, sites;                    /* of PCR: head 255, the others */
    unsigned char begun[STDF_HEADS * STDF_HEADS / 8];   /* a bit for each head and site: PIR without PRR so far */
    int begun_count, lost;                              /* of those; parts that begin and have no result */
    char positive_x, positive_y;                        /* of WCR */
};

/* Reads all records into *file, which is zero but for options. What it holds is freed with stdf_file_fini, also after a failure. */
fab_status stdf_file_read(fab_context *context, const char *path, struct stdf_file *file);
void stdf_file_fini(struct stdf_file *file);

/* What the file says of a bin. */
static inline struct stdf_bin stdf_bin_of(const struct stdf_file *file, int bin)
{
    const struct stdf_bin *page = file->bins[bin / STDF_BINS_A_PAGE];
    return page ? page[bin % STDF_BINS_A_PAGE] : (struct stdf_bin){0};
}

static inline bool stdf_has_place(const struct stdf_part *part)
{
    return part->x != STDF_NO_COORDINATE && part->y != STDF_NO_COORDINATE;
}

#endif
