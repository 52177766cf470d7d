/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "writer.h"

#include <errno.h>

void fab_xlsx_note(struct fab_xlsx_writer *writer, lxw_error error)
{
    if (errno == ENOMEM)
        error = LXW_ERROR_MEMORY_MALLOC_FAILED;
    if (error && !writer->error)
        writer->error = error;
}

fab_status fab_xlsx_status(const struct fab_xlsx_writer *writer)
{
    switch (writer->error) {
    case LXW_NO_ERROR: return FAB_OK;
    case LXW_ERROR_MEMORY_MALLOC_FAILED: return fab_fail_memory(writer->book->context);
    default: return fab_fail(writer->book->context, FAB_OUTPUT, "the workbook could not be written: %s", lxw_strerror(writer->error));
    }
}
