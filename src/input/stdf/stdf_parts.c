/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stdf_parts.h"

#include "array.h"
#include "stdf_check.h"
#include "try.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Bits of PART_FLG. */
enum { FLAG_BY_ID = 1 << 0, FLAG_FAILED = 1 << 3, FLAG_NO_VERDICT = 1 << 4 };

/* FAR with its header; PRR up to HARD_BIN: what every part must have. */
enum { HEADER_SIZE = 4, FAR_SIZE = HEADER_SIZE + 2, PRR_LEAST = 7, NO_SOFT_BIN = 65535, ALL_HEADS = 255 };

typedef fab_status read_record(fab_context *context, struct stdf_file *file, struct fab_stdf_record *record);

/* ---- lists ---- */

/* A new wafer, -1 when memory is short. */
static int add_wafer(struct stdf_file *file, int64_t offset)
{
    if (!FAB_ARRAY_ROOM(&file->wafer, file->wafers, &file->wafer_capacity))
        return -1;
    file->wafer[file->wafers] = (struct stdf_wafer){.offset = offset, .parts = STDF_NO_COUNT, .good = STDF_NO_COUNT};
    return file->wafers++;
}

/* A text without the blanks at its ends: testers fill fields up with them. NULL when memory is short. */
static const char *take_trimmed(struct stdf_file *file, struct fab_stdf_record *record)
{
    size_t length;
    const char *text = fab_stdf_take_text(record, &length);
    const char *nul = memchr(text, '\0', length);
    length = nul ? (size_t)(nul - text) : length;
    for (; length > 0 && text[0] == ' '; text++)
        length--;
    while (length > 0 && text[length - 1] == ' ')
        length--;
    return fab_arena_dup_length(file->arena, text, length);
}

/* Passes over fields of the sizes, which 0 ends; the record may end behind each. */
static void skip_fields(struct fab_stdf_record *record, const int *sizes)
{
    for (; *sizes > 0; sizes++)
        fab_stdf_skip(record, (size_t)*sizes);
}

/* ---- records ---- */

static fab_status read_mir(fab_context *context, struct stdf_file *file, struct fab_stdf_record *record)
{
    enum { JOB_REV_TO_EXEC_VER = 5, TST_TEMP_TO_SPEC_VER = 12 };
    if (file->began)
        return fab_stdf_fail(context, file->stream, record->offset, "a second master information record (MIR)");
    file->began = true;
    file->setup = fab_stdf_take_u4(record, 0);
    file->start = fab_stdf_take_u4(record, 0);
    file->station = fab_stdf_take_u1(record, 0);
    fab_stdf_skip(record, 1); /* MODE_COD */
    file->retest = (char)fab_stdf_take_u1(record, ' ');
    skip_fields(record, (const int[]){1, 2, 1, 0}); /* PROT_COD, BURN_TIM, CMOD_COD */
    file->lot = take_trimmed(file, record);
    file->product = take_trimmed(file, record);
    file->node = take_trimmed(file, record);
    fab_stdf_skip_texts(record, 1); /* TSTR_TYP */
    file->job = take_trimmed(file, record);
    fab_stdf_skip_texts(record, JOB_REV_TO_EXEC_VER);
    file->test_code = take_trimmed(file, record);
    fab_stdf_skip_texts(record, TST_TEMP_TO_SPEC_VER);
    file->flow = take_trimmed(file, record);
    return file->lot && file->product && file->node && file->job && file->test_code && file->flow ? FAB_OK : fab_fail_memory(context);
}

static fab_status read_mrr(fab_context *context, struct stdf_file *file, struct fab_stdf_record *record)
{
    (void)context;
    (void)record;
    file->ended = true;
    return FAB_OK;
}

static fab_status read_rdr(fab_context *context, struct stdf_file *file, struct fab_stdf_record *record)
{
    (void)context;
    (void)record;
    file->retested = true;
    return FAB_OK;
}

