/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lp.h"

#include <gmp.h>

#define TEXT_OF(number) #number
#define VERSION_TEXT(major, minor, patch) "GMP " TEXT_OF(major) "." TEXT_OF(minor) "." TEXT_OF(patch)

const char *fab_lp_exact_name(void)
{
    return VERSION_TEXT(__GNU_MP_VERSION, __GNU_MP_VERSION_MINOR, __GNU_MP_VERSION_PATCHLEVEL);
}
