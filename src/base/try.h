/* The one way to fail: a function that can fail has `fab_status status`, a label `out:` that only releases, and this in between.
 *
 *     fab_status status = FAB_OK;
 *     struct thing *thing = NULL;
 *     TRY(fab_thing_open(context, &thing));
 *     TRY_MEMORY(context, copy = malloc(size));
 * out:
 *     fab_thing_close(thing);
 *     return status;
 *
 * Owning locals start NULL, outputs are published last. A function that releases nothing returns its status the same way.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_TRY_H
#define FAB_TRY_H

#include <fabplan/context.h>

/* Goes to `out` with the status of a call that failed. */
#define TRY(call)                 \
    do {                          \
        status = (call);          \
        if (status != FAB_OK)     \
            goto out;             \
    } while (0)

/* Goes to `out` when a pointer that memory was asked for is NULL, or a function that takes memory says false. */
#define TRY_MEMORY(context, got)                   \
    do {                                           \
        if (!(got)) {                              \
            status = fab_fail_memory(context);     \
            goto out;                              \
        }                                          \
    } while (0)

#endif
