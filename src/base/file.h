/* Text files that are part of the program (SQL, report definitions), as cmake/embed.cmake writes them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_FILE_H
#define FAB_FILE_H

#include <stddef.h>

struct fab_file {
    const char *name;  /* without folder; NULL ends a table of files */
    const char *bytes; /* ended by a NUL that size does not count */
    size_t size;
};

#endif
