/* Writes STDF files in memory, field by field as the standard lists them, in either byte order.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_STDF_WRITER_H
#define FAB_STDF_WRITER_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <zlib.h>

enum { WRITER_SIZE = 1 << 20 };

struct writer {
    unsigned char bytes[WRITER_SIZE];
    size_t size, record; /* record: where the current one begins */
    bool big;
};

static inline void put_u1(struct writer *w, unsigned value)
{
    assert_true(w->size < WRITER_SIZE);
    w->bytes[w->size++] = (unsigned char)value;
}

static inline void put_number(struct writer *w, uint32_t value, int size)
{
    for (int i = 0; i < size; i++)
        put_u1(w, value >> 8 * (w->big ? size - 1 - i : i) & 0xFF);
}

static inline void put_text(struct writer *w, const char *text)
{
    put_u1(w, (unsigned)strlen(text));
    for (; *text; text++)
        put_u1(w, (unsigned char)*text);
}

static inline void begin_record(struct writer *w, int type, int subtype)
{
    w->record = w->size;
    put_number(w, 0, 2);
    put_u1(w, (unsigned)type);
    put_u1(w, (unsigned)subtype);
}

static inline void end_record(struct writer *w)
{
    size_t end = w->size;
    w->size = w->record;
    put_number(w, (uint32_t)(end - w->record - 4), 2);
    w->size = end;
}

static inline void write_far(struct writer *w, bool big)
{
    w->size = 0;
    w->big = big;
    begin_record(w, 0, 10);
    put_u1(w, big ? 1 : 2);
    put_u1(w, 4);
    end_record(w);
}

struct mir {
    uint32_t setup, start;
    char retest;
    const char *lot, *product, *job, *code, *flow;
};

static inline void write_mir(struct writer *w, const struct mir *mir)
{
    const char *const texts[] = {mir->lot, mir->product, "node",    "tester", mir->job, "rev", "sublot", "operator",
                                 "exec",   "1.0",        mir->code, "25",     "",       "",    "",       "",
                                 "",       "",           "",        "",       "",       "",    "",       mir->flow};
    begin_record(w, 1, 10);
    put_number(w, mir->setup, 4);
    put_number(w, mir->start, 4);
    put_u1(w, 1);
    put_u1(w, 'P');
    put_u1(w, (unsigned char)mir->retest);
    put_u1(w, ' ');
    put_number(w, 65535, 2);
    put_u1(w, ' ');
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        put_text(w, texts[i]);
    end_record(w);
}

static inline void write_wir(struct writer *w, int head, uint32_t start, const char *wafer)
{
    begin_record(w, 2, 10);
    put_u1(w, (unsigned)head);
    put_u1(w, 255);
    put_number(w, start, 4);
    put_text(w, wafer);
    end_record(w);
}

static inline void write_wrr(struct writer *w, int head, uint32_t finish, uint32_t parts, uint32_t good, const char *wafer)
{
    const uint32_t counts[] = {finish, parts, UINT32_MAX, UINT32_MAX, good, UINT32_MAX};
    begin_record(w, 2, 20);
    put_u1(w, (unsigned)head);
    put_u1(w, 255);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        put_number(w, counts[i], 4);
    put_text(w, wafer);
    end_record(w);
}

struct part {
    int head, site, flags, hard, soft, x, y;
    const char *id;
};

static inline void write_part(struct writer *w, const struct part *part)
{
    begin_record(w, 5, 10);
    put_u1(w, (unsigned)part->head);
    put_u1(w, (unsigned)part->site);
    end_record(w);
    begin_record(w, 15, 10); /* PTR: skipped */
    put_number(w, 4711, 4);
    put_u1(w, (unsigned)part->head);
    put_u1(w, (unsigned)part->site);
    end_record(w);
    begin_record(w, 5, 20);
    put_u1(w, (unsigned)part->head);
    put_u1(w, (unsigned)part->site);
    put_u1(w, (unsigned)part->flags);
    put_number(w, 1, 2);
    put_number(w, (uint32_t)part->hard, 2);
    put_number(w, (uint32_t)part->soft, 2);
    put_number(w, (uint32_t)part->x & 0xFFFF, 2);
    put_number(w, (uint32_t)part->y & 0xFFFF, 2);
    put_number(w, 1500, 4);
    put_text(w, part->id ? part->id : "");
    put_text(w, "");
    put_u1(w, 0);
    end_record(w);
}

static inline void write_bin(struct writer *w, int subtype, int head, int site, int bin, uint32_t count, char mark)
{
    begin_record(w, 1, subtype);
    put_u1(w, (unsigned)head);
    put_u1(w, (unsigned)site);
    put_number(w, (uint32_t)bin, 2);
    put_number(w, count, 4);
    put_u1(w, (unsigned char)mark);
    put_text(w, "name");
    end_record(w);
}

static inline void write_wcr(struct writer *w, char positive_x, char positive_y)
{
    begin_record(w, 2, 30);
    put_number(w, 0, 4);
    put_number(w, 0, 4);
    put_number(w, 0, 4);
    put_u1(w, 3);
    put_u1(w, 'D');
    put_number(w, 0, 2);
    put_number(w, 0, 2);
    put_u1(w, (unsigned char)positive_x);
    put_u1(w, (unsigned char)positive_y);
    end_record(w);
}

static inline void write_mrr(struct writer *w)
{
    begin_record(w, 1, 20);
    put_number(w, 1800000000, 4);
    put_u1(w, ' ');
    end_record(w);
}

static inline void save_bytes(const char *path, const unsigned char *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

/* The gzip form of bytes; returns its size. */
static inline size_t compress_bytes(const unsigned char *bytes, size_t size, unsigned char *compressed, size_t room)
{
    enum { GZIP = 15 + 16, MEMORY = 8 };
    z_stream stream = {
        .next_in = (unsigned char *)(uintptr_t)bytes, .avail_in = (uInt)size, .next_out = compressed, .avail_out = (uInt)room};
    assert_int_equal(deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, GZIP, MEMORY, Z_DEFAULT_STRATEGY), Z_OK);
    assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
    size_t length = stream.total_out;
    deflateEnd(&stream);
    return length;
}

#endif
