/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "twice.h"

#include "fail.h"

#include <stdio.h>
#include <string.h>

static fab_status compare_streams(fab_context *context, FILE *file, FILE *other)
{
    enum { PIECE = 1 << 14 };
    char bytes[PIECE], other_bytes[PIECE];
    bool same = true;
    for (size_t size = PIECE; same && size == PIECE;) {
        size = fread(bytes, 1, PIECE, file);
        same = fread(other_bytes, 1, PIECE, other) == size && memcmp(bytes, other_bytes, size) == 0;
        if (ferror(file) || ferror(other))
            return fab_fail_errno(context, FAB_OUTPUT, "the workbook cannot be read back");
    }
    return same ? FAB_OK
                : fab_fail(context, FAB_OUTPUT,
                           "the workbook came out differently when it was written twice: memory or disk space is short");
}

fab_status fab_xlsx_compare_files(fab_context *context, const char *path, const char *other_path)
{
    FILE *file = fopen(path, "rbe"), *other = file ? fopen(other_path, "rbe") : NULL;
    fab_status status =
        other ? compare_streams(context, file, other) : fab_fail_errno(context, FAB_OUTPUT, "the workbook cannot be read back");
    if (file)
        fclose(file);
    if (other)
        fclose(other);
    return status;
}
