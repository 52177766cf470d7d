/* Which records a file may have: what is none of the standard's has been damaged, and what follows may be anything.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_STDF_CHECK_H
#define FAB_STDF_CHECK_H

#include "stdf_stream.h"

#include <stdbool.h>

/* FAB_INPUT with the byte for a record of type 0.0 (bytes of 0x00), and within a part sequence (between PIR and PRR) for one whose type, or
 * whose length for its type, is none of STDF V4 and V4-2007. Elsewhere a tester's own records may be anything. O(1). */
fab_status stdf_check_record(fab_context *context, const fab_stdf_stream *stream, const struct fab_stdf_record *record, bool in_part);

#endif
