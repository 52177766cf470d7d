/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "place.h"

#include "fail.h"

#include <stddef.h>
#include <sys/vfs.h>

/* statfs(2), include/uapi/linux/magic.h */
static const struct {
    unsigned long type;
    const char *name;
} unsafe[] = {
    {0x6969, "NFS"}, {0xFF534D42, "CIFS"}, {0xFE534D42, "SMB"}, {0x517B, "SMB"}, {0x65735546, "FUSE"},
};

fab_status fab_store_check_place(fab_context *context, const char *path)
{
    struct statfs found;
    if (statfs(path, &found) != 0)
        return FAB_OK;
    for (size_t u = 0; u < sizeof unsafe / sizeof *unsafe; u++)
        if (((unsigned long)found.f_type & 0xFFFFFFFFUL) == unsafe[u].type)
            return fab_fail(context, FAB_DATABASE, "%s: lies on a network or user file system (%s), whose locks cannot be relied on; keep the database on a disk of this machine and copy it there", path,
                            unsafe[u].name);
    return FAB_OK;
}
