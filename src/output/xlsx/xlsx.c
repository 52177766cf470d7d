/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "xlsx.h"

#include <stdio.h>
#include <string.h>

#include "book.h"
#include "check.h"
#include "fail.h"
#include "master.h"
#include "output.h"
#include "plain_locale.h"
#include "try.h"
#include "twice.h"
#include "verify.h"
#include "workbook.h"

/* Writes the workbook a second time. libxlsxwriter leaves out what does not fit into memory and says nothing: formats, charts and names
 * that the read-back does not know. Two files that lack the same do not come about by chance. */
static fab_status write_again(const struct fab_book *book, const struct fab_output *first)
{
    fab_status status = FAB_OK;
    struct fab_output second = {0};
    TRY(fab_output_begin(book->context, first->path, &second));
    TRY(fab_xlsx_write_workbook(book, second.temporary, second.folder));
    TRY(fab_xlsx_compare_files(book->context, first->temporary, second.temporary));
out:
    fab_output_end(&second);
    return status;
}

/* The workbook under its temporary name, written twice and read back. */
static fab_status write_verified(const struct fab_book *book, const struct fab_output *output)
{
    fab_status status = FAB_OK;
    TRY(fab_xlsx_write_workbook(book, output->temporary, output->folder));
    TRY(write_again(book, output));
    TRY(fab_xlsx_verify(book, output->temporary));
out:
    return status == FAB_OUTPUT ? fab_fail_in(book->context, status, "%s", output->path) : status;
}

/* A name that says another format would be opened by another program. */
static fab_status check_name(fab_context *context, const char *path)
{
    static const char end[] = ".xlsx";
    size_t length = strlen(path), tail = sizeof end - 1;
    return length > tail && strcmp(path + length - tail, end) == 0
               ? FAB_OK
               : fab_fail_as(context, FAB_USAGE, "not_a_workbook", "%s: a workbook is written to a file whose name ends in .xlsx", path);
}

fab_status fab_xlsx_write(fab_context *context, const struct fab_book_source *source, const char *name, const char *path)
{
    fab_status status = FAB_OK;
    struct fab_plain_locale locale = {0};
    struct fab_book *book = NULL;
    struct fab_output output = {0};
    TRY(check_name(context, path));
    TRY(fab_plain_locale_enter(context, &locale));
    TRY(fab_book_open(context, source, name, &book));
    TRY(fab_book_check(book));
    TRY(fab_book_check_size(book));
    TRY(fab_output_begin(context, path, &output));
    TRY(write_verified(book, &output));
    if (fab_context_interrupted(context))
        TRY(fab_fail(context, FAB_INTERRUPTED, "interrupted"));
    TRY(fab_output_commit(context, &output));
    if (book->master && !fab_master_holds(book))
        fab_say(context, FAB_LEVEL_WARNING, "%s: a check of sheet `%s` failed", path, book->master->report->name.text);
out:
    fab_output_end(&output);
    fab_book_close(book);
    fab_plain_locale_leave(&locale);
    return status;
}
