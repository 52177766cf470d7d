/* Scenarios that nobody knows of before a date: what is decided until then is decided without them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_SURPRISE_H
#define FAB_SURPRISE_H

#include "fab.h"

struct fab_surprise {
    int32_t from; /* FAB_DATE_NONE: no scenario of the request is a surprise */
    char *known;  /* the scenarios of the request that are known from the start, "A,B"; NULL: none */
};

/* Reads what the named scenarios of a request are; files of changes are no surprise. FAB_USAGE: they come on different days. free(surprise->known). */
fab_status fab_surprise_find(fab_context *context, fab *handle, const char *request, struct fab_surprise *surprise);

#endif
