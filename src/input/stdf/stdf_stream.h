/* The records of an STDF file, one after the other, and the fields of a record.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_STDF_STREAM_H
#define FAB_STDF_STREAM_H

#include <fabplan/context.h>
#include <stddef.h>
#include <stdint.h>

enum { FAB_STDF_RECORD_MAX = 65535 };

/* Record types and subtypes as type << 8 | subtype. */
enum {
    FAB_STDF_FAR = 0 << 8 | 10,
    FAB_STDF_MIR = 1 << 8 | 10,
    FAB_STDF_MRR = 1 << 8 | 20,
    FAB_STDF_PCR = 1 << 8 | 30,
    FAB_STDF_HBR = 1 << 8 | 40,
    FAB_STDF_SBR = 1 << 8 | 50,
    FAB_STDF_RDR = 1 << 8 | 70,
    FAB_STDF_WIR = 2 << 8 | 10,
    FAB_STDF_WRR = 2 << 8 | 20,
    FAB_STDF_WCR = 2 << 8 | 30,
    FAB_STDF_PIR = 5 << 8 | 10,
    FAB_STDF_PRR = 5 << 8 | 20
};

typedef struct fab_stdf_stream fab_stdf_stream;

/* A record. Fields are taken from left to right; those that the record no longer has give their "missing" value, which the caller names. */
struct fab_stdf_record {
    int type;
    int64_t offset; /* of its header in the uncompressed file */
    const unsigned char *bytes;
    size_t length, at;
    bool big_endian;
    bool damaged; /* a field begins in the record and ends beyond it */
};

/* Opens a file and checks its FAR. FAB_INPUT: cannot be read, not STDF, not version 4. */
fab_status fab_stdf_stream_open(fab_context *context, const char *path, fab_stdf_stream **stream);
void fab_stdf_stream_close(fab_stdf_stream *stream);

/* The next record, valid until the next call. *more is false at the end of the file; a file that ends within a record, or whose compressed
 * bytes are damaged, is FAB_INPUT. */
fab_status fab_stdf_next(fab_context *context, fab_stdf_stream *stream, struct fab_stdf_record *record, bool *more);

uint32_t fab_stdf_take_u1(struct fab_stdf_record *record, uint32_t missing);
uint32_t fab_stdf_take_u2(struct fab_stdf_record *record, uint32_t missing);
uint32_t fab_stdf_take_u4(struct fab_stdf_record *record, uint32_t missing);
int fab_stdf_take_i2(struct fab_stdf_record *record, int missing);

/* A text with its length byte (Cn); missing: length 0. */
const char *fab_stdf_take_text(struct fab_stdf_record *record, size_t *length);

/* Passes over fields of fixed size, or over texts. */
void fab_stdf_skip(struct fab_stdf_record *record, size_t size);
void fab_stdf_skip_texts(struct fab_stdf_record *record, int count);

/* FAB_INPUT "PATH: byte N: WHAT". */
fab_status fab_stdf_fail(fab_context *context, const fab_stdf_stream *stream, int64_t offset, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* The same, code no_wafer_name, for what is on no wafer that has a name. */
fab_status fab_stdf_fail_nameless(fab_context *context, const fab_stdf_stream *stream, int64_t offset, const char *what);

#endif