static fab_status read_pcr(fab_context *context, struct stdf_file *file, struct fab_stdf_record *record)
{
    (void)context;
    if (record->length < 1 + 1 + 4)
        return FAB_OK;
    struct stdf_counts *counts = fab_stdf_take_u1(record, 0) == ALL_HEADS ? &file->total : &file->sites;
    fab_stdf_skip(record, 1); /* SITE_NUM */
    counts->parts += fab_stdf_take_u4(record, 0);
    fab_stdf_take_u4(record, 0); /* RTST_CNT */
    fab_stdf_take_u4(record, 0); /* ABRT_CNT */
    uint32_t good = fab_stdf_take_u4(record, STDF_NO_COUNT);
    counts->given = true;
    counts->lacks_good = counts->lacks_good || good == STDF_NO_COUNT;
    counts->good += good;
    return FAB_OK;
}

static fab_status read_wcr(fab_context *context, struct stdf_file *file, struct fab_stdf_record *record)
{
    (void)context;
    skip_fields(record, (const int[]){4, 4, 4, 1, 1, 2, 2, 0}); /* WAFR_SIZ, DIE_HT, DIE_WID, WF_UNITS, WF_FLAT, CENTER_X, CENTER_Y */
    file->positive_x = (char)fab_stdf_take_u1(record, ' ');
    file->positive_y = (char)fab_stdf_take_u1(record, ' ');
    return FAB_OK;
}

static fab_status read_wir(fab_context *context, struct stdf_file *file, struct fab_stdf_record *record)
{
    uint32_t head = fab_stdf_take_u1(record, 0);
    fab_stdf_skip(record, 1); /* SITE_GRP */
    uint32_t start = fab_stdf_take_u4(record, 0);
    const char *name = take_trimmed(file, record);
    int wafer = name ? add_wafer(file, record->offset) : -1;
    if (wafer < 0)
        return fab_fail_memory(context);
    file->wafer[wafer].start = start;
    file->wafer[wafer].name = name[0] ? name : NULL;
    file->open[head] = wafer;
    return FAB_OK;
}

/* The name in WRR wins: a tester may read it only after the test. */
static fab_status read_wrr(fab_context *context, struct stdf_file *file, struct fab_stdf_record *record)
{
    uint32_t head = fab_stdf_take_u1(record, 0);
    fab_stdf_skip(record, 1); /* SITE_GRP */
    if (file->open[head] < 0)
        return fab_stdf_fail(context, file->stream, record->offset, "wafer results (WRR) on head %u, where no wafer is open",
                             (unsigned)head);
    struct stdf_wafer *wafer = &file->wafer[file->open[head]];
    wafer->finish = fab_stdf_take_u4(record, 0);
    wafer->parts = fab_stdf_take_u4(record, STDF_NO_COUNT);
    fab_stdf_take_u4(record, 0); /* RTST_CNT */
    fab_stdf_take_u4(record, 0); /* ABRT_CNT */
    wafer->good = fab_stdf_take_u4(record, STDF_NO_COUNT);
    fab_stdf_take_u4(record, 0); /* FUNC_CNT */
    const char *name = take_trimmed(file, record);
    if (!name)
        return fab_fail_memory(context);
    wafer->name = name[0] ? name : wafer->name;
    file->open[head] = -1;
    return FAB_OK;
}

static fab_status find_wafer(fab_context *context, struct stdf_file *file, const struct fab_stdf_record *record, uint32_t head, int *wafer)
{
    *wafer = file->open[head];
    if (*wafer >= 0)
        return FAB_OK;
    if (!file->options->wafer) {
        char what[64];
        snprintf(what, sizeof what, "a part outside every wafer (no WIR on head %u)", (unsigned)head);
        return fab_stdf_fail_nameless(context, file->stream, record->offset, what);
    }
    if (file->loose < 0)
        file->loose = add_wafer(file, record->offset);
    if (file->loose < 0)
        return fab_fail_memory(context);
    *wafer = file->loose;
    return FAB_OK;
}

