/* A file that appears complete or not at all.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_REPORT_OUTPUT_H
#define FAB_REPORT_OUTPUT_H

#include <fabplan/context.h>
#include <stddef.h>

struct fab_output {
    const char *path; /* the final name, borrowed */
    char *folder;     /* in which it is */
    char *temporary;  /* name in use until then; NULL: nothing to remove */
};

/* Makes an empty file with a name of its own beside the path. FAB_OUTPUT: the folder is missing or cannot be written, or the path is a
 * folder. */
fab_status fab_output_begin(fab_context *context, const char *path, struct fab_output *output);

/* Synchronises the temporary file, gives it the final name in place of an old file, and synchronises the folder. */
fab_status fab_output_commit(fab_context *context, struct fab_output *output);

/* Releases; without a commit the temporary file is removed and an old file at the path stays as it is. */
void fab_output_end(struct fab_output *output);

/* Writes a text into the temporary file. */
fab_status fab_output_write(fab_context *context, const struct fab_output *output, const char *text, size_t size);

#endif
