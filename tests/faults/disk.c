/* Between the program and the C library: every path lies on the kind of file system that DISK says (a number as statfs gives it).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>
#include <sys/vfs.h>

int statfs(const char *path, struct statfs *found)
{
    (void)path;
    memset(found, 0, sizeof *found);
    found->f_type = strtol(getenv("DISK"), NULL, 0);
    return 0;
}