/* Sets the bit of a head and site; returns what it was. */
static bool mark_begun(struct stdf_file *file, uint32_t head, uint32_t site, bool begun)
{
    uint32_t place = head * STDF_HEADS + site;
    unsigned char *byte = &file->begun[place / 8], bit = (unsigned char)(1 << place % 8);
    bool before = (*byte & bit) != 0;
    *byte = (unsigned char)(begun ? *byte | bit : *byte & ~bit);
    file->begun_count += begun - before;
    return before;
}

static fab_status read_pir(fab_context *context, struct stdf_file *file, struct fab_stdf_record *record)
{
    (void)context;
    uint32_t head = fab_stdf_take_u1(record, 0), site = fab_stdf_take_u1(record, 0);
    file->lost += mark_begun(file, head, site, true);
    return FAB_OK;
}

static fab_status read_prr(fab_context *context, struct stdf_file *file, struct fab_stdf_record *record)
{
    struct stdf_part part = {.number = (uint32_t)file->parts};
    int wafer = -1;
    fab_status status = FAB_OK;
    if (record->length < PRR_LEAST)
        return fab_stdf_fail(context, file->stream, record->offset, "part results (PRR) of %zu bytes, must be at least %d", record->length,
                             PRR_LEAST);
    if (file->parts >= FAB_STDF_PARTS_MAX)
        return fab_stdf_fail(context, file->stream, record->offset, "more than %d parts", FAB_STDF_PARTS_MAX);
    uint32_t head = fab_stdf_take_u1(record, 0);
    mark_begun(file, head, fab_stdf_take_u1(record, 0), false);
    uint32_t flags = fab_stdf_take_u1(record, 0);
    fab_stdf_skip(record, 2); /* NUM_TEST */
    uint32_t hard = fab_stdf_take_u2(record, 0), soft = fab_stdf_take_u2(record, NO_SOFT_BIN);
    part.x = (int16_t)fab_stdf_take_i2(record, STDF_NO_COORDINATE);
    part.y = (int16_t)fab_stdf_take_i2(record, STDF_NO_COORDINATE);
    fab_stdf_take_u4(record, 0); /* TEST_T */
    part.id = take_trimmed(file, record);
    TRY_MEMORY(context, part.id && fab_array_room_size(&file->part, file->parts, 1, &file->part_capacity, sizeof *file->part));
    if (file->options->soft_bins && soft == NO_SOFT_BIN)
        TRY(fab_stdf_fail(context, file->stream, record->offset, "a part without a software bin"));
    TRY(find_wafer(context, file, record, head, &wafer));
    part.wafer = wafer;
    part.bin = (uint16_t)(file->options->soft_bins ? soft : hard);
    part.by_id = (flags & FLAG_BY_ID) != 0;
    part.no_verdict = (flags & FLAG_NO_VERDICT) != 0;
    part.good = (flags & FLAG_FAILED) == 0;
    file->part[file->parts++] = part;
out:
    return status;
}

static fab_status read_bin(fab_context *context, struct stdf_file *file, struct fab_stdf_record *record)
{
    if ((record->type == FAB_STDF_SBR) != file->options->soft_bins || record->length < 2 + 2 + 4)
        return FAB_OK;
    bool total = fab_stdf_take_u1(record, 0) == ALL_HEADS;
    fab_stdf_skip(record, 1); /* SITE_NUM */
    uint32_t number = fab_stdf_take_u2(record, 0);
    struct stdf_bin **page = &file->bins[number / STDF_BINS_A_PAGE];
    if (!*page)
        *page = fab_arena_take(file->arena, STDF_BINS_A_PAGE, sizeof **page);
    if (!*page)
        return fab_fail_memory(context);
    struct stdf_bin *bin = &(*page)[number % STDF_BINS_A_PAGE];
    uint32_t count = fab_stdf_take_u4(record, 0);
    char mark = (char)fab_stdf_take_u1(record, ' ');
    *(total ? &bin->total : &bin->sites) += count;
    bin->has_total = bin->has_total || total;
    if (mark == 'P' || mark == 'F')
        bin->mark = mark;
    return FAB_OK;
}

