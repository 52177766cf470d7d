#define _GNU_SOURCE /* memmem */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "xlsx_signature.h"

#include "fail.h"
#include "try.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { SIGNATURE_SIZE = 8, CHUNK = 1 << 16, SCANNED_MAX = 1 << 26 /* bytes of an old file that are looked at */ };

static const unsigned char zip_signature[] = {'P', 'K', 3, 4}, ole_signature[] = {0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1};

/* The directory of an OLE file has the names of its streams in UTF-16; that of an encrypted workbook has this one. */
static bool holds_encrypted_package(FILE *file)
{
    static const char name[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
    enum { OVERLAP = sizeof name - 1 };
    char bytes[OVERLAP + CHUNK];
    size_t kept = 0, read;
    rewind(file);
    for (size_t scanned = 0; scanned < SCANNED_MAX && (read = fread(bytes + kept, 1, CHUNK, file)) > 0; scanned += read) {
        size_t size = kept + read;
        if (memmem(bytes, size, name, OVERLAP))
            return true;
        kept = size < OVERLAP ? size : OVERLAP;
        memmove(bytes, bytes + size - kept, kept);
    }
    return false;
}

static fab_status judge(fab_context *context, FILE *file)
{
    unsigned char bytes[SIGNATURE_SIZE] = {0};
    size_t size = fread(bytes, 1, sizeof bytes, file);
    if (ferror(file))
        return fab_fail_errno(context, FAB_INPUT, "cannot be read");
    if (size == 0)
        return fab_fail(context, FAB_INPUT, "file is empty, must be an Excel workbook (.xlsx)");
    if (size >= sizeof zip_signature && memcmp(bytes, zip_signature, sizeof zip_signature) == 0)
        return FAB_OK;
    if (size < sizeof ole_signature || memcmp(bytes, ole_signature, sizeof ole_signature) != 0)
        return fab_fail(context, FAB_INPUT, "not an Excel workbook, must be .xlsx (%s under another name? save it as .xlsx)",
                        bytes[0] == '<' ? "a web page or XML" : "text");
    if (holds_encrypted_package(file))
        return fab_fail(context, FAB_INPUT, "the workbook is encrypted, must be readable (remove the password and save it again)");
    return fab_fail(context, FAB_INPUT, "an old Excel file (.xls), must be .xlsx (open it and save it as .xlsx)");
}

fab_status fab_xlsx_check_signature(fab_context *context, const char *path)
{
    struct stat found;
    FILE *file = fopen(path, "rbe");
    if (!file)
        return fab_fail(context, errno == ENOMEM ? FAB_NO_MEMORY : FAB_INPUT, "%s", strerror(errno));
    bool plain = fstat(fileno(file), &found) == 0 && S_ISREG(found.st_mode);
    fab_status status = plain ? judge(context, file) : fab_fail(context, FAB_INPUT, "not a file, must be an Excel workbook (.xlsx)");
    fclose(file);
    return status;
}
