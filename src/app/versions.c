/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fab.h"

#include "lp.h"

#include <fabplan/version.h>
#include <stdio.h>
#include <stdlib.h>

char *fab_versions(void)
{
    static const char format[] = "fabplan " FABPLAN_VERSION ", %s, %s, %s";
    int length = snprintf(NULL, 0, format, fab_lp_solver_name(), fab_lp_exact_name(), fab_store_engine_name());
    char *text = malloc((size_t)length + 1);
    if (text)
        snprintf(text, (size_t)length + 1, format, fab_lp_solver_name(), fab_lp_exact_name(), fab_store_engine_name());
    return text;
}
