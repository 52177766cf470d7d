/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "factor.h"
#include "lp.h"

const char *fab_lp_arithmetic_name(void)
{
    return fab_factor_arithmetic();
}
