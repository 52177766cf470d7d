/* A file or a folder of files that appears complete or not at all.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_OUTPUT_H
#define FAB_OUTPUT_H

#include <fabplan/context.h>
#include <stddef.h>

#include "arena.h"

/* ---- a file ---- */

struct fab_output {
    const char *path; /* the final name, borrowed */
    char *folder;     /* in which it is */
    char *temporary;  /* name in use until then; NULL: nothing to remove */
};

/* Makes an empty file with a name of its own beside the path, and removes those that killed processes have left in the folder (own_name.h). FAB_OUTPUT: the folder is missing or cannot be written, or the path is a
 * folder, a device or a symbolic link. */
fab_status fab_output_begin(fab_context *context, const char *path, struct fab_output *output);

/* Synchronises the temporary file, gives it the final name in place of an old file, and synchronises the folder. */
fab_status fab_output_commit(fab_context *context, struct fab_output *output);

/* Releases; without a commit the temporary file is removed and an old file at the path stays as it is. */
void fab_output_end(struct fab_output *output);

/* Writes a text into the temporary file. */
fab_status fab_output_write(fab_context *context, const struct fab_output *output, const char *text, size_t size);

/* ---- a folder ---- */

/* Makes `folder`.part-PID-N beside the folder. An existing folder that is not empty, or a file, is FAB_USAGE; a place that cannot be
 * written FAB_OUTPUT. The name is in the arena. */
fab_status fab_folder_begin(fab_context *context, fab_arena *arena, const char *folder, const char **temporary);

/* Synchronises the temporary folder, whose files have been, and gives it its final name. */
fab_status fab_folder_commit(fab_context *context, const char *temporary, const char *folder);

/* Makes `folder`/.part-PID-N inside a folder that exists, for files that will replace others there. */
fab_status fab_folder_begin_inside(fab_context *context, fab_arena *arena, const char *folder, const char **temporary);

/* Moves all files of the temporary folder into the folder, in place of old ones, and removes it. Each file is whole whatever happens; a
 * failure or an interruption in the middle leaves some of them old. O(files). */
fab_status fab_folder_commit_inside(fab_context *context, const char *temporary, const char *folder);

/* Removes a temporary folder and the files in it. */
void fab_folder_remove(const char *temporary);

#endif
