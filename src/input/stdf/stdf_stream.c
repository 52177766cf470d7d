/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stdf_stream.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

enum { HEADER_SIZE = 4, FAR_LENGTH = 2, VERSION = 4, CPU_SUN = 1, CPU_PC = 2, BUFFER_SIZE = 1 << 17, MESSAGE_SIZE = 256 };

struct fab_stdf_stream {
    gzFile file; /* reads plain files too */
    char *path;
    int64_t offset; /* of the next byte */
    bool big_endian;
    unsigned char bytes[FAB_STDF_RECORD_MAX];
};

fab_status fab_stdf_fail(fab_context *context, const fab_stdf_stream *stream, int64_t offset, const char *format, ...)
{
    char message[MESSAGE_SIZE];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    return fab_fail(context, FAB_INPUT, "%s: byte %lld: %s", stream->path, (long long)offset, message);
}

fab_status fab_stdf_fail_nameless(fab_context *context, const fab_stdf_stream *stream, int64_t offset, const char *what)
{
    return fab_fail_as(context, FAB_INPUT, "no_wafer_name",
                       "%s: byte %lld: %s: results are kept by wafer, and the file does not name it: its name has to be given", stream->path,
                       (long long)offset, what);
}

/* ---- bytes ---- */

static const char *read_error(int error)
{
    if (error == Z_BUF_ERROR)
        return "the compressed file is cut off";
    return error == Z_ERRNO ? strerror(errno) : "the compressed bytes are damaged";
}

/* Reads up to size bytes; fewer only at the end of the file. */
static fab_status read_bytes(fab_context *context, fab_stdf_stream *stream, unsigned char *bytes, unsigned size, unsigned *read_size)
{
    int error = Z_OK;
    int count = gzread(stream->file, bytes, size);
    gzerror(stream->file, &error);
    *read_size = count > 0 ? (unsigned)count : 0;
    stream->offset += *read_size;
    if (error == Z_MEM_ERROR)
        return fab_fail_memory(context);
    if (count < 0 || error != Z_OK)
        return fab_stdf_fail(context, stream, stream->offset, "%s", read_error(error));
    return FAB_OK;
}

static uint32_t number_of(const unsigned char *bytes, int size, bool big_endian)
{
    uint32_t number = 0;
    for (int i = 0; i < size; i++)
        number = number << 8 | bytes[big_endian ? i : size - 1 - i];
    return number;
}

fab_status fab_stdf_next(fab_context *context, fab_stdf_stream *stream, struct fab_stdf_record *record, bool *more)
{
    unsigned char header[HEADER_SIZE];
    unsigned size = 0;
    int64_t offset = stream->offset;
    fab_status status = read_bytes(context, stream, header, HEADER_SIZE, &size);
    *more = size > 0;
    if (status != FAB_OK || size == 0)
        return status;
    if (size < HEADER_SIZE)
        return fab_stdf_fail(context, stream, offset, "the file ends within the header of a record");
    uint32_t length = number_of(header, 2, stream->big_endian);
    status = read_bytes(context, stream, stream->bytes, length, &size);
    if (status != FAB_OK)
        return status;
    if (size < length)
        return fab_stdf_fail(context, stream, offset, "the file ends within a record of type %d.%d", header[2], header[3]);
    *record = (struct fab_stdf_record){header[2] << 8 | header[3], offset, stream->bytes, length, 0, stream->big_endian, false};
    return FAB_OK;
}

/* ---- fields ---- */

/* True when the field is there; one that is there in part damages the record. */
static bool has_bytes(struct fab_stdf_record *record, size_t size)
{
    size_t left = record->length - record->at;
    if (left >= size)
        return true;
    record->damaged = record->damaged || left > 0;
    record->at = record->length;
    return false;
}

static uint32_t take_number(struct fab_stdf_record *record, int size, uint32_t missing)
{
    if (!has_bytes(record, (size_t)size))
        return missing;
    uint32_t number = number_of(record->bytes + record->at, size, record->big_endian);
    record->at += (size_t)size;
    return number;
}

uint32_t fab_stdf_take_u1(struct fab_stdf_record *record, uint32_t missing)
{
    return take_number(record, 1, missing);
}

uint32_t fab_stdf_take_u2(struct fab_stdf_record *record, uint32_t missing)
{
    return take_number(record, 2, missing);
}

uint32_t fab_stdf_take_u4(struct fab_stdf_record *record, uint32_t missing)
{
    return take_number(record, 4, missing);
}

int fab_stdf_take_i2(struct fab_stdf_record *record, int missing)
{
    int number = (int)take_number(record, 2, (uint32_t)missing & 0xFFFF);
    return number > INT16_MAX ? number - 0x10000 : number;
}

