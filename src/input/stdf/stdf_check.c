/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stdf_check.h"

enum { TEXT = 256, ANY = FAB_STDF_RECORD_MAX };

/* The records of the standard with the least and the most bytes that their fields take. Fields at the end may be left out. */
static const struct record_type {
    int type;
    size_t least, most;
} types[] = {
    {0 << 8 | 20, 4, ANY},       {0 << 8 | 30, 1, ANY},        {FAB_STDF_PCR, 2, 22},
    {FAB_STDF_HBR, 2, 9 + TEXT}, {FAB_STDF_SBR, 2, 9 + TEXT},  {1 << 8 | 60, 2, ANY},
    {1 << 8 | 62, 2, ANY},       {1 << 8 | 63, 2, ANY},        {FAB_STDF_RDR, 0, ANY},
    {1 << 8 | 80, 3, ANY},       {1 << 8 | 90, 2, ANY},        {1 << 8 | 91, 2, ANY},
    {1 << 8 | 92, 2, ANY},       {1 << 8 | 93, 2, ANY},        {1 << 8 | 94, 2, ANY},
    {FAB_STDF_WIR, 1, 6 + TEXT}, {FAB_STDF_WRR, 1, 26 + 6 * TEXT}, {FAB_STDF_WCR, 0, 20},
    {FAB_STDF_PIR, 2, 2},        {FAB_STDF_PRR, 7, 17 + 3 * TEXT}, {10 << 8 | 30, 3, 29 + 3 * TEXT},
    {15 << 8 | 10, 6, 32 + 6 * TEXT}, {15 << 8 | 15, 6, ANY},  {15 << 8 | 20, 6, ANY},
    {15 << 8 | 30, 6, ANY},      {20 << 8 | 10, 0, TEXT},      {20 << 8 | 20, 0, 0},
    {50 << 8 | 10, 2, ANY},      {50 << 8 | 30, 1, TEXT},      {FAB_STDF_MIR, 8, ANY},
    {FAB_STDF_MRR, 0, 5 + 2 * TEXT}, {FAB_STDF_FAR, 2, 2},
};

static const struct record_type *find_type(int type)
{
    for (size_t t = 0; t < sizeof types / sizeof *types; t++)
        if (types[t].type == type)
            return &types[t];
    return NULL;
}

fab_status stdf_check_record(fab_context *context, const fab_stdf_stream *stream, const struct fab_stdf_record *record, bool in_part)
{
    const struct record_type *known = find_type(record->type);
    int kind = record->type >> 8, subtype = record->type & 0xFF;
    if (record->type == 0)
        return fab_stdf_fail(context, stream, record->offset, "bytes of 0x00 where a record should begin: the file is damaged");
    if (!in_part && record->type != FAB_STDF_PIR)
        return FAB_OK;
    if (!known)
        return fab_stdf_fail(context, stream, record->offset,
                             "a record of type %d.%d within a part, which STDF V4 does not have: the file is damaged", kind, subtype);
    if (record->length < known->least && record->type != FAB_STDF_PRR) /* of which its reader says more */
        return fab_stdf_fail(context, stream, record->offset, "a record of type %d.%d of %zu bytes, must be at least %zu: the file is damaged",
                             kind, subtype, record->length, known->least);
    if (record->length > known->most)
        return fab_stdf_fail(context, stream, record->offset, "a record of type %d.%d of %zu bytes, must be at most %zu: the file is damaged",
                             kind, subtype, record->length, known->most);
    return FAB_OK;
}
