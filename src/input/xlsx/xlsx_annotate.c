/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "xlsx_annotate.h"

#include "mark.h"
#include "try.h"
#include "xlsx_damage.h"
#include "xlsx_package.h"
#include "xlsx_rewrite.h"

#include <errno.h>
#include <minizip/zip.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <zlib.h>

enum { CHUNK = 1 << 16 };

struct annotation {
    fab_context *context;
    const fab_xlsx_workbook *workbook;
    const struct fab_xlsx_remark *remarks;
    int count;
    unzFile list, parts; /* of the workbook: one for the list of parts, one to read them */
    zipFile out;
};

static fab_status fail_output(struct annotation *annotation)
{
    return errno == ENOMEM ? fab_fail_memory(annotation->context) : fab_fail(annotation->context, FAB_OUTPUT, "the workbook could not be written");
}

/* ---- parts as they are ---- */

static fab_status begin_part(struct annotation *annotation, const char *name, const unz_file_info64 *info, int method, int raw)
{
    enum { OF_PART = 1 << 19 /* bytes that minizip and zlib take for one part, from above */ };
    void *volatile piece = malloc(OF_PART); /* minizip crashes where memory is short: it is asked for before; volatile: a compiler may leave out both calls */
    const zip_fileinfo about = {.dosDate = info->dosDate, .internal_fa = info->internal_fa, .external_fa = info->external_fa};
    if (!piece)
        return fab_fail_memory(annotation->context);
    free(piece);
    if (zipOpenNewFileInZip2(annotation->out, name, &about, NULL, 0, NULL, 0, NULL, method, Z_DEFAULT_COMPRESSION, raw) != ZIP_OK)
        return fail_output(annotation);
    return FAB_OK;
}

static fab_status copy_part(struct annotation *annotation, const char *name, const unz_file_info64 *info)
{
    char bytes[CHUNK];
    int method, level, size;
    fab_status status = FAB_OK;
    if (unzOpenCurrentFile2(annotation->list, &method, &level, 1) != UNZ_OK)
        return fab_xlsx_fail_damaged(annotation->context, "the file is damaged", "part %s cannot be read", name);
    TRY(begin_part(annotation, name, info, method, 1));
    while ((size = unzReadCurrentFile(annotation->list, bytes, sizeof bytes)) > 0)
        if (zipWriteInFileInZip(annotation->out, bytes, (unsigned)size) != ZIP_OK)
            TRY(fail_output(annotation));
    if (size < 0)
        TRY(fab_xlsx_fail_damaged(annotation->context, "the file is damaged", "part %s cannot be read", name));
    if (zipCloseFileInZipRaw64(annotation->out, info->uncompressed_size, info->crc) != ZIP_OK)
        TRY(fail_output(annotation));
out:
    unzCloseCurrentFile(annotation->list);
    return status;
}

/* ---- sheets ---- */

static const struct fab_xlsx_sheet *find_sheet(const fab_xlsx_workbook *workbook, const char *part)
{
    for (int s = 0; s < workbook->sheet_count; s++)
        if (workbook->sheets[s].part && strcasecmp(workbook->sheets[s].part, part) == 0)
            return &workbook->sheets[s];
    return NULL;
}

static bool write_bytes(void *user, const char *bytes, size_t length)
{
    const struct annotation *annotation = user;
    return length == 0 || zipWriteInFileInZip(annotation->out, bytes, (unsigned)length) == ZIP_OK;
}

/* The remarks of one sheet, in order; the caller's (free). NULL when memory is short. */
static struct fab_xlsx_remark *pick_remarks(const struct annotation *annotation, const struct fab_xlsx_sheet *sheet, int *count)
{
    struct fab_xlsx_remark *picked = calloc((size_t)annotation->count + 1, sizeof *picked);
    *count = 0;
    for (int r = 0; picked && r < annotation->count; r++)
        if (strcmp(annotation->remarks[r].sheet, sheet->name) == 0)
            picked[(*count)++] = annotation->remarks[r];
    return picked;
}

static fab_status write_sheet(struct annotation *annotation, const struct fab_xlsx_sheet *sheet, const char *name, const unz_file_info64 *info)
{
    fab_status status = FAB_OK;
    struct fab_xlsx_rewriting rewriting = {.workbook = annotation->workbook, .sheet = sheet, .sink = write_bytes, .user = annotation};
    struct fab_xlsx_remark *remarks = pick_remarks(annotation, sheet, &rewriting.count);
    TRY_MEMORY(annotation->context, rewriting.remarks = remarks);
    TRY(fab_xlsx_rewrite_prepare(annotation->context, annotation->parts, &rewriting));
    if (rewriting.count == 0 && rewriting.old_column == 0) {
        status = copy_part(annotation, name, info);
        goto out;
    }
    TRY(begin_part(annotation, name, info, Z_DEFLATED, 0));
    TRY(fab_xlsx_rewrite(annotation->context, annotation->parts, &rewriting));
    if (zipCloseFileInZip(annotation->out) != ZIP_OK)
        TRY(fail_output(annotation));
out:
    free(remarks);
    return status;
}

/* ---- the workbook ---- */

static fab_status write_parts(struct annotation *annotation)
{
    char name[FAB_XLSX_NAME_SIZE];
    unz_file_info64 info;
    fab_status status = FAB_OK;
    int result = unzGoToFirstFile(annotation->list);
    for (; result == UNZ_OK; result = unzGoToNextFile(annotation->list)) {
        if (fab_context_interrupted(annotation->context))
            TRY(fab_fail(annotation->context, FAB_INTERRUPTED, "interrupted"));
        if (unzGetCurrentFileInfo64(annotation->list, &info, name, sizeof name, NULL, 0, NULL, 0) != UNZ_OK)
            break;
        const struct fab_xlsx_sheet *sheet = find_sheet(annotation->workbook, name);
        TRY(sheet ? write_sheet(annotation, sheet, name, &info) : copy_part(annotation, name, &info));
    }
    if (result != UNZ_END_OF_LIST_OF_FILE)
        TRY(fab_xlsx_fail_damaged(annotation->context, "the file is not whole", "the list of parts cannot be read"));
out:
    return status;
}

/* What was written is a workbook. */
static fab_status read_back(fab_context *context, const char *path)
{
    fab_xlsx_workbook *workbook = NULL;
    fab_status status = fab_xlsx_workbook_open(context, path, &workbook);
    fab_xlsx_workbook_close(workbook);
    return status == FAB_INPUT ? fab_fail_in(context, FAB_OUTPUT, "the workbook reads back differently") : status;
}

fab_status fab_xlsx_annotate(fab_context *context, const fab_xlsx_workbook *workbook, const struct fab_xlsx_remark remarks[], int count, const char *path)
{
    struct annotation annotation = {.context = context, .workbook = workbook, .remarks = remarks, .count = count};
    fab_status status = FAB_OK;
    TRY(fab_xlsx_package_reopen(context, workbook->path, &annotation.list));
    TRY(fab_xlsx_package_reopen(context, workbook->path, &annotation.parts));
    annotation.out = zipOpen64(path, APPEND_STATUS_CREATE);
    if (!annotation.out)
        TRY(fail_output(&annotation));
    TRY(write_parts(&annotation));
out:
    if (annotation.list)
        unzClose(annotation.list);
    if (annotation.parts)
        unzClose(annotation.parts);
    if (annotation.out && zipClose(annotation.out, FAB_MARK_REMARKED) != ZIP_OK && status == FAB_OK)
        status = fail_output(&annotation);
    return status == FAB_OK ? read_back(context, path) : status;
}