const char *fab_stdf_take_text(struct fab_stdf_record *record, size_t *length)
{
    const char *text = "";
    *length = take_number(record, 1, 0);
    if (*length == 0)
        return text;
    if (record->length - record->at < *length) {
        record->damaged = true;
        record->at = record->length;
        *length = 0;
        return text;
    }
    text = (const char *)record->bytes + record->at;
    record->at += *length;
    return text;
}

void fab_stdf_skip(struct fab_stdf_record *record, size_t size)
{
    if (has_bytes(record, size))
        record->at += size;
}

void fab_stdf_skip_texts(struct fab_stdf_record *record, int count)
{
    size_t length;
    for (int i = 0; i < count; i++)
        fab_stdf_take_text(record, &length);
}

/* ---- the file ---- */

/* What a file is compressed with that is no gzip, by its first bytes; NULL: nothing that is known. */
static const char *packing_of(const unsigned char *bytes, unsigned size)
{
    static const struct {
        const char *begin, *name;
    } packings[] = {
        {"BZh", "compressed with bzip2"}, {"PK", "a zip archive"}, {"\xFD\x37zXZ", "compressed with xz"},
        {"\x28\xB5\x2F\xFD", "compressed with zstd"}, {"7z\xBC\xAF", "a 7z archive"},
    };
    for (size_t p = 0; p < sizeof packings / sizeof *packings; p++)
        if (size >= strlen(packings[p].begin) && memcmp(bytes, packings[p].begin, strlen(packings[p].begin)) == 0)
            return packings[p].name;
    return NULL;
}

/* The length of the FAR, 2, is the first thing that shows the byte order; CPU_TYPE must agree where it is one of the standard's. */
static fab_status read_far(fab_context *context, fab_stdf_stream *stream)
{
    unsigned char bytes[HEADER_SIZE + FAR_LENGTH];
    unsigned size = 0;
    fab_status status = read_bytes(context, stream, bytes, sizeof bytes, &size);
    if (status != FAB_OK)
        return status;
    if (packing_of(bytes, size))
        return fab_fail(context, FAB_INPUT, "%s: %s: unpack it first (gzip alone is read as it is)", stream->path, packing_of(bytes, size));
    bool big = size == sizeof bytes && number_of(bytes, 2, true) == FAR_LENGTH,
         little = size == sizeof bytes && number_of(bytes, 2, false) == FAR_LENGTH;
    if ((!big && !little) || (bytes[2] << 8 | bytes[3]) != FAB_STDF_FAR)
        return fab_stdf_fail(context, stream, 0, "no file attributes record: this is not an STDF file");
    int cpu = bytes[HEADER_SIZE], version = bytes[HEADER_SIZE + 1];
    if ((cpu == CPU_SUN && little) || ((cpu == CPU_PC || cpu == 0) && big))
        return fab_stdf_fail(context, stream, HEADER_SIZE, "CPU_TYPE %d contradicts the byte order of the file", cpu);
    if (version != VERSION)
        return fab_stdf_fail(context, stream, HEADER_SIZE + 1, "STDF version %d, must be 4", version);
    stream->big_endian = big;
    return FAB_OK;
}

static fab_status open_file(fab_context *context, const char *path, fab_stdf_stream *stream)
{
    struct stat found;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (file < 0)
        return fab_fail(context, FAB_INPUT, "%s: %s", path, strerror(errno));
    if (fstat(file, &found) != 0 || S_ISDIR(found.st_mode)) {
        close(file);
        return fab_fail(context, FAB_INPUT, "%s: not a file that can be read", path);
    }
    stream->file = gzdopen(file, "rb");
    if (!stream->file) {
        close(file);
        return fab_fail_memory(context);
    }
    gzbuffer(stream->file, BUFFER_SIZE);
    return FAB_OK;
}

fab_status fab_stdf_stream_open(fab_context *context, const char *path, fab_stdf_stream **result)
{
    *result = NULL;
    fab_stdf_stream *stream = calloc(1, sizeof *stream);
    if (!stream || !(stream->path = strdup(path))) {
        free(stream);
        return fab_fail_memory(context);
    }
    fab_status status = open_file(context, path, stream);
    if (status == FAB_OK)
        status = read_far(context, stream);
    if (status == FAB_OK)
        *result = stream;
    else
        fab_stdf_stream_close(stream);
    return status;
}

void fab_stdf_stream_close(fab_stdf_stream *stream)
{
    if (!stream)
        return;
    if (stream->file)
        gzclose(stream->file);
    free(stream->path);
    free(stream);
}