/* ---- the file ---- */

static read_record *find_reader(int type)
{
    static const struct {
        int type;
        read_record *read;
    } readers[] = {
        {FAB_STDF_MIR, read_mir}, {FAB_STDF_MRR, read_mrr}, {FAB_STDF_WCR, read_wcr}, {FAB_STDF_WIR, read_wir}, {FAB_STDF_WRR, read_wrr},
        {FAB_STDF_PIR, read_pir}, {FAB_STDF_PRR, read_prr}, {FAB_STDF_PCR, read_pcr}, {FAB_STDF_HBR, read_bin}, {FAB_STDF_SBR, read_bin}, {FAB_STDF_RDR, read_rdr},
    };
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++)
        if (readers[i].type == type)
            return readers[i].read;
    return NULL;
}

static fab_status take_record(fab_context *context, struct stdf_file *file, struct fab_stdf_record *record)
{
    read_record *read = find_reader(record->type);
    if (file->ended)
        return fab_stdf_fail(context, file->stream, record->offset,
                             "a record behind the master results record (MRR), which must be the last");
    fab_status status = stdf_check_record(context, file->stream, record, file->begun_count > 0);
    if (status != FAB_OK)
        return status;
    if (record->type == FAB_STDF_FAR)
        return fab_stdf_fail(context, file->stream, record->offset, "a second file attributes record (FAR)");
    if (!read)
        return FAB_OK;
    if (!file->began && record->type != FAB_STDF_MIR && record->type != FAB_STDF_WCR)
        return fab_stdf_fail(context, file->stream, record->offset, "results before the master information record (MIR)");
    status = read(context, file, record);
    if (status == FAB_OK && record->damaged)
        status = fab_stdf_fail(context, file->stream, record->offset, "a field of this record of type %d.%d goes beyond its end",
                               record->type >> 8, record->type & 0xFF);
    return status;
}

static void begin_file(struct stdf_file *file)
{
    file->loose = -1;
    for (int h = 0; h < STDF_HEADS; h++)
        file->open[h] = -1;
    file->lot = file->product = file->node = file->test_code = file->flow = file->job = "";
    file->positive_x = file->positive_y = ' ';
    file->arena = fab_arena_new();
}

fab_status stdf_file_read(fab_context *context, const char *path, struct stdf_file *file)
{
    struct fab_stdf_record record = {0};
    fab_status status = FAB_OK;
    int64_t end = FAR_SIZE;
    begin_file(file);
    TRY_MEMORY(context, file->arena);
    TRY(fab_stdf_stream_open(context, path, &file->stream));
    for (bool more = true;;) {
        TRY(fab_stdf_next(context, file->stream, &record, &more));
        if (!more)
            break;
        TRY(take_record(context, file, &record));
        end = record.offset + HEADER_SIZE + (int64_t)record.length;
        if (fab_context_interrupted(context))
            TRY(fab_fail(context, FAB_INTERRUPTED, "interrupted"));
    }
    if (!file->ended)
        TRY(fab_stdf_fail(context, file->stream, end, "the file ends without a master results record (MRR): it has been cut off"));
    if (!file->began)
        TRY(fab_stdf_fail(context, file->stream, end, "the file has no master information record (MIR)"));
    file->lost += file->begun_count;
out:
    return status;
}

void stdf_file_fini(struct stdf_file *file)
{
    fab_stdf_stream_close(file->stream);
    free(file->part);
    free(file->wafer);
    fab_arena_free(file->arena);
}
